"""Ten times as many people as are stored, without storing them: each copy is somebody who differs in one clause.

A copy says all that its original says, but for one clause: in its place there is one of somebody else's, which has lost
a term, as a slip of the pen would lose it. Its whole text and its dense vector follow. Nothing is drawn but by the
seed. What comes out is packed as `documents.pack` does, so that the application's own code reads it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.matching.documents import TERMS, WITH_DENSE
from app.matching.retrieval.columns import Columns, Listed, places

Packed = list[tuple[int, bytes]]

SEED = 2026
BATCH = 2000
APART = 10_000_000
"""Between the ids of somebody and of each of the copies: more than there are people."""
LEAST = 0.01
"""Weights below are dropped from a whole text: what is left of a term when its clause is gone."""
NOISE = 0.1
"""Length of what is added to a dense vector of length 1: a cosine of .995, about what a slip of the pen does."""


def keep(path: Path, documents: Packed) -> None:
    """In the order of their ids, in one file."""
    ids, packed = zip(*sorted(documents), strict=True)
    ends = np.cumsum([len(one) for one in packed])
    np.savez(path, ids=np.array(ids), ends=ends, letters=np.frombuffer(b"".join(packed), np.uint8))


def kept(path: Path) -> Iterator[Packed]:
    with np.load(path) as file:
        ids, ends, letters = file["ids"].tolist(), [0, *file["ends"].tolist()], file["letters"].tobytes()
    for start in range(0, len(ids), BATCH):
        some = range(start, min(start + BATCH, len(ids)))
        yield [(ids[i], letters[ends[i] : ends[i + 1]]) for i in some]


@dataclass(frozen=True, eq=False)
class Sparse:
    """Vectors one after another, and where each begins."""

    begins: NDArray[np.int64]
    lengths: NDArray[np.int64]
    terms: NDArray[np.uint32]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, listed: Listed) -> "Sparse":
        lengths = listed.lengths
        return cls(np.cumsum(lengths) - lengths, lengths, listed.terms, listed.weights.astype(np.float32))

    def take(self, numbers: NDArray[np.integer]) -> "Sparse":
        lengths = self.lengths[numbers]
        found = places(self.begins[numbers], lengths)
        return Sparse(np.cumsum(lengths) - lengths, lengths, self.terms[found], self.weights[found])

    @property
    def owners(self) -> NDArray[np.int64]:
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def only(self, kept: NDArray[np.bool_]) -> "Sparse":
        """Those terms, at length 1."""
        owners, weights = self.owners[kept], self.weights[kept]
        lengths = np.bincount(owners, minlength=len(self.lengths))
        norms = np.sqrt(np.bincount(owners, weights**2, minlength=len(self.lengths)))[owners]
        return Sparse(np.cumsum(lengths) - lengths, lengths, self.terms[kept], (weights / norms).astype(np.float32))

    def packed(self) -> list[bytes]:
        terms, weights = self.terms.astype("<u4").tobytes(), self.weights.astype("<f2").tobytes()
        return [
            (end - begin).to_bytes(2, "little") + terms[4 * begin : 4 * end] + weights[2 * begin : 2 * end]
            for begin, end in zip(self.begins.tolist(), (self.begins + self.lengths).tolist(), strict=True)
        ]


class Originals:
    """Everybody who is stored, read by the application's own code."""

    def __init__(self, path: Path) -> None:
        columns = Columns()
        for some in kept(path):
            columns.add(some)
        self.ids = np.array(columns.ids)
        self.dense = columns.dense.astype(np.float32) / 127
        self.wholes, self.clauses = Sparse.of(columns.wholes), Sparse.of(columns.clauses)
        self.counts = np.array(columns.clause_counts)
        self.starts = np.cumsum(self.counts) - self.counts
        self.numbers = np.array(columns.clause_numbers)
        self.packed_clauses = self.clauses.packed()

    def copies(self, number: int) -> Iterator[Packed]:
        """Everybody once more, a little different; `number` from 1 tells one such copy from another."""
        drawn = np.random.default_rng((SEED, number))
        others = drawn.permutation(len(self.ids))
        for start in range(0, len(self.ids), BATCH):
            rows = np.arange(start, min(start + BATCH, len(self.ids)))
            yield self._copied(rows, others[rows], number, drawn)

    def _copied(
        self, rows: NDArray[np.int64], others: NDArray[np.int64], number: int, drawn: np.random.Generator
    ) -> Packed:
        place = (drawn.random(len(rows)) * self.counts[rows]).astype(np.int64)
        lost = self.numbers[self.starts[rows] + place]
        found = self.numbers[self.starts[others] + (drawn.random(len(rows)) * self.counts[others]).astype(np.int64)]
        won = _with_a_slip(self.clauses.take(found), drawn)
        # A whole text is about the sum of its clauses, of length 1: each weighs so much in it.
        share = 1 / np.sqrt(self.counts[rows])
        wholes = _exchanged(self.wholes.take(rows), self.clauses.take(lost), won, share).packed()
        dense = self._mixed(rows, others, drawn)
        copied = []
        for i, (row, changed, clause) in enumerate(zip(rows.tolist(), place.tolist(), won.packed(), strict=True)):
            start = self.starts[row]
            said = [self.packed_clauses[one] for one in self.numbers[start : start + self.counts[row]]]
            said[changed] = clause
            packed = b"".join((WITH_DENSE, dense[i].tobytes(), wholes[i], *said))
            copied.append((int(self.ids[row]) + number * APART, packed))
        return copied

    def _mixed(
        self, rows: NDArray[np.int64], others: NDArray[np.int64], drawn: np.random.Generator
    ) -> NDArray[np.int8]:
        """One part of the other's in as many as there are clauses, and noise, so that hardly two are equal."""
        part = (1 / np.maximum(self.counts[rows], 2))[:, None]
        mixed = _normalised((1 - part) * self.dense[rows] + part * self.dense[others])
        noise = drawn.standard_normal(mixed.shape) * (NOISE / np.sqrt(mixed.shape[1]))
        return np.asarray(np.rint(127 * _normalised(mixed + noise)), np.int8)


def _with_a_slip(clauses: Sparse, drawn: np.random.Generator) -> Sparse:
    """Each without one of its terms, if it has several."""
    gone = (drawn.random(len(clauses.lengths)) * clauses.lengths).astype(np.int64)
    kept = np.ones(len(clauses.terms), np.bool_)
    several = clauses.lengths > 1
    kept[(clauses.begins + gone)[several]] = False
    return clauses.only(kept)


def _exchanged(wholes: Sparse, lost: Sparse, won: Sparse, share: NDArray[np.floating]) -> Sparse:
    """Whole texts without a clause, with another: the strongest terms, in the order of their numbers."""
    owners = np.concatenate([wholes.owners, lost.owners, won.owners])
    keys = owners << 32 | np.concatenate([wholes.terms, lost.terms, won.terms])
    weights = np.concatenate(
        [wholes.weights, -lost.weights * share[lost.owners], won.weights * share[won.owners]], dtype=np.float32
    )
    order = np.argsort(keys)
    keys, first = np.unique(keys[order], return_index=True)
    weights = np.add.reduceat(weights[order], first) if len(first) else weights
    keys, weights = keys[weights > LEAST], weights[weights > LEAST]
    owners, terms = keys >> 32, (keys & 0xFFFFFFFF).astype(np.uint32)
    lengths = np.bincount(owners, minlength=len(wholes.lengths))
    begins = np.cumsum(lengths) - lengths
    strongest = np.lexsort((-weights, owners))
    kept = np.zeros(len(keys), np.bool_)
    kept[strongest] = np.arange(len(keys)) - begins[owners] < TERMS
    return Sparse(begins, lengths, terms, weights).only(kept)


def _normalised(vectors: NDArray[np.floating]) -> NDArray[np.floating]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths))
