"""Questions to a layout: how long it takes, where the time goes, and how right the answer is."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.matching.documents import Document, analyse
from app.matching.retrieval import LIMIT
from app.matching.retrieval.copies import Layer
from app.matching.retrieval.layout import Layout
from benchmarks.matching import engines, laying
from benchmarks.matching.engines import Watched, arrays
from benchmarks.matching.oracle import BEST
from benchmarks.matching.ours import Timed, timing
from benchmarks.matching.report import Figures, percentile

ROUNDS = 3
WARM_UP = 5
ROUNDING = 1e-6
"""Both rankings are of the same numbers: only the order in which they were added up differs."""


@dataclass(frozen=True, eq=False)
class Way:
    name: str
    layout: Layout
    """The same arrays; the likely are found otherwise."""
    candidates: int | None = None
    built_in: float | None = None
    """Seconds, on one core."""
    mb: float | None = None
    """Of the index, beside what the application keeps."""


@dataclass(frozen=True, eq=False)
class Asked:
    document: Document
    competences: NDArray[np.float32]
    """Of everybody, by row."""
    best: NDArray[np.float32]

    @classmethod
    def of(cls, layout: Layout, document: Document) -> "Asked":
        found = engines.everybody(layout, document)
        return cls(document, found, np.sort(np.partition(found, -BEST)[-BEST:]))


def timed(layout: Layout, asked: Sequence[Document], limit: int = LIMIT) -> Figures:
    """Of all rounds but the first, in which pages of the files are met for the first time."""
    first, later = Timed(), Timed()
    layer = Layer.whole(layout)
    for number in range(1 + ROUNDS):
        for document in asked:
            with timing(later if number else first):
                layer.layout.nearest(document, layer.valid, limit)
    return {
        "p50_ms": percentile(later.times, 50),
        "p95_ms": percentile(later.times, 95),
        "busy_p50_ms": percentile(later.busy, 50),
        "first_p50_ms": percentile(first.times, 50),
    }


def breakdown(layout: Layout, asked: Sequence[Document]) -> dict[str, float]:
    """Milliseconds of a question by stage, on average."""
    watched = Watched(**arrays(layout), spent={})
    valid = Layer.whole(layout).valid
    began = time.perf_counter()
    for document in asked:
        watched.nearest(document, valid, LIMIT)
    whole = 1000 * (time.perf_counter() - began)
    spent = watched.spent | {"whole_texts": whole - sum(watched.spent.values())}
    return {stage: round(passed / len(asked), 3) for stage, passed in spent.items()}


def ready(folder: Path, parts: Sequence[str], language: str) -> float:
    """Seconds until a fresh process, which has read the question, has answered for the first time."""
    document = analyse(parts, language)
    assert len(document.vector.terms) and len(document.dense)
    began = time.perf_counter()
    layer = Layer.whole(laying.opened(folder))
    layer.layout.nearest(document, layer.valid, LIMIT)
    return round(time.perf_counter() - began, 3)


def judge(way: Layout, layout: Layout, right: Sequence[Asked]) -> tuple[Timed, float, float]:
    """The time of each question, recall of the best, and the competence that is lost on average."""
    valid = Layer.whole(layout).valid
    timed, recalls, lost = Timed(), [], []
    for one in right[:WARM_UP]:
        way.nearest(one.document, valid, LIMIT)
    for one in right:
        with timing(timed):
            ids, _ = way.nearest(one.document, valid, LIMIT)
        found = np.sort(one.competences[layout.rows(ids[:BEST])])
        recalls.append(np.count_nonzero(found >= one.best[0] - ROUNDING) / BEST)
        lost.append(float(one.best.mean() - found.mean()))
    return timed, round(float(np.mean(recalls)), 3), round(float(np.mean(lost)), 4)
