"""The names of all concepts as columns of numbers: read once from the taxonomy, then mapped from a file."""

import hashlib
import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from app.kernel.folding import fold
from app.matching.forms import EVERYDAY, bare
from app.matching.text import LANGUAGES, Language
from app.matching.translation import Translations
from app.matching.vectors import BUCKETS, RARITY, Vectors, features
from app.taxonomy.naming import genders

Columns = Mapping[str, NDArray[Any]]

ALIAS, PROPER, SAYS_MORE = 1, 2, 4
"""What is noted of a name: it is no label; it is of a product, one word with a capital, the same in French and in
English; its words that count are fewer than its words (`aider une communauté`)."""

TRADES = 10
"""Occupations that are called by a word before it is a kind of trade."""
SMALL = 3
"""Words of so many letters say little."""
TOGETHER = 1 << 22
"""Slots in which it is noted that two words stand in one name; a tenth of them are taken."""
FINENESS = 127 * 1.6
"""A unit of a dense vector of a name, in one byte: no number of theirs is beyond 0.6."""


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


def number(family: str) -> int:
    """A word in the sum by which names made of the same words are found."""
    return int.from_bytes(hashlib.blake2b(family.encode(errors="surrogatepass"), digest_size=7).digest())


class Reading:
    """Names on their way to columns."""

    def __init__(self, table: Translations) -> None:
        self.table = table
        self.terms: dict[str, int] = {}
        self.forms: dict[str, int] = {}
        """The folded words of the names, each with the number of its term."""
        self._words: dict[tuple[str, int], int] = {}
        self._tokens: dict[tuple[Language, str], tuple[tuple[int, int], ...]] = {}
        self._families: list[int] = []

    def columns(self, concepts: Iterable[Named], vectors: Vectors, name_vectors: Vectors) -> Columns:
        """`vectors` say which meaning a text is about, `name_vectors` which names a phrase resembles."""
        concepts = list(concepts)
        texts: list[bytes] = []
        owners, languages, marks, terms, term_ends, words, word_ends = (array("i") for _ in range(7))
        keys: list[int] = []
        called: dict[int, list[tuple[int, int]]] = {}
        together = np.zeros(TOGETHER, bool)
        for owner, concept in enumerate(concepts):
            for place, language in enumerate(LANGUAGES):
                for text, mark in _spelled(concept, language):
                    if not mark & PROPER and bare(fold(text)) not in EVERYDAY:
                        called.setdefault(number(fold(text)), []).append((owner, mark & ALIAS))
                    read = [pair for token in text.split() for pair in self._read(token, language)]
                    if read:
                        texts.append(text.encode(errors="replace"))
                        owners.append(owner)
                        languages.append(place)
                        marks.append(mark | SAYS_MORE * _says_more(text, len(read)))
                        words.extend([word for word, _ in read])
                        word_ends.append(len(words))
                        terms.extend([term for _, term in read])
                        term_ends.append(len(terms))
                        families = {self._families[term] for _, term in read}
                        keys.append(sum(families))
                        for one in families:
                            for other in families:
                                together[(one + other) % TOGETHER] = True
        numbers, ends = np.array(terms, np.int32), np.array(term_ends, np.int32)
        said = (np.array(words, int), np.array(word_ends, int))
        centres, dense = (self._embedded(learnt, *said) for learnt in (vectors, name_vectors))
        meta = {
            "ids": [concept.id for concept in concepts],
            "kinds": [concept.kind for concept in concepts],
            "terms": list(self.terms),
            "forms": self.forms,
            "qualifying": sorted(self._qualifying(concepts)),
            "trades": sorted(_trades(concepts)),
        }
        owned, of_language = np.array(owners, np.int32), np.array(languages, int)
        return {
            "meta": np.frombuffer(json.dumps(meta, ensure_ascii=False).encode(), np.uint8),
            "texts": np.frombuffer(b"".join(texts), np.uint8),
            "text_ends": np.cumsum([len(text) for text in texts], dtype=np.int32),
            "owners": owned,
            "languages": np.array(languages, np.uint8),
            "marks": np.array(marks, np.uint8),
            "terms": numbers,
            "term_ends": ends,
            **_by_sum(np.array(keys, np.uint64), np.array(marks, np.uint8)),
            **_called(called),
            **self._postings(numbers, ends),
            "together": together,
            "dense": np.clip(np.rint(dense * FINENESS), -127, 127).astype(np.int8),
            "centres": _centres(centres, owned, of_language, len(concepts)),
            "name_centres": _centres(dense, owned, of_language, len(concepts)),
        }

    def _read(self, token: str, language: Language) -> tuple[tuple[int, int], ...]:
        """Words and terms of what stands between two spaces: read once, the same tokens come back a hundred times."""
        key = (language, token)
        if (known := self._tokens.get(key)) is None:
            found = []
            for word, term in self.table.content(token, language):
                if (placed := self.terms.get(term)) is None:
                    placed = self.terms[term] = len(self.terms)
                    self._families.append(number(self.table.family(term)))
                self.forms[word.form] = placed
                found.append((self._words.setdefault((word.form, placed), len(self._words)), placed))
            known = self._tokens[key] = tuple(found)
        return known

    def _embedded(self, vectors: Vectors, words: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.float32]:
        """The dense vector of each name, all of length 1."""
        named = list(self.terms)
        starts, buckets, weights = [0], [], []
        for form, term in self._words:
            its_buckets, its_weights = features(form, named[term])
            buckets.append(its_buckets)
            weights.append(its_weights * np.float32(self.table.rarity(named[term]) ** RARITY))
            starts.append(starts[-1] + len(its_buckets))
        if not buckets:
            return np.zeros((0, vectors.rows["values"].shape[1]), np.float32)
        pieces = csr_array(
            (np.concatenate(weights), np.concatenate(buckets), np.array(starts)), shape=(len(self._words), BUCKETS)
        )
        values = vectors.rows["values"].astype(np.float32) * (vectors.rows["scale"][:, None] / np.float32(127))
        said = csr_array(
            (np.ones(len(words), np.float32), words, np.concatenate([[0], ends])), shape=(len(ends), len(self._words))
        )
        return _of_length_1(np.asarray(said @ (pieces @ values), np.float32))

    def _postings(self, terms: NDArray[np.int32], ends: NDArray[np.int32]) -> Columns:
        """For each term the names that it is in, and how long each name is as a vector of rarities."""
        rarities = np.array([self.table.rarity(term) for term in self.terms], np.float32)
        names = np.repeat(np.arange(len(ends), dtype=np.int64), np.diff(ends, prepend=0))
        once = np.unique(terms.astype(np.int64) * max(1, len(ends)) + names)  # a word said twice counts once
        said, names = once // max(1, len(ends)), once % max(1, len(ends))
        squares = np.bincount(names, rarities[said] ** 2, len(ends)) if len(ends) else np.zeros(0)
        return {
            "postings": names.astype(np.int32),
            "posting_starts": np.searchsorted(said, np.arange(len(self.terms) + 1)).astype(np.int32),
            "lengths": np.sqrt(np.where(squares == 0, 1.0, squares)).astype(np.float32),
        }

    def _qualifying(self, concepts: Iterable[Named]) -> Iterator[str]:
        """French words that follow another word in at least half of the names, with no *de* or *en* between."""
        said, following = Counter[str](), Counter[str]()
        for text in (text for concept in concepts for text in concept.names["fr"]):
            before = False
            for token in text.replace("/", " / ").split():
                speaks = bool(self._read(token, "fr"))
                said[token] += speaks
                following[token] += speaks and before
                before = speaks
        folded, followed = Counter[str](), Counter[str]()
        for token, times in said.items():
            folded[fold(token)] += times
            followed[fold(token)] += following[token]
        return (word for word, times in followed.items() if times >= folded[word] / 2 > 0)


def _trades(concepts: Iterable[Named]) -> Iterator[str]:
    """The words that many names of occupations begin with, and in English end with."""
    times = Counter[str]()
    for concept in concepts:
        if concept.kind == "occupation":
            begun = {
                spelled.split()[0] for one in ("fr", "ar") for spelled, _ in _spelled(concept, one) if spelled.strip()
            }
            ended = {spelled.split()[-1] for spelled, _ in _spelled(concept, "en") if spelled.strip()}
            times.update({bare(fold(word)) for word in begun | ended})
    return (word for word, found in times.items() if found >= TRADES)


def _by_sum(keys: NDArray[np.uint64], marks: NDArray[np.uint8]) -> Columns:
    """The names that are found by the sum of their words, in its order: looked up by halves where they are mapped."""
    whole = np.flatnonzero(marks & SAYS_MORE == 0)
    names = whole[np.argsort(keys[whole], kind="stable")]
    return {"sums": keys[names], "summed": names.astype(np.int32)}


def _called(called: Mapping[int, Sequence[tuple[int, int]]]) -> Columns:
    """The folded names that one concept has, and no other, in order of their numbers."""
    alone = sorted(
        (name, *min(found, key=lambda one: one[1])) for name, found in called.items() if len({o for o, _ in found}) == 1
    )
    return {
        "called": np.array([name for name, _, _ in alone], np.uint64),
        "called_owners": np.array([owner for _, owner, _ in alone], np.int32),
        "called_marks": np.array([mark for _, _, mark in alone], np.uint8),
    }


def _spelled(concept: Named, language: Language) -> Iterator[tuple[str, int]]:
    shared = set(concept.names["fr"]) & set(concept.names["en"])
    for place, text in enumerate(filter(str.strip, dict.fromkeys(concept.names[language]))):
        mark = ALIAS * (place > 0) | PROPER * (text in shared and text[0].isupper())
        for spelled in genders(text) if concept.kind == "occupation" else (text,):
            yield spelled, mark


def _says_more(text: str, content: int) -> bool:
    """`Aider une communauté` must not be found wherever a community is: one word is left of what it says."""
    return content == 1 and sum(len(word) > SMALL for word in text.split()) > 1


def _centres(
    dense: NDArray[np.float32], owners: NDArray[np.int32], languages: NDArray[np.int64], concepts: int
) -> NDArray[np.float32]:
    """The mean of the names of each concept, each language counting as much."""
    total = np.zeros((concepts, dense.shape[1]), np.float32)
    for language in range(len(LANGUAGES)):
        places = np.flatnonzero(languages == language)
        named = csr_array(
            (np.ones(len(places), np.float32), (owners[places], np.arange(len(places)))), shape=(concepts, len(places))
        )
        total += _of_length_1(np.asarray(named @ dense[places], np.float32))
    return _of_length_1(total)


def _of_length_1(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), np.float32)
