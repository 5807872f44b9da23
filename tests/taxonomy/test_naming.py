import pytest

from app.kernel.i18n import speaking
from app.taxonomy.models import Concept, ConceptKind
from app.taxonomy.naming import concept_name, genders, one_form


def test_both_genders_of_a_trade_are_names() -> None:
    assert genders("éducateur/éducatrice de rue") == ("éducateur de rue", "éducatrice de rue")
    assert genders("مهندس بناء / مهندسة بناء") == ("مهندس بناء", "مهندسة بناء")
    assert genders("architecte") == ("architecte",)


@pytest.mark.parametrize(
    ("both", "one"),
    [
        ("ingénieur en eau/ingénieure en eau", "ingénieur en eau"),
        ("éducateur/éducatrice de rue", "éducateur de rue"),
        ("géomètre minier/géomètre minière", "géomètre minier"),
        ("enseignant-chercheur en langues/enseignante-chercheuse en langues", "enseignant-chercheur en langues"),
        ("مهندس بناء / مهندسة بناء", "مهندس بناء"),
        ("خياط / خياطة", "خياط"),
        ("architecte", "architecte"),
    ],
)
def test_a_trade_is_read_in_one_form(both: str, one: str) -> None:
    assert one_form(both) == one


@pytest.mark.parametrize(
    "label", ["steward/hôtesse", "maïeuticien/sage-femme", "inspecteur des bois/inspectrice du bois"]
)
def test_two_names_that_are_not_the_same_words_are_both_read(label: str) -> None:
    assert one_form(label) == label


def test_only_trades_are_shortened_in_the_language_of_the_reader() -> None:
    french, arabic = "soudeur/soudeuse", "لحام / لحامة"
    trade = Concept(id="trade", kind=ConceptKind.OCCUPATION, label_fr=french, label_ar=arabic)
    skill = Concept(id="skill", kind=ConceptKind.SKILL, label_fr="types de brosses/types de brosses fines")
    assert (concept_name(trade), concept_name(skill)) == ("soudeur", skill.label_fr)
    with speaking("ar"):
        assert concept_name(trade) == "لحام"
