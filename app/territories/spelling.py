"""How a commune's name is heard: spellings of one sound meet, in Latin letters and in Arabic ones.

Names are Arabic or Amazigh, written by ear: Ouijjane and Wijjan, Aït and Ayt, Oulad and Ouled, El Kelâa and Lkelaa.
"""

import re
from functools import lru_cache

from app.kernel.folding import has_arabic, words

# Before a solar letter the article is written as it sounds: Es-Semara, Er-Rich.
_ARTICLES = frozenset(words("el al l es er ed en ez et ech as ar ad an at az ach des le la les"))

_LATIN = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^[ld]'(?=.)", ""),
        ("'", ""),
        (r"^[ea]l(?=[^aeiouy].{2})", ""),
        (r"^e([rsdnztl])(?=\1)", ""),
        (r"^l(?=[^aeiouyl].)", ""),
        ("t?ch|sh", "x"),
        ("dj", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"qu(?=[eiy])|q|kh", "k"),
        ("[gr]h", "g"),
        ("th", "t"),
        ("dh", "d"),
        ("ph", "f"),
        (r"c(?=[eiy])", "s"),
        ("c", "k"),
        ("o?u|oo?|w", "u"),
        ("y", "i"),
        ("e", "a"),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)ah?$", ""),
    )
]
_ARABIC = [
    (re.compile(r"^ال(?=...)"), ""),
    (re.compile("[ء']"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=...)[اه]$"), ""),
]
_ARABIC_SOUNDS = str.maketrans("طصضظذث", "تسدددت")

# Said around a name, never part of one.
_AROUND = frozenset(
    words(
        "commune communes communale rurale urbaine municipalité ville province préfecture région cercle caïdat "
        "douar de du maroc جماعة الجماعة بلدية مدينة إقليم بإقليم عمالة بعمالة جهة بجهة دائرة قيادة دوار المغرب"
    )
)


def spelled(text: str) -> list[str]:
    """The folded words of a name or of what was typed, apostrophes closed up."""
    return [word.replace("'", "") for word in words(text)]


def heard(text: str) -> list[str]:
    """The same words by their sound, without articles; the last word may be the beginning of another, it stays."""
    typed = words(text)
    meaningful = [word for word in typed[:-1] if word not in _ARTICLES] + typed[-1:]
    return [sound for word in meaningful if (sound := _sound(word))]


def without_surroundings(text: str) -> str:
    """What was typed without "commune de", "province", "إقليم"…, unless nothing else was typed."""
    typed = [re.sub("^d'(?=.)", "", word) for word in words(text)]
    return " ".join([word for word in typed if word not in _AROUND] or typed)


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    if has_arabic(word):
        word = word.translate(_ARABIC_SOUNDS)
        for pattern, sound in _ARABIC:
            word = pattern.sub(sound, word)
        return word
    for pattern, sound in _LATIN:
        word = pattern.sub(sound, word)
    return word
