"""Words about a page and wishes to be called back: answered by the team, or still waiting on the desk."""

from functools import partial

from app.assistance import actions
from app.assistance.models import AssistanceKind
from app.demonstration.content import Call
from app.demonstration.story import Story, Turn
from app.kernel.i18n import speaking


def plan(story: Story, calls: list[Call]) -> None:
    for number, told in enumerate(calls):
        story.plan(told.created_days_ago, Turn.CALLED, partial(_ask, story, told, number))
        if told.done_days_ago is not None and told.done_by:
            story.plan(told.done_days_ago, Turn.ANSWERED, partial(_finish, story, told, number))


def _ask(story: Story, told: Call, number: int) -> None:
    user = story.users[told.user] if told.user else None
    page = f"/{told.locale}/projects/{story.projects[told.project].id}" if told.project else told.page
    with speaking(told.locale):
        if told.kind is AssistanceKind.CALL:
            request = actions.ask_for_call(story.session, user, told.phone or "", told.hour, told.text, page)
        else:
            request = actions.give_feedback(story.session, user, told.text, page)
    story.calls[number] = request


def _finish(story: Story, told: Call, number: int) -> None:
    actions.finish(story.session, story.users[told.done_by or ""], story.calls[number], told.outcome)
