import pytest

from app.matching.linking import Linker
from app.matching.names import Named
from app.matching.translation import Translations, translations
from app.taxonomy.actions import corrected_concepts
from tests.oddities import ODD


@pytest.fixture(params=ODD.values(), ids=ODD.keys())
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
