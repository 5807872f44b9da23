"""The threads that concern somebody, over all kinds of subjects: what they may no longer see is absent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, tuple_
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.accounts.queries import names_of
from app.contributions import sides
from app.contributions.rules import Ties
from app.conversations.about import ABOUT, Shown
from app.journal.models import Subject
from app.kernel.database import related
from app.kernel.pagination import Page, cut, decode
from app.threads import mentions
from app.threads.models import Follower, Post, Thread, Voice
from app.threads.queries import VISIBLE, called
from app.threads.telling import quoted

PAGE = 20


@dataclass(frozen=True)
class Line:
    """One thread in the list."""

    thread: Thread
    about: Shown
    unread: int
    muted: bool
    waits_for_team: bool
    """Somebody asked, and it is this person's side to answer."""
    by: str
    by_oneself: bool
    said: str
    language: str
    at: datetime
    total: int


def concerning(
    session: Session, user: User, cursor: str | None = None, *, only_unread: bool = False, only_asked: bool = False
) -> Page[Line]:
    """Those not read yet first, then the last in which something was said."""
    ties = sides.ties(session, user)
    unread = case((_unread(user), 1), else_=0)
    statement = _concerning(ties).add_columns(Follower, unread)
    key = tuple_(unread, col(Thread.last_at), col(Thread.id))
    match decode(cursor):
        case (int() as new, datetime() as moment, int() as number):
            statement = statement.where(key < tuple_(new, moment, number))
    if only_unread:
        statement = statement.where(_unread(user))
    if only_asked:
        statement = statement.where(_asked(ties))
    order = (unread.desc(), col(Thread.last_at).desc(), col(Thread.id).desc())
    rows = session.execute(statement.order_by(*order).limit(PAGE + 1)).all()
    page = cut(rows, PAGE, lambda row: (row[2], row[0].last_at, row[0].id))
    return Page(_lines(session, ties, [(row[0], row[1]) for row in page.rows]), page.next)


@dataclass(frozen=True)
class Counts:
    everything: int
    unread: int
    asked: int


def counts(session: Session, user: User) -> Counts:
    ties = sides.ties(session, user)
    listed = _concerning(ties)
    kinds = (listed, listed.where(_unread(user)), listed.where(_asked(ties)))
    counted = [
        select(func.count()).select_from(one.with_only_columns(col(Thread.id)).subquery()).scalar_subquery()
        for one in kinds
    ]
    return Counts(*session.execute(select(*counted)).one())


def unread_count(session: Session, user: User) -> int:
    """For the header of every page: mostly nothing is new, and then nothing else is asked."""
    new = select(Follower.thread_id).join(Thread, col(Thread.id) == Follower.thread_id)
    if session.exec(new.where(Follower.user_id == user.id, _unread(user)).limit(1)).first() is None:
        return 0
    return counts(session, user).unread


def _concerning(ties: Ties) -> Select[Any]:
    follows = and_(col(Follower.thread_id) == Thread.id, col(Follower.user_id) == ties.user.id)
    return (
        select(Thread)
        .join(Follower, follows, isouter=True)
        .where(
            or_(col(Follower.user_id).is_not(None), _of_own(ties)),
            or_(*(_about(kind, about.visible(ties)) for kind, about in ABOUT.items())),
            exists().where(col(Post.thread_id) == Thread.id, VISIBLE),
        )
    )


def _about(kind: Subject, numbers: Select[Any]) -> ColumnElement[bool]:
    return and_(col(Thread.subject_kind) == kind, col(Thread.subject_id).in_(numbers))


def _of_own(ties: Ties) -> ColumnElement[bool]:
    return or_(*(_about(kind, about.own(ties)) for kind, about in ABOUT.items()))


def _unread(user: User) -> ColumnElement[bool]:
    """Somebody else wrote since this person, who follows, last looked."""
    return and_(
        col(Follower.muted_at).is_(None),
        exists().where(
            col(Post.thread_id) == Thread.id,
            col(Post.id) > col(Follower.read_to),
            col(Post.author_id) != user.id,
            VISIBLE,
        ),
    )


def _asked(ties: Ties) -> ColumnElement[bool]:
    """A question waits for the answer of a team to which this person belongs."""
    return and_(_of_own(ties), exists().where(col(Post.thread_id) == Thread.id, col(Post.wants_answer)))


def _lines(session: Session, ties: Ties, rows: Sequence[tuple[Thread, Follower | None]]) -> list[Line]:
    ids = [thread.id for thread, _follower in rows]
    about = _shown(session, ties, [thread for thread, _follower in rows])
    last = _last(session, ids)
    names = names_of(session, {number for post in last.values() for number in mentions.numbers(post.text)})
    totals = _totals(session, ids, ties.user)
    lines = []
    for thread, follower in rows:
        shown, post = about[thread.subject_kind, thread.subject_id], last[thread.id]
        total, unread, asked = totals[thread.id]
        lines.append(
            Line(
                thread=thread,
                about=shown,
                unread=unread if follower and follower.muted_at is None else 0,
                muted=bool(follower and follower.muted_at),
                waits_for_team=asked and shown.seat.voice is Voice.TEAM,
                by=called(shown.seat, post.author),
                by_oneself=post.author_id == ties.user.id,
                said=quoted(shown.seat, post, names),
                language=post.language,
                at=post.created_at,
                total=total,
            )
        )
    return lines


def _shown(session: Session, ties: Ties, threads: Sequence[Thread]) -> Mapping[tuple[Subject, int], Shown]:
    found: dict[tuple[Subject, int], Shown] = {}
    for kind, about in ABOUT.items():
        ids = [thread.subject_id for thread in threads if thread.subject_kind is kind]
        if ids:
            found |= {(kind, number): shown for number, shown in about.shown(session, ties, ids).items()}
    return found


def _last(session: Session, thread_ids: Sequence[int]) -> dict[int, Post]:
    """The last that can be read in each."""
    newest = select(func.max(Post.id)).where(col(Post.thread_id).in_(thread_ids), VISIBLE).group_by(col(Post.thread_id))
    rows = session.exec(select(Post).where(col(Post.id).in_(newest)).options(joinedload(related(Post.author))))
    return {post.thread_id: post for post in rows}


def _totals(session: Session, thread_ids: Sequence[int], user: User) -> dict[int, tuple[int, int, bool]]:
    """How many posts, how many of them are new, and whether a question waits."""
    new = and_(col(Post.id) > col(Follower.read_to), col(Post.author_id) != user.id)
    rows = session.execute(
        select(Post.thread_id, func.count(), func.count().filter(new), func.bool_or(Post.wants_answer))
        .join(
            Follower,
            and_(col(Follower.thread_id) == Post.thread_id, col(Follower.user_id) == user.id),
            isouter=True,
        )
        .where(col(Post.thread_id).in_(thread_ids), VISIBLE)
        .group_by(col(Post.thread_id))
    )
    return {thread_id: (total, unread, asked) for thread_id, total, unread, asked in rows}
