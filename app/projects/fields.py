"""The kinds of answer that the fiche and its needs ask for, besides text."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from app.kernel.i18n import N_
from app.kernel.text import Line

_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def digits(value: object) -> object:
    """ "12 000" and "١٢٠٠٠" are how people write 12000."""
    return re.sub(r"\s", "", value).translate(_ARABIC_DIGITS) if isinstance(value, str) else value


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
SecureLink = Annotated[Line, AfterValidator(_complete)]
