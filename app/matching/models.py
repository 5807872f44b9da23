from datetime import datetime

from sqlalchemy import BigInteger, Index, text
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


class Objection(Table, table=True):
    """Somebody said that a link, a reason or a whole match is wrong. It counts until it is taken back."""

    __tablename__ = "match_objection"
    __table_args__ = (
        Index(
            "uq_match_objection",
            "said_by_id",
            "need_id",
            "profile_id",
            "concept_id",
            "wanted",
            "folded",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("taken_back_at IS NULL"),
        ),
        Index("ix_match_objection_pair", "concept_id", "folded", postgresql_where=text("taken_back_at IS NULL")),
    )

    id: int = Field(default=None, primary_key=True)
    said_by_id: int = Field(foreign_key="user.id")
    said_at: datetime = moment_field(default_factory=now)
    need_id: int | None = Field(default=None, foreign_key="need.id", index=True, ondelete="CASCADE")
    """Without it, the words of a profile were linked to the wrong concept; and the other way round."""
    profile_id: int | None = Field(default=None, foreign_key="profile.id", index=True, ondelete="CASCADE")
    concept_id: str | None = Field(default=None, foreign_key="concept.id")
    wanted: str = ""
    """Words of the need, as they were shown; they say it where no concept does."""
    mention: str = ""
    """The words that do not answer it, as they were shown; none if the whole match is wrong."""
    folded: str = ""
    """`mention`, for comparing."""
    language: str = ""
    """Of the text that the mention stands in."""
    taken_back_at: datetime | None = moment_field(default=None)
    taken_back_by_id: int | None = Field(default=None, foreign_key="user.id")


class MatchEdition(Table, table=True):
    """A copy that a machine made of the documents of a kind, for searching (`retrieval.editions`)."""

    __tablename__ = "match_edition"

    name: str = Field(primary_key=True)
    kind: str
    made_at: datetime = moment_field()
