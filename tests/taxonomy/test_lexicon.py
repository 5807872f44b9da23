"""The lexicon of the field holds together: its letters, its links, its sources."""

import re
from collections import Counter

import pytest

from app.taxonomy.lexicon import LANGUAGES, terms
from app.taxonomy.sources import DATA, read

LINES = list(read(DATA / "lexicon.tsv"))
ARABIC = re.compile("[\u0621-\u064a]")


def test_it_has_a_thousand_terms_and_each_was_written_or_reviewed_by_somebody() -> None:
    assert len(LINES) >= 1_000
    assert {line["review"] for line in LINES} == {"author", "second"}
    assert all(line["source"].strip() for line in LINES)


@pytest.mark.parametrize("column", ["id", "fr", "ar", "en"])
def test_no_term_is_there_twice(column: str) -> None:
    assert [name for name, times in Counter(line[column].casefold() for line in LINES).items() if times > 1] == []


def test_every_name_is_in_the_letters_of_its_language() -> None:
    for term in terms():
        assert re.fullmatch("[a-z0-9-]+", term.id)
        assert all(term.names[language][0] for language in LANGUAGES)
        assert all(ARABIC.search(name) for name in term.names["ar"])
        assert not any(ARABIC.search(name) for language in ("fr", "en") for name in term.names[language])


def test_it_points_to_concepts_that_are_there_and_to_themes_that_are_ours() -> None:
    known = {row["id"] for row in read(DATA / "concepts.tsv.xz")}
    themes = {row["code"] for row in read(DATA / "themes.tsv")}
    assert {one for term in terms() for one in (*term.same_as, *term.under)} <= known
    assert {line["theme"] for line in LINES} == themes
