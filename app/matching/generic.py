"""Words of audience, place, act and measure: said in every need and by everybody, so that alone they tie nobody
to anything. The ranking reads them as it reads all words; a reason is not made of them alone."""

from functools import cache

from app.matching.text import DATA, LANGUAGES
from app.matching.translation import translations


def is_generic(term: str) -> bool:
    return term in _generic_terms()


@cache
def _generic_terms() -> frozenset[str]:
    lines = (DATA / "generic_words.tsv").read_text(encoding="utf-8").splitlines()
    listed = (line.split("\t") for line in lines)
    table = translations()
    return frozenset(
        term
        for _class, language, words in listed
        for known in LANGUAGES
        if known == language
        for _word, term in table.content(words, known)
    )
