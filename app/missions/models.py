from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, SmallInteger
from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.contributions.models import Contribution
from app.files.models import StoredFile
from app.kernel.database import Table, Value, moment_field, now, one_of


class Side(StrEnum):
    """Of a mission; as `contributions.rules.Party`, whose other party takes no part."""

    TEAM = "team"
    CONTRIBUTOR = "contributor"

    @property
    def other(self) -> "Side":
        return Side.CONTRIBUTOR if self is Side.TEAM else Side.TEAM


class MissionState(StrEnum):
    PROPOSED = "proposed"  # the side that did not propose reads it
    AGREED = "agreed"  # both agreed to this version of it
    HELD = "held"  # both sides say how it went
    CLOSED = "closed"  # both did
    CANCELLED = "cancelled"


class MissionMode(StrEnum):
    ON_SITE = "onsite"
    REMOTE = "remote"


class ImageRights(StrEnum):
    YES = "yes"
    ASK = "ask"  # before each photograph is shown
    NO = "no"


class CancelReason(StrEnum):
    DATE = "date"
    UNWELL = "unwell"
    MEANS = "means"
    CHANGED = "changed"
    OTHER = "other"


class Mission(Table, table=True):
    __tablename__ = "mission"
    __table_args__ = (
        one_of("state", MissionState),
        one_of("proposed_by", Side),
        one_of("mode", MissionMode),
        one_of("image_rights", ImageRights),
        one_of("reason", CancelReason),
        CheckConstraint("language IN ('fr', 'ar')", name="language"),
        CheckConstraint("starts_on <= ends_on", name="period"),
        CheckConstraint("days BETWEEN 1 AND 366", name="days"),
        CheckConstraint("(state = 'cancelled') = (reason IS NOT NULL)", name="cancelled"),
        CheckConstraint("women >= 0 AND men >= 0 AND young_people >= 0", name="participants"),
        Index("ix_mission_contribution", "contribution_id", "starts_on"),
    )

    id: int = Field(default=None, primary_key=True)
    contribution_id: int = Field(foreign_key="contribution.id")
    state: MissionState = Field(default=MissionState.PROPOSED, sa_type=Value(MissionState))
    state_since: datetime = moment_field(default_factory=now)
    version: int = 1
    """Of what is agreed to: each change is another."""
    proposed_by: Side = Field(sa_type=Value(Side))
    """Of this version; the other side agrees."""
    objective: str
    language: str
    mode: MissionMode = Field(sa_type=Value(MissionMode))
    place: str = ""
    call_link: str = ""
    starts_on: date
    ends_on: date
    starts_at: time | None = None
    """The hour in Morocco, where one was fixed."""
    days: int = 1
    """Of work, between the two dates."""
    deliverables: str = ""
    lodging: bool = False
    transport: bool = False
    interpreter: bool = False
    provides: str = ""
    """What else the commune provides."""
    expenses: str = ""
    insurance: str = ""
    image_rights: ImageRights = Field(default=ImageRights.ASK, sa_type=Value(ImageRights))
    women: int | None = None
    men: int | None = None
    young_people: int | None = None
    """Who took part, once it was held; the young are counted among the women and men."""
    reason: CancelReason | None = Field(default=None, sa_type=Value(CancelReason))
    word: str = ""
    """What was said when it was agreed to or cancelled."""
    created_by_id: int = Field(foreign_key="user.id", index=True)
    created_at: datetime = moment_field(default_factory=now)

    contribution: Contribution = Relationship()

    @property
    def took_part(self) -> int:
        return (self.women or 0) + (self.men or 0)


class Agreement(Table, table=True):
    """That one side agreed to one version of a mission: by proposing it, or by saying yes."""

    __tablename__ = "mission_agreement"
    __table_args__ = (one_of("side", Side),)

    mission_id: int = Field(foreign_key="mission.id", primary_key=True)
    version: int = Field(primary_key=True)
    side: Side = Field(primary_key=True, sa_type=Value(Side))
    user_id: int = Field(foreign_key="user.id", index=True)
    agreed_at: datetime = moment_field(default_factory=now)

    user: User = Relationship()


class Preparation(Table, table=True):
    """One point to be ready before a mission, or one question to the other side: `asked_of` sees to it."""

    __tablename__ = "mission_preparation"
    __table_args__ = (
        one_of("asked_of", Side),
        CheckConstraint("(standard IS NULL) <> (text = '')", name="asked"),
        Index("ix_mission_preparation_mission", "mission_id", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    mission_id: int = Field(foreign_key="mission.id")
    standard: str | None = None
    """The key of a question that every mission asks (`preparing.STANDARD`), in the reader's language."""
    text: str = ""
    """Of a question of their own."""
    asked_of: Side = Field(sa_type=Value(Side))
    answer: str = ""
    done_at: datetime | None = moment_field(default=None)
    done_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    created_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)


class MissionDocument(Table, table=True):
    """What a mission produced: a report, a plan, a photographed sheet."""

    __tablename__ = "mission_document"
    __table_args__ = (Index("ix_mission_document_mission", "mission_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    mission_id: int = Field(foreign_key="mission.id")
    file_id: int = Field(foreign_key="stored_file.id", index=True)
    title: str
    added_by_id: int = Field(foreign_key="user.id", index=True)
    added_at: datetime = moment_field(default_factory=now)

    file: StoredFile = Relationship()


class Continue(StrEnum):
    YES = "yes"
    LATER = "later"
    NO = "no"


CRITERIA = ("adequacy", "coherence", "relevance", "efficiency")


class Evaluation(Table, table=True):
    """How one side says that it went; the four criteria from 1 (not at all) to 4 (wholly)."""

    __tablename__ = "mission_evaluation"
    __table_args__ = (
        one_of("side", Side),
        one_of("carry_on", Continue),
        *(CheckConstraint(f"{criterion} BETWEEN 1 AND 4", name=criterion) for criterion in CRITERIA),
        CheckConstraint("hours BETWEEN 1 AND 2000", name="hours"),
    )

    mission_id: int = Field(foreign_key="mission.id", primary_key=True)
    side: Side = Field(primary_key=True, sa_type=Value(Side))
    user_id: int = Field(foreign_key="user.id", index=True)
    useful: str
    difficult: str = ""
    carry_on: Continue = Field(sa_type=Value(Continue))
    adequacy: int | None = Field(default=None, sa_type=SmallInteger)
    coherence: int | None = Field(default=None, sa_type=SmallInteger)
    relevance: int | None = Field(default=None, sa_type=SmallInteger)
    efficiency: int | None = Field(default=None, sa_type=SmallInteger)
    hours: int | None = None
    """That the contributor gave, preparation included."""
    written_at: datetime = moment_field(default_factory=now)


class Practice(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class FollowUp(Table, table=True):
    """What was put into practice, one month and six months later."""

    __tablename__ = "mission_follow_up"
    __table_args__ = (one_of("practice", Practice), CheckConstraint("months IN (1, 6)", name="months"))

    mission_id: int = Field(foreign_key="mission.id", primary_key=True)
    months: int = Field(primary_key=True)
    practice: Practice = Field(sa_type=Value(Practice))
    text: str = ""
    again: bool = False
    """Whether a second mission would help."""
    user_id: int = Field(foreign_key="user.id", index=True)
    written_at: datetime = moment_field(default_factory=now)
