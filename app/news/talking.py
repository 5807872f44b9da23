"""Who is who in the public conversation about a news item."""

from app.accounts.models import User
from app.news import rules
from app.news.models import NewsItem, NewsState
from app.threads.models import Voice
from app.threads.rules import Seat


def seat(viewer: User | None, item: NewsItem) -> Seat:
    moderates = viewer is not None and rules.looks_after(viewer, item)
    is_author = viewer is not None and viewer.id == item.author_id
    return Seat(
        viewer,
        voice=Voice.TEAM if is_author else Voice.MODERATOR if moderates else Voice.READER,
        is_open=item.state is NewsState.PUBLISHED,
        moderates=moderates,
    )
