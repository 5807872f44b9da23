"""No name, number or address among what villagers know: as far as it can be told."""

import pytest

from app.kernel.forms import validate
from app.relays.known.forms import KnownForm
from app.relays.known.nameless import may_name_somebody, names_somebody

WORDS = (
    "pharmaciennes, dont deux tiennent une officine",
    "cadre à Royal Air Maroc",
    "a étudié à l’Université Hassan II, ingénieure en irrigation",
    "professeur à l’école Mohammed VI",
    "صيدلانيات، اثنتان منهن تملكان صيدلية",
    "مهندس تخرج من جامعة محمد الخامس",
    "ممرضة سعيدة بالمساعدة",
    "ouvrier, de bonne famille, aimable",
)
NAMES = (
    "Fatima, pharmacienne",
    "mon cousin Rachid est plombier",
    "M. Amrani, notaire",
    "le docteur s’appelle Untel",
    "Lalla Zahra, tisseuse",
    "السيد العمراني، موثق",
    "خديجة، ممرضة في الدار البيضاء",
    "ابن عمي محمد، سباك",
    "نجار اسمه فلان",
)


@pytest.mark.parametrize("text", WORDS)
def test_what_people_do_is_no_name(text):
    assert names_somebody(text) is None


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_recognised(text):
    assert names_somebody(text)


def test_two_words_with_capitals_are_asked_about():
    assert may_name_somebody("pharmacien, c’est Karim Benali")
    assert may_name_somebody("cadre à Royal Air Maroc") == "Royal Air"
    assert may_name_somebody("Ingénieur en irrigation") is None


@pytest.mark.parametrize("text", ["maçon, 06 12 34 56 78", "maçon, ٠٦١٢٣٤٥٦٧٨", "maçon, a@b.ma", *NAMES])
@pytest.mark.parametrize("field", ["occupation"])
def test_the_form_says_so_by_the_field(text, field):
    form = validate(KnownForm, {"country": "MA", field: text})
    assert set(form.errors) == {field}
    assert form.values[field] == text


def test_a_number_hides_nowhere():
    typed = {"occupation": "maçon", "country": "MA", "town": "Fès 0612345678", "douar": "a@b.ma"}
    assert set(validate(KnownForm, typed).errors) == {"town", "douar"}
