from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.deadlines.models import OpenStep, open_step_of
from app.journal.models import Subject
from app.kernel.database import Table, Value, moment_field, now, one_of
from app.matching.chips import ChipState
from app.organisations.models import Organisation
from app.taxonomy.models import Concept, Theme
from app.territories.models import Commune


class Moderation(StrEnum):
    WAITING = "waiting"
    QUESTION = "question"  # the moderator asked; the author answers next
    RETURNED = "returned"  # with a reason; the author may send it again
    HELPING = "helping"  # the moderator offered to write it together
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"  # by its author, who may send it again


class Stage(StrEnum):
    IDEA = "idea"
    OPEN = "open"  # at least one need is looked for
    UNDER_WAY = "under_way"
    REALISED = "realised"


class NeedKind(StrEnum):
    SKILL = "skill"
    TRAINING = "training"
    IDEAS = "ideas"
    STUDY = "study"
    EQUIPMENT = "equipment"
    CONTACTS = "contacts"
    FUNDING_FILE = "funding_file"
    INVESTMENT = "investment"  # an investor is looked for; no payment ever passes here


class Mode(StrEnum):
    ON_SITE = "onsite"
    REMOTE = "remote"
    EITHER = "either"


class Duration(StrEnum):
    ONE_OFF = "one_off"
    LONG = "long"


class NeedState(StrEnum):
    OPEN = "open"
    FILLED = "filled"
    CLOSED = "closed"


class PhotoKind(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    OTHER = "other"


class ThanksState(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"  # named on the page of the project
    DECLINED = "declined"  # at once, or later: a name is taken back at any time


class Project(Table, table=True):
    __tablename__ = "project"
    __table_args__ = (
        one_of("moderation", Moderation),
        one_of("stage", Stage),
        CheckConstraint("language IN ('fr', 'ar')", name="language"),
        CheckConstraint("(moderation = 'published') = (published_at IS NOT NULL)", name="published"),
        CheckConstraint("(endorsed_by_id IS NULL) = (endorsed_at IS NULL)", name="endorsed"),
        Index("ix_project_published", "published_at", "id", postgresql_where=text("moderation = 'published'")),
        Index("ix_project_waiting", "moderation_since", postgresql_where=text("moderation <> 'published'")),
    )

    id: int = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="user.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """In whose name it was posted, if the author speaks for an organisation."""
    commune_code: str = Field(foreign_key="commune.code", index=True)
    title: str
    summary: str
    language: str
    theme_code: str | None = Field(default=None, foreign_key="theme.code", index=True)
    stage: Stage = Field(default=Stage.IDEA, sa_type=Value(Stage))
    moderation: Moderation = Field(default=Moderation.WAITING, sa_type=Value(Moderation))
    moderation_since: datetime = moment_field(default_factory=now)
    helper_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    """The moderator who writes it together with the author."""
    published_at: datetime | None = moment_field(default=None)
    inspired_by_id: int | None = Field(default=None, foreign_key="project.id", index=True)
    """The project of another commune that its author had before them while writing this one."""
    endorsed_by_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    endorsed_at: datetime | None = moment_field(default=None)
    created_at: datetime = moment_field(default_factory=now)
    updated_at: datetime = moment_field(default_factory=now)

    author: User = Relationship(sa_relationship_kwargs={"foreign_keys": "Project.author_id"})
    organisation: Organisation | None = Relationship(sa_relationship_kwargs={"foreign_keys": "Project.organisation_id"})
    endorsed_by: Organisation | None = Relationship(sa_relationship_kwargs={"foreign_keys": "Project.endorsed_by_id"})
    commune: Commune = Relationship()
    theme: Theme | None = Relationship()
    open_step: OpenStep | None = open_step_of("Project", Subject.PROJECT)


class Section(Table, table=True):
    """The present text of one section of a fiche. Its fields are the form of that name (`sections.py`)."""

    __tablename__ = "project_section"

    project_id: int = Field(foreign_key="project.id", primary_key=True)
    name: str = Field(primary_key=True)
    version: int = 1
    content: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    language: str
    edited_by_id: int = Field(foreign_key="user.id", index=True)
    edited_at: datetime = moment_field(default_factory=now)

    edited_by: User = Relationship()


class SectionVersion(Table, table=True):
    """Every version that a section ever had, the present one included."""

    __tablename__ = "project_section_version"

    project_id: int = Field(foreign_key="project.id", primary_key=True)
    name: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    language: str
    edited_by_id: int = Field(foreign_key="user.id", index=True)
    edited_at: datetime = moment_field(default_factory=now)

    edited_by: User = Relationship()


class Translation(Table, table=True):
    """A section in the other language, by a person; `of_version` says which text it translates."""

    __tablename__ = "project_translation"
    __table_args__ = (CheckConstraint("language IN ('fr', 'ar')", name="language"),)

    project_id: int = Field(foreign_key="project.id", primary_key=True)
    name: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    of_version: int
    author_id: int = Field(foreign_key="user.id", index=True)
    written_at: datetime = moment_field(default_factory=now)

    author: User = Relationship()


class CoAuthor(Table, table=True):
    """Somebody who may edit a fiche besides its author and its organisation's members."""

    __tablename__ = "co_author"

    project_id: int = Field(foreign_key="project.id", primary_key=True)
    user_id: int = Field(foreign_key="user.id", primary_key=True, index=True)
    invited_by_id: int = Field(foreign_key="user.id", index=True)
    joined_at: datetime = moment_field(default_factory=now)

    user: User = Relationship(sa_relationship_kwargs={"foreign_keys": "CoAuthor.user_id"})


class CoAuthorInvitation(Table, table=True):
    """The link by which an editor lets others write along."""

    __tablename__ = "co_author_invitation"

    code: UUID = Field(primary_key=True)
    project_id: int = Field(foreign_key="project.id", unique=True)
    created_by_id: int = Field(foreign_key="user.id", index=True)
    created_at: datetime = moment_field(default_factory=now)


class Need(Table, table=True):
    __tablename__ = "need"
    __table_args__ = (
        one_of("kind", NeedKind),
        one_of("mode", Mode),
        one_of("duration", Duration),
        one_of("state", NeedState),
        CheckConstraint("people_wanted BETWEEN 1 AND 500", name="people_wanted"),
        CheckConstraint("(kind = 'equipment') = (quantity IS NOT NULL)", name="quantity"),
        CheckConstraint("promised >= 0 AND on_the_way >= 0 AND received >= 0", name="objects"),
        CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="period"),
        CheckConstraint("language IN ('fr', 'ar')", name="language"),
        Index("ix_need_project", "project_id", "id"),
        Index("ix_need_open", "id", postgresql_where=text("state = 'open'")),
    )

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    kind: NeedKind = Field(sa_type=Value(NeedKind))
    text: str
    language: str
    people_wanted: int = 1
    quantity: int | None = None
    """How many objects, for equipment."""
    promised: int = 0
    """Of them, those that somebody gives, wherever they are by now; `contributions` counts them."""
    on_the_way: int = 0
    received: int = 0
    """Both counted by `deliveries`."""
    mode: Mode = Field(default=Mode.EITHER, sa_type=Value(Mode))
    duration: Duration = Field(default=Duration.ONE_OFF, sa_type=Value(Duration))
    starts_on: date | None = None
    ends_on: date | None = None
    state: NeedState = Field(default=NeedState.OPEN, sa_type=Value(NeedState))
    version: int = 1
    created_by_id: int = Field(foreign_key="user.id", index=True)
    created_at: datetime = moment_field(default_factory=now)
    updated_at: datetime = moment_field(default_factory=now)

    project: Project = Relationship()
    chips: list["NeedChip"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "NeedChip.position"}
    )


class NeedChip(Table, table=True):
    """A concept found in the text of a need, and what its editors said of it."""

    __tablename__ = "need_chip"
    __table_args__ = (one_of("state", ChipState),)

    need_id: int = Field(foreign_key="need.id", primary_key=True, ondelete="CASCADE")
    concept_id: str = Field(foreign_key="concept.id", primary_key=True)
    mention: str = ""
    state: ChipState = Field(default=ChipState.PROPOSED, sa_type=Value(ChipState))
    position: int = 0

    concept: Concept = Relationship()


class Photo(Table, table=True):
    """A picture of a project. Everybody sees it once it is described, and the people on it agreed."""

    __tablename__ = "project_photo"
    __table_args__ = (
        one_of("kind", PhotoKind),
        CheckConstraint("language IN ('fr', 'ar')", name="language"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_by_id IS NULL)", name="hidden"),
        Index("ix_project_photo_project", "project_id", "position"),
    )

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    file_id: int = Field(foreign_key="stored_file.id", unique=True)
    kind: PhotoKind = Field(default=PhotoKind.AFTER, sa_type=Value(PhotoKind))
    words: str = ""
    """What it shows, for whoever does not see it."""
    language: str
    version: int = 1
    """Of the words."""
    consent_at: datetime | None = moment_field(default=None)
    """When somebody ticked that those whom one recognises agree to be shown."""
    consent_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    position: int
    added_by_id: int = Field(foreign_key="user.id", index=True)
    added_at: datetime = moment_field(default_factory=now)
    hidden_at: datetime | None = moment_field(default=None)
    """By a moderator, with a reason."""
    hidden_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    hidden_reason: str = ""


class Thanks(Table, table=True):
    """Whether somebody who helped wants to be named on the page of what was done: asked once, answered with a date."""

    __tablename__ = "project_thanks"
    __table_args__ = (
        one_of("state", ThanksState),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered"),
    )

    project_id: int = Field(foreign_key="project.id", primary_key=True)
    user_id: int = Field(foreign_key="user.id", primary_key=True, index=True)
    name: str
    """As the person wants to be called there."""
    state: ThanksState = Field(default=ThanksState.ASKED, sa_type=Value(ThanksState))
    words: str = ""
    """With which the team asked."""
    asked_by_id: int = Field(foreign_key="user.id", index=True)
    asked_at: datetime = moment_field(default_factory=now)
    answered_at: datetime | None = moment_field(default=None)

    user: User = Relationship(sa_relationship_kwargs={"foreign_keys": "Thanks.user_id"})
