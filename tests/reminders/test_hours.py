"""A day is a day of Morocco, whatever the clocks of Paris do and whatever Ramadan does to Morocco's own."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.deadlines import actions, queries
from app.deadlines.steps import Step
from app.journal.models import Subject
from app.kernel.database import at
from app.kernel.days import today
from app.kernel.i18n import ZONE

PARIS = ZoneInfo("Europe/Paris")


def due(session, moment, step=Step.MISSION_EVALUATED, number=1):
    with at(moment):
        return actions.begin(session, Subject.MISSION, number, step)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # Eleven at night in Paris, the night before the clocks of Europe change: ten in Agadir, the same day.
        (datetime(2027, 3, 27, 23, 0, tzinfo=PARIS), date(2027, 3, 27)),
        # Half past midnight in Paris after it: half past eleven in Agadir, the day before.
        (datetime(2027, 3, 29, 0, 30, tzinfo=PARIS), date(2027, 3, 28)),
        # In winter both have the same hour.
        (datetime(2027, 1, 15, 0, 30, tzinfo=PARIS), date(2027, 1, 15)),
        # In Ramadan Morocco is an hour behind itself: what was already tomorrow is still today.
        (datetime(2027, 2, 5, 23, 30, tzinfo=UTC), date(2027, 2, 6)),
        (datetime(2027, 2, 20, 23, 30, tzinfo=UTC), date(2027, 2, 20)),
        (datetime(2027, 3, 20, 23, 30, tzinfo=UTC), date(2027, 3, 21)),
    ],
)
def test_a_step_begins_on_the_day_that_it_is_in_morocco(session, moment, day):
    with at(moment):
        assert today() == day
    assert (due(session, moment) - day).days == 14


def test_the_clocks_of_morocco_do_change_in_ramadan():
    """Else the test above would prove nothing."""
    hours = {datetime(2027, month, day, tzinfo=ZONE).utcoffset() for month, day in ((2, 5), (2, 20), (3, 20))}
    assert len(hours) == 2


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 1, 28, 12, tzinfo=UTC),  # over the beginning of Ramadan
        datetime(2027, 3, 2, 12, tzinfo=UTC),  # over its end
        datetime(2027, 3, 20, 12, tzinfo=UTC),  # over the change of hour in Paris
        datetime(2027, 10, 25, 12, tzinfo=UTC),
    ],
)
def test_no_change_of_hour_takes_a_day_or_gives_one(session, moment):
    day = due(session, moment)
    row = queries.under_way(session, Subject.MISSION, [1])[1]
    assert (day - moment.astimezone(ZONE).date()).days == 14
    assert (day - row.next_on).days == 2


def test_it_is_late_when_the_day_is_over_in_morocco_and_not_before(session):
    day = due(session, datetime(2027, 2, 10, 12, tzinfo=UTC))  # in Ramadan: Morocco's midnight is that of UTC
    assert day == date(2027, 2, 24)
    with at(datetime(2027, 2, 24, 23, 59, tzinfo=UTC)):
        assert today() <= day
    with at(datetime(2027, 2, 25, 0, 1, tzinfo=UTC)):
        assert today() > day
    day = due(session, datetime(2027, 6, 10, 12, tzinfo=UTC), number=2)  # Morocco's midnight is an hour before UTC's
    with at(datetime(2027, 6, 24, 22, 59, tzinfo=UTC)):
        assert today() <= day == date(2027, 6, 24)
    with at(datetime(2027, 6, 24, 23, 1, tzinfo=UTC)):
        assert today() > day


def test_an_office_gets_the_days_of_the_end_of_ramadan_back(session):
    """March 2027: Eid al-Fitr gives two days."""
    office = due(session, datetime(2027, 3, 1, 12, tzinfo=UTC), Step.OFFER_ANSWERED)
    person = due(session, datetime(2027, 3, 1, 12, tzinfo=UTC), Step.INVITATION_ANSWERED, 2)
    assert (office - person).days >= 2
