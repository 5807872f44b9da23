"""What words weigh in the score, for many people at once.

A need, some people, and all their words as matrices: how alike any two of the things they say are, and what the score
of a person would lose without some words. The likenesses are those of `scoring.competence`, but for the weakest terms
of long texts, which `documents` cuts off and here are all there.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from app.matching.documents import Document
from app.matching.scoring import combine
from app.matching.translation import Translations
from app.matching.units import Unit
from app.matching.vectors import DIMENSIONS, RARITY, vectors

Floats = NDArray[np.float32]
_NOTHING = np.float32(1e-6)
"""A length below which nothing is left."""


class Weighing:
    """`needed` are what a need says one by one, `offered` what some people say, one person after another."""

    def __init__(
        self, need: Document, people: Sequence[Document], needed: Sequence[Unit], offered: Sequence[Unit]
    ) -> None:
        self._people = people
        self._terms: dict[str, int] = {}
        self._words: dict[tuple[str, str], int] = {}
        for document in (need, *people):
            for mention in document.mentions:
                self._terms.setdefault(mention.term, len(self._terms))
                self._words.setdefault((mention.form, mention.term), len(self._words))
        self._expanded = _expanded(self._terms, need.table)
        self._dense_words = _dense(self._words, need.table)

        self._whole, self._dense = self._asked(need)
        self._clauses = _unit(self._counted(_by_segment(need)) @ self._expanded).toarray()
        self._said = self._counted([m.term for m in person.mentions] for person in people) @ self._expanded
        self._said_dense = self._spoken([(m.form, m.term) for m in person.mentions] for person in people)
        by_segment = [_by_segment(person) for person in people]
        self._terms_of = [said for person in by_segment for said in person]
        self._segments = self._counted(self._terms_of) @ self._expanded
        self._starts = np.cumsum([0, *(len(person) for person in by_segment)]).tolist()
        self._alike = _over(self._segments @ self._clauses.T, _squares(self._segments))

        alone = _unit(self._expanded)
        asked = _unit(self._counted([m.term for m in unit.mentions] for unit in needed) @ self._expanded)
        answers = _unit(self._counted([m.term for m in unit.mentions] for unit in offered) @ self._expanded)
        self.likeness: Floats = (answers @ asked.T).toarray()
        """Of what is offered (rows) and what is needed (columns), both as cosines."""
        self._offered_parts: Floats = (alone @ asked.T).toarray()
        self._needed_parts: Floats = (alone @ answers.T).toarray()

    def part_in_needed(self, term: str, needed: int) -> float:
        """How much a word by itself is like something that is needed."""
        return float(self._offered_parts[self._terms[term], needed])

    def part_in_offered(self, term: str, offered: int) -> float:
        """How much a word by itself is like something that is offered."""
        return float(self._needed_parts[self._terms[term], offered])

    def losses(self, without: Sequence[tuple[int, frozenset[str]]]) -> NDArray[np.float64]:
        """What the competence of each of these people (by place) loses once they do not say these terms anywhere."""
        if not without:
            return np.zeros(0)
        persons = np.array([person for person, _ in without])
        before_whole = _over(self._said @ self._whole, _squares(self._said))
        before_dense = _over(self._said_dense @ self._dense, (self._said_dense**2).sum(axis=1))
        best = [self._alike[self._starts[p] : self._starts[p + 1]] for p in range(len(self._people))]
        before_best = np.array([_highest(alike) for alike in best])
        before = combine(before_whole[persons], before_dense[persons], before_best[persons])

        said = [
            [(m.form, m.term) for m in self._people[person].mentions if m.term in terms] for person, terms in without
        ]
        gone = self._counted([term for _, term in words] for words in said) @ self._expanded
        left = _over(
            (self._said @ self._whole)[persons] - gone @ self._whole,
            _squares_without(self._said[persons], gone),
        )
        left_dense = self._said_dense[persons] - self._spoken(said)
        dense = _over(left_dense @ self._dense, (left_dense**2).sum(axis=1))
        after_best = self._best_without(without, best)
        return before - combine(left, dense, after_best)

    def _best_without(self, without: Sequence[tuple[int, frozenset[str]]], best: Sequence[Floats]) -> Floats:
        """The best clause for each clause of the need, once these terms are gone: only clauses that say them change."""
        touched = [
            (place, segment)
            for place, (person, terms) in enumerate(without)
            for segment in range(self._starts[person], self._starts[person + 1])
            if not terms.isdisjoint(self._terms_of[segment])
        ]
        segments = np.array([segment for _, segment in touched], int)
        gone = (
            self._counted([t for t in self._terms_of[segment] if t in without[place][1]] for place, segment in touched)
            @ self._expanded
        )
        changed = _over(
            (self._segments @ self._clauses.T)[segments] - gone @ self._clauses.T,
            _squares_without(self._segments[segments], gone),
        )
        found = []
        start = 0
        for place, (person, _) in enumerate(without):
            alike = best[person].copy()
            while start < len(touched) and touched[start][0] == place:
                alike[touched[start][1] - self._starts[person]] = changed[start]
                start += 1
            found.append(_highest(alike))
        return np.array(found)

    def _asked(self, need: Document) -> tuple[Floats, Floats]:
        terms = [[m.term for m in need.mentions]]
        return _unit(self._counted(terms) @ self._expanded).toarray()[0], need.dense

    def _counted(self, groups: Iterable[Iterable[str]]) -> csr_array:
        """A row for each group of terms; one said again counts more, but not twice as much."""
        counts = _counts((map(self._terms.__getitem__, group) for group in groups), len(self._terms))
        counts.data = 1 + np.log(counts.data)
        return counts

    def _spoken(self, groups: Iterable[Iterable[tuple[str, str]]]) -> Floats:
        """The dense vectors of groups of words, before they are brought to length 1."""
        counts = _counts((map(self._words.__getitem__, group) for group in groups), len(self._words))
        return np.asarray(counts @ self._dense_words)


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
