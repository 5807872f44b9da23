from pathlib import Path

import numpy as np
import pytest

from app.kernel.folding import fold
from app.matching.text import LANGUAGES, stem
from app.matching.training import all_names, digest, train
from app.matching.translation import PAIRS, Translations, read, write

NAMES = [
    {"fr": ["gestion des déchets"], "ar": ["تدبير النفايات"], "en": ["waste management"]},
    {"fr": ["collecte des déchets"], "ar": ["جمع النفايات"], "en": ["waste collection"]},
    {"fr": ["gestion de l’eau"], "ar": ["تدبير الماء"], "en": ["water management"]},
    {"fr": ["collecte de l’eau"], "ar": ["جمع الماء"], "en": ["water collection"]},
    {"fr": ["gérer l’eau"], "ar": ["تدبير الماء"], "en": ["manage water", "look after water"]},
]


@pytest.fixture(scope="module")
def small() -> Translations:
    return train(NAMES)


def best(table: Translations, word: str, language: str, target: str) -> str:
    terms = table.expand(table.term(fold(word), language))  # type: ignore[arg-type]
    return max((weight, term) for term, weight in terms[1:] if term.startswith(target))[1]


@pytest.mark.parametrize(
    ("word", "language", "translation"),
    [("déchets", "fr", "ar:نفا"), ("eau", "fr", "en:water"), ("جمع", "ar", "fr:collect"), ("waste", "en", "fr:dechet")],
)
def test_words_are_told_apart_by_the_names_they_share(
    small: Translations, word: str, language: str, translation: str
) -> None:
    assert best(small, word, language, translation[:2]) == translation


def test_forms_of_a_word_become_a_family(small: Translations) -> None:
    assert small.family("fr:ger") == small.family("fr:gestion")
    assert small.family("fr:eau") != small.family("fr:gestion")
    assert small.family("?:unknown") == "?:unknown"


def test_the_same_names_give_the_same_table(small: Translations, tmp_path: Path) -> None:
    write(small, tmp_path / "one")
    write(train(NAMES), tmp_path / "other")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_table_is_read_as_it_was_written(small: Translations, tmp_path: Path) -> None:
    write(small, tmp_path / "table")
    again = read(tmp_path / "table")
    assert again.version
    assert again.stems == small.stems
    for pair in PAIRS:
        assert np.array_equal(again.tables[pair].columns, small.tables[pair].columns)
    assert again.expand("fr:dechet") == small.expand("fr:dechet")


def test_the_shipped_table_knows_the_words_of_the_field(table: Translations) -> None:
    assert best(table, "assainissement", "fr", "ar") == "ar:تطهير"
    assert best(table, "irrigation", "fr", "ar") in ("ar:سقي", "ar:سق", "ar:ري")
    assert best(table, "تعاونيات", "ar", "fr").startswith("fr:cooper")
    assert best(table, "صيانة", "ar", "en") == "en:maintain"


def test_the_shipped_table_is_what_the_names_and_the_stemmers_of_today_teach(table: Translations) -> None:
    """Whoever changes a name, the lexicon or a stemmer runs `twiza match train` and commits the table."""
    assert table.learnt_from == digest(all_names())
    for language in LANGUAGES:
        for form, number in list(table.forms[language].items())[::40]:
            assert stem(form, language) == table.stems[language][number]


def test_a_rare_word_tells_more_than_a_common_one(table: Translations) -> None:
    assert table.rarity("?:atriplex") > table.rarity("fr:plombi") > table.rarity("fr:gestion")


def test_english_words_in_a_french_text_are_known_as_english(table: Translations) -> None:
    assert table.term("welding", "fr").startswith("en:")
    assert table.term("soudure", "en").startswith("fr:")
    assert table.term("atriplexes", "fr") == table.term("atriplexes", "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nous cherchons un formateur pour les femmes de la coopérative", "fr"),
        ("plomberie", "fr"),
        ("Cherche aide pour l'eau", "fr"),
        ("We are looking for a trainer", "en"),
        ("beekeeping and honey", "en"),
        ("نبحث عن مكون للتعاونية", "ar"),
        ("تكوين في HACCP", "ar"),
        ("Une école à تيزنيت", "fr"),
        ("", "fr"),
        ("12 34", "fr"),
    ],
)
def test_the_language_of_a_text_is_recognised(table: Translations, text: str, language: str) -> None:
    assert table.language_of(text) == language


def test_odd_texts_have_a_language_and_terms(table: Translations, odd_text: str) -> None:
    language = table.language_of(odd_text)
    assert language in LANGUAGES
    for _word, term in table.content(odd_text, language):
        assert all(weight > 0 for _, weight in table.expand(term))
