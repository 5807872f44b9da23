"""What people do with a relay: one verb, one function."""

import secrets

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from app.accounts import consents
from app.accounts.models import Purpose, User
from app.contributions import rules as contributions
from app.contributions import sides
from app.contributions.actions import NoLongerSought
from app.deadlines import actions as deadlines
from app.deadlines.steps import Step
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.journal.queries import history
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid, NotFound, Refusal
from app.kernel.i18n import N_
from app.notifications import actions as notifications
from app.profiles import solicitations
from app.projects.models import Need
from app.relays import messages, queries, rules
from app.relays.models import KnownPerson, KnownState, Relay, RelayReason, RelayState
from app.relays.rules import Verb

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another on a poster
_LENGTH = 8


class AlreadyRelayed(Refusal):
    """This person relays this need already, or is asked to: `relay` is the one under way."""

    message = N_("Cette personne fait déjà passer le mot pour ce besoin, ou on le lui a demandé.")

    def __init__(self, relay: Relay) -> None:
        super().__init__()
        self.relay = relay


class AlreadyMoved(Refusal):
    message = N_("Les choses ont avancé entre-temps : regardez où elles en sont avant de répondre.")


def relay(session: Session, actor: User, need: Need, is_named: bool) -> Relay:
    """A link to send; one that this person stopped is opened again. Raises NoLongerSought, AlreadyRelayed."""
    if is_named:
        consents.give(session, actor, Purpose.RELAYED, "relays")
    if not contributions.takes_people(need):
        raise NoLongerSought
    existing = queries.live(session, need.id, actor.id)
    if existing is not None and existing.state is RelayState.STOPPED:
        existing.is_named = is_named
        _move(session, actor, existing, Verb.RESUME)
        return existing
    row = Relay(code=_fresh_code(), need_id=need.id, user_id=actor.id, is_named=is_named)
    _begin(session, row)
    journal.record(session, actor.id, Subject.RELAY, row.id, Verb.RELAY, moved=(None, row.state.value))
    return row


def ask(session: Session, actor: User, need: Need, known: KnownPerson, message: str) -> Relay:
    """The team or a moderator asks the member who can reach some people to pass the word on to them.

    Raises NotFound, NoLongerSought, AlreadyRelayed, and OnPause or AskedOften: nobody is asked too often.
    """
    if not contributions.sees_people(sides.ties(session, actor), need.project) or known.state is not KnownState.LISTED:
        raise NotFound
    if not contributions.takes_people(need):
        raise NoLongerSought
    row = Relay(
        code=_fresh_code(),
        need_id=need.id,
        user_id=known.reach_id,
        state=RelayState.ASKED,
        asked_by_id=actor.id,
        known_person_id=known.id,
        message=message,
    )
    row.need, row.known_person, row.user = need, known, known.reach
    _begin(session, row)
    if known.reach_id != actor.id:
        solicitations.solicit(session, known.reach_id, Subject.RELAY, row.id)
    due = deadlines.begin(session, Subject.RELAY, row.id, Step.RELAY_ANSWERED)
    entry = journal.record(
        session, actor.id, Subject.RELAY, row.id, Verb.ASK, moved=(None, row.state.value), note=message
    )
    notifications.queue(session, known.reach, messages.Asked(row, due), entry=entry, after=journal.UNDO_WITHIN)
    return row


def accept(session: Session, actor: User, relay: Relay, is_named: bool) -> None:
    """Yes: the link is ready to be sent; whoever asked is told."""
    _check(session, actor, relay, Verb.ACCEPT)
    relay.is_named = is_named
    entry = _move(session, actor, relay, Verb.ACCEPT)
    tell_asker(session, relay, messages.Accepted(relay), entry)


def decline(session: Session, actor: User, relay: Relay, reason: RelayReason | None, word: str) -> None:
    """Raises Invalid (`reason`) without one."""
    _check(session, actor, relay, Verb.DECLINE)
    if reason is None:
        raise Invalid(N_("Choisissez une raison : elle aide la personne à comprendre."), "reason")
    relay.reason, relay.word = reason, word
    entry = _move(session, actor, relay, Verb.DECLINE)
    tell_asker(session, relay, messages.Declined(relay), entry)


def withdraw(session: Session, actor: User | None, relay: Relay) -> None:
    """No longer asked for: by whoever asked, or because nobody is looked for any more (without an actor)."""
    if actor is not None:
        _check(session, actor, relay, Verb.WITHDRAW)
    [asked] = history(session, Subject.RELAY, relay.id, [Verb.ASK])
    entry = _move(session, actor, relay, Verb.WITHDRAW)
    if now() - asked.at <= journal.UNDO_WITHIN:
        notifications.cancel(session, asked)  # it has not left: nobody hears of anything
        solicitations.release(session, Subject.RELAY, relay.id)
    else:
        notifications.queue(session, relay.user, messages.NoLongerAsked(relay), entry=entry)


def stop(session: Session, actor: User, relay: Relay) -> None:
    _check(session, actor, relay, Verb.STOP)
    _move(session, actor, relay, Verb.STOP)


def resume(session: Session, actor: User, relay: Relay) -> None:
    _check(session, actor, relay, Verb.RESUME)
    _move(session, actor, relay, Verb.RESUME)


def show_name(session: Session, actor: User, relay: Relay, is_named: bool) -> None:
    """Whether readers of the link see who relays."""
    if not rules.is_own(actor, relay):
        raise Forbidden
    relay.is_named = is_named
    journal.record(session, actor.id, Subject.RELAY, relay.id, "show_name", named=is_named)


def count_opening(session: Session, relay: Relay, viewer: User | None) -> None:
    """Somebody opened the link; whoever relays looks at their own without being counted."""
    if relay.state is RelayState.OPEN and not rules.is_own(viewer, relay):
        session.execute(
            update(Relay).where(col(Relay.id) == relay.id).values(opened=Relay.opened + 1),
            execution_options={"synchronize_session": False},
        )


def _begin(session: Session, row: Relay) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        existing = queries.live(session, row.need_id, row.user_id)
        if existing is None:
            raise
        raise AlreadyRelayed(existing) from None


def _check(session: Session, actor: User, relay: Relay, verb: Verb) -> None:
    """The relay as it is now, held until the end of the request. Raises AlreadyMoved, Forbidden."""
    session.refresh(relay, ["state", "state_since"], with_for_update={"of": Relay})
    if (relay.state, verb) not in rules.MOVES:
        raise AlreadyMoved
    if not rules.can(sides.ties(session, actor), relay, verb):
        raise Forbidden


def _move(session: Session, actor: User | None, relay: Relay, verb: Verb) -> Entry:
    before, to = relay.state, rules.MOVES[relay.state, verb].to
    if before is RelayState.ASKED:
        deadlines.end(session, Subject.RELAY, relay.id)
    relay.state, relay.state_since = to, now()
    data = {"reason": relay.reason} if relay.reason else {}
    moved = (before.value, to.value)
    return journal.record(
        session,
        actor.id if actor else None,
        Subject.RELAY,
        relay.id,
        verb,
        moved=moved,
        note=relay.word,
        **data,
    )


def tell_asker(session: Session, relay: Relay, notice: messages.About, entry: Entry) -> None:
    if relay.asked_by is not None and relay.asked_by.closed_at is None and relay.asked_by_id != relay.user_id:
        notifications.queue(session, relay.asked_by, notice, entry=entry)


def _fresh_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
