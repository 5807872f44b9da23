from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import delete, inspect, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm.util import identity_key
from sqlmodel import Session, col

from app.deadlines.calendar import due_on
from app.deadlines.models import HOLDERS, OpenStep
from app.deadlines.queries import delay_of
from app.deadlines.steps import Level, Step
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
    first, delay = since.astimezone(ZONE).date(), delay_of(session, step)
    if due is None:
        due = due_on(first, delay.days, delay.office)
    # Nobody is reminded on the day on which they are asked.
    next_on = max(due + timedelta(days=delay.rhythm.days(Level.SOON)), first + timedelta(days=1))
    session.flush()
    values = {"step": step, "since": since, "due_on": due, "next_on": next_on}
    values |= dict.fromkeys(("reached", "region_code", "country"))
    statement = insert(OpenStep).values(subject_kind=kind, subject_id=subject_id, **values)
    anew = or_(col(OpenStep.step) != step, col(OpenStep.since) != since, col(OpenStep.due_on) != due)
    session.execute(
        statement.on_conflict_do_update(index_elements=["subject_kind", "subject_id"], set_=values, where=anew)
    )
    _forget(session, kind, subject_id)
    return due


def end(session: Session, kind: Subject, subject_id: int) -> None:
    """Nobody is waited for any more."""
    session.flush()
    session.execute(
        delete(OpenStep).where(col(OpenStep.subject_kind) == kind, col(OpenStep.subject_id) == subject_id),
        execution_options={"synchronize_session": False},
    )
    _forget(session, kind, subject_id)


def follow(session: Session, kind: Subject, subject_id: int, step: Step | None, since: datetime) -> None:
    """What the state of something says of it: that step, or nobody waited for."""
    if step is None:
        end(session, kind, subject_id)
        return
    now_at = session.get(OpenStep, (kind, subject_id), populate_existing=True)
    if now_at is None or (now_at.step, now_at.since) != (step, since):  # otherwise the day was told already
        begin(session, kind, subject_id, step, since)


def _forget(session: Session, kind: Subject, subject_id: int) -> None:
    """What was read before is read anew by whoever shows it in the same request."""
    known = session.identity_map.get(identity_key(OpenStep, (kind, subject_id)))
    if known is not None:
        session.expunge(known)
    holder = _holder(kind)
    row = session.identity_map.get(identity_key(holder, subject_id)) if holder else None
    if row is not None:
        session.expire(row, ["open_step"])


@cache
def _holder(kind: Subject) -> type[Any] | None:
    """The table whose rows have the attribute `open_step`."""
    name = HOLDERS.get(kind)
    return next((one.class_ for one in inspect(OpenStep).registry.mappers if one.class_.__name__ == name), None)
