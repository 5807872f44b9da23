"""Every step has an owner, sentences and days; every open state of every domain has a step."""

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.assistance import rules as assistance
from app.assistance.models import AssistanceKind, AssistanceRequest
from app.contributions.models import Contribution, Origin, State
from app.contributions.rules import MOVES as CONTRIBUTION_MOVES
from app.deadlines import queries
from app.deadlines.models import HOLDERS, OpenStep
from app.deadlines.steps import DELAYS, Level, Step
from app.deadlines.wording import WORDS, next_step
from app.journal.models import Subject
from app.kernel.database import now
from app.news.models import NewsItem, NewsState
from app.organisations.models import Membership, MembershipState
from app.projects.models import Moderation, Need, NeedKind, Project
from app.projects.rules import MOVES as PROJECT_MOVES
from app.reminders import people
from app.reminders.registry import WAITS


def test_every_step_says_whom_it_waits_for_in_words_and_until_when():
    assert set(WAITS) == set(WORDS) == set(DELAYS) == set(Step), (
        "a step is missing somewhere: app/reminders/registry.py says how one is added"
    )


@pytest.mark.parametrize("step", list(Step))
def test_every_step_is_said_to_its_owner_to_others_and_when_it_is_late_in_both_languages(step, locale):
    said = {
        (mine, late): next_step(OpenStep(step=step, since=now(), due_on=now().date().replace(year=year)), mine)
        for mine in (True, False)
        for late, year in ((False, 2099), (True, 2020))
    }
    assert {one.kind for one in said.values()} == {"you", "wait", "late"}
    assert all(("2099" if not late else "2020") in one.sentence for (_mine, late), one in said.items())


@pytest.mark.parametrize("step", list(Step))
def test_the_levels_of_a_step_come_one_after_the_other(step):
    days = [DELAYS[step].rhythm.days(level) for level in Level]
    assert days == sorted(days)
    assert days[0] <= 0 <= days[1]


def open_step(session, kind, number):
    return queries.under_way(session, kind, [number]).get(number)


def ends(moves, none):
    """The states that nothing leads out of."""
    return {move.to for move in moves.values()} - {state for state, _verb in moves if state is not none}


@pytest.mark.parametrize("origin", list(Origin))
@pytest.mark.parametrize("state", list(State))
def test_a_contribution_that_is_open_has_a_row_and_a_closed_one_none(session, make, state, origin):
    one = make(Contribution, state=state, origin=origin)
    over = state in ends(CONTRIBUTION_MOVES, None)
    assert (open_step(session, Subject.CONTRIBUTION, one.id) is None) == over
    assert (one.open_step is None) == over


def test_objects_that_were_promised_are_waited_for(session, make):
    need = make(Need, kind=NeedKind.EQUIPMENT)
    one = make(Contribution, state=State.ACCEPTED, need_id=need.id)
    assert open_step(session, Subject.CONTRIBUTION, one.id).step is Step.DELIVERY_SENT


@pytest.mark.parametrize("moderation", list(Moderation))
def test_a_project_that_is_being_moderated_has_a_row_and_others_none(session, make, moderation):
    one = make(Project, moderation=moderation)
    over = moderation in (Moderation.PUBLISHED, Moderation.WITHDRAWN)
    assert (open_step(session, Subject.PROJECT, one.id) is None) == over
    moved = any(moderation in move.sources and move.verb in ("publish", "answer") for move in PROJECT_MOVES.values())
    assert moved == (not over)


@pytest.mark.parametrize("state", list(MembershipState))
def test_somebody_who_asks_to_speak_has_a_row_until_they_are_answered(session, make, organisation, state):
    one = make(Membership, organisation_id=organisation.id, state=state)
    assert (open_step(session, Subject.MEMBERSHIP, one.id) is not None) == (state is MembershipState.WAITING)


@pytest.fixture
def organisation(make):
    from app.organisations.models import Organisation

    return make(Organisation, verified_at=None)


@pytest.mark.parametrize("state", list(NewsState))
def test_news_that_waits_has_a_row(session, make, state):
    one = make(NewsItem, state=state, published_at=now() if state is NewsState.PUBLISHED else None)
    assert (open_step(session, Subject.NEWS, one.id) is not None) == (state is NewsState.WAITING)


@pytest.mark.parametrize("kind", list(AssistanceKind))
@pytest.mark.parametrize("done", [False, True])
def test_a_word_and_a_call_have_a_row_until_somebody_took_care_of_them(session, make, kind, done):
    phone = "+212500000009" if kind is AssistanceKind.CALL else None
    one = make(AssistanceRequest, kind=kind, phone=phone, done_at=now() if done else None)
    found = open_step(session, Subject.ASSISTANCE, one.id)
    assert (found and found.step) == (None if done else assistance.STEPS[kind])


def test_each_owner_of_each_thing_is_somebody(session, make, case):
    """The functions of the registry find people for what is really open."""
    make(Project, moderation=Moderation.HELPING, helper_id=make(User).id)
    make(Project, moderation=Moderation.QUESTION)
    for row in session.exec(select(OpenStep)).all():
        wait = WAITS[row.step]
        thing = wait.read(session, [row.subject_id])[row.subject_id]
        assert thing.title and thing.path.startswith("/")
        owners = wait.owners(session, row.subject_id) if wait.owners else people.moderators(session, thing)
        assert owners
    assert set(HOLDERS) == {
        Subject.CONTRIBUTION, Subject.PROJECT, Subject.MEMBERSHIP, Subject.NEWS, Subject.ASSISTANCE,
    }  # fmt: skip
