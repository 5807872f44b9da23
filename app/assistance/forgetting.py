"""Words to the team of somebody who is no longer there."""

from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col

from app.accounts.models import User
from app.assistance.models import AssistanceKind, AssistanceRequest
from app.kernel.database import now

NUMBERS_KEPT = timedelta(days=182)
"""After the call, as the page on privacy says."""


def forget(session: Session, user: User) -> None:
    """A call is a telephone number: it goes. A remark helps whoever comes next: it stays, as from nobody."""
    own = col(AssistanceRequest.user_id) == user.id
    session.execute(delete(AssistanceRequest).where(own, col(AssistanceRequest.kind) == AssistanceKind.CALL))
    session.execute(update(AssistanceRequest).where(own).values(user_id=None))


def forget_old_numbers(session: Session) -> None:
    """Half a year after somebody was called back, whether they have an account or not."""
    session.execute(
        delete(AssistanceRequest).where(
            col(AssistanceRequest.kind) == AssistanceKind.CALL, col(AssistanceRequest.done_at) < now() - NUMBERS_KEPT
        )
    )
