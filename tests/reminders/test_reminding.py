"""Who is reminded when, inside one transaction; what several workers do is in test_workers.py."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from app.contributions import actions as contributions
from app.contributions.models import Contribution, State
from app.deadlines import queries as deadlines
from app.deadlines.models import OpenStep
from app.deadlines.steps import Level
from app.journal.models import Subject
from app.kernel.database import at
from app.kernel.i18n import ZONE
from app.notifications.models import Message, MessageState
from app.reminders.actions import recall_answered, remind
from app.reminders.models import Reminder
from app.reminders.registry import WAITS
from tests.reminders.conftest import told


def step_of(session, offer):
    return deadlines.under_way(session, Subject.CONTRIBUTION, [offer.id])[offer.id]


def morning(day):
    return at(datetime(day.year, day.month, day.day, 9, 30, tzinfo=ZONE))


def pass_days(session, offer, days=60):
    """Each morning what is due that day; returns the days on which somebody was told something."""
    came = []
    row = step_of(session, offer)
    day = row.since.astimezone(ZONE).date()
    for _ in range(days):
        day += timedelta(days=1)
        with morning(day):
            while row.next_on is not None and row.next_on <= day:
                remind(session, row)
                came.append(((day - row.due_on).days, row.reached))
    session.flush()
    return came


def test_the_owner_then_the_moderator_then_the_coordinator_and_then_it_is_stuck_for_ever(session, case):
    assert pass_days(session, case.offer, 400) == [
        (-2, Level.SOON),
        (2, Level.LATE),
        (6, Level.MODERATOR),
        (12, Level.COORDINATOR),
        (18, Level.STUCK),
    ]
    assert told(session) == [
        (case.agent.id, "reminder"),
        (case.agent.id, "reminder"),
        (case.moderator.id, "left_waiting"),
        (case.coordinator.id, "left_waiting_long"),
    ]
    assert step_of(session, case.offer).is_stuck


def test_each_is_reminded_in_their_language_with_the_page_that_acts_and_no_address(session, case):
    pass_days(session, case.offer)
    messages = session.exec(select(Message).order_by(Message.id)).all()
    agent, _again, moderator, _coordinator = messages
    assert agent.link == f"/ar/contributions/{case.offer.id}"
    assert "عليكم" in agent.body and "%(" not in agent.body
    assert moderator.link == f"/fr/reminders/contribution/{case.offer.id}"
    assert "L’équipe du projet devait répondre avant le" in moderator.body
    for one in messages:
        assert "@" not in one.body and "+33" not in one.body


def test_a_worker_that_was_away_for_months_does_not_say_everything_in_one_day(session, case):
    row = step_of(session, case.offer)
    day = row.due_on + timedelta(days=100)
    came = []
    for more in range(10):
        with morning(day + timedelta(days=more)):
            while row.next_on is not None and row.next_on <= day + timedelta(days=more):
                remind(session, row)
                came.append((more, row.reached))
    assert came == [
        (0, Level.SOON), (1, Level.LATE), (2, Level.MODERATOR), (3, Level.COORDINATOR), (4, Level.STUCK),
    ]  # fmt: skip


def test_what_waits_for_a_moderator_is_told_to_moderators_once_and_then_to_the_coordinator(session, make, case):
    offer = make(Contribution, need_id=case.offer.need_id, state=State.PROPOSED)
    pass_days(session, offer)
    assert told(session) == [
        (case.moderator.id, "reminder"),
        (case.moderator.id, "reminder"),
        (case.coordinator.id, "left_waiting_long"),
    ]


def test_without_anybody_in_charge_an_administrator_hears_of_it(session, make, case):
    case.moderator.closed_at = case.coordinator.closed_at = case.offer.created_at
    administrator = make.administrator()
    pass_days(session, case.offer)
    assert told(session)[2:] == [(administrator.id, "left_waiting"), (administrator.id, "left_waiting_long")]


def test_whoever_closed_their_account_is_not_written_to(session, case):
    case.agent.closed_at = case.offer.created_at
    came = pass_days(session, case.offer)
    assert [user for user, _kind in told(session)] == [case.moderator.id, case.coordinator.id]
    assert [level for _day, level in came] == list(Level)


def test_a_step_that_begins_anew_is_reminded_anew_and_one_that_is_restored_is_not(session, case):
    with morning(step_of(session, case.offer).due_on):
        remind(session, step_of(session, case.offer))
    assert len(told(session)) == 1
    contributions.put_on_waiting_list(session, case.agent, case.offer)
    row = step_of(session, case.offer)
    assert (row.reached, row.next_on > row.since.date()) == (None, True)
    # As an undo would: the same step, of the same beginning.
    session.exec(select(Reminder)).one()
    row.step, row.since = session.exec(select(Reminder.step, Reminder.since)).one()
    with morning(row.due_on):
        remind(session, row)
    assert [kind for _user, kind in told(session)].count("reminder") == 1


def test_a_reminder_that_has_not_left_is_called_back_when_the_answer_comes(session, case):
    with morning(step_of(session, case.offer).due_on):
        remind(session, step_of(session, case.offer))
        assert recall_answered(session) == 0
        contributions.accept(session, case.agent, case.offer)
        assert recall_answered(session) == 1
    session.expire_all()
    states = {row.kind: row.state for row in session.exec(select(Message))}
    assert states["reminder"] is MessageState.CANCELLED
    assert states["contribution_agreed"] is MessageState.QUEUED


def test_what_is_gone_is_forgotten(session, make, case):
    session.add(OpenStep(subject_kind=Subject.CONTRIBUTION, subject_id=2**31 - 1, step="offer_read",
                         due_on=case.offer.created_at.date(), next_on=case.offer.created_at.date()))  # fmt: skip
    session.flush()
    remind(session, session.get_one(OpenStep, (Subject.CONTRIBUTION, 2**31 - 1)))
    assert deadlines.under_way(session, Subject.CONTRIBUTION, [2**31 - 1]) == {}


@pytest.mark.parametrize("country", ["FR", "MA"])
@pytest.mark.parametrize("mode", ["onsite", "remote"])
def test_a_visit_in_summer_is_proposed_to_those_who_live_abroad_where_help_is_on_site(
    session, case, country, mode, locale
):
    case.offer.need.mode, case.offer.profile.country = mode, country
    session.flush()
    contributions.accept(session, case.agent, case.offer)
    row = step_of(session, case.offer)
    hint = WAITS[row.step].read(session, [case.offer.id])[case.offer.id].hint
    words = {"fr": "en juillet et en août", "ar": "غشت"}[locale]
    assert (words in hint) == (country == "FR" and mode == "onsite")
