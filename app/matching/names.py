"""The names of all concepts, ready to be found by their words or by resemblance."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.kernel.folding import fold
from app.matching.text import LANGUAGES, Language
from app.matching.translation import UNKNOWN, Translations
from app.taxonomy.naming import genders

ENGLISH_ALIASES = 2
"""ESCO has a hundred thousand English aliases: the first ones are enough, and the index is made in two seconds."""

SMALL = 3
"""Words of so many letters say little."""

SURE: Mapping[Language, float] = {"fr": 1.0, "en": 1.0, "ar": 0.5}
"""What resembling a name counts, by its language: most Arabic names are translations made for this project."""


@dataclass(frozen=True)
class Named:
    """A concept as it is linked to."""

    id: str
    kind: str
    names: Mapping[Language, Sequence[str]]
    """The label first, then the aliases."""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Named":
        """From the columns of a concept."""
        names: dict[Language, list[str]] = {}
        for language in LANGUAGES:
            names[language] = [name for name in (row[f"label_{language}"], *row[f"aliases_{language}"]) if name]
        return cls(row["id"], str(row["kind"]), names)


@dataclass(frozen=True, slots=True)
class Name:
    concept: Named
    text: str
    is_alias: bool
    is_proper: bool
    """Of a product: one word with a capital, the same in French and in English."""
    terms: tuple[str, ...]
    """Of its words that say something, in order."""


class NameIndex:
    def __init__(self, concepts: Iterable[Named], table: Translations) -> None:
        self.table = table
        self.concepts = list(concepts)
        self.names: list[Name] = []
        self.by_families: dict[str, list[int]] = defaultdict(list)
        """Names by `key` of their words."""
        self.forms: dict[str, str] = {}
        """The folded words of the names, each with its term."""
        self.qualifying: set[str] = set()
        """French words that mostly say which: *logique*, *comptable*, after the word that says what."""
        self._families: dict[str, str] = {}
        self._read_tokens: dict[tuple[Language, str], tuple[str, ...]] = {}
        self._make()

    def key(self, terms: Iterable[str]) -> str:
        """The same for all names made of the same words, in whatever order and form (gérer, gestion)."""
        return " ".join(sorted({self.family(term) for term in terms}))

    def family(self, term: str) -> str:
        if (known := self._families.get(term)) is None:
            known = self._families[term] = self.table.family(term)
        return known

    def nearest(self, terms: Iterable[str], limit: int) -> list[tuple[Named, float]]:
        """The concepts whose names resemble these words and their translations most, with how much (0 to 1)."""
        if not self.names:
            return []
        similar = np.zeros(len(self.names), np.float32)
        lengths = dict.fromkeys(LANGUAGES, 0.0)
        for term, weight in self._asked(terms):
            for language in ("fr", "en") if term.startswith(UNKNOWN) else (term[:2],):
                lengths[language] += weight**2
            if (number := self.terms.get(term)) is not None:
                postings = self._postings[self._starts[number] : self._starts[number + 1]]
                similar[postings] += weight * self.table.rarity(term)
        similar /= self._lengths
        best = np.maximum.reduceat(similar, self._block_starts) * self._block_weights
        best /= np.sqrt([lengths[language] or 1.0 for language in LANGUAGES])[self._block_languages]
        summed = np.bincount(self._block_concepts, best, len(self.concepts)) / sum(SURE.values())
        order = np.argsort(-summed, kind="stable")[:limit]
        return [(self.concepts[i], float(summed[i])) for i in order if summed[i] > 0]

    def _asked(self, terms: Iterable[str]) -> Iterator[tuple[str, float]]:
        weights: dict[str, float] = defaultdict(float)
        for term in dict.fromkeys(terms):
            for other, weight in self.table.expand(term):
                weights[other] += weight
        return iter(weights.items())

    def _make(self) -> None:
        blocks: list[tuple[int, int, int]] = []  # concept, language, first name
        places, numbers = array("i"), array("i")
        self.terms: dict[str, int] = {}
        for c, concept in enumerate(self.concepts):
            for number, language in enumerate(LANGUAGES):
                first = len(self.names)
                for name in self._names_of(concept, language):
                    terms = dict.fromkeys(name.terms)
                    places.extend([len(self.names)] * len(terms))
                    numbers.extend([self.terms.setdefault(term, len(self.terms)) for term in terms])
                    if not _says_more(name):
                        self.by_families[self.key(terms)].append(len(self.names))
                    self.names.append(name)
                if len(self.names) > first:
                    blocks.append((c, number, first))
        self.qualifying = set(self._qualifying())
        self._make_postings(np.array(places, int), np.array(numbers, int))
        columns = np.array(blocks, int).reshape(-1, 3)
        self._block_concepts, self._block_languages, self._block_starts = columns.T
        self._block_weights = np.array([SURE[language] for language in LANGUAGES])[self._block_languages]

    def _qualifying(self) -> Iterator[str]:
        """Those that follow another word in at least half of the names, with no *de* or *en* between."""
        said, following = Counter[str](), Counter[str]()
        for text in (text for concept in self.concepts for text in concept.names["fr"]):
            before = False
            for token in text.replace("/", " / ").split():
                speaks = bool(self._terms(token, "fr"))
                said[fold(token)] += speaks
                following[fold(token)] += speaks and before
                before = speaks
        return (word for word, times in following.items() if times >= said[word] / 2 > 0)

    def _make_postings(self, places: NDArray[np.int64], numbers: NDArray[np.int64]) -> None:
        rarities = np.array([self.table.rarity(term) for term in self.terms], np.float32)
        squares = np.bincount(places, rarities[numbers] ** 2, len(self.names))
        self._lengths = np.sqrt(np.where(squares == 0, 1.0, squares)).astype(np.float32)
        order = np.argsort(numbers, kind="stable")
        self._postings = places[order]
        self._starts = np.searchsorted(numbers[order], np.arange(len(self.terms) + 1))

    def _names_of(self, concept: Named, language: Language) -> Iterator[Name]:
        texts = concept.names[language]
        if language == "en":
            texts = texts[: 1 + ENGLISH_ALIASES]
        shared = set(concept.names["fr"]) & set(concept.names["en"])
        for place, text in enumerate(texts):
            is_proper = text in shared and text[0].isupper()
            for spelled in genders(text) if concept.kind == "occupation" else (text,):
                terms = tuple(term for token in spelled.split() for term in self._terms(token, language))
                if terms:
                    yield Name(concept, spelled, place > 0, is_proper, terms)

    def _terms(self, token: str, language: Language) -> tuple[str, ...]:
        """Of what stands between two spaces: read once, the same tokens come back a hundred times."""
        key = (language, token)
        if (known := self._read_tokens.get(key)) is None:
            content = list(self.table.content(token, language))
            known = self._read_tokens[key] = tuple(term for _, term in content)
            self.forms.update((word.form, term) for word, term in content)
        return known


def _says_more(name: Name) -> bool:
    """`Aider une communauté` must not be found wherever a community is: one word is left of what it says."""
    return len(name.terms) == 1 and sum(len(word) > SMALL for word in name.text.split()) > 1
