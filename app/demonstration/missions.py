"""Missions: proposed, agreed to, held, and what both sides said of them."""

from datetime import timedelta
from functools import partial

from app.contributions.models import Contribution
from app.demonstration.content import Mission
from app.demonstration.story import Story, Turn
from app.kernel.folding import is_mostly_arabic
from app.missions import actions
from app.missions.forms import EvaluationForm, FollowUpForm, HeldForm, Terms
from app.missions.models import CRITERIA, ImageRights
from app.missions.models import Mission as MissionRow


def plan(story: Story, missions: list[Mission]) -> None:
    for told in missions:
        made: list[MissionRow] = []
        story.plan(told.proposed_days_ago, Turn.DATED, partial(_propose, story, told, made))
        if told.agreed_days_ago is not None:
            story.plan(told.agreed_days_ago, Turn.AGREED, partial(_agree, story, told, made))
        if told.held_days_ago is not None:
            story.plan(told.held_days_ago, Turn.HELD, partial(_hold, story, told, made))
        for said in told.evaluation:
            grades = dict.fromkeys(CRITERIA, said.grade)
            form = EvaluationForm(
                useful=said.useful, difficult=said.difficult, carry_on=said.carry_on, hours=said.hours, **grades
            )
            story.plan(said.days_ago, Turn.EVALUATED, partial(_evaluate, story, said.by, made, form))
        for then in told.follow_up:
            answer = FollowUpForm(practice=then.practice, text=then.text, again=then.again)
            story.plan(then.days_ago, Turn.EVALUATED, partial(_follow_up, story, then.by, made, then.months, answer))


def _propose(story: Story, told: Mission, made: list[MissionRow]) -> None:
    first = story.day(told.starts_in_days)
    contribution: Contribution = story.contributions[told.need, told.contributor]
    terms = Terms(
        objective=told.objective,
        language="ar" if is_mostly_arabic(told.objective) else "fr",
        mode=told.mode,
        place=told.place,
        call_link="",
        starts_on=first,
        ends_on=first + timedelta(days=told.lasts_days - 1),
        starts_at=None,
        days=told.lasts_days,
        deliverables=told.deliverables,
        lodging=told.lodging,
        transport=told.transport,
        interpreter=told.interpreter,
        provides="",
        expenses=told.expenses,
        insurance="",
        image_rights=ImageRights.ASK,
    )
    made.append(actions.propose(story.session, story.users[told.by], contribution, terms))


def _agree(story: Story, told: Mission, made: list[MissionRow]) -> None:
    actions.agree(story.session, story.users[told.agreed_by or ""], made[0], "", made[0].version)


def _hold(story: Story, told: Mission, made: list[MissionRow]) -> None:
    took_part = HeldForm(women=told.women, men=told.men, young_people=told.young_people)
    actions.hold(story.session, story.users[told.held_by or ""], made[0], took_part)


def _evaluate(story: Story, by: str, made: list[MissionRow], form: EvaluationForm) -> None:
    actions.evaluate(story.session, story.users[by], made[0], form)


def _follow_up(story: Story, by: str, made: list[MissionRow], months: int, form: FollowUpForm) -> None:
    actions.follow_up(story.session, story.users[by], made[0], months, form)
