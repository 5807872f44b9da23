"""Who is told of what was written: the parties, not the writer; several posts in a row are one message."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import shorten

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.contact import holds_address
from app.accounts.models import User
from app.accounts.queries import names_of
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.i18n import format_date, speaking
from app.notifications import actions as notifications
from app.notifications.notice import Notice
from app.threads import mentions, messages
from app.threads.models import Follower, Mention, Post, Voice
from app.threads.rules import Seat

LEAVES_AFTER = timedelta(minutes=3)
"""Time to correct, or to take back, before anybody is told."""
AGAIN_AFTER = timedelta(days=3)
"""Whoever has read nothing since the last message is told again after that."""
LONGEST_QUOTE = 300


@dataclass(frozen=True)
class Topic:
    """What a thread is about, as messages name it."""

    kind: Subject
    subject_id: int
    title: str
    path: str
    """Of the page on which it stands, without the language."""


@dataclass(frozen=True)
class Listener:
    """Somebody whom the thread concerns, and who may read it."""

    seat: Seat
    told: bool = True
    """False for those who are told only when they are mentioned."""

    @property
    def user(self) -> User:
        assert self.seat.user is not None
        return self.seat.user


def tell(
    session: Session, post: Post, topic: Topic, listeners: Collection[Listener], entry: Entry, due: date | None = None
) -> None:
    """`due`: the day before which the team should answer, if it is a question."""
    heard = [one for one in listeners if one.user.id != post.author_id and one.user.closed_at is None]
    if not heard:
        return
    followers = _followers(session, post.thread_id, [one.user.id for one in heard if one.told])
    mentioned = set(session.exec(select(Mention.user_id).where(Mention.post_id == post.id)).all())
    names = names_of(session, mentions.numbers(post.text))
    told = []
    for one in heard:
        if one.user.id not in mentioned and not (one.told and _is_due(followers[one.user.id], post)):
            continue
        notice = _notice(one, post, topic, names, one.user.id in mentioned, due)
        notifications.queue(session, one.user, notice, entry=entry, after=LEAVES_AFTER)
        told.append(one.user.id)
    _note_told(session, post, told)


def tell_again(session: Session, post: Post, topic: Topic, listeners: Collection[Listener]) -> None:
    """What is shown in a thread changed, and messages were called back: the last post is told to whom it is new."""
    last = session.exec(
        select(Post)
        .where(Post.thread_id == post.thread_id, col(Post.hidden_at).is_(None))
        .order_by(col(Post.id).desc())
        .limit(1)
    ).first()
    if last is None:
        return
    said = session.exec(_entries(last).order_by(col(Entry.id)).limit(1)).first()
    if said is None:
        return
    tell(session, last, topic, listeners, said)


def _entries(post: Post) -> SelectOfScalar[Entry]:
    """The moments at which people were told of a post."""
    return select(Entry).where(
        Entry.subject_kind == Subject.POST, Entry.subject_id == post.id, col(Entry.verb).in_(("say", "edit"))
    )


def _is_due(follower: Follower, post: Post) -> bool:
    """Not muted nor read yet; and they have read what the last message told of, or let it lie for days."""
    if follower.muted_at is not None or post.id <= follower.read_to:
        return False
    if follower.told_of <= follower.read_to or follower.told_at is None:
        return True
    return now() - follower.told_at > AGAIN_AFTER


def _notice(
    one: Listener, post: Post, topic: Topic, names: Mapping[int, str], is_mentioned: bool, due: date | None
) -> Notice:
    with speaking(one.user.locale):
        who = one.seat.names.get(post.author_id, post.author.name)
        about = (topic.title, topic.path, quoted(one.seat, post, names))
        if is_mentioned:
            return messages.Mentioned(*about, who)
        if due is not None and one.seat.voice is Voice.TEAM:
            return messages.QuestionAsked(*about, who, format_date(due))
        return messages.PostWritten(*about, who)


def quoted(seat: Seat, post: Post, names: Mapping[int, str]) -> str:
    """The beginning of a post, as this person may read it; nothing if an address stands in it."""
    if holds_address(mentions.without(post.text)):
        return ""
    said = mentions.said(seat.masked(post.text), {**names, **seat.names})
    return shorten(said, LONGEST_QUOTE, placeholder=" …")


def _followers(session: Session, thread_id: int, user_ids: Collection[int]) -> dict[int, Follower]:
    """Those whom the thread concerns from now on are among them."""
    if user_ids:
        rows = [{"thread_id": thread_id, "user_id": one, "read_to": 0, "told_of": 0} for one in user_ids]
        session.execute(insert(Follower).values(rows).on_conflict_do_nothing())
    statement = select(Follower).where(Follower.thread_id == thread_id).execution_options(populate_existing=True)
    return {row.user_id: row for row in session.exec(statement)}


def _note_told(session: Session, post: Post, told: Collection[int]) -> None:
    if not told:
        return
    values = {"told_of": post.id, "told_at": now()}
    rows = [{"thread_id": post.thread_id, "user_id": one, "read_to": 0, **values} for one in told]
    statement = insert(Follower).values(rows)
    session.execute(
        statement.on_conflict_do_update(index_elements=["thread_id", "user_id"], set_=values),
        execution_options={"populate_existing": True},
    )


def recall(session: Session, post: Post) -> None:
    """The post is no longer shown: what tells of it and has not left will not."""
    for entry in session.exec(_entries(post)):
        notifications.cancel(session, entry)
    session.execute(
        update(Follower)
        .where(col(Follower.thread_id) == post.thread_id, col(Follower.told_of) == post.id)
        .values(told_of=0, told_at=None)
    )
