"""From the words of a text to concepts, for what people see: chips, reasons, filters. The ranking does not lean on
it.

The words of a concept's name are looked for together in a clause, under any form (gérer, gestion), in any
order, with one word between them or a typing mistake. A clause that only resembles a name is proposed, never
linked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from app.kernel.folding import fold
from app.matching.mistakes import Vocabulary
from app.matching.names import Name, Named, NameIndex
from app.matching.text import Language, clauses
from app.matching.translation import Translations

LINKED = 88
"""From this score a concept is linked; from `PROPOSED` on, the person is asked whether it is meant."""
PROPOSED = 80

WINDOW = 6
"""Words of a name that are looked for; longer names are found by resemblance only."""
MOST = 20
"""Links of one text: nobody reads more chips."""

# What is taken off 100 for each thing that makes a link less sure.
OTHER_FORM = 3  # another form of the word: soudures, soudure
OTHER_WORD = 12  # another word of the family, or of the same stem: soudeur, soudure; communes, communication
SAME_WORD = 75
"""How alike the letters of two forms of one word are at least."""
OTHER_ORDER = 8
GAP = 6  # a word stands between
ALIAS = 2
ALONE = 14
"""One word out of a clause, when it is common (`formation` in *formation des agriculteurs*)…"""
COMMON = 5.2
"""…that is, less rare than this…"""
ALONE_OTHER_FORM = 10
"""…or has another form (camions, camionneur): a name is made of more than the root of one word."""
ALONE_IN_PROSE = 13
"""…or stands in a sentence, where *logique*, *acteur*, *culture* are said of anything."""
ALONE_QUALIFYING = 13
"""…or only says which thing the word before it is (*cadre logique*, *plan comptable*)."""
PROSE = 5
"""Words that say something in a clause, from which it is a sentence rather than an item of a list."""
PROPER = 30
"""A product that bears a word of everyday (Source, Chef), written without its capital…"""
EVERYDAY = 8.0
"""…a word that is less rare than this."""
WORDING = 0.06
"""What the likeness of the letters weighs between names made of the same words."""

ALIKE = 0.7
"""A clause is like a name from this similarity on (`NameIndex.nearest`): two proposals of three make sense…"""
MOST_ALIKE = 87
"""…and this is the highest score that likeness alone gives."""
CLAUSES_ASKED = 8
"""Of a text; each takes two milliseconds."""


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
class _Heard:
    """A word of the text, as the vocabulary knows it."""

    start: int
    end: int
    form: str
    capital: bool
    term: str
    likeness: float
    """1; less when it had to be corrected; 0 when no name holds it."""


@dataclass(frozen=True, slots=True)
class _Found:
    name: Name
    first: int
    last: int
    score: float
    weight: float


class Linker:
    def __init__(self, concepts: Iterable[Named], table: Translations) -> None:
        self.index = NameIndex(concepts, table)
        self.vocabulary = Vocabulary(self.index.forms)
        self.table = table

    def link(self, text: str, language: Language) -> list[Link]:
        """The concepts of a text in the order of their words, sure ones and proposals; no word is used twice."""
        links: list[Link] = []
        asked = 0
        for start, end in clauses(text):
            heard = list(self._hear(text, start, end, language))
            if chosen := self._choose(heard):
                for found in chosen:
                    place = slice(heard[found.first].start, heard[found.last].end)
                    score = round(found.score, 1)
                    links.append(Link(found.name.concept.id, text[place], place.start, place.stop, score))
            elif asked < CLAUSES_ASKED and 2 <= len(heard) <= 2 * WINDOW:
                asked += 1
                links.extend(self._resembling(text, heard))
        best: dict[str, Link] = {}
        for link in links:
            if link.concept_id not in best or link.score > best[link.concept_id].score:
                best[link.concept_id] = link
        strongest = sorted(best.values(), key=lambda link: -link.score)[:MOST]
        return sorted(strongest, key=lambda link: link.start)

    def nearest(self, text: str, language: Language, limit: int = 20) -> list[tuple[str, float]]:
        """Concepts by how much their names resemble a short text, whatever the language: for a field of choice."""
        terms = [word.term for word in self._hear(text, 0, len(text), language)]
        return [(concept.id, similarity) for concept, similarity in self.index.nearest(terms, limit)]

    def _hear(self, text: str, start: int, end: int, language: Language) -> Iterator[_Heard]:
        for word, term in self.table.content(text[start:end], language):
            capital = text[start + word.start].isupper()
            likeness = 1.0
            if term not in self.index.terms:
                meant = self.vocabulary.nearest(word.form)
                term, likeness = (self.index.forms[meant[0]], meant[1]) if meant else (term, 0.0)
            yield _Heard(start + word.start, start + word.end, word.form, capital, term, likeness)

    def _choose(self, heard: Sequence[_Heard]) -> list[_Found]:
        """The names found in a clause that tell most and share no word."""
        chosen: list[_Found] = []
        taken: set[int] = set()
        for found in sorted(self._find(heard), key=lambda f: (-f.weight * f.score**2, -f.score)):
            places = set(range(found.first, found.last + 1))
            if found.score >= PROPOSED and not places & taken:
                chosen.append(found)
                taken |= places
        return sorted(chosen, key=lambda found: found.first)

    def _find(self, heard: Sequence[_Heard]) -> Iterator[_Found]:
        for first in range(len(heard)):
            for last in range(first, min(first + WINDOW + 1, len(heard))):
                window = range(first, last + 1)
                whole = [None] if len(window) <= WINDOW else []
                for left_out in (*whole, *window[1:-1]):
                    said = [heard[i] for i in window if i != left_out]
                    if all(word.likeness for word in said):
                        yield from self._named(said, first, last, left_out is not None, heard)

    def _named(
        self, said: Sequence[_Heard], first: int, last: int, gap: bool, heard: Sequence[_Heard]
    ) -> Iterator[_Found]:
        """The concepts whose name is made of these words, the likeliest of each kind of name."""
        key = self.index.key(word.term for word in said)
        places = self.index.by_families.get(key)
        if not places or key.count(" ") + 1 < len(said):  # none, or a word said twice
            return
        weight = sum(self.table.rarity(word.term) for word in said)
        alone = len(said) == 1 < len(heard)
        penalties = (
            ALONE * (weight < COMMON),
            ALONE_IN_PROSE * (len(heard) >= PROSE),
            ALONE_QUALIFYING * self._qualifies(heard, first),
        )
        wording = " ".join(word.form for word in said)
        for name in (self.index.names[place] for place in places):
            distance = sum(self._distance(word, name) for word in said) / len(said)
            score = 100.0 - distance - GAP * gap - ALIAS * name.is_alias
            score -= PROPER * (name.is_proper and weight < EVERYDAY and not said[0].capital)
            score -= ALONE_OTHER_FORM * (alone and distance > 0)
            score -= alone * max(penalties)
            score -= OTHER_ORDER * (not self._in_order(said, name))
            score -= WORDING * (100 - fuzz.token_sort_ratio(wording, " ".join(_forms(name.text))))
            yield _Found(name, first, last, score, weight * (0.6 if gap else 1))

    def _qualifies(self, heard: Sequence[_Heard], place: int) -> bool:
        """Said of the word just before it, with no *de* or *en* between."""
        word = heard[place]
        return place > 0 and word.form in self.index.qualifying and word.start - heard[place - 1].end == 1

    def _distance(self, word: _Heard, name: Name) -> float:
        if word.likeness < 1:
            return 100 * (1 - word.likeness)
        likest = process.extractOne(word.form, _forms(name.text), scorer=fuzz.ratio)
        if word.term not in name.terms or likest is None or likest[1] < SAME_WORD:
            return OTHER_WORD
        return 0 if likest[1] == 100 else OTHER_FORM

    def _in_order(self, said: Sequence[_Heard], name: Name) -> bool:
        order = [self.index.family(term) for term in name.terms]
        places = [order.index(self.index.family(word.term)) for word in said]
        return places == sorted(places)

    def _resembling(self, text: str, heard: Sequence[_Heard]) -> Iterator[Link]:
        """The concept whose names the whole clause resembles."""
        for concept, similarity in self.index.nearest((word.term for word in heard), 1):
            if similarity >= ALIKE:
                start, end = heard[0].start, heard[-1].end
                share = (min(similarity, 1.0) - ALIKE) / (1 - ALIKE)
                yield Link(
                    concept.id, text[start:end], start, end, round(PROPOSED + share * (MOST_ALIKE - PROPOSED), 1)
                )


@lru_cache(maxsize=1 << 14)
def _forms(name: str) -> list[str]:
    return fold(name).replace("'", " ").split()
