from collections.abc import Collection

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from app.deadlines.models import OpenStep, StepDelay
from app.deadlines.steps import DELAYS, Delay, Step
from app.journal.models import Subject
from app.kernel.days import today


def delay_of(session: Session, step: Step) -> Delay:
    """What this installation gives that step."""
    changed = session.get(StepDelay, step)
    return changed.of(DELAYS[step]) if changed else DELAYS[step]


def delays(session: Session) -> dict[Step, Delay]:
    """The same, of all steps."""
    changed = {row.step: row for row in session.exec(select(StepDelay))}
    return {step: changed[step].of(delay) if step in changed else delay for step, delay in DELAYS.items()}


def under_way(session: Session, kind: Subject, ids: Collection[int]) -> dict[int, OpenStep]:
    """The steps at which these things are, by their numbers; what is over is not there."""
    if not ids:
        return {}
    statement = (
        select(OpenStep)
        .where(OpenStep.subject_kind == kind, col(OpenStep.subject_id).in_(ids))
        .execution_options(populate_existing=True)
    )
    return {row.subject_id: row for row in session.exec(statement)}


def is_late(kind: Subject, subject_id: Mapped[int]) -> ColumnElement[bool]:
    """That the day told to people is past."""
    return exists().where(
        col(OpenStep.subject_kind) == kind, col(OpenStep.subject_id) == subject_id, col(OpenStep.due_on) < today()
    )
