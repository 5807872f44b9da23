from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.deadlines.steps import Step
from app.journal.models import Subject
from app.kernel.database import Table, Value, moment_field, now, one_of


class OpenStep(Table, table=True):
    """The step at which one open thing is: one row for each, none once it is over."""

    __tablename__ = "open_step"
    __table_args__ = (
        one_of("subject_kind", Subject),
        Index("ix_open_step_due", "due_on"),
    )

    subject_kind: Subject = Field(primary_key=True, sa_type=Value(Subject))
    subject_id: int = Field(primary_key=True)
    step: Step = Field(sa_type=Value(Step))
    since: datetime = moment_field(default_factory=now)
    due_on: date


class StepDelay(Table, table=True):
    """How many days an installation gives a step, where that is not what `steps.DELAYS` says."""

    __tablename__ = "step_delay"
    __table_args__ = (CheckConstraint("days BETWEEN 1 AND 400", name="days"),)

    step: Step = Field(primary_key=True, sa_type=Value(Step))
    days: int
