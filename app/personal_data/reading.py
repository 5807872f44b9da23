"""Everything about one person, read by the table of holdings: one query a table, however much there is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, or_, select
from sqlmodel import Session, SQLModel

from app.accounts.models import User
from app.journal.models import Subject
from app.personal_data.holdings import LEFT_OUT, LINKS
from app.personal_data.wording import SECTIONS

Record = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """The rows of one table that are about a person."""

    table: str
    records: Sequence[Record]
    more: bool = False
    """Whether there are more than were read."""


def everything(session: Session, user: User, limit: int | None = None) -> Iterator[Kept]:
    """Table by table, in the order of the page; `limit` to each."""
    for name in SECTIONS:
        statement = _rows_of(name, user.id)
        rows = session.execute(statement.limit(limit + 1) if limit else statement).mappings().all()
        shown = rows[:limit] if limit else rows
        yield Kept(name, [dict(row) for row in shown], len(rows) > len(shown))


def _rows_of(name: str, user_id: int) -> Select[Any]:
    table = SQLModel.metadata.tables[name]
    newest = [column.desc() for column in table.primary_key.columns]
    return select(*given_columns(name)).where(_is_of(table, user_id)).order_by(*newest)


@cache
def given_columns(name: str) -> tuple[ColumnElement[Any], ...]:
    return tuple(one for one in SQLModel.metadata.tables[name].columns if f"{name}.{one.name}" not in LEFT_OUT)


def _is_of(table: Table, user_id: int) -> ColumnElement[bool]:
    """By any of the columns that lead to the person, or to something of theirs."""
    found: list[ColumnElement[bool]] = []
    for column in table.columns:
        link = LINKS.get(f"{table.name}.{column.name}")
        if link is None or not link.given:
            continue
        target = next((key.column for key in column.foreign_keys), None)
        if target is None or target.table.name == "user":
            found.append(column == user_id)
        else:
            found.append(column.in_(select(target).where(_is_of(target.table, user_id))))
    if table.name == "journal_entry":  # what others did with the account or the profile
        found.append(_about(table, Subject.USER, select(_key("user")).where(_key("user") == user_id)))
        profile = SQLModel.metadata.tables["profile"]
        found.append(_about(table, Subject.PROFILE, select(_key("profile")).where(_is_of(profile, user_id))))
    return or_(*found)


def _key(name: str) -> ColumnElement[Any]:
    return SQLModel.metadata.tables[name].c["id"]


def _about(journal: Table, kind: Subject, numbers: Select[Any]) -> ColumnElement[bool]:
    return and_(journal.c["subject_kind"] == kind, journal.c["subject_id"].in_(numbers))


def leads_to_person(name: str, column: str) -> bool:
    """Whether a field holds the number of an account: it is said as “me” or “somebody else”."""
    keys = SQLModel.metadata.tables[name].columns[column].foreign_keys
    return f"{name}.{column}" == "user.id" or any(key.column.table.name == "user" for key in keys)
