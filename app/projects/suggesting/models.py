from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.kernel.database import Table, Value, moment_field, now, one_of
from app.projects.models import Project


class SuggestionKind(StrEnum):
    REMARK = "remark"  # an idea, a piece of advice: whoever answers puts it into words
    ADDITION = "addition"  # lines to put below what is written
    REWRITING = "rewriting"  # the text of the section, said otherwise


class SuggestionState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"  # taken into the section as it was written
    ADAPTED = "adapted"  # taken, in the words of whoever answered
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by its author


class Suggestion(Table, table=True):
    __tablename__ = "suggestion"
    __table_args__ = (
        one_of("kind", SuggestionKind),
        one_of("state", SuggestionState),
        CheckConstraint("language IN ('fr', 'ar')", name="language"),
        CheckConstraint("(state IN ('accepted', 'adapted')) = (taken_version IS NOT NULL)", name="taken"),
        Index("ix_suggestion_author", "author_id", "id"),
        Index("ix_suggestion_section", "project_id", "section", "taken_version"),
        Index("ix_suggestion_open", "project_id", "id", postgresql_where=text("state = 'open'")),
    )

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    section: str
    kind: SuggestionKind = Field(sa_type=Value(SuggestionKind))
    text: str
    language: str
    of_version: int
    """Of the section, which its author was reading; 0 where nothing was written yet."""
    author_id: int = Field(foreign_key="user.id")
    state: SuggestionState = Field(default=SuggestionState.OPEN, sa_type=Value(SuggestionState))
    word: str = ""
    """Why it was declined, as its author reads it."""
    taken_version: int | None = None
    """The version of the section in which it is."""
    answered_by_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    created_at: datetime = moment_field(default_factory=now)
    state_since: datetime = moment_field(default_factory=now)

    project: Project = Relationship()
    author: User = Relationship(sa_relationship_kwargs={"foreign_keys": "Suggestion.author_id"})
    answered_by: User | None = Relationship(sa_relationship_kwargs={"foreign_keys": "Suggestion.answered_by_id"})
