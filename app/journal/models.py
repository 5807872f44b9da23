from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from app.kernel.database import Table, Value, moment_field, now, one_of


class Subject(StrEnum):
    USER = "user"
    ORGANISATION = "organisation"
    MEMBERSHIP = "membership"
    PROFILE = "profile"
    PROJECT = "project"
    NEED = "need"
    SUGGESTION = "suggestion"
    CONTRIBUTION = "contribution"
    MISSION = "mission"
    DELIVERY = "delivery"
    RELAY = "relay"
    KNOWN_PERSON = "known_person"
    GROUPED_CALL = "grouped_call"
    POST = "post"
    NEWS = "news"
    ASSISTANCE = "assistance"


class Entry(Table, table=True):
    __tablename__ = "journal_entry"
    __table_args__ = (
        one_of("subject_kind", Subject),
        Index("ix_journal_entry_subject", "subject_kind", "subject_id", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    at: datetime = moment_field(default_factory=now)
    actor_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    subject_kind: Subject = Field(sa_type=Value(Subject))
    subject_id: int
    verb: str
    from_state: str | None = None
    to_state: str | None = None
    note: str = ""
    """The words that went with it: a question, a reason, a thank-you."""
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default="{}"))
    undone_at: datetime | None = moment_field(default=None)
