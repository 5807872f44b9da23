from datetime import datetime

from sqlalchemy import ARRAY, Column, Integer
from sqlmodel import Field

from app.deadlines.steps import Level, Step
from app.journal.models import Subject
from app.kernel.database import Table, Value, moment_field, now, one_of


class Reminder(Table, table=True):
    """That one level was reached for one step of one thing: the key is what keeps it from being said twice."""

    __tablename__ = "reminder"
    __table_args__ = (one_of("subject_kind", Subject), one_of("level", Level))

    subject_kind: Subject = Field(primary_key=True, sa_type=Value(Subject))
    subject_id: int = Field(primary_key=True)
    since: datetime = moment_field(primary_key=True)
    """When the step began: the same step that begins anew is another."""
    level: Level = Field(primary_key=True, sa_type=Value(Level))
    step: Step = Field(sa_type=Value(Step))
    at: datetime = moment_field(default_factory=now, index=True)
    message_ids: list[int] = Field(
        default_factory=list, sa_column=Column(ARRAY(Integer), nullable=False, server_default="{}")
    )
    """What was queued; none where there was nobody to remind."""
