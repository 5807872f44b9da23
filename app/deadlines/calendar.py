"""The day before which something is due."""

from datetime import date, timedelta
from functools import cache

from holidays.countries.morocco import Morocco

SATURDAY = 5


def due_on(begins: date, days: int, office: bool) -> date:
    """That many days later. An office gets each public holiday in between back, and is due on a day that it is open.

    The days of Islamic holidays are those that astronomy expects: the moon may move them by one.
    """
    day = begins + timedelta(days=days)
    if not office:
        return day
    closed = _holidays(begins.year, day.year + 1)
    day += timedelta(days=sum(1 for holiday in closed if begins < holiday <= day))
    while day in closed or day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


@cache
def _holidays(first: int, last: int) -> frozenset[date]:
    return frozenset(Morocco(years=range(first, last + 1)))
