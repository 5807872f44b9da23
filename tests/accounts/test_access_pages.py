import re

import pytest
from sqlmodel import select

from app.accounts.models import AccessLink, CharterAcceptance, User
from app.kernel.i18n import gettext as _
from app.notifications.models import Message


def last_link(session, address):
    """The path that the last message to this address leads to."""
    messages = session.exec(select(Message).where(Message.address == address)).all()
    return messages[-1].link


def accounts_of(session, **where):
    return session.exec(select(User).filter_by(**where)).all()


def test_a_person_signs_up_with_a_telephone_and_is_signed_in(browser, locale, session):
    page = browser.get(f"/{locale}/account/sign-up")
    fields = {"name": "Fatima", "contact": "0612345678", "password": "trois mots ensemble", "charter": "yes"}
    browser.submit(page, "sign-up", follow=False, **fields)
    (user,) = accounts_of(session, phone="+212612345678")
    assert user.name == "Fatima" and user.locale == locale
    assert session.get(CharterAcceptance, (user.id, "2026-11")).locale == locale
    assert _("(numéro non vérifié)") in browser.get(f"/{locale}/account").words


def test_a_person_signs_up_with_an_email_and_the_link_lets_them_in_once(browser, locale, session):
    page = browser.post(f"/{locale}/account/sign-up", name="Lahcen", contact="Lahcen@Example.org", charter="yes")
    assert _("Regardez votre boîte aux lettres") in page.words
    link = last_link(session, "lahcen@example.org")
    page = browser.get(link)
    browser.submit(page, "/link/", follow=False)
    assert accounts_of(session, email="lahcen@example.org")[0].email_confirmed_at is not None
    assert "lahcen@example.org" in browser.get(f"/{locale}/account").words
    browser.logout()
    browser.post(link, status=409)


def test_a_link_is_not_used_up_by_a_program_that_looks_at_it(browser, session):
    browser.post("/fr/account/sign-up", name="Lahcen", contact="lahcen@example.org", charter="yes")
    browser.get(last_link(session, "lahcen@example.org"))
    assert session.exec(select(AccessLink)).one().used_at is None


def test_nobody_learns_whether_an_address_has_an_account(browser, make, session):
    make(User, email="connue@example.org")
    known = browser.post("/fr/account/sign-up", name="X", contact="connue@example.org", charter="yes")
    unknown = browser.post("/fr/account/sign-up", name="X", contact="inconnue@example.org", charter="yes")
    assert known.words == unknown.words
    known = browser.post("/fr/account/sign-in", contact="connue@example.org")
    unknown = browser.post("/fr/account/sign-in", contact="personne@example.org")
    assert known.words == unknown.words
    assert len(accounts_of(session, email="connue@example.org")) == 1


def test_whoever_typed_an_address_first_has_no_password_to_it(browser, session):
    fields = {"name": "X", "contact": "victime@example.org", "password": "je suis un voleur", "charter": "yes"}
    browser.post("/fr/account/sign-up", **fields)
    (user,) = accounts_of(session, email="victime@example.org")
    assert user.password_hash is None


@pytest.mark.parametrize("contact", ["fatima", "fatima@", "06", "a@b", "+33", "@", "٠٦"])
def test_a_contact_that_cannot_be_reached_comes_back_as_typed(browser, locale, contact):
    page = browser.post(f"/{locale}/account/sign-up", status=422, name="Fatima", contact=contact, charter="yes")
    assert page.error_of("contact")
    assert page.select_one("#f-contact")["value"] == contact
    assert page.select_one("#f-name")["value"] == "Fatima"


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 81), ("name", "a\0b"), ("name", "…"), ("contact", ""), ("charter", "")],
)
def test_each_thing_that_lacks_is_said_by_its_field(browser, locale, session, field, value):
    fields = {"name": "Fatima", "contact": "f@example.org", "charter": "yes", field: value}
    page = browser.post(f"/{locale}/account/sign-up", status=422, **fields)
    assert page.error_of(field)
    assert session.exec(select(User)).all() == []


@pytest.mark.parametrize("password", ["court", "1234567890", "aaaaaaaaaaaa"])
def test_a_password_that_anybody_would_guess_is_refused(browser, locale, password):
    fields = {"name": "Fatima", "contact": "0612345678", "password": password, "charter": "yes"}
    assert browser.post(f"/{locale}/account/sign-up", status=422, **fields).error_of("password")


def test_arabic_digits_are_a_number_too(browser, session):
    fields = {"name": "فاطمة", "contact": "٠٦١٢٣٤٥٦٧٨", "password": "ثلاث كلمات معا", "charter": "yes"}
    browser.post("/ar/account/sign-up", follow=False, **fields)
    assert accounts_of(session, phone="+212612345678")


def test_a_password_signs_in_and_a_wrong_one_does_not(browser, locale, session):
    fields = {"name": "Fatima", "contact": "0612345678", "password": "trois mots ensemble", "charter": "yes"}
    browser.post(f"/{locale}/account/sign-up", follow=False, **fields)
    browser.logout()
    page = browser.post(f"/{locale}/account/sign-in", status=422, contact="0612345678", password="autre chose")
    assert page.error_of("password")
    assert "autre chose" not in str(page)
    browser.post(f"/{locale}/account/sign-in", follow=False, contact="+212 612-345678", password="trois mots ensemble")
    browser.get(f"/{locale}/account")


def test_signing_out_ends_the_session_and_not_only_the_cookie(browser, make):
    browser.login(make(User))
    cookies = dict(browser.client.cookies)
    browser.post("/fr/account/sign-out", follow=False)
    browser.client.cookies.update(cookies)
    assert "/fr/account/sign-in" in browser.get("/fr/account", status=303).headers["location"]


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(browser, then):
    fields = {"name": "F", "contact": "0612345678", "password": "trois mots ensemble", "charter": "yes", "then": then}
    answer = browser.post("/fr/account/sign-up", follow=False, **fields)
    assert answer.headers["location"].startswith(("/fr/", "http://testserver/fr/"))


def test_what_was_typed_before_signing_in_goes_on_afterwards(browser, locale):
    """A session ends while somebody writes: they sign in, and their text is one button away from its destination."""
    answer = browser.post(f"/{locale}/account", status=303, follow=False, name="Nom nouveau", locale=locale)
    assert f"/{locale}/account/sign-in" in answer.headers["location"]
    fields = {"name": "Fatima", "contact": "0612345678", "password": "trois mots ensemble", "charter": "yes"}
    page = browser.post(f"/{locale}/account/sign-up", **fields)
    assert "Nom nouveau" in page.words
    page = browser.submit(page, f"/{locale}/account")
    assert page.select_one("#f-name")["value"] == "Nom nouveau"


def test_a_page_that_needs_an_account_leads_to_the_door_and_back(browser, locale):
    answer = browser.get(f"/{locale}/account?x=1", status=303)
    assert re.search(r"then=%2F..%2Faccount%3Fx%3D1", answer.headers["location"])


def test_a_forgotten_password_is_replaced_by_a_link_and_the_old_one_opens_nothing(new_browser, locale, make, session):
    from app.accounts.passwords import hash_password

    user = make(User, email="oubli@example.org", locale=locale, password_hash=hash_password("trois mots ensemble"))
    thief = new_browser().login(user)
    browser = new_browser()
    page = browser.submit(browser.get(f"/{locale}/account/forgotten"), "forgotten", email="Oubli@example.org")
    assert _("Regardez votre boîte aux lettres") in page.words
    page = browser.submit(browser.get(last_link(session, "oubli@example.org")), "/link/")
    browser.submit(page, "/account/password", password="quatre mots pour entrer")
    thief.get(f"/{locale}/account", status=303)
    fields = {"contact": "oubli@example.org", "password": "trois mots ensemble"}
    new_browser().post(f"/{locale}/account/sign-in", status=422, **fields)
    fields["password"] = "quatre mots pour entrer"
    new_browser().post(f"/{locale}/account/sign-in", follow=False, **fields)


@pytest.mark.parametrize("email", ["", "oubli", "a\0@example.org"])
def test_a_forgotten_password_needs_an_address(browser, locale, email):
    assert browser.post(f"/{locale}/account/forgotten", status=422, email=email).error_of("email")
