"""Links that somebody sent on, and people whom they could reach, once they are no longer there."""

from sqlmodel import Session, select

from app.accounts.models import User
from app.deadlines import actions as deadlines
from app.journal.actions import record
from app.journal.models import Subject
from app.kernel.database import now
from app.relays.actions import tell_asker
from app.relays.messages import Declined
from app.relays.models import KnownPerson, KnownState, Relay, RelayReason, RelayState
from app.relays.rules import Verb

_ENDS = {RelayState.OPEN: RelayState.STOPPED, RelayState.ASKED: RelayState.DECLINED}
_VERBS = {RelayState.STOPPED: Verb.STOP, RelayState.DECLINED: Verb.DECLINE}


def forget(session: Session, user: User) -> None:
    """A link still shows its need, and names nobody; nobody can reach those people any more."""
    for relay in session.exec(select(Relay).where(Relay.user_id == user.id).with_for_update()).all():
        relay.is_named, relay.word = False, ""
        if to := _ENDS.get(relay.state):
            moved = (relay.state.value, to.value)
            entry = record(session, user.id, Subject.RELAY, relay.id, _VERBS[to], moved=moved)
            deadlines.end(session, Subject.RELAY, relay.id)
            relay.state, relay.state_since = to, now()
            if to is RelayState.DECLINED:
                relay.reason = RelayReason.OTHER
                tell_asker(session, relay, Declined(relay), entry)
    for known in session.exec(select(KnownPerson).where(KnownPerson.reach_id == user.id).with_for_update()).all():
        if known.state in (KnownState.ASKED, KnownState.LISTED):
            record(session, user.id, Subject.KNOWN_PERSON, known.id, "end", moved=(known.state.value, "ended"))
            deadlines.end(session, Subject.KNOWN_PERSON, known.id)
            known.state, known.state_since = KnownState.ENDED, now()
    session.flush()
