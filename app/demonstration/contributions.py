"""Contributions: offered or invited, approved or not, answered or still waited for."""

from functools import partial

from app.contributions import actions
from app.contributions.models import Contribution as ContributionRow
from app.contributions.models import Origin, State
from app.demonstration.content import Contribution
from app.demonstration.story import Story, Turn


def plan(story: Story, contributions: list[Contribution]) -> None:
    for told in contributions:
        story.plan(told.started_days_ago, Turn.STARTED, partial(_begin, story, told))
        if told.approved_days_ago is not None:
            story.plan(told.approved_days_ago, Turn.APPROVED, partial(_approve, story, told))
        if told.refused_days_ago is not None:
            story.plan(told.refused_days_ago, Turn.APPROVED, partial(_refuse, story, told))
        if told.answered_days_ago is not None:
            story.plan(told.answered_days_ago, Turn.ANSWERED, partial(_answer, story, told))


def _begin(story: Story, told: Contribution) -> None:
    begin = actions.offer if told.origin is Origin.OFFER else actions.invite
    need, profile = story.needs[told.need], story.profiles[told.contributor]
    begun = begin(story.session, story.users[told.by], need, profile, told.message)
    story.contributions[told.need, told.contributor] = begun


def _begun(story: Story, told: Contribution) -> ContributionRow:
    return story.contributions[told.need, told.contributor]


def _approve(story: Story, told: Contribution) -> None:
    """What the moderator in charge invites leaves by itself."""
    if _begun(story, told).state is State.PROPOSED:
        actions.approve(story.session, story.users[told.approved_by or ""], _begun(story, told))


def _refuse(story: Story, told: Contribution) -> None:
    actor = story.users[told.refused_by or ""]
    actions.refuse(story.session, actor, _begun(story, told), told.refused_message, told.reason)


def _answer(story: Story, told: Contribution) -> None:
    session, actor, contribution = story.session, story.users[told.answered_by or ""], _begun(story, told)
    match told.state:
        case State.ACCEPTED:
            actions.accept(session, actor, contribution, told.answer)
        case State.DECLINED:
            actions.decline(session, actor, contribution, told.reason, told.answer)
        case State.WITHDRAWN:
            actions.withdraw(session, actor, contribution, told.reason, told.answer)
        case State.WAITING_LIST:
            actions.put_on_waiting_list(session, actor, contribution, told.answer)
