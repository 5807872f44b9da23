from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.kernel.database import Table, Value, moment_field, now, one_of
from app.organisations.models import Organisation
from app.projects.models import Need
from app.taxonomy.models import Theme


class CallState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"  # read by everybody, answered, joined
    CLOSED = "closed"  # no longer answered; what came of it is to be told
    HELD = "held"  # told


class PlaceState(StrEnum):
    ASKED = "asked"  # a commune wants to join
    IN = "in"
    OUT = "out"  # turned down, or taken out


class GroupedCall(Table, table=True):
    __tablename__ = "grouped_call"
    __table_args__ = (
        one_of("state", CallState),
        CheckConstraint("state = 'draft' OR opened_at IS NOT NULL", name="opened"),
        CheckConstraint("state <> 'held' OR report <> ''", name="reported"),
        CheckConstraint("meets_at IS NULL OR meets_on IS NOT NULL", name="hour_of_a_day"),
        Index("ix_grouped_call_opened", "opened_at", "id", postgresql_where=text("state <> 'draft'")),
    )

    id: int = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="user.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """The institution in whose name it is made."""
    title_fr: str = ""
    title_ar: str = ""
    intro_fr: str = ""
    intro_ar: str = ""
    theme_code: str = Field(foreign_key="theme.code", index=True)
    answers_by: date
    """The last day to answer."""
    meets_on: date | None = None
    meets_at: time | None = None
    meets_zone: str = "Africa/Casablanca"
    """Where the hour is that of the clocks."""
    place: str = ""
    link: str = ""
    """Of a meeting at a distance."""
    state: CallState = Field(default=CallState.DRAFT, sa_type=Value(CallState))
    state_since: datetime = moment_field(default_factory=now)
    opened_at: datetime | None = moment_field(default=None)
    report: str = ""
    """What came of it."""
    version: int = 1
    created_at: datetime = moment_field(default_factory=now)

    author: User = Relationship()
    organisation: Organisation | None = Relationship()
    theme: Theme = Relationship()


class CalledNeed(Table, table=True):
    """A need in a grouped call, or one that wants to be."""

    __tablename__ = "called_need"
    __table_args__ = (one_of("state", PlaceState),)

    call_id: int = Field(foreign_key="grouped_call.id", primary_key=True, ondelete="CASCADE")
    need_id: int = Field(foreign_key="need.id", primary_key=True, index=True)
    state: PlaceState = Field(default=PlaceState.IN, sa_type=Value(PlaceState))
    added_by_id: int = Field(foreign_key="user.id", index=True)
    since: datetime = moment_field(default_factory=now)

    need: Need = Relationship()
    added_by: User = Relationship()
