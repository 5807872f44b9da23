"""Objects whose giver is no longer there: what was received stays, and what is on its way may still arrive."""

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions.models import Contribution
from app.deliveries.models import Delivery
from app.profiles.models import Profile


def forget(session: Session, user: User) -> None:
    """What they noted of the way: who carries them is often somebody of the family."""
    theirs = (
        select(Contribution.id)
        .join(Profile, col(Profile.id) == Contribution.profile_id)
        .where(Profile.owner_id == user.id)
    )
    session.execute(update(Delivery).where(col(Delivery.contribution_id).in_(theirs)).values(carrier="", note=""))
