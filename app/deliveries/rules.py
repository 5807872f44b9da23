"""The way of an object, as one table: what may happen in each state, and who may do it. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.contributions.models import Contribution, State
from app.contributions.rules import Party, Ties, parties
from app.deliveries.models import CancelReason, Delivery, DeliveryState


class Verb(StrEnum):
    SEND = "send"
    RECEIVE = "receive"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Move:
    to: DeliveryState
    by: tuple[Party, ...]


GIVER, TEAM, MODERATOR = Party.CONTRIBUTOR, Party.TEAM, Party.MODERATOR

MOVES: dict[tuple[DeliveryState, Verb], Move] = {
    # The team writes for a giver who only telephones.
    (DeliveryState.PROMISED, Verb.SEND): Move(DeliveryState.ON_THE_WAY, (GIVER, TEAM)),
    (DeliveryState.PROMISED, Verb.RECEIVE): Move(DeliveryState.RECEIVED, (TEAM,)),
    # A moderator says what became of what nobody speaks of any more.
    (DeliveryState.PROMISED, Verb.CANCEL): Move(DeliveryState.CANCELLED, (GIVER, TEAM, MODERATOR)),
    (DeliveryState.ON_THE_WAY, Verb.RECEIVE): Move(DeliveryState.RECEIVED, (TEAM,)),
    (DeliveryState.ON_THE_WAY, Verb.CANCEL): Move(DeliveryState.CANCELLED, (GIVER, TEAM, MODERATOR)),
}

TURNS: dict[DeliveryState, Party] = {DeliveryState.PROMISED: GIVER, DeliveryState.ON_THE_WAY: TEAM}
"""Who acts next: the giver sends, the team says that it arrived."""

REASONS: dict[Party, tuple[CancelReason, ...]] = {
    GIVER: (CancelReason.NO_LONGER, CancelReason.NO_TRANSPORT, CancelReason.LOST, CancelReason.OTHER),
    TEAM: (CancelReason.NOT_NEEDED, CancelReason.NO_TRANSPORT, CancelReason.LOST, CancelReason.OTHER),
    MODERATOR: tuple(CancelReason),
}


def can(ties: Ties, contribution: Contribution, state: DeliveryState, verb: Verb) -> bool:
    move = MOVES.get((state, verb))
    return is_open(contribution, state) and move is not None and not parties(ties, contribution).isdisjoint(move.by)


def is_open(contribution: Contribution, state: DeliveryState) -> bool:
    """What is on its way arrives, even if the giver has left since."""
    return contribution.state is State.ACCEPTED or state is DeliveryState.ON_THE_WAY


def open_verbs(ties: Ties, contribution: Contribution, state: DeliveryState) -> list[Verb]:
    """What this person may do now with objects in that state, in the order of the table."""
    return [verb for source, verb in MOVES if source is state and can(ties, contribution, state, verb)]


def side(ties: Ties, contribution: Contribution) -> Party | None:
    """As whom this person acts; a coordinator looks on."""
    return next((party for party in Party if party in parties(ties, contribution)), None)


def remainder(contribution: Contribution) -> int:
    """Promised, and neither on its way nor received."""
    if contribution.state is not State.ACCEPTED:
        return 0
    return max(0, (contribution.pledged or 0) - contribution.sent)


@dataclass(frozen=True)
class Count:
    on_the_way: int
    received: int


def count(deliveries: Iterable[Delivery]) -> Count:
    """Objects, not deliveries: of what arrived, as many as really did."""
    on_the_way = received = 0
    for one in deliveries:
        if one.state is DeliveryState.ON_THE_WAY:
            on_the_way += one.quantity
        elif one.state is DeliveryState.RECEIVED:
            received += one.received_quantity or 0
    return Count(on_the_way, received)
