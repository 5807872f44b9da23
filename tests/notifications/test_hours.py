"""Quiet hours and the moment of a digest, where clocks change on days of their own."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.i18n import speaking
from app.notifications.families import Rhythm
from app.notifications.hours import next_digest, quiet_until, zone_of, zone_of_country, zone_options
from app.notifications.models import MessageHours

AGADIR, PARIS, MONTREAL = "Africa/Casablanca", "Europe/Paris", "America/Toronto"


def hours(zone: str = AGADIR, **given: int) -> MessageHours:
    return MessageHours(user_id=1, time_zone=zone, **given)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "moment", "until"),
    [
        # The same moment: late evening in Paris, an hour earlier in Agadir (winter), afternoon in Montréal.
        (PARIS, "2027-01-12T20:30", "2027-01-13T07:00"),
        (AGADIR, "2027-01-12T20:30", "2027-01-13T07:00"),
        (MONTREAL, "2027-01-12T20:30", None),
        (MONTREAL, "2027-01-13T03:00", "2027-01-13T13:00"),
        # In Ramadan (from 7 February 2027) Morocco goes back to UTC: nine in the evening comes an hour later.
        (AGADIR, "2027-02-10T20:30", None),
        (AGADIR, "2027-02-10T21:30", "2027-02-11T08:00"),
        (PARIS, "2027-02-10T20:30", "2027-02-11T07:00"),
        # The night in which Ramadan's hour begins, and that in which it ends.
        (AGADIR, "2027-02-06T21:00", "2027-02-07T08:00"),
        (AGADIR, "2027-03-13T22:00", "2027-03-14T07:00"),
        # The nights in which Paris changes: 28 March and 31 October 2027; and Montréal: 14 March.
        (PARIS, "2027-03-27T22:00", "2027-03-28T06:00"),
        (PARIS, "2027-10-30T21:00", "2027-10-31T07:00"),
        (MONTREAL, "2027-03-14T04:00", "2027-03-14T12:00"),
    ],
)
def test_nothing_is_sent_in_the_night_of_whoever_reads(zone: str, moment: str, until: str | None) -> None:
    assert quiet_until(hours(zone), utc(moment)) == (utc(until) if until else None)


def test_whoever_wants_no_quiet_hours_has_none() -> None:
    assert all(quiet_until(hours(quiet_from=8, quiet_until=8), utc(f"2027-01-12T{h:02}:00")) is None for h in range(24))


def test_quiet_hours_may_lie_within_a_day() -> None:
    siesta = hours(quiet_from=13, quiet_until=16)
    assert quiet_until(siesta, utc("2027-01-12T13:10")) == utc("2027-01-12T15:00")
    assert quiet_until(siesta, utc("2027-01-12T15:00")) is None


moments = st.integers(0, 5 * 366 * 24 * 60).map(lambda minutes: utc("2026-01-01T00:00") + timedelta(minutes=minutes))
zones = st.sampled_from([AGADIR, PARIS, MONTREAL, "Asia/Riyadh", "America/St_Johns", "Pacific/Apia"])
hour = st.integers(0, 23)


@given(zones, moments, hour, hour)
def test_quiet_hours_always_end_and_never_later_than_a_day(zone: str, moment: datetime, start: int, end: int) -> None:
    mine = hours(zone, quiet_from=start, quiet_until=end)
    if until := quiet_until(mine, moment):
        assert moment < until <= moment + timedelta(hours=25)
        assert quiet_until(mine, until) is None


@given(zones, moments, hour, st.integers(0, 6))
def test_a_digest_comes_at_the_chosen_hour_and_day(zone: str, moment: datetime, at: int, weekday: int) -> None:
    mine = hours(zone, digest_hour=at, digest_weekday=weekday)
    daily, weekly = (next_digest(mine, rhythm, moment) for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY))
    assert moment < daily <= moment + timedelta(hours=26)
    assert moment < weekly <= moment + timedelta(days=7, hours=2)
    local = weekly.astimezone(zone_of(mine))
    assert local.weekday() == weekday
    assert local.hour in (at, at + 1)  # an hour that is skipped that day comes an hour later


def test_a_daily_digest_keeps_its_hour_across_the_change_of_ramadan() -> None:
    mine = hours(AGADIR, digest_hour=8)
    assert next_digest(mine, Rhythm.DAILY, utc("2027-02-05T12:00")) == utc("2027-02-06T07:00")
    assert next_digest(mine, Rhythm.DAILY, utc("2027-02-06T12:00")) == utc("2027-02-07T08:00")


@pytest.mark.parametrize(
    ("country", "zone"), [("MA", AGADIR), ("FR", PARIS), ("CA", MONTREAL), ("US", "America/New_York"), ("??", AGADIR)]
)
def test_the_country_of_a_profile_gives_the_hour(country: str, zone: str) -> None:
    assert zone_of_country(country) == zone


@pytest.mark.parametrize("locale", ["fr", "ar"])
def test_zones_are_named_as_people_name_them(locale: str) -> None:
    with speaking(locale):
        options = dict(zone_options())
    assert options[AGADIR] == {"fr": "Maroc", "ar": "المغرب"}[locale]
    assert {"fr": "Montréal", "ar": "مونتريال"}[locale] in options[MONTREAL]
    assert "Africa/Ceuta" not in options and len(options) == len(set(options))
