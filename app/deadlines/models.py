from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, Relationship

from app.deadlines.steps import Delay, Level, Rhythm, Step
from app.journal.models import Subject
from app.kernel.database import Table, Value, moment_field, now, one_of


class OpenStep(Table, table=True):
    """The step at which one open thing is: one row for each, none once it is over."""

    __tablename__ = "open_step"
    __table_args__ = (
        one_of("subject_kind", Subject),
        one_of("reached", Level),
        CheckConstraint("(reached IS NOT DISTINCT FROM 'stuck') = (next_on IS NULL)", name="next_unless_stuck"),
        Index("ix_open_step_next", "next_on", postgresql_where=text("next_on IS NOT NULL")),
        Index(
            "ix_open_step_left_waiting",
            "due_on",
            postgresql_where=text("reached IN ('moderator', 'coordinator', 'stuck')"),
        ),
    )

    subject_kind: Subject = Field(primary_key=True, sa_type=Value(Subject))
    subject_id: int = Field(primary_key=True)
    step: Step = Field(sa_type=Value(Step))
    since: datetime = moment_field(default_factory=now)
    due_on: date
    reached: Level | None = Field(default=None, sa_type=Value(Level))
    """The last reminder that left."""
    next_on: date | None = None
    """The day of the next one; nothing more comes once it is stuck."""
    region_code: str | None = None
    country: str | None = None
    """Whose moderators look after it, once they were reminded: the desk finds it by these."""

    @property
    def is_stuck(self) -> bool:
        return self.next_on is None


HOLDERS: dict[Subject, str] = {}
"""The tables whose rows have an attribute `open_step`."""


def open_step_of(table: str, kind: Subject) -> Any:
    """The step at which a row of that table is, as its attribute `open_step`; to be read only, `actions` write it."""
    HOLDERS[kind] = table
    join = f"and_(foreign(OpenStep.subject_id) == {table}.id, OpenStep.subject_kind == '{kind.value}')"
    return Relationship(sa_relationship_kwargs={"primaryjoin": join, "uselist": False, "viewonly": True})


class StepDelay(Table, table=True):
    """How many days an installation gives a step, and after how many it is recalled, where that is not what
    `steps.DELAYS` says."""

    __tablename__ = "step_delay"
    __table_args__ = (
        CheckConstraint("days BETWEEN 1 AND 400", name="days"),
        CheckConstraint("soon BETWEEN 0 AND 100", name="soon"),
        CheckConstraint(
            "0 <= late AND late <= moderator AND moderator <= coordinator AND coordinator <= stuck AND stuck <= 400",
            name="rhythm",
        ),
    )

    step: Step = Field(primary_key=True, sa_type=Value(Step))
    days: int
    soon: int = Rhythm().soon
    late: int = Rhythm().late
    moderator: int = Rhythm().moderator
    coordinator: int = Rhythm().coordinator
    stuck: int = Rhythm().stuck

    def of(self, default: Delay) -> Delay:
        rhythm = Rhythm(self.soon, self.late, self.moderator, self.coordinator, self.stuck)
        return Delay(self.days, default.office, rhythm)
