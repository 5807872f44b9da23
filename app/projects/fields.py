"""The kinds of answer that the fiche and its needs ask for, besides text."""

import re
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from app.kernel.database import now
from app.kernel.i18n import N_, ZONE
from app.kernel.text import Line

_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST, _LAST = date(1950, 1, 1), date(2099, 12, 31)


def today() -> date:
    """The day it is in Morocco."""
    return now().astimezone(ZONE).date()


def digits(value: object) -> object:
    """ "12 000" and "١٢٠٠٠" are how people write 12000."""
    return re.sub(r"\s", "", value).translate(_ARABIC_DIGITS) if isinstance(value, str) else value


def _iso(value: object) -> object:
    """Pydantic would take a number for a moment in seconds."""
    if isinstance(value, str) and not _ISO_DAY.fullmatch(value.strip().translate(_ARABIC_DIGITS)):
        raise PydanticCustomError("day", N_("Cette date n’existe pas : écrivez-la ainsi, 2026-12-31."))
    return value.strip().translate(_ARABIC_DIGITS) if isinstance(value, str) else value


def _in_our_time(value: date) -> date:
    if not _FIRST <= value <= _LAST:
        raise PydanticCustomError("far_day", N_("Cette date est trop lointaine : vérifiez l’année."))
    return value


def _complete(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme != "https" or "." not in host or "@" in parts.netloc or set(value) & set(' \\"<>'):
        raise PydanticCustomError("link", N_("Cette adresse de page n’est pas complète : elle commence par https://."))
    return value


Count = Annotated[int, BeforeValidator(digits), Field(ge=0, le=10_000_000)]
Amount = Annotated[int, BeforeValidator(digits), Field(ge=0, le=100_000_000_000)]
Day = Annotated[date, BeforeValidator(_iso), AfterValidator(_in_our_time)]
SecureLink = Annotated[Line, AfterValidator(_complete)]
