"""Words of audience, place, act and measure: said in every need and by everybody, so that one alone ties nobody to
anything; nor do several of one class, or with a measure (*jeunes enfants*, *dix-huit petits*). The ranking reads them
as it reads all words."""

from collections.abc import Collection, Mapping
from functools import cache

from app.matching.text import DATA, LANGUAGES, Language
from app.matching.translation import translations

MEASURE = "measure"


def are_generic(terms: Collection[str]) -> bool:
    return all(term in _classes() for term in terms)


def say_nothing(terms: Collection[str]) -> bool:
    """Not even together: *groupes de femmes* is an act and an audience, and says something."""
    return are_generic(terms) and len({_classes()[term] for term in terms} - {MEASURE}) < 2


@cache
def _classes() -> Mapping[str, str]:
    lines = (DATA / "generic_words.tsv").read_text(encoding="utf-8").splitlines()
    listed = (line.split("\t") for line in lines)
    table = translations()
    return {
        term: name
        for name, language, words in listed
        for known in LANGUAGES
        if known == language
        for form in (words, *_plurals(words, known))
        for _word, term in table.content(form, known)
    }


def _plurals(words: str, language: Language) -> list[str]:
    """Their stem may be another: *usagers*, *usager*."""
    return [f"{word}s" for word in words.split()] if language != "ar" else []
