"""Reminding, level after level: one row at a time, each in a transaction of its own, whatever the number of workers."""

from collections.abc import Sequence
from datetime import timedelta

import structlog
from sqlalchemy import Engine, exists, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import User
from app.deadlines import actions as deadlines
from app.deadlines.models import OpenStep
from app.deadlines.queries import delay_of
from app.deadlines.steps import Level
from app.journal.models import Subject
from app.kernel.database import now
from app.kernel.days import today
from app.kernel.i18n import ZONE, speaking
from app.notifications import actions as notifications
from app.notifications.models import Message, MessageState
from app.reminders import people
from app.reminders.messages import LeftWaiting, LeftWaitingLong, StepReminder
from app.reminders.models import Reminder
from app.reminders.registry import WAITS
from app.reminders.things import Thing

OPENS = 8
"""The hour in Morocco from which a day's reminders leave."""
LEVELS = tuple(Level)
NOTICES: dict[Level, type[StepReminder]] = {
    Level.SOON: StepReminder,
    Level.LATE: StepReminder,
    Level.MODERATOR: LeftWaiting,
    Level.COORDINATOR: LeftWaitingLong,
}
log = structlog.get_logger("reminders")


def remind_due(engine: Engine, most: int = 20) -> int:
    """Up to so many of today's; returns how many were done. Several workers may run this at the same time."""
    if now().astimezone(ZONE).hour < OPENS:
        return 0
    done = 0
    while done < most:
        with Session(engine) as session:
            row = _claim(session)
            if row is None:
                break
            key = row.subject_kind, row.subject_id
            try:
                remind(session, row)
                session.commit()
            except Exception:
                session.rollback()
                log.exception("could not be reminded", subject=key)  # tomorrow again; the others have their turn
                _put_off(session, *key)
        done += 1
    return done


def _claim(session: Session) -> OpenStep | None:
    """The next row that is due, which nobody else touches until we are done with it."""
    return session.exec(next_due()).first()


def next_due() -> SelectOfScalar[OpenStep]:
    due = select(OpenStep).where(col(OpenStep.next_on) <= today()).order_by(col(OpenStep.next_on))
    return due.limit(1).with_for_update(skip_locked=True)


def _put_off(session: Session, kind: Subject, subject_id: int) -> None:
    where = (col(OpenStep.subject_kind) == kind, col(OpenStep.subject_id) == subject_id)
    session.execute(update(OpenStep).where(*where).values(next_on=today() + timedelta(days=1)))
    session.commit()


def remind(session: Session, row: OpenStep) -> None:
    """The next level of this step: whoever it is for is told, and the day of the one after is written down."""
    thing = WAITS[row.step].read(session, [row.subject_id]).get(row.subject_id)
    if thing is None:  # it is there no more
        deadlines.end(session, row.subject_kind, row.subject_id)
        return
    level = LEVELS[0 if row.reached is None else LEVELS.index(row.reached) + 1]
    told, rhythm = _tell(session, row, level, thing), delay_of(session, row.step).rhythm
    following = LEVELS[LEVELS.index(level) + 1] if level is not Level.STUCK else None
    # Late for whatever reason, a level never comes on the day of the one before: people are given time to act.
    earliest = today() + timedelta(days=1 if told else 0)
    row.reached = level
    row.next_on = max(row.due_on + timedelta(days=rhythm.days(following)), earliest) if following else None
    if level in (Level.MODERATOR, Level.COORDINATOR, Level.STUCK):
        row.region_code, row.country = thing.region, thing.country
    session.add(row)


def _tell(session: Session, row: OpenStep, level: Level, thing: Thing) -> bool:
    """Whether somebody was told; once only, whatever happened before."""
    key = {"subject_kind": row.subject_kind, "subject_id": row.subject_id, "since": row.since, "level": level}
    claimed = insert(Reminder).values(**key, step=row.step, at=now(), message_ids=[])
    fresh = session.execute(claimed.on_conflict_do_nothing().returning(col(Reminder.subject_id))).first()
    if fresh is None:
        return False
    messages = [_message(session, row, level, user) for user in recipients(session, row, level, thing)]
    session.flush()
    done = update(Reminder).where(*(getattr(Reminder, name) == value for name, value in key.items()))
    session.execute(done.values(message_ids=[message.id for message in messages]))
    return bool(messages)


def _message(session: Session, row: OpenStep, level: Level, user: User) -> Message:
    with speaking(user.locale):
        thing = WAITS[row.step].read(session, [row.subject_id])[row.subject_id]
    return notifications.queue(session, user, NOTICES[level](row, level, thing, user.name))


def recipients(session: Session, row: OpenStep, level: Level, thing: Thing) -> Sequence[User]:
    """Nobody where the moderators were reminded already, as owners; each person once."""
    wait = WAITS[row.step]
    match level:
        case Level.STUCK:
            return []
        case Level.COORDINATOR:
            return people.coordinators(session, thing)
        case Level.MODERATOR:
            return people.moderators(session, thing) if wait.owners else []
        case _ if wait.owners:
            return list({user.id: user for user in wait.owners(session, row.subject_id)}.values())
        case _:
            return people.moderators(session, thing)


RECENTLY = timedelta(days=8)
"""A weekly digest may still hold a message for so long."""


def recall_answered(session: Session) -> int:
    """Reminders of what was answered meanwhile, and which have not left yet, will not; returns how many."""
    still = exists().where(
        col(OpenStep.subject_kind) == col(Reminder.subject_kind),
        col(OpenStep.subject_id) == col(Reminder.subject_id),
        col(OpenStep.since) == col(Reminder.since),
    )
    over = (
        select(Reminder)
        .where(col(Reminder.at) > now() - RECENTLY, func.cardinality(Reminder.message_ids) > 0, ~still)
        .with_for_update(skip_locked=True)
    )
    ids: list[int] = []
    for reminder in session.exec(over):
        ids += reminder.message_ids
        reminder.message_ids = []  # it is looked at once
    if not ids:
        return 0
    recalled = update(Message).where(col(Message.id).in_(ids), col(Message.state).in_(notifications.NOT_LEFT))
    return len(session.scalars(recalled.values(state=MessageState.CANCELLED).returning(col(Message.id))).all())
