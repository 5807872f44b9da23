"""News: written by members, published or returned by a moderator."""

from functools import partial

from app.demonstration.content import News
from app.demonstration.story import Story, Turn
from app.news import actions
from app.territories import queries as territories


def plan(story: Story, news: list[News]) -> None:
    for told in news:
        story.plan(told.created_days_ago, Turn.POSTED, partial(_write, story, told))
        if told.published_days_ago is not None and told.published_by:
            move = partial(_move, story, told, told.published_by, "publish")
            story.plan(told.published_days_ago, Turn.MODERATED, move)
        if told.returned_days_ago is not None and told.returned_by:
            move = partial(_move, story, told, told.returned_by, "return")
            story.plan(told.returned_days_ago, Turn.MODERATED, move)


def _write(story: Story, told: News) -> None:
    place = told.commune or told.province or told.region
    content = actions.Content(
        told.title,
        told.text,
        told.language,
        territories.get(story.session, place) if place else None,
        story.day(told.happens_in_days) if told.happens_in_days is not None else None,
        story.day(told.deadline_in_days) if told.deadline_in_days is not None else None,
    )
    story.news[told.key] = actions.write(story.session, story.users[told.author], content)


def _move(story: Story, told: News, moderator: str, verb: str) -> None:
    item = story.news[told.key]
    actions.move(story.session, story.users[moderator], item, verb, told.reason, item.version)
