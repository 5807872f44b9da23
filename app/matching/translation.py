"""The translation table between word stems: which stems of the other languages a stem stands for.

Learnt by `training`; here it is read and applied. A word that no concept names stays what it is: people who
write the same rare word still meet.
"""

import hashlib
import io
import json
import lzma
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.kernel.folding import has_arabic
from app.matching.text import DATA, LANGUAGES, STOP_WORDS, Language, Word, stem, words

ARTEFACT = DATA / "translations.bin"
PAIRS: tuple[tuple[Language, Language], ...] = tuple((a, b) for a in LANGUAGES for b in LANGUAGES if a != b)

TRANSLATED = 1.3
"""What all translations of a word weigh beside it: above 1, as each is spread over several stems."""

_ACCENTS = frozenset("àâçèéêëîïôùûœÀÂÇÈÉÊËÎÏÔÙÛŒ")
UNKNOWN = "?"
"""The language of a Latin word that neither French nor English names hold."""


@dataclass(frozen=True, eq=False)
class Table:
    """From the stems of one language to those of another: row i is `columns[starts[i]:starts[i + 1]]`."""

    starts: NDArray[np.uint32]
    columns: NDArray[np.uint16]
    probabilities: NDArray[np.uint8]
    """In 255ths."""


@dataclass(frozen=True, eq=False)
class Translations:
    concepts: int
    """How many the frequencies were counted in."""
    stems: Mapping[Language, list[str]]
    frequencies: Mapping[Language, NDArray[np.uint16]]
    """In the names of how many concepts each stem is."""
    tables: Mapping[tuple[Language, Language], Table]
    families: Mapping[Language, NDArray[np.uint16]]
    """For each stem the head of its family: *ger* and *gestion*, *soud* and *soudur*."""
    forms: Mapping[Language, Mapping[str, int]]
    """The folded words that were met and the number of their stems: stemming thirty thousand takes a second."""
    learnt_from: str
    """Digest of the names (`training.digest`)."""
    version: str = ""
    """Of the artefact: terms made with another version are to be made again."""
    numbers: Mapping[Language, Mapping[str, int]] = field(init=False)
    _expanded: dict[str, tuple[tuple[str, float], ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        numbers = {language: {s: i for i, s in enumerate(stems)} for language, stems in self.stems.items()}
        object.__setattr__(self, "numbers", numbers)

    def content(self, text: str, language: Language) -> Iterator[tuple[Word, str]]:
        """The words that say something, each with its term: `fr:dechet`."""
        for word in words(text):
            script = "ar" if has_arabic(word.form) else "fr" if language == "ar" else language
            if len(word.form) > 1 and word.form not in STOP_WORDS[script]:
                yield word, self.term(word.form, script)

    def term(self, form: str, language: Language) -> str:
        """A Latin word that its language does not know is tried in the other: people mix French and English."""
        candidates: dict[Language, tuple[Language, ...]] = {"fr": ("fr", "en"), "en": ("en", "fr"), "ar": ("ar",)}
        for candidate in candidates[language]:
            if (number := self._number(form, candidate)) is not None:
                return f"{candidate}:{self.stems[candidate][number]}"
        return f"ar:{stem(form, 'ar')}" if language == "ar" else f"{UNKNOWN}:{stem(form, 'fr')}"

    def _number(self, form: str, language: Language) -> int | None:
        known = self.forms[language].get(form)
        return self.numbers[language].get(stem(form, language)) if known is None else known

    def family(self, term: str) -> str:
        """The term that stands for all the forms of a word."""
        language, _, found = term.partition(":")
        number = self.numbers.get(language, {}).get(found)  # type: ignore[call-overload]
        if number is None:
            return term
        return f"{language}:{self.stems[language][self.families[language][number]]}"  # type: ignore[index]

    def rarity(self, term: str) -> float:
        """How much a term tells: the logarithm of how few concepts it is in; an unknown word is the rarest."""
        language, _, found = term.partition(":")
        number = self.numbers.get(language, {}).get(found)  # type: ignore[call-overload]
        frequency = 1 if number is None else int(self.frequencies[language][number])  # type: ignore[index]
        return log(1 + self.concepts / (frequency + 1))

    def expand(self, term: str) -> tuple[tuple[str, float], ...]:
        """A term and its translations, with what each weighs; itself first."""
        if (known := self._expanded.get(term)) is not None:
            return known
        rarity = self.rarity(term)
        expanded = [(term, rarity)]
        language, _, found = term.partition(":")
        for source, target in PAIRS:
            if source == language and (number := self.numbers[source].get(found)) is not None:
                table = self.tables[source, target]
                row = slice(table.starts[number], table.starts[number + 1])
                for column, probability in zip(table.columns[row], table.probabilities[row], strict=True):
                    other = f"{target}:{self.stems[target][column]}"
                    weight = min(rarity, self.rarity(other))  # a translation tells no more than the word itself
                    expanded.append((other, TRANSLATED * float(probability) / 255 * weight))
        result = tuple(expanded)
        if len(expanded) > 1:  # words of the table only: those that people invent are without number
            self._expanded[term] = result
        return result

    def language_of(self, text: str) -> Language:
        """The language in which a text is written; French when nothing tells it from English."""
        arabic = latin = 0
        english = 0.0
        for word in words(text):
            if has_arabic(word.form):
                arabic += len(word.form)
                continue
            latin += len(word.form)
            english += (word.form in STOP_WORDS["en"]) - (word.form in STOP_WORDS["fr"])
            english += self._leaning(word.form) - bool(_ACCENTS & set(text[word.start : word.end]))
        if arabic > latin:
            return "ar"
        return "en" if english > 0 else "fr"

    def spoken(self, language: str | None, text: str) -> Language:
        """The language that was given, if it is one of ours; else the one that the text is written in."""
        return next((known for known in LANGUAGES if known == language), None) or self.language_of(text)

    def _leaning(self, form: str) -> float:
        """Towards English above 0, towards French below: where more names hold the word."""
        counts = []
        sides: tuple[Language, Language] = ("en", "fr")
        for language in sides:
            number = self._number(form, language)
            counts.append(0 if number is None else int(self.frequencies[language][number]))
        return (counts[0] - counts[1]) / (counts[0] + counts[1] + 1)


def write(translations: Translations, path: Path = ARTEFACT) -> None:
    content = io.BytesIO()
    header = {name: getattr(translations, name) for name in ("concepts", "stems", "forms", "learnt_from")}
    encoded = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
    np.save(content, np.frombuffer(encoded, np.uint8))
    for counted in (translations.frequencies, translations.families):
        for language in LANGUAGES:
            np.save(content, counted[language])
    for pair in PAIRS:
        table = translations.tables[pair]
        for column in (table.starts, table.columns, table.probabilities):
            np.save(content, column)
    path.write_bytes(lzma.compress(content.getvalue(), preset=9))


def read(path: Path = ARTEFACT) -> Translations:
    compressed = path.read_bytes()
    content = io.BytesIO(lzma.decompress(compressed))
    header = json.loads(np.load(content).tobytes())
    # The names of the concepts are made of the same words (`index`): each is kept once.
    header["forms"] = {
        one: {sys.intern(form): number for form, number in header["forms"][one].items()} for one in LANGUAGES
    }
    frequencies, families = ({language: np.load(content) for language in LANGUAGES} for _ in range(2))
    tables = {pair: Table(np.load(content), np.load(content), np.load(content)) for pair in PAIRS}
    version = hashlib.sha256(compressed).hexdigest()[:12]
    return Translations(frequencies=frequencies, tables=tables, families=families, version=version, **header)


@cache
def translations() -> Translations:
    """The table that this installation uses, read once."""
    return read()
