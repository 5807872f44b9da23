"""The right answer, found slowly: everybody compared with a need by `scoring.competence`, one by one.

Two processes share the people; each person is read once and compared with all sampled needs. What was found is kept
beside the databases, for as long as nothing that decides it changes.
"""

import hashlib
import multiprocessing
import time
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.contributions import ranking
from app.contributions.facts import A_MONTH, Invited, Wanted
from app.contributions.ranking import LEAST, SHARE
from app.kernel.database import now
from app.kernel.settings import ROOT
from app.matching import scoring
from app.matching.documents import analyse
from benchmarks.matching import rows, storing
from benchmarks.matching.corpus import Person, corpus
from benchmarks.matching.storing import Stored

BEST = 20
ROUNDING = 1e-3
"""Of competences: weights are stored in 16 bits and vectors in 8. Whoever is that near to the last place is right."""


@dataclass(frozen=True)
class Truth:
    """For one need, by the numbers of people: what each scores, and from which score on they are among the best."""

    scores: NDArray[np.floating]
    least: float
    wanted: int
    """How many the best are: 20, or all who score at all."""

    def recall(self, ids: Sequence[int]) -> float:
        """Which share of the best is among the first so many, given by the ids of profiles."""
        right = sum(bool(self.scores[i - 1] >= self.least - ROUNDING) for i in dict.fromkeys(ids[:BEST]))
        return min(1.0, right / self.wanted)


def competences(needs: Sequence[int], profiles: int) -> NDArray[np.float32]:
    """Of everybody, a row for each need; -1 for the hidden, who are proposed to nobody."""
    path = storing.KEPT / f"oracle-{_digest(needs, profiles)}.npy"
    if path.exists():
        return np.asarray(np.load(path))
    found = np.empty((len(needs), profiles), np.float32)
    began = time.perf_counter()
    chunks = [range(start, min(start + storing.CHUNK, profiles)) for start in range(0, profiles, storing.CHUNK)]
    with ProcessPoolExecutor(storing.PROCESSES, multiprocessing.get_context("spawn")) as pool:
        for chunk, scores in zip(chunks, pool.map(_compare, chunks, [needs] * len(chunks)), strict=True):
            found[:, chunk.start : chunk.stop] = scores
            said = f"\r  oracle: {chunk.stop:,} of {profiles:,}, {time.perf_counter() - began:.0f} s"
            print(said, end="", flush=True)
    print()
    np.save(path, found)
    return found


def _compare(numbers: range, needs: Sequence[int]) -> NDArray[np.float32]:
    asked = [analyse(need.parts, need.language) for need in map(corpus().need, needs)]
    found = np.full((len(needs), len(numbers)), -1, np.float32)
    for column, number in enumerate(numbers):
        person = corpus().person(number)
        if person.visibility != "hidden":
            said = analyse(person.parts, person.language)
            found[:, column] = [scoring.competence(need, said) for need in asked]
    return found


def by_competence(scores: NDArray[np.float32]) -> Truth:
    return _truth(scores)


def by_fit(scores: NDArray[np.float32], number: int, kept: Stored) -> Truth:
    """As the pages order people: those whom something excludes are out, lesser reasons settle near-equals."""
    need = corpus().need(number)
    asked = Wanted(
        number + 1, need.mode, need.starts_on, need.ends_on, need.project.commune_code, need.project.theme_code
    )
    least = max(LEAST, SHARE * float(scores.max()))
    fits = np.full(len(scores), -1.0)
    for place in np.flatnonzero(scores >= least):
        person = corpus().person(int(place))
        said: Any = person
        fit = ranking.fit(asked, said, float(scores[place]), person.communes, _invited(person, number, kept))
        if fit.excluded is None:
            fits[place] = fit.score
    return _truth(fits)


def _invited(person: Person, need: int, kept: Stored) -> Invited:
    """What fairness knows of them: invitations for other needs."""
    then = rows.asked_on(person, kept.built_at)
    if then is None or rows.asked_for(person, kept.needs) == need:
        return Invited()
    return Invited(int(then > now() - A_MONTH), int(rows.unanswered(person)))


def _truth(scores: NDArray[np.floating]) -> Truth:
    some = np.sort(scores[scores > 0])[::-1][:BEST]
    return Truth(scores, float(some[-1]) if len(some) else 1.0, max(1, len(some)))


def mean_recall(truths: Collection[Truth], found: Collection[Sequence[int]]) -> float:
    return float(np.mean([truth.recall(ids) for truth, ids in zip(truths, found, strict=True)]))


def _digest(needs: Sequence[int], profiles: int) -> str:
    decided = f"{storing.digest()} {list(needs)} {profiles} ".encode()
    return hashlib.sha256(decided + (ROOT / "app/matching/scoring.py").read_bytes()).hexdigest()[:12]
