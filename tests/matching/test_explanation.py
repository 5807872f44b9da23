import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from app.kernel.i18n import speaking
from app.matching.documents import analyse
from app.matching.explanation import Tag, concept_ids, explain, reasons, sentence
from app.matching.scoring import Closeness, Exclusion, competence
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
