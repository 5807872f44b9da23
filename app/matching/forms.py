"""Written forms of one word: which differ by an ending or a clitic only, which are other words of the same stem."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from app.kernel.folding import fold, has_arabic
from app.matching.text import DATA, stem

OTHER_FORM = 3.0
"""What is taken off 100 for another form of a word: soudures, soudure…"""
OTHER_WORD = 12.0
"""…and for another word of the family, or of the same stem: soudeur, soudure; communes, communication."""
SAME_ENGLISH = 75
"""How alike the letters of two forms of an English word are at least: English stems say little else."""
LEFT = 3
"""Letters that an ending or a clitic leaves."""

# A word without the ending that tells its number or gender. Snowball takes off more: for it
# *collecte* and *collectivité*, *petits* and *pétition* are forms of one word.
_FRENCH_ENDINGS = (
    (re.compile(r"(?<=..)(?:eurs?|euses?|rices?)$"), "eur"),
    (re.compile(r"(?<=..)(?:aux|als?|ales?)$"), "al"),
    (re.compile(r"(?<=..)(?:ifs?|ives?)$"), "if"),
    (re.compile(r"(?<=..)(?:iers?|ieres?)$"), "ier"),
    (re.compile(r"(?<=..)(?:iens?|iennes?)$"), "ien"),
    (re.compile(r"(?<=..)([nlt])\1es?$"), r"\1"),
    (re.compile(r"(?<=...)(?:ee|ees|e|es|s|x)$"), ""),
)
_ARABIC_ENDINGS = re.compile(r"(?<=...)(?:ات|ون|ين|ان|ه)$")
_CLITICS = re.compile(r"[وف]?[بلكدف]?(?:ال|ل)?")
_PRONOUNS = ("هما", "هم", "هن", "كم", "نا", "ها")


def distance(form: str, name_form: str, same_stem: bool) -> float:
    """What is taken off 100 when a text has one form and a name the other, both folded."""
    if form == name_form:
        return 0
    if min(len(form), len(name_form)) <= LEFT:
        return OTHER_WORD
    if has_arabic(form):
        return OTHER_FORM if _bare_arabic(form) & _bare_arabic(name_form) else OTHER_WORD
    if _bare_french(form) == _bare_french(name_form):
        return OTHER_FORM
    alike = fuzz.ratio(form, name_form)
    return OTHER_FORM if same_stem and alike >= SAME_ENGLISH and _is_english(form, name_form) else OTHER_WORD


def without_clitics(form: str) -> Iterator[str]:
    """What an Arabic word may be without what is written on to it: ل in لتجميع, ها in صيانتها."""
    whole = _CLITICS.match(form)
    longest = whole.end() if whole else 0
    starts = [form[cut:] for cut in range(longest + 1) if len(form) - cut >= LEFT]
    for start in starts:
        if start != form:
            yield start
    for start in starts:
        for pronoun in _PRONOUNS:
            if start.endswith(pronoun) and len(start) - len(pronoun) >= LEFT:
                owned = start[: -len(pronoun)]
                yield owned
                if owned.endswith("ت"):
                    yield f"{owned[:-1]}ه"


def bare(form: str) -> str:
    """One for the singular and the plural of a folded word."""
    return stem(form, "ar") if has_arabic(form) else _bare_french(form)


@lru_cache(maxsize=1 << 14)
def _bare_french(form: str) -> str:
    for ending, kept in _FRENCH_ENDINGS:
        bare, found = ending.subn(kept, form)
        if found:
            return bare
    return form


@lru_cache(maxsize=1 << 14)
def _bare_arabic(form: str) -> frozenset[str]:
    """The singulars that a word may have, whatever is written on to it; its last hamza is often left out.

    A stem tells less: for it إعداد and إعدادية are one word.
    """
    return frozenset(_ARABIC_ENDINGS.sub("", bare).rstrip("ءا") for bare in (form, *without_clitics(form)))


def _is_english(form: str, name_form: str) -> bool:
    endings = ("ing", "ed", "ise", "ize", "isation", "ization")
    return form.endswith(endings) or name_form.endswith(endings)


def _everyday() -> frozenset[str]:
    lines = (DATA / "everyday_words.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(bare(word) for line in lines for word in fold(line.split("\t")[1]).split())


EVERYDAY = _everyday()
"""Words of audience, of place and of act, that are said of anything: alone they name no concept for sure."""
