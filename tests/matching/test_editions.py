"""Files that the processes of a machine share."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, event
from sqlmodel import Session

from app.kernel.database import create_database_engine
from app.kernel.settings import ROOT
from app.matching.actions import forget, store
from app.matching.documents import analyse
from app.matching.models import MatchDocument, MatchEdition
from app.matching.retrieval import copies, editions, nearest
from app.matching.retrieval.editions import Shelf
from tests.matching.exhaustive import assert_best, competences

KIND = "many"
WASTE = ["gestion des déchets ménagers", "tri et compostage"]
NEED = analyse(["Gérer les déchets et faire du compost"], "fr")
SAID = ["gestion des déchets", "compost", "soudure", "eau potable", "تدبير النفايات", "comptabilité", "zellij"]


@pytest.fixture
def shelf(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """From twenty documents on there are files; thirty are stored, for good until the test is over."""
    monkeypatch.setenv("TWIZA_VAR", str(tmp_path))
    monkeypatch.setattr(copies, "MANY", 20)
    with Session(engine) as session:
        for number in range(30):
            store(session, KIND, number, [SAID[number % 7], SAID[number % 3]])
        session.commit()
    yield Shelf(engine, KIND)
    with Session(engine) as session:
        session.execute(delete(MatchDocument))
        session.execute(delete(MatchEdition))
        session.commit()
    forget_copies()


def forget_copies() -> None:
    """As if this process had just started."""
    copies._copies.clear()


def assert_right(session: Session) -> None:
    assert_best(nearest(session, KIND, NEED, limit=20), competences(session, KIND, NEED))


def made(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in tmp_path.glob("matching/*/*/*") if path.is_dir())


def test_many_are_searched_in_files_and_what_changes_is_seen_at_once(
    shelf: Shelf, engine: Engine, tmp_path: Path
) -> None:
    with Session(engine) as session:
        assert_right(session)
        assert len(made(tmp_path)) == 1
        store(session, KIND, 3, WASTE)
        store(session, KIND, 77, WASTE)
        forget(session, KIND, 0)
        assert_right(session)
        session.rollback()
        assert_right(session)
        assert len(nearest(session, KIND, NEED, among=[1, 2, 77])) == 2


def test_who_starts_later_opens_the_same_files(shelf: Shelf, engine: Engine, tmp_path: Path) -> None:
    with Session(engine) as session:
        assert_right(session)
        store(session, KIND, 5, WASTE)
        session.commit()
        forget_copies()
        assert_right(session)
    assert len(made(tmp_path)) == 1


def test_a_later_edition_is_taken_and_only_the_one_before_is_kept(shelf: Shelf, engine: Engine, tmp_path: Path) -> None:
    with Session(engine) as session:
        assert_right(session)
        for number in range(3):
            store(session, KIND, 40 + number, WASTE)
            session.commit()
            shelf.make(after=made(tmp_path)[-1])
            assert_right(session)
    assert len(made(tmp_path)) == 2


def test_an_edition_is_made_once_however_many_ask(shelf: Shelf, tmp_path: Path) -> None:
    first = shelf.make(after="")
    assert shelf.make(after="").name == first.name
    assert len(made(tmp_path)) == 1


def test_what_is_under_way_while_an_edition_is_made_is_not_missed(shelf: Shelf, engine: Engine) -> None:
    with Session(engine) as slow, Session(engine) as session:
        store(slow, KIND, 50, WASTE)
        shelf.make(after="")
        assert_right(session)
        slow.commit()
        assert_right(session)


def test_a_database_of_another_past_makes_its_own(shelf: Shelf, engine: Engine, tmp_path: Path) -> None:
    """It was restored from a backup: what was copied since is not its own."""
    with Session(engine) as session:
        shelf.make(after="")
        session.execute(delete(MatchEdition))
        session.execute(delete(MatchDocument).where(MatchDocument.subject_id == 2))  # type: ignore[arg-type]
        session.commit()
        assert_right(session)
    assert len(made(tmp_path)) == 1


def test_a_process_killed_while_it_copies_leaves_nothing_broken(shelf: Shelf, engine: Engine, tmp_path: Path) -> None:
    killed = multiprocessing.get_context("spawn").Process(
        target=_make_and_be_killed, args=(engine.url.set(drivername="postgresql").render_as_string(False),)
    )
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert [name.split("-")[0] for name in made(tmp_path)] == ["unfinished"]
    with Session(engine) as session:
        assert_right(session)
    assert [name.split("-")[0] for name in made(tmp_path)] == [str(editions.FORMAT)]


def _make_and_be_killed(url: str) -> None:
    engine = create_database_engine(url)

    @event.listens_for(engine, "begin")
    def _(_connection: object) -> None:
        if any(Path(os.environ["TWIZA_VAR"]).glob("matching/*/*/unfinished-*/ids.npy")):
            os.kill(os.getpid(), signal.SIGKILL)

    Shelf(engine, KIND).make(after="")


def test_two_processes_share_files_and_see_each_other(shelf: Shelf, engine: Engine, tmp_path: Path) -> None:
    with Session(engine) as session:
        assert_right(session)
        script = (
            "import sys; from sqlmodel import Session; from app.kernel.database import create_database_engine\n"
            "from app.matching.actions import store; from app.matching.documents import analyse\n"
            "from app.matching.retrieval import copies, nearest; copies.MANY = 20\n"
            "with Session(create_database_engine(sys.argv[1])) as session:\n"
            "    store(session, 'many', 60, ['Gérer les déchets et faire du compost'])\n"
            "    session.commit()\n"
            "    found = nearest(session, 'many', analyse(['Gérer les déchets et faire du compost'], 'fr'), limit=1)\n"
            "    print(found[0].subject_id)\n"
        )
        url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        said = subprocess.run([sys.executable, "-c", script, url], cwd=ROOT, capture_output=True, text=True, check=True)
        assert said.stdout.strip() == "60"
        assert nearest(session, KIND, NEED, limit=1)[0].subject_id == 60
        assert_right(session)
    assert len(made(tmp_path)) == 1


def test_after_many_changes_another_edition_is_made_beside_the_requests(
    shelf: Shelf, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "WORN", 5)
    with Session(engine) as session:
        assert_right(session)
        for number in range(8):
            store(session, KIND, number, WASTE)
        session.commit()
        assert_right(session)
        until = time.monotonic() + 60
        while len(made(tmp_path)) < 2 or made(tmp_path)[-1].startswith("unfinished"):
            assert time.monotonic() < until
            time.sleep(0.1)
        assert_right(session)
        copy = copies._copies[engine][KIND]
        assert copy._edition is not None
        assert copy._edition.name == made(tmp_path)[-1]
        assert copy._making is not None
        assert copy._making.wait() == 0
