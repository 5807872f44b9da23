import pytest

from app.matching.linking import Linker
from app.matching.names import Named
from app.matching.translation import Translations, translations
from app.taxonomy.actions import corrected_concepts

HARMLESS = {
    "nothing": "",
    "spaces": " \n\t ",
    "a letter": "x",
    "an Arabic letter": "و",
    "very long": "gestion des déchets " * 5_000,
    "one endless word": "a" * 100_000,
    "emoji": "🌱🚜 👩🏽‍🌾",
    "a telephone number": "+212 5 00 00 00 12",
    "NUL": "déchets\x00ménagers",
    "right-to-left marks": "\u202eتدبير\u202c \u200fالنفايات\u200e",
    "HTML": "<script>alert('gestion')</script> &amp; <b>eau</b>",
    "SQL": "'; DROP TABLE concept; --",
    "punctuation": "،؟!…«»()[]{}---///",
    "half a character": "eau \ud800 potable",
    "other scripts": "ⴰⵎⴰⵏ вода 水",
    "combining marks": "e\u0301\u0301\u0301" * 200,
}


@pytest.fixture(params=HARMLESS.values(), ids=HARMLESS.keys())
def odd_text(request: pytest.FixtureRequest) -> str:
    """What people, scripts and keyboards also send."""
    return str(request.param)


@pytest.fixture(scope="session")
def table() -> Translations:
    return translations()


@pytest.fixture(scope="session")
def linker(table: Translations) -> Linker:
    return Linker.over((Named.of(c) for c in corrected_concepts() if c["kind"] != "group"), table)


@pytest.fixture(scope="session")
def label_of() -> dict[str, str]:
    """The French label of each concept."""
    return {concept["id"]: concept["label_fr"] for concept in corrected_concepts()}
