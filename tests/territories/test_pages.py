import json
from typing import Any

import pytest
from sqlmodel import Session

from app.territories.models import Commune
from tests.browser_client import Browser
from tests.factories import ARBAA_SAHEL


def find(browser: Browser, lang: str, words: str, route: str = "find") -> list[dict[str, Any]]:
    answer = browser.client.get(f"/{lang}/territories/{route}", params={"q": words})
    assert answer.status_code == 200
    assert "max-age" in answer.headers["cache-control"]
    return json.loads(answer.content)


@pytest.mark.parametrize(("lang", "label"), [("fr", "Arbaa Sahel, Tiznit"), ("ar", "أربعاء الساحل، تيزنيت")])
@pytest.mark.parametrize("typed", ["Arbaa", "Arbâa Sahel", "أربعاء", "اربعاء الساحل", "arba sahel tiznit"])
def test_a_commune_is_proposed_in_the_language_of_the_page_whatever_was_typed(
    browser: Browser, lang: str, label: str, typed: str
) -> None:
    assert find(browser, lang, typed)[0] == {"code": ARBAA_SAHEL, "label": label}


def test_no_more_is_proposed_than_a_phone_shows(browser: Browser) -> None:
    assert len(find(browser, "fr", "Sidi")) == 8
    assert find(browser, "fr", "") == []
    assert find(browser, "fr", "\x00") == []


def test_provinces_and_regions_are_proposed_where_they_may_be_meant(browser: Browser) -> None:
    labels = [one["label"] for one in find(browser, "fr", "Tiznit", "find-any")]
    assert labels[:2] == ["Tiznit (province)", "Tiznit, Tiznit"]
    assert find(browser, "fr", "Souss", "find-any")[0]["label"] == "Souss-Massa (région)"


@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_a_visitor_goes_from_the_country_to_a_commune(browser: Browser, lang: str) -> None:
    country = browser.get(f"/{lang}/territories")
    assert len(country.select("main h3")) == 12
    region = browser.get(_link(country, {"fr": "Souss-Massa", "ar": "سوس-ماسة"}[lang]))
    province = browser.get(_link(region, {"fr": "Tiznit", "ar": "تيزنيت"}[lang]))
    commune = browser.get(_link(province, {"fr": "Arbaa Sahel", "ar": "أربعاء الساحل"}[lang]))
    assert commune.url.endswith(f"/{lang}/territories/{ARBAA_SAHEL}")
    assert "Arbaa Sahel" in commune.words
    assert "أربعاء الساحل" in commune.words
    assert "820" in commune.words
    back = [link["href"] for link in commune.select("nav.way a")]
    assert [href.removeprefix("http://testserver") for href in back] == [
        f"/{lang}/territories",
        f"/{lang}/territories/09",
        f"/{lang}/territories/09.581",
    ]


def test_a_page_says_who_counted(browser: Browser) -> None:
    for code in ("09", "09.581", ARBAA_SAHEL):
        assert "Haut-Commissariat au Plan" in browser.get(f"/fr/territories/{code}").words


@pytest.mark.parametrize("code", ["13", "09.999", "09.581.99.99", "nowhere", "09.581.11.03.07"])
def test_a_territory_that_does_not_exist_is_absent(browser: Browser, code: str) -> None:
    browser.get(f"/fr/territories/{code}", status=404)


def test_a_search_without_javascript_lists_what_it_found(browser: Browser) -> None:
    page = browser.get("/fr/territories?q=tinzert")
    assert page.select_one("#found") is not None
    assert _link(page, "Tinzart, Taroudannt").endswith("/fr/territories/09.541.04.61")


def test_a_search_that_finds_nothing_says_so_and_keeps_the_words(browser: Browser) -> None:
    page = browser.get("/fr/territories?q=qwrtpsdfg")
    assert "Aucun territoire de ce nom." in page.words
    assert page.select_one("input[name=q]")["value"] == "qwrtpsdfg"


@pytest.mark.parametrize("words", ["%00%01", "x" * 5000, "%3Cscript%3E", "%F0%9F%8C%B3", "%FF%FE"])
def test_a_strange_search_is_answered_in_valid_html(browser: Browser, words: str) -> None:
    browser.get(f"/ar/territories?q={words}")


def test_a_retired_commune_keeps_its_page_and_says_it(browser: Browser, session: Session) -> None:
    session.get_one(Commune, ARBAA_SAHEL).retired = True
    page = browser.get(f"/fr/territories/{ARBAA_SAHEL}")
    assert "ne figure plus sur la liste officielle" in page.words


def _link(page: Any, text: str) -> str:
    found = [link["href"] for link in page.select("main a") if link.get_text(strip=True) == text]
    assert found, f"no link says {text}"
    return str(found[0])
