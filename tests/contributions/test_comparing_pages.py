"""A team compares several offers, answers several at once, and shares the work between those who help."""

import pytest
from sqlmodel import col, select

from app.accounts.models import User
from app.contributions import actions
from app.contributions.models import Contribution, DeclineReason, State
from app.notifications.models import Message
from app.profiles.models import Profile
from app.projects.models import NeedKind, NeedState


@pytest.fixture
def offers(session, make, case) -> list[Contribution]:
    """Three people offered, and a moderator found each a match; two are wanted."""
    case.need.people_wanted = 2
    people = [("Claire Contributrice", "en juillet"), ("Omar Offrant", ""), ("Salma Savante", "le samedi")]
    found = []
    for name, availability in people:
        person = make(User, name=name)
        profile = make(Profile, owner_id=person.id, availability=availability)
        one = actions.offer(session, person, case.need, profile, f"{name} propose son aide.")
        actions.approve(session, case.moderator, one)
        found.append(one)
    return found


def page_of(case, locale="fr"):
    return f"/{locale}/contributions/needs/{case.need.id}/compare"


def told(session, offer):
    rows = session.exec(
        select(Message).where(Message.recipient_id == offer.profile.owner_id).order_by(col(Message.id).desc())
    )
    return rows.first()


class TestComparing:
    def test_what_each_said_stands_side_by_side_in_both_languages(self, browser, case, offers, locale):
        page = browser.login(case.agent).get(page_of(case, locale))
        cards = page.select(".compared > li")
        assert [card.select_one("h3").get_text(strip=True) for card in cards] == [
            "Claire Contributrice",
            "Omar Offrant",
            "Salma Savante",
        ]
        assert len({len(card.select(".compared-row")) for card in cards}) == 1  # the rows of all are in line
        assert "en juillet" in cards[0].get_text()
        assert "Salma Savante propose son aide." in cards[2].get_text()

    def test_nothing_is_compared_that_nobody_said(self, browser, session, case, offers):
        assert "Disponibilité" in browser.login(case.agent).get(page_of(case)).words
        for one in offers:
            one.profile.availability = ""
        page = browser.get(page_of(case))
        assert "Disponibilité" not in page.words
        assert "Documents" not in page.words

    def test_whoever_has_not_said_yes_is_nameless_for_the_team(self, browser, session, make, case, offers):
        person = make(User, name="Hind Cachée")
        profile = make(Profile, owner_id=person.id, occupation="Urbaniste", abilities="Hind Cachée sait dessiner.")
        one = actions.invite(session, case.agent, case.need, profile, "Venez.")
        actions.approve(session, case.moderator, one)
        page = browser.login(case.agent).get(page_of(case))
        assert "Urbaniste" in page.words
        assert "Hind" not in page.words

    def test_an_offer_that_no_moderator_approved_is_not_there(self, browser, session, make, case, offers):
        person = make(User, name="Trop Tôt")
        actions.offer(session, person, case.need, make(Profile, owner_id=person.id), "Me voici.")
        assert "Trop Tôt" not in browser.login(case.agent).get(page_of(case)).words

    def test_it_is_absent_for_everybody_else(self, browser, make, case, offers):
        for stranger in (make(User), case.person, offers[0].profile.owner):
            browser.login(stranger).get(page_of(case), status=404)

    def test_a_moderator_looks_and_decides_nothing(self, browser, case, offers):
        page = browser.login(case.moderator).get(page_of(case))
        assert not page.select("#decide")
        browser.post(
            f"/fr/contributions/needs/{case.need.id}/decide", 422, decision="accept", chosen=[str(offers[0].id)]
        )
        assert offers[0].state is State.APPROVED

    def test_without_any_offer_it_says_what_to_do(self, browser, case):
        assert "Aucune offre" in browser.login(case.agent).get(page_of(case)).words

    def test_as_many_queries_for_six_as_for_three(self, browser, session, make, case, offers, query_count):
        browser.login(case.agent).get(page_of(case))
        before = query_count()
        browser.get(page_of(case))
        few = query_count() - before
        for _ in range(3):
            profile = make(Profile)
            one = actions.offer(session, session.get(User, profile.owner_id), case.need, profile, "Moi aussi.")
            actions.approve(session, case.moderator, one)
        before = query_count()
        browser.get(page_of(case))
        assert query_count() - before <= few

    def test_a_question_is_asked_from_there_and_its_answer_read_there(self, browser, case, offers):
        page = browser.login(case.agent).get(page_of(case))
        browser.submit(page, f"contribution/{offers[0].id}", text="Parlez-vous tachelhit ?")
        browser.login(offers[0].profile.owner)
        answered = browser.get(f"/fr/contributions/{offers[0].id}")
        assert "tachelhit" in answered.words
        browser.submit(answered, f"contribution/{offers[0].id}", text="Oui, depuis toujours.")
        assert "depuis toujours" in browser.login(case.agent).get(page_of(case)).words


class TestDeciding:
    def decide(self, browser, case, offers, decision, status=303, **fields):
        page = browser.login(case.agent).get(page_of(case))
        fields = {"chosen": [str(one.id) for one in offers], "decision": decision, **fields}
        seen = {f"seen_{one.id}": "approved" for one in offers}
        return browser.submit(page, "/decide", status, **{**seen, **fields})

    def test_two_are_accepted_at_once_and_the_third_waits_and_each_is_told(self, browser, session, case, offers):
        page = self.decide(browser, case, offers, "accept", word="Bienvenue à tous.")
        assert [one.state for one in offers] == [State.ACCEPTED, State.ACCEPTED, State.WAITING_LIST]
        assert case.need.state is NeedState.FILLED
        assert "C’est oui : Claire Contributrice, Omar Offrant." in page.words
        assert "liste d’attente, Salma Savante" in page.words
        assert [told(session, one).kind for one in offers] == [
            "contribution_agreed",
            "contribution_agreed",
            "on_waiting_list",
        ]
        assert all("Bienvenue à tous." in told(session, one).body for one in offers)

    def test_more_than_wanted_are_taken_if_the_team_says_so(self, browser, case, offers):
        self.decide(browser, case, offers, "accept", one_more="yes")
        assert {one.state for one in offers} == {State.ACCEPTED}

    def test_several_are_declined_with_one_reason_and_their_own_words(self, browser, session, case, offers):
        own = {f"word_{offers[1].id}": "Omar, revenez au printemps."}
        self.decide(browser, case, offers[1:], "decline", reason="not_now", word="Merci beaucoup.", **own)
        assert [one.state for one in offers] == [State.APPROVED, State.DECLINED, State.DECLINED]
        assert {one.reason for one in offers[1:]} == {DeclineReason.NOT_NOW}
        assert "Omar, revenez au printemps." in told(session, offers[1]).body
        assert "Merci beaucoup." in told(session, offers[2]).body
        assert "Merci beaucoup." not in told(session, offers[1]).body

    def test_nobody_is_declined_without_a_reason_and_what_was_typed_is_kept(self, browser, case, offers):
        page = self.decide(browser, case, offers[:2], "decline", status=422, word="Merci.")
        assert page.error_of("reason")
        assert page.select_one("#f-word").text.strip() == "Merci."
        assert len(page.select("input[name=chosen][checked]")) == 2
        assert {one.state for one in offers} == {State.APPROVED}

    def test_nobody_ticked_is_said(self, browser, case, offers):
        page = self.decide(browser, case, [], "accept", status=422)
        assert "Cochez au moins une personne" in page.words

    def test_a_telephone_number_in_one_word_is_refused_by_its_field(self, browser, case, offers):
        own = {f"word_{offers[0].id}": "Appelez-moi au 06 12 34 56 78."}
        page = self.decide(browser, case, offers[:1], "accept", status=422, **own)
        assert page.error_of(f"word_{offers[0].id}")
        assert offers[0].state is State.APPROVED

    def test_somebody_who_withdrew_meanwhile_is_named_and_the_others_are_answered(self, browser, session, case, offers):
        page = browser.login(case.agent).get(page_of(case))
        actions.withdraw(session, offers[0].profile.owner, offers[0])
        fields = {f"seen_{one.id}": "approved" for one in offers}
        browser.submit(page, "/decide", decision="accept", chosen=[str(one.id) for one in offers[:2]], **fields)
        assert [one.state for one in offers[:2]] == [State.WITHDRAWN, State.ACCEPTED]

    def test_an_answer_given_by_a_colleague_meanwhile_is_not_given_twice(self, browser, session, case, offers):
        actions.put_on_waiting_list(session, case.author, offers[0])
        page = self.decide(browser, case, offers[:2], "decline", reason="other")
        assert offers[0].state is State.WAITING_LIST
        assert "Quelqu’un a répondu entre-temps : Claire Contributrice." in page.words
        assert offers[1].state is State.DECLINED

    def test_strange_numbers_are_nobody(self, browser, case, offers):
        self.decide(browser, case, [], "accept", status=422, chosen=["999999999999999999999", "-1"])
        self.decide(browser, case, [], "accept", status=422, chosen=["un"])

    def test_sent_twice_it_is_done_once(self, browser, session, case, offers):
        page = browser.login(case.agent).get(page_of(case))
        fields = {"decision": "accept", "chosen": [str(offers[0].id)]}
        browser.submit(page, "/decide", **fields)
        browser.submit(page, "/decide", **fields)
        agreed = session.exec(select(Message).where(Message.recipient_id == offers[0].profile.owner_id)).all()
        assert len([one for one in agreed if one.kind == "contribution_agreed"]) == 1

    def test_objects_are_accepted_as_far_as_they_are_missing(self, browser, session, case, offers):
        case.need.kind, case.need.quantity = NeedKind.EQUIPMENT, 20
        for one, pledged in zip(offers, (8, 9, 7), strict=True):
            one.pledged = pledged
        page = self.decide(browser, case, offers, "accept")
        assert [one.state for one in offers] == [State.ACCEPTED, State.ACCEPTED, State.APPROVED]
        assert case.need.promised == 17
        assert "Sans réponse encore, Salma Savante : il n’en manque plus que 3." in page.words


class TestSharing:
    @pytest.fixture
    def accepted(self, session, case, offers):
        for one in offers[:2]:
            actions.accept(session, case.agent, one)
        return offers[:2]

    def test_each_reads_their_part_and_that_of_the_others_without_a_name(self, browser, session, case, accepted):
        page = browser.login(case.agent).get(page_of(case))
        parts = {f"part_{accepted[0].id}": "L’accueil", f"part_{accepted[1].id}": "Le catalogue"}
        browser.submit(page, "/parts", **parts)
        assert [one.part for one in accepted] == ["L’accueil", "Le catalogue"]
        assert told(session, accepted[1]).kind == "contribution_part"
        assert "Le catalogue" in told(session, accepted[1]).body
        page = browser.login(accepted[0].profile.owner).get(f"/fr/contributions/{accepted[0].id}")
        assert "Vous L’accueil" in page.words
        assert "Le catalogue" in page.words
        assert "Omar" not in page.words

    def test_whoever_keeps_the_same_part_is_not_told_again(self, browser, session, case, accepted):
        page = browser.login(case.agent).get(page_of(case))
        browser.submit(page, "/parts", **{f"part_{accepted[0].id}": "L’accueil"})
        page = browser.get(page_of(case))
        browser.submit(page, "/parts")
        rows = session.exec(select(Message).where(Message.kind == "contribution_part")).all()
        assert len(rows) == 1

    def test_too_long_a_part_comes_back_with_the_others(self, browser, case, accepted):
        page = browser.login(case.agent).get(page_of(case))
        parts = {f"part_{accepted[0].id}": "x" * 301, f"part_{accepted[1].id}": "Le catalogue"}
        page = browser.submit(page, "/parts", 422, **parts)
        assert page.error_of(f"part_{accepted[0].id}")
        assert page.select_one(f"#f-part_{accepted[1].id}").text.strip() == "Le catalogue"
