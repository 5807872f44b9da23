"""The words of a project as matching and search know them."""

from sqlmodel import Session, col, select

from app.matching import actions as matching
from app.projects.contents import texts
from app.projects.models import Need, Project, Section, Translation
from app.projects.sections import BY_NAME, IDEA

KIND = "project"
TOLD = ("context", "objective", "results", "beneficiaries", "done")
"""The sections that say what it is about. Partners, places and figures would only add names that nobody else writes."""


def reindex(session: Session, project: Project) -> None:
    """To call in the transaction that saves any text of a project: its idea, a section, a translation, a need."""
    session.flush()
    matching.store(session, KIND, project.id, [project.title, project.summary, *_more(session, project)])


def _more(session: Session, project: Project) -> list[str]:
    """Needs, sections, and the idea in the other language: who read that title in a list searches with its words."""
    parts = list(session.exec(select(Need.text).where(Need.project_id == project.id).order_by(col(Need.id))))
    translated = session.exec(
        select(Translation.content).where(Translation.project_id == project.id, Translation.name == IDEA.name)
    )
    parts += [text for content in translated for text in content.values()]
    sections = session.exec(
        select(Section.name, Section.content)
        .where(Section.project_id == project.id, col(Section.name).in_(TOLD))
        .order_by(col(Section.name))
    )
    parts += [text for name, content in sections for text in texts(BY_NAME[name], content).values()]
    return parts
