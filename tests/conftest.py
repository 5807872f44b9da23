"""What the tests stand on: a PostgreSQL of their own, one transaction a test, a browser that checks every page.

`TWIZA_TEST_DATABASE_URL` names a server to use instead of the embedded one (its database `twiza_test` is made anew).
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ["TWIZA_ENVIRONMENT"] = "test"
os.environ["TWIZA_SECRET"] = "a secret for the tests, of no use anywhere else"
os.environ.pop("TWIZA_SMTP_URL", None)

import pytest
from fastapi import FastAPI
from sqlalchemy import Connection, Engine
from sqlmodel import Session

from app.kernel.catalogues import compile_catalogues
from app.kernel.database import create_database_engine
from app.kernel.embedded import EmbeddedPostgres
from app.kernel.i18n import speaking
from app.kernel.migrating import migrate
from app.kernel.settings import Settings
from app.main import create_app
from tests.browser_client import Browser
from tests.factories import Factory
from tests.reference import load_reference

compile_catalogues()


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    if url := os.environ.get("TWIZA_TEST_DATABASE_URL"):
        yield url
        return
    # Not among pytest's own folders: it closes them to everybody else, the server's user included, at each start.
    with TemporaryDirectory(prefix="twiza-tests-", ignore_cleanup_errors=True) as folder:
        server = EmbeddedPostgres(Path(folder))
        yield server.start()
        server.stop()


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    """A migrated database with the reference data in it; nothing that a test writes stays."""
    engine = create_database_engine(database_url)
    migrate(engine)
    load_reference(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """One outer transaction around the whole test, always rolled back."""
    with engine.connect() as connection:
        outer = connection.begin()
        connection.begin_nested()
        yield connection
        outer.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
        yield session


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return create_app(Settings(var=tmp_path_factory.mktemp("var"), base_url="http://testserver"))


@pytest.fixture
def app(shared_app: FastAPI, connection: Connection) -> FastAPI:
    """The application, working inside the test's transaction."""
    shared_app.state.engine = connection
    return shared_app


@pytest.fixture
def browser(app: FastAPI, session: Session) -> Browser:
    """Nobody is signed in; `browser.login(user)` changes that."""
    return Browser(app, session)


@pytest.fixture
def new_browser(app: FastAPI, session: Session) -> Callable[[], Browser]:
    """For a test with several people."""
    return lambda: Browser(app, session)


@pytest.fixture
def make(session: Session) -> Factory:
    """`make(User, name="…")` saves a row and fills the rest plausibly."""
    return Factory(session)


@pytest.fixture(params=["fr", "ar"])
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    """The test runs once in each language."""
    with speaking(request.param):
        yield request.param


@pytest.fixture
def query_count(connection: Connection) -> Iterator[Callable[[], int]]:
    """How many statements have run so far: the number must not grow with a list."""
    from sqlalchemy import event

    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield lambda: len(statements)
    event.remove(connection, "before_cursor_execute", note)


ROOT = Path(__file__).resolve().parents[1]
