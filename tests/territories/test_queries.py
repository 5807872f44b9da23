from collections.abc import Callable

import pytest
from sqlmodel import Session

from app.kernel.i18n import speaking
from app.territories import queries
from app.territories.models import Commune, Province, Region
from tests.factories import ARBAA_SAHEL, TINZART


def test_each_kind_of_code_has_its_territory(session: Session) -> None:
    assert isinstance(queries.get(session, "09"), Region)
    assert isinstance(queries.get(session, "09.581"), Province)
    assert isinstance(queries.get(session, ARBAA_SAHEL), Commune)


@pytest.mark.parametrize(
    "code", ["", "9", "99", "09.999", "09.581.99.99", "09.581.11", "x", "09\x00", "٠٩", "09.581.11.033"]
)
def test_a_code_that_is_nobodys_is_nothing(session: Session, code: str) -> None:
    assert queries.get(session, code) is None


def test_territories_come_in_the_order_of_their_codes_asked_for(session: Session) -> None:
    codes = [TINZART, "09", "nobody", "09.581", ARBAA_SAHEL, "09"]
    assert [one.code for one in queries.get_all(session, codes)] == [TINZART, "09", "09.581", ARBAA_SAHEL]


def test_a_commune_is_always_said_with_its_province(session: Session, locale: str) -> None:
    commune = session.get_one(Commune, ARBAA_SAHEL)
    assert commune.full_name == {"fr": "Arbaa Sahel, Tiznit", "ar": "أربعاء الساحل، تيزنيت"}[locale]


def test_every_province_is_in_its_region(session: Session) -> None:
    regions = queries.regions(session)
    assert [region.code for region, _ in regions] == [f"{n:02}" for n in range(1, 13)]
    assert sum(len(provinces) for _, provinces in regions) == 75


def test_lists_follow_the_alphabet_of_the_reader(session: Session) -> None:
    tiznit = session.get_one(Province, "09.581")
    assert queries.communes_of(session, tiznit)[0].name_fr == "Afella Ighir"
    with speaking("ar"):
        names = [commune.name_ar for commune in queries.communes_of(session, tiznit)]
    assert names.index("المعدر الكبير") < names.index("تيزنيت")


def test_what_a_territory_counts(session: Session) -> None:
    extents = queries.extents(session)
    assert extents[""] == queries.Extent(1503, 36_828_330)
    assert extents["09.581"].communes == 25
    assert extents["09"].communes == 175


def test_a_search_asks_the_database_twice_whatever_it_finds(session: Session, query_count: Callable[[], int]) -> None:
    queries.find_communes(session, "Sidi")
    session.expunge_all()
    before = query_count()
    found = queries.find_communes(session, "Oulad")
    assert len([commune.full_name for commune in found]) == 8
    assert query_count() - before == 2


def test_provinces_and_regions_are_found_too(session: Session) -> None:
    assert [one.code for one in queries.find_territories(session, "Souss")][:1] == ["09"]
    assert {one.code for one in queries.find_territories(session, "تيزنيت")} >= {"09.581", "09.581.01.07"}


def test_a_name_that_a_commune_and_its_province_share_is_a_choice(session: Session) -> None:
    both = queries.resolve_territory(session, "Tiznit")
    assert isinstance(both, list)
    assert [one.code for one in both] == ["09.581.01.07", "09.581"]
    assert isinstance(queries.resolve_territory(session, "Souss-Massa"), Region)
    assert isinstance(queries.resolve_territory(session, "أربعاء الساحل"), Commune)


@pytest.mark.parametrize("label", ["Tiznit (province)", "إقليم تيزنيت", "Souss-Massa (région)", "جهة سوس ماسة"])
def test_a_territory_is_meant_by_the_label_that_we_gave_it(session: Session, label: str) -> None:
    assert isinstance(queries.resolve_territory(session, label), Province | Region)


def test_a_commune_added_by_an_update_is_found_at_once(session: Session) -> None:
    assert queries.find_communes(session, "Zzyzxville") == []
    tiznit = session.get_one(Commune, "09.581.01.07")
    new = Commune(**{**tiznit.model_dump(), "code": "09.581.99.01", "name_fr": "Zzyzxville", "aliases_fr": []})
    session.add(new)
    assert queries.find_communes(session, "Zzyzxville") == [new]
