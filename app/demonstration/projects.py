"""Projects: an idea is posted with what it lacks, a moderator answers, and the fiche grows by several hands."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from app.accounts.models import User
from app.demonstration.content import Need, Project, Suggestion, Translation
from app.demonstration.story import Story, Turn, ticked
from app.projects import actions, chips, coauthors, contents, fiche, needs, queries, translating
from app.projects.models import Moderation, Stage
from app.projects.need_form import NeedForm
from app.projects.rules import Standing
from app.projects.sections import BY_NAME, IDEA
from app.projects.suggesting import actions as suggesting
from app.territories.models import Commune

VERBS = {
    Moderation.PUBLISHED: "publish",
    Moderation.QUESTION: "ask",
    Moderation.RETURNED: "return",
    Moderation.HELPING: "help",
}
DONE = BY_NAME["done"]
OF_SEVERAL_HANDS = ("partners", "place", "budget", "plan_origin", "chronogram")
"""What a co-author adds, where there is one: who funds, who does it and when is often known by the commune."""


def plan(story: Story, projects: list[Project]) -> None:
    for project in projects:
        created, moderated = project.created_days_ago, project.moderated_days_ago
        story.plan(created, Turn.POSTED, partial(_post, story, project))
        for co_author in project.co_authors:
            story.plan(created, Turn.CO_AUTHORED, partial(_join, story, project, co_author))
        for need in project.need:
            story.plan(created, Turn.NEEDED, partial(_add_need, story, project, need))
        if moderated is not None:
            story.plan(moderated, Turn.MODERATED, partial(_moderate, story, project))
        if project.endorsed_by and project.endorsed_days_ago is not None:
            story.plan(project.endorsed_days_ago, Turn.ENDORSED, partial(_endorse, story, project))
        written = max(1, moderated - 1) if moderated is not None else created
        for name, content in _sections(story, project):
            story.plan(written, Turn.WRITTEN, partial(_write, story, project, _hand(project, name), name, content))
        if project.done:
            content = {"text": project.done.text, "done_on": story.day(-project.done.days_ago)}
            content |= {"before": project.done.before, **_lessons(project.done.lessons)}
            content["figures"] = [{"number": number, "words": words} for number, words in project.done.figures]
            told = partial(_write, story, project, project.author, DONE.name, content)
            story.plan(project.done.days_ago, Turn.DONE, told)
        if project.stage is Stage.REALISED and project.done:
            story.plan(project.done.days_ago, Turn.DONE, partial(_realise, story, project))
        if project.translation:
            story.plan(project.translation.days_ago, Turn.TRANSLATED, partial(_translate, story, project))
        for number, suggestion in enumerate(project.suggestion):
            place = (project.key, number)
            story.plan(suggestion.days_ago, Turn.SUGGESTED, partial(_suggest, story, place, suggestion))
            if suggestion.answered_days_ago is not None:
                answer = partial(_reply, story, project, place, suggestion)
                story.plan(suggestion.answered_days_ago, Turn.REPLIED, answer)


def _suggest(story: Story, place: tuple[str, int], told: Suggestion) -> None:
    project, kind = story.projects[place[0]], BY_NAME[told.section]
    version = fiche.section(story.session, project, kind).version
    author = story.users[told.by]
    story.suggestions[place] = suggesting.suggest(
        story.session, author, project, kind, told.kind, told.text, told.language, version
    )


def _reply(story: Story, project: Project, place: tuple[str, int], told: Suggestion) -> None:
    made, standing = story.suggestions[place], _standing(story, project, told.answered_by)
    if told.answer == "decline":
        suggesting.decline(story.session, standing, made, told.word)
    else:
        version = fiche.section(story.session, made.project, BY_NAME[told.section]).version
        suggesting.accept(story.session, standing, made, version)


def _post(story: Story, told: Project) -> None:
    """In the name of an organisation once its speaker was verified; until then in one's own."""
    organisation = story.organisations[told.organisation] if told.organisation else None
    story.projects[told.key] = actions.post_idea(
        story.session,
        story.users[told.author],
        title=told.title,
        summary=told.summary,
        commune=story.session.get_one(Commune, told.commune),
        language=told.language,
        organisation=organisation if organisation and organisation.verified_at else None,
    )


def _join(story: Story, told: Project, co_author: str) -> None:
    """By the link that the author sends."""
    link = coauthors.invite(story.session, _standing(story, told, told.author), story.projects[told.key])
    coauthors.join(story.session, story.users[co_author], link.code)


def _add_need(story: Story, told: Project, need: Need) -> None:
    form = NeedForm(
        kind=need.kind,
        text=need.text,
        people_wanted=need.people,
        quantity=need.quantity,
        mode=need.mode,
        duration=need.duration,
        starts_on=story.day(need.start_in_days) if need.start_in_days is not None else None,
        ends_on=story.day(need.end_in_days) if need.end_in_days is not None else None,
        language=told.language,
    )
    standing = _standing(story, told, told.author)
    story.needs[need.key] = added = needs.add(story.session, standing, story.projects[told.key], form)
    if need.not_meant or need.also_meant:
        needs.correct_chips(
            story.session, standing, added, ticked(story.session, chips.shown(story.session, added), need)
        )


def _moderate(story: Story, told: Project) -> None:
    standing, project = _standing(story, told, told.moderated_by or ""), story.projects[told.key]
    actions.move(story.session, standing, project, VERBS[told.moderation], told.moderation_message)


def _endorse(story: Story, told: Project) -> None:
    actions.endorse(story.session, _standing(story, told, told.endorsed_by or ""), story.projects[told.key])


def _sections(story: Story, told: Project) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is known of the fiche beside the idea and what was done."""
    yield "theme", {"theme_code": told.theme}
    for name in ("context", "objective", "results", "partners", "place", "plan_origin"):
        if text := getattr(told, name):
            yield name, {"text": text}
    if told.beneficiaries:
        yield "beneficiaries", told.beneficiaries.model_dump(exclude_none=True)
    if told.budget:
        budget = {"text": told.budget, "dirhams": told.budget_dirhams, "crowdfunding_url": told.crowdfunding_url}
        yield "budget", {name: value for name, value in budget.items() if value}
    if told.phase:
        phases = [
            {
                "title": phase.title,
                "responsible": phase.responsible,
                "starts_on": story.day(phase.start_in_days),
                "ends_on": story.day(phase.end_in_days),
                "state": phase.state,
            }
            for phase in told.phase
        ]
        yield "chronogram", {"phases": phases}


def _hand(told: Project, name: str) -> str:
    return told.co_authors[0] if told.co_authors and name in OF_SEVERAL_HANDS else told.author


def _write(story: Story, told: Project, by: str, name: str, content: dict[str, Any]) -> None:
    kind, project = BY_NAME[name], story.projects[told.key]
    kept = contents.stored(kind.form.model_validate(content))
    before = fiche.section(story.session, project, kind)
    standing = _standing(story, told, by)
    fiche.save(story.session, standing, project, kind, kept, told.language, before.version)


def _realise(story: Story, told: Project) -> None:
    actions.realise(story.session, _standing(story, told, told.author), story.projects[told.key])


def _translate(story: Story, told: Project) -> None:
    said = told.translation
    if said is None:
        return
    project, standing = story.projects[told.key], _standing(story, told, said.by)
    for name, words in _translated(said).items():
        text = fiche.text_of(fiche.section(story.session, project, BY_NAME[name]))
        translating.translate(story.session, standing, project, text, words, text.version, "")
    for key, need in said.needs.items():
        text = needs.text_of(story.needs[key])
        translating.translate(story.session, standing, project, text, {"text": need}, text.version, "")


def _translated(said: Translation) -> dict[str, dict[str, str]]:
    """Section → what is said in each of its parts, as the page of a translation names them."""
    texts = {IDEA.name: {"title": said.title, "summary": said.summary}}
    texts |= {name: {"text": words} for name, words in said.sections.items()}
    if said.done is not None:
        figures = {f"figures-{number}-words": words for number, (_number, words) in enumerate(said.figures)}
        before = {"before": said.before} if said.before else {}
        texts[DONE.name] = {"text": said.done, **before, **_lessons(said.lessons), **figures}
    for number, phase in enumerate(said.phase):
        parts = texts.setdefault("chronogram", {})
        parts |= {f"phases-{number}-title": phase.title, f"phases-{number}-responsible": phase.responsible}
    return texts


def _lessons(lines: list[str]) -> dict[str, str]:
    return {f"lesson_{number}": line for number, line in enumerate(lines, 1)}


def _standing(story: Story, told: Project, who: str) -> Standing:
    user: User = story.users[who]
    return queries.standing(story.session, user, story.projects[told.key])
