"""A thread as one person reads it, in a number of queries that does not grow with its length, nor with their number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup
from sqlalchemy import and_, func, literal, true
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import User
from app.accounts.queries import names_of
from app.deadlines import queries as deadlines
from app.journal.models import Subject
from app.kernel.database import related
from app.kernel.errors import NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import label
from app.kernel.once import fresh_key
from app.kernel.pagination import decode, encode
from app.kernel.text import prose
from app.threads import mentions, rules
from app.threads.models import Follower, Mention, Post, PostReport, PostVersion, Thread
from app.threads.rules import Seat, Verb
from app.threads.wording import hidden_sentence, voice_label

MAX_ID = 2**31 - 1
PAGE = 20
FEW = 3
"""Of a thread that stands among others."""

VISIBLE = col(Post.hidden_at).is_(None)


@dataclass(frozen=True)
class PostView:
    """A post as one person reads it."""

    post: Post
    name: str
    answers_for: str
    """The organisation, where they spoke for one."""
    voice: str
    text: Markup
    """Empty if it is hidden from this reader."""
    to: Sequence[str]
    """Those who are addressed without being named in the text."""
    hidden: str
    """What is said in its place."""
    is_own: bool
    is_new: bool
    verbs: Sequence[Verb]
    reports: int
    """How many people said that something is wrong with it: for moderators."""


@dataclass(frozen=True)
class ThreadView:
    kind: Subject
    subject_id: int
    seat: Seat
    posts: Sequence[PostView] = ()
    """The oldest of them first."""
    total: int = 0
    """Without those that are hidden."""
    new: int = 0
    """Not read yet by this person."""
    earlier: str | None = None
    """The cursor of those before."""
    question: Post | None = None
    """Which waits for the team…"""
    answer_due: date | None = None
    """…and the day before which it should be answered."""
    muted: bool = False
    follows: bool = False
    people: Mapping[int, str] = field(default_factory=dict)
    """Whom this person may mention."""
    form: Submitted[Any] = field(default_factory=lambda: blank(once=fresh_key(), asks="yes"))
    """To write in it."""

    @property
    def asks(self) -> bool:
        return rules.asks(self.seat, self.kind)

    @property
    def last_id(self) -> int:
        return max((one.post.id for one in self.posts), default=0)


def thread(
    session: Session, kind: Subject, subject_id: int, seat: Seat, before: str | None = None, last: int = PAGE
) -> ThreadView:
    """The last of what was said about one thing, or what was said before that."""
    return _read(session, kind, {subject_id: seat}, last, before)[subject_id]


def threads(session: Session, kind: Subject, seats: Mapping[int, Seat], last: int = FEW) -> dict[int, ThreadView]:
    """The same about several things of a kind, by the number of each."""
    return _read(session, kind, seats, last)


def _read(
    session: Session, kind: Subject, seats: Mapping[int, Seat], last: int, before: str | None = None
) -> dict[int, ThreadView]:
    views = {number: ThreadView(kind, number, seat, people=mentionable(seat, {})) for number, seat in seats.items()}
    reader = next((seat.user for seat in seats.values()), None)
    reader_id = reader.id if reader else 0
    found = session.exec(
        select(Thread, Follower)
        .join(
            Follower,
            and_(col(Follower.thread_id) == Thread.id, col(Follower.user_id) == reader_id),
            isouter=True,
        )
        .where(Thread.subject_kind == kind, col(Thread.subject_id).in_(seats))
    ).all()
    if not found:
        return views
    ids = [row.id for row, _follower in found]
    read_to = {row.id: follower.read_to for row, follower in found if follower}
    posts = _last_posts(session, ids, last + 1, before)
    shown = _Shown(session, reader, [post for several in posts.values() for post in several])
    counts, people = _counts(session, ids), _speakers(session, ids)
    questions = _questions(session, ids)
    due = deadlines.under_way(session, Subject.POST, [post.id for post in questions.values()])
    unread = _unread(session, read_to, reader_id)
    for row, follower in found:
        seat, several = seats[row.subject_id], posts.get(row.id, [])
        question = questions.get(row.id)
        earlier = encode((several[-last].id,)) if len(several) > last else None
        views[row.subject_id] = ThreadView(
            kind,
            row.subject_id,
            seat,
            [shown.view(kind, seat, post, read_to.get(row.id)) for post in several[-last:]],
            counts.get(row.id, 0),
            unread.get(row.id, 0),
            earlier,
            question,
            due[question.id].due_on if question and question.id in due else None,
            bool(follower and follower.muted_at),
            follower is not None,
            mentionable(seat, people.get(row.id, {})),
        )
    return views


def _last_posts(session: Session, thread_ids: Sequence[int], most: int, before: str | None) -> dict[int, list[Post]]:
    inside = select(Post.id).where(Post.thread_id == Thread.id)
    match decode(before):
        case (int() as number,):
            inside = inside.where(col(Post.id) < min(number, MAX_ID))
    newest = inside.order_by(col(Post.id).desc()).limit(most).correlate(Thread).lateral()
    rows = session.exec(
        select(Post)
        .select_from(Thread)
        .join(newest, true())
        .join(Post, col(Post.id) == newest.c.id)
        .where(col(Thread.id).in_(thread_ids))
        .options(joinedload(related(Post.author)), joinedload(related(Post.organisation)))
        .order_by(col(Post.id))
    ).all()
    posts: dict[int, list[Post]] = {}
    for post in rows:
        posts.setdefault(post.thread_id, []).append(post)
    return posts


def _counts(session: Session, thread_ids: Sequence[int]) -> dict[int, int]:
    rows = session.exec(
        select(Post.thread_id, func.count())
        .where(col(Post.thread_id).in_(thread_ids), VISIBLE)
        .group_by(col(Post.thread_id))
    )
    return dict(rows.all())


def _unread(session: Session, read_to: Mapping[int, int], reader_id: int) -> dict[int, int]:
    if not read_to:
        return {}
    rows = session.exec(
        select(Post.thread_id, func.count())
        .join(Follower, and_(col(Follower.thread_id) == Post.thread_id, col(Follower.user_id) == literal(reader_id)))
        .where(col(Post.thread_id).in_(read_to), VISIBLE)
        .where(col(Post.id) > col(Follower.read_to), col(Post.author_id) != reader_id)
        .group_by(col(Post.thread_id))
    )
    return dict(rows.all())


def _speakers(session: Session, thread_ids: Sequence[int]) -> dict[int, dict[int, str]]:
    rows = session.exec(
        select(Post.thread_id, User.id, User.name)
        .join(User, col(User.id) == Post.author_id)
        .where(col(Post.thread_id).in_(thread_ids), VISIBLE, col(User.closed_at).is_(None))
        .distinct()
        .order_by(col(User.name))
    )
    people: dict[int, dict[int, str]] = {}
    for thread_id, user_id, name in rows:
        people.setdefault(thread_id, {})[user_id] = name
    return people


def _questions(session: Session, thread_ids: Sequence[int]) -> dict[int, Post]:
    rows = session.exec(select(Post).where(col(Post.thread_id).in_(thread_ids), col(Post.wants_answer)))
    return {post.thread_id: post for post in rows}


def mentionable(seat: Seat, speakers: Mapping[int, str]) -> dict[int, str]:
    """Those who wrote and this person's colleagues, by the names that they know; nobody mentions themselves."""
    people = {**speakers, **seat.colleagues}
    people.pop(seat.user.id if seat.user else 0, None)
    return {number: seat.names.get(number, name) for number, name in people.items()}


class _Shown:
    """What the posts of a page say beside their own rows, read once."""

    def __init__(self, session: Session, reader: User | None, posts: Sequence[Post]) -> None:
        ids = [post.id for post in posts]
        self.addressed: dict[int, list[int]] = {}
        for one in session.exec(select(Mention).where(col(Mention.post_id).in_(ids)).order_by(col(Mention.user_id))):
            self.addressed.setdefault(one.post_id, []).append(one.user_id)
        mentioned = {number for numbers in self.addressed.values() for number in numbers}
        self.names = names_of(session, mentioned | {n for post in posts for n in mentions.numbers(post.text)})
        self.reports: dict[int, set[int]] = {}
        if reader is not None:
            for report in session.exec(open_reports(ids)):
                self.reports.setdefault(report.post_id, set()).add(report.reporter_id)

    def view(self, kind: Subject, seat: Seat, post: Post, read_to: int | None) -> PostView:
        hidden = hidden_sentence(post)
        reporters = self.reports.get(post.id, set())
        own = rules.is_own(seat, post)
        verbs = rules.open_verbs(seat, post)
        if seat.user and seat.user.id in reporters:
            verbs.remove(Verb.REPORT)
        in_text = mentions.numbers(post.text)
        names = {**self.names, **seat.names}
        return PostView(
            post,
            called(seat, post.author),
            label(post.organisation) if post.organisation else "",
            voice_label(kind, post.voice),
            read_text(seat, post, self.names) if not hidden or rules.reads_hidden(seat, post) else Markup(),
            [names[one] for one in self.addressed.get(post.id, []) if one not in in_text and one in names],
            hidden,
            own,
            not own and read_to is not None and post.id > read_to,
            verbs,
            len(reporters) if seat.moderates else 0,
        )


def called(seat: Seat, author: User) -> str:
    return seat.names.get(author.id, author.name)


def read_text(seat: Seat, post: Post | PostVersion, names: Mapping[int, str]) -> Markup:
    """As safe HTML, with those who are mentioned by the names that this reader knows."""
    known = {number: seat.names.get(number, name) for number, name in names.items()}

    def show(name: str) -> str:
        return str(Markup('<span class="mention">@<bdi>{}</bdi></span>').format(name))

    return Markup(mentions.said(str(prose(seat.masked(post.text))), known, show))  # noqa: S704  escaped just here


def typed_text(session: Session, seat: Seat, post: Post) -> str:
    """As its author would type it again."""
    names = names_of(session, mentions.numbers(post.text))
    return mentions.said(post.text, {**names, **seat.names})


def open_reports(post_ids: Collection[int]) -> SelectOfScalar[PostReport]:
    return select(PostReport).where(col(PostReport.post_id).in_(post_ids), col(PostReport.settled_at).is_(None))


# One post


def post(session: Session, post_id: int) -> Post:
    """With its thread and its author, whoever may see it. Raises NotFound."""
    statement = (
        select(Post)
        .where(Post.id == post_id)
        .options(
            joinedload(related(Post.thread)), joinedload(related(Post.author)), joinedload(related(Post.organisation))
        )
    )
    found = session.exec(statement).one_or_none() if 0 < post_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def post_for_change(session: Session, post_id: int) -> Post:
    """The same, held until the end of the request, with its thread: what is done in a thread is done one by one."""
    found = post(session, post_id)
    session.exec(select(Thread.id).where(Thread.id == found.thread_id).with_for_update(key_share=True)).one()
    session.refresh(found)
    return found


def versions(session: Session, seat: Seat, found: Post) -> list[tuple[PostVersion | None, Markup]]:
    """What it said before, the oldest first, and last what it says now."""
    rows = session.exec(
        select(PostVersion).where(PostVersion.post_id == found.id).order_by(col(PostVersion.version))
    ).all()
    texts = [*(row.text for row in rows), found.text]
    names = names_of(session, {number for text in texts for number in mentions.numbers(text)})
    return [*((row, read_text(seat, row, names)) for row in rows), (None, read_text(seat, found, names))]


def speakers(session: Session, kind: Subject, subject_id: int) -> Sequence[tuple[User, Post]]:
    """Those who wrote about it and have an account still, each with the last that they said."""
    latest = (
        select(func.max(Post.id))
        .join(Thread, col(Thread.id) == Post.thread_id)
        .where(Thread.subject_kind == kind, Thread.subject_id == subject_id, VISIBLE)
        .group_by(col(Post.author_id))
    )
    rows = session.exec(
        select(User, Post)
        .join(Post, col(Post.author_id) == User.id)
        .where(col(Post.id).in_(latest), col(User.closed_at).is_(None))
        .order_by(col(User.id))
    )
    return rows.all()
