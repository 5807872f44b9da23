from datetime import timedelta
from typing import Any

import pytest

from app.kernel.database import now

ANSWERS: dict[str, Any] = {
    "abilities": "Quinze ans de gestion des déchets : tri, collecte, formation des équipes.",
    "places_new": ["Anzi"],
    "languages": ["fr", "ber"],
    "modes": ["remote"],
    "country": "FR",
}
GROUP = {**ANSWERS, "name": "Les amis de la bibliothèque"}


@pytest.fixture
def tomorrow() -> str:
    return (now() + timedelta(days=1)).date().isoformat()
