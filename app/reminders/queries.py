"""What others leave waiting, for the desk of those who look after it: found by an index, read a few kinds at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import Session, col, select

from app.accounts.models import GrantKind, User
from app.deadlines.models import OpenStep
from app.deadlines.steps import Level
from app.deadlines.wording import Next, next_step
from app.journal.models import Subject
from app.kernel.errors import NotFound
from app.reminders.models import Reminder
from app.reminders.registry import WAITS
from app.reminders.rules import looks_after
from app.reminders.things import Thing

MAX_ID = 2**31 - 1

LEFT = (Level.MODERATOR, Level.COORDINATOR, Level.STUCK)
LEFT_LONG = (Level.COORDINATOR, Level.STUCK)
OF_OTHERS = tuple(step for step, wait in WAITS.items() if wait.owners)
"""What moderators answer themselves is on the desk anyhow."""


@dataclass(frozen=True)
class LeftWaiting:
    """One open thing that somebody else does not answer."""

    open_step: OpenStep
    thing: Thing
    said: Next

    @property
    def key(self) -> str:
        return f"{self.open_step.subject_kind}-{self.open_step.subject_id}"


def left_waiting_for(user: User) -> ColumnElement[bool]:
    """The condition that goes with `rules.looks_after`; coordinators see it once they were reminded, too."""
    return and_(col(OpenStep.step).in_(OF_OTHERS), or_(_in_charge(user), _coordinated_by(user)))


def _in_charge(user: User) -> ColumnElement[bool]:
    if not user.is_moderator:
        return false()
    regions = [scope.region_code for scope in user.scopes if scope.region_code]
    countries = [scope.country for scope in user.scopes if scope.country]
    everything = user.is_administrator or any(scope.is_everything for scope in user.scopes)
    near = or_(col(OpenStep.region_code).in_(regions), col(OpenStep.country).in_(countries))
    return and_(col(OpenStep.reached).in_(LEFT), true() if everything else near)


def _coordinated_by(user: User) -> ColumnElement[bool]:
    return col(OpenStep.reached).in_(LEFT_LONG) if user.has_grant(GrantKind.COORDINATOR) else false()


def left_waiting(session: Session, user: User, limit: int) -> list[LeftWaiting]:
    """The oldest first."""
    rows = session.exec(
        select(OpenStep).where(left_waiting_for(user)).order_by(col(OpenStep.due_on), col(OpenStep.since)).limit(limit)
    ).all()
    return _read(session, rows)


def _read(session: Session, rows: Sequence[OpenStep]) -> list[LeftWaiting]:
    """As many queries for one as for fifty of a kind."""
    things: dict[tuple[object, int], Thing] = {}
    for read in {WAITS[row.step].read for row in rows}:
        numbers: Collection[int] = {row.subject_id for row in rows if WAITS[row.step].read is read}
        things |= {(read, number): thing for number, thing in read(session, numbers).items()}
    return [
        LeftWaiting(row, thing, next_step(row, mine=False))
        for row in rows
        if (thing := things.get((WAITS[row.step].read, row.subject_id)))
    ]


def open_of(session: Session, user: User, kind: Subject, subject_id: int, hold: bool = False) -> LeftWaiting | None:
    """One thing that is late, for whoever looks after it; None once it is answered. Raises NotFound."""
    if not user.has_desk or not 0 < subject_id <= MAX_ID:
        raise NotFound
    row = session.get(OpenStep, (kind, subject_id), with_for_update=True if hold else None, populate_existing=True)
    if row is None:
        return None
    found = _read(session, [row])
    if not found or row.step not in OF_OTHERS or not looks_after(user, row, found[0].thing):
        raise NotFound
    return found[0]


def reminders_of(session: Session, row: OpenStep) -> list[tuple[Level, datetime]]:
    """Which reminders left, and when."""
    rows = session.exec(
        select(Reminder)
        .where(Reminder.subject_kind == row.subject_kind, Reminder.subject_id == row.subject_id)
        .where(Reminder.since == row.since)
        .order_by(col(Reminder.at))
    )
    return [(one.level, one.at) for one in rows]
