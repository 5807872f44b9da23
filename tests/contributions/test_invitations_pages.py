"""Looking for help with a need, inviting, and the moderator who misses somebody."""

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.contributions import actions
from app.contributions.models import Contribution, Origin, State
from app.notifications.models import Message, MessageState
from app.profiles import chips as profile_chips
from app.profiles.models import Profile, Visibility
from app.projects import chips as need_chips
from app.projects.models import Moderation, NeedState


@pytest.fixture
def could_help(session, case):
    """The person of the case is found by matching."""
    case.need.text = "Organiser le tri des déchets et former une équipe."
    for read, one in ((need_chips, case.need), (profile_chips, case.profile)):
        read.read_again(session, one)
        read.remember(session, one)
    return case


def people_page(case, locale="fr"):
    return f"/{locale}/contributions/needs/{case.need.id}"


def invite_page(case, locale="fr"):
    return f"/{locale}/contributions/invite/{case.need.id}/{case.profile.id}"


class TestThePeople:
    def test_the_team_is_shown_who_could_help_and_why(self, browser, could_help, locale):
        page = browser.login(could_help.agent).get(people_page(could_help, locale))
        assert "Ingénieure en déchets" in page.words
        assert page.select(".reasons li")
        assert page.select_one(f"a[href='{invite_page(could_help, locale)}']")

    def test_a_moderator_is_too_and_others_are_not(self, browser, make, could_help):
        browser.login(make.moderator("01")).get(people_page(could_help))
        for somebody in (make(User), could_help.person):
            browser.login(somebody).get(people_page(could_help), status=404)
            browser.get(invite_page(could_help), status=404)

    def test_a_need_that_does_not_exist_is_absent(self, browser, case):
        browser.login(case.moderator)
        for number in ("0", "999999", "99999999999999"):
            browser.get(f"/fr/contributions/needs/{number}", status=404)
            browser.get(f"/fr/contributions/invite/{number}/{case.profile.id}", status=404)
            browser.get(f"/fr/contributions/invite/{case.need.id}/{number}", status=404)

    def test_a_project_that_is_not_published_stays_with_its_team(self, browser, make, case):
        case.project.moderation, case.project.published_at = Moderation.WAITING, None
        browser.login(make.moderator("01")).get(people_page(case), status=404)
        browser.login(case.agent).get(people_page(case))

    def test_nobody_yet_says_what_helps(self, browser, case, locale):
        assert browser.login(case.agent).get(people_page(case, locale)).select_one(".empty")

    def test_a_filled_need_invites_nobody(self, browser, could_help):
        could_help.need.state = NeedState.FILLED
        page = browser.login(could_help.agent).get(people_page(could_help))
        assert not page.select("a[href*='/invite/']")
        assert page.select_one(".notice")

    def test_what_is_under_way_is_listed_with_its_state(self, browser, session, could_help, locale):
        one = actions.invite(session, could_help.agent, could_help.need, could_help.profile, "Venez.")
        page = browser.login(could_help.author).get(people_page(could_help, locale))
        assert page.select_one(f".card-title a[href$='/contributions/{one.id}']")
        assert not page.select("a[href*='/invite/']")

    def test_queries_do_not_grow_with_contributions(self, browser, make, could_help, query_count):
        def counted():
            browser.login(could_help.agent)
            before = query_count()
            browser.get(people_page(could_help))
            return query_count() - before

        def add():
            make(Contribution, need_id=could_help.need.id, profile_id=make(Profile).id, state=State.WITHDRAWN)

        add()
        few = counted()
        for _ in range(10):
            add()
        assert counted() <= few


class TestInviting:
    def test_an_agent_invites_and_a_moderator_lets_it_leave(self, new_browser, session, could_help, locale):
        agent = new_browser().login(could_help.agent)
        page = agent.get(invite_page(could_help, locale))
        assert "Claire" not in page.words
        page = agent.submit(page, "/invite/", message="Nous cherchons quelqu’un comme vous.")
        assert page.url.endswith(people_page(could_help, locale))
        one = session.exec(select(Contribution)).one()
        assert (one.origin, one.state) == (Origin.INVITATION, State.PROPOSED)
        moderator = new_browser().login(could_help.abroad)
        moderator.submit(moderator.get(f"/{locale}/contributions/{one.id}"), "/approve")
        person = new_browser().login(could_help.person)
        page = person.get(f"/{locale}/contributions/{one.id}")
        assert "Nous cherchons quelqu’un comme vous." in page.words
        person.submit(page, "/accept")
        assert one.state is State.ACCEPTED

    def test_a_moderators_invitation_can_be_taken_back_at_once(self, browser, session, could_help, locale):
        page = browser.login(could_help.moderator).get(invite_page(could_help, locale))
        page = browser.submit(page, "/invite/", message="Ce projet vous ressemble.")
        one = session.exec(select(Contribution)).one()
        assert one.state is State.APPROVED
        page = browser.submit(page, "/undo/")
        assert one.state is State.WITHDRAWN
        assert page.url.endswith(people_page(could_help, locale))
        assert {message.state for message in session.exec(select(Message))} == {MessageState.CANCELLED}

    def test_without_a_word_nothing_leaves(self, browser, session, could_help, locale):
        page = browser.login(could_help.agent).get(invite_page(could_help, locale))
        assert browser.submit(page, "/invite/", status=422).error_of("message")
        refused = browser.submit(page, "/invite/", status=422, message="Appelez-moi au 0528 00 00 01")
        assert "0528 00 00 01" in refused.select_one("textarea").text
        assert session.exec(select(Contribution)).all() == []

    def test_a_double_click_invites_once(self, browser, session, could_help):
        form = browser.login(could_help.agent).get(invite_page(could_help)).form("/invite/")
        for _ in range(2):
            browser.post(invite_page(could_help), **{**form, "message": "Venez."})
        assert len(session.exec(select(Contribution)).all()) == 1

    def test_inviting_somebody_twice_leads_back_to_the_list(self, browser, session, could_help):
        browser.login(could_help.agent)
        for _ in range(2):
            page = browser.post(invite_page(could_help), message="Venez.")
        assert page.url.endswith(people_page(could_help))
        assert len(session.exec(select(Contribution)).all()) == 1

    def test_a_hidden_person_is_absent(self, browser, could_help):
        could_help.profile.visibility = Visibility.HIDDEN
        browser.login(could_help.agent).get(invite_page(could_help), status=404)
        browser.post(invite_page(could_help), status=404, message="Venez.")


class TestOffering:
    def test_without_a_profile_one_is_led_to_it_and_back(self, browser, make, case, locale):
        page = browser.login(make(User)).get(f"/{locale}/contributions/offer/{case.need.id}")
        assert page.select_one(f"a[href*='then=%2F{locale}%2Fcontributions%2Foffer']")
        assert not page.select("form[action*='/offer/']")

    def test_who_is_not_signed_in_comes_back_after(self, browser, case):
        page = browser.get(f"/fr/contributions/offer/{case.need.id}", status=303)
        assert "then=%2Ffr%2Fcontributions%2Foffer" in page.headers["location"]

    def test_without_a_word_nothing_is_offered(self, browser, session, case, locale):
        page = browser.login(case.person).get(f"/{locale}/contributions/offer/{case.need.id}")
        assert browser.submit(page, "/offer/", status=422, message="  ").error_of("message")
        assert browser.submit(page, "/offer/", status=422, message="a" * 3000).error_of("message")
        assert browser.submit(page, "/offer/", status=422, message="Bon\x00jour").error_of("message")
        assert session.exec(select(Contribution)).all() == []

    def test_the_contact_of_a_group_says_in_whose_name(self, browser, session, make, case, locale):
        group = make(Profile, owner_id=case.person.id, kind="group", name="Amis du village")
        page = browser.login(case.person).get(f"/{locale}/contributions/offer/{case.need.id}")
        browser.submit(page, "/offer/", message="Nous venons à cinq.", profile=group.id)
        assert session.exec(select(Contribution)).one().profile_id == group.id

    def test_not_in_the_name_of_strangers(self, browser, session, make, case):
        page = browser.login(case.person).get(f"/fr/contributions/offer/{case.need.id}")
        for profile in (make(Profile).id, 0, -1, "moi", 2**40):
            browser.submit(page, "/offer/", status=422, message="Bonjour.", profile=profile)
        assert session.exec(select(Contribution)).all() == []

    def test_a_double_click_offers_once_and_a_second_offer_leads_to_the_first(self, browser, session, case, locale):
        address = f"/{locale}/contributions/offer/{case.need.id}"
        form = browser.login(case.person).get(address).form("/offer/")
        for once in (form["once"], form["once"], ""):
            page = browser.post(address, message="Je peux.", profile=form["profile"], once=once)
        one = session.exec(select(Contribution)).one()
        assert page.url.endswith(f"/{locale}/contributions/{one.id}")
        assert browser.get(address, status=303).headers["location"].endswith(f"/contributions/{one.id}")

    def test_a_filled_need_and_ones_own_project_say_so(self, browser, make, case, locale):
        make(Profile, owner_id=case.author.id)
        browser.login(case.author).get(f"/{locale}/contributions/offer/{case.need.id}", status=409)
        case.need.state = NeedState.FILLED
        browser.login(case.person).get(f"/{locale}/contributions/offer/{case.need.id}", status=409)

    def test_a_need_out_of_sight_is_absent(self, browser, case):
        case.project.moderation, case.project.published_at = Moderation.WAITING, None
        browser.login(case.person).get(f"/fr/contributions/offer/{case.need.id}", status=404)


def test_the_project_leads_to_offering_and_its_team_to_who_could_help(new_browser, make, case, locale):
    project, offer = f"/{locale}/projects/{case.project.id}", f"/{locale}/contributions/offer/{case.need.id}"
    for visitor in (new_browser(), new_browser().login(case.person)):
        page = visitor.get(project)
        assert page.select_one(f"a[href='{offer}']")
        assert not page.select(f"a[href='{people_page(case, locale)}']")
    for user in (case.agent, case.moderator, make.moderator("01")):
        page = new_browser().login(user).get(project)
        assert page.select_one(f"a[href='{people_page(case, locale)}']")
        assert not page.select(f"a[href='{offer}']")
    case.need.state = NeedState.FILLED
    assert not new_browser().get(project).select(f"a[href='{offer}']")


class TestProjectsForMe:
    def test_needs_with_reasons_and_the_way_to_offer(self, browser, could_help, locale):
        page = browser.login(could_help.person).get(f"/{locale}/contributions/for-me")
        assert "Trier les déchets" in page.words
        assert page.select(".reasons li")
        assert page.select_one(f"a[href='/{locale}/contributions/offer/{could_help.need.id}']")

    def test_without_a_profile_one_is_led_to_it(self, browser, make, locale):
        page = browser.login(make(User)).get(f"/{locale}/contributions/for-me")
        assert page.select_one(".empty a[href*='/profiles/mine']")

    def test_nothing_alike_says_what_to_do(self, browser, session, make, locale):
        profile = make(Profile, abilities="Jouer du hautbois baroque.")
        page = browser.login(session.get(User, profile.owner_id)).get(f"/{locale}/contributions/for-me")
        assert page.select_one(f".empty a[href$='/profiles/{profile.id}']")

    def test_for_a_group_by_its_contact(self, browser, session, make, could_help):
        group = make(
            Profile, owner_id=could_help.person.id, kind="group", name="Les hautbois", abilities="Hautbois baroque."
        )
        page = browser.login(could_help.person).get(f"/fr/contributions/for-me?profile={group.id}")
        assert page.select_one("[aria-current=true].chip").get_text() == "Les hautbois"
        assert "Trier les déchets" not in page.words

    def test_somebody_elses_profile_is_not_used(self, browser, make, could_help):
        other = make(Profile, abilities="Hautbois.")
        page = browser.login(could_help.person).get(f"/fr/contributions/for-me?profile={other.id}")
        assert "Trier les déchets" in page.words
