"""Words to the team of somebody who is no longer there."""

from sqlalchemy import delete, update
from sqlmodel import Session, col

from app.accounts.models import User
from app.assistance.models import AssistanceKind, AssistanceRequest


def forget(session: Session, user: User) -> None:
    """A call is a telephone number: it goes. A remark helps whoever comes next: it stays, as from nobody."""
    own = col(AssistanceRequest.user_id) == user.id
    session.execute(delete(AssistanceRequest).where(own, col(AssistanceRequest.kind) == AssistanceKind.CALL))
    session.execute(update(AssistanceRequest).where(own).values(user_id=None))
