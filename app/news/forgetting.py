"""News of somebody who is no longer there."""

from sqlmodel import Session, select

from app.accounts.models import User
from app.news.models import NewsItem, NewsState


def forget(session: Session, user: User) -> None:
    """What everybody could read stays, without the name; the rest goes."""
    mine = select(NewsItem).where(NewsItem.author_id == user.id, NewsItem.state != NewsState.PUBLISHED)
    for item in session.exec(mine.with_for_update()).all():
        session.delete(item)
    session.flush()
