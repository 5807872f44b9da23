"""Matching keeps what it is given: call these in the transaction that saves the words."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from app.kernel.database import now
from app.matching.documents import analyse, made_with, pack
from app.matching.models import MatchDocument


def store(session: Session, kind: str, subject_id: int, parts: Sequence[str], language: str | None = None) -> None:
    """The words of somebody or something, each part (a title, a text, the label of a chip) a string of its own."""
    document = analyse(parts, language)
    _write(session, kind, subject_id, document.language, pack(document))


def forget(session: Session, kind: str, subject_id: int) -> None:
    """It is found no more. Nothing of its words stays."""
    _write(session, kind, subject_id, "", b"")


def _write(session: Session, kind: str, subject_id: int, language: str, packed: bytes) -> None:
    row = {
        "language": language,
        "packed": packed,
        "made_with": made_with(),
        "changed_at": now(),
        "changed_in": text("pg_current_xact_id()::text::bigint"),
    }
    statement = insert(MatchDocument).values(kind=kind, subject_id=subject_id, **row)
    session.execute(statement.on_conflict_do_update(index_elements=["kind", "subject_id"], set_=row))
