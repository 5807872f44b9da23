from datetime import date

import pytest

from app.matching.documents import analyse
from app.matching.scoring import (
    NEAR_EQUAL,
    TIMELY,
    Closeness,
    Exclusion,
    Fit,
    Timing,
    competence,
    exclusion,
    timing,
)

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
def test_a_missing_language_and_an_impossible_mode_exclude(
    need_languages: list[str], mode: str, languages: list[str], on_site: bool, remote: bool, why: Exclusion | None
) -> None:
    assert exclusion(need_languages, mode, languages, on_site, remote) == why


TODAY = date(2026, 11, 22)
SPRING = (date(2027, 3, 1), date(2027, 5, 31))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "free_from", "months", "when"),
    [
        (None, None, None, (), Timing.UNKNOWN),
        (*SPRING, None, (), Timing.UNKNOWN),
        (None, None, date(2027, 3, 1), (), Timing.UNKNOWN),
        (*SPRING, date(2027, 2, 1), (), Timing.IN_TIME),
        (*SPRING, date(2027, 3, 1), (), Timing.IN_TIME),
        (*SPRING, date(2027, 4, 1), (), Timing.LATE),
        (*SPRING, date(2027, 6, 1), (), Timing.TOO_LATE),
        (*SPRING, None, (8,), Timing.OTHER_MONTHS),
        (*SPRING, None, (5, 8), Timing.IN_TIME),
        (date(2026, 12, 1), date(2027, 2, 1), None, (1,), Timing.IN_TIME),
        (date(2026, 1, 1), date(2028, 1, 1), None, (8,), Timing.IN_TIME),
        (date(2026, 1, 1), date(2026, 12, 31), None, (8,), Timing.OTHER_MONTHS),  # August is over
        (date(2026, 1, 1), date(2027, 12, 31), date(2026, 6, 1), (), Timing.IN_TIME),
        (date(2026, 1, 1), date(2026, 6, 30), date(2026, 3, 1), (), Timing.IN_TIME),  # long over for everybody
    ],
)
def test_when_somebody_is_free_beside_the_period_of_a_need(
    starts_on: date | None, ends_on: date | None, free_from: date | None, months: tuple[int, ...], when: Timing
) -> None:
    assert timing(starts_on, ends_on, free_from, months, TODAY) is when


def test_only_who_is_free_once_all_is_over_is_excluded() -> None:
    for when in Timing:
        why = exclusion(["fr"], "either", ["fr"], True, True, when)
        assert why == (Exclusion.FREE_TOO_LATE if when is Timing.TOO_LATE else None)


def test_being_free_in_time_and_liking_the_theme_order_near_equals_below_a_neighbour() -> None:
    plain, neighbour = Fit(0.4), Fit(0.4, Closeness.COMMUNE)
    assert plain.score < Fit(0.4, likes_theme=True).score < neighbour.score
    assert plain.score < Fit(0.4, timing=Timing.IN_TIME).score < neighbour.score
    assert Fit(0.4, timing=Timing.OTHER_MONTHS).score < Fit(0.4, timing=Timing.LATE).score < plain.score
    assert Fit(0.4, timing=Timing.IN_TIME, likes_theme=True).score < Fit(0.4 + NEAR_EQUAL).score
    assert set(TIMELY) < set(Timing)


class TestFairness:
    def test_who_was_asked_this_month_comes_after_an_equal(self) -> None:
        assert Fit(0.4, asked=1).score < Fit(0.4).score
        assert Fit(0.4, asked=3).score == Fit(0.4, asked=1).score

    def test_who_has_invitations_to_answer_comes_later_still_one_by_one(self) -> None:
        scores = [Fit(0.4, asked=1, unanswered=count).score for count in range(4)]
        assert scores == sorted(scores, reverse=True)
        assert len(set(scores)) == 4

    def test_several_outweigh_every_tie(self) -> None:
        tired = Fit(0.4, Closeness.COMMUNE, timing=Timing.IN_TIME, likes_theme=True, asked=1, unanswered=3)
        assert tired.score < Fit(0.4).score

    def test_the_only_one_who_is_able_stays_before_those_who_are_not(self) -> None:
        assert Fit(0.5, asked=9, unanswered=9).score > Fit(0.3, Closeness.COMMUNE).score
