"""What those who look after something do when nobody answers, and who is told what became of it."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.contributions.models import Contribution, DeclineReason, State
from app.deadlines import queries as deadlines
from app.deadlines.steps import Level
from app.journal.models import Subject
from app.journal.queries import history
from app.kernel.database import at, now
from app.notifications.models import Message, MessageState
from app.projects.models import Moderation, Project
from tests.factories import OUISSELSATE
from tests.reminders.conftest import waiting_offer


@pytest.fixture
def stuck(session, make):
    """Everybody was reminded, and nobody answered."""
    case = waiting_offer(make)
    row = deadlines.under_way(session, Subject.CONTRIBUTION, [case.offer.id])[case.offer.id]
    row.since, row.due_on = row.since - timedelta(days=60), row.due_on - timedelta(days=60)
    row.reached, row.next_on, row.region_code, row.country = Level.STUCK, None, "08", "FR"
    session.flush()
    session.expire(case.offer, ["open_step"])
    return case


def address(case, what=""):
    return f"/fr/reminders/contribution/{case.offer.id}{what}"


def test_what_is_stuck_stays_on_the_desk_with_who_should_answer(browser, stuck, locale):
    words = {"fr": "Bloqué", "ar": "متعثر"}[locale]
    for user in (stuck.moderator, stuck.coordinator):
        with at(now() + timedelta(days=900)):
            page = browser.login(user).get(f"/{locale}/desk?kind=left_waiting")
            card = page.select_one(f"#left_waiting-contribution-{stuck.offer.id}")
            assert words in card.get_text(" ")
    page = browser.get(f"/{locale}/reminders/contribution/{stuck.offer.id}")
    assert stuck.agent.name in page.words


def test_others_find_nothing_there(browser, make, stuck):
    for user in (make.moderator("01"), make(User), stuck.agent, stuck.person):
        browser.login(user).get(address(stuck), 404)
        browser.client.post(address(stuck, "/close"), data={"reason": "no_answer", "words": "Non."})
    assert stuck.offer.state is State.APPROVED


def test_it_is_closed_with_a_reason_and_words_that_both_sides_read_and_taken_back(session, browser, stuck):
    page = browser.login(stuck.moderator).get(address(stuck))
    page = browser.post(address(stuck, "/close"), 422, words="L’association ne répond plus.")
    assert "L’association ne répond plus." in page.text
    page = browser.post(address(stuck, "/close"), 422, reason="no_answer")
    assert page.select('input[value="no_answer"][checked]')
    browser.post(address(stuck, "/close"), reason="no_answer", words="L’association ne répond plus.")
    session.refresh(stuck.offer)
    assert (stuck.offer.state, stuck.offer.reason) == (State.CLOSED, DeclineReason.NO_ANSWER)
    assert deadlines.under_way(session, Subject.CONTRIBUTION, [stuck.offer.id]) == {}
    entry = history(session, Subject.CONTRIBUTION, stuck.offer.id)[-1]
    assert (entry.verb, entry.note, entry.data["reason"]) == ("close", "L’association ne répond plus.", "no_answer")
    told = {row.recipient_id: row for row in session.exec(select(Message).where(Message.entry_id == entry.id))}
    assert set(told) == {stuck.person.id, stuck.agent.id}
    assert "L’association ne répond plus." in told[stuck.person.id].body
    page = browser.get(address(stuck))
    assert "Plus personne n’attend" in page.words
    browser.post(f"/fr/contributions/undo/{entry.id}")
    session.refresh(stuck.offer)
    assert stuck.offer.state is State.APPROVED
    row = deadlines.under_way(session, Subject.CONTRIBUTION, [stuck.offer.id])[stuck.offer.id]
    assert row.since == stuck.offer.state_since
    session.expire_all()
    assert {row.state for row in session.exec(select(Message).where(Message.entry_id == entry.id))} == {
        MessageState.CANCELLED
    }


def test_more_time_is_left_told_and_taken_back(session, browser, stuck):
    browser.login(stuck.coordinator)
    before = deadlines.under_way(session, Subject.CONTRIBUTION, [stuck.offer.id])[stuck.offer.id]
    since, due = before.since, before.due_on
    browser.post(address(stuck, "/more-time"), 422, days="7")
    page = browser.post(address(stuck, "/more-time"), 422, days="1000", words="Ils répondent lundi.")
    assert "Ils répondent lundi." in page.text
    browser.post(address(stuck, "/more-time"), days="7", words="Ils répondent lundi.")
    row = deadlines.under_way(session, Subject.CONTRIBUTION, [stuck.offer.id])[stuck.offer.id]
    assert row.due_on > now().date() and not row.is_stuck
    (entry,) = history(session, Subject.CONTRIBUTION, stuck.offer.id, ["more_time"])
    (message,) = session.exec(select(Message).where(Message.entry_id == entry.id)).all()
    assert (message.recipient_id, message.kind) == (stuck.agent.id, "more_time")
    assert "Ils répondent lundi." in message.body
    browser.post(f"/fr/reminders/undo/{entry.id}")
    row = deadlines.under_way(session, Subject.CONTRIBUTION, [stuck.offer.id])[stuck.offer.id]
    assert (row.since, row.due_on) == (since, due)


def test_a_fiche_that_its_author_forgot_is_put_aside_in_words(session, make, browser):
    author = make(User)
    project = make(
        Project, author_id=author.id, commune_code=OUISSELSATE, moderation=Moderation.QUESTION,
        moderation_since=now() - timedelta(days=90),
    )  # fmt: skip
    row = deadlines.under_way(session, Subject.PROJECT, [project.id])[project.id]
    row.reached, row.next_on, row.region_code = Level.STUCK, None, "08"
    session.flush()
    browser.login(make.moderator("08"))
    path = f"/fr/reminders/project/{project.id}"
    browser.get(path)
    browser.post(f"{path}/close", reason="no_answer", words="Reprenez-la quand vous voulez.")
    session.refresh(project)
    assert project.moderation is Moderation.WITHDRAWN
    assert history(session, Subject.PROJECT, project.id)[-1].data["reason"] == "no_answer"
    (message,) = session.exec(select(Message).where(Message.recipient_id == author.id)).all()
    assert message.kind == "project_set_aside"
    assert project.open_step is None


def test_nobody_closes_what_is_not_late(session, make, browser):
    case = waiting_offer(make)
    browser.login(case.moderator).get(address(case), 404)
    assert session.get(Contribution, case.offer.id).state is State.APPROVED


def test_the_desk_reads_many_as_it_reads_one(session, make, browser, query_count):
    def build(number):
        for _ in range(number):
            case = waiting_offer(make)
            row = deadlines.under_way(session, Subject.CONTRIBUTION, [case.offer.id])[case.offer.id]
            row.due_on -= timedelta(days=90)
            row.reached, row.region_code = Level.MODERATOR, "08"
        session.flush()

    browser.login(make.moderator("08"))

    def queries():
        session.expire_all()
        before = query_count()
        browser.get("/fr/desk?kind=left_waiting")
        return query_count() - before

    build(1)
    one = queries()
    build(5)
    assert queries() <= one + 1
