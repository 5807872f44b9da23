import pytest
from sqlmodel import Session

from app.kernel.forms import Submitted, blank
from app.kernel.i18n import gettext
from app.territories.forms import (
    NO_NAME,
    NOT_FOUND,
    PLACE_NOT_FOUND,
    THIS_ONE,
    WHICH,
    WHICH_PLACE,
    WHICH_PLACES,
    chosen_commune,
    chosen_territories,
    chosen_territory,
)
from tests.factories import ARBAA_SAHEL, OUIJJANE, TINZART


def form(**values: object) -> Submitted[object]:
    return blank(**values)


def test_what_was_chosen_in_the_list_is_taken(session: Session) -> None:
    submitted = form(commune="Arbaa Sahel, Tiznit", commune_code=ARBAA_SAHEL)
    commune, choices = chosen_commune(session, submitted)
    assert commune is not None
    assert commune.code == ARBAA_SAHEL
    assert (choices, submitted.refused) == ([], False)


def test_a_clear_name_typed_without_javascript_is_understood(session: Session) -> None:
    submitted = form(commune="اربعاء الساحل")
    commune, _ = chosen_commune(session, submitted)
    assert commune is not None
    assert commune.code == ARBAA_SAHEL
    # The form may be refused for something else: it comes back with the commune as understood.
    assert submitted.values == {"commune": "Arbaa Sahel, Tiznit", "commune_code": ARBAA_SAHEL}


def test_a_name_that_may_be_several_comes_back_with_them(session: Session) -> None:
    submitted = form(commune="Arbaa", commune_code="")
    commune, choices = chosen_commune(session, submitted)
    assert commune is None
    assert choices[0] == (ARBAA_SAHEL, "Arbaa Sahel, Tiznit")
    assert submitted.errors == {"commune": gettext(WHICH)}
    assert submitted.values["commune"] == "Arbaa"


def test_one_of_the_choices_is_then_taken(session: Session) -> None:
    commune, _ = chosen_commune(session, form(commune="Arbaa", commune_code=ARBAA_SAHEL))
    assert commune is not None
    assert commune.code == ARBAA_SAHEL


def test_a_guess_is_asked_about(session: Session) -> None:
    submitted = form(commune="Tinzret")
    commune, choices = chosen_commune(session, submitted)
    assert (commune, choices) == (None, [(TINZART, "Tinzart, Taroudannt")])
    assert submitted.errors == {"commune": gettext(THIS_ONE)}


def test_words_changed_after_the_choice_win_over_the_code(session: Session) -> None:
    commune, _ = chosen_commune(session, form(commune="Oujjane", commune_code=ARBAA_SAHEL))
    assert commune is not None
    assert commune.code == OUIJJANE


@pytest.mark.parametrize("typed", ["Atlantide-sur-Mer", "\x00\x00", "qwrtpsdfg" * 1000])
def test_a_commune_that_does_not_exist_is_refused_kindly(session: Session, typed: str) -> None:
    submitted = form(commune=typed, commune_code="09.999.99.99")
    assert chosen_commune(session, submitted) == (None, [])
    assert submitted.errors == {"commune": NOT_FOUND}
    assert submitted.values["commune"] == typed


@pytest.mark.parametrize("code", ["\x00", "09", "09.581", "' OR 1=1", "9" * 10_000])
def test_a_code_that_is_no_communes_is_not_believed(session: Session, code: str) -> None:
    submitted = form(commune="", commune_code=code)
    assert chosen_commune(session, submitted).commune is None
    assert submitted.errors == {"commune": NO_NAME}


def test_nothing_typed_is_refused_only_where_a_commune_is_needed(session: Session) -> None:
    needed, optional = form(), form()
    chosen_commune(session, needed)
    chosen_commune(session, optional, required=False)
    assert needed.errors == {"commune": NO_NAME}
    assert not optional.refused


def test_several_territories_are_ticked_and_typed(session: Session) -> None:
    submitted = form(territories=["09", ARBAA_SAHEL], territories_new=["Tinzert, أنزي", "Oujjane"])
    choice = chosen_territories(session, submitted)
    assert [one.name_fr for one in choice.territories] == ["Souss-Massa", "Arbaa Sahel", "Tinzart", "Anzi", "Ouijjane"]
    assert choice.chosen[1] == (ARBAA_SAHEL, "Arbaa Sahel, Tiznit")
    assert not submitted.refused
    assert submitted.values["territories_new"] == ""


def test_one_territory_said_with_its_province_is_one(session: Session) -> None:
    choice = chosen_territories(session, form(territories_new="أربعاء الساحل، تيزنيت"))
    assert [one.code for one in choice.territories] == [ARBAA_SAHEL]


def test_a_name_shared_by_a_commune_and_its_province_is_proposed_twice(session: Session) -> None:
    submitted = form(territories=[ARBAA_SAHEL], territories_new="Tiznit")
    choice = chosen_territories(session, submitted)
    assert [label for _, label in choice.proposed] == ["Tiznit, Tiznit", "Tiznit (province)"]
    assert [one.code for one in choice.territories] == [ARBAA_SAHEL]
    assert submitted.errors == {"territories": WHICH_PLACES}


def test_a_territory_that_does_not_exist_stays_as_typed(session: Session) -> None:
    submitted = form(territories_new="Oujjane, Qwrtpsdfg")
    assert [one.code for one in chosen_territories(session, submitted).territories] == [OUIJJANE]
    assert submitted.errors == {"territories": PLACE_NOT_FOUND}
    assert submitted.values["territories_new"] == "Qwrtpsdfg"


@pytest.mark.parametrize(
    ("typed", "code", "found"),
    [
        ("Tiznit (province)", "09.581", "09.581"),
        ("", "09", "09"),
        ("Souss-Massa", "", "09"),
        ("Tinzart, Taroudannt", "", TINZART),
        ("Ouijjane, Tiznit", "09.581", OUIJJANE),
        ("", "99", None),
        ("", "", None),
    ],
)
def test_one_territory_of_any_size_is_understood(session: Session, typed: str, code: str, found: str | None) -> None:
    submitted = form(territory=typed, territory_code=code)
    territory, choices = chosen_territory(session, submitted)
    assert (territory.code if territory else None) == found
    assert (choices, submitted.refused) == ([], False)


def test_a_territory_that_may_be_several_comes_back_with_them(session: Session) -> None:
    submitted = form(territory="Tiznit")
    territory, choices = chosen_territory(session, submitted)
    assert territory is None
    assert submitted.errors == {"territory": gettext(WHICH_PLACE)}
    assert "09.581" in [code for code, _ in choices]


def test_a_territory_that_is_none_stays_as_typed(session: Session) -> None:
    submitted = form(territory="qwrtpsdfg")
    assert chosen_territory(session, submitted) == (None, [])
    assert submitted.errors == {"territory": PLACE_NOT_FOUND}
    assert submitted.values["territory"] == "qwrtpsdfg"


def test_a_code_may_be_said_as_a_name(session: Session) -> None:
    submitted = form(territory="09.581")
    choice = chosen_territory(session, submitted)
    assert choice.territory is not None
    assert (choice.territory.code, submitted.values["territory"]) == ("09.581", "Tiznit (province)")
