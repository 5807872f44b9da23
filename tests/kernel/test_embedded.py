"""The embedded server: starts, is shared, and goes when its application goes, however it goes."""

import os
import signal
import subprocess
import sys
import time

from sqlalchemy import text

from app.kernel.database import create_database_engine
from app.kernel.embedded import EmbeddedPostgres, find_binaries

HOLD = """
import sys, time
from pathlib import Path
from app.kernel.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
print("started", flush=True)
time.sleep(60)
"""


def answers(server):
    engine = create_database_engine(server.url())
    try:
        with engine.connect() as connection:
            return connection.scalar(text("SELECT 1")) == 1
    except Exception:
        return False
    finally:
        engine.dispose()


def test_it_starts_again_over_the_same_data_and_stops(tmp_path):
    first = EmbeddedPostgres(tmp_path)
    engine = create_database_engine(first.start())
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (n int)"))
    engine.dispose()
    first.stop()
    assert not answers(first)
    second = EmbeddedPostgres(tmp_path)
    engine = create_database_engine(second.start())
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM kept")) == 0
    engine.dispose()
    second.stop()


def test_who_comes_second_shares_it_and_leaves_it_running(tmp_path):
    first, second = EmbeddedPostgres(tmp_path), EmbeddedPostgres(tmp_path)
    first.start()
    second.start()
    second.stop()
    assert answers(first)
    first.stop()


def test_a_server_whose_application_was_killed_is_taken_over(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "started\n"
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    heir = EmbeddedPostgres(tmp_path)
    heir.start()
    assert answers(heir)
    heir.stop()
    assert not answers(heir)


def test_the_wheel_serves_where_nothing_is_installed(tmp_path, monkeypatch):
    monkeypatch.setattr("app.kernel.embedded.INSTALLED", ())
    assert (find_binaries() / "initdb").exists()
    server = EmbeddedPostgres(tmp_path)
    began = time.monotonic()
    server.start()
    assert answers(server), time.monotonic() - began
    server.stop()
