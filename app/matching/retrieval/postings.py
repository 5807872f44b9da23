"""For each term the rows that say it, those that say it most first: who is likely to be near, without a look at all.

A question is asked of the strongest agreements only, as many as `LOOKED_UP`: what that costs does not grow with the
pool. On 425,000 people, with what it costs, see `benchmarks/matching`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.matching.retrieval.columns import places
from app.matching.retrieval.sparse import COMMON, Matrix, Question

STRONGEST = 24
"""Terms of a row under which it is found. Of the twenty best among 425,000 people, 16 find .96, 24 and 40 .997."""
LOOKED_UP = 120_000
"""60,000 find .986 of them, 100,000 .996, in a third of a millisecond more."""
LEVELS = 16
_LEAST = np.geomspace(0.6, 0.02, LEVELS).astype(np.float32)
"""The least weight of each level but the last, which takes all that weighs less."""
_WEIGHT = (_LEAST * np.sqrt(_LEAST[0] / _LEAST[1])).astype(np.float32)
"""What a weight of each level counts for."""


@dataclass(frozen=True, eq=False)
class Postings:
    rows: NDArray[np.uint32]
    """By term, then by level from the strongest."""
    starts: NDArray[np.uint32]
    """Of each level of each term; and the end."""

    @classmethod
    def of(cls, matrix: Matrix, terms: int) -> "Postings":
        numbers = matrix.numbers[:, :STRONGEST]
        weights = matrix.weights[:, :STRONGEST] * matrix.scales[:, None]
        row, place = np.nonzero(numbers != COMMON)
        level = np.minimum(np.searchsorted(-_LEAST, -weights[row, place]), LEVELS - 1)
        shelf = numbers[row, place].astype(np.int64) * LEVELS + level
        starts = np.concatenate([[0], np.cumsum(np.bincount(shelf, minlength=terms * LEVELS))])
        keys = np.sort(shelf << 32 | row)
        return cls((keys & 0xFFFFFFFF).astype(np.uint32), starts.astype(np.uint32))

    def agreements(self, question: Question, many: int = LOOKED_UP) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
        """Rows, each as often as it is found, and what each time is worth: those that are worth most, about so many."""
        known = question.numbers != COMMON
        shelves = question.numbers[known].astype(np.int64) * LEVELS
        worth = question.values[1:, 0][known, None] * _WEIGHT
        starts = self.starts[shelves[:, None] + np.arange(LEVELS + 1)].astype(np.int64)
        sizes = np.diff(starts, axis=1)
        order = np.argsort(-worth, axis=None)
        enough = np.searchsorted(np.cumsum(sizes.ravel()[order]), many)
        taken = np.zeros(worth.size, np.bool_)
        taken[order[: enough + 1]] = True
        sizes[~taken.reshape(worth.shape)] = 0
        # Of a term, the levels that are taken are the first ones: one stretch.
        return self.rows[places(starts[:, 0], sizes.sum(axis=1))], np.repeat(worth.ravel(), sizes.ravel())
