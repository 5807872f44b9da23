"""How often somebody was invited."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from app.contributions.models import Contribution, Origin
from app.profiles.models import Profile


def invited_since(session: Session, user_id: int, since: datetime) -> int:
    """Invitations made to this person, or to a group that they answer for."""
    return session.exec(
        select(func.count())
        .select_from(Contribution)
        .join(Profile, col(Profile.id) == Contribution.profile_id)
        .where(
            Profile.owner_id == user_id,
            Contribution.origin == Origin.INVITATION,
            col(Contribution.created_at) > since,
        )
    ).one()
