"""A real Chromium with a phone’s screen, a real server over the tests’ database; what is written is swept away."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
import uvicorn
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright
from sqlalchemy import Engine
from sqlmodel import Session

from app.kernel.settings import Settings
from app.main import create_app
from tests.browser.person import PHONE, Person
from tests.factories import Factory
from tests.reference import sweep

FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--no-first-run"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    path = os.environ.get("TWIZA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(engine: Engine, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of our own."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    settings = Settings(database_url=database_url, base_url=base, var=tmp_path_factory.mktemp("site"))
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.05)
    yield base
    server.should_exit = True
    thread.join()


@pytest.fixture
def committed(engine: Engine) -> Iterator[Factory]:
    """`make`, but for good, so that the server sees it; swept away with all that the journey wrote."""
    with Session(engine, expire_on_commit=False) as session:
        yield Factory(session)
    sweep(engine)


@pytest.fixture
def person(chromium: Chromium, site: str, locale: str, committed: Factory) -> Iterator[Callable[..., Person]]:
    """`person("Zahra")` opens a phone for somebody new."""
    phones = []

    def open_phone(name: str, **options: object) -> Person:
        context = chromium.new_context(**{**PHONE, "base_url": site, **options})
        context.set_default_timeout(30_000)
        phones.append(context)
        return Person(name, context.new_page(), locale)

    yield open_phone
    for context in phones:
        context.close()
