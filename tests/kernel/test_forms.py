from typing import Annotated

import pytest
from pydantic import BaseModel, StringConstraints

from app.kernel.forms import validate
from app.kernel.i18n import speaking
from app.kernel.text import Line


class Form(BaseModel):
    title: Annotated[Line, StringConstraints(min_length=5, max_length=10)]


LIMITS = [
    ("fr", "Eau", "5 caractères au moins."),
    ("fr", "Une bibliothèque", "10 caractères au plus."),
    ("ar", "Eau", "5 أحرف على الأقل."),
    ("ar", "Une bibliothèque", "10 أحرف على الأكثر."),
]


@pytest.mark.parametrize(("locale", "typed", "sentence"), LIMITS)
def test_a_limit_put_on_a_checked_text_is_told_in_characters(locale, typed, sentence):
    with speaking(locale):
        assert validate(Form, {"title": typed}).errors == {"title": sentence}
