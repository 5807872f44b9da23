"""The words of a project as matching and search know them."""

from sqlmodel import Session, col, select

from app.projects.models import Need, Project, Section, Translation
from app.territories.models import Commune


def reindex(session: Session, project: Project) -> None:
    """To call in the transaction that saves any text of a project: its idea, a section, a translation, a need."""
    session.flush()


def document(session: Session, project: Project) -> list[str]:
    """Title, summary, sections, needs and commune, each a part; the title counts most because it comes twice."""
    sections = session.exec(
        select(Section.content).where(Section.project_id == project.id).order_by(col(Section.name))
    ).all()
    translated = session.exec(
        select(Translation.content).where(Translation.project_id == project.id).order_by(col(Translation.name))
    ).all()
    needs = session.exec(select(Need.text).where(Need.project_id == project.id).order_by(col(Need.id))).all()
    commune = session.get_one(Commune, project.commune_code)
    return [project.title, project.summary, *needs, commune.name_fr, commune.name_ar]
