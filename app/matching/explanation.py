"""Why somebody fits a need: the words of theirs that make the score, for what the need says.

Words are named only if the score falls without them, so that a reason is never decoration. A reason is kept as
data without language; its sentence (`saying`) is made in the language of whoever reads it.
"""

import heapq
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from app.kernel.folding import fold
from app.matching.documents import SEGMENT_TERMS, Document, Mention, Vector, vector
from app.matching.generic import are_generic, say_nothing
from app.matching.scoring import TIMELY, Closeness, Exclusion, Fit, Timing, competence
from app.matching.translation import Translations

COVERS = 0.2
"""How alike what is wanted and what is offered must be for one to answer the other."""
TAKES_PART = 0.15
"""A word of an offered clause is named if it is that much like what is wanted by itself."""
SLIGHT = 0.02
"""What the score must lose without them for words to be worth naming."""
TRIED = 3
"""Answers weighed for one thing wanted."""
WEIGHED = 16
"""Things wanted whose answers are weighed, in milliseconds each: of a longer list, those that are answered best…"""
CLAUSES = 100
"""…among the first of a text: people say less, and what is pasted is explained in a fifth of a second."""
MOST = 4
"""Reasons of a kind: nobody reads more."""
ABOUT_AS_ABLE = 0.4
"""A single slight reason ties only who has at least this share of the best competence: below it, the word is more often
said of something else (*tri postal*, *éducatrice canine*)."""

Reason = dict[str, Any]
Pair = tuple[str, str, str]
"""What is wanted, and words that do not answer it: a concept, the words folded, and their language."""


@dataclass(frozen=True)
class Tag:
    """A concept of a text, and the words there that it was found in (or its label, where it was chosen)."""

    concept_id: str
    words: str


@dataclass(frozen=True)
class Covered:
    wanted: str
    """Words of the need."""
    words: str
    """The words of the person that answer them, as they were written."""
    concept_id: str | None
    """Of what is wanted, else of the words."""
    terms: frozenset[str]
    weight: float
    """What the score loses without these words."""
    is_slight: bool = False
    """Generic words, or one word, of the several that were wanted or where no concept says what was."""


@dataclass(frozen=True)
class Missing:
    wanted: str
    concept_id: str


@dataclass(frozen=True)
class _Unit:
    """Words that say one thing: those of a tag, or what is left of a clause."""

    document: Document
    mentions: tuple[Mention, ...]
    concept_id: str | None

    @cached_property
    def vector(self) -> Vector:
        return vector((m.term for m in self.mentions), self.document.table, SEGMENT_TERMS)

    def like(self, other: "_Unit") -> list[Mention]:
        """Its words from the first to the last that have a part in what the other says."""
        part = [m for m in self.mentions if _alone(m.term, self.document.table).cosine(other.vector) >= TAKES_PART]
        between = (m for m in self.document.mentions if part and m.segment == part[0].segment)
        return [m for m in between if part[0].start <= m.start <= part[-1].start]


@lru_cache(maxsize=1 << 13)
def _alone(term: str, table: Translations) -> Vector:
    return vector([term], table, SEGMENT_TERMS)


def explain(
    need: Document,
    person: Document,
    wanted: Sequence[Tag] = (),
    offered: Sequence[Tag] = (),
    wrong: Collection[Pair] = (),
) -> tuple[list[Covered], list[Missing]]:
    """What of the need the person covers, the heaviest first, and the concepts of the need that they do not.

    `wrong`: what is not said, whatever the score leans on.
    """
    score = competence(need, person)
    answers = _units(person, offered)
    covered: list[Covered] = []
    missing: dict[str, Missing] = {}
    for unit in _weighed(_units(need, wanted), answers):
        found = _covering(need, person, unit, answers, score)
        if found and (found.concept_id or "", fold(found.words), person.language) not in wrong:
            covered.append(found)
        elif unit.concept_id is not None:
            missing[unit.concept_id] = Missing(_words(unit, unit.mentions), unit.concept_id)
    for one in covered:
        missing.pop(one.concept_id or "", None)
    return _telling(_distinct(covered))[:MOST], list(missing.values())[:MOST]


def reasons(
    covered: Iterable[Covered],
    missing: Iterable[Missing] = (),
    closeness: Closeness = Closeness.NONE,
    languages: Collection[str] = (),
    exclusion: Exclusion | None = None,
    timing: Timing = Timing.UNKNOWN,
    likes_theme: bool = False,
) -> list[Reason]:
    """All that there is to say, as data that can be stored; `languages` are the ones in common worth a mention."""
    said: list[Reason] = []
    if exclusion is not None:
        said.append({"kind": "exclusion", "why": exclusion.value})
    for one in covered:
        reason = {"kind": "covered", "concept": one.concept_id, "wanted": one.wanted, "words": one.words}
        said.append(reason | ({"slight": True} if one.is_slight else {}))
    if closeness is not Closeness.NONE:
        said.append({"kind": "closeness", "to": closeness.value})
    if languages:
        said.append({"kind": "languages", "codes": sorted(languages)})
    if likes_theme:
        said.append({"kind": "theme"})
    if timing in TIMELY:
        said.append({"kind": "timing", "is": timing.value})
    said.extend({"kind": "missing", "concept": one.concept_id, "wanted": one.wanted} for one in missing)
    return said


def ties(said: Iterable[Reason], fit: Fit, best: float) -> bool:
    """Whether these reasons are enough to propose somebody, beside the competence of the best."""
    covered = [reason for reason in said if reason["kind"] == "covered"]
    if len(covered) == 1 and covered[0].get("slight"):
        return fit.competence >= ABOUT_AS_ABLE * best
    return bool(covered)


def nearest_words(need: Document, person: Document) -> tuple[str, str] | None:
    """The words of the need and those of the person that are most alike, though they are no reason."""
    pairs = [
        (asked.vector.cosine(said.vector), asked, said) for asked in _units(need, ()) for said in _units(person, ())
    ]
    likeness, asked, said = max(pairs, key=lambda pair: pair[0], default=(0.0, None, None))
    if likeness <= 0 or asked is None or said is None:
        return None
    return _words(asked, asked.like(said) or asked.mentions), _words(said, said.like(asked) or said.mentions)


def without_words(document: Document, words: Collection[str]) -> Document:
    """The same text as if it did not say these words, which are folded, wherever they stand together."""
    gone: set[Mention] = set()
    longest = max((len(one.split()) for one in words), default=0)
    for number, segment in enumerate(document.segments):
        said = [mention for mention in document.mentions if mention.segment == number]
        for first in range(len(said)):
            for last in range(first, min(first + longest, len(said))):
                if fold(segment[said[first].start : said[last].end]) in words:
                    gone.update(said[first : last + 1])
    return document.without(gone) if gone else document


def _units(document: Document, tags: Sequence[Tag]) -> list[_Unit]:
    """The words of each tag, where they stand; then, clause by clause, the words that no tag took."""
    units = []
    free = dict.fromkeys(document.mentions)
    for tag in tags:
        taken = [mention for mention in _of(document, tag.words) if mention in free]
        for mention in taken:
            del free[mention]
        if taken:
            units.append(_Unit(document, tuple(taken), tag.concept_id))
    clauses: dict[int, list[Mention]] = {}
    for mention in free:
        clauses.setdefault(mention.segment, []).append(mention)
    return units + [_Unit(document, tuple(mentions), None) for mentions in list(clauses.values())[:CLAUSES]]


def _weighed(units: Sequence[_Unit], answers: Sequence[_Unit]) -> Sequence[_Unit]:
    """What a concept says, and of the other clauses those that are answered best."""
    if len(units) <= WEIGHED:
        return units
    tagged = sum(unit.concept_id is not None for unit in units)
    best = [max((unit.vector.cosine(answer.vector) for answer in answers), default=0.0) for unit in units[tagged:]]
    kept = heapq.nlargest(max(0, WEIGHED - tagged), range(len(best)), key=best.__getitem__)
    return [*units[:tagged], *(units[tagged + place] for place in sorted(kept))]


def _of(document: Document, words: str) -> list[Mention]:
    """The first place where these words stand."""
    for number, segment in enumerate(document.segments):
        start = segment.find(words) if words else -1
        if start >= 0:
            end = start + len(words)
            return [m for m in document.mentions if m.segment == number and start <= m.start and m.end <= end]
    return []


def _covering(need: Document, person: Document, unit: _Unit, answers: Sequence[_Unit], score: float) -> Covered | None:
    """The answer that is most like what is wanted, if the score leans on it."""
    alike = sorted(((unit.vector.cosine(answer.vector), i) for i, answer in enumerate(answers)), reverse=True)
    for likeness, place in alike[:TRIED]:
        answer = answers[place]
        words = answer.like(unit) if likeness >= COVERS else []
        if not words:
            break
        terms = frozenset(m.term for m in words)
        if say_nothing(terms):
            continue
        lost = score - competence(need, person.without(m for m in person.mentions if m.term in terms))
        if lost >= SLIGHT:
            concept_id = unit.concept_id or (answer.concept_id if len(words) == len(answer.mentions) else None)
            wanted = unit.mentions if unit.concept_id else unit.like(answer) or unit.mentions
            whole = len(terms) > 1 or (unit.concept_id is not None and len({m.term for m in unit.mentions}) == 1)
            whole = whole and not are_generic(terms)
            return Covered(_words(unit, wanted), _words(answer, words), concept_id, terms, lost, not whole)
    return None


def _distinct(covered: Iterable[Covered]) -> list[Covered]:
    """The heaviest first; neither the same concept nor the same words twice."""
    kept: list[Covered] = []
    for one in sorted(covered, key=lambda one: (-one.weight, one.words)):
        if not any(one.terms <= other.terms or _what(one) == _what(other) for other in kept):
            kept.append(one)
    return kept


def _telling(covered: Sequence[Covered]) -> list[Covered]:
    """Without the lone words that no concept names, beside reasons that say more."""
    more = [one for one in covered if one.concept_id is not None or len(one.terms) > 1]
    return more or list(covered)


def _what(covered: Covered) -> str:
    return covered.concept_id or fold(covered.wanted)


def _words(unit: _Unit, mentions: Sequence[Mention]) -> str:
    """From the first of these words to the last, as they were written."""
    return unit.document.segments[mentions[0].segment][mentions[0].start : mentions[-1].end]
