"""Why somebody fits a need: the words of theirs that make the score, for what the need says.

Words are named only if the score falls without them, so that a reason is never decoration (`weighing`). A reason is
kept as data without language; its sentence (`saying`) is made in the language of whoever reads it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from app.kernel.folding import fold
from app.matching.documents import Document, Mention
from app.matching.generic import are_generic, say_nothing
from app.matching.scoring import TIMELY, Closeness, Exclusion, Fit, Timing
from app.matching.units import Tag, Unit, units, written
from app.matching.weighing import Weighing

COVERS = 0.2
"""How alike what is wanted and what is offered must be for one to answer the other."""
TAKES_PART = 0.15
"""A word of an offered clause is named if it is that much like what is wanted by itself."""
SLIGHT = 0.02
"""What the score must lose without them for words to be worth naming."""
TRIED = 3
"""Answers weighed for one thing wanted."""
MOST = 4
"""Reasons of a kind: nobody reads more."""
ABOUT_AS_ABLE = 0.4
"""A single slight reason ties only who has at least this share of the best competence: below it, the word is more often
said of something else (*tri postal*, *éducatrice canine*)."""

Reason = dict[str, Any]
Pair = tuple[str, str, str]
"""What is wanted, and words that do not answer it: a concept, the words folded, and their language."""


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
class Said:
    """What somebody says, and the concepts found in it."""

    document: Document
    tags: Sequence[Tag] = ()


Explained = tuple[list[Covered], list[Missing]]
"""What of a need a person covers, the heaviest first, and the concepts of the need that they do not."""


def explain(
    need: Document,
    person: Document,
    wanted: Sequence[Tag] = (),
    offered: Sequence[Tag] = (),
    wrong: Collection[Pair] = (),
) -> Explained:
    """`explain_all` of one person and one need."""
    [[found]] = explain_all([Said(need, wanted)], [Said(person, offered)], wrong)
    return found


def explain_all(needs: Sequence[Said], people: Sequence[Said], wrong: Collection[Pair] = ()) -> list[list[Explained]]:
    """For each need, of each person. `wrong`: what is not said, whatever the score leans on."""
    needed = [units(need.document, need.tags) for need in needs]
    offered = [units(person.document, person.tags) for person in people]
    weighing = Weighing([one.document for one in needs], [one.document for one in people], needed, offered)
    answers = [
        answer
        for need, wanted in enumerate(needed)
        for person, said in enumerate(offered)
        for answer in _answers(weighing, wanted, said, need, person)
    ]
    losses = weighing.losses([(one.need, one.person, one.terms) for one in answers])
    found: defaultdict[tuple[int, int], dict[int, Covered]] = defaultdict(dict)
    for one, lost in zip(answers, losses.tolist(), strict=True):
        covered = found[one.need, one.person]
        if lost >= SLIGHT and one.needed not in covered:
            covered[one.needed] = one.covering(needed[one.need][one.needed], weighing, lost)
    return [
        [_explained(wanted, found[need, place], person, wrong) for place, person in enumerate(people)]
        for need, wanted in enumerate(needed)
    ]


@dataclass(frozen=True)
class _Answer:
    """Some words of a person that may answer something that is needed."""

    need: int
    person: int
    needed: int
    """What of the need, by its place."""
    unit: Unit
    offered: int
    """Where the unit stands in what the person offers."""
    words: Sequence[Mention]
    terms: frozenset[str]

    def covering(self, needed: Unit, weighing: Weighing, lost: float) -> Covered:
        concept_id = needed.concept_id or (self.unit.concept_id if len(self.words) == len(self.unit.mentions) else None)
        wanted = needed.mentions
        if needed.concept_id is None:
            part = partial(weighing.part_in_offered, person=self.person, number=self.offered)
            wanted = tuple(_between(needed, part)) or wanted
        whole = len(self.terms) > 1 or (needed.concept_id is not None and len({m.term for m in needed.mentions}) == 1)
        whole = whole and not are_generic(self.terms)
        words = written(self.unit, self.words)
        return Covered(written(needed, wanted), words, concept_id, self.terms, lost, not whole)


def _answers(
    weighing: Weighing, needed: Sequence[Unit], offered: Sequence[Unit], need: int, person: int
) -> Iterator[_Answer]:
    """For each thing that is needed, what is most like it."""
    likeness = weighing.likeness(need, person)
    for number in np.flatnonzero((likeness >= COVERS).any(axis=0)).tolist():
        for place in np.argsort(-likeness[:, number], kind="stable")[:TRIED].tolist():
            if likeness[place, number] < COVERS:
                break
            words = _between(offered[place], partial(weighing.part_in_needed, need=need, number=number))
            if words and needed[number].concept_id and needed[number].concept_id == offered[place].concept_id:
                words = list(offered[place].mentions)  # *citernes enterrées*, though *enterrées* alone would rank
            if not words:
                break
            terms = frozenset(m.term for m in words)
            if not say_nothing(terms):
                yield _Answer(need, person, number, offered[place], place, words, terms)


def _between(unit: Unit, part: Callable[[str], float]) -> list[Mention]:
    """Its words from the first to the last that have a part in something, as `part` tells of a term."""
    taking = [mention for mention in unit.mentions if part(mention.term) >= TAKES_PART]
    if not taking:
        return []
    segment, start, end = taking[0].segment, taking[0].start, taking[-1].start
    return [m for m in unit.document.mentions if m.segment == segment and start <= m.start <= end]


def _explained(
    needed: Sequence[Unit], found: Mapping[int, Covered], person: Said, wrong: Collection[Pair]
) -> Explained:
    covered: list[Covered] = []
    missing: dict[str, Missing] = {}
    for number, unit in enumerate(needed):
        one = found.get(number)
        if one and not is_wrong(one.concept_id, one.words, person.document.language, wrong):
            covered.append(one)
        elif unit.concept_id is not None:
            missing[unit.concept_id] = Missing(written(unit, unit.mentions), unit.concept_id)
    for there in (*(one.concept_id for one in covered), *(tag.concept_id for tag in person.tags)):
        missing.pop(there or "", None)
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
    needed, offered = units(need, ()), units(person, ())
    weighing = Weighing([need], [person], [needed], [offered])
    likeness = weighing.likeness(0, 0)
    if not likeness.size or likeness.max() <= 0:
        return None
    said, asked = np.unravel_index(int(likeness.argmax()), likeness.shape)
    wanted = _between(needed[asked], partial(weighing.part_in_offered, person=0, number=int(said)))
    words = _between(offered[said], partial(weighing.part_in_needed, need=0, number=int(asked)))
    return (
        written(needed[asked], wanted or needed[asked].mentions),
        written(offered[said], words or offered[said].mentions),
    )


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


def is_wrong(concept_id: str | None, words: str, language: str, wrong: Collection[Pair]) -> bool:
    """Whether enough people found that these words do not mean this concept."""
    return (concept_id or "", fold(words), language) in wrong


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
