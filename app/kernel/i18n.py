"""French and Arabic: the locale of a request, sentences, dates and numbers.

French sentences are the message ids. The locale is in the URL (`/fr/…`, `/ar/…`); a plain ASGI middleware sets it, so
that it reaches the thread pool in which the routes run.
"""

import gettext as gettext_module
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import babel
from babel import dates, numbers
from babel.support import Format
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.kernel import database
from app.kernel.settings import ROOT

LOCALES = ("fr", "ar")
LANGUAGE_COOKIE = "twiza_language"
UNPREFIXED = ("/static/", "/health/", "/favicon.ico", "/robots.txt", "/sitemap.xml", "/service-worker.js")
ZONE = ZoneInfo("Africa/Casablanca")

_current: ContextVar[str] = ContextVar("locale", default="fr")


def current_locale() -> str:
    return _current.get()


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Everything inside is written in that language: a message goes out in its reader's, not its sender's."""
    token = _current.set(locale if locale in LOCALES else "fr")
    try:
        yield
    finally:
        _current.reset(token)


@cache
def _babel_locale(locale: str) -> babel.Locale:
    return babel.Locale.parse({"fr": "fr_MA", "ar": "ar_MA"}[locale])


def direction() -> str:
    return _babel_locale(current_locale()).text_direction


# As French is printed: a thin space before ; ? !, a whole one before : and inside « ».
_THIN, _WHOLE = re.compile(" (?=[;?!])"), re.compile(" (?=[:»])|(?<=«) ")


@lru_cache(maxsize=4096)
def _unbroken(message: str) -> str:
    """No line begins with a sign that belongs to the word before it."""
    return _WHOLE.sub("\u00a0", _THIN.sub("\u202f", message))


class _French(gettext_module.NullTranslations):
    """The source language: its plural needs a rule (zero is singular in French), and its signs keep to their words."""

    def gettext(self, message: str) -> str:
        return _unbroken(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _unbroken(msgid1 if n < 2 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return _unbroken(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002
        return _unbroken(msgid1 if n < 2 else msgid2)


@cache
def _translations(locale: str) -> gettext_module.NullTranslations:
    if locale == "fr":
        return _French()
    return gettext_module.translation("messages", ROOT / "locales", [locale])


def gettext(message: str) -> str:
    return _translations(current_locale()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    return _translations(current_locale()).ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    return _translations(current_locale()).pgettext(context, message)


def npgettext(context: str, singular: str, plural: str, n: int) -> str:
    return _translations(current_locale()).npgettext(context, singular, plural, n)


def N_(message: str) -> str:
    return message


_ = gettext


def label(row: Any) -> str:
    """The name of a reference row (territory, concept, theme) in the reader's language, else in one that exists."""
    order = (current_locale(), "fr", "ar", "en")
    for prefix in ("label", "name"):
        for locale in order:
            if text := getattr(row, f"{prefix}_{locale}", None):
                return str(text)
    return ""


def number(value: float) -> str:
    return numbers.format_decimal(value, locale=_babel_locale(current_locale()), numbering_system="latn")


def format_date(value: date, form: str = "long") -> str:
    local = value.astimezone(ZONE) if isinstance(value, datetime) else value
    return _first_of_month(dates.format_date(local, form, locale=_babel_locale(current_locale())))


def format_moment(value: datetime) -> str:
    """Day and hour, as seen in Morocco."""
    moment = dates.format_datetime(value, "d MMMM y, HH:mm", tzinfo=ZONE, locale=_babel_locale(current_locale()))
    return _first_of_month(moment)


def hour_name(hour: int) -> str:
    """`8 h · 08:00`."""
    return f"{hour}\u00a0h" if current_locale() == "fr" else f"{hour:02}:00"


def day_names() -> list[str]:
    """Of the week, from Monday."""
    names = dates.get_day_names("wide", "stand-alone", _babel_locale(current_locale()))
    return [names[day] for day in range(7)]


def _first_of_month(day: str) -> str:
    """French says “1er décembre”; CLDR has no word for it."""
    return f"1er{day[1:]}" if current_locale() == "fr" and day.startswith("1 ") else day


def since(value: datetime, now: datetime | None = None) -> str:
    """`il y a 3 jours · قبل 3 أيام`."""
    moment = now or database.now()
    return Format(_babel_locale(current_locale()), tzinfo=ZONE).timedelta(
        value - moment, threshold=1.2, add_direction=True
    )


_AMAZIGH = {"fr": "amazighe", "ar": "الأمازيغية"}


def language_name(code: str) -> str:
    """`ber` is Amazigh: Babel would say Berber, or the standard of Morocco, which nobody says of themselves."""
    if code in ("ber", "zgh"):
        return _AMAZIGH[current_locale()]
    return _named("languages", current_locale(), code)


_PALESTINE = {"fr": "Palestine", "ar": "فلسطين"}


def country_name(code: str) -> str:
    """As Morocco names it."""
    if code == "PS":
        return _PALESTINE[current_locale()]
    return _named("territories", current_locale(), code)


@lru_cache(maxsize=1 << 10)
def _named(what: str, locale: str, code: str) -> str:
    # Kept: each look into Babel's data takes longer than the rest of a reason.
    return str(getattr(_babel_locale(locale), what).get(code, code))


class LocaleMiddleware:
    """`/fr/projects` becomes the route `/projects` read in French; an address without language is sent to one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(UNPREFIXED):
            await self.app(scope, receive, send)
            return
        if "\x00" in scope["path"]:  # no link of ours, and no page may contain it
            await PlainTextResponse("Not found", 404)(scope, receive, send)
            return
        locale = scope["path"].split("/", 2)[1]
        if locale not in LOCALES:
            chosen = preferred_locale(Headers(scope=scope))
            query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
            # The scope's path is decoded; what is sent back must not become another host ("//evil") on the way.
            path = "/" + scope["path"].lstrip("/\\")
            await RedirectResponse(f"/{chosen}{path}{query}", 307)(scope, receive, send)
            return
        scope["root_path"] = f"/{locale}"
        if scope["path"] == f"/{locale}":
            scope["path"] = f"/{locale}/"
        token = _current.set(locale)
        try:
            await self.app(scope, receive, send)
        finally:
            _current.reset(token)


def preferred_locale(headers: Headers) -> str:
    """The language chosen before, else the browser's, else French."""
    for part in headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == LANGUAGE_COOKIE and value in LOCALES:
            return value
    for part in headers.get("accept-language", "").split(","):
        if (code := part.strip()[:2].lower()) in LOCALES:
            return code
    return "fr"
