"""Reads of concepts and themes."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Row
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from app.taxonomy.models import Concept, ConceptKind, Theme
from app.taxonomy.naming import Named


def themes(session: Session) -> list[Theme]:
    """Every theme, in the order in which screens list them."""
    return list(session.exec(select(Theme).order_by(col(Theme.position))))


def concepts(session: Session, ids: Iterable[str]) -> dict[str, Concept]:
    """The concepts of these ids, retired ones included: an old chip keeps its name. Unknown ids are left out."""
    found = session.exec(select(Concept).where(col(Concept.id).in_(list(ids))))
    return {concept.id: concept for concept in found}


def names(session: Session, ids: Iterable[str]) -> dict[str, Named]:
    """`concepts`, but no more of each than its names."""
    table = Concept.__table__  # type: ignore[attr-defined]
    columns = (table.c.id, table.c.kind, table.c.label_fr, table.c.label_ar, table.c.label_en)
    found = session.execute(sql_select(*columns).where(table.c.id.in_(list(ids))))
    return {row.id: cast(Named, row) for row in found}


def linkable(session: Session) -> Sequence[Row[Any]]:
    """What the words of a text may be linked to: skills and occupations in force. Plain rows, there are 17,000."""
    table = Concept.__table__  # type: ignore[attr-defined]
    statement = sql_select(table).where(~table.c.retired, table.c.kind != ConceptKind.GROUP).order_by(table.c.id)
    return session.execute(statement).all()
