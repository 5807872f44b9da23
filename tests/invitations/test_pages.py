"""An association invites people from outside: once, for ever, and it learns no more than two numbers."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.invitations import actions
from app.invitations.models import AskedAddress, Invitation, InvitationRound
from app.invitations.rules import A_DAY
from app.kernel.database import at, now
from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.models import Message, MessageState
from app.organisations.models import Membership, MembershipState, Organisation, OrganisationKind


@pytest.fixture
def association(make):
    return make(
        Organisation,
        kind=OrganisationKind.DIASPORA_ASSOCIATION,
        name_fr="Les amis d’Iferda",
        name_ar="أصدقاء إيفردا",
        country="FR",
        town="Paris",
    )


@pytest.fixture
def member(make, association):
    return make(Membership, organisation_id=association.id).user


def invite(browser, association, addresses, status=303, **given):
    page = browser.get(f"/fr/invitations/organisations/{association.id}")
    return browser.submit(page, "/invitations/organisations/", status, addresses=addresses, **given)


def mails(session):
    session.expire_all()
    return session.exec(select(Message).where(Message.family == Family.OUTSIDE).order_by(Message.address)).all()


def test_each_person_gets_one_mail_in_the_chosen_language_that_names_who_invites(
    browser, session, association, member, locale
):
    page = browser.login(member).get(f"/{locale}/organisations/{association.id}")
    page = browser.get(page.select_one('a[href*="/invitations/"]')["href"])
    page = browser.submit(page, "/invitations/", addresses="Amina <a@x.org>; b@x.org", locale="ar")
    assert "2" in page.words
    first, second = mails(session)
    assert [first.address, second.address] == ["a@x.org", "b@x.org"]
    assert first.locale == "ar" and "أصدقاء إيفردا" in first.subject and member.name in first.body
    assert first.recipient_id is None and "x.org" not in first.body
    assert first.link.startswith("/ar/invitations/") and first.stop == f"{first.link}/refuse"


def test_what_is_wrong_is_quoted_and_all_that_was_pasted_is_kept(browser, session, association, member, locale):
    browser.login(member)
    page = browser.get(f"/{locale}/invitations/organisations/{association.id}")
    page = browser.submit(page, "/invitations/", 422, addresses="a@x.org, b@, c@y", locale="ar")
    assert "b@ · c@y" in page.error_of("addresses")
    assert page.form("/invitations/")["addresses"] == "a@x.org, b@, c@y"
    assert page.form("/invitations/")["locale"] == "ar"
    assert mails(session) == []


@pytest.mark.parametrize("pasted", ["", "   ", ",;\n", "x" * 30_001, " ".join(f"p{n}@x.org" for n in range(201))])
def test_nothing_or_too_much_is_refused_in_words(browser, session, association, member, pasted):
    page = invite(browser.login(member), association, pasted, 422)
    assert page.error_of("addresses")
    assert mails(session) == []


def test_two_hundred_are_asked_at_a_time_and_not_endlessly(browser, make, session, association, member):
    browser.login(member)
    invite(browser, association, " ".join(f"p{n}@x.org" for n in range(200)))
    assert len(mails(session)) == 200
    make(InvitationRound, organisation_id=association.id, invited_by_id=member.id, given=A_DAY - 200)
    page = invite(browser, association, "un.de.plus@x.org", 422)
    assert _("Cela fait trop d’adresses pour un jour : continuez demain.")[:20] in page.error_of("addresses")


def test_nobody_is_asked_twice_whoever_gives_the_address_again(browser, make, session, association, member):
    other = make(Organisation, kind=OrganisationKind.DIASPORA_ASSOCIATION, country="BE", town="Liège")
    colleague = make(Membership, organisation_id=other.id).user
    first = invite(browser.login(member), association, "a@x.org")
    second = invite(browser.logout().login(colleague), other, "A@X.org")
    assert len(mails(session)) == 1
    said = [[flash.get_text() for flash in page.select(".flash p")] for page in (first, second)]
    assert said[0] == said[1], "and nobody learns it"


def test_whoever_has_an_account_gets_nothing_and_nobody_learns_it(browser, make, session, association, member):
    make(User, email="deja@x.org")
    page = invite(browser.login(member), association, "deja@x.org, a@x.org")
    assert [mail.address for mail in mails(session)] == ["a@x.org"]
    assert "2 adresses" in page.words


def test_a_form_sent_twice_asks_once(browser, session, association, member):
    page = browser.login(member).get(f"/fr/invitations/organisations/{association.id}")
    for _time in (1, 2):
        browser.submit(page, "/invitations/organisations/", addresses="a@x.org")
    assert session.exec(select(InvitationRound.given)).all() == [1]


def test_for_ten_minutes_it_can_be_undone_and_then_nobody_was_asked(browser, session, association, member):
    page = invite(browser.login(member), association, "a@x.org b@x.org")
    assert all(mail.not_before > now() + timedelta(minutes=9) for mail in mails(session))
    browser.submit(page, "/undo/")
    assert mails(session) == [] and session.exec(select(AskedAddress)).all() == []
    invite(browser, association, "a@x.org")
    assert len(mails(session)) == 1


@pytest.mark.parametrize("who", ["nobody", "stranger", "waiting", "ended", "of a commune", "moderator"])
def test_only_verified_members_of_an_association_of_the_diaspora_invite(browser, make, session, association, who):
    organisation = association
    if who == "of a commune":
        organisation = make(Organisation)
    user = make.moderator(everywhere=True) if who == "moderator" else make(User)
    state = {"waiting": MembershipState.WAITING, "ended": MembershipState.ENDED, "of a commune": "verified"}.get(who)
    if state:
        make(Membership, user_id=user.id, organisation_id=organisation.id, state=MembershipState(state))
    if who != "nobody":
        browser.login(user)
    status = 303 if who == "nobody" else 404
    browser.get(f"/fr/invitations/organisations/{organisation.id}", status)
    browser.post(
        f"/fr/invitations/organisations/{organisation.id}", status, follow=False, addresses="a@x.org", locale="fr"
    )
    assert mails(session) == []
    if who != "nobody":
        assert not browser.get(f"/fr/organisations/{organisation.id}").select('a[href*="/invitations/"]')


@pytest.fixture
def link(browser, session, association, member):
    """The address in the one mail to a@x.org."""
    invite(browser.login(member), association, "a@x.org")
    browser.logout()
    return mails(session)[0].link


def test_whoever_follows_the_link_opens_an_account_whose_address_is_confirmed(browser, session, link, locale):
    link = f"/{locale}{link[3:]}"
    page = browser.get(link)
    assert page.select_one(f'a[href="{link}/refuse"]')
    page = browser.submit(page, "/invitations/", name="Amina", charter="yes")
    assert "Amina" in page.words
    user = session.exec(select(User).where(User.email == "a@x.org")).one()
    assert user.email_confirmed_at and user.locale == locale
    assert session.exec(select(Invitation)).all() == [] and mails(session) == []
    browser.logout().get(link, 404)


def test_a_form_that_lacks_something_comes_back(browser, session, link):
    page = browser.submit(browser.get(link), "/invitations/", 422, name="Amina")
    assert page.error_of("charter") and page.form("/invitations/")["name"] == "Amina"


def test_whoever_refuses_is_forgotten_at_once_and_for_ever(browser, session, association, member, link, locale):
    page = browser.get(f"/{locale}{link[3:]}/refuse")
    assert len(mails(session)) == 1, "looking is not refusing"
    browser.submit(page, "/refuse")
    assert mails(session) == [] and session.exec(select(Invitation)).all() == []
    (kept,) = session.exec(select(AskedAddress)).all()
    assert "a@x.org" not in kept.digest and len(kept.digest) == 64
    invite(browser.login(member), association, "a@x.org")
    assert mails(session) == []


def test_a_mail_program_refuses_in_one_click_and_may_repeat_itself(browser, session, link):
    for _time in (1, 2):
        answer = browser.client.post(f"{link}/refuse", data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert session.exec(select(Invitation)).all() == []


def test_after_thirty_days_only_the_digest_stays(browser, session, association, member, link):
    message = mails(session)[0]
    message.state = MessageState.SENT
    session.flush()
    assert actions.forget_old(session) == 0
    with at(now() + timedelta(days=31)):
        assert actions.forget_old(session) == 1
    assert mails(session) == [] and session.exec(select(Invitation)).all() == []
    assert len(session.exec(select(AskedAddress)).all()) == 1
    browser.get(link, 404)


def test_the_association_sees_two_counts_and_the_second_only_from_three(browser, make, session, association, member):
    make(InvitationRound, organisation_id=association.id, invited_by_id=member.id, given=12, joined=2)
    page = browser.login(member).get(f"/fr/invitations/organisations/{association.id}")
    assert "12 adresses" in page.words and "Moins de trois" in page.words
    make(InvitationRound, organisation_id=association.id, invited_by_id=member.id, given=5, joined=2)
    page = browser.get(f"/fr/invitations/organisations/{association.id}")
    assert "17 adresses" in page.words and "4 personnes" in page.words


def test_somebody_who_is_signed_in_already_is_led_to_their_own_page(browser, make, link):
    browser.login(make(User)).get(link, 303)


def test_an_address_that_came_by_another_way_meanwhile_signs_in(browser, make, session, link):
    make(User, email="a@x.org")
    page = browser.get(link)
    browser.submit(page, "/invitations/", 409, name="Amina", charter="yes")
