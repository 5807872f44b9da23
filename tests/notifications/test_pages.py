import pytest

from app.accounts.messages import SignInLink
from app.accounts.models import User
from app.kernel.settings import Settings
from app.notifications.actions import queue


@pytest.fixture
def change_settings(app):
    """Other settings for one test."""
    kept = app.state.settings
    yield lambda **changes: setattr(app.state, "settings", Settings(**{**kept.model_dump(), **changes}))
    app.state.settings = kept


def test_without_a_mail_server_a_developer_follows_the_link_on_a_page(browser, locale):
    page = browser.post(
        f"/{locale}/account/sign-up", name="Amina", contact="amina@example.org", charter="yes", password=""
    )
    link = page.select_one('a[href$="/developers/messages"]')
    page = browser.get(link["href"])
    assert "amina@example.org" in page.words
    link = page.select_one("article a.button")
    assert link["href"].startswith(f"/{locale}/account/link/")
    page = browser.submit(browser.get(link["href"]), "link")
    assert "Amina" in page.words


def test_each_message_is_shown_in_its_readers_language(browser, make, session):
    queue(session, make(User, locale="ar", name="أمينة"), SignInLink(name="أمينة", code="abc"))
    page = browser.get("/fr/developers/messages")
    assert page.select_one("article h2")["lang"] == "ar"
    assert page.select_one("article a.button")["href"] == "/ar/account/link/abc"


@pytest.mark.parametrize(
    "changes",
    [
        {"smtp_url": "smtp://mail.example.org"},
        {"environment": "production", "secret": "x" * 40, "base_url": "https://twiza.example.org"},
    ],
)
def test_where_people_are_real_the_page_is_absent(browser, make, session, change_settings, changes):
    queue(session, make(User), SignInLink(name="A", code="abc"))
    change_settings(**changes)
    browser.get("/fr/developers/messages", 404)
    page = browser.get("/fr/account/check-mail")
    assert page.select('a[href$="/developers/messages"]') == []


def test_the_page_of_messages_is_short_and_costs_one_query(browser, make, session, query_count):
    user = make(User)
    for number in range(60):
        queue(session, user, SignInLink(name="A", code=str(number)))
    session.flush()
    before = query_count()
    page = browser.get("/fr/developers/messages")
    assert len(page.select("article")) == 50
    assert query_count() - before <= 3
