"""Words and stems of French, Arabic and English texts. No database, no state but caches."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal, NamedTuple

import Stemmer

from app.kernel.folding import fold, has_arabic

DATA = Path(__file__).parent / "data"

Language = Literal["fr", "ar", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "ar", "en")

LONGEST_TEXT = 20_000
"""What follows is not read: a page is a few hundred words, and work stays bounded whatever is pasted."""
LONGEST_WORD = 40

_ARABIC = "\u0621-\u063a\u0640-\u065f\u0670-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
_LATIN = "A-Za-z0-9\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f\u1e00-\u1eff"
_OTHER_GENDER = "e|s|x|es|l?les?|nn?es?|tt?es?|ves?|ses?|fes?|ices?|t?rices?|euses?|i?[eè]res?"
# Arabic letters only: the whole block would swallow ؟ and ،. An inclusive ending (agent·e·s, formateur(trice)) belongs
# to its word.
_WORD = re.compile(
    rf"(?P<arabic>[{_ARABIC}]+)"
    rf"|(?P<latin>[{_LATIN}]+)(?:[·•‧(./-](?:{_OTHER_GENDER})(?![{_LATIN}])\)?s?)*"
    r"|(?P<other>[^\W\d_]+)"
)
_CLAUSE_END = re.compile(r"[!?;:\n\r\t،,؛؟…•|\[\]{}«»\"“”<>]+|\.(?=\s|$)|\s[-–—/(]|[-–—/)](?=\s|$)")


class Word(NamedTuple):
    """A word at its place: `text[start:end]` is how it was written."""

    start: int
    end: int
    form: str
    """Folded: without capitals, accents, harakat, tatweel or inclusive ending."""


def words(text: str) -> Iterator[Word]:
    """Every word of a text; numbers are left out."""
    for found in _WORD.finditer(text[:LONGEST_TEXT]):
        form = _folded(found.group(found.lastgroup or 0)[:LONGEST_WORD])
        if form and not form.isdigit():
            yield Word(found.start(), found.end(), form)


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """What stands between full stops, commas, bullets and line ends, as places in the text."""
    text, start = text[:LONGEST_TEXT], 0
    for mark in _CLAUSE_END.finditer(text):
        if text[start : mark.start()].strip():
            yield start, mark.start()
        start = mark.end()
    if text[start:].strip():
        yield start, len(text)


@lru_cache(maxsize=1 << 16)
def _folded(form: str) -> str:
    return fold(form)


_snowball = {"fr": Stemmer.Stemmer("french", 0), "en": Stemmer.Stemmer("english", 0)}
_one_at_a_time = Lock()  # a Snowball stemmer keeps the word it works on in itself


@lru_cache(maxsize=1 << 17)
def stem(form: str, language: Language) -> str:
    """The stem of a folded word, in Arabic letters whatever the language, otherwise as a French or English word."""
    if has_arabic(form):
        return _arabic_stem(form)
    if language != "en":
        # Snowball leans on accents, which folding removed and many people do not type.
        form = re.sub(r"ees?$", "é", re.sub(r"ites?$", "ité", form))
    with _one_at_a_time:
        found = _snowball["en" if language == "en" else "fr"].stemWord(form)
    return fold(found)


_ARTICLES = ("وال", "بال", "كال", "فال", "ولل", "ال", "لل")
_ENDINGS = (("ها", 3), ("ان", 4), ("ات", 3), ("ون", 4), ("ين", 4), ("يه", 3), ("ه", 3), ("ي", 3))
"""With the letters that must be left: in تعاون and تكوين these are no endings."""


def _arabic_stem(form: str) -> str:
    """After light10 (Larkey, Ballesteros and Connell, 2007): conjunction and article off, then endings."""
    if form.startswith("و") and len(form) > 3 and not form.startswith(("وال", "ولل")):
        form = form[1:]
    for article in _ARTICLES:
        if form.startswith(article) and len(form) >= len(article) + 2:
            form = form[len(article) :]
            break
    for ending, left in _ENDINGS:
        if form.endswith(ending) and len(form) >= len(ending) + left:
            form = form[: -len(ending)]
    return form


def _stop_words() -> dict[str, frozenset[str]]:
    lines = (DATA / "stop_words.tsv").read_text(encoding="utf-8").splitlines()
    return {language: frozenset(fold(listed).split()) for language, listed in (line.split("\t") for line in lines)}


STOP_WORDS = _stop_words()
"""By language, folded: words that say nothing of what is known or wanted (`need`, `we look for`, `help` among them)."""
