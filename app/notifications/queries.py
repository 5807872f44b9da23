from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.kernel.database import now
from app.notifications.models import Message, MessageState


def on_site(session: Session, recipient_id: int, limit: int) -> Sequence[Message]:
    """What a person without e-mail reads on their page, the last first. What can still be undone is not there yet."""
    return session.exec(
        select(Message)
        .where(Message.recipient_id == recipient_id, Message.state == MessageState.ON_SITE)
        .where(Message.not_before <= now())
        .order_by(col(Message.id).desc())
        .limit(limit)
    ).all()


def latest(session: Session, limit: int) -> Sequence[Message]:
    """Whoever they are for, the newest first: for developers only."""
    return session.exec(select(Message).order_by(col(Message.id).desc()).limit(limit)).all()
