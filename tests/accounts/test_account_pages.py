from sqlmodel import select

from app.accounts.models import CharterAcceptance, Grant, GrantKind, ModeratorScope, Role, User
from app.accounts.passwords import hash_password
from app.kernel.i18n import gettext as _
from app.notifications.models import Message


def test_a_person_changes_their_language_and_reads_on_in_it(browser, make):
    user = make(User)
    page = browser.login(user).post("/fr/account", name="Aïcha", locale="ar")
    assert page.select_one("html")["lang"] == "ar"
    assert user.name == "Aïcha"


def test_a_new_address_counts_only_once_its_link_is_used(browser, locale, make, session):
    user = make(User, email="ancienne@example.org", locale=locale)
    browser.login(user).post(f"/{locale}/account/email", email="nouvelle@example.org")
    assert user.email == "ancienne@example.org"
    message = session.exec(select(Message).where(Message.address == "nouvelle@example.org")).one()
    browser.submit(browser.get(message.link), "/link/", follow=False)
    assert user.email == "nouvelle@example.org"
    told = session.exec(select(Message).where(Message.address == "ancienne@example.org")).one()
    assert told.kind == "address_changed"


def test_the_address_of_somebody_else_is_not_taken_and_not_told(browser, make, session):
    make(User, email="autre@example.org")
    user = make(User, email="moi@example.org")
    browser.login(user).post("/fr/account/email", email="autre@example.org")
    assert session.exec(select(Message)).all() == []


def test_changing_what_opens_the_account_asks_for_its_password(browser, locale, make):
    user = make(User, password_hash=hash_password("trois mots ensemble"))
    browser.login(user)
    page = browser.post(f"/{locale}/account/password", status=422, password="quatre mots pour entrer", current="faux")
    assert page.select_one("#f-password-current-error")
    browser.post(f"/{locale}/account/password", password="quatre mots pour entrer", current="trois mots ensemble")
    page = browser.post(f"/{locale}/account/email", status=422, email="x@example.org", current="faux")
    assert page.select_one("#f-email-current-error")


def test_signing_out_everywhere_ends_the_other_devices_at_once(new_browser, make):
    user = make(User)
    phone, laptop = new_browser().login(user), new_browser().login(user)
    laptop.get("/fr/account")
    phone.post("/fr/account/devices/end", follow=False)
    laptop.get("/fr/account", status=303)


def test_one_device_is_ended_and_not_somebody_elses(new_browser, make, session):
    from app.accounts.models import AccountSession

    user, other = make(User), make(User)
    mine, theirs = new_browser().login(user), new_browser().login(other)
    row = session.exec(select(AccountSession).where(AccountSession.user_id == other.id)).one()
    mine.post(f"/fr/account/devices/{row.id}/end", follow=False)
    theirs.get("/fr/account")


def test_the_only_way_in_cannot_be_taken_away(browser, locale, make):
    user = make(User, phone="+212612345678", password_hash=hash_password("trois mots ensemble"))
    page = browser.login(user).post(f"/{locale}/account/phone", status=422, phone="")
    assert page.error_of("phone")


def test_an_ambassador_enrols_somebody_and_their_consent_is_kept(browser, locale, make, session):
    ambassador = make.granted(GrantKind.AMBASSADOR)
    page = browser.login(ambassador).get(f"/{locale}/account/enrol")
    fields = {"name": "Lalla Zahra", "contact": "0661000000", "password": "olive amande argan", "locale": "ar"}
    browser.submit(page, "enrol", consent="De vive voix, chez elle", charter="yes", **fields)
    person = session.exec(select(User).where(User.name == "Lalla Zahra")).one()
    acceptance = session.get(CharterAcceptance, (person.id, "2026-11"))
    assert (acceptance.witness_id, acceptance.consent) == (ambassador.id, "De vive voix, chez elle")


def test_enrolling_is_for_ambassadors(browser, make):
    browser.login(make(User)).get("/fr/account/enrol", status=404)


def test_an_administrator_gives_a_region_and_a_grant(browser, locale, make, session):
    user = make(User)
    browser.login(make.administrator())
    page = browser.get(f"/{locale}/account/people/{user.id}")
    browser.submit(
        page, f"/people/{user.id}", role="moderator", regions=["09"], countries=["FR"], grants=["coordinator"]
    )
    assert user.role is Role.MODERATOR
    scopes = session.exec(select(ModeratorScope).where(ModeratorScope.user_id == user.id)).all()
    assert {(scope.region_code, scope.country) for scope in scopes} == {("09", None), (None, "FR")}
    assert session.get(Grant, (user.id, GrantKind.COORDINATOR))


def test_a_region_that_does_not_exist_changes_nothing(browser, make, session):
    user = make(User)
    page = browser.login(make.administrator()).post(
        f"/fr/account/people/{user.id}", status=422, role="moderator", regions=["99"]
    )
    assert page.error_of("regions")
    assert user.role is Role.MEMBER


def test_the_last_administrator_stays(browser, make):
    administrator = make.administrator()
    page = browser.login(administrator).post(f"/fr/account/people/{administrator.id}", status=422, role="member")
    assert page.error_of("role") == _("Il faut au moins un administrateur.")


def test_rights_are_for_administrators(browser, make):
    browser.login(make(User)).get("/fr/account/people", status=404)
    browser.login(make.moderator("09")).get("/fr/account/people", status=403)


def test_people_are_found_by_name(browser, locale, make):
    make(User, name="Fadma Exemple")
    page = browser.login(make.administrator()).get(f"/{locale}/account/people?q=fadma")
    assert "Fadma Exemple" in page.words
    assert browser.get(f"/{locale}/account/people?q=zzzz%00").select_one(".empty")
