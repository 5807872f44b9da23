"""Reads of deliveries: whoever may see the contribution sees what becomes of its objects."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.contributions import queries as contributions
from app.contributions.models import Contribution, State
from app.contributions.rules import Ties, gives_objects
from app.deadlines import queries as deadlines
from app.deadlines.models import OpenStep
from app.deliveries.models import Delivery
from app.journal.models import Subject
from app.kernel.errors import NotFound
from app.projects.models import Need


def contribution(session: Session, ties: Ties, contribution_id: int) -> Contribution:
    """One of objects that was accepted, or of which some have left. Raises NotFound."""
    found = contributions.get(session, ties, contribution_id)
    if not gives_objects(found.need) or not (found.state is State.ACCEPTED or found.sent):
        raise NotFound
    return found


def get(session: Session, ties: Ties, delivery_id: int) -> tuple[Delivery, Contribution]:
    """Raises NotFound, also for what this person may not see."""
    found = session.get(Delivery, delivery_id) if 0 < delivery_id <= contributions.MAX_ID else None
    if found is None:
        raise NotFound
    return found, contribution(session, ties, found.contribution_id)


def of_contributions(session: Session, ids: Collection[int]) -> dict[int, list[Delivery]]:
    """Of each of these contributions, its deliveries in the order in which they were written down."""
    found: dict[int, list[Delivery]] = {one: [] for one in ids}
    rows = session.exec(select(Delivery).where(col(Delivery.contribution_id).in_(ids)).order_by(col(Delivery.id))).all()
    for row in rows:
        found[row.contribution_id].append(row)
    return found


def of_need(session: Session, need: Need) -> Sequence[Delivery]:
    return session.exec(
        select(Delivery)
        .join(Contribution, col(Contribution.id) == Delivery.contribution_id)
        .where(Contribution.need_id == need.id)
    ).all()


@dataclass(frozen=True)
class WaitedFor:
    """Who is waited for, and until when."""

    to_send: OpenStep | None
    to_receive: Mapping[int, OpenStep]
    """By delivery."""


def waited_for(session: Session, contribution: Contribution, deliveries: Sequence[Delivery]) -> WaitedFor:
    to_send = deadlines.under_way(session, Subject.CONTRIBUTION, [contribution.id]).get(contribution.id)
    return WaitedFor(to_send, deadlines.under_way(session, Subject.DELIVERY, [one.id for one in deliveries]))
