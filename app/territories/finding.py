"""Finds a commune by what a person types: either script, any usual spelling, a slip of the finger, half a word.

Everything is in the process (1,500 communes, some 4,000 names). Names as spelled come first, then as heard, then
nearly so; the province or the region said after the name, or before it, narrows.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.territories.spelling import heard, spelled, without_surroundings

LONGEST_TEXT = 100
MOST_WORDS = 8
SHORTEST_AROUND = 3  # letters of a province's name before it narrows: "Sidi Ta" is still a name being typed
ONE_LETTER = 2  # in the halves that distances are counted in
SHORT_SOUND = 6  # letters below which the sound alone says too little to guess from
LAST = "\U0010ffff"  # sorts after whatever follows a prefix

Owner = TypeVar("Owner")


class Nearness(IntEnum):
    """How what was typed fits a name, the best first."""

    EXACT = 0
    BEGINS_IN_WORDS = 1
    INSIDE_IN_WORDS = 2
    BEGINS = 3
    INSIDE = 4
    ALL_WORDS = 5
    NEARLY = 6
    IN_PART = 7


@dataclass(frozen=True, slots=True)
class Place:
    """A territory as people name it: `names`, and `around` (what it is in), in both scripts, aliases included.

    `within` is the code of its province, which words of `around` name.
    """

    code: str
    within: str
    names: tuple[str, ...]
    around: tuple[str, ...]
    population: int


class Hit(NamedTuple):
    place: Place
    nearness: Nearness
    distance: int = 0  # 0 as spelled, 1 as heard; for NEARLY in half letters; for IN_PART the words before

    @property
    def order(self) -> tuple[int, int, int, str]:
        return (self.nearness, self.distance, -self.place.population, self.place.code)


class Finder:
    """Built once from the territories in force; any thread may read it."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._names: _Names[Place] = _Names()
        self._names_in: defaultdict[str, _Names[Place]] = defaultdict(_Names)
        self._around: _Names[str] = _Names()
        self._by_word: dict[str, set[Place]] = {}
        sounds = cache(heard)  # a province is said again with each of its communes
        surroundings: set[tuple[str, str]] = set()
        for place in places:
            for name in place.names:
                self._names.add(name, place)
                self._names_in[place.within].add(name, place)
            surroundings.update((name, place.within) for name in place.around)
            for word in {word for name in (*place.names, *place.around) for word in sounds(name)}:
                self._by_word.setdefault(word, set()).add(place)
        for name, within in surroundings:
            self._around.add(name, within)
        self._around.close()
        for names in (self._names, *self._names_in.values()):
            names.close()
        self._words = sorted(self._by_word)

    def search(self, text: str, limit: int = 8) -> list[Hit]:
        """The communes that fit, best first."""
        typed = without_surroundings(text[:LONGEST_TEXT]).split()[:MOST_WORDS]
        hits = self._in_full(typed) or self._with_surroundings(typed) or self._all_words(typed)
        if not hits:
            hits = self._nearly(typed) or self._in_part(typed)
        elif len(hits) < limit and all(hit.nearness is not Nearness.EXACT for hit in hits):
            hits += [_near(*found) for found in self._names.nearly(typed) if found[1] <= ONE_LETTER]
        best: dict[Place, Hit] = {}
        for hit in sorted(hits, key=lambda hit: hit.order):
            best.setdefault(hit.place, hit)
        return list(best.values())[:limit]

    def resolve(self, text: str) -> Place | list[Place]:
        """The one commune that is clearly meant, else those to choose from: a guess is never taken for an answer."""
        hits = self.search(text)
        as_spelled = [hit.place for hit in hits if hit.nearness is Nearness.EXACT and hit.distance == 0]
        if as_spelled:
            return as_spelled[0] if len(as_spelled) == 1 else as_spelled
        sure = [hit for hit in hits if hit.nearness <= Nearness.ALL_WORDS]
        if len(sure) == 1 and sure[0].nearness <= Nearness.INSIDE_IN_WORDS:
            return sure[0].place
        return [hit.place for hit in hits]

    def exact(self, text: str) -> list[Place]:
        """Only those that bear this very name: cheap enough to ask for each word of a sentence."""
        typed = without_surroundings(text[:LONGEST_TEXT]).split()[:MOST_WORDS]
        hits = self._in_full(typed)
        return list(dict.fromkeys(hit.place for hit in hits if hit.nearness is Nearness.EXACT and hit.distance == 0))

    def _in_full(self, typed: list[str]) -> list[Hit]:
        return [Hit(*found) for found in self._names.find(typed)]

    def _with_surroundings(self, typed: list[str]) -> list[Hit]:
        """ "Sahel Tiznit", "Tiznit Sahel": a name, and the province or the region that it must be in."""
        return [
            Hit(place, nearness if finished else max(nearness, Nearness.BEGINS), distance)
            for name, around, may_be_unfinished in _divisions(typed)
            for province, finished in self._provinces(around, may_be_unfinished).items()
            for place, nearness, distance in self._names_in[province].find(name)
        ]

    def _all_words(self, typed: list[str]) -> list[Hit]:
        """Every word begins a word of the name, of the province or of the region, in any order."""
        sounds = heard(" ".join(typed))
        if len(sounds) < 2 or min(map(len, sounds)) < 2:
            return []
        fitting = [set[Place]().union(*(self._by_word[word] for word in _starting(self._words, s))) for s in sounds]
        return [Hit(place, Nearness.ALL_WORDS) for place in set.intersection(*fitting)]

    def _nearly(self, typed: list[str]) -> list[Hit]:
        """A few letters away, in the name or in what surrounds it."""
        found = list(self._names.nearly(typed))
        if not found:
            for name, around, may_be_unfinished in _divisions(typed):
                for province in self._provinces(around, may_be_unfinished):
                    found += self._names_in[province].nearly(name)
                for province, _ in self._around.nearly(around):
                    found += [(place, ONE_LETTER) for place, _, _ in self._names_in[province].find(name)]
        nearest = min((distance for _, distance in found), default=0)
        return [_near(place, distance) for place, distance in found if distance <= nearest + 1]

    def _in_part(self, typed: list[str]) -> list[Hit]:
        """Some of the words are a name in full: a wrong province was added, or the name of a douar."""
        for length in range(len(typed) - 1, 0, -1):
            found = [
                Hit(hit.place, Nearness.IN_PART, start)
                for start in range(len(typed) - length + 1)
                for hit in self._in_full(typed[start : start + length])
                if hit.nearness is Nearness.EXACT
            ]
            if found:
                return found
        return []

    def _provinces(self, typed: list[str], may_be_unfinished: bool) -> dict[str, bool]:
        """The provinces that these words name, themselves or by their region, and whether they name them in full."""
        found = list(self._around.find(typed))
        whole = {code for code, nearness, _ in found if nearness <= Nearness.INSIDE_IN_WORDS}
        if whole or not may_be_unfinished or len("".join(typed)) < SHORTEST_AROUND:
            return dict.fromkeys(whole, True)
        return {code: False for code, _, _ in found}


class _Names(Generic[Owner]):
    """Names and who bears them, from each of their words on, as keys without spaces: a prefix is then one slice."""

    def __init__(self) -> None:
        self._entries: dict[tuple[int, str], dict[tuple[Owner, bool], int]] = {}
        self._keys: tuple[list[str], list[str]] = ([], [])

    def add(self, name: str, owner: Owner) -> None:
        bare = without_surroundings(name)
        for level, words in enumerate((spelled(bare), heard(bare))):
            for start in range(len(words)):
                entry = self._entries.setdefault((level, "".join(words[start:])), {})
                bearer = (owner, start == 0)
                entry[bearer] = entry.get(bearer, 0) | _ends(words[start:])

    def close(self) -> None:
        for level, key in sorted(self._entries):
            self._keys[level].append(key)

    def find(self, typed: list[str]) -> Iterator[tuple[Owner, Nearness, int]]:
        """Who bears a name that is, or begins with, these words; 0 as spelled, 1 as heard."""
        text = " ".join(typed)
        for level, words in enumerate((spelled(text), heard(text))):
            sought = "".join(words)
            if not sought or (level and len(sought) < 2):
                continue
            for key in _starting(self._keys[level], sought):
                for (owner, first), ends in self._entries[level, key].items():
                    if ends >> len(sought) & 1:
                        words_only = Nearness.BEGINS_IN_WORDS if first else Nearness.INSIDE_IN_WORDS
                        yield owner, Nearness.EXACT if first and key == sought else words_only, level
                    else:
                        yield owner, Nearness.BEGINS if first else Nearness.INSIDE, level

    def nearly(self, typed: list[str]) -> Iterator[tuple[Owner, int]]:
        """Who bears a name a few letters away: twice their number, one more where the name was left unfinished."""
        text = " ".join(typed)
        sounds = "".join(heard(text))
        yield from self._few_letters_away(1, sounds)
        if len(sounds) < SHORT_SOUND:
            yield from self._few_letters_away(0, "".join(spelled(text)))

    def _few_letters_away(self, level: int, sought: str) -> Iterator[tuple[Owner, int]]:
        length = len(sought)
        allowed = 0 if length < 4 else 1 if length < 7 else 2 if length < 11 else 3
        if not allowed:
            return
        keys = self._keys[level]
        for unfinished, candidates in enumerate((keys, [key[:length] for key in keys])):
            for _, letters, at in process.extract(
                sought, candidates, scorer=OSA.distance, score_cutoff=allowed, limit=None
            ):
                for owner, _first in self._entries[level, keys[at]]:
                    yield owner, 2 * int(letters) + unfinished


def _near(place: Place, distance: int) -> Hit:
    return Hit(place, Nearness.NEARLY, distance)


def _divisions(typed: list[str]) -> Iterator[tuple[list[str], list[str], bool]]:
    """Each way to take the words as a name and its surroundings, and whether the latter may still be being typed."""
    for cut in range(len(typed) - 1, 0, -1):
        yield typed[:cut], typed[cut:], True
        yield typed[cut:], typed[:cut], False


def _starting(keys: list[str], prefix: str) -> list[str]:
    return keys[bisect_left(keys, prefix) : bisect_left(keys, prefix + LAST)]


def _ends(words: list[str]) -> int:
    """Bit n is set where a word ends after n letters."""
    length = bits = 0
    for word in words:
        length += len(word)
        bits |= 1 << length
    return bits
