"""What lists say of projects and needs, in the reader's language where somebody translated it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.kernel.i18n import current_locale
from app.projects import fiche, photos, translating
from app.projects.models import Need, Project, Section, Translation
from app.projects.needs import text_of
from app.projects.photos import PhotoView
from app.projects.sections import IDEA, PHOTO_PREFIX, Done, of_need

DONE = "done"


@dataclass(frozen=True)
class ShownProject:
    """A project as a card of what was done: its title, then its story, else what it wanted to do."""

    project: Project
    title: str
    title_language: str
    words: str
    figures: list[str] = field(default_factory=list)
    """Of what was done: “17 agents formés”."""
    photo: PhotoView | None = None


@dataclass(frozen=True)
class ShownNeed:
    need: Need
    project: ShownProject
    text: str


def shown_stories(session: Session, rows: Sequence[Project]) -> list[ShownProject]:
    """Three queries, however many projects."""
    if not rows:
        return []
    said = _translations(session, rows, (IDEA.name, DONE), with_photos=True)
    stories = select(Section).where(col(Section.project_id).in_([row.id for row in rows]), Section.name == DONE)
    told = {section.project_id: section for section in session.exec(stories) if section.content}
    pictures = photos.covers(session, {row.id for row in rows}, said, current_locale())
    return [_shown(row, said[row.id], told.get(row.id), pictures.get(row.id)) for row in rows]


def shown_needs(session: Session, rows: Sequence[Need]) -> list[ShownNeed]:
    """One query, for needs that were read with their project."""
    if not rows:
        return []
    names = (IDEA.name, *(of_need(need.id).name for need in rows))
    said = _translations(session, [need.project for need in rows], names)
    shown = []
    for need in rows:
        reading = translating.reading(text_of(need), said[need.project_id], current_locale())
        shown.append(ShownNeed(need, _shown(need.project, said[need.project_id]), str(reading.content["text"])))
    return shown


def _translations(
    session: Session, rows: Sequence[Project], names: Sequence[str], with_photos: bool = False
) -> defaultdict[int, dict[str, Translation]]:
    found: defaultdict[int, dict[str, Translation]] = defaultdict(dict)
    named = col(Translation.name).in_(names)
    for row in session.exec(
        select(Translation).where(
            col(Translation.project_id).in_([row.id for row in rows]),
            or_(named, col(Translation.name).startswith(PHOTO_PREFIX)) if with_photos else named,
            Translation.language == current_locale(),
        )
    ):
        found[row.project_id][row.name] = row
    return found


def _shown(
    project: Project, said: Mapping[str, Translation], done: Section | None = None, photo: PhotoView | None = None
) -> ShownProject:
    idea = said.get(IDEA.name) if project.language != current_locale() else None
    content = idea.content if idea else {}
    story = Done()
    if done is not None:
        story = Done.model_validate(translating.reading(fiche.text_of(done), said, current_locale()).content)
    return ShownProject(
        project,
        title=content.get("title", project.title),
        title_language=idea.language if idea else project.language,
        words=story.text or content.get("summary", project.summary),
        figures=[f"{figure.number} {figure.words}" for figure in story.figures],
        photo=photo,
    )
