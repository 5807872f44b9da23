"""The public list: what people filter by, and one page of cards, in a number of queries that does not grow with it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import ColumnElement, exists, tuple_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.kernel import pagination
from app.kernel.i18n import current_locale
from app.kernel.pagination import Page
from app.kernel.text import Key, Line
from app.matching import queries as matching
from app.projects import search
from app.projects.forms import Language
from app.projects.indexing import KIND
from app.projects.models import Mode, Need, NeedKind, NeedState, Project, Stage, Translation
from app.projects.queries import visible_to, with_place
from app.projects.sections import IDEA
from app.territories.models import Commune, Territory

PAGE = 20
NEAR = 30
ALIKE = 0.28
ALIKE_OF_ONE_THEME = 0.12
"""From which likeness on another project is shown beside one: of one theme, fewer words in common are enough."""


class FilterForm(BaseModel):
    """What the address of the list may say. `territory` is typed, or a code."""

    q: Line = ""
    theme: Key = ""
    territory: Line = ""
    territory_code: Key = ""
    kind: NeedKind | None = None
    mode: Mode | None = None
    language: Language | None = None
    stage: Stage | None = None


@dataclass(frozen=True)
class Card:
    """A project in a list, in the reader's language where somebody translated it."""

    project: Project
    title: str
    summary: str
    language: str
    open_kinds: Sequence[NeedKind]
    """Of its open needs, one for each need."""


def page(session: Session, filters: FilterForm, territory: Territory | None, after: str) -> Page[Card]:
    """The newest first; what is searched for, the nearest first."""
    statement = _filtered(with_place(visible_to(None)), filters, territory)
    found = _nearest(session, statement, filters.q, after) if filters.q else _newest(session, statement, after)
    return Page(cards(session, found.rows), found.next)


def cards(session: Session, projects: Sequence[Project]) -> list[Card]:
    """Projects as cards, with two queries for all of them."""
    ids = [project.id for project in projects]
    locale = current_locale()
    translated = {
        row.project_id: row
        for row in session.exec(
            select(Translation).where(
                col(Translation.project_id).in_(ids), Translation.name == IDEA.name, Translation.language == locale
            )
        )
    }
    kinds: defaultdict[int, list[NeedKind]] = defaultdict(list)
    open_needs = select(Need).where(col(Need.project_id).in_(ids), Need.state == NeedState.OPEN)
    for need in session.exec(open_needs.order_by(col(Need.id))):
        kinds[need.project_id].append(need.kind)
    return [_card(project, translated.get(project.id), kinds[project.id]) for project in projects]


def _card(project: Project, translation: Translation | None, kinds: Sequence[NeedKind]) -> Card:
    if translation is None or project.language == translation.language:
        return Card(project, project.title, project.summary, project.language, kinds)
    said = translation.content
    title, summary = said.get("title", project.title), said.get("summary", project.summary)
    return Card(project, title, summary, translation.language, kinds)


def _filtered(
    statement: SelectOfScalar[Project], filters: FilterForm, territory: Territory | None
) -> SelectOfScalar[Project]:
    if filters.theme:
        statement = statement.where(Project.theme_code == filters.theme)
    if filters.language:
        statement = statement.where(Project.language == filters.language)
    if filters.stage:
        statement = statement.where(Project.stage == filters.stage)
    if territory is not None:
        statement = statement.where(within(territory))
    if filters.kind or filters.mode:
        wanted: list[ColumnElement[bool]] = [col(Need.project_id) == col(Project.id), col(Need.state) == NeedState.OPEN]
        if filters.kind:
            wanted.append(col(Need.kind) == filters.kind)
        if filters.mode:  # who can come anywhere is not put off by a need that leaves the choice
            wanted.append(col(Need.mode).in_({filters.mode, Mode.EITHER}))
        statement = statement.where(exists().where(*wanted))
    return statement


def within(territory: Territory) -> ColumnElement[bool]:
    """The code of a commune begins with its province's, and that with its region's."""
    if isinstance(territory, Commune):
        return col(Project.commune_code) == territory.code
    return col(Project.commune_code).startswith(f"{territory.code}.")


def _newest(session: Session, statement: SelectOfScalar[Project], after: str) -> Page[Project]:
    statement = statement.order_by(col(Project.published_at).desc(), col(Project.id).desc()).limit(PAGE + 1)
    match pagination.decode(after):
        case (datetime() as published, int() as number):
            statement = statement.where(tuple_(col(Project.published_at), col(Project.id)) < (published, number))
    return pagination.cut(session.exec(statement).all(), PAGE, lambda project: (project.published_at, project.id))


def _nearest(session: Session, statement: SelectOfScalar[Project], q: str, after: str) -> Page[Project]:
    answering = statement.with_only_columns(col(Project.id), col(Project.commune_code))
    hits = search.ranked(session, q, {row.id: row.commune_code for row in session.execute(answering)})
    match pagination.decode(after):
        case (float() as score, int() as number):
            hits = [hit for hit in hits if (hit.score, hit.project_id) < (score, number)]
    scores = {hit.project_id: hit.score for hit in hits[: PAGE + 1]}
    rows = {project.id: project for project in session.exec(statement.where(col(Project.id).in_(scores)))}
    ordered = [rows[project_id] for project_id in scores]
    return pagination.cut(ordered, PAGE, lambda project: (scores[project.id], project.id))


def similar_projects(session: Session, project: Project, limit: int = 3) -> list[Card]:
    """Published projects that are about the same, anywhere: somebody there may know how."""
    near = matching.nearest(session, KIND, matching.analyse([project.title, project.summary]))[:NEAR]
    likeness = {one.subject_id: one.competence for one in near if one.subject_id != project.id}
    rows = {row.id: row for row in session.exec(with_place(visible_to(None)).where(col(Project.id).in_(likeness)))}

    def is_alike(number: int) -> bool:
        of_one_theme = project.theme_code is not None and rows[number].theme_code == project.theme_code
        return likeness[number] >= (ALIKE_OF_ONE_THEME if of_one_theme else ALIKE)

    alike = [number for number in likeness if number in rows and is_alike(number)]
    return cards(session, [rows[number] for number in alike[:limit]])
