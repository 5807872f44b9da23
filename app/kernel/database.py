"""The engine, the session of a request, and what the tables share."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, cast

from fastapi import Depends, Request
from sqlalchemy import CheckConstraint, DateTime, Engine, MetaData, Text, create_engine
from sqlalchemy.orm import QueryableAttribute
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, Session, SQLModel

SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Table(SQLModel):
    """What our tables inherit: the names of constraints follow one convention."""

    metadata = SQLModel.metadata


class Value(TypeDecorator[StrEnum]):
    """An enum stored by value, as text: PostgreSQL's own enum types are hard to change. Pair it with `one_of`."""

    impl = Text
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: Any, dialect: Any) -> StrEnum | None:  # noqa: ARG002
        return None if value is None else self.enum(value)


def one_of(column: str, enum: type[StrEnum]) -> CheckConstraint:
    """The check that goes with a `Value` column."""
    values = ", ".join(f"'{member.value}'" for member in enum)
    return CheckConstraint(f"{column} IN ({values})", name=column)


def related(attribute: Any) -> QueryableAttribute[Any]:
    """A relationship as the loader options want it: SQLModel types it as the value that it holds."""
    return cast(QueryableAttribute[Any], attribute)


_turned: ContextVar[datetime | None] = ContextVar("turned", default=None)


def now() -> datetime:
    """The present moment, in UTC: the one clock of the application, which `at` turns."""
    return _turned.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, it is that moment and time stands still: for the demonstration, for simulations and for tests."""
    token = _turned.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _turned.reset(token)


def moment_field(**options: Any) -> Any:
    """A `timestamptz` column."""
    return Field(sa_type=DateTime(timezone=True), **options)


def create_database_engine(url: str, pool_size: int = 5) -> Engine:
    """`url` as people write it (`postgresql://…`); the driver is ours to choose."""
    scheme, _, rest = url.partition("://")
    if scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise ValueError(f"TWIZA_DATABASE_URL must be a postgresql:// address, not {scheme}://")
    return create_engine(
        f"postgresql+psycopg://{rest}",
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        connect_args={"options": "-c timezone=UTC -c statement_timeout=30000"},
    )


def get_session(request: Request) -> Iterator[Session]:
    """One request, one transaction: committed when the route returns, rolled back when it raises."""
    with Session(request.app.state.engine) as session:
        yield session
        session.commit()


# `scope="function"`: by default FastAPI would commit after the response is sent, and a failed commit would answer 200.
SessionDep = Annotated[Session, Depends(get_session, scope="function")]
