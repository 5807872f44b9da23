"""Who may do what with a news item, and which moves there are. Pure functions."""

from dataclasses import dataclass

from app.accounts.models import User
from app.accounts.rules import in_scope, publishes_at_once
from app.deadlines.steps import Step
from app.news.models import NewsItem, NewsState


@dataclass(frozen=True)
class Move:
    sources: frozenset[NewsState]
    to: NewsState
    needs_words: bool = False


MOVES = {
    "publish": Move(frozenset({NewsState.WAITING, NewsState.RETURNED}), NewsState.PUBLISHED),
    "return": Move(frozenset({NewsState.WAITING}), NewsState.RETURNED, needs_words=True),
    "unpublish": Move(frozenset({NewsState.PUBLISHED}), NewsState.RETURNED, needs_words=True),
}


def region_of(item: NewsItem) -> str | None:
    """The code of a territory begins with its region's."""
    code = item.region_code or item.province_code or item.commune_code
    return code[:2] if code else None


def looks_after(user: User, item: NewsItem) -> bool:
    region = region_of(item)
    return user.is_moderator if region is None else in_scope(user, region=region)


def step_of(item: NewsItem) -> Step | None:
    """News that was returned waits for nobody: it grows old, and its author writes other news."""
    return Step.NEWS_READ if item.state is NewsState.WAITING else None


def can_edit(user: User, item: NewsItem) -> bool:
    return user.id == item.author_id or looks_after(user, item)


def may_move(user: User, item: NewsItem, verb: str) -> bool:
    """Whether this person may ever do it; an author takes their own item off the list."""
    return looks_after(user, item) or (verb == "unpublish" and user.id == item.author_id)


def open_moves(user: User, item: NewsItem) -> list[str]:
    """The verbs that this person is offered on the page."""
    return [verb for verb, move in MOVES.items() if item.state in move.sources and may_move(user, item, verb)]


def state_once_saved(user: User, item: NewsItem) -> NewsState:
    """What becomes of an item when this person saves it."""
    if publishes_at_once(user) and user.id == item.author_id:
        return NewsState.PUBLISHED
    # A moderator who mends somebody else's text does not decide on it in passing.
    return NewsState.WAITING if user.id == item.author_id else item.state
