from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.contributions.models import Contribution
from app.kernel.database import Table, Value, moment_field, now, one_of
from app.matching.chips import ChipState
from app.organisations.models import Organisation
from app.projects.models import Need
from app.taxonomy.models import Concept
from app.territories.models import Commune


class RelayState(StrEnum):
    ASKED = "asked"  # a team asked a member who knows people to pass the word on
    OPEN = "open"  # the link may be sent
    STOPPED = "stopped"  # the relayer stopped the link: it shows the need, and counts nothing
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # no longer asked for


class RelayReason(StrEnum):
    NO_LONGER_KNOWN = "no_longer_known"
    NOT_SUITED = "not_suited"
    NOT_NOW = "not_now"
    NO_TIME = "no_time"
    OTHER = "other"


class Relay(Table, table=True):
    """One member who passes the word on for one need, by one link."""

    __tablename__ = "relay"
    __table_args__ = (
        one_of("state", RelayState),
        one_of("reason", RelayReason),
        Index(
            "uq_relay_live",
            "need_id",
            "user_id",
            unique=True,
            postgresql_where=text("state IN ('asked', 'open', 'stopped')"),
        ),
        Index("ix_relay_user", "user_id", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    """What the link says: public, so short."""
    need_id: int = Field(foreign_key="need.id")
    user_id: int = Field(foreign_key="user.id")
    """Who relays, or is asked to."""
    is_named: bool = False
    """Whether readers of the link see the name of who relays."""
    state: RelayState = Field(default=RelayState.OPEN, sa_type=Value(RelayState))
    state_since: datetime = moment_field(default_factory=now)
    opened: int = 0
    """How many times the link was opened: openings, not people."""
    asked_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    known_person_id: int | None = Field(default=None, foreign_key="known_person.id", index=True)
    """The people whom the relayer is asked to reach."""
    message: str = ""
    """The words of whoever asks."""
    reason: RelayReason | None = Field(default=None, sa_type=Value(RelayReason))
    word: str = ""
    created_at: datetime = moment_field(default_factory=now)

    need: Need = Relationship()
    user: User = Relationship(sa_relationship_kwargs={"foreign_keys": "Relay.user_id"})
    asked_by: User | None = Relationship(sa_relationship_kwargs={"foreign_keys": "Relay.asked_by_id"})
    known_person: "KnownPerson" = Relationship()


class RelayCredit(Table, table=True):
    """A relay that led to an offer."""

    __tablename__ = "relay_credit"

    contribution_id: int = Field(foreign_key="contribution.id", primary_key=True)
    relay_id: int = Field(foreign_key="relay.id", index=True)
    credited_at: datetime = moment_field(default_factory=now)
    agreement_told_at: datetime | None = moment_field(default=None)
    """When the relayer was told that both sides agreed."""

    relay: Relay = Relationship()
    contribution: Contribution = Relationship()


class KnownState(StrEnum):
    ASKED = "asked"  # another member was named as the one who can reach them, and has not said yes
    LISTED = "listed"
    REFUSED = "refused"  # that member cannot reach them: somebody else can, perhaps
    ENDED = "ended"


class KnownPerson(Table, table=True):
    """Some people of one place who do the same: how many, what, where they live now. Never who they are."""

    __tablename__ = "known_person"
    __table_args__ = (
        one_of("state", KnownState),
        CheckConstraint("how_many BETWEEN 1 AND 500", name="how_many"),
        Index("ix_known_person_commune", "commune_code", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    recorded_by_id: int = Field(foreign_key="user.id", index=True)
    reach_id: int = Field(foreign_key="user.id", index=True)
    """The member who can reach them."""
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """In whose name it was noted: those who speak for it see it too."""
    occupation: str
    """What they do or know how to do."""
    language: str
    how_many: int = 1
    country: str
    town: str = ""
    commune_code: str = Field(foreign_key="commune.code")
    """Where they come from."""
    douar: str = ""
    state: KnownState = Field(default=KnownState.LISTED, sa_type=Value(KnownState))
    state_since: datetime = moment_field(default_factory=now)
    version: int = 1
    created_at: datetime = moment_field(default_factory=now)

    recorded_by: User = Relationship(sa_relationship_kwargs={"foreign_keys": "KnownPerson.recorded_by_id"})
    reach: User = Relationship(sa_relationship_kwargs={"foreign_keys": "KnownPerson.reach_id"})
    organisation: Organisation | None = Relationship()
    commune: Commune = Relationship()
    chips: list["KnownPersonChip"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "KnownPersonChip.position"}
    )


class KnownPersonChip(Table, table=True):
    """A concept found in what they do, and what was said of it."""

    __tablename__ = "known_person_chip"
    __table_args__ = (one_of("state", ChipState),)

    known_person_id: int = Field(foreign_key="known_person.id", primary_key=True, ondelete="CASCADE")
    concept_id: str = Field(foreign_key="concept.id", primary_key=True)
    mention: str = ""
    state: ChipState = Field(default=ChipState.PROPOSED, sa_type=Value(ChipState))
    position: int = 0

    concept: Concept = Relationship()
