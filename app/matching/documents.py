"""A text as matching sees it: its words, and the terms that they stand for in three languages.

The whole is one sparse vector of terms, and so is each clause: a need asks for several things, and each of them
is looked for in the clause of a profile that says it best. Beside them the whole is one dense vector (`vectors`).
"""

import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from app.matching.text import LONGEST_TEXT, Language, clauses
from app.matching.translation import Translations, translations
from app.matching.vectors import DIMENSIONS, vectors

TERMS = 100
"""Strongest terms kept of a whole text: 100 to 200 rank alike, 50 a little worse."""
SEGMENT_TERMS = 40
SEGMENTS = 64
"""Clauses beyond count in the whole only: nobody has so many skills, and work stays bounded."""


@dataclass(frozen=True, eq=False)
class Vector:
    """A sparse vector of length 1: term numbers in order, and their weights. Empty when nothing was said."""

    terms: NDArray[np.uint32]
    weights: NDArray[np.float32]

    def cosine(self, other: "Vector") -> float:
        return _cosine(self, other)

    @cached_property
    def by_term(self) -> dict[int, float]:
        return dict(zip(self.terms.tolist(), self.weights.tolist(), strict=True))


@lru_cache(maxsize=1 << 14)
def _cosine(one: Vector, other: Vector) -> float:
    # Kept, as the vectors themselves are (`_vector`): the same clauses meet again and again.
    theirs = other.by_term
    return sum(weight * theirs[term] for term, weight in one.by_term.items() if term in theirs)


@dataclass(frozen=True)
class Mention:
    """A word that says something: its place in the text of a segment, folded, and its term."""

    segment: int
    start: int
    end: int
    form: str
    term: str

    @property
    def place(self) -> tuple[int, int]:
        return self.segment, self.start


@dataclass(frozen=True)
class Document:
    language: Language
    segments: tuple[str, ...]
    """The clauses of the parts, each as it was written."""
    mentions: tuple[Mention, ...]
    table: Translations = field(repr=False, compare=False)

    def without(self, mentions: Iterable[Mention]) -> "Document":
        """The same text as if these words had not been written."""
        gone = set(mentions)
        return Document(self.language, self.segments, tuple(m for m in self.mentions if m not in gone), self.table)

    @cached_property
    def vector(self) -> Vector:
        return vector((m.term for m in self.mentions), self.table, TERMS)

    @cached_property
    def dense(self) -> NDArray[np.float32]:
        """128 numbers, of length 1 or all zero."""
        return vectors().embed((m.form, m.term, self.table.rarity(m.term)) for m in self.mentions)

    @cached_property
    def segment_vectors(self) -> tuple[Vector, ...]:
        said: dict[int, list[str]] = {}
        for mention in self.mentions:
            said.setdefault(mention.segment, []).append(mention.term)
        return tuple(vector(terms, self.table, SEGMENT_TERMS) for terms in list(said.values())[:SEGMENTS])


def analyse(parts: Sequence[str], language: str | None = None) -> Document:
    """Reads what somebody wrote: a title, a text, chips… each a part. The language is recognised if not given."""
    table = translations()
    segments: list[str] = []
    left = LONGEST_TEXT
    for part in parts:
        read = part[:left]
        segments.extend(read[start:end].strip() for start, end in clauses(read))
        left -= len(read)
    spoken = table.spoken(language, " . ".join(segments))
    mentions = tuple(
        Mention(number, word.start, word.end, word.form, term)
        for number, segment in enumerate(segments)
        for word, term in table.content(segment, spoken)
    )
    return Document(spoken, tuple(segments), mentions, table)


def vector(terms: Iterable[str], table: Translations, most: int) -> Vector:
    """The terms and their translations; a term said again counts more, but not twice as much."""
    return _vector(tuple(sorted(terms)), table, most)


@lru_cache(maxsize=1 << 13)
def _vector(terms: tuple[str, ...], table: Translations, most: int) -> Vector:
    # Kept: to explain twenty people the same clauses are weighed again and again, with and without a word.
    weights: dict[str, float] = {}
    for term, times in Counter(terms).items():
        for other, weight in table.expand(term):
            weights[other] = weights.get(other, 0.0) + weight * (1 + log(times))
    strongest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most]
    by_number = sorted((crc32(term.encode()), weight) for term, weight in strongest)
    numbers = np.array([number for number, _ in by_number], np.uint32)
    values = np.array([weight for _, weight in by_number], np.float32)
    return Vector(numbers, values / (np.linalg.norm(values) or 1.0))


WITH_DENSE = b"\xff\x02"
"""How what is stored begins. What was stored before there were dense vectors begins with a length below 0xff."""


@dataclass(frozen=True, eq=False)
class Packed:
    """What is stored of a document, read again."""

    dense: NDArray[np.float32]
    """Of length 1; all zero for what was stored before there were dense vectors."""
    whole: Vector
    segments: tuple[Vector, ...]


def pack(document: Document) -> bytes:
    """What is stored of it: a byte for each number of the dense vector, six for each term of the others."""
    packed = [WITH_DENSE, np.rint(127 * document.dense).astype("i1").tobytes()]
    for one in (document.vector, *document.segment_vectors):
        packed += [struct.pack("<H", len(one.terms)), one.terms.astype("<u4").tobytes()]
        packed.append(one.weights.astype("<f2").tobytes())
    return b"".join(packed)


def unpack(packed: bytes) -> Packed:
    dense, place = np.zeros(DIMENSIONS, np.float32), 0
    if packed.startswith(WITH_DENSE):
        place = len(WITH_DENSE) + DIMENSIONS
        dense = np.frombuffer(packed, "i1", DIMENSIONS, len(WITH_DENSE)).astype(np.float32)
        dense /= np.linalg.norm(dense) or 1.0
    found = []
    while place < len(packed):
        (length,) = struct.unpack_from("<H", packed, place)
        terms = np.frombuffer(packed, "<u4", length, place + 2)
        weights = np.frombuffer(packed, "<f2", length, place + 2 + 4 * length)
        found.append(Vector(terms, weights.astype(np.float32)))
        place += 2 + 6 * length
    whole, *segments = found
    return Packed(dense, whole, tuple(segments))


def made_with() -> str:
    """Tells with which artefacts documents are made now: those made with others are to be made again."""
    return f"{translations().version}+{vectors().version}"
