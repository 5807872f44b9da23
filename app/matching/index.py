"""The names of all concepts, ready to be found by their words or by resemblance."""

import json
import shutil
import sys
import tempfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.kernel.folding import fold
from app.matching.names import ALIAS, FINENESS, PROPER, TOGETHER, Columns, Named, Reading, number
from app.matching.resemblance import name_vectors
from app.matching.text import LANGUAGES, Language
from app.matching.translation import UNKNOWN, Translations
from app.matching.vectors import vectors

SURE: dict[Language, float] = {"fr": 1.0, "en": 1.0, "ar": 0.5}
"""What resembling a name counts, by its language: most Arabic names are translations made for this project."""
DENSE = 2.0
"""What the dense vectors count beside the words: 1 to 3 find alike, none a fifth less (on `linking-dev`)."""
CANDIDATES = 200
"""Concepts whose names are compared one by one; their centres tell which."""
ALIKE = 0.8
"""Without a word in common, a name resembles from this likeness of the dense vectors on: less is what letters hit at
random are like; up to 0.8 nothing is lost on `linking-dev`."""
Word = tuple[str, str]
"""A folded word and its term."""


@dataclass(frozen=True, slots=True)
class Name:
    concept: int
    text: str
    is_alias: bool
    is_proper: bool
    terms: tuple[str, ...]
    """Of its words that say something, in order."""


@dataclass(frozen=True, slots=True)
class Resembling:
    concept: int
    similarity: float
    lexical: float
    """By the words and their translations alone: 1 for the very words."""


class NameIndex:
    def __init__(self, columns: Columns, table: Translations) -> None:
        self.table = table
        columns = {name: np.asarray(column) for name, column in columns.items()}  # a tenth of a memmap's cost
        self._columns = columns
        meta = json.loads(columns["meta"].tobytes())
        self.ids: list[str] = meta["ids"]
        self.kinds = [sys.intern(kind) for kind in meta["kinds"]]
        self.qualifying = frozenset(meta["qualifying"])
        """French words that mostly say which: *logique*, *comptable*, after the word that says what."""
        self.trades = frozenset(meta["trades"])
        """Bare words for a kind of trade, which leave to others what it deals with: *ingénieur*, *مهندس*."""
        self._named: list[str] = meta["terms"]
        self.terms = {term: place for place, term in enumerate(self._named)}
        self.forms = {sys.intern(form): self._named[place] for form, place in meta["forms"].items()}
        """The folded words of the names, each with its term."""
        self.number = lru_cache(maxsize=1 << 15)(self._number)
        """The same for all forms of a word (gérer, gestion). Names made of the same words have the same sum."""
        self._name = lru_cache(maxsize=1 << 12)(self._read_name)
        # Read one number at a time, which a memoryview does faster than an array; what is mapped stays shared.
        self._texts, self._together = columns["texts"].data, columns["together"].data
        self._sums, self._summed = columns["sums"].data, columns["summed"].data
        self._called, self._called_owners = columns["called"].data, columns["called_owners"].data
        self._called_marks, self._marks = columns["called_marks"].data, columns["marks"].data
        self._text_ends, self._term_ends = columns["text_ends"].data, columns["term_ends"].data
        self._postings, self._starts, self._lengths = (
            columns[name] for name in ("postings", "posting_starts", "lengths")
        )
        self._make_blocks()

    @classmethod
    def made(cls, concepts: Iterable[Named], table: Translations) -> "NameIndex":
        return cls(Reading(table).columns(concepts, vectors(), name_vectors()), table)

    def keep(self, folder: Path) -> None:
        """Writes the columns where other processes map them, whole or not at all, in place of those of before."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
        for name, column in self._columns.items():
            np.save(made / name, column)
        for before in folder.parent.glob("[!.]*"):
            shutil.rmtree(before, ignore_errors=True)
        try:
            made.rename(folder)
        except OSError:  # another process was faster
            shutil.rmtree(made)

    @classmethod
    def kept(cls, folder: Path, table: Translations) -> "NameIndex":
        """Raises OSError, ValueError or KeyError where there are none, or not whole."""
        return cls({file.stem: np.load(file, mmap_mode="r") for file in folder.glob("*.npy")}, table)

    def _number(self, term: str) -> int:
        return number(self.table.family(term))

    def together(self, one: int, other: int) -> bool:
        """Whether two words may stand in one name: no is sure."""
        return bool(self._together[(one + other) % TOGETHER])

    def made_of(self, numbers: Iterable[int]) -> list[Name]:
        """The names made of these words, in whatever order and form; each number once."""
        wanted, found = sum(numbers), []
        place = bisect_left(self._sums, wanted)
        while place < len(self._sums) and self._sums[place] == wanted:
            found.append(self._name(self._summed[place]))
            place += 1
        return found

    def called(self, name: str) -> tuple[int, bool] | None:
        """The one concept that has this very name, and whether it is an alias; words of everyday are left out."""
        wanted = number(fold(name))
        place = bisect_left(self._called, wanted)
        if place == len(self._called) or self._called[place] != wanted:
            return None
        return self._called_owners[place], bool(self._called_marks[place])

    def nearest(self, said: Sequence[Word], limit: int) -> list[Resembling]:
        """The concepts whose names resemble these words and their translations most."""
        if not self._owners.size or not said:
            return []
        lexical = self._lexical(term for _, term in said)
        asked = name_vectors().embed((form, term, self.table.rarity(term)) for form, term in said)
        rough = lexical + DENSE * 2 * (self._columns["name_centres"] @ asked)
        some = min(max(CANDIDATES, limit), len(rough)) - 1
        candidates = np.sort(np.argpartition(-rough, some)[: some + 1])
        counts = self._first[candidates + 1] - self._first[candidates]
        names = np.concatenate([np.arange(self._first[i], self._first[i + 1]) for i in candidates])
        if not names.size:
            return []
        likeness = np.asarray(self._columns["dense"][names].astype(np.float32) @ asked) / FINENESS
        blocks = len(LANGUAGES) * np.repeat(np.arange(len(candidates)), counts) + self._languages[names]
        starts = np.concatenate([[0], np.flatnonzero(np.diff(blocks)) + 1])
        best = np.zeros(len(LANGUAGES) * len(candidates), np.float32)
        best[blocks[starts]] = np.maximum(0, np.maximum.reduceat(likeness, starts))
        by_language = best.reshape(-1, len(LANGUAGES))
        dense = by_language.max(axis=1)
        total = (lexical[candidates] + DENSE * (dense + by_language.mean(axis=1))) / (1 + 2 * DENSE)
        total[(lexical[candidates] == 0) & (dense < ALIKE)] = 0
        order = np.argsort(-total, kind="stable")[:limit]
        return [
            Resembling(int(candidates[i]), float(total[i]), float(lexical[candidates[i]]))
            for i in order
            if total[i] > 0
        ]

    def centre(self, concept: int) -> NDArray[np.float32]:
        return np.asarray(self._columns["centres"][concept])

    def _lexical(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """How much of each concept's best name these words are, over the languages (0 to 1)."""
        similar = np.zeros(len(self._owners), np.float32)
        lengths = dict.fromkeys(LANGUAGES, 0.0)
        for term, weight in self._asked(terms):
            for language in ("fr", "en") if term.startswith(UNKNOWN) else (term[:2],):
                lengths[language] += weight**2
            if (placed := self.terms.get(term)) is not None:
                postings = self._postings[self._starts[placed] : self._starts[placed + 1]]
                similar[postings] += weight * self.table.rarity(term)
        similar /= self._lengths
        best = np.maximum.reduceat(similar, self._block_starts) * self._block_weights
        best /= np.sqrt([lengths[language] or 1.0 for language in LANGUAGES])[self._block_languages]
        summed = np.bincount(self._block_owners, best, len(self.ids)) / sum(SURE.values())
        return np.asarray(summed, np.float32)

    def _asked(self, terms: Iterable[str]) -> Iterator[tuple[str, float]]:
        weights: dict[str, float] = defaultdict(float)
        for term in dict.fromkeys(terms):
            for other, weight in self.table.expand(term):
                weights[other] += weight
        return iter(weights.items())

    def _read_name(self, place: int) -> Name:
        start, end = (self._text_ends[place - 1] if place else 0), self._text_ends[place]
        first, last = (self._term_ends[place - 1] if place else 0), self._term_ends[place]
        mark = self._marks[place]
        terms = tuple(self._named[term] for term in self._columns["terms"][first:last].tolist())
        text = bytes(self._texts[start:end]).decode()
        return Name(int(self._owners[place]), text, bool(mark & ALIAS), bool(mark & PROPER), terms)

    def _make_blocks(self) -> None:
        """A block holds the names of one concept in one language."""
        self._owners = np.asarray(self._columns["owners"])
        self._languages = np.asarray(self._columns["languages"])
        self._first = np.searchsorted(self._owners, np.arange(len(self.ids) + 1))
        changes = (np.diff(self._owners) != 0) | (np.diff(self._languages) != 0)
        self._block_starts = np.concatenate([[0], np.flatnonzero(changes) + 1])[: len(self._owners)]
        self._block_owners = self._owners[self._block_starts]
        self._block_languages = self._languages[self._block_starts]
        self._block_weights = np.array([SURE[language] for language in LANGUAGES], np.float32)[self._block_languages]
