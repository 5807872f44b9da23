"""One clock for the whole application, and what turns it."""

import ast
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.accounts.models import User
from app.kernel.database import at, now
from app.kernel.i18n import since, speaking
from tests.conftest import ROOT

LAST_YEAR = datetime(2025, 8, 13, 9, 30, tzinfo=UTC)


def test_inside_it_is_another_moment_and_outside_the_present_again():
    with at(LAST_YEAR):
        assert now() == LAST_YEAR
        with at(LAST_YEAR + timedelta(days=3)):
            assert now() == LAST_YEAR + timedelta(days=3)
        assert now() == LAST_YEAR
    assert abs(now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_what_fails_inside_leaves_the_clock_right():
    with pytest.raises(ZeroDivisionError), at(LAST_YEAR):
        1 / 0  # noqa: B018
    assert now() > LAST_YEAR + timedelta(days=1)


def test_a_moment_of_another_zone_is_told_in_utc():
    with at(datetime(2025, 8, 13, 10, 30, tzinfo=timezone(timedelta(hours=1)))):
        assert now() == LAST_YEAR
        assert now().tzinfo is UTC


def test_rows_and_sentences_follow_it(make):
    with at(LAST_YEAR):
        assert make(User).created_at == LAST_YEAR
        with speaking("fr"):
            assert since(LAST_YEAR - timedelta(days=3)) == "il y a 3 jours"


def test_only_the_demonstration_turns_it():
    """A page or an action that turned the clock would write a false date."""
    turning = {
        path.relative_to(ROOT).parts[1]
        for path in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "app.kernel.database"
        and any(alias.name == "at" for alias in node.names)
    }
    assert turning <= {"demonstration", "simulation"}
