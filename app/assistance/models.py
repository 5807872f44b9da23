from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.deadlines.models import OpenStep, open_step_of
from app.journal.models import Subject
from app.kernel.database import Table, Value, moment_field, now, one_of


class AssistanceKind(StrEnum):
    FEEDBACK = "feedback"
    CALL = "call"


class AssistanceRequest(Table, table=True):
    __tablename__ = "assistance_request"
    __table_args__ = (
        one_of("kind", AssistanceKind),
        CheckConstraint("(kind = 'call') = (phone IS NOT NULL)", name="phone"),
        Index("ix_assistance_request_waiting", "created_at", postgresql_where=text("done_at IS NULL")),
    )

    id: int = Field(default=None, primary_key=True)
    kind: AssistanceKind = Field(sa_type=Value(AssistanceKind))
    text: str = ""
    page: str = ""
    """The path that was being looked at."""
    locale: str
    phone: str | None = None
    hour: str = ""
    """When to call, in the person's words."""
    user_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    created_at: datetime = moment_field(default_factory=now)
    done_at: datetime | None = moment_field(default=None)
    done_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    outcome: str = ""

    user: User | None = Relationship(sa_relationship_kwargs={"foreign_keys": "AssistanceRequest.user_id"})
    open_step: OpenStep | None = open_step_of("AssistanceRequest", Subject.ASSISTANCE)
