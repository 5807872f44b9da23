"""Reads and writes of the sections of a fiche, with every version that they had."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.kernel.database import now, related
from app.kernel.errors import Forbidden, NotFound, Refusal
from app.kernel.i18n import N_
from app.projects import chips, contents, rules, sections, translating
from app.projects.indexing import reindex
from app.projects.models import Project, Section, SectionVersion
from app.projects.rules import Standing
from app.projects.sections import FICHE, IDEA, SectionKind
from app.projects.translating import Reading, Text

HISTORY_PAGE = 20


class StaleSection(Refusal):
    """Somebody saved this section since it was opened; `current` is their text."""

    message = N_("Quelqu’un a enregistré cette partie pendant que vous écriviez.")

    def __init__(self, current: Section) -> None:
        super().__init__()
        self.current = current


@dataclass(frozen=True)
class SectionView:
    """A section as one person reads it."""

    section: Section
    reading: Reading

    @property
    def kind(self) -> SectionKind:
        return self.reading.original.kind

    @property
    def content(self) -> Any:
        """Its answers, as the form of the section types them."""
        return self.kind.form.model_validate(self.reading.content)

    @property
    def figures(self) -> list[tuple[str, str]]:
        """Of what was done, for `components/figures.html`."""
        return [(figure["number"], figure["words"]) for figure in self.reading.content.get("figures", [])]


@dataclass(frozen=True)
class FicheView:
    """What `projects/_sections.html` shows; `idea` is for the heading of the page."""

    idea: SectionView
    sections: Sequence[SectionView]
    unwritten: Sequence[SectionKind]
    can_edit: bool

    @property
    def missing(self) -> Sequence[SectionKind]:
        """What editors are invited to add."""
        return self.unwritten if self.can_edit else []


def view(session: Session, project: Project, standing: Standing, locale: str) -> FicheView:
    """The fiche in the reader's language where somebody translated it."""
    translations = translating.of_project(session, project, locale)
    readings = {
        name: SectionView(section, translating.reading(text_of(section), translations, locale))
        for name, section in of_project(session, project).items()
        if section.content and name in sections.BY_NAME
    }
    return FicheView(
        idea=readings[IDEA.name],
        sections=[readings[kind.name] for kind in FICHE if kind.name in readings],
        unwritten=[kind for kind in (*FICHE[1:], FICHE[0]) if kind.name not in readings],
        can_edit=rules.can_edit(standing, project),
    )


def of_project(session: Session, project: Project) -> dict[str, Section]:
    """The present sections by name; the idea is always among them."""
    rows = session.exec(
        select(Section).where(Section.project_id == project.id).options(joinedload(related(Section.edited_by)))
    )
    return {IDEA.name: _unversioned_idea(project)} | {row.name: row for row in rows}


def texts(session: Session, project: Project) -> list[Text]:
    """Everything written in the fiche, in its order."""
    present = of_project(session, project)
    return [text_of(present[kind.name]) for kind in (IDEA, *FICHE) if kind.name in present]


def section(session: Session, project: Project, kind: SectionKind) -> Section:
    """One section as it is now; one that nobody wrote yet is at version 0."""
    row = session.exec(
        select(Section)
        .where(Section.project_id == project.id, Section.name == kind.name)
        .options(joinedload(related(Section.edited_by)))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is not None:
        return row
    return _unversioned_idea(project) if kind is IDEA else _empty(project, kind)


def save(
    session: Session,
    standing: Standing,
    project: Project,
    kind: SectionKind,
    content: dict[str, Any],
    language: str,
    version: int,
) -> Section:
    """A new version of a section, written from `version`. Raises StaleSection if it is no longer the last."""
    if standing.user is None or not rules.can_edit(standing, project):
        raise Forbidden
    _lock(session, project)
    row = section(session, project, kind)
    if row.content == content and row.language == language:
        return row
    if row.version != version:
        raise StaleSection(row)
    said = contents.texts(kind, row.content)
    row.content, row.language, row.edited_at = content, language, now()
    saved = _write(session, row, standing.user.id)
    if contents.texts(kind, content) == said:  # a date, a number, a state: what was translated is still the same
        translating.follow(session, project, kind, version, saved.version)
    _project_columns(project, kind, saved)
    project.updated_at = saved.edited_at
    session.flush()
    session.expire(project, ["commune", "theme"])
    reindex(session, project)
    if kind is IDEA or kind.name == "theme":  # the words, the place and the theme by which people are found
        chips.remember_all(session, project)
    return saved


def restore(
    session: Session, standing: Standing, project: Project, kind: SectionKind, version: int, current: int
) -> Section:
    """An old version becomes the newest; `current` is the version that the person saw as the present one."""
    old = session.get(SectionVersion, (project.id, kind.name, version))
    if old is None:
        raise NotFound
    return save(session, standing, project, kind, dict(old.content), old.language, current)


def base_version(session: Session, project: Project, kind: SectionKind, version: int) -> SectionVersion | None:
    """The text that somebody started from; None for version 0."""
    return session.get(SectionVersion, (project.id, kind.name, version))


def history(session: Session, project: Project, kind: SectionKind, before: int = 0) -> list[SectionVersion]:
    """Newest first, one more than a page holds, so that the last shown can be compared with the one before it."""
    statement = (
        select(SectionVersion)
        .where(SectionVersion.project_id == project.id, SectionVersion.name == kind.name)
        .options(joinedload(related(SectionVersion.edited_by)))
        .order_by(col(SectionVersion.version).desc())
        .limit(HISTORY_PAGE + 1)
    )
    if before:
        statement = statement.where(SectionVersion.version < before)
    return list(session.exec(statement))


def _lock(session: Session, project: Project) -> None:
    """Two saves of one fiche wait for each other. Rows that point to the project may still be added meanwhile."""
    session.exec(select(Project.id).where(Project.id == project.id).with_for_update(key_share=True)).one()


def _write(session: Session, row: Section, editor_id: int) -> Section:
    row.version += 1
    row.edited_by_id = editor_id
    session.add(row)
    kept = {name: getattr(row, name) for name in SectionVersion.model_fields}
    session.add(SectionVersion(**kept))
    session.flush()
    return row


def _project_columns(project: Project, kind: SectionKind, saved: Section) -> None:
    """What every list reads is repeated in the project."""
    if kind is IDEA:
        project.title, project.summary = saved.content["title"], saved.content["summary"]
        project.commune_code, project.language = saved.content["commune_code"], saved.language
    elif kind.name == "theme":
        project.theme_code = saved.content.get("theme_code")


def _empty(project: Project, kind: SectionKind) -> Section:
    return Section(
        project_id=project.id,
        name=kind.name,
        version=0,
        content={},
        language=project.language,
        edited_by_id=project.author_id,
    )


def _unversioned_idea(project: Project) -> Section:
    idea = _empty(project, IDEA)
    idea.content = {"title": project.title, "summary": project.summary, "commune_code": project.commune_code}
    idea.edited_at = project.created_at
    return idea


def text_of(section: Section) -> Text:
    """The section as something that one translates."""
    return Text(sections.BY_NAME[section.name], section.content, section.language, section.version)
