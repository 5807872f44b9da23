"""Days as people write them in a form, and the day it is in Morocco."""

import re
from datetime import UTC, date, datetime, time
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


_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:hH.]|س)\s*(\d{2})?")


def _hour(value: object) -> object:
    """ "18:30", "18h30", "9 h" and the same in Arabic digits."""
    if not isinstance(value, str):
        return value
    found = _CLOCK.fullmatch(value.strip().translate(_ARABIC_DIGITS))
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise PydanticCustomError("hour", N_("Cette heure n’est pas comprise : écrivez-la ainsi, 18:30."))
    return time(int(found[1]), int(found[2] or 0))


Hour = Annotated[time, BeforeValidator(_hour)]


def exists_in_morocco(day: date, hour: time) -> bool:
    """Not where clocks are put forward over it."""
    moment = datetime.combine(day, hour, ZONE)
    return moment.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None) == moment.replace(tzinfo=None)
