"""Messages against a real mail server that takes them, refuses them, or hangs."""

import socket
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes, policy
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from sqlmodel import Session, select

from app.accounts.messages import ConfirmAddress
from app.accounts.models import User
from app.kernel.assets import Assets
from app.kernel.database import now
from app.kernel.i18n import gettext as _
from app.kernel.i18n import speaking
from app.kernel.settings import ROOT, Settings
from app.kernel.templating import create_environment
from app.notifications import delivery
from app.notifications.actions import queue
from app.notifications.models import MessageState
from tests.reference import sweep


class MailServer:
    """Takes what it is sent; `answer` may be changed to a refusal."""

    def __init__(self):
        self.received = []
        self.answer = "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@pytest.fixture
def mail_server():
    handler = MailServer()
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    handler.port = port
    yield handler
    controller.stop()


@pytest.fixture
def outbox(engine):
    """A session that really commits, since the worker has connections of its own; swept afterwards."""
    with Session(engine) as session:
        yield session
    sweep(engine)


@pytest.fixture(scope="module")
def templates():
    return create_environment(Assets(ROOT / "frontend"))


@pytest.fixture
def deliver(engine, tmp_path, templates):
    def run(port):
        settings = Settings(smtp_url=f"smtp://127.0.0.1:{port}", var=tmp_path, base_url="http://twiza.example.org")
        return delivery.deliver_due(engine, settings, templates, delivery.smtp_transport(settings))

    return run


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
    link = f"http://twiza.example.org/{locale}/account/link/abc"
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
    assert claimed.id == message.id
    assert deliver(mail_server.port) == 0
    message.not_before = now() - 2 * delivery.UNCERTAIN_AFTER
    outbox.commit()
    outbox.refresh(message)
    assert message.state is MessageState.SENDING
    message.not_before = now() - 2 * delivery.UNCERTAIN_AFTER
    outbox.commit()
    assert delivery.uncertain(outbox) == 1


def test_a_message_that_may_still_be_taken_back_does_not_leave(mail_server, outbox, deliver):
    waiting(outbox, after=timedelta(minutes=10))
    assert deliver(mail_server.port) == 0


def test_whoever_has_no_email_reads_it_on_their_page(session, make):
    user = make(User, phone="+212612345678", password_hash="x")
    assert queue(session, user, ConfirmAddress(name="X", code="1")).state is MessageState.ON_SITE
