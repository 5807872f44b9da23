"""Texts of a project in the other language: who may write them, what readers get, what waits for a translation."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, cast, exists, func, or_, tuple_, update
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT, array
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.journal import actions as journal
from app.journal.models import Subject
from app.kernel import pagination
from app.kernel.database import related
from app.kernel.errors import Forbidden, Refusal
from app.kernel.i18n import N_
from app.kernel.pagination import Page
from app.projects import contents, queries, rules, sections
from app.projects.indexing import reindex
from app.projects.models import Need, NeedState, Project, Section, Translation
from app.projects.rules import Standing
from app.projects.sections import SectionKind

WANTED_PAGE = 20


class StaleTranslation(Refusal):
    """Somebody else translated this text meanwhile."""

    message = N_("Quelqu’un a traduit ce texte pendant que vous écriviez.")

    def __init__(self, current: Translation) -> None:
        super().__init__()
        self.current = current


@dataclass(frozen=True)
class Text:
    """Something written in one language: a section, or a need."""

    kind: SectionKind
    content: dict[str, Any]
    language: str
    version: int

    @property
    def name(self) -> str:
        return self.kind.name

    @property
    def other_language(self) -> str:
        return "ar" if self.language == "fr" else "fr"

    @property
    def parts(self) -> dict[str, str]:
        """What there is to translate, by the name of its field."""
        return contents.texts(self.kind, self.content)


@dataclass(frozen=True)
class Reading:
    """A text as it is read in one language."""

    original: Text
    translation: Translation | None

    @property
    def language(self) -> str:
        return self.translation.language if self.translation else self.original.language

    @property
    def content(self) -> dict[str, Any]:
        if self.translation is None:
            return self.original.content
        said = self.translation.content
        if self.has_moved:  # the lines of a list may be others by now
            said = {name: text for name, text in said.items() if "-" not in name}
        return contents.with_texts(self.original.kind, self.original.content, said)

    @property
    def seen(self) -> str:
        """Which translation it is, for the form in which it is changed."""
        return self.translation.written_at.isoformat() if self.translation else ""

    @property
    def has_moved(self) -> bool:
        """The original was changed after it was translated."""
        return self.translation is not None and self.translation.of_version != self.original.version


def reading(text: Text, translations: Mapping[str, Translation], locale: str) -> Reading:
    """In the reader's language where somebody translated it."""
    translation = translations.get(text.name) if text.language != locale and text.parts else None
    return Reading(text, translation)


def credited(readings: Iterable[Reading]) -> frozenset[str]:
    """The texts of one page that name their translator: the first that each person translated from each language."""
    first: dict[tuple[int, str], str] = {}
    for one in readings:
        if one.translation is not None:
            first.setdefault((one.translation.author_id, one.original.language), one.original.name)
    return frozenset(first.values())


def of_project(session: Session, project: Project, language: str) -> dict[str, Translation]:
    rows = session.exec(
        select(Translation)
        .where(Translation.project_id == project.id, Translation.language == language)
        .options(joinedload(related(Translation.author)))
    )
    return {row.name: row for row in rows}


def of_projects(
    session: Session, project_ids: Collection[int], names: Collection[str], language: str
) -> dict[int, dict[str, Translation]]:
    """Project → those of its texts of these names that somebody translated."""
    found: dict[int, dict[str, Translation]] = {}
    if not project_ids:
        return found
    rows = session.exec(
        select(Translation).where(
            col(Translation.project_id).in_(project_ids),
            col(Translation.name).in_(names),
            Translation.language == language,
        )
    )
    for row in rows:
        found.setdefault(row.project_id, {})[row.name] = row
    return found


class Written(Protocol):
    """A project, or as much of one."""

    @property
    def id(self) -> int: ...
    @property
    def language(self) -> str: ...


def titles(session: Session, projects: Sequence[Written], locale: str) -> dict[int, str]:
    """The titles that somebody translated into the reader's language: for lists, in one query at most."""
    foreign = {project.id for project in projects if project.language != locale}
    if not foreign:
        return {}
    rows = session.exec(
        select(Translation).where(
            col(Translation.project_id).in_(foreign),
            Translation.name == sections.IDEA.name,
            Translation.language == locale,
        )
    )
    return {row.project_id: row.content["title"] for row in rows}


def of_needs(session: Session, need_ids: Sequence[int], language: str) -> dict[str, Translation]:
    """The needs of several projects that somebody translated into that language: for lists."""
    names = [sections.of_need(number).name for number in need_ids]
    if not names:
        return {}
    rows = session.exec(select(Translation).where(col(Translation.name).in_(names), Translation.language == language))
    return {row.name: row for row in rows}


def can_translate(standing: Standing, project: Project, present: Translation | None) -> bool:
    """Anybody bilingual may begin; what is there is changed by who wrote it and by those who write the project."""
    if standing.user is None:
        return False
    return present is None or present.author_id == standing.user.id or rules.can_edit(standing, project)


def translate(
    session: Session,
    standing: Standing,
    project: Project,
    text: Text,
    said: dict[str, str],
    of_version: int,
    seen: str,
) -> Translation:
    """Keep a translation of version `of_version`; `seen` is the one that was on the screen (`Reading.seen`).

    Raises StaleTranslation when somebody else's is there by now, Forbidden when it is not this person's to change.
    """
    session.exec(select(Project.id).where(Project.id == project.id).with_for_update(key_share=True)).one()
    language = text.other_language
    present = session.get(Translation, (project.id, text.name, language), populate_existing=True)
    if standing.user is None or (seen and not can_translate(standing, project, present)):
        raise Forbidden
    if present is not None and present.written_at.isoformat() != seen:
        raise StaleTranslation(present)
    row = session.merge(
        Translation(
            project_id=project.id,
            name=text.name,
            language=language,
            content=said,
            of_version=min(of_version, text.version),
            author_id=standing.user.id,
        )
    )
    journal.record(
        session, standing.user.id, Subject.PROJECT, project.id, "translate", section=text.name, language=language
    )
    session.flush()
    reindex(session, project)
    return row


def follow(session: Session, project: Project, kind: SectionKind, before: int, version: int) -> None:
    """The same words in a new version of a text: what translates them translates that one."""
    session.execute(
        update(Translation)
        .where(col(Translation.project_id) == project.id, col(Translation.name) == kind.name)
        .where(col(Translation.of_version) == before)
        .values(of_version=version)
    )


def wanted(session: Session, into: str, after: str | None = None) -> Page[Project]:
    """Published projects with something to read that is not in that language yet, the oldest first."""
    statement = (
        queries.with_place(queries.visible_to(None))
        .where(_lacks(into))
        .order_by(col(Project.published_at), col(Project.id))
        .limit(WANTED_PAGE + 1)
    )
    if (since := _position(after)) is not None:
        statement = statement.where(tuple_(col(Project.published_at), col(Project.id)) > since)
    rows = session.exec(statement).all()
    return pagination.cut(rows, WANTED_PAGE, lambda project: (project.published_at, project.id))


def _lacks(into: str) -> ColumnElement[bool]:
    """Some text of the project is in the other language, and in that one only."""
    without_words = cast(array(sorted(sections.WITHOUT_WORDS)), ARRAY(TEXT))
    written = cast(col(Section.content).op("-")(without_words), JSONB) != cast({}, JSONB)
    idea = and_(col(Project.language) != into, ~_translated(sections.IDEA.name, into))
    section = exists().where(
        col(Section.project_id) == col(Project.id),
        col(Section.language) != into,
        written,
        ~_translated(col(Section.name), into),
    )
    need = exists().where(
        col(Need.project_id) == col(Project.id),
        col(Need.language) != into,
        col(Need.state) == NeedState.OPEN,
        ~_translated(func.concat(sections.NEED_PREFIX, col(Need.id)), into),
    )
    return or_(idea, section, need)


def _translated(name: Any, into: str) -> ColumnElement[bool]:
    return exists().where(
        col(Translation.project_id) == col(Project.id),
        col(Translation.name) == name,
        col(Translation.language) == into,
    )


def _position(after: str | None) -> tuple[datetime, int] | None:
    match pagination.decode(after):
        case (datetime() as published, int() as number):
            return published, number
    return None
