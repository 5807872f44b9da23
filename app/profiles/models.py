from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, Text, text
from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.journal.models import Subject
from app.kernel.database import Table, Value, moment_field, now, one_of
from app.matching.chips import ChipState
from app.organisations.models import Organisation
from app.taxonomy.models import Concept
from app.territories.models import Commune, Province, Region


class ProfileKind(StrEnum):
    PERSON = "person"
    ASSOCIATION = "association"
    GROUP = "group"  # people tied to one territory who answer together, with one contact


class Visibility(StrEnum):
    CARD = "card"  # nameless until a match is approved and the person said yes
    OPEN = "open"  # the name is shown to agents
    HIDDEN = "hidden"  # proposed to nobody


def texts() -> Column[list[str]]:
    return Column(ARRAY(Text), nullable=False, server_default="{}")


class Profile(Table, table=True):
    __tablename__ = "profile"
    __table_args__ = (
        one_of("kind", ProfileKind),
        one_of("visibility", Visibility),
        CheckConstraint("on_site OR remote", name="mode"),
        CheckConstraint("(kind = 'person') = (name = '')", name="named_unless_person"),
        Index("uq_profile_person", "owner_id", unique=True, postgresql_where=text("kind = 'person'")),
    )

    id: int = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="user.id", index=True)
    """The person, or the one contact of the group or association."""
    kind: ProfileKind = Field(default=ProfileKind.PERSON, sa_type=Value(ProfileKind))
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    name: str = ""
    """Of the group or association; a person's name is in the account."""
    abilities: str
    language: str
    """Of `abilities`: fr, ar or en."""
    languages: list[str] = Field(default_factory=list, sa_column=texts())
    """Spoken; `ber` is Amazigh."""
    on_site: bool
    remote: bool
    country: str
    town: str = ""
    occupation: str = ""
    availability: str = ""
    available_from: date | None = None
    themes: list[str] = Field(default_factory=list, sa_column=texts())
    other: str = ""
    """What else: equipment, contacts…"""
    links: list[str] = Field(default_factory=list, sa_column=texts())
    visibility: Visibility = Field(default=Visibility.CARD, sa_type=Value(Visibility))
    version: int = 1
    created_at: datetime = moment_field(default_factory=now)
    updated_at: datetime = moment_field(default_factory=now)

    owner: User = Relationship()
    organisation: Organisation | None = Relationship()
    places: list["ProfilePlace"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "ProfilePlace.id"}
    )
    chips: list["ProfileChip"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "ProfileChip.position"}
    )


class ProfilePlace(Table, table=True):
    """A territory that matters to somebody: exactly one of the three codes."""

    __tablename__ = "profile_place"
    __table_args__ = (
        CheckConstraint("num_nonnulls(commune_code, province_code, region_code) = 1", name="one_place"),
        Index(
            "uq_profile_place",
            "profile_id",
            "commune_code",
            "province_code",
            "region_code",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: int = Field(default=None, primary_key=True)
    profile_id: int = Field(foreign_key="profile.id", ondelete="CASCADE")
    commune_code: str | None = Field(default=None, foreign_key="commune.code", index=True)
    province_code: str | None = Field(default=None, foreign_key="province.code", index=True)
    region_code: str | None = Field(default=None, foreign_key="region.code", index=True)

    commune: Commune | None = Relationship()
    province: Province | None = Relationship()
    region: Region | None = Relationship()

    @property
    def code(self) -> str:
        return self.commune_code or self.province_code or self.region_code or ""


class ProfileChip(Table, table=True):
    """A concept found in what a person wrote, and what they said of it."""

    __tablename__ = "profile_chip"
    __table_args__ = (one_of("state", ChipState),)

    profile_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE")
    concept_id: str = Field(foreign_key="concept.id", primary_key=True)
    mention: str = ""
    """The words it was found in; empty when the person chose it."""
    state: ChipState = Field(default=ChipState.PROPOSED, sa_type=Value(ChipState))
    position: int = 0

    concept: Concept = Relationship()


class Solicitation(Table, table=True):
    """That somebody was asked for help, whoever asked (`solicitations.py`)."""

    __tablename__ = "solicitation"
    __table_args__ = (
        one_of("subject_kind", Subject),
        Index("ix_solicitation_user", "user_id", "at"),
        Index("ix_solicitation_subject", "subject_kind", "subject_id"),
    )

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id")
    at: datetime = moment_field(default_factory=now)
    subject_kind: Subject = Field(sa_type=Value(Subject))
    subject_id: int


class GroupMember(Table, table=True):
    __tablename__ = "group_member"

    profile_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE")
    user_id: int = Field(foreign_key="user.id", primary_key=True, index=True)
    joined_at: datetime = moment_field(default_factory=now)

    user: User = Relationship()


class GroupInvitation(Table, table=True):
    """The link by which the contact of a group lets others join it."""

    __tablename__ = "group_invitation"

    code: UUID = Field(primary_key=True)
    profile_id: int = Field(foreign_key="profile.id", unique=True, ondelete="CASCADE")
    created_at: datetime = moment_field(default_factory=now)
