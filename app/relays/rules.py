"""The way of a relay, as one table: what may happen in each state, and who may do it. Pure functions."""

from dataclasses import dataclass
from enum import StrEnum

from app.accounts.models import User
from app.accounts.rules import in_scope
from app.contributions.rules import Ties
from app.relays.models import Relay, RelayReason, RelayState


class Party(StrEnum):
    RELAYER = "relayer"
    ASKER = "asker"  # whoever acts for the project, and the moderators of its region


class Verb(StrEnum):
    RELAY = "relay"
    ASK = "ask"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    STOP = "stop"
    RESUME = "resume"


@dataclass(frozen=True)
class Move:
    to: RelayState
    by: tuple[Party, ...]


MOVES: dict[tuple[RelayState | None, Verb], Move] = {
    (None, Verb.RELAY): Move(RelayState.OPEN, (Party.RELAYER,)),
    (None, Verb.ASK): Move(RelayState.ASKED, (Party.ASKER,)),
    (RelayState.ASKED, Verb.ACCEPT): Move(RelayState.OPEN, (Party.RELAYER,)),
    (RelayState.ASKED, Verb.DECLINE): Move(RelayState.DECLINED, (Party.RELAYER,)),
    (RelayState.ASKED, Verb.WITHDRAW): Move(RelayState.WITHDRAWN, (Party.ASKER,)),
    (RelayState.OPEN, Verb.STOP): Move(RelayState.STOPPED, (Party.RELAYER,)),
    (RelayState.STOPPED, Verb.RESUME): Move(RelayState.OPEN, (Party.RELAYER,)),
}
LIVE = (RelayState.ASKED, RelayState.OPEN, RelayState.STOPPED)
REASONS = tuple(RelayReason)


def parties(ties: Ties, relay: Relay) -> frozenset[Party]:
    """In which capacities somebody acts on a relay; nobody asks themselves."""
    if ties.user.id == relay.user_id:
        return frozenset({Party.RELAYER})
    project = relay.need.project
    if relay.asked_by_id is not None and (ties.writes(project) or in_scope(ties.user, region=project.commune_code[:2])):
        return frozenset({Party.ASKER})
    return frozenset()


def can(ties: Ties, relay: Relay, verb: Verb) -> bool:
    move = MOVES.get((relay.state, verb))
    return move is not None and not parties(ties, relay).isdisjoint(move.by)


def open_verbs(ties: Ties, relay: Relay) -> list[Verb]:
    """What this person may do now, in the order of the table."""
    return [verb for state, verb in MOVES if state is relay.state and can(ties, relay, verb)]


def may_see(ties: Ties, relay: Relay) -> bool:
    """The condition that goes with `queries.visible_to`."""
    return bool(parties(ties, relay))


def is_own(user: User | None, relay: Relay) -> bool:
    return user is not None and user.id == relay.user_id
