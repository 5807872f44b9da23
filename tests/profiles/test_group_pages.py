"""People who answer together: the group, its link, its contact; in both languages."""

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.notifications.models import Message
from app.organisations.models import Membership, MembershipState, Organisation, OrganisationKind
from app.profiles.models import GroupMember, ProfileKind
from tests.profiles.conftest import GROUP, count, only_profile


@pytest.fixture
def brahim(signed_in):
    return signed_in("Brahim Oublal")


@pytest.fixture
def group(brahim, filled_in):
    return filled_in("groups/new", GROUP)


@pytest.fixture
def link(browser, group):
    page = browser.submit(browser.get(f"/fr/profiles/{group.id}"), "/invitation")
    return page.select_one(".invitation-link a")["href"]


def test_a_group_is_made_invites_and_is_joined(browser, new_browser, make, session, locale):
    browser.login(make(User, name="Brahim Oublal"))
    page = browser.submit(browser.get(f"/{locale}/profiles/groups/new"), "/groups/new", **GROUP)
    page = browser.submit(page, "/chips")
    assert GROUP["name"] in page.select_one("h1").text and "Brahim Oublal" in page.words
    page = browser.submit(page, "/invitation")
    link = page.select_one(".invitation-link a")["href"]
    amina = new_browser().login(make(User, name="Amina"))
    page = amina.get(link)
    assert GROUP["name"] in page.words
    page = amina.submit(page, "/join")
    assert "Amina" in page.select_one(".members").text
    assert "Amina" in browser.get(f"/{locale}/profiles/{only_profile(session).id}").select_one(".members").text


def test_whoever_opens_the_link_without_account_signs_in_and_joins(new_browser, make, link, session):
    visitor = new_browser()
    page = visitor.submit(visitor.get(link), "/join")
    assert "/account/sign-in" in page.url
    visitor.login(make(User, name="Amina"))
    page = visitor.submit(visitor.get("/fr/account/continue"), "/join")
    assert "Amina" in page.select_one(".members").text


def test_a_link_that_was_changed_opens_nothing(browser, new_browser, make, link, group):
    browser.submit(browser.get(f"/fr/profiles/{group.id}"), "/invitation")
    visitor = new_browser().login(make(User))
    visitor.get(link, status=404)
    visitor.post(link, status=404)


@pytest.mark.parametrize("code", ["nothing", "00000000-0000-4000-8000-000000000000"])
def test_a_link_that_nobody_made_opens_nothing(browser, code):
    browser.get(f"/fr/profiles/join/{code}", status=404)


def test_a_member_sees_the_group_and_may_leave(new_browser, make, link, group, session):
    amina = new_browser().login(make(User, name="Amina"))
    page = amina.submit(amina.get(link), "/join")
    assert not page.select("form[action$='/delete'], form[action$='/contact'], form[action$='/invitation']")
    assert amina.get(link, status=303).status == 303
    page = amina.submit(page, "/leave")
    amina.get(f"/fr/profiles/{group.id}", status=404)
    assert group.name in page.words


def test_the_contact_hands_over(browser, new_browser, make, link, group, session):
    user = make(User, name="Amina")
    amina = new_browser().login(user)
    amina.submit(amina.get(link), "/join")
    page = browser.submit(browser.get(f"/fr/profiles/{group.id}"), "/contact")
    assert not page.select("form[action$='/delete']")
    assert only_profile(session).owner_id == user.id
    page = amina.get(f"/fr/profiles/{group.id}")
    assert page.select("form[action$='/delete']")


def test_the_contact_removes_a_member(browser, new_browser, make, link, group):
    amina = new_browser().login(make(User, name="Amina"))
    amina.submit(amina.get(link), "/join")
    page = browser.submit(browser.get(f"/fr/profiles/{group.id}"), "/remove")
    assert "Amina" not in page.select_one(".members").text
    amina.get(f"/fr/profiles/{group.id}", status=404)


@pytest.mark.parametrize("member", ["", "0", "-1", "abc", "999999", "99999999999999999999"])
@pytest.mark.parametrize("action", ["contact", "remove"])
def test_somebody_who_is_not_a_member_is_refused(browser, group, action, member):
    browser.post(f"/fr/profiles/{group.id}/{action}", status=409, member=member)


@pytest.mark.parametrize(
    ("field", "given", "wrong"),
    [
        ("name", "", "name"),
        ("name", "  ", "name"),
        ("name", "x" * 100, "name"),
        ("name", "a\x00b", "name"),
        ("places_new", [], "places"),
        ("organisation", "12", "organisation"),
        ("organisation", "abc", "organisation"),
        ("organisation", "99999999999999999999", "organisation"),
        ("abilities", "", "abilities"),
    ],
)
def test_what_cannot_be_taken_is_said_by_the_field(browser, brahim, session, locale, field, given, wrong):
    page = browser.get(f"/{locale}/profiles/groups/new")
    page = browser.submit(page, "/groups/new", status=422, **{**GROUP, field: given})
    assert page.error_of(wrong)
    assert count(session) == 0


def test_a_double_click_makes_one_group(browser, brahim, session):
    page = browser.get("/fr/profiles/groups/new")
    first = browser.submit(page, "/groups/new", follow=False, **GROUP)
    second = browser.submit(page, "/groups/new", follow=False, **GROUP)
    assert first.headers["location"] == second.headers["location"] and count(session) == 1


def test_an_association_is_chosen_by_whoever_speaks_for_it(browser, brahim, make, session, locale):
    association = make(Organisation, kind=OrganisationKind.DIASPORA_ASSOCIATION, name_fr="Afoulki", name_ar="أفولكي")
    make(Membership, organisation_id=association.id, user_id=brahim.id)
    page = browser.get(f"/{locale}/profiles/groups/new")
    browser.submit(page, "/groups/new", **{**GROUP, "name": "", "organisation": str(association.id)})
    profile = only_profile(session)
    assert profile.kind is ProfileKind.ASSOCIATION
    assert profile.name == {"fr": "Afoulki", "ar": "أفولكي"}[locale]


def test_an_association_that_waits_is_not_offered(browser, brahim, make):
    association = make(Organisation, kind=OrganisationKind.DIASPORA_ASSOCIATION)
    make(Membership, organisation_id=association.id, user_id=brahim.id, state=MembershipState.WAITING)
    assert not browser.get("/fr/profiles/groups/new").select("select[name=organisation]")


def test_a_group_is_edited_by_its_contact_with_its_name(browser, group, session, locale):
    page = browser.submit(browser.get(f"/{locale}/profiles/{group.id}/edit"), "/edit", name="Les amis du livre")
    assert only_profile(session).name == "Les amis du livre"
    page = browser.get(f"/{locale}/profiles/{group.id}/edit")
    page = browser.submit(page, "/edit", status=422, name="")
    assert page.error_of("name")


def test_a_person_finds_their_groups_on_their_page(browser, group, locale):
    assert browser.get(f"/{locale}/profiles/mine").select_one(f"a[href$='/profiles/{group.id}']")


def test_an_agent_sees_neither_the_name_of_a_group_nor_its_members(new_browser, make, group, session):
    agent = make(User)
    make(Membership, organisation_id=make(Organisation).id, user_id=agent.id)
    page = new_browser().login(agent).get(f"/fr/profiles/{group.id}")
    assert group.name not in str(page) and "Brahim" not in str(page)
    assert not page.select(".members")


def test_members_cost_the_same_queries_however_many(browser, group, make, session, query_count):
    address = f"/fr/profiles/{group.id}"
    browser.get(address)
    costs = []
    for more in (1, 8):
        for _ in range(more):
            make(GroupMember, profile_id=group.id, user_id=make(User).id)
        before = query_count()
        browser.get(address)
        costs.append(query_count() - before)
    assert costs[0] == costs[1]


def test_the_message_of_a_newcomer_leads_to_the_group(browser, new_browser, make, link, group, session):
    amina = new_browser().login(make(User, name="Amina"))
    amina.submit(amina.get(link), "/join")
    message = session.exec(select(Message).where(Message.kind == "member_joined")).one()
    assert "Amina" in message.subject
    there = browser.get(message.link, status=303).headers["location"]
    assert there.endswith(f"/profiles/{group.id}")
