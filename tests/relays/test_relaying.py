"""Passing the word on, from the link to what came of it."""

import pytest
from sqlmodel import select

from app.accounts.models import GrantKind, User
from app.contributions import actions as contributions
from app.contributions.actions import NoLongerSought
from app.contributions.models import Contribution, State
from app.journal.models import Entry, Subject
from app.kernel.errors import NotFound
from app.kernel.once import fresh_key
from app.notifications.models import Message
from app.profiles.models import Profile
from app.projects.models import Moderation, Need, NeedState, Project, Stage
from app.relays import actions, crediting, queries
from app.relays.actions import AlreadyMoved, AlreadyRelayed
from app.relays.models import Relay, RelayCredit, RelayState


@pytest.fixture
def relayer(make):
    return make(User, name="Rachid Relayeur")


@pytest.fixture
def relay(session, relayer, case):
    made = actions.relay(session, relayer, case.need, is_named=False)
    session.flush()
    return queries.by_code(session, made.code)


def told(session, kind):
    return session.exec(select(Message).where(Message.kind == kind)).all()


def credit(session):
    for step in crediting.STEPS:
        step(session, 20)


def test_somebody_prepares_a_message_and_the_link_opens_the_need(new_browser, case, relayer, locale, session):
    browser = new_browser().login(relayer)
    page = browser.get(f"/{locale}/projects/{case.project.id}")
    [way] = page.select(f'a[href$="/relays/needs/{case.need.id}"]')
    page = browser.submit(browser.get(way["href"]), "/relays/needs/", is_named="yes")
    relay = session.exec(select(Relay)).one()
    assert f"/r/{relay.code}" in page.select_one(f"textarea#words-{locale}").text
    assert page.select_one('a[href^="https://wa.me/?text="]') and page.select_one('a[href^="mailto:?subject="]')

    reader = new_browser()
    page = reader.get(f"/{locale}/r/{relay.code}")
    assert "Rachid Relayeur" in page.words and case.need.text in page.words
    assert page.select_one(f'a[hreflang="{"ar" if locale == "fr" else "fr"}"]')


def test_the_link_opens_in_the_language_of_the_phone(browser, relay):
    for said, locale in (("ar-MA,ar;q=0.9,fr;q=0.8", "ar"), ("fr-FR", "fr")):
        answer = browser.client.get(f"/r/{relay.code}", headers={"accept-language": said})
        assert answer.headers["location"] == f"/{locale}/r/{relay.code}"


def test_without_consent_the_relayer_has_no_name(browser, relay, relayer):
    page = browser.get(f"/fr/r/{relay.code}")
    assert relayer.name not in page.decode()
    assert "Quelqu’un qui connaît le village" in page.words


def test_a_preview_is_not_an_opening_a_script_or_a_button_is(new_browser, relay, session):
    reader = new_browser()
    page = reader.get(f"/fr/r/{relay.code}")
    assert relay.opened == 0
    once = page.form("/opened")["once"]
    reader.post(f"/fr/r/{relay.code}/opened", status=204, once=once)
    session.refresh(relay)
    assert relay.opened == 1
    page = reader.submit(page, "/opened", follow=False, to="project")  # the same page: counted already
    session.refresh(relay)
    assert relay.opened == 1
    assert page.headers["location"].endswith(f"/projects/{relay.need.project_id}?relay={relay.code}")
    reader.post(f"/fr/r/{relay.code}/opened", once=fresh_key(), to="project")
    session.refresh(relay)
    assert relay.opened == 2


def test_ones_own_openings_are_not_counted(new_browser, relay, relayer, session):
    browser = new_browser().login(relayer)
    browser.submit(browser.get(f"/fr/r/{relay.code}"), "/opened", to="project")
    session.refresh(relay)
    assert relay.opened == 0


def test_the_code_survives_signing_in(new_browser, relay, case, session):
    reader = new_browser()
    page = reader.get(f"/fr/r/{relay.code}")
    reader.submit(page, "/opened", follow=False, to="offer")
    page = reader.get(f"/fr/contributions/offer/{case.need.id}?relay={relay.code}", status=303)
    assert f"relay%3D{relay.code}" in page.headers["location"]
    reader.login(case.person)
    page = reader.get(f"/fr/contributions/offer/{case.need.id}?relay={relay.code}")
    reader.submit(page, "/offer/", message="Deux semaines en août.", relayer_told="yes")
    offer = session.exec(select(Contribution)).one()
    assert (offer.relay_code, offer.relayer_told) == (relay.code, True)


def test_a_code_that_is_none_is_left_out(new_browser, case):
    browser = new_browser().login(case.person)
    for odd in ("a%00b", "%2e%2e/x", "é", "x" * 200, "%D9%A1"):
        page = browser.get(f"/fr/contributions/offer/{case.need.id}?relay={odd}")
        assert "relay" not in page.form("/offer/")


def test_an_offer_is_credited_and_the_relayer_told_without_a_name(session, relay, relayer, case):
    offer = contributions.offer(session, case.person, case.need, case.profile, "Bonjour", relay_code=relay.code)
    session.flush()
    credit(session)
    credit(session)
    assert session.get(RelayCredit, offer.id).relay_id == relay.id
    [message] = told(session, "relay_led_to_offer")
    assert message.recipient_id == relayer.id
    assert case.person.name not in message.body
    contributions.approve(session, case.moderator, offer)
    contributions.accept(session, case.agent, offer)
    credit(session)
    credit(session)
    [message] = told(session, "relay_led_to_agreement")
    assert case.person.name not in message.body
    case.project.stage = Stage.REALISED
    session.flush()
    assert queries.figures(session, relayer.id) == queries.Figures(1, 0, 1, 1, 1)


def test_whoever_agrees_is_named_to_the_relayer(session, relay, case):
    contributions.offer(
        session, case.person, case.need, case.profile, "Bonjour", relay_code=relay.code, relayer_told=True
    )
    session.flush()
    credit(session)
    [message] = told(session, "relay_led_to_offer")
    assert case.person.name in message.body


def test_the_history_of_the_contribution_says_who_passed_the_word_on(new_browser, session, relay, relayer, case):
    offer = contributions.offer(session, case.person, case.need, case.profile, "Bonjour", relay_code=relay.code)
    session.flush()
    credit(session)
    page = new_browser().login(case.person).get(f"/fr/contributions/{offer.id}")
    assert "Grâce à quelqu’un qui a fait passer le mot" in page.words
    assert relayer.name not in page.words


def test_a_credit_does_not_stand_in_the_way_of_undoing_or_withdrawing(session, relay, case):
    offer = contributions.offer(session, case.person, case.need, case.profile, "Bonjour", relay_code=relay.code)
    session.flush()
    credit(session)
    entry = contributions.approve(session, case.moderator, offer)
    contributions.undo(session, case.moderator, offer, entry)
    assert offer.state is State.PROPOSED


def test_nobody_is_credited_with_their_own_offer(session, case):
    link = actions.relay(session, case.person, case.need, is_named=True)
    contributions.offer(session, case.person, case.need, case.profile, "Bonjour", relay_code=link.code)
    session.flush()
    credit(session)
    assert session.exec(select(RelayCredit)).all() == []


def test_a_stopped_link_shows_the_need_names_nobody_and_counts_nothing(session, browser, relay, relayer, case):
    actions.show_name(session, relayer, relay, True)
    actions.stop(session, relayer, relay)
    page = browser.get(f"/fr/r/{relay.code}")
    assert case.need.text in page.words and relayer.name not in page.words
    browser.submit(page, "/opened", to="project")
    contributions.offer(session, case.person, case.need, case.profile, "Bonjour", relay_code=relay.code)
    session.flush()
    credit(session)
    session.refresh(relay)
    assert relay.opened == 0 and session.exec(select(RelayCredit)).all() == []
    with pytest.raises(AlreadyMoved):
        actions.stop(session, relayer, relay)
    actions.resume(session, relayer, relay)
    assert relay.state is RelayState.OPEN


def test_a_need_that_is_closed_leads_to_others_nearby(session, browser, make, relay, case, locale):
    other = make(Need, text="Un menuisier pour les étagères.", project_id=make(Project).id)
    case.need.state = NeedState.CLOSED
    session.flush()
    page = browser.get(f"/{locale}/r/{relay.code}")
    assert other.text in page.words
    assert not page.select('button[value="offer"]')
    [link] = page.select(f'a[href*="/projects/{other.project_id}"]')
    assert relay.code in link["href"]  # what is offered there is credited too


def test_what_is_no_longer_published_is_not_shown(session, browser, relay, case):
    case.project.moderation, case.project.published_at = Moderation.RETURNED, None
    session.flush()
    page = browser.get(f"/fr/r/{relay.code}")
    assert case.need.text not in page.decode() and case.project.title not in page.decode()


def test_two_clicks_make_one_link(session, new_browser, relayer, case):
    browser = new_browser().login(relayer)
    for _click in range(2):
        browser.post(f"/fr/relays/needs/{case.need.id}")
    assert len(session.exec(select(Relay)).all()) == 1
    with pytest.raises(AlreadyRelayed):
        actions.relay(session, relayer, case.need, is_named=False)


def test_what_is_no_longer_looked_for_is_not_relayed(session, relayer, case, browser):
    case.need.state = NeedState.CLOSED
    with pytest.raises(NoLongerSought):
        actions.relay(session, relayer, case.need, is_named=False)
    browser.login(relayer).get(f"/fr/relays/needs/{case.need.id}", status=409)


def test_a_link_that_nobody_made_is_absent(session, browser):
    browser.get("/fr/r/unknown1", status=404)
    with pytest.raises(NotFound):
        queries.by_code(session, "")


def test_moves_are_in_the_journal(session, relay, relayer):
    actions.stop(session, relayer, relay)
    actions.resume(session, relayer, relay)
    entries = session.exec(select(Entry).where(Entry.subject_kind == Subject.RELAY).order_by(Entry.id)).all()
    assert [(e.verb, e.from_state, e.to_state) for e in entries] == [
        ("relay", None, "open"),
        ("stop", "open", "stopped"),
        ("resume", "stopped", "open"),
    ]


def test_my_relays_say_what_came_of_them(session, new_browser, make, relay, relayer, case, locale, query_count):
    contributions.offer(session, case.person, case.need, case.profile, "Bonjour", relay_code=relay.code)
    session.flush()
    credit(session)
    browser = new_browser().login(relayer)
    browser.get(f"/{locale}/relays")
    before = query_count()
    browser.get(f"/{locale}/relays")
    few = query_count() - before
    for _one in range(5):
        make(Relay, user_id=relayer.id)
    before = query_count()
    page = browser.get(f"/{locale}/relays")
    assert query_count() - before == few
    assert len(page.select(".card.linked")) == 6
    page = browser.get(f"/{locale}/me")
    assert page.select_one(f'a[href$="/{locale}/relays"]')


def test_an_ambassador_finds_the_way_to_relay_before_the_first(new_browser, make):
    ambassador = make.granted(GrantKind.AMBASSADOR)
    assert new_browser().login(ambassador).get("/fr/me").select_one('a[href$="/fr/relays"]')


def test_people_of_one_commune_are_proposed_to_form_a_group(new_browser, make, case, locale):
    from app.profiles.models import ProfilePlace
    from tests.factories import ARBAA_SAHEL

    for profile in (case.profile, make(Profile)):
        make(ProfilePlace, profile_id=profile.id, commune_code=ARBAA_SAHEL)
    browser = new_browser().login(case.person)
    for page in (f"/{locale}/territories/{ARBAA_SAHEL}", f"/{locale}/contributions/for-me"):
        [link] = browser.get(page).select('a[href*="/profiles/groups/new"]')
        form = browser.get(link["href"]).form("/groups/new")
        assert form["places"] == ARBAA_SAHEL and form["name"]
