"""Nobody is asked for an identity card, and whoever writes its number is kindly stopped."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

import app.main  # noqa: F401  every form
from app.accounts.models import User
from app.kernel import catalogues
from app.kernel.forms import validate
from app.kernel.text import Paragraphs, ShortLine
from tests.conftest import ROOT

ASKS = re.compile(
    r"\bCINE?\b|\bCNIE?\b|carte d['’]identité|carte nationale|passeport|بطاقة (?:ال)?(?:تعريف|وطنية|هوية)|جواز السفر",
    re.IGNORECASE,
)
SAID = ("Jamais un numéro de carte d’identité", "Ceci ressemble à un numéro de carte d’identité")
"""The sentences that promise the contrary."""


class Words(BaseModel):
    line: ShortLine = ""
    text: Paragraphs = ""


def forms(model: type[BaseModel] = BaseModel) -> set[type[BaseModel]]:
    return {model, *(one for child in model.__subclasses__() for one in forms(child))}


def test_no_form_has_a_field_for_it():
    names = {f"{form.__name__}.{name}" for form in forms() for name in form.model_fields}
    assert [one for one in names if re.search(r"\.(cine?|cnie?|identity_card|passport|national_id)", one)] == []


@pytest.mark.parametrize("template", sorted((ROOT / "frontend" / "templates").rglob("*.html")), ids=lambda p: p.stem)
def test_no_page_asks_for_it(template: Path):
    words = template.read_text("utf-8")
    for sentence in SAID:
        words = words.replace(sentence, "")
    assert not ASKS.search(words), template


def test_no_sentence_in_either_language_asks_for_it():
    for message in catalogues.load("ar"):
        french = message.id if isinstance(message.id, str) else message.id[0]
        if french.startswith(SAID):
            continue
        arabic = message.string if isinstance(message.string, str) else " ".join(message.string)
        assert not ASKS.search(f"{french} {arabic}"), french


@pytest.mark.parametrize(
    "typed",
    [
        "AB123456",
        "j 45678",
        "Ma CIN est AB123456",
        "CNIE n° J456789, merci",
        "C.I.N. : BK 12345",
        "Mon numéro de carte d’identité : JB654321.",
        "carte nationale numéro EE123456",
        "رقم بطاقة التعريف الوطنية: AB123456",
        "بطاقتي الوطنية رقمها AB١٢٣٤٥٦",
    ],
)
def test_its_number_is_refused_with_a_sentence(typed):
    for field in ("line", "text"):
        form = validate(Words, {field: typed})
        assert "Twiza n’en a jamais besoin" in form.errors[field]
        assert form.values[field] == typed


@pytest.mark.parametrize(
    "typed",
    [
        "Un camion DAF LF45150 de 2012",
        "La route RN12, puis la P1708",
        "Arganiers : lot AB123456 du semencier",
        "5 100 oliviers plantés en 2017",
        "+212 6 12 34 56 78",
        "Aider les femmes à obtenir leur carte nationale",
        "La carte nationale des sols, feuille MA 2024",
        "Appel CINEA, dossier 101074",
        "مساعدة النساء على استخراج البطاقة الوطنية",
        "Cinq puits, 12345 litres",
    ],
)
def test_what_only_looks_like_it_is_taken(typed):
    assert validate(Words, {"text": typed}).errors == {}


def test_somebody_who_writes_it_in_a_form_keeps_all_they_typed(make, browser, locale):
    text = "Je suis pharmacien. CIN AB123456"
    page = browser.login(make(User)).post(f"/{locale}/profiles/mine", status=422, abilities=text, country="FR")
    assert page.error_of("abilities")
    assert text in page.select_one("#f-abilities").text
