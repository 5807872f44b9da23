"""Reading one's messages on the site, choosing what comes by e-mail, and stopping it from an e-mail."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.messages import SignInLink
from app.accounts.models import User
from app.contributions.models import Contribution, Origin, State
from app.kernel.database import now
from app.kernel.i18n import gettext as _
from app.notifications import choosing
from app.notifications.actions import queue
from app.notifications.families import FAMILIES, Family, Rhythm
from app.notifications.hours import zone_of
from app.notifications.models import BouncingAddress, Message, MessageHours, MessageState
from app.notifications.unsubscribing import stop_path
from app.profiles.models import Profile
from tests.notifications.notices import FromTheTeam, ToDo, Told


def badge(page):
    found = page.select_one(".bell .badge")
    return int(found.get_text(" ").split()[0]) if found else 0


def test_the_bell_counts_what_is_not_read_yet_and_opening_a_message_leads_to_what_it_is_about(
    browser, make, session, locale
):
    user = make(User, locale=locale)
    queue(session, user, Told("Votre offre est arrivée", "/projects"))
    queue(session, user, Told("Un changement", "/contributions/3"))
    page = browser.login(user).get(f"/{locale}/about")
    assert badge(page) == 2
    page = browser.get(page.select_one("a.bell")["href"])
    assert [title.text for title in page.select(".message.unread .card-title")] == [
        "Un changement",
        "Votre offre est arrivée",
    ]
    link = page.select(".message .card-title a")[1]["href"]
    assert browser.get(link, 303).headers["location"] == f"/{locale}/projects"
    page = browser.get(f"/{locale}/account/messages")
    assert badge(page) == 1
    assert [title.text for title in page.select(".message.unread .card-title")] == ["Un changement"]


def test_whoever_looks_at_what_a_message_is_about_has_seen_the_message(browser, make, session):
    user = make(User)
    queue(session, user, Told(where="/about#charter"))
    queue(session, user, Told(where="/charter"))
    browser.login(user)
    assert badge(browser.get("/fr/about")) == 1
    assert badge(browser.get("/ar/charter")) == 0, "in whatever language"


def test_one_number_says_what_there_is_to_read_and_to_do(browser, make, session):
    """What waits is not counted a second time for the message that told of it."""
    profile = make(Profile)
    moderator = make.moderator(everywhere=True)
    make(
        Contribution,
        profile_id=profile.id,
        origin=Origin.INVITATION,
        created_by_id=moderator.id,
        state=State.APPROVED,
        approved_by_id=moderator.id,
    )
    queue(session, profile.owner, ToDo())
    queue(session, profile.owner, Told())
    page = browser.login(profile.owner).get("/fr/about")
    assert badge(page) == 2
    page = browser.submit(browser.get("/fr/account/messages"), "/read")
    assert badge(page) == 1, "it still waits"
    assert "1 chose attend une réponse de vous" in page.words


def test_a_message_waits_out_of_sight_while_its_event_may_be_undone(browser, make, session):
    user = make(User)
    queue(session, user, Told(), after=timedelta(minutes=10))
    assert badge(browser.login(user).get("/fr/about")) == 0
    assert browser.get("/fr/account/messages").select(".message") == []


def test_what_waits_for_a_digest_is_on_the_site_at_once(browser, make, session):
    user = make(User)
    message = queue(session, user, FromTheTeam())
    message.state, message.not_before = MessageState.HELD, now() + timedelta(days=1)
    assert badge(browser.login(user).get("/fr/about")) == 1


def test_links_to_sign_in_are_never_shown_on_the_site(browser, make, session):
    user = make(User)
    message = queue(session, user, SignInLink(name="A", code="secret-code"))
    session.flush()
    page = browser.login(user).get("/fr/account/messages")
    assert badge(page) == 0 and page.select(".message") == []
    browser.get(f"/fr/account/messages/{message.id}", 404)


def test_nobody_reads_the_messages_of_others(browser, make, session):
    message = queue(session, make(User), Told())
    session.flush()
    browser.login(make(User))
    browser.get(f"/fr/account/messages/{message.id}", 404)
    assert browser.get("/fr/account/messages").select(".message") == []


def test_the_list_goes_on_page_by_page_and_costs_the_same(browser, make, session, query_count):
    user = make(User)
    browser.login(user)
    for n in range(3):
        queue(session, user, Told(f"Message {n}"))
    browser.get("/fr/account/messages")
    before = query_count()
    browser.get("/fr/account/messages")
    few = query_count() - before
    for n in range(3, 45):
        queue(session, user, Told(f"Message {n}"))
    session.flush()
    before = query_count()
    page = browser.get("/fr/account/messages")
    assert query_count() - before == few
    seen = []
    while page:
        seen += [title.text for title in page.select(".message .card-title")]
        more = page.select_one('.pagination a[rel="next"]')
        page = browser.get(more["href"]) if more else None
    assert seen == [f"Message {n}" for n in reversed(range(45))]
    assert browser.get("/fr/account/messages?after=xyz").select(".message")


def test_somebody_without_messages_is_told_what_will_come_here(browser, make, locale):
    page = browser.login(make(User)).get(f"/{locale}/account/messages")
    assert page.select_one(".empty")


def test_people_choose_by_family_how_often_and_at_what_hours(browser, make, session, locale):
    user = make(User)
    page = browser.login(user).get(f"/{locale}/account/messages/choices")
    for about in FAMILIES.values():
        assert _(about.title) in page.words and _(about.what) in page.words
    changed = {"conversations": "weekly", "news": "on_site", "zone": "America/Toronto", "quiet_from": "22"}
    page = browser.submit(page, "/choices", **changed, digest_hour="7")
    chosen = choosing.rhythms_of(session, user.id)
    assert (chosen[Family.CONVERSATIONS], chosen[Family.NEWS]) == (Rhythm.WEEKLY, Rhythm.ON_SITE)
    assert chosen[Family.WAITING] is Rhythm.AT_ONCE
    hours = session.get(MessageHours, user.id)
    assert (hours.time_zone, hours.quiet_from, hours.quiet_until, hours.digest_hour) == ("America/Toronto", 22, 8, 7)
    assert page.form("/choices")["conversations"] == "weekly" and page.form("/choices")["zone"] == "America/Toronto"


@pytest.mark.parametrize(
    "wrong",
    [
        {"quiet_from": "24"},
        {"quiet_until": "-1"},
        {"digest_hour": "99999999999999999999"},
        {"digest_weekday": "x"},
        {"waiting": "never"},
        {"zone": "Mars/Olympus"},
        {"zone": "../../etc/passwd"},
    ],
    ids=str,
)
def test_an_answer_that_no_page_offers_is_refused_by_its_field(browser, make, session, wrong):
    user = make(User)
    page = browser.login(user).get("/fr/account/messages/choices")
    page = browser.submit(page, "/choices", 422, news="daily", **wrong)
    assert page.error_of(next(iter(wrong)))
    assert page.form("/choices")["news"] == "daily", "the rest is kept"
    assert choosing.rhythms_of(session, user.id)[Family.NEWS] is Rhythm.WEEKLY


def test_the_time_zone_follows_the_profile_until_another_is_chosen(session, make):
    user = make(User)
    choosing.lives_in(session, user.id, "CA")
    assert zone_of(choosing.hours_of(session, user.id)).key == "America/Toronto"
    choosing.choose(session, user.id, {}, {"time_zone": "Europe/Paris"})
    choosing.lives_in(session, user.id, "ES")
    assert zone_of(choosing.hours_of(session, user.id)).key == "Europe/Paris"


@pytest.fixture
def stop_link(app, make, session):
    """The address in an e-mail of that family to somebody."""

    def make_link(notice, locale="fr"):
        message = queue(session, make(User, locale=locale), notice)
        session.flush()
        return message.recipient_id, stop_path(message, app.state.settings.secret)

    return make_link


def test_a_mail_program_stops_a_family_in_one_click_without_signing_in(browser, session, stop_link, locale):
    """RFC 8058: no cookie, no origin, no redirection; a second time does no harm."""
    user_id, link = stop_link(Told(), locale)
    for _time in (1, 2):
        answer = browser.client.post(link, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200 and "set-cookie" not in answer.headers
    chosen = choosing.rhythms_of(session, user_id)
    assert chosen[Family.ANSWERS] is Rhythm.ON_SITE and chosen[Family.WAITING] is Rhythm.AT_ONCE


def test_a_multipart_post_does_as_well(browser, session, stop_link):
    user_id, link = stop_link(Told())
    answer = browser.client.post(link, files={"List-Unsubscribe": (None, "One-Click")})
    assert answer.status_code == 200
    assert choosing.is_stopped(session, user_id, Family.ANSWERS)


def test_whoever_follows_the_link_presses_one_button_and_may_take_it_back(browser, session, stop_link, locale):
    user_id, link = stop_link(FromTheTeam(), locale)
    page = browser.get(link)
    assert not choosing.is_stopped(session, user_id, Family.TEAMS), "looking is not pressing"
    assert _(FAMILIES[Family.TEAMS].title) in page.words and "personne" not in page.words.lower()
    page = browser.submit(page, "/stop/")
    assert choosing.is_stopped(session, user_id, Family.TEAMS)
    browser.submit(page, "/start/")
    assert choosing.rhythms_of(session, user_id)[Family.TEAMS] is Rhythm.DAILY


def test_a_browser_led_there_from_another_site_is_refused(browser, session, stop_link):
    user_id, link = stop_link(Told())
    answer = browser.client.post(link, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not choosing.is_stopped(session, user_id, Family.ANSWERS)


def test_a_link_that_we_did_not_sign_stops_nothing(browser, app, make, session, stop_link):
    _user, link = stop_link(Told())
    for wrong in (link[:-4] + "AAAA", "/fr/account/messages/stop/x", f"/fr/account/messages/stop/{'y' * 3000}"):
        browser.get(wrong, 404)
        assert browser.client.post(wrong, data={"List-Unsubscribe": "One-Click"}).status_code == 404
    message = queue(session, make(User), SignInLink(name="A", code="1"))
    assert stop_path(message, app.state.settings.secret) == ""


def test_a_session_is_no_stop_link(browser, make):
    """All tokens are signed with one secret: each says what it is for."""
    browser.login(make(User))
    token = browser.client.cookies["twiza_session"]
    browser.get(f"/fr/account/messages/stop/{token}", 404)


def test_whoever_cannot_be_reached_is_told_kindly_and_says_that_the_address_is_right(browser, make, session, locale):
    user = make(User, email="partie@example.org")
    make(BouncingAddress, address=user.email, answer="550 5.1.1")
    page = browser.login(user).get(f"/{locale}/me")
    assert "partie@example.org" in page.select_one(".next.late").text
    browser.submit(page, "/address")
    assert session.exec(select(BouncingAddress)).all() == []
    assert browser.get(f"/{locale}/me").select(".next.late") == []


@pytest.fixture
def uncertain(make):
    def message(**given):
        defaults = {"kind": "told", "family": Family.ANSWERS, "locale": "fr", "subject": "Peut-être", "body": "B"}
        state = {"state": MessageState.SENDING, "not_before": now() - timedelta(minutes=20), "attempts": 1}
        return make(
            Message, **{"recipient_id": make(User).id, "address": "a@example.org", **defaults, **state, **given}
        )

    return message


@pytest.mark.parametrize(("verb", "state"), [("send-again", MessageState.QUEUED), ("consider-sent", MessageState.SENT)])
def test_an_administrator_decides_what_becomes_of_a_message_of_unknown_fate(
    browser, make, session, uncertain, verb, state, locale
):
    message = uncertain()
    uncertain(subject="En route", not_before=now())
    page = browser.login(make.administrator()).get(f"/{locale}/desk/messages")
    assert "Peut-être" in page.words and "En route" not in page.words
    page = browser.submit(page, f"/{message.id}/{verb}")
    session.refresh(message)
    assert message.state is state and "Peut-être" not in page.words
    browser.post(f"/{locale}/desk/messages/{message.id}/{verb}", 404)
