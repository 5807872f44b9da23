import pytest

from app.profiles.availability import months

SUMMER = {6, 7, 8, 9}


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("En août, au village", {8}),
        ("En juillet et en août", {7, 8}),
        ("Trois semaines chaque été", SUMMER),
        ("L’été", SUMMER),
        ("Pendant les vacances d’été", SUMMER),
        ("J’ai été maire, je suis libre", set()),
        ("شهر غشت حضوريا", {8}),
        ("بين موسمين، في يونيو ويوليوز", {6, 7}),
        ("أسبوع في الخريف وأسبوع في الربيع", {3, 4, 5, 9, 10, 11}),
        ("In August", {8}),
        ("It may be possible", set()),
        ("Le dimanche", set()),
        ("Toute l’année sauf en août", set()),
        ("طيلة السنة باستثناء غشت", set()),
        ("", set()),
    ],
)
def test_the_months_that_somebody_names(said, named):
    assert months(said) == named
