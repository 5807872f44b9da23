"""How often somebody was asked for something lately: two solicitations a month are enough for anybody."""

from sqlmodel import Session, col, func, select

from app.contributions.soliciting import invited_since
from app.kernel.database import now
from app.relays.models import Relay
from app.relays.rules import A_MONTH


def this_month(session: Session, user_id: int) -> int:
    """Invitations to help, and requests to relay that others made."""
    since = now() - A_MONTH
    asked = session.exec(
        select(func.count()).where(
            Relay.user_id == user_id,
            col(Relay.asked_by_id).is_not(None),
            col(Relay.asked_by_id) != user_id,
            col(Relay.created_at) > since,
        )
    ).one()
    return asked + invited_since(session, user_id, since)
