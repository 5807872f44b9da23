"""Loads the story into an empty database, or again into its own; never among other people's data."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import and_, delete, text, update
from sqlmodel import Session, col, func, select

from app.accounts.models import User
from app.demonstration import (
    calls,
    content,
    contributions,
    conversations,
    missions,
    news,
    organisations,
    people,
    profiles,
    projects,
    realisations,
)
from app.demonstration.story import Story
from app.kernel.database import Table, now
from app.kernel.loaded import LoadedData, edition, note_loaded
from app.matching import actions as matching
from app.matching.models import MatchDocument, MatchEdition
from app.notifications.models import Message, MessageState
from app.threads.models import Follower

NAME = "demonstration"
KEPT = ("app.territories", "app.taxonomy", "app.kernel.loaded")
"""Modules whose tables a new beginning leaves alone…"""
FORGOTTEN = (MatchDocument, MatchEdition)
"""…and tables whose rows stay, forgotten: every process that holds a copy must learn of it."""
READ_AFTER = timedelta(days=12)
"""What people were told before that, they have read."""


class Refused(Exception):
    """Says why to whoever runs the command."""


class NotOurs(Refused):
    def __init__(self) -> None:
        super().__init__("This database serves people: the demonstration only goes into an empty one.")


class AlreadyLoaded(Refused):
    def __init__(self) -> None:
        super().__init__("The demonstration is there. To begin anew: twiza demo --again")


def is_loaded(session: Session) -> bool:
    return session.get(LoadedData, NAME) is not None


def is_empty(session: Session) -> bool:
    return session.exec(select(User.id).limit(1)).first() is None


def check(session: Session, again: bool = False) -> None:
    """Raises NotOurs, and AlreadyLoaded unless it is to be told `again`."""
    if not is_loaded(session) and not is_empty(session):
        raise NotOurs
    if is_loaded(session) and not again:
        raise AlreadyLoaded


def load(session: Session, again: bool = False) -> Iterator[float]:
    """Tell the story; yields how much of it is told. Raises what `check` raises."""
    check(session, again)
    if is_loaded(session):
        wipe(session)
    told = content.read()
    story = Story(session)
    people.plan(story, told.person)
    organisations.plan(story, told.organisation, told.person)
    profiles.plan(story, told.person, told.collective, told.organisation)
    projects.plan(story, told.project)
    contributions.plan(story, told.contribution)
    missions.plan(story, told.mission)
    realisations.plan(story, told.project)
    news.plan(story, told.news)
    calls.plan(story, told.call)
    conversations.plan(story, told.post)
    yield from story.tell()
    _settle_messages(session)
    note_loaded(session, NAME, edition(content.DATA.iterdir()))


def visitors(session: Session) -> int:
    """How many accounts were opened since, by people who tried the demonstration."""
    loaded = session.get(LoadedData, NAME)
    opened = select(func.count()).select_from(User)
    return session.exec(opened.where(User.created_at > loaded.loaded_at)).one() if loaded else 0


def wipe(session: Session) -> None:
    """Everything but the reference data: what visitors tried hangs on what the demonstration told."""
    for document in session.exec(select(MatchDocument)).all():
        matching.forget(session, document.kind, document.subject_id)
    tables = ", ".join(
        f'"{table.__tablename__}"'
        for table in Table.__subclasses__()
        if not table.__module__.startswith(KEPT) and table not in FORGOTTEN
    )
    session.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
    session.execute(delete(LoadedData).where(col(LoadedData.name) == NAME))
    session.expire_all()


def _settle_messages(session: Session) -> None:
    """They were sent and read on their days; the latest are still to be read."""
    queued = and_(col(Message.state) == MessageState.QUEUED, col(Message.not_before) <= now())
    sent = {"state": MessageState.SENT, "sent_at": col(Message.not_before), "attempts": 1}
    session.execute(update(Message).where(queued).values(sent))
    old = col(Message.created_at) < now() - READ_AFTER
    session.execute(update(Message).where(old).values(read_at=col(Message.created_at) + timedelta(hours=20)))
    session.execute(
        update(Follower).where(col(Follower.told_at) < now() - READ_AFTER).values(read_to=col(Follower.told_of))
    )
