"""Several workers, one killed half-way, and a hundred thousand rows: on real connections, with what was committed."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, func, select

from app.deadlines.models import OpenStep
from app.kernel.database import at
from app.kernel.i18n import ZONE
from app.notifications.models import Message
from app.reminders import actions
from app.reminders.models import Reminder
from tests.factories import Factory
from tests.reference import sweep
from tests.reminders.conftest import waiting_offer

OFFERS = 12


@pytest.fixture
def offers(engine: Engine) -> Iterator[datetime]:
    """Twelve communes that do not answer; the morning on which they are to be reminded for the first time."""
    with Session(engine) as session:
        make = Factory(session)
        for _ in range(OFFERS):
            waiting_offer(make)
        session.commit()
        due = session.exec(select(func.max(OpenStep.due_on))).one()
    yield datetime(due.year, due.month, due.day, 9, tzinfo=ZONE)
    sweep(engine)


def counted(engine):
    with Session(engine) as session:
        told = session.exec(select(Message.recipient_id, func.count()).group_by(Message.recipient_id)).all()
        return session.exec(select(func.count()).select_from(Reminder)).one(), dict(told)


def test_three_workers_at_once_remind_everybody_once(engine, offers):
    ready, done = Barrier(3), []

    def work() -> None:
        with at(offers):
            ready.wait()
            done.append(actions.remind_due(engine))

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    reminders, told = counted(engine)
    assert sum(done) == reminders == OFFERS
    assert set(told.values()) == {1} and len(told) == OFFERS
    with at(offers):
        assert actions.remind_due(engine) == 0


def test_a_worker_killed_half_way_leaves_nothing_and_the_next_says_it_once(engine, offers, monkeypatch):
    class Killed(BaseException):
        """As the system would: nothing catches it."""

    queue, calls = actions.notifications.queue, []

    def dies_in_the_fifth(*args, **kwargs):
        calls.append(1)
        message = queue(*args, **kwargs)
        if len(calls) == 5:
            raise Killed
        return message

    monkeypatch.setattr(actions.notifications, "queue", dies_in_the_fifth)
    with at(offers), pytest.raises(Killed):
        actions.remind_due(engine)
    assert counted(engine)[0] == 4
    with at(offers):
        assert actions.remind_due(engine) == OFFERS - 4
    reminders, told = counted(engine)
    assert reminders == OFFERS
    assert set(told.values()) == {1}


def test_one_that_cannot_be_reminded_does_not_hold_up_the_others(engine, offers, monkeypatch):
    queue, calls = actions.notifications.queue, []

    def fails_once(*args, **kwargs):
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("a fault of ours")
        return queue(*args, **kwargs)

    monkeypatch.setattr(actions.notifications, "queue", fails_once)
    with at(offers):
        assert actions.remind_due(engine) == OFFERS
    assert counted(engine)[0] == OFFERS - 1
    with at(offers + timedelta(days=1)):
        assert actions.remind_due(engine) == 1
    reminders, told = counted(engine)
    assert reminders == OFFERS and set(told.values()) == {1}


def test_the_level_of_a_step_is_unique_in_the_database(engine, offers):
    with at(offers):
        actions.remind_due(engine)
    with Session(engine) as session:
        row = session.exec(select(Reminder)).first()
        statement = text(
            "INSERT INTO reminder (subject_kind, subject_id, since, level, step, at) "
            "SELECT subject_kind, subject_id, since, level, step, at FROM reminder WHERE subject_id = :id"
        )
        with pytest.raises(Exception, match="pk_reminder"):
            session.execute(statement, {"id": row.subject_id})


def test_nobody_is_reminded_at_night(engine, offers):
    with at(offers.replace(hour=3)):
        assert actions.remind_due(engine) == 0


def test_what_is_due_is_found_by_an_index_among_a_hundred_thousand(connection):
    session = Session(connection)
    session.execute(
        text(
            "INSERT INTO open_step (subject_kind, subject_id, step, since, due_on, next_on) "
            "SELECT 'contribution', n, 'offer_answered', now(), date '2026-12-01' + n % 300, "
            "date '2026-12-01' + n % 300 FROM generate_series(1, 100000) n"
        )
    )
    session.execute(text("ANALYZE open_step"))
    with at(datetime(2026, 12, 1, 9, tzinfo=ZONE)):
        statement = actions.next_due().compile(connection, compile_kwargs={"literal_binds": True})
    (plan,) = session.scalar(text(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"))
    said = json.dumps(plan)
    assert "ix_open_step_next" in said
    assert "Seq Scan" not in said
    assert "Sort" not in said
