"""Reads of deliveries: whoever may see the contribution sees what becomes of its objects."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from app.contributions import queries as contributions
from app.contributions.models import Contribution, State
from app.contributions.rules import Ties, gives_objects
from app.deliveries.models import Delivery
from app.kernel.errors import NotFound
from app.projects.models import Need


def contribution(session: Session, ties: Ties, contribution_id: int) -> Contribution:
    """One that was accepted, of objects. Raises NotFound."""
    found = contributions.get(session, ties, contribution_id)
    if found.state is not State.ACCEPTED or not gives_objects(found.need):
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
        .where(Contribution.need_id == need.id, col(Contribution.state) == State.ACCEPTED)
    ).all()
