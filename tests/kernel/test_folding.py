import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.folding import fold, has_arabic, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aït Bâha", "AIT BAHA"),
        ("École d’été", "ecole d'ete"),
        ("Cœur", "coeur"),
        ("أربعاء", "اربعاء"),
        ("إِمِنْتَانُوت", "امنتانوت"),
        ("آيت", "ايت"),
        ("سلــــا", "سلا"),
        ("مدرسة", "مدرسه"),
        ("مصطفى", "مصطفي"),
        ("أڭادير", "اكادير"),
        ("أگادير", "أݣادير"),
        ("ﻻ", "لا"),
        ("١٢٣", "123"),
        ("تيزنيت\u200f", "تيزنيت"),
    ],
)
def test_two_spellings_of_the_same_letters_compare_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("سلا", "صلا"), ("Tata", "Taza"), ("قلعة", "كلعة")])
def test_other_letters_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_words_keep_their_apostrophe_and_lose_the_punctuation_of_both_scripts() -> None:
    assert words("M’diq-Fnideq, (Tétouan)") == ["m'diq", "fnideq", "tetouan"]
    assert words("أربعاء الساحل، تيزنيت؟") == ["اربعاء", "الساحل", "تيزنيت"]
    assert words("« 'quoted' » _ –") == ["quoted"]
    assert words("  ") == []


def test_arabic_is_told_by_its_letters_not_by_its_commas() -> None:
    assert has_arabic("commune de تيزنيت")
    assert not has_arabic("Tiznit، 1٢؟")


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
