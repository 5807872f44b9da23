import pytest

from app.profiles.masking import nameless


@pytest.mark.parametrize(
    "text",
    [
        "Écrivez-moi : amina.t@example.org",
        "mon numéro 06 12 34 56 78",
        "+212 5 00 00 00 01",
        "(+33) 6-00-00-00-00",
        "هاتفي ٠٦١٢٣٤٥٦٧٨",
        "https://www.example.org/amina",
        "www.example.org",
        "linkedin.com/in/amina-t",
        "mon-atelier.ma/contact",
        "@amina.tazi sur les réseaux",
    ],
)
def test_whoever_writes_how_to_reach_them_is_not_reached_from_a_nameless_card(text):
    shown = nameless(text, "Personne Inconnue")
    assert "…" in shown
    for part in ("example", "12 34", "00 00", "00-00", "١٢٣", "linkedin", "atelier", "amina"):
        assert part not in shown


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Je suis Amina TAZI, ingénieure", "Amina Tazi"),
        ("Hélène et Benoît", "Benoit Helene"),
        ("أنا أمينة التازي", "أمينة التازي"),
        ("مع أخي وأمينة", "أمينة أخي"),
    ],
)
def test_a_name_in_the_text_is_hidden_however_it_is_written(text, name):
    shown = nameless(text, name)
    assert "…" in shown
    for word in ("Amina", "TAZI", "Hélène", "Benoît", "أمينة", "التازي"):
        assert word not in shown


@pytest.mark.parametrize(
    "text",
    [
        "Comptable de 2005 à 2015, puis 2016-2024 à Lyon.",
        "10 000 arbres plantés, 5 100 oliviers",
        "Je fais de la soudure et des plans d'eau",
        "خبرة 15 سنة في تدبير النفايات",
        "",
    ],
)
def test_what_tells_nothing_of_the_person_stays_as_it_was_written(text):
    assert nameless(text, "Jean Des Landes", "Les amis du livre") == text


def test_the_name_of_a_group_is_hidden_as_a_whole():
    shown = nameless("Les Amis du livre prêtent des livres", "Brahim O.", "Les amis du livre")
    assert shown == "… prêtent des livres"


def test_several_hidden_words_become_one_mark():
    assert nameless("Je suis Amina Tazi, amina@example.org, comptable", "Amina Tazi") == "Je suis …, comptable"
