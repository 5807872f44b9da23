"""Conversations: what people of the story asked and answered on projects, needs, contributions and news."""

from functools import partial

from app.conversations.about import ABOUT, Conversation
from app.demonstration.content import Post
from app.demonstration.story import Story, Turn
from app.journal.models import Subject
from app.threads import actions, reports


def plan(story: Story, posts: list[Post]) -> None:
    for number, told in enumerate(posts):
        story.plan(told.days_ago, Turn.TALKED, partial(_say, story, told, number))
        if told.reported_by:
            story.plan(told.days_ago - 1, Turn.TALKED, partial(_report, story, told, number))


def _say(story: Story, told: Post, number: int) -> None:
    found = _found(story, told, told.by)
    story.posts[number] = actions.say(
        story.session, found.seat, found.topic, found.listeners, told.text, asks=told.asks
    )


def _report(story: Story, told: Post, number: int) -> None:
    found = _found(story, told, told.reported_by or "")
    reports.report(
        story.session, found.seat, story.posts[number], found.topic, found.moderators, told.reason, told.word
    )


def _found(story: Story, told: Post, reader: str) -> Conversation:
    kind, number = _about(story, told)
    return ABOUT[kind].find(story.session, story.users[reader], number)


def _about(story: Story, told: Post) -> tuple[Subject, int]:
    if told.project:
        return Subject.PROJECT, story.projects[told.project].id
    if told.need and told.contributor:
        return Subject.CONTRIBUTION, story.contributions[told.need, told.contributor].id
    if told.need:
        return Subject.NEED, story.needs[told.need].id
    return Subject.NEWS, story.news[told.news or ""].id
