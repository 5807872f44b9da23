from xml.etree import ElementTree

from app.news.models import NewsState
from app.projects.models import Moderation, Project
from tests.browser_client import Browser
from tests.factories import ARBAA_SAHEL, Factory
from tests.home.test_front import news

SITE = "http://testserver"


def addresses(browser: Browser) -> list[str]:
    answer = browser.client.get("/sitemap.xml")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/xml")
    root = ElementTree.fromstring(answer.content)
    return [str(found.text) for found in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_search_engines_find_every_public_page_in_both_languages(browser: Browser, make: Factory) -> None:
    project, item = make(Project), news(make)
    found = addresses(browser)
    for path in ("/", "/about", "/territories/09", f"/territories/{ARBAA_SAHEL}", f"/projects/{project.id}"):
        assert {f"{SITE}/fr{path}", f"{SITE}/ar{path}"} <= set(found)
    assert f"{SITE}/ar/news/{item.id}" in found
    assert len(found) == len(set(found))


def test_search_engines_are_told_nothing_that_is_not_published(browser: Browser, make: Factory) -> None:
    project = make(Project, moderation=Moderation.WAITING)
    item = news(make, state=NewsState.WAITING)
    found = addresses(browser)
    assert f"{SITE}/fr/projects/{project.id}" not in found
    assert f"{SITE}/fr/news/{item.id}" not in found
    assert f"{SITE}/fr/territories/{ARBAA_SAHEL}" not in found


def test_every_standing_page_of_the_map_is_there(browser: Browser) -> None:
    for address in addresses(browser)[:14]:
        browser.get(address.removeprefix(SITE))


def test_robots_are_led_to_the_map_and_kept_from_private_pages(browser: Browser) -> None:
    told = browser.client.get("/robots.txt")
    assert told.headers["content-type"].startswith("text/plain")
    assert f"Sitemap: {SITE}/sitemap.xml" in told.text
    for private in ("/fr/me", "/ar/account", "/ar/desk"):
        assert f"Disallow: {private}\n" in told.text
    assert "Disallow: /fr/projects" not in told.text


def test_the_icon_is_found_where_browsers_look_for_it(browser: Browser) -> None:
    answer = browser.client.get("/favicon.ico")
    assert answer.status_code == 301
    icon = browser.client.get(answer.headers["location"])
    assert icon.headers["content-type"].startswith("image/svg+xml")
