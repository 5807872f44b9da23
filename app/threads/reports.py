"""A post that somebody finds wrong: a moderator hides it with a reason, or lets it stand; whoever spoke up is told."""

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden
from app.notifications import actions as notifications
from app.threads import messages, queries, rules, waiting
from app.threads.actions import AlreadyDone, bring_back, take_away
from app.threads.models import Fault, Post, PostReport
from app.threads.rules import Seat, Verb
from app.threads.telling import Topic

KEEP = "keep"


def report(
    session: Session, seat: Seat, post: Post, topic: Topic, moderators: Iterable[User], reason: Fault, words: str
) -> Entry:
    """Once for each person; the moderators are told of the first. Raises Forbidden, AlreadyDone."""
    if seat.user is None or not rules.may(seat, post, Verb.REPORT):
        raise Forbidden
    is_first = session.exec(queries.open_reports([post.id]).limit(1)).first() is None
    values = {"post_id": post.id, "reporter_id": seat.user.id, "reason": reason, "words": words, "created_at": now()}
    made = insert(PostReport).values(values).on_conflict_do_nothing().returning(col(PostReport.id))
    if session.execute(made).first() is None:
        raise AlreadyDone
    entry = journal.record(session, seat.user.id, Subject.POST, post.id, Verb.REPORT, note=words, reason=reason)
    waiting.follow(session, post)
    if is_first:
        notice = messages.PostReported(topic.title, "/desk?kind=report", why=reason)
        for moderator in moderators:
            if moderator.id not in (seat.user.id, post.author_id):
                notifications.queue(session, moderator, notice, entry=entry, after=journal.UNDO_WITHIN)
    return entry


def hide(session: Session, seat: Seat, post: Post, topic: Topic, why: Fault, words: str = "") -> Entry:
    """It is no longer shown, and its author told why. Raises Forbidden, AlreadyDone."""
    if post.hidden_at is not None:
        raise AlreadyDone
    if seat.user is None or not rules.may(seat, post, Verb.HIDE):
        raise Forbidden
    settled = _settle(session, seat.user, post)
    entry = take_away(session, seat.user, post, Verb.HIDE, why, words, [one.id for one in settled])
    told = messages.PostHidden(topic.title, topic.path, why=why, word=words)
    notifications.queue(session, post.author, told, entry=entry, after=journal.UNDO_WITHIN)
    _tell_reporters(session, settled, topic, entry, hidden=True)
    return entry


def keep(session: Session, seat: Seat, post: Post, topic: Topic) -> Entry:
    """What was reported stands. Raises Forbidden, AlreadyDone."""
    if seat.user is None or not seat.moderates or rules.is_own(seat, post):
        raise Forbidden
    settled = _settle(session, seat.user, post)
    if not settled:
        raise AlreadyDone
    waiting.follow(session, post)
    entry = journal.record(session, seat.user.id, Subject.POST, post.id, KEEP, reports=[one.id for one in settled])
    _tell_reporters(session, settled, topic, entry, hidden=False)
    return entry


def undo(session: Session, actor: User, post: Post, entry: Entry) -> None:
    """Take back one's own report or decision, within ten minutes. Raises TooLateToUndo."""
    if entry.verb not in (Verb.REPORT, Verb.HIDE, KEEP):
        raise journal.TooLateToUndo
    journal.take_back(session, actor.id, entry)
    notifications.cancel(session, entry)
    if entry.verb == Verb.REPORT:
        own = col(PostReport.post_id) == post.id, col(PostReport.reporter_id) == actor.id
        for one in session.exec(select(PostReport).where(*own, col(PostReport.settled_at).is_(None))):
            session.delete(one)
        waiting.follow(session, post)
        return
    session.execute(
        update(PostReport)
        .where(col(PostReport.id).in_(entry.data["reports"]))
        .values(settled_at=None, settled_by_id=None)
    )
    if entry.verb == Verb.HIDE:
        bring_back(session, post, bool(entry.data.get("asked")))
    waiting.follow(session, post)


def _settle(session: Session, moderator: User, post: Post) -> list[PostReport]:
    """The reports of a post that were still open."""
    reports = list(session.exec(queries.open_reports([post.id])).all())
    for one in reports:
        one.settled_at, one.settled_by_id = now(), moderator.id
    session.flush()
    return reports


def _tell_reporters(
    session: Session, settled: Iterable[PostReport], topic: Topic, entry: Entry, *, hidden: bool
) -> None:
    notice = messages.ReportSettled(topic.title, topic.path, hidden=hidden)
    for one in settled:
        if one.reporter.closed_at is None and one.reporter_id != entry.actor_id:
            notifications.queue(session, one.reporter, notice, entry=entry, after=journal.UNDO_WITHIN)
