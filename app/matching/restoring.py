"""After a backup was restored into another PostgreSQL: its transactions are numbered from the start again."""

from sqlalchemy import text
from sqlmodel import Session

COMING = "pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
"""What is stored was written by a transaction that is over: a greater number than this is another server's."""


def number_anew(session: Session) -> None:
    """Documents written on another server count as written now."""
    session.execute(text("SET LOCAL statement_timeout = 0"))
    written = "pg_current_xact_id()::text::bigint"
    session.execute(text(f"UPDATE match_document SET changed_in = {written} WHERE changed_in > {COMING}"))  # noqa: S608
