from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.journal.models import Subject
from app.kernel.database import Table, Value, moment_field, now, one_of
from app.organisations.models import Organisation


class Voice(StrEnum):
    """As what somebody speaks in a thread."""

    READER = "reader"
    TEAM = "team"  # of the project; the author of a news item
    CONTRIBUTOR = "contributor"
    MODERATOR = "moderator"


class Fault(StrEnum):
    """What is wrong with a post."""

    RUDE = "rude"
    PRIVATE = "private"
    ADVERTISING = "advertising"
    MONEY = "money"
    FALSE = "false"
    OFF_TOPIC = "off_topic"
    OTHER = "other"


class Thread(Table, table=True):
    __tablename__ = "thread"
    __table_args__ = (one_of("subject_kind", Subject), UniqueConstraint("subject_kind", "subject_id"))

    id: int = Field(default=None, primary_key=True)
    subject_kind: Subject = Field(sa_type=Value(Subject))
    subject_id: int
    last_at: datetime = moment_field(default_factory=now, index=True)


class Post(Table, table=True):
    __tablename__ = "post"
    __table_args__ = (
        one_of("voice", Voice),
        one_of("hidden_why", Fault),
        CheckConstraint("language IN ('fr', 'ar')", name="language"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_by_id IS NULL)", name="hidden"),
        CheckConstraint("hidden_why IS NULL OR hidden_at IS NOT NULL", name="hidden_for"),
        Index("ix_post_thread", "thread_id", "id"),
        Index("uq_post_question", "thread_id", unique=True, postgresql_where=text("wants_answer")),
    )

    id: int = Field(default=None, primary_key=True)
    thread_id: int = Field(foreign_key="thread.id")
    author_id: int = Field(foreign_key="user.id", index=True)
    voice: Voice = Field(sa_type=Value(Voice))
    """As what the author spoke on that day, whatever they became since."""
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """For which they answered."""
    text: str
    """Those who are mentioned stand in it by number (`mentions.py`)."""
    language: str
    version: int = 1
    created_at: datetime = moment_field(default_factory=now)
    edited_at: datetime | None = moment_field(default=None)
    wants_answer: bool = False
    """A question that the team has not answered yet: at most one in a thread."""
    hidden_at: datetime | None = moment_field(default=None)
    hidden_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    hidden_why: Fault | None = Field(default=None, sa_type=Value(Fault))
    """None when the author took it back."""
    hidden_words: str = ""

    thread: Thread = Relationship()
    author: User = Relationship(sa_relationship_kwargs={"foreign_keys": "Post.author_id"})
    organisation: Organisation | None = Relationship()


class PostVersion(Table, table=True):
    """What a post said before it was changed."""

    __tablename__ = "post_version"

    post_id: int = Field(foreign_key="post.id", primary_key=True)
    version: int = Field(primary_key=True)
    text: str
    language: str
    written_at: datetime = moment_field()


class Mention(Table, table=True):
    __tablename__ = "mention"

    post_id: int = Field(foreign_key="post.id", primary_key=True)
    user_id: int = Field(foreign_key="user.id", primary_key=True, index=True)


class PostReport(Table, table=True):
    __tablename__ = "post_report"
    __table_args__ = (
        one_of("reason", Fault),
        CheckConstraint("(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled"),
        Index(
            "uq_post_report_open",
            "post_id",
            "reporter_id",
            unique=True,
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id", index=True)
    reporter_id: int = Field(foreign_key="user.id", index=True)
    reason: Fault = Field(sa_type=Value(Fault))
    words: str = ""
    created_at: datetime = moment_field(default_factory=now)
    settled_at: datetime | None = moment_field(default=None)
    settled_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)

    post: Post = Relationship()
    reporter: User = Relationship(sa_relationship_kwargs={"foreign_keys": "PostReport.reporter_id"})


class Follower(Table, table=True):
    """Somebody whom a thread concerns: how far they read it, and of what they were told."""

    __tablename__ = "thread_follower"

    thread_id: int = Field(foreign_key="thread.id", primary_key=True)
    user_id: int = Field(foreign_key="user.id", primary_key=True, index=True)
    read_to: int = 0
    """The last post that was shown to them."""
    told_of: int = 0
    """The post of which the last message told."""
    told_at: datetime | None = moment_field(default=None)
    muted_at: datetime | None = moment_field(default=None)
