"""A text cut into what it says one by one: the words of each of its concepts, and what is left of each clause."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from app.matching.documents import Document, Mention
from app.matching.text import clauses

CLAUSES = 100
"""Of a text: people say less, and what is pasted is explained in a fifth of a second."""


@dataclass(frozen=True)
class Tag:
    """A concept of a text, and the words there that it was found in (or its label, where it was chosen)."""

    concept_id: str
    words: str


@dataclass(frozen=True)
class Unit:
    """Words that say one thing: those of a tag, or what is left of a clause."""

    document: Document
    mentions: tuple[Mention, ...]
    concept_id: str | None


def units(document: Document, tags: Sequence[Tag]) -> list[Unit]:
    """The words of each tag, where they stand; then, clause by clause, the words that no tag took."""
    found = []
    taken: set[tuple[int, int]] = set()
    for tag in tags:
        for start, end in clauses(tag.words):  # *conseiller municipal/conseillère municipale* was read as two
            own = [mention for mention in _of(document, tag.words[start:end].strip()) if mention.place not in taken]
            taken.update(mention.place for mention in own)
            if own:
                found.append(Unit(document, tuple(own), tag.concept_id))
    left: dict[int, list[Mention]] = {}
    for mention in document.mentions:
        if mention.place not in taken:
            left.setdefault(mention.segment, []).append(mention)
    return found + [Unit(document, tuple(mentions), None) for mentions in islice(left.values(), CLAUSES)]


def written(unit: Unit, mentions: Sequence[Mention]) -> str:
    """From the first of these words to the last, as they were written."""
    return unit.document.segments[mentions[0].segment][mentions[0].start : mentions[-1].end]


def _of(document: Document, words: str) -> list[Mention]:
    """The first place where these words stand."""
    for number, segment in enumerate(document.segments):
        start = segment.find(words) if words else -1
        if start >= 0:
            end = start + len(words)
            return [m for m in document.mentions if m.segment == number and start <= m.start and m.end <= end]
    return []
