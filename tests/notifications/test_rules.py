from datetime import UTC, datetime

import pytest

from app.notifications.families import FAMILIES, Family, Rhythm
from app.notifications.models import Message, MessageHours, MessageState
from app.notifications.rules import fate

NOON, NIGHT = (datetime(2027, 1, 12, hour, tzinfo=UTC) for hour in (11, 23))
HOURS = MessageHours(user_id=1)


def message(family: Family = Family.ANSWERS, **given: object) -> Message:
    return Message(kind="told", family=family, locale="fr", subject="", body="", recipient_id=1, **given)


@pytest.mark.parametrize("moment", [NOON, NIGHT])
@pytest.mark.parametrize("rhythm", Rhythm)
@pytest.mark.parametrize("bouncing", [True, False])
def test_a_link_to_sign_in_leaves_at_any_hour_whatever_was_chosen(moment, rhythm, bouncing):
    assert fate(message(Family.ACCOUNT), rhythm, HOURS, bouncing, moment).state is MessageState.SENDING


@pytest.mark.parametrize("family", FAMILIES)
def test_each_rhythm_does_what_it_says(family):
    states = [fate(message(family), rhythm, HOURS, False, NOON).state for rhythm in Rhythm]
    assert states == [MessageState.SENDING, MessageState.HELD, MessageState.HELD, MessageState.ON_SITE]


@pytest.mark.parametrize("family", [*FAMILIES, Family.DIGEST, Family.OUTSIDE])
def test_at_night_everything_waits_for_the_morning(family):
    found = fate(message(family), Rhythm.AT_ONCE, HOURS, False, NIGHT)
    assert (found.state, found.at) == (MessageState.QUEUED, datetime(2027, 1, 13, 7, tzinfo=UTC))


def test_what_was_read_on_the_site_meanwhile_is_not_sent():
    assert fate(message(read_at=NOON), Rhythm.AT_ONCE, HOURS, False, NOON).state is MessageState.ON_SITE


def test_nothing_is_sent_where_nobody_is():
    assert fate(message(), Rhythm.AT_ONCE, HOURS, True, NOON).state is MessageState.ON_SITE
