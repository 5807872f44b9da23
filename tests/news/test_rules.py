from datetime import timedelta

import pytest

from app.accounts.models import Grant, GrantKind, ModeratorScope, Role, User
from app.kernel.database import now
from app.kernel.folding import is_mostly_arabic
from app.news import rules
from app.news.models import NewsItem, NewsState

AUTHOR = User(id=1, name="A", scopes=[], grants=[])


def item(state: NewsState = NewsState.WAITING, days: int = 0, **place: str) -> NewsItem:
    return NewsItem(
        id=5, author_id=1, title="T", text="t", language="fr", state=state,
        state_since=now() - timedelta(days=days), **place,
    )  # fmt: skip


def moderator(region: str | None = None, country: str | None = None) -> User:
    return User(id=9, name="M", role=Role.MODERATOR, scopes=[ModeratorScope(region_code=region, country=country)])


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ({"commune_code": "09.581.11.03"}, "09"),
        ({"province_code": "08.401"}, "08"),
        ({"region_code": "01"}, "01"),
        ({}, None),
    ],
)
def test_the_region_of_a_news_item_is_that_of_its_territory(place, region):
    assert rules.region_of(item(**place)) == region


def test_a_moderator_looks_after_their_region_and_after_what_concerns_everybody():
    here = item(province_code="09.581")
    assert rules.looks_after(moderator(region="09"), here)
    assert not rules.looks_after(moderator(region="08"), here)
    assert not rules.looks_after(moderator(country="FR"), here)
    assert rules.looks_after(moderator(country="FR"), item())
    assert not rules.looks_after(AUTHOR, item())


@pytest.mark.parametrize(
    ("user", "state", "moves"),
    [
        (moderator(region="09"), NewsState.WAITING, ["publish", "return"]),
        (moderator(region="09"), NewsState.RETURNED, ["publish"]),
        (moderator(region="09"), NewsState.PUBLISHED, ["unpublish"]),
        (moderator(region="08"), NewsState.WAITING, []),
        (AUTHOR, NewsState.WAITING, []),
        (AUTHOR, NewsState.PUBLISHED, ["unpublish"]),
        (User(id=2, name="B", scopes=[], grants=[]), NewsState.PUBLISHED, []),
    ],
)
def test_each_is_offered_what_they_may_do(user, state, moves):
    assert rules.open_moves(user, item(state, region_code="09")) == moves


def test_what_an_author_changes_waits_again_and_what_a_moderator_mends_stays():
    published = item(NewsState.PUBLISHED, region_code="09")
    trusted = User(id=1, name="A", scopes=[], grants=[Grant(kind=GrantKind.TRUSTED_AUTHOR)])
    assert rules.state_once_saved(AUTHOR, published) is NewsState.WAITING
    assert rules.state_once_saved(trusted, published) is NewsState.PUBLISHED
    assert rules.state_once_saved(moderator(region="09"), published) is NewsState.PUBLISHED
    assert rules.state_once_saved(moderator(region="09"), item(region_code="09")) is NewsState.WAITING


@pytest.mark.parametrize(
    ("text", "arabic"),
    [
        ("Le marché d’Anzi (سوق أنزي) ouvre", False),
        ("افتتاح سوق أنزي بحضور جمعية Les amis d'Anzi يوم السبت المقبل", True),
        ("", False),
        ("2026", False),
    ],
)
def test_the_language_of_a_text_is_that_of_most_of_its_letters(text, arabic):
    assert is_mostly_arabic(text) is arabic
