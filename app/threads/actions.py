"""What people do in a thread, and what moderators do with it: one verb, one function."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from app.accounts.contact import holds_address
from app.accounts.models import User
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid, Refusal
from app.kernel.folding import is_mostly_arabic
from app.kernel.i18n import N_
from app.threads import mentions, queries, rules, telling, waiting
from app.threads.models import Fault, Follower, Mention, Post, PostVersion, Thread, Voice
from app.threads.queries import ThreadView
from app.threads.rules import Seat, Verb
from app.threads.telling import Listener, Topic


class ThreadClosed(Refusal):
    message = N_("On ne peut plus écrire dans cette conversation.")


class Stale(Refusal):
    """Another page of the same person saved it since."""

    message = N_("Ce message a changé entre-temps : son texte actuel est ci-dessous.")


class AlreadyDone(Refusal):
    message = N_("C’était déjà fait : regardez où en est la conversation.")


IN_PUBLIC = N_("Laissez de côté les adresses e-mail et les numéros de téléphone : tout le monde lit cette page.")
BEFORE_AGREEMENT = N_(
    "Laissez de côté les adresses e-mail et les numéros de téléphone : "
    "vous les échangerez ici dès que les deux côtés seront d’accord."
)
NOBODY_OF_THAT_NAME = N_(
    "Après @, écrivez le nom d’une personne de cette conversation, tel qu’il est affiché ; "
    "les adresses et les pseudonymes n’ont pas leur place ici."
)


def say(
    session: Session,
    seat: Seat,
    topic: Topic,
    listeners: Collection[Listener],
    text: str,
    to: Collection[int] = (),
    asks: bool = False,
) -> Post:
    """Write in the thread of that topic. `to`: whom it is addressed to, besides those whom it names.

    `asks`: the team is waited for. Raises ThreadClosed, Invalid (`text`).
    """
    author = _writer(seat)
    thread = _held(session, topic)
    kept, mentioned = _checked(session, seat, topic, listeners, text, to)
    asks = asks and rules.asks(seat, topic.kind)
    asked_already = session.exec(select(Post.id).where(Post.thread_id == thread.id, col(Post.wants_answer))).first()
    post = Post(
        thread_id=thread.id,
        author_id=author.id,
        voice=seat.voice,
        organisation_id=seat.organisation_id,
        text=kept,
        language="ar" if is_mostly_arabic(text) else "fr",
        wants_answer=asks and asked_already is None,
        created_at=now(),
    )
    post.author = author
    session.add(post)
    thread.last_at = post.created_at
    session.flush()
    _mention(session, post, mentioned)
    entry = journal.record(session, author.id, Subject.POST, post.id, "say")
    if seat.voice is Voice.TEAM:
        waiting.answered(session, thread.id)
    due = waiting.follow(session, post)
    telling.tell(session, post, topic, listeners, entry, due)
    _read(session, thread.id, author.id, post.id)
    return post


def _writer(seat: Seat) -> User:
    if seat.user is None or not seat.may_write:
        raise ThreadClosed
    return seat.user


def _held(session: Session, topic: Topic) -> Thread:
    """The thread, begun if need be, held until the end of the request: posts come one after the other."""
    values = {"subject_kind": topic.kind, "subject_id": topic.subject_id, "last_at": now()}
    session.execute(insert(Thread).values(values).on_conflict_do_nothing())
    return session.exec(
        select(Thread)
        .where(Thread.subject_kind == topic.kind, Thread.subject_id == topic.subject_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def _checked(
    session: Session, seat: Seat, topic: Topic, listeners: Collection[Listener], text: str, to: Collection[int]
) -> tuple[str, set[int]]:
    """The text as it is kept, and whom it mentions: those alone who may read it."""
    spoken = {user.id: user.name for user, _last in queries.speakers(session, topic.kind, topic.subject_id)}
    heard = {one.user.id for one in listeners}
    people = {number: name for number, name in queries.mentionable(seat, spoken).items() if number in heard}
    kept, mentioned = mentions.found(text, people)
    written = mentions.without(kept)
    if not seat.passes_addresses and holds_address(written):
        if "@" in written and not holds_address(written.replace("@", " ")) and " @" in f" {written}":
            raise Invalid(NOBODY_OF_THAT_NAME, "text")
        raise Invalid(IN_PUBLIC if seat.is_public else BEFORE_AGREEMENT, "text")
    return kept, mentioned | (set(to) & people.keys())


def _mention(session: Session, post: Post, mentioned: Collection[int]) -> None:
    if mentioned:
        rows = [{"post_id": post.id, "user_id": number} for number in mentioned]
        session.execute(insert(Mention).values(rows).on_conflict_do_nothing())


def edit(
    session: Session,
    seat: Seat,
    post: Post,
    topic: Topic,
    listeners: Collection[Listener],
    text: str,
    version: int,
) -> None:
    """Say it otherwise; what it said before can still be read. Raises Forbidden, Stale, Invalid (`text`)."""
    if not rules.may(seat, post, Verb.EDIT):
        raise Forbidden
    if version != post.version:
        raise Stale
    kept, mentioned = _checked(session, seat, topic, listeners, text, ())
    if kept == post.text:
        return
    before = PostVersion(
        post_id=post.id,
        version=post.version,
        text=post.text,
        language=post.language,
        written_at=post.edited_at or post.created_at,
    )
    session.add(before)
    post.text, post.language = kept, "ar" if is_mostly_arabic(text) else "fr"
    post.version += 1
    post.edited_at = now()
    already = set(session.exec(select(Mention.user_id).where(Mention.post_id == post.id)).all())
    new = mentioned - already
    _mention(session, post, new)
    session.flush()
    entry = journal.record(session, post.author_id, Subject.POST, post.id, "edit")
    if new:  # those alone: the others were told of the post
        telling.tell(session, post, topic, [one for one in listeners if one.user.id in new], entry)


# What is no longer shown, and shown again


def withdraw(session: Session, seat: Seat, post: Post) -> Entry:
    """By its author. Raises Forbidden."""
    if not rules.may(seat, post, Verb.WITHDRAW):
        raise Forbidden
    return take_away(session, _reader(seat), post, Verb.WITHDRAW)


def take_away(
    session: Session,
    actor: User,
    post: Post,
    verb: Verb,
    why: Fault | None = None,
    words: str = "",
    reports: Sequence[int] = (),
) -> Entry:
    """Its place stays in the thread; the messages that tell of it and have not left will not."""
    asked = post.wants_answer
    post.hidden_at, post.hidden_by_id, post.wants_answer = now(), actor.id, False
    post.hidden_why, post.hidden_words = why, words
    session.flush()
    data: dict[str, Any] = {"asked": asked}
    if why is not None:
        data |= {"reason": why, "reports": list(reports)}
    entry = journal.record(session, actor.id, Subject.POST, post.id, verb, note=words, **data)
    telling.recall(session, post)
    waiting.follow(session, post)
    return entry


def restore(session: Session, seat: Seat, post: Post) -> Entry:
    """It is shown again. Raises Forbidden."""
    if not rules.may(seat, post, Verb.RESTORE):
        raise Forbidden
    bring_back(session, post)
    return journal.record(session, _reader(seat).id, Subject.POST, post.id, Verb.RESTORE)


def bring_back(session: Session, post: Post, asked: bool = False) -> None:
    post.hidden_at = post.hidden_by_id = post.hidden_why = None
    post.hidden_words = ""
    _wait_again(session, post, asked)


def _wait_again(session: Session, post: Post, asked: bool) -> None:
    """A question waits again, unless the team spoke since, or another one waits."""
    since = select(Post.id).where(Post.thread_id == post.thread_id, Post.id != post.id)
    spoken = since.where(col(Post.id) > post.id, Post.voice == Voice.TEAM, queries.VISIBLE)
    if asked and not session.exec(spoken).first() and not session.exec(since.where(col(Post.wants_answer))).first():
        post.wants_answer = True
    waiting.follow(session, post)


def close_question(session: Session, seat: Seat, post: Post) -> Entry:
    """No answer is waited for any more. Raises Forbidden, AlreadyDone."""
    if not post.wants_answer:
        raise AlreadyDone
    if not rules.may(seat, post, Verb.CLOSE):
        raise Forbidden
    post.wants_answer = False
    waiting.follow(session, post)
    return journal.record(session, _reader(seat).id, Subject.POST, post.id, Verb.CLOSE)


def undo(session: Session, actor: User, post: Post, entry: Entry) -> None:
    """Take back what one did oneself, within ten minutes. Raises TooLateToUndo."""
    match entry.verb:
        case Verb.WITHDRAW:
            journal.take_back(session, actor.id, entry)
            bring_back(session, post, bool(entry.data.get("asked")))
        case Verb.CLOSE:
            journal.take_back(session, actor.id, entry)
            _wait_again(session, post, asked=True)
        case _:
            raise journal.TooLateToUndo


def _reader(seat: Seat) -> User:
    if seat.user is None:
        raise Forbidden
    return seat.user


# Reading


def mark_read(session: Session, view: ThreadView) -> None:
    """It was shown to the person whom it concerns."""
    if view.seat.user is not None and view.follows and view.new:
        _read(session, _thread_id(session, view), view.seat.user.id, view.last_id)


def _read(session: Session, thread_id: int, user_id: int, post_id: int) -> None:
    values = {"thread_id": thread_id, "user_id": user_id, "read_to": post_id, "told_of": 0}
    session.execute(
        insert(Follower)
        .values(values)
        .on_conflict_do_update(
            index_elements=["thread_id", "user_id"],
            set_={"read_to": post_id},
            where=col(Follower.read_to) < post_id,
        )
    )


def mute(session: Session, user: User, topic: Topic, muted: bool) -> None:
    """No message tells of it any more, but where one is mentioned; or they do again."""
    thread = _held(session, topic)
    values = {
        "thread_id": thread.id,
        "user_id": user.id,
        "read_to": 0,
        "told_of": 0,
        "muted_at": now() if muted else None,
    }
    statement = insert(Follower).values(values)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["thread_id", "user_id"], set_={"muted_at": statement.excluded.muted_at}
        )
    )


def _thread_id(session: Session, view: ThreadView) -> int:
    return session.exec(
        select(Thread.id).where(Thread.subject_kind == view.kind, Thread.subject_id == view.subject_id)
    ).one()
