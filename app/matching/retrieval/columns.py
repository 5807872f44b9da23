"""Many stored documents read together: `documents.unpack` reads one."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.matching.documents import WITH_DENSE
from app.matching.vectors import DIMENSIONS


class Columns:
    """What was read so far. Clauses are kept once, however many say the same: most are names of concepts."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.clause_counts: list[int] = []
        self.clause_numbers: list[int] = []
        """Of all documents, one after another. Each has one: number 0, which is empty, if it has no other."""
        self.wholes, self.clauses = Listed(), Listed()
        self._dense: list[NDArray[np.int8]] = []
        self._known: dict[int, int] = {}
        """The numbers of clauses by the hash of their bytes: of a million, two are confused once in a million lives."""
        self._number(b"\0\0", 0, 2)
        self.clauses.take(b"\0\0")

    @property
    def dense(self) -> NDArray[np.int8]:
        return np.concatenate([np.zeros((0, DIMENSIONS), np.int8), *self._dense])

    def add(self, documents: Sequence[tuple[int, bytes]]) -> None:
        stored = b"".join(packed for _, packed in documents)
        begins, place = [], 0
        for subject_id, packed in documents:
            self.ids.append(subject_id)
            end = place + len(packed)
            with_dense = packed.startswith(WITH_DENSE)
            begins.append(place + len(WITH_DENSE) if with_dense else -1)
            place += len(WITH_DENSE) + DIMENSIONS if with_dense else 0
            place = self.wholes.note(stored, place)
            before = len(self.clause_numbers)
            while place < end:
                following = place + 2 + 6 * _length(stored, place)
                self.clause_numbers.append(self._number(stored, place, following))
                place = following
            if len(self.clause_numbers) == before:
                self.clause_numbers.append(0)
            self.clause_counts.append(len(self.clause_numbers) - before)
        self.wholes.take(stored)
        self.clauses.take(stored)
        self._dense.append(_dense(np.frombuffer(stored, np.uint8), np.array(begins, np.int64)))

    def _number(self, stored: bytes, place: int, following: int) -> int:
        key = hash(stored[place:following])
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self._known)
            self.clauses.note(stored, place)
        return number


class Listed:
    """Sparse vectors, one after another."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        """Of those that were noted and not taken yet."""
        self._all_lengths: list[int] = []
        self._terms: list[NDArray[np.uint32]] = []
        self._weights: list[NDArray[np.float16]] = []

    def note(self, stored: bytes, place: int) -> int:
        """One is stored at this place. Returns where it ends."""
        length = _length(stored, place)
        self._starts.append(place + 2)
        self._all_lengths.append(length)
        return place + 2 + 6 * length

    def take(self, stored: bytes) -> None:
        """Read those that were noted."""
        letters = np.frombuffer(stored, np.uint8)
        starts = np.array(self._starts, np.int64)
        lengths = np.array(self._all_lengths[len(self._all_lengths) - len(starts) :], np.int64)
        self._terms.append(letters[places(starts, 4 * lengths)].view("<u4"))
        self._weights.append(letters[places(starts + 4 * lengths, 2 * lengths)].view("<f2"))
        self._starts = []

    @property
    def lengths(self) -> NDArray[np.int64]:
        return np.array(self._all_lengths, np.int64)

    @property
    def terms(self) -> NDArray[np.uint32]:
        return np.concatenate([np.empty(0, np.uint32), *self._terms])

    @property
    def weights(self) -> NDArray[np.float16]:
        return np.concatenate([np.empty(0, np.float16), *self._weights])


def read(documents: Iterable[tuple[int, bytes]]) -> Columns:
    columns = Columns()
    columns.add(list(documents))
    return columns


def places(starts: NDArray[np.integer], lengths: NDArray[np.integer]) -> NDArray[np.int64]:
    """Every place of stretches that begin and last so: 5, 6, 7, 20, 21…"""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum(), dtype=np.int64)


def _length(stored: bytes, place: int) -> int:
    return stored[place] | stored[place + 1] << 8


def _dense(letters: NDArray[np.uint8], begins: NDArray[np.int64]) -> NDArray[np.int8]:
    """A row for each document; all zero for what was stored before there were dense vectors."""
    dense = np.zeros((len(begins), DIMENSIONS), np.int8)
    has = begins >= 0
    dense[has] = letters[begins[has, None] + np.arange(DIMENSIONS)].view(np.int8)
    return dense
