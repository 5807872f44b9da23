from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Column, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, Relationship

from app.journal.models import Subject
from app.kernel.database import Table, Value, moment_field, now, one_of
from app.kernel.days import today
from app.kernel.i18n import N_, gettext


class Role(StrEnum):
    MEMBER = "member"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class GrantKind(StrEnum):
    COORDINATOR = "coordinator"  # sees what moderators leave waiting
    AMBASSADOR = "ambassador"  # enrols people who do not write
    TRUSTED_AUTHOR = "trusted_author"  # what they write is published at once


class LinkPurpose(StrEnum):
    CONFIRM = "confirm"
    SIGN_IN = "sign_in"
    RESET = "reset"
    CHANGE_EMAIL = "change_email"
    LEAVE = "leave"


GONE = N_("une personne qui n’est plus là")


class PersonName(TypeDecorator[str]):
    """Whoever left has no name: wherever one is read, these words stand, in the reader's language."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002
        return gettext(GONE) if value == "" else value


class User(Table, table=True):
    """An account. `email` is kept in lower case, `phone` as E.164 and unverified."""

    __tablename__ = "user"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint("email IS NOT NULL OR phone IS NOT NULL OR closed_at IS NOT NULL", name="reachable"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("phone IS NULL OR email IS NOT NULL OR password_hash IS NOT NULL", name="phone_password"),
        CheckConstraint("locale IN ('fr', 'ar')", name="locale"),
        Index("ix_user_asleep", "last_seen_on", postgresql_where=text("closed_at IS NULL")),
    )

    id: int = Field(default=None, primary_key=True)
    name: str = Field(sa_type=PersonName)
    email: str | None = Field(default=None, unique=True)
    email_confirmed_at: datetime | None = moment_field(default=None)
    phone: str | None = Field(default=None, unique=True)
    password_hash: str | None = None
    locale: str = "fr"
    role: Role = Field(default=Role.MEMBER, sa_type=Value(Role))
    not_before: date | None = None
    """Nobody asks them for help before that day: they set it themselves."""
    enrolled_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    created_at: datetime = moment_field(default_factory=now)
    last_seen_on: date = Field(default_factory=today)
    """The last day on which they were here, signed in."""
    closed_at: datetime | None = moment_field(default=None)
    """Nobody comes in any more, and what it held is forgotten (`personal_data`)."""

    scopes: list["ModeratorScope"] = Relationship()
    grants: list["Grant"] = Relationship()

    @property
    def is_moderator(self) -> bool:
        return self.role in (Role.MODERATOR, Role.ADMINISTRATOR)

    @property
    def is_administrator(self) -> bool:
        return self.role is Role.ADMINISTRATOR

    @property
    def has_desk(self) -> bool:
        """Something may wait for them as a moderator, or because moderators left it waiting."""
        return self.is_moderator or self.has_grant(GrantKind.COORDINATOR)

    def has_grant(self, kind: GrantKind) -> bool:
        return any(grant.kind is kind for grant in self.grants)


class ModeratorScope(Table, table=True):
    """What a moderator looks after: a region of Morocco, a country of residence, or everything (both empty)."""

    __tablename__ = "moderator_scope"
    __table_args__ = (
        CheckConstraint("region_code IS NULL OR country IS NULL", name="one_kind"),
        Index(
            "uq_moderator_scope_all",
            "user_id",
            "region_code",
            "country",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id")
    region_code: str | None = Field(default=None, foreign_key="region.code", index=True)
    country: str | None = None

    @property
    def is_everything(self) -> bool:
        return self.region_code is None and self.country is None


class Grant(Table, table=True):
    __tablename__ = "grant"
    __table_args__ = (one_of("kind", GrantKind),)

    user_id: int = Field(foreign_key="user.id", primary_key=True)
    kind: GrantKind = Field(primary_key=True, sa_type=Value(GrantKind))


class CharterAcceptance(Table, table=True):
    """Which text of the charter a person accepted, when and in which language; by whose hand when they do not write."""

    __tablename__ = "charter_acceptance"

    user_id: int = Field(foreign_key="user.id", primary_key=True)
    version: str = Field(primary_key=True)
    locale: str
    accepted_at: datetime = moment_field(default_factory=now)
    witness_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    consent: str | None = None
    """How the person agreed, in the words of the ambassador who enrolled them."""


class AccountSession(Table, table=True):
    """The row behind a session cookie: ending it signs that device out at once."""

    __tablename__ = "account_session"
    __table_args__ = (Index("ix_account_session_open", "user_id", postgresql_where=text("ended_at IS NULL")),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: int = Field(foreign_key="user.id")
    device: str = ""
    created_at: datetime = moment_field(default_factory=now)
    expires_at: datetime = moment_field()
    ended_at: datetime | None = moment_field(default=None)


class AccessLink(Table, table=True):
    """A link sent by e-mail: usable once, for a while; only the digest of its code is kept."""

    __tablename__ = "access_link"
    __table_args__ = (one_of("purpose", LinkPurpose),)

    digest: str = Field(primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    purpose: LinkPurpose = Field(sa_type=Value(LinkPurpose))
    email: str
    then: str = ""
    """The path to continue to."""
    created_at: datetime = moment_field(default_factory=now)
    expires_at: datetime = moment_field()
    used_at: datetime | None = moment_field(default=None)


class PendingSubmission(Table, table=True):
    """What somebody typed and sent without being signed in (any more): kept until they are, then sent on."""

    __tablename__ = "pending_submission"

    digest: str = Field(primary_key=True)
    path: str
    fields: list[Any] = Field(sa_column=Column(JSONB, nullable=False))
    """Pairs of name and text, in the order of the form."""
    created_at: datetime = moment_field(default_factory=now)


class Purpose(StrEnum):
    """What a person may agree to, each apart. Their words and versions are in `consents.py`."""

    PROPOSED = "proposed"  # to communes and associations, by a card without a name
    SHOWN_BY_NAME = "shown_by_name"  # on that card
    THANKED = "thanked"  # by name, where something was done
    PHOTOGRAPHED = "photographed"  # on the pictures of what was done
    NEWS_BY_EMAIL = "news_by_email"  # besides what concerns them
    RELAYED = "relayed"  # named as whoever passed a need on


class Consent(Table, table=True):
    """That a person agreed to one use, when and where; and when they took it back. A new yes is a new row."""

    __tablename__ = "consent"
    __table_args__ = (
        one_of("purpose", Purpose),
        Index("uq_consent_held", "user_id", "purpose", unique=True, postgresql_where=text("withdrawn_at IS NULL")),
    )

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    purpose: Purpose = Field(sa_type=Value(Purpose))
    version: str
    """Of the words that were agreed to."""
    place: str
    """On which page: `profile`, `account/data`…"""
    given_at: datetime = moment_field(default_factory=now)
    withdrawn_at: datetime | None = moment_field(default=None)


class ContactShown(Table, table=True):
    """That somebody was shown the addresses of somebody else: once for each day."""

    __tablename__ = "contact_shown"
    __table_args__ = (one_of("subject_kind", Subject),)

    person_id: int = Field(foreign_key="user.id", primary_key=True)
    viewer_id: int = Field(foreign_key="user.id", primary_key=True, index=True)
    day: date = Field(primary_key=True, default_factory=today)
    subject_kind: Subject = Field(sa_type=Value(Subject))
    subject_id: int
    """Because of what."""


class DepartureStep(StrEnum):
    ASKED = "asked"  # by its person, who may still stay
    MODERATOR_TOLD = "moderator_told"  # nobody came for long, and others count on them
    WARNED = "warned"
    WARNED_AGAIN = "warned_again"
    CLOSED = "closed"  # nobody comes in any more; what it held is to be forgotten


class Departure(Table, table=True):
    """An account on its way out: by its person's wish, or because nobody came for two years."""

    __tablename__ = "departure"
    __table_args__ = (one_of("step", DepartureStep), Index("ix_departure_next_at", "next_at"))

    user_id: int = Field(foreign_key="user.id", primary_key=True)
    step: DepartureStep = Field(sa_type=Value(DepartureStep))
    since: datetime = moment_field(default_factory=now)
    next_at: datetime = moment_field()
    """When the next step is due."""
