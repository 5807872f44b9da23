"""Several workers, and somebody who still has a page open: on real connections."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, func
from sqlmodel import Session, select

from app.accounts import departures
from app.accounts.departures import TooLateToStay
from app.accounts.models import Departure, DepartureStep, User
from app.kernel.database import at, now
from app.kernel.days import today
from app.notifications.models import Message
from app.personal_data import asleep
from app.profiles.models import Profile
from tests.factories import Factory
from tests.reference import sweep


@pytest.fixture
def committed(engine: Engine) -> Iterator[Session]:
    """What is made is there for other connections, until the test is over."""
    with Session(engine, expire_on_commit=False) as session:
        yield session
    sweep(engine)


def at_once(*works):
    """Each on a thread and a connection of its own, begun together."""
    ready = Barrier(len(works))

    def run(work):
        ready.wait()
        work()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def worker(engine, step, passed=timedelta()):
    def run():
        with at(now() + passed):
            done = 1
            while done:
                with Session(engine) as session:
                    done = step(session, 3)
                    session.commit()

    return run


def test_three_workers_warn_each_sleeper_once(engine, committed):
    make = Factory(committed)
    people = [make(User, last_seen_on=today() - timedelta(days=700)) for _ in range(8)]
    committed.commit()
    at_once(*[worker(engine, asleep.notice) for _ in range(3)])
    at_once(*[worker(engine, asleep.go_on, timedelta(days=31)) for _ in range(3)])
    counts = dict(committed.execute(select(Message.recipient_id, func.count()).group_by(Message.recipient_id)).all())
    assert counts == {person.id: 2 for person in people}


def test_somebody_who_stays_at_the_last_moment_stays_or_is_told_that_it_is_too_late(engine, committed):
    user = Factory(committed)(User)
    departures.begin(committed, user)
    committed.commit()
    late = []

    def stay():
        with Session(engine) as session:
            try:
                departures.stay(session, session.get_one(User, user.id))
                session.commit()
            except TooLateToStay:
                late.append(True)

    at_once(stay, worker(engine, asleep.go_on, departures.GRACE))
    committed.expire_all()
    departure = committed.get(Departure, user.id)
    if late:
        assert user.closed_at is not None
        assert departure.step is DepartureStep.CLOSED
    else:
        assert (user.closed_at, departure) == (None, None)


def test_what_was_being_sent_while_the_account_closed_is_forgotten_too(engine, committed):
    make = Factory(committed)
    user = make(User)
    departures.begin(committed, user)
    committed.commit()
    with Session(engine) as request:  # identified before the account closed, and slow
        person = request.get_one(User, user.id)
        Factory(request)(Profile, owner_id=person.id, occupation="sage-femme")
        worker(engine, asleep.go_on, departures.GRACE)()
        request.commit()
    worker(engine, asleep.go_on, departures.GRACE + departures.UNTIL_FORGOTTEN)()
    assert committed.exec(select(Profile)).all() == []
    committed.refresh(user)
    assert user.email is None
