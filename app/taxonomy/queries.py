"""Reads of concepts and themes."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from app.taxonomy.models import Concept, ConceptBroader, ConceptKind, OccupationSkill, Theme


def themes(session: Session) -> list[Theme]:
    """Every theme, in the order in which screens list them."""
    return list(session.exec(select(Theme).order_by(col(Theme.position))))


def concepts(session: Session, ids: Iterable[str]) -> dict[str, Concept]:
    """The concepts of these ids, retired ones included: an old chip keeps its name. Unknown ids are left out."""
    found = session.exec(select(Concept).where(col(Concept.id).in_(list(ids))))
    return {concept.id: concept for concept in found}


def linkable(session: Session) -> Sequence[Row[Any]]:
    """What the words of a text may be linked to: skills and occupations in force. Plain rows, there are 17,000."""
    table = Concept.__table__  # type: ignore[attr-defined]
    statement = sql_select(table).where(~table.c.retired, table.c.kind != ConceptKind.GROUP).order_by(table.c.id)
    return session.execute(statement).all()


def broader(session: Session, concept_id: str) -> list[Concept]:
    """The concepts just above one, groups included."""
    return list(
        session.exec(
            select(Concept)
            .join(ConceptBroader, col(ConceptBroader.broader_id) == col(Concept.id))
            .where(col(ConceptBroader.concept_id) == concept_id)
            .order_by(col(Concept.id))
        )
    )


def skills_of(session: Session, occupation_id: str, essential_only: bool = True) -> list[Concept]:
    """What somebody of this occupation is expected to know."""
    wanted = (
        select(Concept)
        .join(OccupationSkill, col(OccupationSkill.skill_id) == col(Concept.id))
        .where(col(OccupationSkill.occupation_id) == occupation_id, col(Concept.retired).is_(False))
        .order_by(col(Concept.id))
    )
    if essential_only:
        wanted = wanted.where(col(OccupationSkill.essential))
    return list(session.exec(wanted))
