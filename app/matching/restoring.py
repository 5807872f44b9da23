"""After a backup was restored into another PostgreSQL: its transactions are numbered from the start again."""

from typing import Any, cast

from sqlalchemy import CursorResult, text
from sqlmodel import Session

# What is stored was written by a transaction that is over: a number that is still to come is another server's.
_NUMBER_ANEW = text(
    """
    UPDATE match_document SET changed_in = pg_current_xact_id()::text::bigint
    WHERE changed_in > pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    """
)


def number_anew(session: Session) -> int:
    """Documents written on another server count as written now; says of how many. One look at an index if of none."""
    session.execute(text("SET LOCAL statement_timeout = 0"))
    return cast(CursorResult[Any], session.execute(_NUMBER_ANEW)).rowcount
