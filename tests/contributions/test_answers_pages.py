"""One contribution on its page: what each side reads, and what the buttons do."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.accounts.models import User
from app.contributions import actions
from app.contributions.models import Contribution, DeclineReason, Origin, State
from app.journal.models import Entry
from app.kernel.database import now
from app.notifications.models import Message, MessageState
from app.profiles.models import GroupMember, Profile, ProfileKind
from app.projects.models import NeedState


@pytest.fixture
def offer(session, case) -> Contribution:
    return actions.offer(session, case.person, case.need, case.profile, "Je peux aider en août.")


@pytest.fixture
def approved(session, case, offer) -> Contribution:
    actions.approve(session, case.moderator, offer)
    return offer


@pytest.fixture
def invited(session, case) -> Contribution:
    one = actions.invite(session, case.agent, case.need, case.profile, "Venez voir nos villages.")
    actions.approve(session, case.moderator, one)
    return one


def url(contribution, locale="fr"):
    return f"/{locale}/contributions/{contribution.id}"


class TestWhoSees:
    def test_an_offer_is_absent_for_the_team_until_it_is_approved(self, browser, session, case, offer):
        browser.login(case.agent).get(url(offer), status=404)
        browser.post(url(offer) + "/accept", status=404, seen="proposed")
        actions.approve(session, case.moderator, offer)
        assert case.person.name in browser.get(url(offer)).words

    def test_an_invitation_is_absent_for_the_person_until_it_is_approved(self, browser, session, case):
        one = actions.invite(session, case.agent, case.need, case.profile, "Venez.")
        browser.login(case.person).get(url(one), status=404)

    def test_it_is_absent_for_everybody_else(self, browser, make, approved):
        for stranger in (make(User), make.moderator("01"), make.moderator(countries=("CA",))):
            browser.login(stranger).get(url(approved), status=404)

    def test_who_is_not_signed_in_signs_in_first(self, browser, approved):
        assert "/account/sign-in" in browser.get(url(approved), status=303).headers["location"]

    def test_numbers_that_nobody_has_are_absent(self, browser, case):
        browser.login(case.person)
        for number in ("0", "999999", "99999999999999999999", "un"):
            browser.get(f"/fr/contributions/{number}", status=404)

    def test_a_member_of_the_group_follows_without_answering(self, browser, session, make, case):
        group = make(Profile, owner_id=case.person.id, kind=ProfileKind.GROUP, name="Amis du village")
        member = make(User)
        make(GroupMember, profile_id=group.id, user_id=member.id)
        one = actions.offer(session, case.person, case.need, group, "Nous venons à cinq.")
        page = browser.login(member).get(url(one))
        assert "Amis du village" in page.words
        assert not page.select("form[action*='/withdraw']")


class TestNoAddressBeforeBothAgreed:
    SECRETS = ("claire@example.org", "+33100000001", "1 00 00 00 01", "agent@example.org", "528000001", "28-000001")

    def pages(self, new_browser, case, contribution):
        for who in (case.person, case.agent, case.author, case.moderator, case.abroad):
            visitor = new_browser().login(who)
            for path in (url(contribution), "/fr/contributions", f"/fr/contributions/needs/{case.need.id}"):
                answer = visitor.client.get(path)
                if answer.status_code == 200:
                    yield who, path, answer.text

    @pytest.mark.parametrize("origin", list(Origin))
    @pytest.mark.parametrize("state", [state for state in State if state is not State.ACCEPTED])
    def test_no_page_shows_one(self, new_browser, make, session, case, origin, state):
        approver = None if state in (State.PROPOSED, State.REFUSED) else case.moderator.id
        creator = case.person if origin is Origin.OFFER else case.agent
        one = make(
            Contribution,
            need_id=case.need.id,
            profile_id=case.profile.id,
            origin=origin,
            state=state,
            created_by_id=creator.id,
            approved_by_id=approver,
        )
        read = list(self.pages(new_browser, case, one))
        assert len(read) >= 10
        for who, path, text in read:
            for secret in self.SECRETS:
                assert secret not in text, f"{who.name} reads {secret} on {path}"

    def test_both_sides_see_the_other_once_both_agreed(self, new_browser, session, case, approved, locale):
        actions.accept(session, case.agent, approved)
        page = new_browser().login(case.person).get(url(approved, locale))
        assert page.select_one("a[href='mailto:agent@example.org']")
        assert page.select_one("a[href='tel:+212528000001']")
        page = new_browser().login(case.author).get(url(approved, locale))
        assert page.select_one("a[href='mailto:claire@example.org']")
        for moderator in (case.moderator, case.abroad):
            page = new_browser().login(moderator).get(url(approved, locale))
            assert not page.select("a[href^='mailto:'], a[href^='tel:']")

    def test_they_go_again_when_somebody_steps_out(self, browser, session, case, approved):
        actions.accept(session, case.agent, approved)
        actions.withdraw(session, case.person, approved)
        assert not browser.login(case.agent).get(url(approved)).select("a[href^='mailto:']")

    def test_an_address_in_a_message_is_kept_out_of_it(self, browser, case, locale):
        page = browser.login(case.person).get(f"/{locale}/contributions/offer/{case.need.id}")
        for sentence in ("Écrivez à moi@example.org", "Appelez le 06 12 34 56 78", "اتصلوا بي ٠٦١٢٣٤٥٦٧٨"):
            refused = browser.submit(page, "/offer/", status=422, message=sentence)
            assert refused.error_of("message")
            assert sentence in refused.select_one("textarea").text

    @pytest.mark.parametrize(
        "sentence",
        ["Du 12/07/2027 au 20/08/2027, pour 5 000 arbres.", "Budget de 150 000 DH, 1 503 communes.", "En 2027."],
    )
    def test_dates_and_amounts_are_no_telephone(self, browser, case, sentence):
        page = browser.login(case.person).get(f"/fr/contributions/offer/{case.need.id}")
        browser.submit(page, "/offer/", message=sentence)


class TestNameless:
    def test_the_team_reads_no_name_before_the_person_said_yes(self, browser, session, case, invited, locale):
        browser.login(case.agent)
        for path in (url(invited, locale), f"/{locale}/contributions", f"/{locale}/contributions/needs/{case.need.id}"):
            page = browser.get(path)
            assert "Claire" not in page.words
            assert "Contributrice" not in page.words
        actions.decline(session, case.person, invited, DeclineReason.NO_TIME, "Une autre fois.")
        page = browser.get(url(invited, locale))
        assert "Claire" not in page.words
        assert "Une autre fois." in page.words

    def test_after_a_yes_the_name_is_there(self, browser, session, case, invited):
        actions.accept(session, case.person, invited)
        assert "Claire Contributrice" in browser.login(case.agent).get(url(invited)).words


class TestAnswering:
    def test_a_moderator_approves_in_one_tap_and_takes_it_back(self, browser, session, case, offer, locale):
        page = browser.login(case.moderator).get(url(offer, locale))
        page = browser.submit(page, "/approve")
        assert offer.state is State.APPROVED
        browser.submit(page, "/undo/")
        assert offer.state is State.PROPOSED
        left = {message.state for message in session.exec(select(Message).where(Message.kind == "offer_received"))}
        assert left == {MessageState.CANCELLED}

    def test_a_refusal_without_words_comes_back(self, browser, case, offer, locale):
        page = browser.login(case.moderator).get(url(offer, locale))
        refused = browser.submit(page, "/refuse", status=422)
        assert refused.error_of("refuse-word")
        assert offer.state is State.PROPOSED
        page = browser.submit(refused, "/refuse", word="Ce besoin demande un géomètre.")
        assert offer.state is State.REFUSED

    def test_back_to_the_desk(self, browser, case, offer):
        page = browser.login(case.moderator).post(
            url(offer) + "/approve", follow=False, seen="proposed", then="/fr/desk"
        )
        assert page.headers["location"] == "/fr/desk"

    def test_never_to_another_site(self, browser, case, offer):
        page = browser.login(case.moderator).post(
            url(offer) + "/approve", follow=False, seen="proposed", then="//evil.example"
        )
        assert page.headers["location"].endswith(url(offer))

    def test_declining_asks_for_a_reason_and_keeps_the_words(self, browser, case, approved, locale):
        page = browser.login(case.agent).get(url(approved, locale))
        refused = browser.submit(page, "/decline", status=422, word="Merci infiniment.")
        assert refused.error_of("decline-reason")
        assert "Merci infiniment." in refused.select_one("#f-decline-word").text
        browser.submit(refused, "/decline", reason="found_others")
        assert (approved.state, approved.word) == (State.DECLINED, "Merci infiniment.")

    def test_a_reason_that_is_not_one_is_refused(self, browser, case, approved):
        browser.login(case.agent).post(url(approved) + "/decline", status=422, seen="approved", reason="méchanceté")
        assert approved.state is State.APPROVED

    def test_the_waiting_list_and_back(self, browser, case, approved, locale):
        page = browser.login(case.agent).get(url(approved, locale))
        page = browser.submit(page, "/put_on_waiting_list", word="Bientôt.")
        assert approved.state is State.WAITING_LIST
        browser.submit(page, "/accept")
        assert approved.state is State.ACCEPTED
        assert case.need.state is NeedState.FILLED

    def test_when_all_places_are_taken_the_team_may_take_one_more(self, browser, session, make, case, approved):
        other = make(Profile)
        second = actions.offer(session, session.get(User, other.owner_id), case.need, other, "Moi aussi.")
        actions.approve(session, case.moderator, second)
        actions.accept(session, case.agent, approved)
        page = browser.login(case.agent).get(url(second))
        browser.submit(page, "/accept")
        assert second.state is State.ACCEPTED

    def test_withdrawing(self, browser, case, approved, locale):
        page = browser.login(case.person).get(url(approved, locale))
        browser.submit(page, "/withdraw")
        assert approved.state is State.WITHDRAWN

    @pytest.mark.parametrize("verb", ["approve", "accept", "decline", "put_on_waiting_list", "offer", "invite"])
    def test_the_person_does_not_answer_in_the_place_of_others(self, browser, case, approved, verb):
        answer = browser.login(case.person).client.post(
            f"{url(approved)}/{verb}", data={"seen": "approved", "reason": "other"}
        )
        assert answer.status_code in (403, 409)
        assert approved.state is State.APPROVED

    def test_a_verb_that_does_not_exist_is_absent(self, browser, case, approved):
        browser.login(case.agent).post(url(approved) + "/steal", status=404, seen="approved")


class TestTwice:
    def test_a_double_click_answers_once(self, browser, session, case, approved):
        page = browser.login(case.agent).get(url(approved))
        form = page.form("/accept")
        for _ in range(2):
            browser.post(url(approved) + "/accept", **form)
        assert approved.state is State.ACCEPTED
        entries = session.exec(select(Entry).where(Entry.verb == "accept")).all()
        assert len(entries) == 1

    def test_an_old_page_is_told_kindly_and_changes_nothing(self, new_browser, session, case, approved, locale):
        slow = new_browser().login(case.author)
        page = slow.get(url(approved, locale))
        actions.accept(session, case.agent, approved)
        stale = slow.submit(page, "/decline", status=409, reason="not_now", word="Pas maintenant.")
        assert stale.select_one(".error-summary")
        assert approved.state is State.ACCEPTED

    def test_withdrawing_from_an_old_page_does_not_undo_a_yes(self, new_browser, session, case, approved):
        slow = new_browser().login(case.person)
        page = slow.get(url(approved))
        actions.accept(session, case.agent, approved)
        slow.submit(page, "/withdraw", status=409)
        assert approved.state is State.ACCEPTED

    def test_an_undo_that_comes_too_late_says_so(self, browser, session, case, offer):
        entry = actions.approve(session, case.moderator, offer)
        entry.at = now() - timedelta(minutes=20)
        browser.login(case.moderator).post(f"/fr/contributions/undo/{entry.id}", status=409)
        assert offer.state is State.APPROVED


class TestTheList:
    def test_what_waits_for_somebody_comes_first(self, browser, session, make, case, approved, locale):
        page = browser.login(case.agent).get(f"/{locale}/contributions")
        assert page.select_one(f"h2 + .grid a[href$='/contributions/{approved.id}']")
        actions.accept(session, case.agent, approved)
        page = browser.get(f"/{locale}/contributions")
        assert len(page.select("h2")) == 0
        assert page.select_one(f"a[href$='/contributions/{approved.id}']")

    def test_others_contributions_are_not_in_it(self, browser, make, approved):
        page = browser.login(make.moderator("09")).get("/fr/contributions")
        assert "Trier les déchets" not in page.words

    def test_a_long_list_goes_on(self, browser, session, make, case):
        for _ in range(25):
            make(Contribution, profile_id=case.profile.id, created_by_id=case.person.id, state=State.WITHDRAWN)
        page = browser.login(case.person).get("/fr/contributions")
        assert len(page.select("article")) == 20
        page = browser.get(page.select_one("a[rel=next]")["href"])
        assert len(page.select("article")) == 5

    def test_a_cursor_that_nobody_made_shows_the_beginning(self, browser, case, approved):
        for cursor in ("x", "W10", "bnVsbA", "WyJhIl0"):
            assert "Trier les déchets" in browser.login(case.person).get(f"/fr/contributions?after={cursor}").words

    def test_queries_do_not_grow_with_the_list(self, browser, session, make, case, query_count):
        def counted():
            browser.login(case.person)
            before = query_count()
            browser.get("/fr/contributions")
            return query_count() - before

        make(Contribution, profile_id=case.profile.id, created_by_id=case.person.id, state=State.WITHDRAWN)
        few = counted()
        for _ in range(12):
            make(Contribution, profile_id=case.profile.id, created_by_id=case.person.id, state=State.WITHDRAWN)
        assert counted() == few


def test_somebody_who_may_not_know_the_name_reads_it_in_no_history(browser, session, case, invited):
    actions.withdraw(session, case.agent, invited)
    history = session.exec(select(Entry).where(Entry.subject_id == invited.id).order_by(col(Entry.id))).all()
    assert [entry.verb for entry in history] == ["invite", "approve", "withdraw"]
    assert "Claire" not in browser.login(case.author).get(url(invited)).words
