"""At which step a post is: a report of it waits for a moderator, a question for the team."""

from datetime import date

from sqlmodel import Session, col, select

from app.deadlines import actions as deadlines
from app.deadlines.steps import Step
from app.journal.models import Subject
from app.threads.models import Post
from app.threads.queries import open_reports


def follow(session: Session, post: Post) -> date | None:
    """After anything happened to a post; returns the day before which somebody should act. A report comes first."""
    session.flush()
    reported = session.exec(open_reports([post.id]).limit(1)).first()
    if reported is not None:
        return deadlines.begin(session, Subject.POST, post.id, Step.REPORT_SETTLED, since=reported.created_at)
    if post.wants_answer and post.hidden_at is None:
        return deadlines.begin(session, Subject.POST, post.id, Step.QUESTION_ANSWERED, since=post.created_at)
    deadlines.end(session, Subject.POST, post.id)
    return None


def answered(session: Session, thread_id: int) -> None:
    """The team spoke: nobody waits for an answer any more."""
    for post in session.exec(select(Post).where(Post.thread_id == thread_id, col(Post.wants_answer))):
        post.wants_answer = False
        follow(session, post)
