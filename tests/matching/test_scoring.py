import pytest

from app.matching.documents import analyse
from app.matching.scoring import NEAR_EQUAL, Closeness, Exclusion, Fit, competence, exclusion

SAME_IN_TWO_LANGUAGES = [
    ("Former les agents au tri des déchets et au compostage", "مكونة في فرز النفايات وصناعة السماد العضوي"),
    ("Réparer la pompe solaire du puits", "تقني في الضخ بالطاقة الشمسية وصيانة المضخات"),
    ("Accompagner une coopérative d’huile d’olive vers l’exportation", "خبير في تسويق وتصدير زيت الزيتون"),
    ("Éducatrices du préscolaire à former", "مؤطرة مربيات التعليم الأولي"),
    ("Étude d’architecture pour le nouveau souk", "مهندس معماري، دراسات الأسواق"),
    ("Soigner les dents des écoliers", "طبيبة أسنان"),
    ("Tenir la comptabilité de l’association", "محاسب جمعيات"),
    ("Créer un site web pour la commune", "مطور مواقع إلكترونية"),
    ("Médiation entre familles et école", "وسيطة أسرية ومساعدة اجتماعية"),
    ("Restaurer le grenier collectif en pisé", "ترميم المباني التراثية بالطين"),
    ("Apiculture : mener un rucher", "نحال، تربية النحل وإنتاج العسل"),
    ("Alphabétisation des femmes", "مدرسة محو الأمية للنساء"),
]


@pytest.mark.parametrize("asked", range(len(SAME_IN_TWO_LANGUAGES)))
def test_a_need_finds_its_person_across_languages(asked: int) -> None:
    """Both ways: among twelve people the right one is among the first two."""
    french = [analyse([text], "fr") for text, _ in SAME_IN_TWO_LANGUAGES]
    arabic = [analyse([text], "ar") for _, text in SAME_IN_TWO_LANGUAGES]
    for need, people in ((french[asked], arabic), (arabic[asked], french)):
        order = sorted(range(len(people)), key=lambda i: -competence(need, people[i]))
        assert asked in order[:2], [SAME_IN_TWO_LANGUAGES[i] for i in order[:3]]


def test_one_clause_that_says_it_counts_more_than_a_long_profile_that_says_all_sorts() -> None:
    need = analyse(["soudure"], "fr")
    diverse = analyse(["soudure", "couture, cuisine, jardinage, informatique, photographie"], "fr")
    vague = analyse(["atelier de métal et de couture, cuisine, jardinage, informatique, photographie"], "fr")
    assert competence(need, diverse) > competence(need, vague)


def test_competence_is_between_nothing_and_all() -> None:
    text = analyse(["gestion des déchets", "tri"], "fr")
    assert competence(text, text) == pytest.approx(1, abs=1e-5)
    assert competence(text, analyse([""])) == 0
    assert competence(analyse([""]), text) == 0


def test_territory_orders_near_equals_and_never_lifts_the_less_competent() -> None:
    near, far = Fit(0.400, Closeness.COMMUNE), Fit(0.405, Closeness.NONE)
    assert near.score > far.score
    assert Fit(0.40, Closeness.COMMUNE).score < Fit(0.41 + NEAR_EQUAL, Closeness.NONE).score
    ties = [Fit(0.4, closeness).score for closeness in Closeness]
    assert ties == sorted(ties, reverse=True)


@pytest.mark.parametrize(
    ("need_languages", "mode", "languages", "on_site", "remote", "why"),
    [
        (["fr", "ar"], "either", ["ar", "ber"], True, False, None),
        (["fr", "ar"], "either", ["en", "es"], True, True, Exclusion.LANGUAGE),
        ([], "either", ["en"], True, True, None),
        (["fr"], "either", [], True, True, None),
        (["fr"], "onsite", ["fr"], False, True, Exclusion.MUST_BE_ON_SITE),
        (["fr"], "onsite", ["fr"], True, False, None),
        (["fr"], "remote", ["fr"], True, False, Exclusion.MUST_BE_REMOTE),
        (["fr"], "remote", ["fr"], True, True, None),
    ],
)
def test_only_language_and_mode_exclude(
    need_languages: list[str], mode: str, languages: list[str], on_site: bool, remote: bool, why: Exclusion | None
) -> None:
    assert exclusion(need_languages, mode, languages, on_site, remote) == why
