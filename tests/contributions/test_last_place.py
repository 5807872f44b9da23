"""Two people say yes to the last place at the same moment, on two real connections."""

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from app.accounts.models import User
from app.contributions import actions
from app.contributions.models import Contribution, Origin, State
from app.notifications.models import Message
from app.profiles.models import Profile
from app.projects.models import Need, NeedState, Project
from tests.factories import Factory
from tests.reference import sweep


@pytest.fixture
def two_invited(engine: Engine) -> Iterator[list[tuple[int, int]]]:
    """(person, contribution) of two people invited for one place: committed, so that other connections see them."""
    with Session(engine) as session:
        make = Factory(session)
        author = make(User)
        need = make(Need, project_id=make(Project, author_id=author.id).id, created_by_id=author.id)
        invited = []
        for _ in range(2):
            profile = make(Profile)
            contribution = make(
                Contribution,
                need_id=need.id,
                profile_id=profile.id,
                origin=Origin.INVITATION,
                created_by_id=author.id,
                state=State.APPROVED,
                approved_by_id=author.id,
            )
            invited.append((profile.owner_id, contribution.id))
        session.commit()
    yield invited
    sweep(engine)


def test_one_has_it_and_the_other_waits_and_is_told(engine, two_invited):
    ready = Barrier(2)
    reached: dict[int, State] = {}

    def accept(person: int, contribution: int) -> None:
        with Session(engine) as session:
            user, one = session.get(User, person), session.get(Contribution, contribution)
            assert one.need.state is NeedState.OPEN  # both looked at a page that showed a free place
            ready.wait()
            reached[person] = actions.accept(session, user, one)
            session.commit()

    threads = [Thread(target=accept, args=invited) for invited in two_invited]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(reached.values()) == [State.ACCEPTED, State.WAITING_LIST]
    with Session(engine) as session:
        states = {one.id: one.state for one in session.exec(select(Contribution))}
        assert states == {contribution: reached[person] for person, contribution in two_invited}
        assert session.exec(select(Need)).one().state is NeedState.FILLED
        waiting = next(person for person, state in reached.items() if state is State.WAITING_LIST)
        told = {(message.recipient_id, message.kind) for message in session.exec(select(Message))}
        assert (waiting, "on_waiting_list") in told


def test_a_double_click_on_two_connections_offers_once(engine, two_invited):
    ready = Barrier(2)
    outcomes: list[str] = []
    with Session(engine) as session:
        person = Factory(session)(User)
        profile = Factory(session)(Profile, owner_id=person.id)
        session.commit()
        person_id, profile_id, need_id = person.id, profile.id, session.exec(select(Need.id)).one()

    def offer() -> None:
        with Session(engine) as session:
            user, mine, need = (
                session.get(User, person_id),
                session.get(Profile, profile_id),
                session.get(Need, need_id),
            )
            ready.wait()
            try:
                actions.offer(session, user, need, mine, "Je peux aider.")
                outcomes.append("offered")
            except actions.AlreadyThere:
                outcomes.append("already there")
            session.commit()

    threads = [Thread(target=offer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already there", "offered"]
