"""Reads of concepts and themes."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import ARRAY, Row, String, any_, bindparam
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
    return {row.id: cast(Named, row) for row in session.execute(_NAMES, {"ids": list(ids)})}


_TABLE = Concept.__table__  # type: ignore[attr-defined]
_COLUMNS = (_TABLE.c.id, _TABLE.c.kind, _TABLE.c.label_fr, _TABLE.c.label_ar, _TABLE.c.label_en)
_NAMES = sql_select(*_COLUMNS).where(_TABLE.c.id == any_(bindparam("ids", type_=ARRAY(String))))


def linkable(session: Session) -> Sequence[Row[Any]]:
    """What the words of a text may be linked to: skills and occupations in force. Plain rows, there are 17,000."""
    wanted = (~_TABLE.c.retired, _TABLE.c.kind != ConceptKind.GROUP)
    statement = sql_select(_TABLE).where(*wanted).order_by(_TABLE.c.id)
    return session.execute(statement).all()
