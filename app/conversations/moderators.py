"""The moderators who look after a conversation, to be told."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.accounts.models import ModeratorScope, Role, User


def of_region(session: Session, region: str | None) -> Sequence[User]:
    """Those of that region; without any, those of everything. Of no region in particular: every moderator."""
    moderators = select(User).where(User.role == Role.MODERATOR, col(User.closed_at).is_(None)).order_by(col(User.id))
    if region is None:
        return session.exec(moderators).all()
    scopes = select(ModeratorScope.user_id)
    near = session.exec(moderators.where(col(User.id).in_(scopes.where(ModeratorScope.region_code == region)))).all()
    everything = scopes.where(col(ModeratorScope.region_code).is_(None), col(ModeratorScope.country).is_(None))
    return near or session.exec(moderators.where(col(User.id).in_(everything))).all()
