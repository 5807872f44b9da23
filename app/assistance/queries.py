from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, true
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.assistance.models import AssistanceKind, AssistanceRequest
from app.assistance.rules import can_answer
from app.kernel.database import related
from app.kernel.errors import NotFound

MAX_ID = 2**31 - 1


def waits_for(user: User) -> ColumnElement[bool]:
    """The condition that goes with `rules.can_answer`."""
    return and_(true() if can_answer(user) else false(), col(AssistanceRequest.done_at).is_(None))


def waiting_requests(
    session: Session, user: User, limit: int, kind: AssistanceKind | None = None
) -> Sequence[AssistanceRequest]:
    """Words and calls that nobody has answered, the oldest first."""
    statement = select(AssistanceRequest).where(waits_for(user))
    return session.exec(
        (statement if kind is None else statement.where(AssistanceRequest.kind == kind))
        .options(joinedload(related(AssistanceRequest.user)), joinedload(related(AssistanceRequest.open_step)))
        .order_by(col(AssistanceRequest.created_at), col(AssistanceRequest.id))
        .limit(limit)
    ).all()


def get_for_change(session: Session, user: User, request_id: int) -> AssistanceRequest:
    """Held until the end of the request: the second of two who answer sees the first. Raises NotFound."""
    found = session.get(AssistanceRequest, request_id, with_for_update=True) if 0 < request_id <= MAX_ID else None
    if found is None or not can_answer(user):
        raise NotFound
    return found
