import pytest

from app.profiles.languages import code_of


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("portugais", "pt"),
        ("Langue turque", None),
        ("le turc", "tr"),
        ("اللغة التركية", "tr"),
        ("Swedish", "sv"),
        ("darija", "ar"),
        ("الدارجة", "ar"),
        ("Tachelhit", "ber"),
        ("berbère", "ber"),
        ("klingonais des bois", None),
        ("", None),
    ],
)
def test_a_language_is_known_by_the_name_that_people_give_it(name, code):
    assert code_of(name) == code
