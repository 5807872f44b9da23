"""What was done, shown: photographs sent and described, and people thanked, who answer for themselves."""

from functools import partial

from app.contributions import thanking
from app.demonstration import pictures
from app.demonstration.content import Done, Project, Thanked
from app.demonstration.story import Story, Turn
from app.files.receiving import Received
from app.projects import photos, queries, translating

ANSWERED_AFTER = 2


def plan(story: Story, projects: list[Project]) -> None:
    for project in projects:
        done = project.done
        if done is None:
            continue
        if done.photo:
            story.plan(done.days_ago, Turn.DONE, partial(_show, story, project, done))
        if done.photo and project.translation and project.translation.photos:
            story.plan(project.translation.days_ago, Turn.TRANSLATED, partial(_translate, story, project))
        if done.thanked:
            story.plan(done.days_ago, Turn.DONE, partial(_thank, story, project, done.thanked))
            for who in (*done.thanked.agreed, *done.thanked.declined):
                answered = partial(_answer, story, project, who, who in done.thanked.agreed)
                story.plan(done.days_ago - ANSWERED_AFTER, Turn.ANSWERED, answered)


def _show(story: Story, told: Project, done: Done) -> None:
    project = story.projects[told.key]
    standing = queries.standing(story.session, story.users[told.author], project)
    for one in done.photo:
        sent = Received(f"{one.scene}.jpg", pictures.draw(one.scene))
        (photo,) = photos.add(story.session, standing, project, [sent], one.kind).photos
        photos.describe(story.session, standing, project, photo, one.words, one.kind, consent=True)


def _translate(story: Story, told: Project) -> None:
    project, said = story.projects[told.key], told.translation
    if said is None:
        return
    standing = queries.standing(story.session, story.users[said.by], project)
    for text, words in zip(photos.texts(story.session, project), said.photos, strict=True):
        translating.translate(story.session, standing, project, text, {"words": words}, text.version, "")


def _thank(story: Story, told: Project, thanked: Thanked) -> None:
    project = story.projects[told.key]
    thanking.ask(
        story.session, queries.standing(story.session, story.users[told.author], project), project, thanked.words
    )


def _answer(story: Story, told: Project, who: str, agrees: bool) -> None:
    row, _project = thanking.asked_of(story.session, story.users[who], story.projects[told.key].id)
    thanking.answer(story.session, row, agrees, row.name)
