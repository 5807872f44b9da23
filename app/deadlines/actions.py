from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from app.deadlines.calendar import due_on
from app.deadlines.models import OpenStep, StepDelay
from app.deadlines.steps import DELAYS, Step
from app.journal.models import Subject
from app.kernel.database import now
from app.kernel.i18n import ZONE


def begin(
    session: Session,
    kind: Subject,
    subject_id: int,
    step: Step,
    since: datetime | None = None,
    due: date | None = None,
) -> date:
    """That step begins, and the one before is over; returns the day before which it is due.

    `since`: where it began earlier than now. `due`: where the day is not a matter of delays.
    """
    since = since or now()
    if due is None:
        changed = session.get(StepDelay, step)
        days = changed.days if changed else DELAYS[step].days
        due = due_on(since.astimezone(ZONE).date(), days, DELAYS[step].office)
    session.flush()
    values = {"step": step, "since": since, "due_on": due}
    statement = insert(OpenStep).values(subject_kind=kind, subject_id=subject_id, **values)
    session.execute(
        statement.on_conflict_do_update(index_elements=["subject_kind", "subject_id"], set_=values),
        execution_options={"populate_existing": True},
    )
    return due


def end(session: Session, kind: Subject, subject_id: int) -> None:
    """Nobody is waited for any more."""
    session.execute(delete(OpenStep).where(col(OpenStep.subject_kind) == kind, col(OpenStep.subject_id) == subject_id))
