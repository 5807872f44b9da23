"""From the words of a text to concepts, for what people see: chips, reasons, filters. The ranking does not lean on
it.

The words of a concept's name are looked for together in a clause, under any form (gérer, gestion), in any
order, with one word between them or a typing mistake. A clause that only resembles a name is proposed, never
linked. A word with two meanings is settled by the words around it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from app.kernel.folding import fold
from app.matching.forms import OTHER_WORD, distance
from app.matching.hearing import Heard, Hearing
from app.matching.index import Name, NameIndex
from app.matching.names import Named
from app.matching.text import Language, clauses
from app.matching.translation import Translations
from app.matching.vectors import vectors

LINKED = 88
"""From this score a concept is linked; from `PROPOSED` on, the person is asked whether it is meant."""
PROPOSED = 80

READ = 8_000
"""Letters of a text; what follows is left to the ranking, and a pasted book is linked in a fifth of a second."""
LONGEST_NAME = 200
WINDOW = 6
"""Words of a name that are looked for; longer names are found by resemblance only."""
MOST = 20
"""Links of one text: nobody reads more chips."""

# What is taken off 100 for each thing that makes a link less sure; `forms` says what for another form of a word.
OTHER_ORDER = 8
GAP = 6  # a word stands between
ALIAS = 2
ALONE = 14
"""One word out of a clause, when it is common…"""
COMMON = 5.2
"""…that is, less rare than this…"""
ALONE_OTHER_FORM = 10
"""…or is another word (camions, camionneur): a name is made of more than the root of one word."""
ALONE_IN_PROSE = 13
"""…or stands in a sentence, where *logique*, *acteur*, *culture* are said of anything."""
ALONE_QUALIFYING = 13
"""…or only says which thing the word before it is (*cadre logique*, *plan comptable*)."""
RARE = 7.5
"""A word so rare that names one concept only (*matfia*) means it wherever it stands, in any form."""
PROSE = 5
"""Words that say something in a clause, from which it is a sentence rather than an item of a list."""
EVERYDAY_IN_PROSE = 30
"""Of *jeunes*, *formation*, *commune* a sentence says nothing; elsewhere they are asked about."""
PROPER = 30
"""A product that bears a word of everyday (Source, Chef), written without its capital…"""
WELL_KNOWN = 8.0
"""…a word that is less rare than this."""
WORDING = 0.06
"""What the likeness of the letters weighs between names made of the same words…"""
NEIGHBOURS = 20
"""…and what the words around weigh between concepts that have the same name."""
AROUND = 12
"""Words of the clauses before and after that settle a meaning."""

ALIKE = 0.7
"""A clause is like a name from this similarity on (`NameIndex.nearest`): two proposals of three make sense…"""
MOST_ALIKE = 87
"""…and this is the highest score that likeness alone gives, or a word of everyday."""
ALIKE_TRADE = 0.4
"""A trade is proposed from this likeness on, when the text says its kind (*ingénieur*) and what it deals with."""
CLAUSES_ASKED = 8
"""Of a text; each takes milliseconds."""


@dataclass(frozen=True)
class Link:
    concept_id: str
    mention: str
    """The words of the text, as they were written."""
    start: int
    end: int
    score: float

    @property
    def sure(self) -> bool:
        return self.score >= LINKED


@dataclass(frozen=True, slots=True)
class _Found:
    name: Name
    first: int
    last: int
    score: float
    weight: float


@dataclass(frozen=True)
class _Around:
    """The words of a clause and of its neighbours."""

    words: Sequence[Heard]
    rarity: Callable[[str], float]

    @cached_property
    def vector(self) -> NDArray[np.float32]:
        return vectors().embed((word.meant, word.term, self.rarity(word.term)) for word in self.words)


class Linker:
    def __init__(self, index: NameIndex) -> None:
        self.index = index
        self.table = index.table
        self.rarity = lru_cache(maxsize=1 << 14)(self.table.rarity)
        self.hearing = Hearing(index)
        self.vocabulary = self.hearing.vocabulary

    @classmethod
    def over(cls, concepts: Iterable[Named], table: Translations) -> "Linker":
        return cls(NameIndex.made(concepts, table))

    def link(self, text: str, language: Language) -> list[Link]:
        """The concepts of a text in the order of their words, sure ones and proposals; no word is used twice."""
        text = text[:READ]
        links: list[Link] = []
        heard: list[list[Heard]] = []
        asked = 0
        for start, end in clauses(text):
            if exact := self._exact(text, start, end):
                links.append(exact)
            else:
                heard.append(list(self.hearing.hear(text, start, end, language)))
        for place, clause in enumerate(heard):
            before, after = heard[max(0, place - 1) : place], heard[place + 1 : place + 2]
            around = [word for other in (*before, *after) for word in other[:AROUND]]
            chosen = self._choose(clause, _Around([*clause, *around], self.rarity))
            for found in chosen:
                links.append(self._link(text, clause, found.first, found.last, found.name.concept, found.score))
            if asked < CLAUSES_ASKED and (question := self._question(clause, chosen)):
                asked += 1
                links.extend(self._answer(text, clause, question))
        best: dict[str, Link] = {}
        for link in links:
            if link.concept_id not in best or link.score > best[link.concept_id].score:
                best[link.concept_id] = link
        strongest = sorted(best.values(), key=lambda link: -link.score)[:MOST]
        return sorted(strongest, key=lambda link: link.start)

    def nearest(self, text: str, language: Language, limit: int = 20) -> list[tuple[str, float]]:
        """Concepts by how much their names resemble a short text, whatever the language: for a field of choice."""
        said = [(word.meant, word.term) for word in self.hearing.hear(text, 0, len(text), language)]
        return [(self.index.ids[near.concept], near.similarity) for near in self.index.nearest(said, limit)]

    def _exact(self, text: str, start: int, end: int) -> Link | None:
        """A clause that is the very name of one concept."""
        while text[start].isspace():
            start += 1
        mention = text[start:end].rstrip()
        found = self.index.called(mention) if len(mention) <= LONGEST_NAME else None
        if found is None:
            return None
        concept, is_alias = found
        return Link(self.index.ids[concept], mention, start, start + len(mention), 100.0 - ALIAS * is_alias)

    def _link(self, text: str, heard: Sequence[Heard], first: int, last: int, concept: int, score: float) -> Link:
        start, end = heard[first].start, heard[last].end
        return Link(self.index.ids[concept], text[start:end], start, end, round(score, 1))

    def _choose(self, heard: Sequence[Heard], around: _Around) -> list[_Found]:
        """The names found in a clause that tell most and share no word."""
        if 2 <= len(heard) <= WINDOW and all(word.likeness for word in heard):
            whole = self._named(heard, range(len(heard)), False, around)
            if (best := max(whole, key=lambda found: found.score, default=None)) and best.score >= LINKED:
                return [best]
        chosen: list[_Found] = []
        taken: set[int] = set()
        for found in sorted(self._find(heard, around), key=lambda f: (-f.weight * f.score**2, -f.score)):
            places = set(range(found.first, found.last + 1))
            if found.score >= PROPOSED and not places & taken:
                chosen.append(found)
                taken |= places
        if any(found.score >= LINKED for found in chosen):
            chosen = [found for found in chosen if found.score >= LINKED or not _is_everyday(heard, found)]
        return sorted(chosen, key=lambda found: found.first)

    def _find(self, heard: Sequence[Heard], around: _Around) -> Iterator[_Found]:
        for first, word in enumerate(heard):
            if word.likeness:
                yield from self._beginning(heard, (first,), False, around)

    def _beginning(
        self, heard: Sequence[Heard], places: tuple[int, ...], gap: bool, around: _Around
    ) -> Iterator[_Found]:
        """The names made of the words at these places, and of these and some that follow."""
        yield from self._named(heard, places, gap, around)
        if len(places) == WINDOW:
            return
        for skipped in (0, 1)[: 2 - gap]:
            following = places[-1] + 1 + skipped
            if following < len(heard) and heard[following].likeness:
                number = heard[following].number
                said = [heard[place].number for place in places]
                if number not in said and all(self.index.together(one, number) for one in said):
                    yield from self._beginning(heard, (*places, following), gap or bool(skipped), around)

    def _named(self, heard: Sequence[Heard], places: Sequence[int], gap: bool, around: _Around) -> Iterator[_Found]:
        """The concepts whose name is made of these words."""
        said = [heard[place] for place in places]
        names = self.index.made_of({word.number for word in said})
        if not names:
            return
        concepts = {name.concept for name in names}
        weight = sum(self.rarity(word.term) for word in said)
        meanings: dict[int, float] = {}
        wording = " ".join(word.form for word in said)
        for name in names:
            far = sum(_distance(word, name) for word in said) / len(said)
            score = 100.0 - far - GAP * gap - ALIAS * name.is_alias
            score -= PROPER * (name.is_proper and weight < WELL_KNOWN and not said[0].capital)
            score -= OTHER_ORDER * (not self._in_order(said, name))
            alone = (name.is_proper, len(concepts) == 1, far >= OTHER_WORD)
            if self._left(heard, places, *alone, score) < PROPOSED:
                continue  # what is asked next only takes off more
            if len(concepts) > 1 and not meanings:
                meanings = self._meanings(concepts, around)
            score -= WORDING * (100 - _likeness(wording, name.text))
            score -= meanings.get(name.concept, 0.0)
            score = self._left(heard, places, *alone, score)
            yield _Found(name, places[0], places[-1], score, weight * (0.6 if gap else 1))

    def _left(
        self, heard: Sequence[Heard], places: Sequence[int], proper: bool, unambiguous: bool, other: bool, score: float
    ) -> float:
        """What is left of a score: all of it, unless the name is one word (`other`: another one than was written)."""
        if len(places) > 1:
            return score
        place = places[0]
        word, prose = heard[place], len(heard) >= PROSE
        rarity = self.rarity(word.term)
        if word.is_everyday and (len(heard) > 1 or rarity < RARE) and not (proper and word.capital):
            return min(score - ALONE_OTHER_FORM * other, MOST_ALIKE) - EVERYDAY_IN_PROSE * prose
        if len(heard) == 1:
            return score
        if unambiguous and rarity >= RARE:
            return score - ALONE_QUALIFYING * self._qualifies(heard, place) - ALONE_OTHER_FORM * other
        penalties = (
            ALONE * (rarity < COMMON) * (0.5 if unambiguous else 1),
            ALONE_IN_PROSE * prose,
            ALONE_QUALIFYING * self._qualifies(heard, place),
        )
        return score - max(penalties) - ALONE_OTHER_FORM * other

    def _meanings(self, concepts: Iterable[int], around: _Around) -> dict[int, float]:
        """What is taken off each concept that has the same name: none off the one that its neighbours mean."""
        likeness = {concept: float(self.index.centre(concept) @ around.vector) for concept in concepts}
        most = max(likeness.values())
        return {concept: NEIGHBOURS * (most - alike) for concept, alike in likeness.items()}

    def _qualifies(self, heard: Sequence[Heard], place: int) -> bool:
        """Said of the word just before it, with no *de* or *en* between."""
        word = heard[place]
        return place > 0 and word.form in self.index.qualifying and word.start - heard[place - 1].end == 1

    def _in_order(self, said: Sequence[Heard], name: Name) -> bool:
        order = [self.index.number(term) for term in name.terms]
        places = [order.index(word.number) for word in said]
        return places == sorted(places)

    def _question(self, heard: Sequence[Heard], chosen: Sequence[_Found]) -> slice | None:
        """The words whose resemblance to names is asked about: those of a trade (its kind and what it deals with), or
        all of a clause in which no name was found.
        """
        taken = {place for found in chosen for place in range(found.first, found.last + 1)}
        for place, word in enumerate(heard):
            if len(heard) > 1 and place not in taken and word.likeness and word.is_trade:
                return slice(place, min(place + WINDOW, len(heard)))
        return slice(0, len(heard)) if not chosen and 2 <= len(heard) <= 2 * WINDOW else None

    def _answer(self, text: str, heard: Sequence[Heard], question: slice) -> Iterator[Link]:
        said = [(word.meant, word.term) for word in heard[question]]
        is_trade = len(heard) > 1 and heard[question.start].is_trade
        for near in self.index.nearest(said, WINDOW if is_trade else 1):
            if is_trade and self.index.kinds[near.concept] == "occupation" and near.lexical >= ALIKE_TRADE:
                yield self._link(text, heard, question.start, question.start, near.concept, PROPOSED)
                return
            if not is_trade and near.lexical >= ALIKE:
                share = (min(near.lexical, 1.0) - ALIKE) / (1 - ALIKE)
                score = PROPOSED + share * (MOST_ALIKE - PROPOSED)
                yield self._link(text, heard, 0, len(heard) - 1, near.concept, score)


def _is_everyday(heard: Sequence[Heard], found: _Found) -> bool:
    return found.first == found.last and heard[found.first].is_everyday


def _distance(word: Heard, name: Name) -> float:
    if word.likeness < 1:
        return 100 * (1 - word.likeness)
    forms = _forms(name.text)
    if word.meant in forms:
        return 0.0
    return min(distance(word.meant, form, word.term in name.terms) for form in forms)


@lru_cache(maxsize=1 << 12)
def _likeness(wording: str, name: str) -> float:
    return fuzz.token_sort_ratio(wording, " ".join(_forms(name)))


@lru_cache(maxsize=1 << 14)
def _forms(name: str) -> list[str]:
    return fold(name).replace("'", " ").split()
