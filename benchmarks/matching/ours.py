"""The functions that the pages call, in a process of its own that is bound to one core."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app import models  # noqa: F401  every mapper
from app.contributions import keeping, kept, queries, ranking, reasons, sides, suggestions
from app.kernel.database import create_database_engine
from app.kernel.i18n import speaking
from app.kernel.loaded import edition, note_loaded
from app.matching import actions
from app.matching.queries import analyse, linker, links, nearest
from app.profiles import chips as profile_chips
from app.profiles.models import Profile
from app.profiles.queries import whole
from app.projects.models import Need, Project
from app.taxonomy.sources import DATA
from benchmarks.matching.corpus import corpus, mentions
from benchmarks.memory import Memory, memory

LIMIT = 20
LONGEST = 60.0
"""Seconds given to one measure: what is slow is asked less often."""
FEWEST = 5


@dataclass
class Timed:
    """Milliseconds of each call, and what it found."""

    times: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    """Of those, how many this process worked: what is left was the database's, or other programs'."""
    found: list[list[int]] = field(default_factory=list)


@dataclass(frozen=True)
class Loaded:
    before: Memory
    after: Memory
    ready_in: float
    """Seconds until the first answer."""

    @property
    def grown(self) -> float:
        return self.after.rss - self.before.rss

    @property
    def private(self) -> float:
        return self.after.private - self.before.private


class Here:
    """What this process keeps between two calls."""

    engine: Engine


def search(url: str) -> Loaded:
    """The first question to a fresh process. What reading any text takes is not counted as memory of the search."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    began = time.perf_counter()
    asked = analyse(["gestion de l’eau potable"], "fr")
    assert len(asked.vector.terms)
    reading = time.perf_counter() - began
    before, began = memory(), time.perf_counter()
    Here.engine = create_database_engine(url, pool_size=1)
    with Session(Here.engine) as session:
        nearest(session, profile_chips.KIND, asked)
    ready_in = reading + time.perf_counter() - began
    return Loaded(before, memory(), ready_in)


def keep_names() -> None:
    """Notes the edition, as `twiza reference` does: then the files are made that later processes map."""
    with Session(Here.engine) as session:
        note_loaded(session, "taxonomy", edition(DATA.iterdir()))
        session.commit()
        linker(session)


def load_linker() -> Loaded:
    """The first text to be linked, where another process has made the files."""
    before, began = memory(), time.perf_counter()
    with Session(Here.engine) as session:
        linker(session)
    ready_in = time.perf_counter() - began
    return Loaded(before, memory(), ready_in)


def people(numbers: Sequence[int]) -> Timed:
    """The first twenty people for each need, with their reasons, as its project's author sees them."""
    timed = Timed()
    for number in within_time(numbers):
        with _need(number) as (session, need):
            ties = sides.ties(session, need.project.author)
            with speaking(need.language), timing(timed):
                found = suggestions.people_for(session, need, ties, LIMIT)
            timed.found.append([one.card.id for one in found.suggested])
    return timed


def ranked(numbers: Sequence[int]) -> Timed:
    """The order alone, as the pages cut it from there: everything but reasons and cards."""
    return _of_needs(
        numbers,
        lambda session, need: [one.id for one in kept.people(session, need, LIMIT) if one.fit.excluded is None],
    )


def anew(numbers: Sequence[int]) -> Timed:
    """The first twenty with their reasons, as if nothing were kept: what a list costs to make."""

    def find(session: Session, need: Need) -> list[int]:
        best = [one for one in ranking.best_people(session, need, LIMIT) if one.fit.excluded is None][:LIMIT]
        kept.reasons_of(session, need, [one.id for one in best])
        return [one.id for one in best]

    return _of_needs(numbers, find)


def keep_asked() -> int:
    """The lists of needs of those who looked at them, as the worker makes them."""
    done = 0
    while True:
        with Session(Here.engine) as session:
            some = keeping.keep_asked(session, FEWEST)
            session.commit()
        done += some
        if not some:
            return done


def follow() -> float:
    """Milliseconds in which the worker brings into the lists what changed."""
    timed, known = Timed(), dict[int, int]()
    with timing(timed), Session(Here.engine) as session:
        keeping.follow(session, FEWEST, known)
        session.commit()
    return timed.times[0]


def nearness(numbers: Sequence[int]) -> Timed:
    """The nearest by competence, and no more."""
    return _of_needs(
        numbers,
        lambda session, need: [
            near.subject_id for near in nearest(session, profile_chips.KIND, reasons.need_document(need))
        ],
    )


def needs(numbers: Sequence[int]) -> Timed:
    """The first twenty needs for each person, with their reasons, as they see them."""
    timed = Timed()
    for number in within_time(numbers):
        with Session(Here.engine) as session:
            profile = session.exec(select(Profile).where(Profile.id == number + 1).options(*whole())).one()
            ties = sides.ties(session, profile.owner)
            with speaking("ar" if profile.language == "ar" else "fr"), timing(timed):
                found = suggestions.needs_for(session, profile, ties, LIMIT)
            timed.found.append([one.need.id for one in found])
            session.commit()
    return timed


def withdraw(numbers: Sequence[int]) -> None:
    """Of those who are hidden, what saving their profile stores: that nothing is to be found. The corpus leaves it
    out."""
    with Session(Here.engine) as session:
        for number in numbers:
            if corpus().person(number).visibility == "hidden":
                actions.forget(session, profile_chips.KIND, number + 1)
        session.commit()
    done, known = 1, dict[int, int]()
    while done:
        with Session(Here.engine) as session:
            done = keeping.follow(session, FEWEST, known)
            session.commit()


def linked(many: int) -> Timed:
    """Single names, as they are typed."""
    timed = Timed()
    with Session(Here.engine) as session:
        known = linker(session)
        for mention, language in mentions(corpus(), many):
            with timing(timed):
                known.link(mention, language)
    return timed


def read_whole(numbers: Sequence[int]) -> Timed:
    """All that somebody wrote of themselves."""
    timed = Timed()
    with Session(Here.engine) as session:
        for person in map(corpus().person, within_time(numbers)):
            with timing(timed):
                links(session, "\n".join(person.parts), person.language)
    return timed


def save(number: int, words: Sequence[str], language: str) -> float:
    """Milliseconds to store these words as somebody's, and for the others to be able to see them."""
    timed = Timed()
    with timing(timed), Session(Here.engine) as session:
        actions.store(session, profile_chips.KIND, number + 1, words, language)
        session.commit()
    return timed.times[0]


@contextmanager
def timing(timed: Timed) -> Iterator[None]:
    began, worked = time.perf_counter(), time.process_time()
    yield
    timed.times.append(1000 * (time.perf_counter() - began))
    timed.busy.append(1000 * (time.process_time() - worked))


def within_time(numbers: Iterable[int]) -> Iterator[int]:
    """As many as there is time for, and a few at least."""
    began = time.perf_counter()
    for place, number in enumerate(numbers):
        if place >= FEWEST and time.perf_counter() - began > LONGEST:
            return
        yield number


def _of_needs(numbers: Sequence[int], find: Callable[[Session, Need], list[int]]) -> Timed:
    timed = Timed()
    for number in within_time(numbers):
        with _need(number) as (session, need):
            with timing(timed):
                found = find(session, need)
            timed.found.append(found[:LIMIT])
    return timed


@contextmanager
def _need(number: int) -> Iterator[tuple[Session, Need]]:
    """Each in a session of its own that ends as a request does (a rollback would take the plans of statements away);
    the need is read before the clock runs."""
    with Session(Here.engine) as session:
        statement = select(Need).join(Project, col(Project.id) == Need.project_id).where(Need.id == number + 1)
        yield session, session.exec(queries.with_project(statement)).one()
        session.commit()
