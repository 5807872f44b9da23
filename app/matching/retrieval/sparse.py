"""Sparse vectors of a few dozen terms, three bytes a term, compared with those of a question.

Every row has room for as many terms, the strongest first: rows are taken without looking anything up. Two bytes
number the 65,535 commonest terms of the pool; the others, each in very few rows, are kept apart, with their rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from app.matching.documents import Vector
from app.matching.retrieval.columns import Listed, places

COMMON = (1 << 16) - 1
"""How many terms have a number; it is itself the number of none."""
_FULL = 255
_AT_ONCE = 10_000
"""Vectors laid out together."""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    common: NDArray[np.uint32]
    """In order: the number of a term is its place."""

    @classmethod
    def of(cls, terms: NDArray[np.uint32]) -> "Vocabulary":
        different, times = np.unique(terms, return_counts=True)
        return cls(np.sort(different[np.argsort(-times, kind="stable")[:COMMON]]))

    def numbers(self, terms: NDArray[np.uint32]) -> NDArray[np.uint16]:
        """`COMMON` for terms that have none."""
        if not len(self.common):
            return np.full(len(terms), COMMON, np.uint16)
        found = np.minimum(np.searchsorted(self.common, terms), len(self.common) - 1)
        return np.where(self.common[found] == terms, found, COMMON).astype(np.uint16)


class Question:
    """Some vectors that rows are compared with, all at once."""

    def __init__(self, vectors: Sequence[Vector], vocabulary: Vocabulary) -> None:
        said = [vector.terms for vector in vectors]
        self.terms = np.unique(np.concatenate(said)) if said else np.empty(0, np.uint32)
        self.values = np.zeros((len(self.terms) + 1, len(vectors)), np.float32)
        """A row for each term, after one of zeros for all that is not asked; a column for each vector."""
        for column, vector in enumerate(vectors):
            self.values[1 + np.searchsorted(self.terms, vector.terms), column] = vector.weights
        self.numbers = vocabulary.numbers(self.terms)
        self.row_of = np.zeros(COMMON + 1, np.uint16)
        self.row_of[self.numbers] = 1 + np.arange(len(self.terms))
        self.row_of[COMMON] = 0

    @cached_property
    def rare(self) -> NDArray[np.int64]:
        """The places of those terms that have no number."""
        return np.flatnonzero(self.numbers == COMMON)


@dataclass(frozen=True, eq=False)
class Matrix:
    numbers: NDArray[np.uint16]
    weights: NDArray[np.uint8]
    scales: NDArray[np.float32]
    """What one of its weights is worth in each row."""
    rare_terms: NDArray[np.uint32]
    """In order, once for each row that has one."""
    rare_rows: NDArray[np.uint32]
    rare_weights: NDArray[np.float32]

    @classmethod
    def of(cls, listed: Listed, vocabulary: Vocabulary, width: int) -> "Matrix":
        """Of each vector the strongest terms are kept, `width` of them."""
        lengths, terms, weights = listed.lengths, listed.terms, listed.weights
        width = min(width, int(lengths.max(initial=0)))
        ends = np.cumsum(lengths)
        numbers = np.full((len(lengths), width), COMMON, np.uint16)
        parts = np.zeros((len(lengths), width), np.uint8)
        scales = np.zeros(len(lengths), np.float32)
        rare = [(np.empty(0, np.uint32), np.empty(0, np.int64), np.empty(0, np.float32))]
        for start in range(0, len(lengths), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            said = slice(ends[start] - lengths[start], ends[some][-1])
            row, place, order = _strongest(lengths[some], weights[said], width)
            number, weight = vocabulary.numbers(terms[said][order]), weights[said][order].astype(np.float32)
            row += start
            scales[row[place == 0]] = weight[place == 0] / _FULL
            numbers[row, place] = number
            parts[row, place] = np.rint(weight / np.where(scales[row] == 0, 1, scales[row]))
            apart = number == COMMON
            rare.append((terms[said][order][apart], row[apart], weight[apart]))
        rare_terms, rare_rows, rare_weights = (np.concatenate(column) for column in zip(*rare, strict=True))
        order = np.argsort(rare_terms, kind="stable")
        return cls(numbers, parts, scales, rare_terms[order], rare_rows[order].astype(np.uint32), rare_weights[order])

    def cosines(self, rows: NDArray[np.int64], question: Question) -> NDArray[np.float32]:
        """Of these rows, in order, with each vector of the question: a column each."""
        width = self.numbers.shape[1]
        terms = question.row_of[self.numbers[rows]].ravel()
        shared = np.flatnonzero(terms != 0)
        weights = self.weights[rows].ravel()[shared].astype(np.float32)
        starts = np.searchsorted(shared, width * np.arange(len(rows) + 1))
        found = csr_array((weights, terms[shared].astype(np.int32), starts), shape=(len(rows), len(question.values)))
        cosines = np.asarray(found @ question.values) * self.scales[rows, None]
        term, row, weight = self.with_rare(question)
        place = np.searchsorted(rows, row)
        here = (place < len(rows)) & (rows[np.minimum(place, len(rows) - 1)] == row) if len(rows) else place < 0
        np.add.at(cosines, place[here], weight[here, None] * question.values[1 + term[here]])
        return cosines

    def with_rare(self, question: Question) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        """Where rare terms of the question occur: which of its terms, the row, the weight there."""
        asked = question.terms[question.rare]
        begins = np.searchsorted(self.rare_terms, asked)
        many = np.searchsorted(self.rare_terms, asked, side="right") - begins
        found = places(begins, many)
        return np.repeat(question.rare, many), self.rare_rows[found].astype(np.int64), self.rare_weights[found]


def _strongest(
    lengths: NDArray[np.int64], weights: NDArray[np.float16], width: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Of each of some vectors one after another, the strongest first: its row, its place there, where it is now."""
    row = np.repeat(np.arange(len(lengths)), lengths)
    # Weights are positive: as whole numbers, their bits are in the same order.
    order = np.argsort(row << 16 | (0xFFFF - weights.view(np.uint16).astype(np.int64)), kind="stable")
    place = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    kept = place < width
    return row[kept], place[kept], order[kept]
