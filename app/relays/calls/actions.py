"""What people do with a grouped call: write it, choose needs, open and close it, join it, tell what came of it."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import NamedTuple

from sqlmodel import Session, func, select

from app.accounts.models import User
from app.contributions import sides
from app.contributions.rules import takes_people
from app.deadlines import actions as deadlines
from app.deadlines.steps import Step
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.days import today
from app.kernel.errors import Forbidden, Invalid, NotFound, Refusal
from app.kernel.i18n import N_
from app.notifications import actions as notifications
from app.organisations.models import Membership, MembershipState
from app.projects.models import Need
from app.relays.calls import messages, queries, rules
from app.relays.calls.models import CalledNeed, CallState, GroupedCall, PlaceState
from app.relays.calls.rules import Verb


class ChangedMeanwhile(Refusal):
    message = N_("Quelqu’un a changé cet appel pendant que vous le lisiez. Relisez-le, puis recommencez.")


class AlreadyMoved(Refusal):
    message = N_("Les choses ont avancé entre-temps : regardez où elles en sont avant de répondre.")


class NotReady(Refusal):
    """Something lacks before it opens: the page says what."""

    message = N_("Il manque encore quelque chose avant d’ouvrir cet appel : sa page dit quoi.")


class Content(NamedTuple):
    title_fr: str
    title_ar: str
    intro_fr: str
    intro_ar: str
    theme_code: str
    organisation_id: int | None
    answers_by: date
    meets_on: date | None
    meets_at: time | None
    meets_zone: str
    place: str
    link: str


def create(session: Session, actor: User, content: Content) -> GroupedCall:
    """Raises Forbidden, Invalid (`organisation`)."""
    maker = queries.maker(session, actor)
    if not rules.may_make(maker):
        raise Forbidden
    _check(maker, content)
    call = GroupedCall(author_id=actor.id, **content._asdict())
    session.add(call)
    session.flush()
    _record(session, actor, call, "create", None)
    return call


def edit(session: Session, actor: User, call: GroupedCall, content: Content, version: int | None) -> None:
    """Raises Forbidden, ChangedMeanwhile, Invalid (`organisation`)."""
    maker = _held(session, actor, call)
    if version != call.version:
        raise ChangedMeanwhile
    if content.organisation_id != call.organisation_id:
        _check(maker, content)
    for name, value in content._asdict().items():
        setattr(call, name, value)
    call.version += 1
    session.flush()
    _record(session, actor, call, "edit", call.state)
    _follow(session, call)


def choose(session: Session, actor: User, call: GroupedCall, added: Iterable[int], removed: Iterable[int]) -> None:
    """Put needs into a call, take others out; the teams of those put into an open one are told."""
    _held(session, actor, call)
    wanted = queries.needs(session, list(added))
    for need in wanted:
        _place(session, actor, call, need, PlaceState.IN)
    for number in removed:
        if row := session.get(CalledNeed, (call.id, number)):
            row.state, row.since = PlaceState.OUT, now()
    session.flush()
    entry = _record(session, actor, call, "choose", call.state, needs=[need.id for need in wanted])
    if call.state is CallState.OPEN:
        _tell_teams(session, actor, call, wanted, entry)
    _follow(session, call)


def move(session: Session, actor: User, call: GroupedCall, verb: Verb, report: str = "") -> None:
    """Open, close, reopen, report. Raises Forbidden, AlreadyMoved, NotReady, Invalid (`report`)."""
    _held(session, actor, call)
    to = rules.MOVES.get((call.state, verb))
    if to is None:
        raise AlreadyMoved
    called = queries.called(session, call)
    if to is CallState.OPEN:
        if rules.lacks(call, [one.need.project.commune_code for one in called]) or call.answers_by < today():
            raise NotReady
        call.opened_at = call.opened_at or now()
    if verb is Verb.REPORT:
        if not report:
            raise Invalid(N_("Quelques phrases suffisent : qui a répondu, ce qui a commencé."), "report")
        call.report = report
    before = call.state
    call.state, call.state_since = to, now()
    session.flush()
    entry = _record(session, actor, call, verb, before)
    if verb is Verb.OPEN:
        _tell_teams(session, actor, call, [one.need for one in called], entry)
    _follow(session, call)


def join(session: Session, actor: User, call: GroupedCall, need: Need) -> PlaceState:
    """“We need this too”: at once for those who make the call, else they answer.

    Raises NotFound for a need that is not this person's, AlreadyMoved for a call that is not open.
    """
    maker, ties = queries.maker(session, actor), sides.ties(session, actor)
    session.refresh(call, ["state"], with_for_update={"of": GroupedCall})
    makes = rules.makes(maker, call)
    if not takes_people(need) or not (ties.writes(need.project) or makes):
        raise NotFound
    if call.state is not CallState.OPEN:
        raise AlreadyMoved
    state = PlaceState.IN if makes else PlaceState.ASKED
    row = _place(session, actor, call, need, state)
    entry = _record(session, actor, call, "take_in" if makes else "join", call.state, need=need.id)
    if state is PlaceState.ASKED:
        for user in makers_of(session, call):
            notifications.queue(session, user, messages.WantsToJoin(call, need), entry=entry)
    _follow(session, call)
    return row.state


def answer_join(session: Session, actor: User, call: GroupedCall, need_id: int, takes: bool, word: str) -> None:
    """Take a commune in, or not. Raises Forbidden, NotFound."""
    _held(session, actor, call)
    row = session.get(CalledNeed, (call.id, need_id), populate_existing=True)
    if row is None:
        raise NotFound
    row.state, row.since = PlaceState.IN if takes else PlaceState.OUT, now()
    session.flush()
    entry = _record(session, actor, call, "take_in" if takes else "turn_down", call.state, note=word, need=need_id)
    asked_by = row.added_by
    if asked_by.id != actor.id and asked_by.closed_at is None:
        notice = messages.TakenIn(call, row.need) if takes else messages.TurnedDown(call, row.need, word)
        notifications.queue(session, asked_by, notice, entry=entry, after=journal.UNDO_WITHIN)
    _follow(session, call)


def leave(session: Session, actor: User, call: GroupedCall, need_id: int) -> None:
    """A team takes its own need out. Raises NotFound."""
    row = session.get(CalledNeed, (call.id, need_id))
    if row is None or not rules.may_leave(sides.ties(session, actor), row):
        raise NotFound
    row.state, row.since = PlaceState.OUT, now()
    session.flush()
    _record(session, actor, call, "leave", call.state, need=need_id)
    _follow(session, call)


def makers_of(session: Session, call: GroupedCall) -> Sequence[User]:
    """Whoever is told: the author, and the others who speak for the institution."""
    colleagues = select(Membership.user_id).where(
        Membership.organisation_id == call.organisation_id, Membership.state == MembershipState.VERIFIED
    )
    ids = {call.author_id, *(session.exec(colleagues) if call.organisation_id else ())}
    return [user for number in sorted(ids) if (user := session.get(User, number)) and user.closed_at is None]


def _check(maker: rules.Maker, content: Content) -> None:
    if content.organisation_id is not None and content.organisation_id not in maker.partners:
        raise Invalid(N_("Choisissez une des réponses proposées."), "organisation")


def _held(session: Session, actor: User, call: GroupedCall) -> rules.Maker:
    """The call as it is now, until the end of the request, for those who make it. Raises Forbidden."""
    session.refresh(call, with_for_update={"of": GroupedCall})
    maker = queries.maker(session, actor)
    if not rules.makes(maker, call):
        raise Forbidden
    return maker


def _place(session: Session, actor: User, call: GroupedCall, need: Need, state: PlaceState) -> CalledNeed:
    row = session.get(CalledNeed, (call.id, need.id), populate_existing=True)
    if row is None:
        row = CalledNeed(call_id=call.id, need_id=need.id, added_by_id=actor.id, state=state)
        session.add(row)
    elif row.state is not PlaceState.IN:
        row.state, row.added_by_id, row.since = state, actor.id, now()
    session.flush()
    return row


def _tell_teams(session: Session, actor: User, call: GroupedCall, needs: Sequence[Need], entry: Entry) -> None:
    for need in needs:
        for user in sides.team_of(session, need.project):
            if user.id != actor.id:
                notice = messages.NeedIsCalled(call, need)
                notifications.queue(session, user, notice, entry=entry, after=journal.UNDO_WITHIN)


def _follow(session: Session, call: GroupedCall) -> None:
    """Whose turn it is, and until when: those who make it answer communes, close it, then tell what came of it."""
    match call.state:
        case CallState.OPEN:
            first = session.exec(
                select(func.min(CalledNeed.since)).where(
                    CalledNeed.call_id == call.id, CalledNeed.state == PlaceState.ASKED
                )
            ).one()
            if first is not None:
                deadlines.begin(session, Subject.GROUPED_CALL, call.id, Step.CALL_JOIN_ANSWERED, since=first)
            else:
                due = rules.last_day(call)
                deadlines.begin(session, Subject.GROUPED_CALL, call.id, Step.CALL_CLOSED, call.state_since, due)
        case CallState.CLOSED:
            deadlines.begin(session, Subject.GROUPED_CALL, call.id, Step.CALL_REPORTED, since=call.state_since)
        case _:
            deadlines.end(session, Subject.GROUPED_CALL, call.id)


def _record(
    session: Session,
    actor: User,
    call: GroupedCall,
    verb: str,
    before: CallState | None,
    note: str = "",
    **data: object,
) -> Entry:
    moved = (before.value if before else None, call.state.value)
    return journal.record(session, actor.id, Subject.GROUPED_CALL, call.id, verb, moved=moved, note=note, **data)
