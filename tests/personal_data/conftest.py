from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from app.accounts import departures
from app.accounts.models import Departure, User
from app.kernel.database import at, now
from app.personal_data import asleep


@pytest.fixture
def go_on(session: Session) -> Callable[[timedelta], None]:
    """What the worker does once that much time has passed."""

    def later(passed: timedelta) -> None:
        with at(now() + passed):
            while asleep.go_on(session, 1):
                session.flush()

    return later


@pytest.fixture
def leave(session: Session, go_on: Callable[[timedelta], None]) -> Callable[[User], None]:
    """Somebody asks to leave, the week passes, and the worker does its part."""

    def left(user: User) -> None:
        departures.begin(session, user)
        go_on(departures.GRACE)
        go_on(departures.GRACE + departures.UNTIL_FORGOTTEN)
        assert session.get(Departure, user.id) is None

    return left
