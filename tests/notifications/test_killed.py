"""A worker that is killed in the middle, in a process of its own, as the system kills them: nothing is sent twice."""

import os
import signal
import subprocess
import sys
import time

import pytest
from sqlmodel import select

from app.notifications import queries
from app.notifications.actions import queue
from app.notifications.models import Message, MessageState
from tests.notifications.notices import FromTheTeam, Told

WORKER = """
import app.models
from app.kernel.assets import Assets
from app.kernel.database import create_database_engine
from app.kernel.settings import ROOT, Settings
from app.kernel.templating import create_environment
from app.notifications.delivery import deliver_due
from app.notifications.digests import gather_due
from app.notifications.transport import smtp_transport

settings = Settings()
engine = create_database_engine(settings.database_url)
templates = create_environment(Assets(ROOT / "frontend"))
print("ready", flush=True)
gather_due(engine)
print(deliver_due(engine, settings, templates, smtp_transport(settings)), flush=True)
"""


@pytest.fixture
def start_worker(database_url, mail_server):
    started = []

    def start():
        environment = {**os.environ, "TWIZA_DATABASE_URL": database_url, "TWIZA_SMTP_TIMEOUT": "20"}
        environment["TWIZA_SMTP_URL"] = f"smtp://127.0.0.1:{mail_server.port}"
        worker = subprocess.Popen([sys.executable, "-c", WORKER], env=environment, stdout=subprocess.PIPE, text=True)
        started.append(worker)
        assert worker.stdout.readline() == "ready\n"
        return worker

    yield start
    for worker in started:
        worker.kill()
        worker.wait()
        worker.stdout.close()


def wait_until(true, seconds=60):
    before = time.monotonic()
    while not true():
        assert time.monotonic() - before < seconds, "it took too long"
        time.sleep(0.05)


@pytest.mark.parametrize("moment", ["hang", "hang_after"])
def test_a_worker_killed_in_the_middle_sends_nothing_twice(mail_server, outbox, person, start_worker, moment):
    """Killed before the server had the message, or just after: the next worker leaves that one to a person."""
    user = person()
    for n in range(3):
        queue(outbox, user, Told(f"Message {n}"))
    outbox.commit()
    mail_server.trouble = moment
    worker = start_worker()

    def sending():
        outbox.expire_all()
        claimed = outbox.exec(select(Message).where(Message.state == MessageState.SENDING)).all()
        return claimed and (moment == "hang" or mail_server.received)

    wait_until(sending)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    mail_server.trouble = ""
    assert start_worker().stdout.readline() == "2\n"
    subjects = [email["Subject"] for email in mail_server.received]
    assert len(subjects) == len(set(subjects)) == (2 if moment == "hang" else 3)
    outbox.expire_all()
    states = sorted(message.state for message in outbox.exec(select(Message)))
    assert states == [MessageState.SENDING, MessageState.SENT, MessageState.SENT]
    assert queries.uncertain(outbox) == 0, "not before ten minutes: another worker may still be at it"


def test_a_worker_killed_while_a_digest_leaves_makes_no_second_one(mail_server, outbox, person, start_worker):
    user = person()
    for n in range(4):
        message = queue(outbox, user, FromTheTeam(f"Membre {n}"))
        message.state = MessageState.HELD
    outbox.commit()
    mail_server.trouble = "hang_after"
    worker = start_worker()
    wait_until(lambda: mail_server.received)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    mail_server.trouble = ""
    assert [start_worker().stdout.readline() for _ in range(2)] == ["0\n", "0\n"]
    assert len(mail_server.received) == 1 and "4" in mail_server.received[0]["Subject"]
