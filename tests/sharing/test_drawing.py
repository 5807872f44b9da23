"""Titles as people write them: two scripts in a line, emoji, no space at all, nothing that a font has."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.sharing.drawing import LARGEST, draw
from app.sharing.lettering import Style, broken, drawable, pieces, width
from app.sharing.shown import Kind, Shared

STYLE = Style(38, bold=True)


def seen(line: str, rtl: bool) -> list[str]:
    return [piece.text for piece in pieces(line, rtl)]


def test_latin_words_in_an_arabic_line_keep_their_order():
    assert "".join(seen("ثم Excel avancé للجميع", rtl=True)).split("Excel avancé")[0].strip() == "للجميع"


def test_a_number_in_an_arabic_line_is_not_turned_round():
    assert "17" in seen("تكوين 17 عونا", rtl=True)


def test_a_digit_belongs_to_the_letter_beside_it():
    assert any("3D" in piece for piece in seen("دورة 3D للشباب", rtl=True))


def test_arabic_in_a_french_line_runs_the_other_way():
    line = pieces("Projet جماعة صديقة pour tous", rtl=False)
    assert line[0].text.startswith("Projet")
    assert [piece.rtl for piece in line] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Fête 🎉 du souk", "Fête du souk"), ("ⵜⵡⵉⵣⴰ", ""), ("😀😀", ""), ("L’eau à Tiznit", "L’eau à Tiznit")],
)
def test_what_no_font_has_is_left_out(text, kept):
    assert drawable(text) == kept


@pytest.mark.parametrize("text", ["a" * 300, "م" * 300, "mot " * 80, "😀", "", "L’eau"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_any_title_makes_a_card(text, language):
    shared = Shared(Kind.PROJECT, "1", text, language, text, "Idée", ("Tiznit, Tiznit", "تيزنيت، تيزنيت"), "health")
    card = draw(shared, None)
    assert Image.open(BytesIO(card)).size == (1200, 630)


@given(st.text(max_size=80), st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text, rtl):
    text = drawable(text)
    lines, whole = broken(text, STYLE, rtl, 400, 50)
    assert whole
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert len(line) <= 1 or width(line, STYLE, rtl) <= 401
        assert sorted("".join(seen(line, rtl))) == sorted(line)


def test_a_photograph_full_of_detail_still_makes_a_card_that_whatsapp_shows():
    buffer = BytesIO()
    Image.effect_noise((1600, 1200), 120).convert("RGB").save(buffer, "WEBP")
    shared = Shared(Kind.PROJECT, "1", "L’école et son bus", "fr", "", "Réalisé", ("Tiznit", "تيزنيت"), is_done=True)
    assert len(draw(shared, buffer.getvalue())) <= LARGEST
