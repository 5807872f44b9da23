"""What people, scripts and keyboards also send: by kind, and mixed by a strategy of Hypothesis."""

import unicodedata

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

ODD = {
    "nothing": "",
    "spaces": " \n\t ",
    "a letter": "x",
    "an Arabic letter": "و",
    "very long": "gestion des déchets " * 5_000,
    "one endless word": "a" * 100_000,
    "emoji": "🌱🚜 👩🏽‍🌾",
    "a telephone number": "+212 5 00 00 00 12",
    "a number in Arabic digits": "٠٥٠٠٠٠٠٠١٢",
    "NUL": "déchets\x00ménagers",
    "control characters": "eau\x01\x0b\x0c\x1f\x7f\x85 potable",
    "right-to-left marks": "\u202eتدبير\u202c \u200fالنفايات\u200e",
    "HTML": "<script>alert('gestion')</script> &amp; <b>eau</b>",
    "SQL": "'; DROP TABLE concept; --",
    "a pattern": "%_\\ .* (?= [^",
    "a template": "{{ 7 * 7 }} %(name)s {0} ${HOME}",
    "punctuation": "،؟!…«»()[]{}---///",
    "half a character": "eau \ud800 potable",
    "not a character": "\ufffe\uffff\ufdd0 eau",
    "other scripts": "ⴰⵎⴰⵏ вода 水 น้ำ",
    "combining marks": "e\u0301\u0301\u0301" * 200,
    "Unix line ends and others": "eau\r\npotable\rtri\u2028zellij",
}
"""The kinds of bad input that the pages and matching must take; the benchmark `benchmarks.inputs` times each."""

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
"""One transaction of the database serves all examples of a test."""
through_pages = settings(deadline=None, max_examples=25, suppress_health_check=SLOW)
LONGEST_ADDRESS = 5_000
"""Letters that a test puts into one: a server takes no more than some thousands."""

_SAID = st.sampled_from(["eau potable", "tri des déchets", "تدبير النفايات", "waste management", "comptabilté"])
_PIECES = st.one_of(_SAID, st.sampled_from(list(ODD.values())), st.text(max_size=30))


def texts(most: int = 6) -> st.SearchStrategy[str]:
    """Words that mean something among what means nothing: letters of any script, marks, code, far too much."""
    return st.lists(_PIECES, max_size=most).map(" ".join)


def sent(most: int = 6) -> st.SearchStrategy[str]:
    """The same, less what no browser can send: half a character."""
    return texts(most).map(lambda text: text.encode(errors="ignore").decode())


def as_shown(typed: str) -> str:
    """What a page can contain of it: neither controls nor numbers that are no character; lines end in one way."""
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cn"))
