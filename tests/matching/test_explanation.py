import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from app.kernel.i18n import speaking
from app.matching.documents import analyse
from app.matching.explanation import (
    ABOUT_AS_ABLE,
    Said,
    explain,
    explain_all,
    nearest_words,
    reasons,
    ties,
    without_words,
)
from app.matching.saying import concept_ids, lacks, sentence
from app.matching.scoring import Closeness, Exclusion, Fit, Timing, competence
from app.matching.units import Tag
from app.taxonomy.actions import corrected_concepts
from app.taxonomy.models import Concept, ConceptKind

WASTE = Concept(
    id="waste", kind=ConceptKind.SKILL, label_fr="gestion des déchets", label_ar="تدبير النفايات", label_en="waste"
)
SKILLS = [
    "gestion des déchets",
    "تدبير النفايات",
    "tri et compostage",
    "plomberie et soudure",
    "نجار وحداد",
    "comptabilité des associations",
    "accounting and audit",
    "éducation préscolaire",
    "تكوين المربيات",
    "énergie solaire et pompage",
    "solar pumps",
    "irrigation goutte à goutte",
    "السقي بالتنقيط",
    "j’aime le football",
]


def test_what_a_person_covers_is_said_in_their_own_words() -> None:
    need = analyse(["Améliorer la gestion des déchets du village"], "fr")
    person = analyse(["مهندسة، تدبير النفايات وإعادة التدوير"], "ar")
    covered, missing = explain(need, person, [Tag("waste", "gestion des déchets")], [Tag("waste", "تدبير النفايات")])
    assert [(one.concept_id, one.words) for one in covered] == [("waste", "تدبير النفايات")]
    assert missing == []


def test_what_nobody_said_is_missing() -> None:
    need = analyse(["Gestion des déchets, soins dentaires"], "fr")
    person = analyse(["tri des déchets"], "fr")
    wanted = [Tag("waste", "Gestion des déchets"), Tag("teeth", "soins dentaires")]
    covered, missing = explain(need, person, wanted)
    assert [one.concept_id for one in covered] == ["waste"]
    assert [one.concept_id for one in missing] == ["teeth"]


def test_strangers_have_no_reason() -> None:
    assert explain(analyse(["soudure"], "fr"), analyse(["طب الأسنان"], "ar")) == ([], [])


def test_a_chip_that_is_not_in_the_text_names_nothing() -> None:
    covered, _ = explain(
        analyse(["tri des déchets"], "fr"),
        analyse(["tri des déchets"], "fr"),
        [Tag("waste", "elsewhere"), Tag("waste", "")],
    )
    assert [one.concept_id for one in covered] == [None]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(SKILLS), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(SKILLS), min_size=1, max_size=6, unique=True),
)
def test_without_the_words_of_a_reason_the_score_falls(asked: list[str], said: list[str]) -> None:
    need, person = analyse(asked, "fr"), analyse(said, "fr")
    before = competence(need, person)
    for reason in explain(need, person)[0]:
        gone = {m.term for m in person.mentions} & reason.terms
        left = []
        for number, segment in enumerate(person.segments):
            places = [m for m in person.mentions if m.segment == number and m.term in gone]
            for mention in sorted(places, key=lambda m: -m.start):
                segment = segment[: mention.start] + segment[mention.end :]
            left.append(segment)
        assert any(reason.words in part for part in said)
        assert competence(need, analyse(left, "fr")) < before


def test_a_lone_word_that_no_concept_names_is_no_reason_beside_better_ones() -> None:
    need = analyse(["Mettre en place le tri des déchets, avec des bacs"], "fr")
    flowers = "Je plante des fleurs dans des bacs."
    sorting = [Tag("waste", "tri des déchets")]
    covered, _ = explain(need, analyse([f"J’ai organisé le tri des déchets. {flowers}"], "fr"), sorting)
    assert [one.words for one in covered] == ["tri des déchets"]
    covered, _ = explain(need, analyse([flowers], "fr"), sorting)
    assert [one.words for one in covered] == ["bacs"]


NAMES = [
    concept[f"label_{language}"]
    for concept in corrected_concepts()
    if concept["kind"] == "skill"
    for language in ("fr", "ar")
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
    st.lists(st.sampled_from(NAMES), max_size=4, unique=True),
    st.sampled_from(["fr", "ar"]),
)
def test_whatever_the_taxonomy_names_a_reason_is_what_ranks(wanted: list[str], other: list[str], language: str) -> None:
    """Texts made of names of skills in either language: without the words of a reason its person falls."""
    need = analyse(wanted, language)
    person = analyse([*wanted[:1], *other], language)
    before = competence(need, person)
    covered, _ = explain(need, person, [Tag("wanted", wanted[0])])
    for reason in covered:
        gone = [mention for mention in person.mentions if mention.term in reason.terms]
        assert gone
        assert competence(need, person.without(gone)) < before


class TestWordsThatSayLittle:
    @pytest.mark.parametrize(
        ("wanted", "said"),
        [
            ("Accompagner des jeunes", "Je joue au football avec les jeunes"),
            ("Étude pour les communes", "Chargé de relations entre communes"),
            ("Animer trois sessions", "J’ai suivi des sessions"),
            ("تكوين الشباب", "رياضة الشباب"),
            ("Réunir les villages", "القرى"),
            ("Un espace pour les enfants et les jeunes", "Éducatrice de jeunes enfants"),
            ("أربعون كرسيا وثمان طاولات", "نحن ثمانية وأربعون"),
        ],
    )
    def test_alone_they_are_no_reason(self, wanted: str, said: str) -> None:
        assert explain(analyse([wanted]), analyse([said]))[0] == []

    def test_an_act_and_an_audience_together_say_a_little(self) -> None:
        covered, _ = explain(analyse(["Animer des groupes de femmes"], "fr"), analyse(["مجموعات النساء"], "ar"))
        assert [(one.wanted, one.is_slight) for one in covered] == [("groupes de femmes", True)]

    def test_beside_others_they_are_named_with_them(self) -> None:
        covered, _ = explain(analyse(["jeux avec les enfants"], "fr"), analyse(["jeux pour les enfants"], "fr"))
        assert [one.words for one in covered] == ["jeux pour les enfants"]


@pytest.mark.parametrize(
    ("wanted", "said", "slight"),
    [
        ("tri des déchets", "chef de tri postal", True),
        ("tri des déchets", "tri des déchets verts", False),
        ("comptabilité", "je tiens la comptabilité", False),
    ],
)
def test_one_word_of_the_several_that_were_wanted_says_little(wanted: str, said: str, slight: bool) -> None:
    covered, _ = explain(analyse([wanted], "fr"), analyse([said], "fr"), [Tag("wanted", wanted)])
    assert [one.is_slight for one in covered] == [slight]
    assert [reason.get("slight", False) for reason in reasons(covered)] == [slight]


def test_a_lone_word_is_enough_only_beside_the_best() -> None:
    slight = [{"kind": "covered", "concept": None, "wanted": "bac", "words": "bacs", "slight": True}]
    another = slight[0] | {"wanted": "benne", "words": "benne"}
    telling = [{"kind": "covered", "concept": "waste", "wanted": "tri", "words": "tri"}]
    assert ties(slight, Fit(0.5 * ABOUT_AS_ABLE), 0.5)
    assert not ties(slight, Fit(0.5 * ABOUT_AS_ABLE - 0.01), 0.5)
    assert ties([*slight, another], Fit(0.1), 0.9)
    assert ties([*slight, *telling], Fit(0.1), 0.9)
    assert not ties([{"kind": "closeness", "to": "commune"}], Fit(0.5), 0.5)


def test_the_nearest_words_are_told_though_they_are_no_reason() -> None:
    need = analyse(["Accompagner des jeunes vers l’emploi, avec soin"], "fr")
    assert nearest_words(need, analyse(["Je cuisine. Je joue avec les jeunes du quartier."], "fr")) == (
        "jeunes",
        "jeunes",
    )
    assert nearest_words(need, analyse([""])) is None
    assert nearest_words(need, analyse(["soudure"], "fr")) is None


def test_a_text_is_read_as_if_it_did_not_say_some_words() -> None:
    text = analyse(["Je connais la gestion des déchets, et les déchets du port"], "fr")
    without = without_words(text, {"gestion des dechets"})
    assert [text.segments[m.segment][m.start : m.end] for m in without.mentions] == ["connais", "déchets", "port"]
    assert without_words(text, ()) is text
    assert without_words(text, {"autre chose"}) is text


def test_what_was_found_wrong_is_no_reason_and_is_missing() -> None:
    need, person = analyse(["gestion des déchets"], "fr"), analyse(["tri des déchets"], "fr")
    tags = [Tag("waste", "gestion des déchets")]
    assert explain(need, person, tags)[0]
    covered, missing = explain(need, person, tags, (), {("waste", "dechets", "fr"), ("waste", "tri des dechets", "fr")})
    assert covered == []
    assert [one.concept_id for one in missing] == ["waste"]
    assert explain(need, person, tags, (), {("waste", "dechets", "ar"), ("other", "dechets", "fr")})[0]


def test_a_name_in_two_genders_is_one_reason() -> None:
    label = "conseiller municipal / conseillère municipale"
    person, need = analyse(["J’anime.", label], "fr"), analyse(["Parler devant les élus", label], "fr")
    wanted = [Tag("elected", "élus"), Tag("elected", label)]
    covered, missing = explain(need, person, wanted, [Tag("elected", label)])
    assert [one.concept_id for one in covered] == ["elected"]
    assert missing == []


def test_what_somebody_is_known_to_have_is_not_missing_whatever_its_words() -> None:
    person, need = analyse(["J’élève des abeilles."], "fr"), analyse(["Comptabilité", "tri des déchets"], "fr")
    wanted = [Tag("accounting", "Comptabilité"), Tag("waste", "tri des déchets")]
    _, missing = explain(need, person, wanted, [Tag("accounting", "élève des abeilles")])
    assert [one.concept_id for one in missing] == ["waste"]


@settings(max_examples=25, deadline=None)
@given(
    needs=st.lists(st.lists(st.sampled_from(SKILLS), max_size=4), min_size=1, max_size=4),
    people=st.lists(st.lists(st.sampled_from(SKILLS), max_size=4), min_size=1, max_size=4),
)
def test_many_at_once_are_explained_as_each_alone(needs: list[list[str]], people: list[list[str]]) -> None:
    asked, said = [Said(analyse(one)) for one in needs], [Said(analyse(one)) for one in people]
    together = explain_all(asked, said)
    for need, row in zip(asked, together, strict=True):
        for person, (covered, missing) in zip(said, row, strict=True):
            alone, lacking = explain(need.document, person.document)
            assert [(one.wanted, one.words) for one in covered] == [(one.wanted, one.words) for one in alone]
            assert [one.weight for one in covered] == pytest.approx([one.weight for one in alone], abs=1e-5)
            assert missing == lacking


def test_what_speaks_against_is_told_from_what_speaks_for() -> None:
    said = reasons([], [], exclusion=Exclusion.FREE_TOO_LATE, timing=Timing.LATE, likes_theme=True)
    assert [lacks(reason) for reason in said] == [True, False, True]
    assert all(sentence(reason, {}) for reason in said)
    assert not any(lacks(reason) for reason in reasons([], [], timing=Timing.IN_TIME))
    assert reasons([], timing=Timing.TOO_LATE) == []


def test_reasons_are_data_that_can_be_kept_and_said_in_either_language() -> None:
    need = analyse(["gestion des déchets", "soins"], "fr")
    covered, missing = explain(
        need,
        analyse(["تدبير النفايات المنزلية"], "ar"),
        [Tag("waste", "gestion des déchets"), Tag("care", "soins")],
    )
    said = reasons(covered, missing, Closeness.PROVINCE, ["ber"], Exclusion.MUST_BE_ON_SITE)
    assert concept_ids(said) == {"waste", "care"}
    with speaking("fr"):
        assert [Markup(sentence(reason, {"waste": WASTE})).striptags() for reason in said] == [
            "le besoin est sur place, l’aide proposée à distance",
            "gestion des déchets · تدبير النفايات",
            "même province",
            "parle amazighe",
            "il manque : soins",
        ]
    with speaking("ar"):
        sentences = [Markup(sentence(reason, {"waste": WASTE})).striptags() for reason in said]
        assert sentences[1] == "تدبير النفايات"
        assert not any(re.search("[a-zA-Z]", one) for one in sentences[:4])


def test_a_name_in_two_genders_that_are_written_apart_is_not_said_three_times() -> None:
    wanted = "عضو مجلس المدينة / عضوة بمجلس المدينة"
    covered = {"kind": "covered", "concept": None, "wanted": wanted, "words": "عضوة بمجلس المدينة"}
    assert sentence(covered, {}) == f"<bdi>{wanted}</bdi>"


def test_words_of_the_other_script_stand_apart_in_a_sentence_and_are_never_markup() -> None:
    covered = {"kind": "covered", "concept": None, "wanted": "déchets", "words": "<b>تدبير"}
    assert sentence(covered, {}) == "<bdi>déchets</bdi> · <bdi>&lt;b&gt;تدبير</bdi>"
    with speaking("ar"):
        missing = sentence({"kind": "missing", "concept": None, "wanted": "soins"}, {})
    assert isinstance(missing, Markup) and "<bdi>soins</bdi>" in missing


@pytest.mark.parametrize("closeness", [Closeness.COMMUNE, Closeness.PROVINCE, Closeness.REGION])
@pytest.mark.parametrize("exclusion", list(Exclusion))
def test_every_tie_and_every_exclusion_has_its_sentence(closeness: Closeness, exclusion: Exclusion) -> None:
    assert all(sentence(reason, {}) for reason in reasons([], [], closeness, [], exclusion))


def test_nothing_to_say_is_an_empty_list() -> None:
    assert reasons([]) == []


def test_odd_texts_are_explained_without_harm(odd_text: str) -> None:
    document = analyse([odd_text])
    covered, missing = explain(document, document, [Tag("x", odd_text[:50])], [Tag("x", odd_text[:50])])
    assert len(covered) <= 4
    assert len(missing) <= 4


def test_of_a_long_list_what_is_answered_best_is_said() -> None:
    wanted = ["apiculture", "zellij", "soudure", "couture", "plomberie", "forage", "poterie", "tissage", "élevage"]
    need = analyse([*wanted, *(f"métier {number}" for number in "abcdefghij"), "gestion des déchets"], "fr")
    person = analyse(["cuisine", "gestion des déchets"], "fr")
    assert [one.words for one in explain(need, person)[0]] == ["gestion des déchets"]
