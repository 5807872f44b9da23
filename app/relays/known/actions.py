"""What people do with whom they know: note, say who can reach them, take off the list."""

from typing import NamedTuple

from sqlmodel import Session

from app.accounts.models import User
from app.contributions import sides
from app.deadlines import actions as deadlines
from app.deadlines.steps import Step
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid, Refusal
from app.kernel.i18n import N_
from app.matching.queries import recognised
from app.notifications import actions as notifications
from app.relays.known import chips, messages, queries, rules
from app.relays.known.nameless import may_name_somebody
from app.relays.known.rules import Verb
from app.relays.models import KnownPerson, KnownState
from app.territories.models import Commune

NOT_YOURS = N_(
    "Vous notez les personnes des territoires auxquels vous tenez : ajoutez celui-ci à votre profil, puis revenez."
)
MAY_BE_NAME = N_(
    "Ces mots ressemblent à un nom. Si ce n’en est pas un, cochez la case ci-dessous ; sinon, changez-les."
)


class ChangedMeanwhile(Refusal):
    message = N_("Quelqu’un a changé ces lignes pendant que vous les lisiez. Relisez-les, puis recommencez.")


class AlreadyMoved(Refusal):
    message = N_("Les choses ont avancé entre-temps : regardez où elles en sont avant de répondre.")


class Content(NamedTuple):
    """What somebody notes."""

    occupation: str
    how_many: int
    country: str
    town: str
    commune: Commune
    douar: str
    language: str | None = None
    no_name: bool = False


def note(session: Session, actor: User, content: Content, reach_id: int | None = None) -> KnownPerson:
    """On the list at once if the writer can reach them; another member is asked first.

    Raises Invalid (`commune`, `occupation`, `reach`).
    """
    _check(session, actor, content)
    reach = _reach(session, actor, reach_id)
    known = KnownPerson(
        recorded_by_id=actor.id,
        reach_id=reach.id,
        occupation="",
        language="",
        country="",
        commune_code=content.commune.code,
    )
    _fill(known, content)
    known.recorded_by = actor
    _now_reached_by(session, actor, known, reach)
    session.add(known)
    session.flush()
    entry = _record(session, actor, known, Verb.NOTE, None)
    _written(session, known)
    _ask_reach(session, known, entry)
    return known


def edit(
    session: Session, actor: User, known: KnownPerson, content: Content, reach_id: int | None, version: int | None
) -> None:
    """Raises Forbidden, ChangedMeanwhile, Invalid (`commune`, `occupation`, `reach`)."""
    session.refresh(known, ["version", "state"], with_for_update={"of": KnownPerson})
    if not rules.can_edit(sides.ties(session, actor), known):
        raise Forbidden
    if version != known.version:
        raise ChangedMeanwhile
    _check(session, actor, content, known)
    before, was = known.state, known.reach_id
    reach = known.reach if reach_id == known.reach_id else _reach(session, actor, reach_id)
    _fill(known, content)
    known.version += 1
    if reach.id != was:
        _now_reached_by(session, actor, known, reach)
    entry = _record(session, actor, known, Verb.EDIT, before)
    _written(session, known)
    if reach.id != was:
        _ask_reach(session, known, entry)


def move(session: Session, actor: User, known: KnownPerson, verb: Verb) -> None:
    """Agree or refuse to be the one who reaches them, take off the list, put on it again.

    Raises AlreadyMoved, Forbidden.
    """
    session.refresh(known, ["state", "state_since"], with_for_update={"of": KnownPerson})
    step = rules.MOVES.get((known.state, verb))
    if step is None:
        raise AlreadyMoved
    if not rules.can(sides.ties(session, actor), known, verb):
        raise Forbidden
    before = known.state
    if before is KnownState.ASKED:
        deadlines.end(session, Subject.KNOWN_PERSON, known.id)
    known.state, known.state_since = step.to, now()
    entry = _record(session, actor, known, verb, before)
    chips.remember(session, known)
    if verb in (Verb.AGREE, Verb.REFUSE) and known.recorded_by.closed_at is None:
        notifications.queue(session, known.recorded_by, messages.AFTER_ANSWER[verb](known), entry=entry)


def correct_chips(session: Session, actor: User, known: KnownPerson, ticked: list[str]) -> None:
    """Which concepts it is about. Raises Forbidden, Invalid (`concepts`)."""
    if not rules.can_edit(sides.ties(session, actor), known):
        raise Forbidden
    chips.correct(session, known, ticked)
    chips.remember(session, known)


def _check(session: Session, actor: User, content: Content, known: KnownPerson | None = None) -> None:
    own_place = known is not None and known.commune_code == content.commune.code
    if not own_place and not rules.covers(queries.noting_codes(session, actor), content.commune.code):
        raise Invalid(NOT_YOURS, "commune")
    if not content.no_name and may_name_somebody(content.occupation):
        raise Invalid(MAY_BE_NAME, "occupation")


def _reach(session: Session, actor: User, reach_id: int | None) -> User:
    if reach_id in (None, actor.id):
        return actor
    known = {
        number for number, _name in queries.colleagues(session, sides.ties(session, actor).organisations, actor.id)
    }
    other = session.get(User, reach_id) if reach_id in known else None
    if other is None:
        raise Invalid(N_("Choisissez une des réponses proposées."), "reach")
    return other


def _now_reached_by(session: Session, actor: User, known: KnownPerson, reach: User) -> None:
    """The writer at once; anybody else once they have said yes."""
    known.reach_id, known.reach = reach.id, reach
    known.state = KnownState.LISTED if reach.id == actor.id else KnownState.ASKED
    known.state_since = now()
    known.organisation_id = queries.shared_organisation(session, actor, reach.id, known.commune_code)


def _ask_reach(session: Session, known: KnownPerson, entry: Entry) -> None:
    if known.state is KnownState.ASKED:
        due = deadlines.begin(session, Subject.KNOWN_PERSON, known.id, Step.KNOWN_PERSON_AGREED)
        notifications.queue(session, known.reach, messages.ReachAsked(known, due), entry=entry)
    else:
        deadlines.end(session, Subject.KNOWN_PERSON, known.id)


def _fill(known: KnownPerson, content: Content) -> None:
    known.occupation, known.how_many = content.occupation, content.how_many
    known.country, known.town, known.douar = content.country, content.town, content.douar
    known.commune, known.commune_code = content.commune, content.commune.code
    known.language = content.language or recognised(content.occupation)


def _written(session: Session, known: KnownPerson) -> None:
    chips.read_again(session, known)
    chips.remember(session, known)


def _record(session: Session, actor: User, known: KnownPerson, verb: Verb, before: KnownState | None) -> Entry:
    moved = (before.value if before else None, known.state.value)
    session.flush()
    return journal.record(session, actor.id, Subject.KNOWN_PERSON, known.id, verb, moved=moved)
