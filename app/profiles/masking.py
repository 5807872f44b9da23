"""What a person wrote, without what tells who they are: for the card that bears no name."""

import re
from functools import lru_cache

from app.kernel.folding import fold
from app.matching.text import STOP_WORDS

HIDDEN = "…"

_REACH = re.compile(
    r"""
    [^\s,;@]+@[^\s,;@]+ | @\w[\w.]+                               # an e-mail, or @somebody
    | (?:https?://|www\.)\S+                             # a page
    | \b[\w-]+(?:\.[\w-]+)*\.(?:(?:com|org|net|info|eu|fr|uk)\b(?:/\S*)?|(?:ma|be|es|it|nl|de|ca|me|io)/\S*)
    | \+\d(?:[\s.\-()/]*\d){6,} | \(?\d(?:[\s.\-()/]*\d){8,}   # a telephone, in any digits; "2005-2015" is none
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MAY_REACH = re.compile(r"[@./\d]")
"""What there is in any of them: most texts have none of it, or are quickly looked at."""
_RUN = re.compile(rf"{HIDDEN}(?:[\s.,;-]*{HIDDEN})+[.]?")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_NAME = 3  # letters: "El" and "de" are everybody's
_ATTACHED = tuple("وفبلك")
_EVERYDAY = STOP_WORDS["fr"] | STOP_WORDS["ar"] | STOP_WORDS["en"]


def nameless(text: str, person: str, group: str = "") -> str:
    """The text without addresses and numbers, without any word of the person's name, nor the name of the group."""
    without = _REACH.sub(HIDDEN, text) if _MAY_REACH.search(text) else text
    if group:
        without = re.sub(re.escape(group), HIDDEN, without, flags=re.IGNORECASE)
    return _RUN.sub(HIDDEN, _without_names(without, person))


def _without_names(text: str, person: str) -> str:
    hidden = _hidden(person)
    folded = fold(text)
    if not any(word in folded for word in hidden):  # as in nearly all words that are said of an ability
        return text
    return _WORD.sub(lambda found: HIDDEN if _bare(fold(found[0]), hidden) in hidden else found[0], text)


@lru_cache(maxsize=256)
def _hidden(person: str) -> frozenset[str]:
    return frozenset(word for word in _words(person) if len(word) >= _SHORTEST_NAME) - _EVERYDAY


def _bare(word: str, hidden: frozenset[str]) -> str:
    """Arabic writes "and", "with" and "for" in one with the name that follows."""
    return word[1:] if word[:1] in _ATTACHED and word not in hidden else word


def _words(name: str) -> set[str]:
    return {fold(word) for word in _WORD.findall(name)}
