from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import GrantKind, User
from app.assistance import actions, queries
from app.assistance.actions import AlreadyAnswered
from app.assistance.models import AssistanceKind, AssistanceRequest
from app.journal.actions import TooLateToUndo
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid
from app.kernel.security import RateLimits


def requests(session):
    return session.exec(select(AssistanceRequest)).all()


def call(make, **given):
    return make(AssistanceRequest, kind=AssistanceKind.CALL, phone="+212500000001", hour="le matin", **given)


def test_a_visitor_leaves_a_word_about_the_page_that_they_were_looking_at(browser, session, locale):
    page = browser.get(f"/{locale}/feedback?page=/{locale}/projects?q=eau")
    assert f"/{locale}/projects?q=eau" in page.words
    page = browser.submit(page, "feedback", text="Je ne trouve pas ma commune.")
    (asked,) = requests(session)
    assert (asked.kind, asked.user_id, asked.locale) == (AssistanceKind.FEEDBACK, None, locale)
    assert asked.page == f"/{locale}/projects?q=eau"
    assert page.select_one(f'main a[href="/{locale}/projects?q=eau"]')


def test_a_member_asks_to_be_called_back(browser, make, session, locale):
    user = make(User, phone="+212500000002", password_hash="x")
    page = browser.login(user).get(f"/{locale}/call-me?page=/{locale}/news")
    assert page.select_one("#f-phone")["value"].replace(" ", "") == "+212500000002"
    browser.submit(page, "call-me", phone="٠٥٠٠ ٠٠ ٠٠ ٠٣", hour="بعد صلاة العصر")
    (asked,) = requests(session)
    assert (asked.phone, asked.hour, asked.user_id) == ("+212500000003", "بعد صلاة العصر", user.id)


@pytest.mark.parametrize("text", ["", "   ", "…", "a\x00b", "x" * 2001])
def test_a_word_that_says_nothing_comes_back_with_a_sentence(browser, session, locale, text):
    page = browser.post(f"/{locale}/feedback", 422, text=text, page="/fr/news")
    assert page.error_of("text")
    assert page.form("feedback")["page"] == "/fr/news"
    assert requests(session) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"phone": ""}, "phone"), ({"phone": "bientôt"}, "phone"), ({"phone": "06"}, "phone"), ({"hour": ""}, "hour")],
)
def test_a_call_that_cannot_be_made_comes_back_as_typed(browser, session, changes, field):
    given = {"phone": "+212500000003", "hour": "le soir", "text": "Pour mon association", **changes}
    page = browser.post("/fr/call-me", 422, **given)
    assert page.error_of(field)
    assert page.select_one("#f-hour")["value"] == given["hour"]
    assert page.select_one("textarea").text.strip() == "Pour mon association"
    assert requests(session) == []


@pytest.mark.parametrize(
    "candidate",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\nb",
        "x" * 9,
        "/" + "x" * 600,
    ],
)
def test_the_page_is_one_of_ours_or_none(browser, session, candidate):
    page = browser.post("/fr/feedback", text="Bonjour à vous", page=candidate)
    assert requests(session)[0].page == ""
    assert "evil" not in page.words
    assert page.select_one("main .actions a")["href"] == "/fr/"


def test_a_machine_is_thanked_and_leaves_nothing(browser, session):
    for url, fields in (
        ("/fr/feedback", {"text": "Buy"}),
        ("/fr/call-me", {"phone": "+212500000003", "hour": "now"}),
    ):
        page = browser.post(url, **fields, contact_again="http://spam.example")
        assert page.url.split("?")[0].endswith("/feedback/thanks")
    assert requests(session) == []


def test_a_double_click_asks_once(browser, session):
    for url, fields in (
        ("/fr/feedback", {"text": "Bonjour"}),
        ("/fr/call-me", {"phone": "+212500000003", "hour": "midi"}),
    ):
        form = {**browser.get(url).form(url), **fields}
        first = browser.post(url, **form)
        assert browser.post(url, **form).url == first.url
    assert len(requests(session)) == 2


def test_one_address_has_its_measure_whatever_it_asks(browser, app, session):
    app.state.limits = RateLimits()
    try:
        for _ in range(60):
            browser.post("/fr/feedback", text="Bonjour", follow=False)
        browser.post("/fr/feedback", 429, text="Bonjour")
        browser.post("/fr/call-me", phone="+212500000003", hour="midi", follow=False)
    finally:
        app.state.limits = RateLimits(enabled=False)


def test_every_desk_sees_them_and_no_member_does(session, make):
    first = make(AssistanceRequest, created_at=now() - timedelta(days=1))
    second = call(make)
    make(AssistanceRequest, done_at=now(), done_by_id=make(User).id)
    for user in (
        make.moderator("09"),
        make.moderator(countries=("FR",)),
        make.administrator(),
        make.granted(GrantKind.COORDINATOR),
    ):
        assert [one.id for one in queries.waiting_requests(session, user, 9)] == [first.id, second.id]
    for user in (make(User), make.granted(GrantKind.AMBASSADOR)):
        assert queries.waiting_requests(session, user, 9) == []
        with pytest.raises(Forbidden):
            actions.finish(session, user, first, "lu")


def test_a_call_is_late_before_a_word_is(make):
    assert call(make).open_step.due_on < make(AssistanceRequest).open_step.due_on


def test_a_call_that_was_made_says_what_it_gave(session, make):
    asked, moderator = call(make), make.moderator("09")
    with pytest.raises(Invalid) as refused:
        actions.finish(session, moderator, asked, "")
    assert refused.value.field == "outcome"
    entry = actions.finish(session, moderator, asked, "Son idée est postée avec elle.")
    assert (asked.done_by_id, asked.outcome) == (moderator.id, "Son idée est postée avec elle.")
    with pytest.raises(AlreadyAnswered):
        actions.finish(session, make.moderator("08"), asked, "encore")
    with pytest.raises(TooLateToUndo):
        actions.undo(session, make.moderator("08"), asked, entry)
    actions.undo(session, moderator, asked, entry)
    assert (asked.done_at, asked.done_by_id, asked.outcome) == (None, None, "")


def test_it_is_done_from_the_desk_and_taken_back(browser, make, locale):
    asked = make(AssistanceRequest)
    browser.login(make.moderator("09"))
    page = browser.post(f"/{locale}/assistance/{asked.id}/done", then=f"/{locale}/news")
    assert page.url.endswith(f"/{locale}/news")
    assert asked.done_at is not None
    page = browser.submit(page, "undo")
    assert asked.done_at is None
    assert page.url.endswith(f"/{locale}/news")


def test_a_call_without_an_outcome_asks_for_it_and_keeps_the_way_back(browser, make, locale):
    asked = call(make)
    browser.login(make.moderator("09"))
    page = browser.post(f"/{locale}/assistance/{asked.id}/done", 422, outcome="", then=f"/{locale}/news")
    assert page.error_of("outcome")
    page = browser.submit(page, "done", outcome="Rappelé")
    assert page.url.endswith(f"/{locale}/news")


def test_nobody_else_may_know_that_it_is_there(browser, make):
    asked = make(AssistanceRequest)
    browser.login(make(User)).post(f"/fr/assistance/{asked.id}/done", 404)
    browser.login(make.moderator("09")).post("/fr/assistance/99999999999999/done", 404)
    browser.post("/fr/assistance/undo/99999", 404)
