from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.deadlines.models import OpenStep, open_step_of
from app.journal.models import Subject
from app.kernel.database import Table, Value, moment_field, now, one_of
from app.territories.models import Commune, Province, Region


class NewsState(StrEnum):
    WAITING = "waiting"
    RETURNED = "returned"
    PUBLISHED = "published"


class NewsItem(Table, table=True):
    __tablename__ = "news_item"
    __table_args__ = (
        one_of("state", NewsState),
        CheckConstraint("language IN ('fr', 'ar')", name="language"),
        CheckConstraint("num_nonnulls(commune_code, province_code, region_code) <= 1", name="one_place"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        Index("ix_news_item_published", "published_at", "id", postgresql_where=text("state = 'published'")),
        Index("ix_news_item_waiting", "state_since", postgresql_where=text("state = 'waiting'")),
    )

    id: int = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="user.id", index=True)
    title: str
    text: str
    language: str
    commune_code: str | None = Field(default=None, foreign_key="commune.code", index=True)
    province_code: str | None = Field(default=None, foreign_key="province.code", index=True)
    region_code: str | None = Field(default=None, foreign_key="region.code", index=True)
    happens_on: date | None = None
    deadline: date | None = None
    """Of a funding call."""
    state: NewsState = Field(default=NewsState.WAITING, sa_type=Value(NewsState))
    state_since: datetime = moment_field(default_factory=now)
    published_at: datetime | None = moment_field(default=None)
    created_at: datetime = moment_field(default_factory=now)
    version: int = 1

    author: User = Relationship()
    commune: Commune | None = Relationship()
    province: Province | None = Relationship()
    region: Region | None = Relationship()
    open_step: OpenStep | None = open_step_of("NewsItem", Subject.NEWS)
