from datetime import UTC, datetime

import pytest

from app.kernel.assets import Assets
from app.kernel.i18n import (
    format_date,
    format_moment,
    gettext,
    language_name,
    ngettext,
    npgettext,
    number,
    pgettext,
    since,
    speaking,
)
from app.kernel.settings import ROOT
from app.kernel.templating import create_environment


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


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Vraiment ? Oui ! Bien ; voilà", "Vraiment\u202f? Oui\u202f! Bien\u202f; voilà"),
        ("%(name)s : « %(title)s » ?", "%(name)s\u00a0: «\u00a0%(title)s\u00a0»\u202f?"),
        ("à 10:30, https://example.org/?a=1;b", "à 10:30, https://example.org/?a=1;b"),
    ],
)
def test_no_french_line_begins_with_a_sign(written, printed):
    with speaking("fr"):
        assert gettext(written) == pgettext("c", written) == printed
        for n, forms in ((1, (written, "")), (2, ("", written))):
            assert ngettext(*forms, n) == npgettext("c", *forms, n) == printed
    with speaking("ar"):
        assert gettext(written) == written


def test_the_sentences_of_templates_keep_their_signs_too():
    templates = create_environment(Assets(ROOT / "frontend"))
    source = (
        "{% trans %}Oui ?{% endtrans %}{% trans a='b' %}{{ a }} !{% endtrans %}{{ _('Non ;') }}"
        "{% trans n=2 %}un :{% pluralize %}{{ n }} :{% endtrans %}"
    )
    assert templates.from_string(source).render() == "Oui\u202f?b\u202f!Non\u202f;2\u00a0:"


def test_thousands_stay_on_one_line():
    with speaking("fr"):
        assert number(1503) == "1\u202f503"


def test_months_are_the_moroccan_ones():
    with speaking("ar"):
        assert format_date(datetime(2026, 11, 21, tzinfo=UTC)) == "21 نونبر 2026"
        assert format_date(datetime(2026, 12, 12, tzinfo=UTC)) == "12 دجنبر 2026"


def test_the_first_of_the_month_is_an_ordinal_in_french_only():
    day = datetime(2026, 12, 1, 10, tzinfo=UTC)
    with speaking("fr"):
        assert format_date(day) == "1er décembre 2026" and format_moment(day).startswith("1er décembre 2026")
        assert format_date(datetime(2026, 12, 11, tzinfo=UTC)) == "11 décembre 2026"
        assert format_date(day, "short") == "01/12/2026"
    with speaking("ar"):
        assert format_date(day) == "1 دجنبر 2026"


def test_hours_are_those_of_morocco():
    with speaking("fr"):
        assert format_moment(datetime(2026, 7, 1, 10, 0, tzinfo=UTC)) == "1er juillet 2026, 11:00"


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
