import pytest

from app.matching.text import LONGEST_TEXT, clauses, stem, words


def forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def test_words_are_found_where_they_stand() -> None:
    text = "L’Eau potable, الماء؟"
    assert [(text[word.start : word.end], word.form) for word in words(text)] == [
        ("L", "l"),
        ("Eau", "eau"),
        ("potable", "potable"),
        ("الماء", "الماء"),
    ]


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("formateur·rice·s", "formateur"),
        ("agent(e)s", "agent"),
        ("éducateur/trice", "educateur"),
        ("Chef·fe", "chef"),
        ("agent.e.s", "agent"),
    ],
)
def test_an_inclusive_ending_belongs_to_its_word(written: str, form: str) -> None:
    assert forms(written) == [form]


def test_the_end_of_a_sentence_is_no_inclusive_ending() -> None:
    assert forms("le tri.Enfin") == ["le", "tri", "enfin"]


def test_numbers_are_no_words_but_names_with_digits_are() -> None:
    assert forms("0500000012 CO2 5S 2026 ٢٠٢٦") == ["co2", "5s"]


def test_clauses_end_at_marks_of_both_scripts_and_not_inside_a_word() -> None:
    text = "Tri, compostage ; éducateur/trice (rue) – l’arc-en-ciel. جمع، فرز؟ نعم"
    assert [text[start:end].strip() for start, end in clauses(text)] == [
        "Tri",
        "compostage",
        "éducateur/trice",
        "rue",
        "l’arc-en-ciel",
        "جمع",
        "فرز",
        "نعم",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("securite", "securites"), ("formee", "forme"), ("dechets", "dechet"), ("agricoles", "agricole")],
)
def test_french_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one, "fr") == stem(other, "fr")


@pytest.mark.parametrize(
    ("one", "other"),
    [("النفايات", "نفايات"), ("والتكوين", "تكوين"), ("البيئيه", "بيئيه"), ("المهندسون", "مهندس"), ("للفلاحين", "فلاح")],
)
def test_arabic_articles_and_endings_do_not_count(one: str, other: str) -> None:
    assert stem(one, "ar") == stem(other, "ar")


def test_a_word_is_stemmed_by_its_letters_whatever_the_language_around() -> None:
    assert stem("النفايات", "fr") == stem("النفايات", "ar")
    assert stem("formation", "ar") == stem("formation", "fr")


def test_odd_texts_are_read_in_bounded_time(odd_text: str) -> None:
    for word in words(odd_text):
        assert 0 <= word.start < word.end <= LONGEST_TEXT
        assert stem(word.form, "fr") is not None
    assert all(0 <= start < end <= LONGEST_TEXT for start, end in clauses(odd_text))
