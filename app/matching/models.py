from datetime import datetime

from sqlalchemy import BigInteger, text
from sqlmodel import Field

from app.kernel.database import Table, moment_field, now


class MatchDocument(Table, table=True):
    """What matching keeps of somebody's words: written in the transaction that saves them."""

    __tablename__ = "match_document"

    kind: str = Field(primary_key=True)
    subject_id: int = Field(primary_key=True, sa_type=BigInteger)
    language: str
    packed: bytes
    """Its vectors (`documents.pack`). Empty once forgotten: the row stays, so that
    every process learns of it."""
    made_with: str
    """Which artefacts (`documents.made_with`): documents made with others are to be stored again."""
    changed_at: datetime = moment_field(default_factory=now)
    changed_in: int = Field(
        index=True,
        sa_type=BigInteger,
        sa_column_kwargs={"server_default": text("pg_current_xact_id()::text::bigint")},
    )
    """The transaction that wrote it. Unlike a time, it tells for sure what a snapshot had not seen (`retrieval`)."""
