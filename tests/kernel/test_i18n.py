from datetime import UTC, datetime

import pytest

from app.kernel.i18n import format_date, format_moment, language_name, ngettext, since, speaking


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "لا توجد أي جماعة"),
        (1, "جماعة واحدة"),
        (2, "جماعتان"),
        (3, "3 جماعات"),
        (11, "11 جماعة"),
        (100, "100 جماعة"),
        (103, "103 جماعات"),
    ],
)
def test_arabic_has_six_plurals(n, said):
    with speaking("ar"):
        assert ngettext("%(n)s commune", "%(n)s communes", n) % {"n": n} == said


def test_zero_is_singular_in_french():
    with speaking("fr"):
        assert ngettext("%(n)s commune", "%(n)s communes", 0) % {"n": 0} == "0 commune"
        assert ngettext("%(n)s commune", "%(n)s communes", 2) % {"n": 2} == "2 communes"


def test_months_are_the_moroccan_ones():
    with speaking("ar"):
        assert format_date(datetime(2026, 11, 21, tzinfo=UTC)) == "21 نونبر 2026"
        assert format_date(datetime(2026, 12, 12, tzinfo=UTC)) == "12 دجنبر 2026"


def test_hours_are_those_of_morocco():
    with speaking("fr"):
        assert format_moment(datetime(2026, 7, 1, 10, 0, tzinfo=UTC)) == "1 juillet 2026, 11:00"


def test_ago_is_said_in_words():
    then, now = datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
    with speaking("fr"):
        assert since(then, now) == "il y a 3 jours"
    with speaking("ar"):
        assert since(then, now) == "قبل 3 أيام"


def test_amazigh_has_its_own_name():
    with speaking("fr"):
        assert language_name("ber") == "amazighe"
    with speaking("ar"):
        assert language_name("ber") == "الأمازيغية"


def test_an_address_without_language_leads_to_the_readers(browser):
    answer = browser.client.get("/projects?q=eau", headers={"accept-language": "ar-MA,ar;q=0.9"})
    assert (answer.status_code, answer.headers["location"]) == (307, "/ar/projects?q=eau")
    assert browser.client.get("/", headers={"accept-language": "en"}).headers["location"] == "/fr/"


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/fr/", "/\\evil.example", "/%2f%2fevil.example"])
def test_an_address_without_language_never_leads_elsewhere(browser, path):
    location = browser.client.get(f"http://testserver{path}").headers.get("location", "/fr/")
    assert location.startswith(("/fr/", "http://testserver/"))
    assert not location.startswith("/fr//")


def test_an_address_with_an_unprintable_letter_is_nowhere(browser):
    assert browser.client.get("/fr/projects/%00").status_code == 404
