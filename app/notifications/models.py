from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from app.kernel.database import Table, Value, moment_field, now, one_of
from app.notifications.families import Family, Rhythm


class MessageState(StrEnum):
    QUEUED = "queued"
    HELD = "held"  # goes with the next digest, at `not_before`
    BUNDLED = "bundled"  # went with the digest `digest_id`
    SENDING = "sending"  # the mail server may have it: never sent again by itself
    SENT = "sent"
    FAILED = "failed"  # given up after the last try
    CANCELLED = "cancelled"  # the event was undone in time
    ON_SITE = "on_site"  # no e-mail, or none is wanted: read on the site


class Message(Table, table=True):
    __tablename__ = "message"
    __table_args__ = (
        one_of("state", MessageState),
        one_of("family", Family),
        CheckConstraint("recipient_id IS NOT NULL OR family = 'outside'", name="known_unless_outside"),
        CheckConstraint("(family = 'digest') = (digest_day IS NOT NULL)", name="digest_has_a_day"),
        Index("uq_message_digest", "recipient_id", "digest_day", unique=True),
        Index("ix_message_due", "not_before", postgresql_where=text("state = 'queued'")),
        Index("ix_message_held", "not_before", postgresql_where=text("state = 'held'")),
        Index("ix_message_sending", "not_before", postgresql_where=text("state = 'sending'")),
        Index("ix_message_recipient", "recipient_id", "id"),
        Index(
            "ix_message_unread",
            "recipient_id",
            postgresql_where=text(
                "read_at IS NULL AND state <> 'cancelled' AND family NOT IN ('account', 'digest', 'outside')"
            ),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    recipient_id: int | None = Field(default=None, foreign_key="user.id")
    """Empty for somebody who has no account: then `address` is all that is known, and whoever asked clears the row."""
    entry_id: int | None = Field(default=None, foreign_key="journal_entry.id", index=True)
    """The event; undoing it cancels what has not left yet."""
    kind: str
    family: Family = Field(default=Family.ANSWERS, sa_type=Value(Family))
    locale: str
    address: str | None = None
    subject: str
    body: str
    link: str = ""
    """The path of the one clear action, with its language."""
    action: str = ""
    """What that action is called."""
    stop: str = ""
    """The path where somebody without account refuses more of it."""
    state: MessageState = Field(default=MessageState.QUEUED, sa_type=Value(MessageState))
    attempts: int = 0
    error: str | None = None
    created_at: datetime = moment_field(default_factory=now)
    visible_from: datetime = moment_field(default_factory=now)
    """Until then the event may be undone, and nobody sees the message."""
    not_before: datetime = moment_field(default_factory=now)
    """When the worker looks at it: later than `visible_from` after a failure, in quiet hours, or for a digest."""
    sent_at: datetime | None = moment_field(default=None)
    read_at: datetime | None = moment_field(default=None)
    digest_id: int | None = Field(default=None, foreign_key="message.id", index=True)
    digest_day: date | None = None
    """Of a digest: the day, where its reader lives. One a day and person, whoever makes it."""


class MessageChoice(Table, table=True):
    """How often somebody wants one family; without a row, as the family says."""

    __tablename__ = "message_choice"
    __table_args__ = (one_of("family", Family), one_of("rhythm", Rhythm), one_of("before", Rhythm))

    user_id: int = Field(foreign_key="user.id", primary_key=True)
    family: Family = Field(primary_key=True, sa_type=Value(Family))
    rhythm: Rhythm = Field(sa_type=Value(Rhythm))
    before: Rhythm = Field(sa_type=Value(Rhythm))
    """What it was: stopping it by the link of an e-mail can be taken back."""


class MessageHours(Table, table=True):
    """When e-mails reach somebody; without a row, as a row without values says."""

    __tablename__ = "message_hours"
    __table_args__ = (
        CheckConstraint(
            "quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23 AND digest_hour BETWEEN 0 AND 23",
            name="hours",
        ),
        CheckConstraint("digest_weekday BETWEEN 0 AND 6", name="weekday"),
    )

    user_id: int = Field(foreign_key="user.id", primary_key=True)
    country: str = "MA"
    """Where their profile says that they live: gives the time zone as long as they choose none."""
    time_zone: str | None = None
    quiet_from: int = 21
    quiet_until: int = 8
    """The same hour twice: no quiet hours."""
    digest_hour: int = 8
    digest_weekday: int = 0
    """Of the weekly digest; Monday is 0."""


class BouncingAddress(Table, table=True):
    """An address of which its mail server says that nobody is there; mail that arrives takes it away."""

    __tablename__ = "bouncing_address"

    address: str = Field(primary_key=True)
    since: datetime = moment_field(default_factory=now)
    answer: str = ""
    """What the server said."""
