"""Days as people write them in a form, and the day it is in Morocco."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from app.kernel.database import now
from app.kernel.i18n import N_, ZONE

_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST, _LAST = date(1950, 1, 1), date(2099, 12, 31)


def today() -> date:
    """The day it is in Morocco."""
    return now().astimezone(ZONE).date()


def _iso(value: object) -> object:
    """Pydantic would take a number for a moment in seconds."""
    if isinstance(value, str) and not _ISO_DAY.fullmatch(value.strip().translate(_ARABIC_DIGITS)):
        raise PydanticCustomError("day", N_("Cette date n’existe pas : écrivez-la ainsi, 2026-12-31."))
    return value.strip().translate(_ARABIC_DIGITS) if isinstance(value, str) else value


def _in_our_time(value: date) -> date:
    if not _FIRST <= value <= _LAST:
        raise PydanticCustomError("far_day", N_("Cette date est trop lointaine : vérifiez l’année."))
    return value


Day = Annotated[date, BeforeValidator(_iso), AfterValidator(_in_our_time)]
