"""Several messages in one e-mail: never empty, never twice, at the hour of whoever reads."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlmodel import select

from app.kernel.database import at, now
from app.kernel.i18n import direction, number, speaking
from app.kernel.i18n import gettext as _
from app.notifications import actions, choosing
from app.notifications.actions import queue
from app.notifications.composing import digest_subject
from app.notifications.digests import gather_due
from app.notifications.families import FAMILIES, Family, Rhythm
from app.notifications.models import Message, MessageHours, MessageState
from tests.notifications.notices import FromNearby, FromTheTeam, ToDo, Told

MONDAY = datetime(2027, 1, 11, 10, tzinfo=UTC)
"""Eleven o’clock in Agadir."""


@pytest.fixture(autouse=True)
def on_a_monday() -> Iterator[None]:
    with at(MONDAY):
        yield


@pytest.fixture
def look(engine, deliver, mail_server):
    """One look of a worker, some time later; how many left."""

    def run(**later):
        with at(now() + timedelta(**later)):
            gather_due(engine)
            return deliver(mail_server.port)

    return run


def tell(session, user, *notices, **options):
    rows = [queue(session, user, notice, **options) for notice in notices]
    session.commit()
    return rows


def states(session):
    session.expire_all()
    rows = session.exec(select(Message).where(Message.family != Family.DIGEST).order_by(Message.id))
    return [message.state for message in rows]


@pytest.mark.parametrize("locale", ["fr", "ar"])
def test_a_day_of_messages_comes_in_one_the_next_morning(mail_server, outbox, person, look, locale):
    user = person(locale)
    tell(outbox, user, *(FromTheTeam(f"Nouveau membre {n}", f"/profiles/{n}") for n in (1, 2, 3)))
    assert look() == 0
    assert states(outbox) == [MessageState.HELD] * 3
    assert look(hours=20) == 0
    assert look(hours=21) == 1, "eight o’clock in Agadir"
    (email,) = mail_server.received
    text, html = (email.get_body((kind,)).get_content() for kind in ("plain", "html"))
    with speaking(locale):
        assert email["Subject"] == digest_subject(3)
        assert _(FAMILIES[Family.TEAMS].title) in text
        assert f'dir="{direction()}"' in html
    for n in (1, 2, 3):
        assert f"https://twiza.example.org/{locale}/profiles/{n}" in text
        assert f'href="https://twiza.example.org/{locale}/profiles/{n}"' in html
    assert states(outbox) == [MessageState.BUNDLED] * 3
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_where_nothing_happened_nothing_is_sent(mail_server, outbox, person, look):
    person()
    assert [look(days=day) for day in range(9)] == [0] * 9


def test_what_was_read_on_the_site_is_left_out(mail_server, outbox, person, look):
    user = person()
    read, _left = tell(outbox, user, FromTheTeam("Lu"), FromTheTeam("Pas lu"))
    look()
    actions.mark_read(outbox, user.id, Message.id == read.id)
    outbox.commit()
    assert look(days=1) == 1
    (email,) = mail_server.received
    assert "1 message" in email["Subject"]
    text = email.get_body(("plain",)).get_content()
    assert "• Pas lu" in text and "• Lu" not in text


def test_a_digest_of_which_all_is_read_before_it_leaves_does_not_leave(mail_server, outbox, person, look, engine):
    user = person()
    tell(outbox, user, FromTheTeam())
    look()
    with at(now() + timedelta(days=1)):
        assert gather_due(engine) == 1
    actions.mark_read(outbox, user.id)
    outbox.commit()
    assert look(days=1) == 0
    assert mail_server.received == []


def test_what_was_taken_back_is_left_out(mail_server, outbox, person, look, engine):
    tell(outbox, person(), FromTheTeam("Repris"), FromTheTeam("Resté"))
    look()
    taken_back = outbox.exec(select(Message).order_by(Message.id)).first()
    taken_back.state = MessageState.CANCELLED
    outbox.commit()
    assert look(days=1) == 1
    assert "Repris" not in mail_server.received[0].get_body(("plain",)).get_content()


def test_a_week_of_messages_comes_on_the_chosen_day(mail_server, outbox, person, look):
    user = person()
    tell(outbox, user, FromNearby())
    assert [look(days=day) for day in range(8)] == [0, 0, 0, 0, 0, 0, 0, 1]


def test_the_weekly_ones_come_with_the_daily_ones_of_that_day(mail_server, outbox, person, look):
    user = person()
    tell(outbox, user, FromNearby("De la semaine"))
    look()
    with at(now() + timedelta(days=6)):
        tell(outbox, user, FromTheTeam("Du jour"))
        look()
    assert look(days=7) == 1
    text = mail_server.received[0].get_body(("plain",)).get_content()
    assert "De la semaine" in text and "Du jour" in text


def test_what_waits_for_them_is_told_at_once_beside_the_digest(mail_server, outbox, person, look):
    tell(outbox, person(), FromTheTeam(), ToDo("À vous"))
    assert look() == 1
    assert mail_server.received[0]["Subject"] == "À vous"


def test_no_two_digests_a_day_even_if_they_choose_a_later_hour(mail_server, outbox, person, look):
    user = person()
    tell(outbox, user, FromTheTeam("Un"))
    look()
    assert look(days=1) == 1
    with at(now() + timedelta(days=1)):
        outbox.get(MessageHours, user.id).digest_hour = 18
        tell(outbox, user, FromTheTeam("Deux"))
        look()
        assert look(hours=10) == 0, "today's has left"
        assert look(hours=40) == 1


def test_several_workers_make_one_digest(mail_server, outbox, person, engine, look):
    for number_ in range(3):
        tell(outbox, person(email=f"p{number_}@example.org"), *(FromTheTeam(str(n)) for n in range(5)))
    look()
    outbox.execute(Message.__table__.update().values(not_before=now() - timedelta(days=400)))
    outbox.commit()
    workers = [Thread(target=gather_due, args=(engine,)) for _ in range(4)]  # theirs is the real clock
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    digests = outbox.exec(select(Message).where(Message.family == Family.DIGEST)).all()
    assert len(digests) == 3
    for digest in digests:
        held = outbox.exec(select(Message.id).where(Message.digest_id == digest.id)).all()
        assert len(held) == 5


def test_a_digest_that_failed_is_tried_again_whole_and_counts_what_is_left(mail_server, outbox, person, look):
    user = person()
    first, _second = tell(outbox, user, FromTheTeam("Un"), FromTheTeam("Deux"))
    look()
    mail_server.answer = "451 later"
    assert look(days=1) == 0
    actions.mark_read(outbox, user.id, Message.id == first.id)
    outbox.commit()
    mail_server.answer = "250 OK"
    assert look(days=1, minutes=2) == 1
    assert "1 message" in mail_server.received[0]["Subject"]


def test_another_choice_holds_for_what_is_held_already(mail_server, outbox, person, look):
    user = person()
    tell(outbox, user, FromTheTeam(), FromNearby())
    look()
    choosing.choose(outbox, user.id, {Family.TEAMS: Rhythm.AT_ONCE, Family.NEARBY: Rhythm.ON_SITE}, {"digest_hour": 9})
    outbox.commit()
    assert look() == 1
    assert states(outbox) == [MessageState.SENT, MessageState.ON_SITE]


def test_stopping_the_digest_stops_what_comes_in_it_and_can_be_taken_back(outbox, person):
    user = person()
    before = choosing.rhythms_of(outbox, user.id)
    choosing.stop(outbox, user.id, Family.DIGEST)
    stopped = choosing.rhythms_of(outbox, user.id)
    assert {family for family, rhythm in stopped.items() if rhythm is Rhythm.ON_SITE} == {
        Family.TEAMS,
        Family.NEARBY,
        Family.NEWS,
    }
    choosing.start_again(outbox, user.id, Family.DIGEST)
    assert choosing.rhythms_of(outbox, user.id) == before


def test_a_digest_goes_to_todays_address(mail_server, outbox, person, look):
    user = person()
    tell(outbox, user, FromTheTeam())
    look()
    actions.readdress(outbox, user.id, "nouvelle@example.org")
    outbox.commit()
    look(days=1)
    assert mail_server.received[0]["To"] == "nouvelle@example.org"


def test_arabic_counts_in_six_ways():
    with speaking("ar"):
        subjects = [digest_subject(n) for n in (1, 2, 3, 11, 100)]
        assert len(set(subjects)) == 5
        assert "رسالتان" in subjects[1] and subjects[2].startswith(number(3)) and "رسائل" in subjects[2]


def test_quiet_hours_hold_back_even_a_digest(mail_server, outbox, person, look):
    user = person()
    hours = outbox.get(MessageHours, user.id)
    hours.quiet_from, hours.quiet_until, hours.digest_hour = 21, 9, 7
    tell(outbox, user, FromTheTeam(), Told())
    assert look() == 1
    assert look(hours=20, minutes=30) == 0
    assert look(hours=22) == 1
