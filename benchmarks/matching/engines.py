"""Other ways to the likely rows of a layout: what follows is the application's own `Layout.nearest`, word for word.

Each replaces one stage (`likely`): whoever it finds is compared by whole text, the best of those clause by clause.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.matching.documents import Document
from app.matching.retrieval.layout import LIKELY, Layout, best
from app.matching.retrieval.postings import Postings
from app.matching.retrieval.sparse import Matrix, Question
from app.matching.scoring import DENSE, combine, resembling
from app.matching.vectors import DIMENSIONS

Rows = NDArray[np.int64]
AT_ONCE = 50_000
TRAINED_ON = 64
"""Vectors a list; more of them make no better lists, and take longer."""


@dataclass(frozen=True, eq=False)
class Dense(Layout):
    """Likely are those whose dense vectors an index finds; their numbers are rows."""

    index: Callable[[NDArray[np.float32]], Rows]

    def likely(self, document: Document, question: Question, among: NDArray[np.bool_], many: int) -> Rows:  # noqa: ARG002
        likely = np.sort(self.index(document.dense))
        return likely[among[likely]]


@dataclass(frozen=True, eq=False)
class Deeper(Layout):
    """Likely as in the application, but more is looked up in the index of terms."""

    looked_up: int

    def agreements(self, question: Question) -> tuple[Rows, NDArray[np.float32]]:
        rows, worth = self.postings.agreements(question, self.looked_up)
        term, rare_rows, weights = self.wholes.with_rare(question)
        rare_worth = weights * question.values[1 + term, 0]
        return np.concatenate([rows.astype(np.int64), rare_rows]), np.concatenate([worth, rare_worth])


@dataclass(frozen=True, eq=False)
class Gathered(Deeper):
    """The same, adding up only those that were looked up: nothing is as long as there are people."""

    wide: int = LIKELY

    def likely(self, document: Document, question: Question, among: NDArray[np.bool_], many: int) -> Rows:
        rows, worth = self.agreements(question)
        # Sorting numbers that hold both is quicker than sorting places by row.
        keys = np.sort(rows << 32 | np.arange(len(rows)))
        rows, worth = keys >> 32, worth[keys & 0xFFFFFFFF]
        first = np.flatnonzero(np.diff(rows, prepend=-1))
        touched, agreeing = rows[first], np.add.reduceat(worth, first)
        agreeing[~among[touched]] = 0
        strongest = best(agreeing, self.wide)
        likely = touched[strongest]
        alike = agreeing[strongest] + DENSE * resembling(self.resemblance(likely, document.dense))
        return likely[best(alike, many)]


@dataclass(frozen=True, eq=False)
class Both(Gathered):
    """Likely by terms and, besides, those whose dense vectors an index finds: what one misses the other has."""

    index: Callable[[NDArray[np.float32]], Rows] = field(kw_only=True)

    def likely(self, document: Document, question: Question, among: NDArray[np.bool_], many: int) -> Rows:
        by_terms = super().likely(document, question, among, many)
        by_vectors = self.index(document.dense)
        return np.union1d(by_terms, by_vectors[among[by_vectors]])


@dataclass(frozen=True, eq=False)
class Watched(Layout):
    """The application's way, each stage timed."""

    spent: dict[str, float]
    """Milliseconds in all, by stage; stages that another stage calls are taken out of it."""

    def likely(self, document: Document, question: Question, among: NDArray[np.bool_], many: int) -> Rows:
        inside = self._of("agreements", "dense")
        found: Rows = self._timed("sweeps", super().likely, document, question, among, many)
        self.spent["sweeps"] -= self._of("agreements", "dense") - inside
        return found

    def agreements(self, question: Question) -> tuple[Rows, NDArray[np.float32]]:
        found: tuple[Rows, NDArray[np.float32]] = self._timed("agreements", super().agreements, question)
        return found

    def resemblance(self, rows: Rows, dense: NDArray[np.float32]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self._timed("dense", super().resemblance, rows, dense)
        return found

    def best_clauses(self, document: Document, rows: Rows, rows_ask: bool) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self._timed("clauses", super().best_clauses, document, rows, rows_ask)
        return found

    def _of(self, *stages: str) -> float:
        return sum(self.spent.get(stage, 0.0) for stage in stages)

    def _timed(self, stage: str, work: Callable[..., Any], *arguments: Any) -> Any:
        began = time.perf_counter()
        found = work(*arguments)
        self.spent[stage] = self.spent.get(stage, 0.0) + 1000 * (time.perf_counter() - began)
        return found


@dataclass(frozen=True, eq=False)
class Parts(Layout):
    """As if each so many people had a copy of their own: each is asked by the application's code, one after another."""

    parts: Sequence[Layout]
    limit: int
    """Asked of each."""

    def nearest(
        self, document: Document, among: NDArray[np.bool_], limit: int, rows_ask: bool = False
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        ends = np.cumsum([len(part.ids) for part in self.parts])
        found = [
            part.nearest(document, some, self.limit, rows_ask)
            for part, some in zip(self.parts, np.split(among, ends[:-1]), strict=True)
        ]
        ids, competence = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((ids, -competence))[:limit]
        return ids[order], competence[order]


def in_parts(layout: Layout, many: int) -> list[Layout]:
    """Each with its own index of terms; clauses and the vocabulary they share."""
    edges = np.linspace(0, len(layout.ids), many + 1).astype(int).tolist()
    return [_part(layout, slice(start, stop)) for start, stop in pairwise(edges)]


def _part(layout: Layout, rows: slice) -> Layout:
    whole = layout.wholes
    rare = (whole.rare_rows >= rows.start) & (whole.rare_rows < rows.stop)
    rare_rows = whole.rare_rows[rare] - np.uint32(rows.start)
    wholes = Matrix(
        whole.numbers[rows],
        whole.weights[rows],
        whole.scales[rows],
        whole.rare_terms[rare],
        rare_rows,
        whole.rare_weights[rare],
    )
    return replace(
        layout,
        ids=layout.ids[rows],
        dense=layout.dense[rows],
        dense_scales=layout.dense_scales[rows],
        wholes=wholes,
        clause_starts=layout.clause_starts[rows.start : rows.stop + 1],
        postings=Postings.of(wholes, len(layout.vocabulary.common)),
    )


def arrays(layout: Layout) -> dict[str, Any]:
    """To make of a layout one that finds the likely otherwise."""
    return {one.name: getattr(layout, one.name) for one in fields(Layout)}


def everybody(layout: Layout, document: Document) -> NDArray[np.float32]:
    """The competence of all, compared one and all by everything that the files keep: the right answer."""
    question = Question([document.vector], layout.vocabulary)
    found = np.empty(len(layout.ids), np.float32)
    for start in range(0, len(found), AT_ONCE):
        rows = np.arange(start, min(start + AT_ONCE, len(found)))
        whole, dense = layout.wholes.cosines(rows, question)[:, 0], layout.resemblance(rows, document.dense)
        found[rows] = combine(whole, dense, layout.best_clauses(document, rows, False))
    return found


def read_all(layout: Layout, many: int) -> Callable[[NDArray[np.float32]], Rows]:
    """No index: the nearest of all dense vectors. What an index that missed nothing would find."""

    def find(asked: NDArray[np.float32]) -> Rows:
        alike = layout.resemblance(np.arange(len(layout.ids)), asked)
        return np.argpartition(-alike, many)[:many]

    return find


@dataclass(frozen=True, eq=False)
class Inverted:
    """Lists of dense vectors around centres (faiss): those of the nearest centres are read."""

    lists: Any
    built_in: float
    mb: float

    @classmethod
    def of(cls, layout: Layout, centres: int) -> "Inverted":
        import faiss

        faiss.omp_set_num_threads(1)
        began = time.perf_counter()
        nearest = faiss.IndexFlatIP(DIMENSIONS)
        # Numbers of a byte are kept as they are, so that nothing but the choice of lists is lost.
        kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
        lists = faiss.IndexIVFScalarQuantizer(nearest, DIMENSIONS, centres, kind, faiss.METRIC_INNER_PRODUCT, False)
        some = np.random.default_rng(0).permutation(len(layout.ids))[: TRAINED_ON * centres]
        lists.train(layout.dense[np.sort(some)].astype(np.float32))
        for start in range(0, len(layout.ids), AT_ONCE):
            lists.add(layout.dense[start : start + AT_ONCE].astype(np.float32))
        mb = (len(layout.ids) * (DIMENSIONS + 8) + 4 * centres * DIMENSIONS) / 2**20
        return cls(lists, time.perf_counter() - began, mb)

    def reading(self, lists: int, many: int) -> Callable[[NDArray[np.float32]], Rows]:
        def find(asked: NDArray[np.float32]) -> Rows:
            self.lists.nprobe = lists
            _, rows = self.lists.search(127 * asked[None].astype(np.float32), many)
            return np.asarray(rows[0][rows[0] >= 0], np.int64)

        return find


@dataclass(frozen=True, eq=False)
class Graph:
    """Neighbours of neighbours (HNSW, usearch)."""

    index: Any
    built_in: float
    mb: float

    @classmethod
    def of(cls, layout: Layout) -> "Graph":
        from usearch.index import Index

        began = time.perf_counter()
        index = Index(ndim=DIMENSIONS, metric="cos", dtype="i8")
        index.add(np.arange(len(layout.ids)), layout.dense, threads=1)
        return cls(index, time.perf_counter() - began, index.memory_usage / 2**20)

    def reading(self, many: int) -> Callable[[NDArray[np.float32]], Rows]:
        def find(asked: NDArray[np.float32]) -> Rows:
            whole = np.rint(127 * asked).astype(np.int8)
            return np.asarray(self.index.search(whole, many).keys, np.int64)

        return find
