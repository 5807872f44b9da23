from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from app.kernel.database import Table, Value, moment_field, now, one_of


class MessageState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"  # the mail server may have it: never sent again by itself
    SENT = "sent"
    FAILED = "failed"  # given up after the last try
    CANCELLED = "cancelled"  # the event was undone in time
    ON_SITE = "on_site"  # the person has no e-mail: read on their page


class Message(Table, table=True):
    __tablename__ = "message"
    __table_args__ = (
        one_of("state", MessageState),
        Index("ix_message_due", "not_before", postgresql_where=text("state = 'queued'")),
        Index("ix_message_recipient", "recipient_id", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    recipient_id: int = Field(foreign_key="user.id")
    entry_id: int | None = Field(default=None, foreign_key="journal_entry.id", index=True)
    """The event; undoing it cancels what has not left yet."""
    kind: str
    locale: str
    address: str | None = None
    subject: str
    body: str
    link: str = ""
    """The path of the one clear action, with its language."""
    action: str = ""
    """What that action is called."""
    state: MessageState = Field(default=MessageState.QUEUED, sa_type=Value(MessageState))
    attempts: int = 0
    error: str | None = None
    created_at: datetime = moment_field(default_factory=now)
    not_before: datetime = moment_field(default_factory=now)
    sent_at: datetime | None = moment_field(default=None)
    read_at: datetime | None = moment_field(default=None)
