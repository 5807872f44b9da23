"""What a person wrote, without what tells who they are: for the card that bears no name."""

import re

from app.kernel.folding import fold
from app.matching.text import STOP_WORDS

HIDDEN = "…"

_REACH = re.compile(
    r"""
    \S+@\S+ | @\w[\w.]+                                  # an e-mail, or @somebody
    | (?:https?://|www\.)\S+                             # a page
    | \b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|io|me|eu|ma|fr|be|es|it|nl|de|ca|uk)\b(?:/\S*)?
    | [+(]?\d(?:[\s.\-()/]*\d){7,}                       # a telephone, however grouped, in any digits
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_NAME = 3  # letters: "El" and "de" are everybody's
_EVERYDAY = STOP_WORDS["fr"] | STOP_WORDS["ar"] | STOP_WORDS["en"]


def nameless(text: str, person: str, group: str = "") -> str:
    """The text without addresses and numbers, without any word of the person's name, nor the name of the group."""
    without = _REACH.sub(HIDDEN, text)
    if group:
        without = re.sub(re.escape(group), HIDDEN, without, flags=re.IGNORECASE)
    hidden = {word for word in _words(person) if len(word) >= _SHORTEST_NAME} - _EVERYDAY
    return _WORD.sub(lambda found: HIDDEN if fold(found[0]) in hidden else found[0], without)


def _words(name: str) -> set[str]:
    return {fold(word) for word in _WORD.findall(name)}
