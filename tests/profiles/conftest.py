from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, func, select

from app.accounts.models import User
from app.kernel.database import now
from app.profiles.models import Profile
from tests.browser_client import Browser
from tests.factories import Factory

ANSWERS: dict[str, Any] = {
    "abilities": "Quinze ans de gestion des déchets : tri, collecte, formation des équipes.",
    "places_new": ["Anzi"],
    "languages": ["fr", "ber"],
    "modes": ["remote"],
    "country": "FR",
}
GROUP = {**ANSWERS, "name": "Les amis de la bibliothèque"}


@pytest.fixture
def tomorrow() -> str:
    return (now() + timedelta(days=1)).date().isoformat()


@pytest.fixture
def signed_in(browser: Browser, make: Factory) -> Callable[[str], User]:
    """Opens an account under that name, in the browser of the test."""

    def sign_in(name: str) -> User:
        user = make(User, name=name)
        browser.login(user)
        return user

    return sign_in


@pytest.fixture
def filled_in(browser: Browser, session: Session) -> Callable[..., Profile]:
    """Sends the form of that address with what was answered, and gives the profile that it makes."""

    def fill_in(form: str, answers: dict[str, Any]) -> Profile:
        browser.submit(browser.get(f"/fr/profiles/{form}"), f"/{form}", **answers)
        return only_profile(session)

    return fill_in


def only_profile(session: Session) -> Profile:
    return session.exec(select(Profile).execution_options(populate_existing=True)).one()


def count(session: Session, table: type = Profile) -> int:
    return session.exec(select(func.count()).select_from(table)).one()
