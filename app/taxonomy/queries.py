"""Reads of concepts and themes."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

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


class Names(NamedTuple):
    """Of a concept, what people read (`naming.Named`)."""

    id: str
    kind: ConceptKind
    label_fr: str
    label_ar: str
    label_en: str


EDITION = "(SELECT digest FROM loaded_data WHERE name = 'taxonomy')"
"""Which taxonomy is loaded, for a statement that asks something else too."""


def names(session: Session, ids: Iterable[str], edition: str | None = None) -> dict[str, Named]:
    """`concepts`, but no more of each than its names. `edition`: if it is known, what was read of it is read once."""
    known = _known(edition) if edition else {}
    wanted = set(ids)
    if unread := wanted - known.keys():
        known.update({row.id: Names(*row) for row in session.execute(_NAMES, {"ids": list(unread)})})
    return {one: known[one] for one in wanted if one in known}


@lru_cache(maxsize=2)
def _known(edition: str) -> dict[str, Named]:  # noqa: ARG001  an edition is loaded whole: its names do not change
    return {}


_TABLE = Concept.__table__  # type: ignore[attr-defined]
_COLUMNS = (_TABLE.c.id, _TABLE.c.kind, _TABLE.c.label_fr, _TABLE.c.label_ar, _TABLE.c.label_en)
_NAMES = sql_select(*_COLUMNS).where(_TABLE.c.id == any_(bindparam("ids", type_=ARRAY(String))))


def linkable(session: Session) -> Sequence[Row[Any]]:
    """What the words of a text may be linked to: skills and occupations in force. Plain rows, there are 17,000."""
    wanted = (~_TABLE.c.retired, _TABLE.c.kind != ConceptKind.GROUP)
    statement = sql_select(_TABLE).where(*wanted).order_by(_TABLE.c.id)
    return session.execute(statement).all()
