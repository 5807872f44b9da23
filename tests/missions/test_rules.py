"""Every move of a mission: who may, who may not, who is waited for."""

from datetime import date, timedelta

import pytest

from app.contributions.models import State
from app.kernel.days import today
from app.missions import rules
from app.missions.models import MissionState, Side
from app.missions.rules import MOVES, Verb
from tests.missions.conftest import mission_row

_S = MissionState

BY_TEAM_ONLY = {(_S.CLOSED, Verb.FOLLOW_UP)}
BY_THE_ASKED = {(_S.PROPOSED, Verb.AGREE)}


@pytest.mark.parametrize("state", MissionState)
@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("proposed_by", Side)
def test_each_move_is_open_to_those_whom_the_table_names(pair, state, verb, proposed_by):
    mission = mission_row(pair, state=state, proposed_by=proposed_by, starts_on=today(), ends_on=today())
    who = {side for side in Side if rules.can(side, mission, verb)}
    if (state, verb) not in MOVES:
        assert who == set()
    elif (state, verb) in BY_TEAM_ONLY:
        assert who == {Side.TEAM}
    elif (state, verb) in BY_THE_ASKED:
        assert who == {proposed_by.other}
    else:
        assert who == set(Side)
    assert not rules.can(None, mission, verb), "a moderator looks on"


def test_what_has_not_begun_was_not_held(pair):
    mission = mission_row(pair, state=_S.AGREED, starts_on=today() + timedelta(days=1))
    assert not rules.can(Side.TEAM, mission, Verb.HOLD)


@pytest.mark.parametrize("verb", [Verb.AGREE, Verb.CHANGE])
def test_nothing_more_is_agreed_once_the_contribution_ended(pair, verb):
    pair.contribution.state = State.WITHDRAWN
    mission = mission_row(pair)
    assert not rules.can(Side.CONTRIBUTOR, mission, verb)
    assert rules.can(Side.CONTRIBUTOR, mission, Verb.CANCEL)
    assert not rules.may_propose(Side.TEAM, pair.contribution)


@pytest.mark.parametrize(
    ("state", "evaluated", "waited"),
    [
        (_S.PROPOSED, [], (Side.CONTRIBUTOR,)),
        (_S.AGREED, [], (Side.TEAM, Side.CONTRIBUTOR)),
        (_S.HELD, [], (Side.TEAM, Side.CONTRIBUTOR)),
        (_S.HELD, [Side.TEAM], (Side.CONTRIBUTOR,)),
        (_S.CLOSED, list(Side), (Side.TEAM,)),
        (_S.CANCELLED, [], ()),
    ],
)
def test_somebody_is_always_waited_for_until_it_is_over(pair, state, evaluated, waited):
    assert rules.waited_for(mission_row(pair, state=state), evaluated) == waited


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 6, date(2027, 6, 15)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day, months, later):
    assert rules.months_later(day, months) == later


def test_what_was_put_into_practice_is_asked_after_one_month_and_six(pair):
    mission = mission_row(pair, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 3))
    assert rules.follow_up_due(mission, []) == (1, date(2027, 4, 3))
    assert rules.follow_up_due(mission, [1]) == (6, date(2027, 9, 3))
    assert rules.follow_up_due(mission, [1, 6]) is None
