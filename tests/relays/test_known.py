"""Whom the villagers know: noted without names, found for a need, reached through a member."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import GrantKind, User
from app.contributions import actions as contributions
from app.deadlines.models import OpenStep
from app.deadlines.steps import Step
from app.journal.models import Entry, Subject
from app.kernel.database import at, now
from app.kernel.errors import Forbidden, Invalid, NotFound
from app.notifications.models import Message, MessageState
from app.organisations.models import Membership, MembershipState, Organisation
from app.profiles.models import Profile, ProfilePlace
from app.profiles.solicitations import AskedOften
from app.projects.models import NeedState
from app.relays import actions, crediting, queries
from app.relays.actions import AlreadyMoved, AlreadyRelayed
from app.relays.known import actions as noting
from app.relays.known import finding, rules
from app.relays.known import queries as known_queries
from app.relays.known.actions import ChangedMeanwhile, Content
from app.relays.known.rules import Verb
from app.relays.models import KnownPerson, KnownState, Relay, RelayReason, RelayState
from app.territories.models import Commune
from tests.factories import ARBAA_SAHEL, OUIJJANE, OUISSELSATE

WASTE = "trient les déchets dans une grande ville, forment des équipes"


@pytest.fixture
def content(session):
    def of(occupation=WASTE, code=ARBAA_SAHEL, **given):
        return Content(
            occupation, given.pop("how_many", 3), "MA", "Casablanca", session.get(Commune, code), "", **given
        )

    return of


@pytest.fixture
def listed(session, case, content):
    return noting.note(session, case.agent, content())


@pytest.fixture
def need(asked):
    return asked("Former les habitants à trier les déchets.")


@pytest.fixture
def colleague(session, make, case):
    user = make(User, name="Zahra Collègue")
    make(Membership, organisation_id=case.project.organisation_id, user_id=user.id)
    return user


def told(session, kind):
    return session.exec(select(Message).where(Message.kind == kind)).all()


def step_of(session, kind, number):
    return session.exec(select(OpenStep).where(OpenStep.subject_kind == kind, OpenStep.subject_id == number)).first()


def test_who_may_note_whom(session, make, case):
    assert known_queries.noting_codes(session, case.agent) == {ARBAA_SAHEL}
    assert known_queries.noting_codes(session, make.granted(GrantKind.AMBASSADOR)) == {""}
    abroad = make(Organisation, country="FR", kind="diaspora_association")
    make(Membership, organisation_id=abroad.id, user_id=(member := make(User)).id)
    assert known_queries.noting_codes(session, member) == {""}
    profile = make(Profile, owner_id=(person := make(User)).id)
    make(ProfilePlace, profile_id=profile.id, province_code="09.581")
    assert known_queries.noting_codes(session, person) == {"09.581"}
    assert known_queries.noting_codes(session, make(User)) == frozenset()
    assert rules.covers({"09.581"}, ARBAA_SAHEL) and rules.covers({""}, ARBAA_SAHEL)
    assert not rules.covers({"09.58"}, ARBAA_SAHEL) and not rules.covers({OUIJJANE}, ARBAA_SAHEL)


def test_somebody_notes_only_people_of_their_own_places(session, case, content):
    with pytest.raises(Invalid) as refused:
        noting.note(session, case.agent, content(code=OUISSELSATE))
    assert refused.value.field == "commune"


def test_words_that_may_be_a_name_are_asked_about_once(session, case, content):
    with pytest.raises(Invalid) as refused:
        noting.note(session, case.agent, content("cadres à Royal Air Maroc"))
    assert refused.value.field == "occupation"
    assert (
        noting.note(session, case.agent, content("cadres à Royal Air Maroc", no_name=True)).state is KnownState.LISTED
    )


def test_people_are_found_across_languages_with_reasons(session, case, content, need, asked):
    known = noting.note(session, case.agent, content("يفرزون النفايات ويكونون الفرق"))
    assert known.language == "ar"
    noting.note(session, case.agent, content("cuisinières"))
    [found] = finding.people_for(session, need)
    assert found.known.id == known.id and found.why.hits
    noting.move(session, case.agent, known, Verb.END)
    assert finding.people_for(session, need) == []
    noting.move(session, case.agent, known, Verb.LIST_AGAIN)
    assert finding.people_for(session, need)


def test_another_member_says_yes_first(session, case, content, colleague, need):
    known = noting.note(session, case.agent, content(), colleague.id)
    assert known.state is KnownState.ASKED and known.organisation_id == case.project.organisation_id
    assert step_of(session, Subject.KNOWN_PERSON, known.id).step is Step.KNOWN_PERSON_AGREED
    assert finding.people_for(session, need) == []
    assert [m.recipient_id for m in told(session, "known_reach_asked")] == [colleague.id]
    with pytest.raises(Forbidden):
        noting.move(session, case.agent, known, Verb.AGREE)
    noting.move(session, colleague, known, Verb.AGREE)
    assert step_of(session, Subject.KNOWN_PERSON, known.id) is None
    assert finding.people_for(session, need)
    assert [m.recipient_id for m in told(session, "known_reach_agreed")] == [case.agent.id]


def test_whoever_cannot_reach_them_says_so_and_another_is_chosen(session, case, content, colleague):
    known = noting.note(session, case.agent, content(), colleague.id)
    noting.move(session, colleague, known, Verb.REFUSE)
    assert known.state is KnownState.REFUSED
    noting.edit(session, case.agent, known, content(), case.agent.id, known.version)
    assert known.state is KnownState.LISTED
    with pytest.raises(ChangedMeanwhile):
        noting.edit(session, case.agent, known, content(), case.agent.id, 1)
    with pytest.raises(noting.AlreadyMoved):
        noting.move(session, colleague, known, Verb.AGREE)


def test_only_a_colleague_can_be_named(session, make, case, content):
    with pytest.raises(Invalid) as refused:
        noting.note(session, case.agent, content(), make(User).id)
    assert refused.value.field == "reach"


def test_a_member_who_left_the_organisation_sees_it_no_more(session, new_browser, case, content, colleague):
    known = noting.note(session, case.agent, content())
    browser = new_browser().login(colleague)
    browser.get(f"/fr/relays/known/{known.id}")
    membership = session.exec(select(Membership).where(Membership.user_id == colleague.id)).one()
    membership.state = MembershipState.ENDED
    session.flush()
    browser.get(f"/fr/relays/known/{known.id}", status=404)


def test_the_team_asks_and_the_member_passes_the_word_on(session, new_browser, make, case, content, need, locale):
    knower = make.granted(GrantKind.AMBASSADOR)
    noting.note(session, knower, content())
    team = new_browser().login(case.author)
    page = team.get(f"/{locale}/contributions/needs/{need.id}")
    assert knower.name in page.words
    team.submit(page, "/ask/", message="Elles pourraient venir en août.")
    relay = session.exec(select(Relay)).one()
    assert relay.state is RelayState.ASKED
    step = step_of(session, Subject.RELAY, relay.id)
    assert step.step is Step.RELAY_ANSWERED
    [message] = told(session, "relay_asked")
    assert message.recipient_id == knower.id and "Elles pourraient venir" in message.body
    assert message.not_before > now()

    browser = new_browser().login(knower)
    assert browser.get(f"/{locale}/me").select_one(f'a[href$="/relays/{relay.id}"]')
    browser.get(f"/{locale}/r/{relay.code}", status=404)  # nothing to open before a yes
    page = browser.submit(browser.get(f"/{locale}/relays/{relay.id}"), "/accept", is_named="yes")
    assert page.select_one(f"textarea#words-{locale}")
    assert step_of(session, Subject.RELAY, relay.id) is None
    [message] = told(session, "relay_accepted")
    assert message.recipient_id == case.author.id
    page = team.get(f"/{locale}/relays/{relay.id}")
    assert not page.select("textarea")  # the link is the relayer's to send
    team.get(f"/{locale}/contributions/needs/{need.id}")


def test_a_no_has_a_reason(session, new_browser, make, case, content, need):
    knower = make.granted(GrantKind.AMBASSADOR)
    relay = actions.ask(session, case.author, need, noting.note(session, knower, content()), "")
    browser = new_browser().login(knower)
    page = browser.get(f"/fr/relays/{relay.id}")
    page = browser.submit(page, "/decline", status=422, word="Désolé, vraiment.")
    assert page.error_of("reason") and "Désolé, vraiment." in page.words
    browser.submit(page, "/decline", reason="no_longer_known")
    assert relay.reason is RelayReason.NO_LONGER_KNOWN
    [message] = told(session, "relay_declined")
    assert "Désolé, vraiment." in message.body
    with pytest.raises(AlreadyMoved):
        actions.accept(session, knower, relay, False)


def test_nobody_is_asked_more_than_twice_a_month(session, make, case, content, asked):
    knower = make.granted(GrantKind.AMBASSADOR)
    known = noting.note(session, knower, content())
    needs = [asked(f"Trier les déchets, {n}.") for n in range(3)]
    profile = make(Profile, owner_id=knower.id)
    contributions.invite(session, case.author, needs[0], profile, "Venez !")
    actions.ask(session, case.author, needs[1], known, "")
    with pytest.raises(AskedOften), session.begin_nested():
        actions.ask(session, case.author, needs[2], known, "")
    with at(now() + timedelta(days=33)):
        actions.ask(session, case.author, needs[2], known, "")
        with pytest.raises(AlreadyRelayed):
            actions.ask(session, case.author, needs[1], known, "")


def test_a_request_is_taken_back_before_anybody_heard_of_it(session, make, case, content, need):
    knower = make.granted(GrantKind.AMBASSADOR)
    relay = actions.ask(session, case.author, need, noting.note(session, knower, content()), "")
    actions.withdraw(session, case.author, relay)
    assert told(session, "relay_asked")[0].state is MessageState.CANCELLED
    assert told(session, "relay_no_longer_asked") == []
    assert step_of(session, Subject.RELAY, relay.id) is None


def test_what_is_found_meanwhile_is_no_longer_asked(session, make, case, content, need):
    knower = make.granted(GrantKind.AMBASSADOR)
    relay = actions.ask(session, case.author, need, noting.note(session, knower, content()), "")
    with at(now() + timedelta(days=2)):
        need.state = NeedState.FILLED
        session.flush()
        crediting.withdraw_moot(session, 20)
    assert relay.state is RelayState.WITHDRAWN
    assert [m.recipient_id for m in told(session, "relay_no_longer_asked")] == [knower.id]
    entry = session.exec(select(Entry).where(Entry.subject_kind == Subject.RELAY).order_by(Entry.id.desc())).first()
    assert (entry.verb, entry.actor_id) == ("withdraw", None)


def test_a_stranger_neither_sees_nor_asks(session, new_browser, make, case, listed, need):
    with pytest.raises(NotFound):
        actions.ask(session, make(User), need, listed, "")
    browser = new_browser().login(make(User))
    browser.get(f"/fr/relays/known/{listed.id}", status=404)
    browser.post(f"/fr/contributions/needs/{need.id}/ask/{listed.id}", status=404)


def test_an_agent_notes_people_and_says_whether_they_were_understood(session, new_browser, case, locale):
    browser = new_browser().login(case.agent)
    page = browser.get(f"/{locale}/relays/known/new")
    page = browser.submit(page, "/known/new", status=422, occupation="Fatima, pharmacienne", country="MA")
    assert page.error_of("occupation") and page.error_of("commune")
    assert "Fatima, pharmacienne" in page.select_one("#f-occupation").text
    typed = {"commune": "Arbaa Sahel", "commune_code": ARBAA_SAHEL, "town": "Casablanca", "how_many": "3"}
    page = browser.submit(page, "/known/new", occupation="pharmaciennes, dont deux tiennent une officine", **typed)
    known = session.exec(select(KnownPerson)).one()
    assert page.url.endswith(f"/relays/known/{known.id}/chips")
    page = browser.submit(page, "/chips")
    assert page.url.endswith(f"/relays/known/{known.id}")
    page = browser.get(f"/{locale}/relays/known")
    assert len(page.select(".card.linked")) == 1
    page = browser.submit(browser.get(f"/{locale}/relays/known/{known.id}/edit"), "/edit", how_many="4")
    assert known.how_many == 4


@pytest.mark.parametrize("how_many", ["0", "501", "99999999999", "deux", "-1"])
def test_odd_numbers_are_refused_by_the_field(new_browser, case, how_many):
    browser = new_browser().login(case.agent)
    page = browser.get("/fr/relays/known/new")
    page = browser.submit(page, "/known/new", status=422, occupation="maçons", country="MA", how_many=how_many)
    assert page.error_of("how_many")


def test_one_relay_for_one_need_and_member(session, make, case, content, need):
    knower = make.granted(GrantKind.AMBASSADOR)
    known = noting.note(session, knower, content())
    own = actions.relay(session, knower, need, False)
    with pytest.raises(AlreadyRelayed) as error:
        actions.ask(session, case.author, need, known, "")
    assert error.value.relay.id == own.id
    assert queries.live(session, need.id, knower.id).id == own.id
