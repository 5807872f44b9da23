"""The months in which somebody says they come, out of what they wrote of when they can help."""

from collections.abc import Iterator
from functools import cache

from babel import Locale

from app.kernel.folding import words

ALL_BUT = frozenset(("sauf", "hors", "excepte", "except", "باستثناء", "الا", "عدا", "ماعدا"))
"""Who names a month with one of these does not come then: nothing is understood rather than the contrary."""
SEASONS = {
    (3, 4, 5): ("printemps", "spring", "الربيع"),
    (6, 7, 8, 9): ("estival", "estivale", "estivales", "summer", "الصيف", "صيف", "الصيفيه"),
    (9, 10, 11): ("automne", "autumn", "الخريف"),
    (12, 1, 2): ("hiver", "winter", "الشتاء"),
}
SUMMER, BEFORE_SUMMER = "ete", frozenset(("l'ete", "en", "chaque", "cet", "d'ete", "vacances", "un"))
"""*Été* is also a participle: a season after one of these, or alone."""
MOROCCAN = {
    1: ("جانفي",),
    5: ("ماي",),
    7: ("يوليوز",),
    8: ("غشت",),
    9: ("شتنبر",),
    11: ("نونبر",),
    12: ("دجنبر",),
}


def months(text: str) -> frozenset[int]:
    """1 for January; none where no month and no season is named."""
    said = words(text)
    if ALL_BUT & set(said):
        return frozenset()
    found: set[int] = set()
    for place, word in enumerate(said):
        found.update(_named().get(word.removeprefix("d'").removeprefix("l'")) or _attached(word))
        alone = len(said) == 1 or (place > 0 and said[place - 1] in BEFORE_SUMMER)
        if word in ("l'ete", "d'ete") or (word == SUMMER and alone):
            found.update((6, 7, 8, 9))
    return frozenset(found)


def _attached(word: str) -> tuple[int, ...]:
    """Arabic writes *and*, *in* and *for* in one with the month."""
    return _named().get(word[1:], ()) if word[:1] in ("و", "ب", "ف", "ل") else ()


@cache
def _named() -> dict[str, tuple[int, ...]]:
    return {folded: numbers for numbers, names in _names() for name in names for folded in words(name)}


def _names() -> Iterator[tuple[tuple[int, ...], tuple[str, ...]]]:
    for code in ("fr", "en", "ar_MA"):
        for number, name in Locale.parse(code).months["format"]["wide"].items():
            if name != "May":  # also said of what might be
                yield (number,), (name,)
    yield from (((number,), names) for number, names in MOROCCAN.items())
    yield from SEASONS.items()
