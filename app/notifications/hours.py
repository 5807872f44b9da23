"""When somebody may be written to: their time zone, their quiet hours, the moment of their next digest. Pure functions.

Zones are those of the IANA, so a change of hour is where that zone has one: Morocco leaves its summer time for the
month of Ramadan, Paris and Montréal change on days of their own.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from babel.dates import get_timezone_location

from app.kernel import countries
from app.kernel.folding import fold
from app.kernel.i18n import N_, ZONE, current_locale
from app.kernel.i18n import gettext as _
from app.notifications.families import Rhythm
from app.notifications.models import MessageHours

_MOST_PEOPLE = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",  # the hour of Montréal
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "ES": "Europe/Madrid",
    "ID": "Asia/Jakarta",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
}
"""Of countries that have several zones: the one where most people live. Others are given the first of their list."""
_CITIES = {"America/Toronto": N_("Montréal, Toronto")}
_NOT_OFFERED = {"Africa/Ceuta"}  # of no country of ours (app/kernel/countries.py)


def zone_of(hours: MessageHours) -> ZoneInfo:
    return _zone(hours.time_zone or zone_of_country(hours.country))


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name) if name in available_timezones() else ZONE


@cache
def zone_of_country(country: str) -> str:
    zones = get_global("territory_zones").get(country, ())
    return _MOST_PEOPLE.get(country) or next(iter(zones), ZONE.key)


def zone_options(chosen: str = "") -> list[tuple[str, str]]:
    """Name of a zone and of its country in the reader's language, the likely countries first; `chosen` among them."""
    options = list(_zone_options(current_locale()))
    if chosen and chosen not in {name for name, _label in options}:
        options.insert(0, (chosen, chosen))
    return options


@cache
def _zone_options(locale: str) -> Sequence[tuple[str, str]]:
    zones, known = get_global("territory_zones"), available_timezones() - _NOT_OFFERED
    found: list[tuple[str, str]] = []
    for code, country in countries.options():
        usual = zone_of_country(code)
        others = [name for name in zones.get(code, ()) if name in known and name != usual]
        if usual not in zones.get(code, ()):
            continue
        if not others:
            found.append((usual, country))
            continue
        named = [(name, f"{country} – {_city(name, locale)}") for name in others]
        found += [(usual, f"{country} – {_city(usual, locale)}"), *sorted(named, key=lambda one: fold(one[1]))]
    return found


def _city(zone: str, locale: str) -> str:
    return _(_CITIES[zone]) if zone in _CITIES else get_timezone_location(zone, locale=locale, return_city=True)


def quiet_until(hours: MessageHours, moment: datetime) -> datetime | None:
    """The end of the quiet hours in which this moment lies; None when it lies in none."""
    start, end = hours.quiet_from, hours.quiet_until
    local = moment.astimezone(zone_of(hours))
    across_midnight = start > end
    is_quiet = (local.hour >= start or local.hour < end) if across_midnight else start <= local.hour < end
    if not is_quiet:
        return None
    day = local.date() + timedelta(days=1 if across_midnight and local.hour >= start else 0)
    return _at(hours, day, end)


def next_digest(hours: MessageHours, rhythm: Rhythm, moment: datetime) -> datetime:
    """When what is held now leaves: the next time that it is the hour (and for the weekly one the day) they chose."""
    day = local_day(hours, moment)
    while (found := _at(hours, day, hours.digest_hour)) <= moment or (
        rhythm is Rhythm.WEEKLY and day.weekday() != hours.digest_weekday
    ):
        day += timedelta(days=1)
    return found


def local_day(hours: MessageHours, moment: datetime) -> date:
    """The day it is where they live."""
    return moment.astimezone(zone_of(hours)).date()


def _at(hours: MessageHours, day: date, hour: int) -> datetime:
    """An hour that a change of clocks skips is the one an hour later; of one that comes twice, the first."""
    return datetime.combine(day, time(hour), tzinfo=zone_of(hours)).astimezone(UTC)
