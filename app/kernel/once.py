"""A form that creates something carries a key: sent twice (a double click, a weak network), it creates one thing."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import column, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, Session

from app.kernel.database import Table, moment_field, now


class Submission(Table, table=True):
    """One sending of a form, and where it led."""

    __tablename__ = "submission"

    key: UUID = Field(primary_key=True)
    location: str | None = None
    created_at: datetime = moment_field(default_factory=now, index=True)


def fresh_key() -> str:
    """For the hidden field `once` of a form."""
    return str(uuid4())


def first_time(session: Session, key: str | None) -> str | None:
    """None the first time; afterwards the path to which the first sending led.

    A second sending that runs at the same moment waits here until the first has committed.
    """
    identity = _uuid(key)
    if identity is None:
        return None
    inserted = session.execute(
        insert(Submission).values(key=identity, created_at=now()).on_conflict_do_nothing().returning(column("key"))
    ).first()
    if inserted:
        return None
    done = session.get(Submission, identity)
    return done.location if done else None


def led_to(session: Session, key: str | None, location: str) -> None:
    """Remember where the first sending led."""
    if (identity := _uuid(key)) is not None:
        session.execute(update(Submission).where(Submission.key == identity).values(location=location))  # type: ignore[arg-type]


def _uuid(key: str | None) -> UUID | None:
    try:
        return UUID(key) if key else None
    except ValueError:
        return None
