"""The day before which something is due, and the one row that says so."""

from datetime import UTC, date, datetime

import pytest

from app.deadlines import actions, queries
from app.deadlines.calendar import due_on
from app.deadlines.models import StepDelay
from app.deadlines.steps import DELAYS, Step
from app.journal.models import Subject


@pytest.mark.parametrize(
    ("begins", "days", "office", "day"),
    [
        (date(2026, 12, 1), 10, False, date(2026, 12, 11)),
        (date(2026, 12, 1), 4, False, date(2026, 12, 5)),  # a Saturday: people answer then
        (date(2026, 12, 1), 4, True, date(2026, 12, 7)),  # an office is closed until Monday
        (date(2026, 7, 29), 5, True, date(2026, 8, 4)),  # Throne Day is given back
        (date(2026, 11, 5), 13, True, date(2026, 11, 20)),  # Green March and Independence Day
        (date(2026, 12, 30), 5, True, date(2027, 1, 5)),  # New Year's Day, across the year
    ],
)
def test_an_office_gets_public_holidays_back(begins, days, office, day):
    assert due_on(begins, days, office) == day


def test_every_step_has_its_days():
    assert set(DELAYS) == set(Step)


def test_a_promise_stays_when_the_setting_changes(session):
    since = datetime(2026, 12, 1, 10, tzinfo=UTC)
    first = actions.begin(session, Subject.MISSION, 1, Step.MISSION_EVALUATED, since)
    session.add(StepDelay(step=Step.MISSION_EVALUATED, days=3))
    later = actions.begin(session, Subject.MISSION, 2, Step.MISSION_EVALUATED, since)
    found = queries.under_way(session, Subject.MISSION, [1, 2, 3])
    assert (found[1].due_on, found[2].due_on) == (first, later) == (date(2026, 12, 15), date(2026, 12, 4))
    assert set(found) == {1, 2}


def test_the_next_step_takes_the_place_of_the_one_before(session):
    actions.begin(session, Subject.MISSION, 1, Step.MISSION_AGREED)
    actions.begin(session, Subject.MISSION, 1, Step.MISSION_DONE, due=date(2027, 2, 1))
    row = queries.under_way(session, Subject.MISSION, [1])[1]
    assert (row.step, row.due_on) == (Step.MISSION_DONE, date(2027, 2, 1))
    actions.end(session, Subject.MISSION, 1)
    assert queries.under_way(session, Subject.MISSION, [1]) == {}
