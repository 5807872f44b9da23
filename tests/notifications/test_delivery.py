"""Messages against a real mail server that takes them, refuses them, or hangs."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlmodel import select

from app.accounts.messages import ConfirmAddress
from app.accounts.models import User
from app.kernel.database import now
from app.kernel.i18n import gettext as _
from app.kernel.i18n import speaking
from app.notifications import actions, delivery, queries
from app.notifications.actions import queue
from app.notifications.models import BouncingAddress, Message, MessageState
from tests.notifications.notices import Told


def waiting(session, locale="fr", **options):
    user = User(name="Zahra", email="zahra@example.org", locale=locale)
    session.add(user)
    session.flush()
    message = queue(session, user, ConfirmAddress(name="Zahra", code="abc"), **options)
    session.commit()
    return message


@pytest.mark.parametrize("locale", ["fr", "ar"])
def test_a_message_arrives_in_its_readers_language_with_its_link(mail_server, outbox, deliver, locale):
    message = waiting(outbox, locale)
    assert deliver(mail_server.port) == 1
    (email,) = mail_server.received
    with speaking(locale):
        assert email["Subject"] == _("Confirmez votre adresse, et bienvenue sur Twiza")
    assert email["To"] == "zahra@example.org"
    link = f"https://twiza.example.org/{locale}/account/link/abc"
    assert link in email.get_body(("plain",)).get_content()
    html = email.get_body(("html",)).get_content()
    assert link in html and f'dir="{"rtl" if locale == "ar" else "ltr"}"' in html
    outbox.refresh(message)
    assert message.state is MessageState.SENT and message.sent_at


def test_nothing_is_sent_twice(mail_server, outbox, deliver):
    waiting(outbox)
    assert (deliver(mail_server.port), deliver(mail_server.port)) == (1, 0)
    assert len(mail_server.received) == 1


def test_two_workers_share_the_work(mail_server, outbox, deliver):
    for _n in range(12):
        outbox.add(User(name="X", email=None, phone=None, closed_at=now()))
        outbox.flush()
    user = outbox.exec(select(User)).first()
    for n in range(12):
        queue(outbox, user, ConfirmAddress(name="X", code=str(n)), address="x@example.org")
    outbox.commit()
    workers = [Thread(target=deliver, args=(mail_server.port,)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    links = [email.get_body(("plain",)).get_content() for email in mail_server.received]
    assert len(links) == len(set(links)) == 12


def test_a_server_that_refuses_is_asked_again_later_and_later(mail_server, outbox, deliver):
    message = waiting(outbox)
    mail_server.answer = "451 come back later"
    delays = []
    for attempt in range(len(delivery.DELAYS)):
        assert deliver(mail_server.port) == 0
        outbox.refresh(message)
        assert (message.state, message.attempts) == (MessageState.QUEUED, attempt + 1)
        delays.append(message.not_before - now())
        message.not_before = now()
        outbox.commit()
    assert delays == sorted(delays) and "451" in message.error
    deliver(mail_server.port)
    outbox.refresh(message)
    assert message.state is MessageState.FAILED


def test_a_server_that_is_away_and_comes_back(mail_server, outbox, deliver):
    message = waiting(outbox)
    deliver(1)  # nobody listens there
    outbox.refresh(message)
    assert message.state is MessageState.QUEUED
    message.not_before = now()
    outbox.commit()
    assert deliver(mail_server.port) == 1


def test_a_worker_killed_while_sending_does_not_send_again(mail_server, outbox, engine, deliver):
    """Whether the server had it is unknown: a person decides, the machine does not send a second time."""
    message = waiting(outbox)
    claimed = delivery._claim(engine)  # what a worker does just before it dies
    assert claimed.message.id == message.id
    assert deliver(mail_server.port) == 0
    message.not_before = now() - 2 * queries.UNCERTAIN_AFTER
    outbox.commit()
    outbox.refresh(message)
    assert message.state is MessageState.SENDING
    message.not_before = now() - 2 * queries.UNCERTAIN_AFTER
    outbox.commit()
    assert queries.uncertain(outbox) == 1


def test_a_message_that_may_still_be_taken_back_does_not_leave(mail_server, outbox, deliver):
    waiting(outbox, after=timedelta(minutes=10))
    assert deliver(mail_server.port) == 0


def test_whoever_has_no_email_reads_it_on_their_page(session, make):
    user = make(User, phone="+212612345678", password_hash="x")
    assert queue(session, user, ConfirmAddress(name="X", code="1")).state is MessageState.ON_SITE


def test_an_address_where_nobody_is_is_remembered_and_tried_no_more(mail_server, outbox, deliver, person):
    user = person()
    first = queue(outbox, user, Told())
    outbox.commit()
    mail_server.rcpt = "550 5.1.1 no such user"
    assert deliver(mail_server.port) == 0
    outbox.refresh(first)
    assert (first.state, first.attempts) == (MessageState.FAILED, 1)
    assert queries.bouncing(outbox, user.email)
    second = queue(outbox, user, Told())
    outbox.commit()
    mail_server.rcpt = ""
    assert deliver(mail_server.port) == 0
    outbox.refresh(second)
    assert second.state is MessageState.ON_SITE
    assert queries.unread_of(outbox, user.id, 9) == [second, first]


def test_a_link_to_sign_in_is_tried_all_the_same_and_when_it_arrives_the_address_is_good_again(
    mail_server, outbox, deliver, person
):
    user = person()
    outbox.add(BouncingAddress(address=user.email))
    queue(outbox, user, ConfirmAddress(name="Zahra", code="abc"))
    outbox.commit()
    assert deliver(mail_server.port) == 1
    outbox.expire_all()
    assert not queries.bouncing(outbox, user.email)


@pytest.mark.parametrize(
    "answer",
    ["450 4.2.1 busy", "552 5.2.2 mailbox full", "550 5.7.1 relaying denied", "451 come back later"],
    ids=["busy", "full", "policy", "later"],
)
def test_a_refusal_that_says_nothing_of_the_address_is_tried_again(mail_server, outbox, deliver, person, answer):
    user = person()
    message = queue(outbox, user, Told())
    outbox.commit()
    mail_server.rcpt = answer
    assert deliver(mail_server.port) == 0
    outbox.refresh(message)
    assert message.state is MessageState.QUEUED and not queries.bouncing(outbox, user.email)


@pytest.mark.parametrize("trouble", ["hang", "close"])
def test_a_server_that_hangs_or_closes_before_it_has_the_message_gets_it_once_it_is_back(
    mail_server, outbox, deliver, trouble
):
    """And the message lost none of its tries: a day without the server loses nothing."""
    messages = [waiting(outbox)]
    mail_server.trouble = trouble
    assert deliver(mail_server.port) == 0
    mail_server.trouble = ""
    outbox.refresh(messages[0])
    assert (messages[0].state, messages[0].attempts) == (MessageState.QUEUED, 0)
    assert deliver(mail_server.port) == 0, "not before a minute has passed"
    messages[0].not_before = now()
    outbox.commit()
    assert (deliver(mail_server.port), len(mail_server.received)) == (1, 1)


@pytest.mark.parametrize("trouble", ["hang_after", "close_after"])
def test_a_server_that_falls_silent_once_it_has_the_message_is_not_given_it_twice(
    mail_server, outbox, deliver, trouble
):
    message = waiting(outbox)
    mail_server.trouble = trouble
    assert deliver(mail_server.port) == 0
    mail_server.trouble = ""
    assert deliver(mail_server.port) == 0
    assert len(mail_server.received) == 1
    outbox.refresh(message)
    assert message.state is MessageState.SENDING and message.error


def test_while_the_server_is_away_one_message_is_tried_at_each_look(mail_server, outbox, deliver, person):
    user = person()
    for _n in range(3):
        queue(outbox, user, Told())
    outbox.commit()
    mail_server.trouble = "hang"
    deliver(mail_server.port)
    outbox.expire_all()
    assert sorted(message.error is None for message in outbox.exec(select(Message))) == [False, True, True]


@pytest.mark.parametrize("locale", ["fr", "ar"])
def test_an_email_says_how_to_stop_others_like_it_in_one_click(mail_server, outbox, deliver, person, locale):
    """RFC 8058: the address stands in the header as it is, whatever its length; and in the text, for people."""
    user = person(locale)
    queue(outbox, user, Told())
    outbox.commit()
    assert deliver(mail_server.port) == 1
    (email,), (raw,) = mail_server.received, mail_server.raw
    link = email["List-Unsubscribe"].removeprefix("<").removesuffix(">")
    assert link.startswith(f"https://twiza.example.org/{locale}/account/messages/stop/") and len(link) > 120
    assert f"List-Unsubscribe: <{link}>\r\n".encode() in raw
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in email.get_body(("plain",)).get_content()
    assert link in email.get_body(("html",)).get_content()
    assert "l’équipe « Eau » & vous" in email.get_body(("plain",)).get_content()


def test_a_link_to_sign_in_cannot_be_unsubscribed_from(mail_server, outbox, deliver):
    waiting(outbox)
    deliver(mail_server.port)
    (email,) = mail_server.received
    assert "List-Unsubscribe" not in email and "List-Unsubscribe-Post" not in email


def test_a_message_tried_again_is_the_same_message(mail_server, outbox, deliver):
    """A mailbox that has it already knows it by its number."""
    message = waiting(outbox)
    deliver(mail_server.port)
    actions.send_again(message)
    outbox.commit()
    deliver(mail_server.port)
    first, second = (email["Message-ID"] for email in mail_server.received)
    assert first == second


def test_what_was_read_on_the_site_in_the_meantime_does_not_leave(mail_server, outbox, deliver, person):
    user = person()
    queue(outbox, user, Told())
    outbox.commit()
    actions.mark_read(outbox, user.id)
    outbox.commit()
    assert deliver(mail_server.port) == 0


def test_a_message_that_cannot_be_written_holds_nobody_up(mail_server, outbox, deliver, person):
    wrong = queue(outbox, person(), Told(), address="évelyne@example.org")
    right = queue(outbox, person(email="b@example.org"), Told())
    outbox.commit()
    assert deliver(mail_server.port) == 1
    outbox.refresh(wrong)
    outbox.refresh(right)
    assert (wrong.state, right.state) == (MessageState.FAILED, MessageState.SENT)
