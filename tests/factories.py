"""`make(Model, **what_matters)`: saves a row, the rest filled plausibly. A domain adds its defaults in `DEFAULTS`."""

from collections.abc import Callable
from itertools import count
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

from app.accounts.models import CharterAcceptance, Grant, GrantKind, ModeratorScope, Role, User
from app.kernel.database import now

Row = TypeVar("Row", bound=SQLModel)
_numbers = count(1)

ARBAA_SAHEL = "09.581.11.03"
OUIJJANE = "09.581.11.09"
TINZART = "09.541.04.61"
OUISSELSATE = "08.401.03.11"


class Factory:
    def __init__(self, session: Session) -> None:
        self.session = session

    def __call__(self, model: type[Row], **given: Any) -> Row:
        defaults = DEFAULTS.get(model, lambda make, given: {})(self, given)
        row = model(**{**defaults, **given})
        self.session.add(row)
        self.session.flush()
        return row

    def moderator(self, *regions: str, countries: tuple[str, ...] = (), everywhere: bool = False) -> User:
        user = self(User, role=Role.MODERATOR)
        for region in regions:
            self(ModeratorScope, user_id=user.id, region_code=region)
        for country in countries:
            self(ModeratorScope, user_id=user.id, country=country)
        if everywhere:
            self(ModeratorScope, user_id=user.id)
        return user

    def administrator(self) -> User:
        return self(User, role=Role.ADMINISTRATOR)

    def granted(self, kind: GrantKind) -> User:
        user = self(User)
        self(Grant, user_id=user.id, kind=kind)
        return user


def _user(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    n = next(_numbers)
    email = f"personne{n}@example.org" if "phone" not in given else None
    return {"name": f"Personne {n}", "email": email, "email_confirmed_at": now()}


DEFAULTS: dict[type[SQLModel], Callable[[Factory, dict[str, Any]], dict[str, Any]]] = {
    User: _user,
    CharterAcceptance: lambda make, given: {"version": "2026-11", "locale": "fr"},
}
