from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.deadlines.models import OpenStep, open_step_of
from app.journal.models import Subject
from app.kernel.database import Table, Value, moment_field, now, one_of
from app.kernel.i18n import country_name, current_locale
from app.territories.models import Commune, Province, Region


class OrganisationKind(StrEnum):
    COMMUNE = "commune"
    PROVINCE = "province"
    REGION = "region"
    LOCAL_ASSOCIATION = "local_association"
    DIASPORA_ASSOCIATION = "diaspora_association"
    COOPERATIVE = "cooperative"
    INSTITUTION = "institution"
    FOREIGN_MUNICIPALITY = "foreign_municipality"


class MembershipState(StrEnum):
    WAITING = "waiting"
    VERIFIED = "verified"
    REFUSED = "refused"
    ENDED = "ended"


class Organisation(Table, table=True):
    """`verified_at` empty: declared by a member, waiting for a moderator."""

    __tablename__ = "organisation"
    __table_args__ = (
        one_of("kind", OrganisationKind),
        CheckConstraint("name_fr <> '' OR name_ar <> ''", name="named"),
        CheckConstraint("kind <> 'commune' OR commune_code IS NOT NULL", name="commune_has_code"),
        Index("uq_organisation_commune", "commune_code", unique=True, postgresql_where=text("kind = 'commune'")),
    )

    id: int = Field(default=None, primary_key=True)
    kind: OrganisationKind = Field(sa_type=Value(OrganisationKind))
    name_fr: str = ""
    name_ar: str = ""
    commune_code: str | None = Field(default=None, foreign_key="commune.code", index=True)
    province_code: str | None = Field(default=None, foreign_key="province.code", index=True)
    region_code: str | None = Field(default=None, foreign_key="region.code", index=True)
    """Always filled for an organisation in Morocco: it says which moderators look after it."""
    country: str = "MA"
    town: str = ""
    about: str = ""
    created_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    created_at: datetime = moment_field(default_factory=now)
    verified_at: datetime | None = moment_field(default=None)
    verified_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    refused_at: datetime | None = moment_field(default=None)
    answer_days: int | None = None
    """How long an offer to its projects usually waits, where that encourages (`contributions.answering` keeps it)."""

    commune: Commune | None = Relationship()
    province: Province | None = Relationship()
    region: Region | None = Relationship()

    @property
    def place(self) -> str:
        """Where it is, in the reader's language."""
        territory = self.commune or self.province or self.region
        if territory is not None:
            return territory.full_name
        comma = "، " if current_locale() == "ar" else ", "
        return comma.join(part for part in (self.town, country_name(self.country)) if part)


class Membership(Table, table=True):
    """A person who speaks, or asks to speak, for an organisation."""

    __tablename__ = "membership"
    __table_args__ = (
        one_of("state", MembershipState),
        Index(
            "uq_membership_live",
            "organisation_id",
            "user_id",
            unique=True,
            postgresql_where=text("state IN ('waiting', 'verified')"),
        ),
        Index("ix_membership_waiting", "asked_at", postgresql_where=text("state = 'waiting'")),
    )

    id: int = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id")
    user_id: int = Field(foreign_key="user.id", index=True)
    state: MembershipState = Field(default=MembershipState.WAITING, sa_type=Value(MembershipState))
    function: str = ""
    """What the person is there: *agent de développement communal*, president, treasurer…"""
    asked_at: datetime = moment_field(default_factory=now)
    decided_at: datetime | None = moment_field(default=None)
    decided_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)

    organisation: Organisation = Relationship()
    user: User = Relationship(sa_relationship_kwargs={"foreign_keys": "Membership.user_id"})
    open_step: OpenStep | None = open_step_of("Membership", Subject.MEMBERSHIP)
