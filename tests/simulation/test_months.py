"""Two months of a few people, through the application’s own actions: what must hold, holds; what breaks is seen."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from app.kernel.days import today
from app.kernel.settings import Settings
from app.simulation.invariants import INVARIANTS, broken
from app.simulation.months import Simulated, simulate
from tests.reference import sweep

TODAY = "2100-01-01"


@pytest.fixture(scope="module")
def lived(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Simulated]]:
    told = Simulated()
    settings = Settings(var=tmp_path_factory.mktemp("simulation"), base_url="http://testserver")
    for _done in simulate(engine, settings, months=2, communes=4, contributors=30, seed=3, told=told):
        pass
    yield engine, told
    sweep(engine)


def test_nothing_is_lost_and_nothing_said_twice(lived):
    engine, told = lived
    with Session(engine) as session:
        found = broken(session, told, today().isoformat())
    assert {words: breaking for words, breaking in found.items() if breaking} == {}
    assert told.acted > 10
    assert len(told.sent) == len(set(told.sent)) > 50


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("DELETE FROM open_step WHERE subject_kind <> 'user'", "every open thing waits for somebody"),
        ("UPDATE open_step SET next_on = '2000-01-01'", "nothing is stuck unseen"),
        ("DELETE FROM message", "whoever offered heard what became of it"),
        (
            "INSERT INTO solicitation (user_id, subject_kind, subject_id, at) "
            "SELECT min(id), 'contribution', number, now() FROM \"user\", generate_series(900, 903) AS number "
            "GROUP BY number",
            "nobody was solicited more than twice in thirty days",
        ),
    ],
    ids=["a step lost", "a step forgotten", "nobody told", "asked too often"],
)
def test_what_would_break_it_is_found(lived, harm, words):
    engine, told = lived
    with Session(engine) as session:
        session.execute(text(harm))
        assert broken(session, told, TODAY)[words]
        session.rollback()


def test_a_message_that_left_twice_is_found(lived):
    engine, told = lived
    with Session(engine) as session:
        twice = Simulated(sent=[*told.sent, told.sent[0]])
        assert broken(session, twice, TODAY)["no message left twice"] == [told.sent[0][0]]


def test_every_invariant_is_asked():
    assert len(INVARIANTS) == 6
