"""What words weigh in the score, for many people or needs at once.

Needs, people, and all their words as matrices: how alike any two of the things they say are, and what the score of a
person for a need would lose without some words. The likenesses are those of `scoring.competence`, but for the weakest
terms of long texts, which `documents` cuts off and here are all there.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from app.matching.documents import Document
from app.matching.scoring import together
from app.matching.translation import Translations
from app.matching.units import Unit
from app.matching.vectors import DIMENSIONS, RARITY, vectors

Floats = NDArray[np.float32]
_NOTHING = np.float32(1e-6)
"""A length below which nothing is left."""


class Weighing:
    """`needed`: of each need, what it says one by one; `offered`: of each person. Needs and people are named by their
    places, and so is what they say."""

    def __init__(
        self,
        needs: Sequence[Document],
        people: Sequence[Document],
        needed: Sequence[Sequence[Unit]],
        offered: Sequence[Sequence[Unit]],
    ) -> None:
        self._people = people
        self._terms: dict[str, int] = {}
        self._words: dict[tuple[str, str], int] = {}
        for document in (*needs, *people):
            for mention in document.mentions:
                self._terms.setdefault(mention.term, len(self._terms))
                self._words.setdefault((mention.form, mention.term), len(self._words))
        table = needs[0].table
        self._expanded = _expanded(self._terms, table)
        self._dense_words = _dense(self._words, table)

        asked = self._counted([m.term for m in need.mentions] for need in needs) @ self._expanded
        self._whole: Floats = _unit(asked).toarray().T
        self._dense: Floats = np.array([need.dense for need in needs]).T
        clauses = [_by_segment(need) for need in needs]
        self._clause_starts = _starts(clauses)
        self._clauses: Floats = _unit(self._counted(chain.from_iterable(clauses)) @ self._expanded).toarray().T
        self._said = self._counted([m.term for m in person.mentions] for person in people) @ self._expanded
        self._said_dense = self._spoken([(m.form, m.term) for m in person.mentions] for person in people)
        segments = [_by_segment(person) for person in people]
        self._starts = _starts(segments)
        self._terms_of = list(chain.from_iterable(segments))
        self._segments = self._counted(self._terms_of) @ self._expanded
        self._alike = _over(self._segments @ self._clauses, _squares(self._segments))

        self._needed_starts, self._offered_starts = _starts(needed), _starts(offered)
        alone, wanted, answers = _unit(self._expanded), self._units(needed), self._units(offered)
        self._likeness: Floats = (answers @ wanted.T).toarray()
        self._offered_parts: Floats = (alone @ wanted.T).toarray()
        self._needed_parts: Floats = (alone @ answers.T).toarray()

    def likeness(self, need: int, person: int) -> Floats:
        """Of what a person offers (rows) and what a need says (columns), as cosines."""
        rows = slice(*self._offered_starts[person : person + 2])
        return self._likeness[rows, slice(*self._needed_starts[need : need + 2])]

    def part_in_needed(self, term: str, need: int, number: int) -> float:
        """How much a word by itself is like something that a need says."""
        return float(self._offered_parts[self._terms[term], self._needed_starts[need] + number])

    def part_in_offered(self, term: str, person: int, number: int) -> float:
        """How much a word by itself is like something that a person offers."""
        return float(self._needed_parts[self._terms[term], self._offered_starts[person] + number])

    def losses(self, without: Sequence[tuple[int, int, frozenset[str]]]) -> NDArray[np.float64]:
        """What the competence for each of these needs of each of these people loses once they do not say these terms
        anywhere."""
        if not without:
            return np.zeros(0)
        needs = np.array([need for need, _, _ in without])
        persons = np.array([person for _, person, _ in without])
        products, dense_products = self._said @ self._whole, self._said_dense @ self._dense
        before_whole = _over(products, _squares(self._said))[persons, needs]
        before_dense = _over(dense_products, (self._said_dense**2).sum(axis=1))[persons, needs]
        best = [self._alike[self._starts[p] : self._starts[p + 1]] for p in range(len(self._people))]
        before_best = self._of_need(np.array([_highest(alike) for alike in best])[persons], needs)
        before = together(before_whole, before_dense, before_best)

        said = [
            [(m.form, m.term) for m in self._people[person].mentions if m.term in terms] for _, person, terms in without
        ]
        gone = self._counted([term for _, term in words] for words in said) @ self._expanded
        rows = np.arange(len(without))
        left = _over(
            products[persons, needs] - (gone @ self._whole)[rows, needs],
            _squares_without(self._said[persons], gone),
        )
        left_dense = self._said_dense[persons] - self._spoken(said)
        dense = _over((left_dense * self._dense.T[needs]).sum(axis=1), (left_dense**2).sum(axis=1))
        after_best = self._of_need(self._best_without(without, best), needs)
        return before - together(left, dense, after_best)

    def _of_need(self, best: Floats, needs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Of rows with a number for each clause of all needs, the mean over the clauses of the need of each row."""
        sums = np.concatenate([np.zeros((len(best), 1)), np.cumsum(best, axis=1, dtype=np.float64)], axis=1)
        starts = np.array(self._clause_starts)
        first, last, rows = starts[needs], starts[needs + 1], np.arange(len(best))
        return np.asarray((sums[rows, last] - sums[rows, first]) / np.maximum(1, last - first), np.float64)

    def _best_without(self, without: Sequence[tuple[int, int, frozenset[str]]], best: Sequence[Floats]) -> Floats:
        """The best clause for each clause of all needs, once these terms are gone: only clauses that say them
        change."""
        touched = [
            (place, segment)
            for place, (_, person, terms) in enumerate(without)
            for segment in range(self._starts[person], self._starts[person + 1])
            if not terms.isdisjoint(self._terms_of[segment])
        ]
        segments = np.array([segment for _, segment in touched], int)
        gone = (
            self._counted([t for t in self._terms_of[segment] if t in without[place][2]] for place, segment in touched)
            @ self._expanded
        )
        changed = _over(
            (self._segments @ self._clauses)[segments] - gone @ self._clauses,
            _squares_without(self._segments[segments], gone),
        )
        found = []
        start = 0
        for place, (_, person, _) in enumerate(without):
            alike = best[person].copy()
            while start < len(touched) and touched[start][0] == place:
                alike[touched[start][1] - self._starts[person]] = changed[start]
                start += 1
            found.append(_highest(alike))
        return np.array(found)

    def _units(self, said: Sequence[Sequence[Unit]]) -> csr_array:
        terms = ([m.term for m in unit.mentions] for units in said for unit in units)
        return _unit(self._counted(terms) @ self._expanded)

    def _counted(self, groups: Iterable[Iterable[str]]) -> csr_array:
        """A row for each group of terms; one said again counts more, but not twice as much."""
        counts = _counts((map(self._terms.__getitem__, group) for group in groups), len(self._terms))
        counts.data = 1 + np.log(counts.data)
        return counts

    def _spoken(self, groups: Iterable[Iterable[tuple[str, str]]]) -> Floats:
        """The dense vectors of groups of words, before they are brought to length 1."""
        counts = _counts((map(self._words.__getitem__, group) for group in groups), len(self._words))
        return np.asarray(counts @ self._dense_words)


def _starts(groups: Sequence[Sequence[object]]) -> list[int]:
    """Where each of them begins among all, laid end to end; and where the last one ends."""
    return list(accumulate((len(group) for group in groups), initial=0))


def _by_segment(document: Document) -> list[list[str]]:
    said: dict[int, list[str]] = {}
    for mention in document.mentions:
        said.setdefault(mention.segment, []).append(mention.term)
    return list(said.values())


def _counts(groups: Iterable[Iterable[int]], width: int) -> csr_array:
    """How often each number is in each group: a row for each group."""
    numbers: list[int] = []
    ends = [0]
    for group in groups:
        numbers.extend(group)
        ends.append(len(numbers))
    ones = np.ones(len(numbers), np.float32)
    counts = csr_array((ones, np.array(numbers, np.int32), np.array(ends, np.int32)), shape=(len(ends) - 1, width))
    counts.sum_duplicates()
    return counts


@lru_cache(maxsize=1 << 15)
def _expansion(term: str, table: Translations) -> tuple[NDArray[np.uint32], Floats]:
    expanded = table.expand(term)
    return (
        np.array([crc32(other.encode()) for other, _ in expanded], np.uint32),
        np.array([weight for _, weight in expanded], np.float32),
    )


def _expanded(terms: Iterable[str], table: Translations) -> csr_array:
    """A row for each term: what it and its translations weigh."""
    rows = [_expansion(term, table) for term in terms]
    if not rows:
        return csr_array((0, 0), dtype=np.float32)
    numbers, places = np.unique(np.concatenate([ids for ids, _ in rows]), return_inverse=True)
    ends = np.cumsum([0, *(len(ids) for ids, _ in rows)]).astype(np.int32)
    weights = np.concatenate([weights for _, weights in rows])
    return csr_array((weights, places.astype(np.int32), ends), shape=(len(rows), len(numbers)))


def _dense(words: Iterable[tuple[str, str]], table: Translations) -> Floats:
    rows = [_dense_word(form, term, table) for form, term in words]
    return np.array(rows, np.float32).reshape(len(rows), DIMENSIONS)


@lru_cache(maxsize=1 << 15)
def _dense_word(form: str, term: str, table: Translations) -> Floats:
    return np.asarray(table.rarity(term) ** RARITY * vectors().word(form, term), np.float32)


def _unit(rows: csr_array) -> csr_array:
    lengths = np.sqrt(_squares(rows))
    scales = 1 / np.where(lengths < _NOTHING, 1, lengths)
    data = rows.data * np.repeat(scales, np.diff(rows.indptr))
    return csr_array((data, rows.indices, rows.indptr), shape=rows.shape)


def _squares(rows: csr_array) -> Floats:
    return np.asarray(rows.multiply(rows).sum(axis=1), np.float32)


def _squares_without(rows: csr_array, gone: csr_array) -> Floats:
    """The squared lengths of rows from which others are taken away."""
    left = rows - gone
    return _squares(left)


def _over(products: NDArray[np.floating], squares: NDArray[np.floating]) -> Floats:
    """Cosines, from products with vectors of length 1; none where nothing is left."""
    lengths = np.sqrt(np.maximum(squares, 0))
    gone = lengths < _NOTHING
    scales = np.where(gone, 0, 1 / np.where(gone, 1, lengths))
    return np.asarray((products.T * scales).T, np.float32)


def _highest(alike: Floats) -> Floats:
    return alike.max(axis=0) if len(alike) else np.zeros(alike.shape[1], np.float32)
