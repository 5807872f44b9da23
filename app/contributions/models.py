from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import REAL, BigInteger, CheckConstraint, Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.deadlines.models import OpenStep, open_step_of
from app.journal.models import Subject
from app.kernel.database import Table, Value, moment_field, now, one_of
from app.matching.scoring import Closeness, Exclusion, Timing
from app.profiles.models import Profile
from app.projects.models import Need


class Origin(StrEnum):
    OFFER = "offer"  # the contributor came
    INVITATION = "invitation"  # the contributor was asked


class State(StrEnum):
    PROPOSED = "proposed"  # the moderator looks at the match
    APPROVED = "approved"  # the other side answers: the organisation to an offer, the contributor to an invitation
    WAITING_LIST = "waiting_list"
    ACCEPTED = "accepted"  # both sides agreed: addresses are exchanged
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"  # the moderator did not find it a match
    CLOSED = "closed"  # nobody answered, and a moderator says what became of it


class DeclineReason(StrEnum):
    FOUND_OTHERS = "found_others"
    OTHER_SKILL = "other_skill"
    NOT_NOW = "not_now"
    TOO_FAR = "too_far"
    NO_TIME = "no_time"
    NO_ANSWER = "no_answer"
    SETTLED = "settled"
    CHANGED = "changed"
    OTHER = "other"


class Contribution(Table, table=True):
    __tablename__ = "contribution"
    __table_args__ = (
        one_of("origin", Origin),
        one_of("state", State),
        one_of("reason", DeclineReason),
        CheckConstraint("pledged >= 0 AND sent >= 0", name="objects"),
        Index(
            "uq_contribution_live",
            "need_id",
            "profile_id",
            unique=True,
            postgresql_where=text("state IN ('proposed', 'approved', 'waiting_list', 'accepted')"),
        ),
        Index("ix_contribution_proposed", "state_since", postgresql_where=text("state = 'proposed'")),
        Index("ix_contribution_profile", "profile_id", "id"),
        Index("ix_contribution_relayed", "id", postgresql_where=text("relay_code IS NOT NULL")),
    )

    id: int = Field(default=None, primary_key=True)
    need_id: int = Field(foreign_key="need.id")
    profile_id: int = Field(foreign_key="profile.id")
    origin: Origin = Field(sa_type=Value(Origin))
    state: State = Field(default=State.PROPOSED, sa_type=Value(State))
    state_since: datetime = moment_field(default_factory=now)
    message: str = ""
    """The words of the offer or invitation."""
    reasons: list[Any] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False, server_default="[]"))
    """Why they matched on the day it was proposed, without language (`matching.explanation`)."""
    reason: DeclineReason | None = Field(default=None, sa_type=Value(DeclineReason))
    word: str = ""
    """What was said when declining, withdrawing or refusing."""
    pledged: int | None = None
    """How many objects this person gives, for equipment; of an invitation, once they said."""
    sent: int = 0
    """Of them, those that are on their way or were received: `deliveries` counts them."""
    part: str = ""
    """Who does what, when several work on one need: the line of this person, in the words of the team."""
    created_by_id: int = Field(foreign_key="user.id", index=True)
    created_at: datetime = moment_field(default_factory=now)
    approved_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    relay_code: str | None = None
    """Of the link by which the person came to offer, as the form said it (`relays.crediting` reads it)."""
    relayer_told: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Whether the person lets whoever passed the word on know who offered."""

    need: Need = Relationship()
    profile: Profile = Relationship()
    created_by: User = Relationship(sa_relationship_kwargs={"foreign_keys": "Contribution.created_by_id"})
    open_step: OpenStep | None = open_step_of("Contribution", Subject.CONTRIBUTION)


class ContributionDocument(Table, table=True):
    """A CV, a diploma, a plan: what a contributor shows beside an offer, to those who decide about it alone."""

    __tablename__ = "contribution_document"

    id: int = Field(default=None, primary_key=True)
    contribution_id: int = Field(foreign_key="contribution.id", index=True)
    file_id: int = Field(foreign_key="stored_file.id", unique=True)
    added_at: datetime = moment_field(default_factory=now)


class Match(Table, table=True):
    """What is known of a person and a need that are among the best for each other (`kept.py`): found in advance."""

    __tablename__ = "match"
    __table_args__ = (
        one_of("closeness", Closeness),
        one_of("timing", Timing),
        one_of("excluded", Exclusion),
        Index("ix_match_need", "need_id", text("score DESC")),
        Index("ix_match_profile", "profile_id", text("score DESC")),
    )

    need_id: int = Field(foreign_key="need.id", primary_key=True, ondelete="CASCADE")
    profile_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE")
    score: float = Field(sa_type=REAL)
    """`Fit.score` but for fairness, which changes with every invitation."""
    competence: float = Field(sa_type=REAL)
    closeness: Closeness = Field(sa_type=Value(Closeness))
    timing: Timing = Field(sa_type=Value(Timing))
    likes_theme: bool
    excluded: Exclusion | None = Field(default=None, sa_type=Value(Exclusion))
    reasons: list[Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    """Without language; none yet, of whoever is too far down to be looked at."""


class ListKind(StrEnum):
    NEED = "need"
    PROFILE = "profile"


class MatchList(Table, table=True):
    """That the best for a need or for a profile are kept, and as of when."""

    __tablename__ = "match_list"
    __table_args__ = (
        one_of("kind", ListKind),
        Index("ix_match_list_unexplained", "subject_id", postgresql_where=text("NOT explained")),
    )

    kind: ListKind = Field(primary_key=True, sa_type=Value(ListKind))
    subject_id: int = Field(primary_key=True)
    seen: int = Field(sa_type=BigInteger)
    """What every transaction before this one stored is in it (`matching.retrieval`); 0: it is to be made."""
    made_with: str
    """Which artefacts and rules: one made with others is to be made again."""
    best: float = Field(sa_type=REAL)
    """The highest competence in it."""
    least: float = Field(sa_type=REAL)
    """Whoever has this score or more is in it."""
    explained: bool = True
    """Whether the reasons of the first are kept too; else they are found as the list is read."""
