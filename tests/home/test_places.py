import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.accounts.models import User
from app.home import places
from app.kernel.database import now
from app.organisations.models import Membership, MembershipState, Organisation, OrganisationKind
from app.profiles.models import Profile, ProfilePlace, Visibility
from app.projects.models import Moderation, Need, Project, Stage
from tests.browser_client import Browser, Page
from tests.factories import ARBAA_SAHEL, OUIJJANE, TINZART, Factory
from tests.home.test_front import news

COMMUNE, PROVINCE, REGION = ARBAA_SAHEL, ARBAA_SAHEL[:6], ARBAA_SAHEL[:2]
LOCALES = ("fr", "ar")


def titles(page: Page) -> list[str]:
    return [title.get_text(strip=True) for title in page.select("main article h3")]


def commune_organisation(make: Factory, **given: Any) -> Organisation:
    plausible = {"kind": OrganisationKind.COMMUNE, "name_fr": "Commune d’Arbaa Sahel", "name_ar": "جماعة أربعاء الساحل"}
    return make(
        Organisation,
        **{"commune_code": COMMUNE, "province_code": PROVINCE, "region_code": REGION, **plausible, **given},
    )


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", ["10 820 habitants", "recensement de 2024"]), ("ar", ["10 820", "إحصاء 2024"])]
)
def test_a_commune_has_both_its_names_its_people_and_its_surroundings(
    browser: Browser, lang: str, words: list[str]
) -> None:
    page = browser.get(f"/{lang}/territories/{COMMUNE}")
    text = page.words.replace("\u202f", " ").replace("\xa0", " ")
    assert "Arbaa Sahel" in text
    assert "أربعاء الساحل" in text
    assert page.select(f'nav.way a[href$="/territories/{PROVINCE}"]')


@pytest.mark.parametrize("lang", LOCALES)
def test_a_commune_without_anything_invites_to_begin(browser: Browser, lang: str) -> None:
    page = browser.get(f"/{lang}/territories/{COMMUNE}")
    assert page.select_one(".empty") is not None
    assert page.select(f'.empty a[href="/{lang}/projects/new?commune={COMMUNE}"]')
    assert page.select(f'main a[href="/{lang}/organisations/join?choice=t{COMMUNE}"]')


def test_the_idea_begun_from_a_commune_is_for_that_commune(browser: Browser) -> None:
    page = browser.get(f"/fr/territories/{COMMUNE}")
    form = browser.get(page.select_one(".empty a")["href"]).form("/projects/new")
    assert (form["commune"], form["commune_code"]) in (("Arbaa Sahel, Tiznit", COMMUNE), ("Arbaa Sahel, Tiznit", ""))


@pytest.mark.parametrize("lang", LOCALES)
def test_what_was_done_in_a_commune_comes_first_then_each_stage(browser: Browser, make: Factory, lang: str) -> None:
    for stage in (Stage.IDEA, Stage.OPEN, Stage.REALISED, Stage.UNDER_WAY):
        make(Project, stage=stage, title=stage.value)
    make(Project, title="ailleurs", commune_code=OUIJJANE)
    page = browser.get(f"/{lang}/territories/{COMMUNE}")
    assert titles(page) == ["realised", "under_way", "open", "idea"]
    stages = [one["id"] for one in page.select("main h2[id]")]
    assert stages == ["stage-realised", "stage-under_way", "stage-open", "stage-idea"]


def test_a_long_list_is_read_to_its_end_without_a_gap(browser: Browser, make: Factory) -> None:
    wanted = set()
    for number in range(2 * places.PAGE + 3):
        stage = list(Stage)[number % 4]
        wanted.add(
            make(Project, title=f"Projet {number}", stage=stage, published_at=now() - timedelta(days=number % 5)).title
        )
    seen: list[str] = []
    url = f"/fr/territories/{COMMUNE}"
    for _ in range(3):
        page = browser.get(url)
        seen += titles(page)
        link = page.select_one('a[rel="next"]')
        url = str(link["href"]) if link else ""
    assert not url
    assert len(seen) == len(wanted)
    assert set(seen) == wanted


@pytest.mark.parametrize("cursor", ["x", "WzEsMl0", "W10", "bnVsbA"])
def test_a_cursor_that_nobody_made_shows_a_page_all_the_same(browser: Browser, make: Factory, cursor: str) -> None:
    make(Project)
    assert titles(browser.get(f"/fr/territories/{COMMUNE}?after={cursor}"))


def test_open_needs_and_news_of_the_commune_are_there(browser: Browser, make: Factory) -> None:
    make(Need, text="Un plan de collecte pour neuf villages.")
    make(Need, text="Autre chose ailleurs.", project_id=make(Project, commune_code=TINZART).id)
    news(make, title="La benne est arrivée", commune_code=COMMUNE)
    news(make, title="Le moussem d’à côté", commune_code=OUIJJANE)
    page = browser.get(f"/fr/territories/{COMMUNE}")
    assert "Un plan de collecte pour neuf villages." in page.words
    assert "La benne est arrivée" in page.words
    assert "Autre chose ailleurs." not in page.words
    assert "Le moussem d’à côté" not in page.words


def test_who_speaks_for_the_commune_is_a_number_without_names(browser: Browser, make: Factory) -> None:
    organisation = commune_organisation(make)
    for name in ("Nom Secret", "Autre Secret"):
        make(Membership, organisation_id=organisation.id, user_id=make(User, name=name).id)
    make(Membership, organisation_id=organisation.id, state=MembershipState.WAITING)
    page = browser.get(f"/fr/territories/{COMMUNE}")
    assert "2 personnes parlent ici pour elle." in page.words
    assert "Secret" not in page.words


def test_an_organisation_that_nobody_verified_speaks_for_nobody(browser: Browser, make: Factory) -> None:
    organisation = commune_organisation(make, verified_at=None)
    make(Membership, organisation_id=organisation.id, state=MembershipState.WAITING)
    page = browser.get(f"/fr/territories/{COMMUNE}")
    assert "Personne ne parle encore ici pour la commune." in page.words
    assert not page.select(f'main a[href$="/organisations/{organisation.id}"]')


@pytest.mark.parametrize(("lang", "words"), [("fr", "2 personnes ou groupes"), ("ar", "2")])
def test_those_who_are_tied_to_a_commune_are_counted_not_named(
    browser: Browser, make: Factory, lang: str, words: str
) -> None:
    for visibility in (Visibility.CARD, Visibility.OPEN, Visibility.HIDDEN):
        profile = make(
            Profile, visibility=visibility, owner_id=make(User, name="Nom Secret").id, abilities="Capacité cachée"
        )
        make(ProfilePlace, profile_id=profile.id, commune_code=COMMUNE)
    closed = make(Profile, owner_id=make(User, closed_at=now()).id)
    elsewhere = make(Profile)
    make(ProfilePlace, profile_id=closed.id, commune_code=COMMUNE)
    make(ProfilePlace, profile_id=elsewhere.id, commune_code=OUIJJANE)
    page = browser.get(f"/{lang}/territories/{COMMUNE}")
    assert words in page.select_one(".figures").get_text(" ", strip=True)
    assert "Nom Secret" not in page.words
    assert "Capacité cachée" not in page.words


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("code", [COMMUNE, PROVINCE, REGION])
def test_nothing_that_is_not_published_shows(browser: Browser, make: Factory, lang: str, code: str) -> None:
    for moderation in Moderation:
        if moderation is not Moderation.PUBLISHED:
            make(Need, text="SECRET", project_id=make(Project, title="SECRET", moderation=moderation).id)
    assert "SECRET" not in browser.get(f"/{lang}/territories/{code}").words
    assert browser.get(f"/{lang}/territories/{code}").select_one(".figures") is None


@pytest.mark.parametrize("lang", LOCALES)
def test_a_province_and_a_region_tell_what_happens_inside(browser: Browser, make: Factory, lang: str) -> None:
    make(Project, title="dans la commune", stage=Stage.REALISED)
    make(Project, title="dans la province voisine", commune_code=TINZART)
    news(make, title="de la commune", commune_code=COMMUNE)
    news(make, title="de la province", province_code=PROVINCE)
    news(make, title="de la région", region_code=REGION)
    province = browser.get(f"/{lang}/territories/{PROVINCE}")
    region = browser.get(f"/{lang}/territories/{REGION}")
    assert {"dans la commune", "de la commune", "de la province"} == set(titles(province))
    assert {"dans la commune", "dans la province voisine", "de la commune", "de la province", "de la région"} == set(
        titles(region)
    )
    assert province.select(f'main a[href="/{lang}/projects?territory_code={PROVINCE}"]')


def test_the_way_to_all_the_projects_of_a_province_leads_to_them(browser: Browser, make: Factory) -> None:
    make(Project, title="Dans la province")
    make(Project, title="Dans une autre", commune_code=TINZART)
    page = browser.get(f"/fr/territories/{PROVINCE}")
    everything = browser.get(page.select_one('main a[href*="territory_code"]')["href"])
    assert "Dans la province" in everything.words
    assert "Dans une autre" not in everything.words


@pytest.mark.parametrize("code", [COMMUNE, PROVINCE, REGION])
def test_the_number_of_queries_does_not_grow(
    browser: Browser, make: Factory, query_count: Callable[[], int], code: str
) -> None:
    def asked() -> int:
        before = query_count()
        browser.get(f"/fr/territories/{code}")
        return query_count() - before

    def more() -> None:
        for stage in Stage:
            make(Need, project_id=make(Project, stage=stage, language="ar").id)
        news(make, commune_code=COMMUNE)

    commune_organisation(make)
    more()
    with_one = asked()
    more()
    more()
    assert asked() <= with_one <= 22


@pytest.mark.parametrize("lang", LOCALES)
def test_a_shared_link_names_the_commune(browser: Browser, lang: str) -> None:
    page = browser.get(f"/{lang}/territories/{COMMUNE}")
    title = page.select_one('meta[property="og:title"]')["content"]
    assert title == {"fr": "Arbaa Sahel, Tiznit", "ar": "أربعاء الساحل، تيزنيت"}[lang]
    assert title in page.select_one('meta[property="og:description"]')["content"]


def test_one_address_answers_for_a_commune(browser: Browser) -> None:
    names = [route.name for route in browser.app.routes if re.search(r"territories/\{code", getattr(route, "path", ""))]
    assert len(names) == len(set(names))
