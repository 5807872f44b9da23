"""What those who look after something do when nobody answers: leave more time, or close it and say why."""

from collections.abc import Callable
from datetime import date, datetime

from sqlmodel import Session

from app.accounts.models import User
from app.contributions import actions as contributions
from app.contributions import queries as contribution_queries
from app.contributions.models import DeclineReason
from app.contributions.rules import CLOSING_REASONS
from app.deadlines import actions as deadlines
from app.deadlines.calendar import due_on
from app.deadlines.models import OpenStep
from app.deadlines.steps import DELAYS, Step
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.days import today
from app.kernel.errors import Invalid
from app.kernel.i18n import N_, speaking
from app.notifications import actions as notifications
from app.projects import actions as projects
from app.projects import queries as project_queries
from app.projects.models import Project
from app.projects.suggesting import actions as suggesting
from app.projects.suggesting.models import Suggestion
from app.reminders.messages import ClosedWithoutAnswer, MoreTime
from app.reminders.registry import WAITS

MORE_DAYS = (7, 14, 30)
MORE_TIME, CLOSE = "more_time", "close_waiting"


def more_time(session: Session, actor: User, row: OpenStep, days: int, words: str) -> Entry:
    """Whoever must act has until another day, and reads why; reminders begin anew. Raises Invalid (`days`, `words`)."""
    if days not in MORE_DAYS:
        raise Invalid(N_("Choisissez une des réponses proposées."), "days")
    if not words:
        raise Invalid(N_("Dites ce qui a été convenu : la personne qui doit répondre le lira."), "words")
    step, kind, number = row.step, row.subject_kind, row.subject_id
    entry = journal.record(session, actor.id, kind, number, MORE_TIME, note=words, days=days, before=_kept(row))
    due = due_on(today(), days, DELAYS[step].office)
    deadlines.begin(session, kind, number, step, due=due)
    for user in _owners(session, step, number):
        with speaking(user.locale):
            thing = WAITS[step].read(session, [number])[number]
        notice = MoreTime(thing, user.name, words, due)
        notifications.queue(session, user, notice, entry=entry, after=journal.UNDO_WITHIN)
    return entry


def close(session: Session, actor: User, row: OpenStep, reason: DeclineReason | None, words: str) -> Entry:
    """Nobody is waited for any more; those who waited are told why. Raises Invalid (`reason`, `words`)."""
    if reason not in CLOSING_REASONS:
        raise Invalid(N_("Choisissez une raison : elle aide la personne à comprendre."), "reason")
    if not words:
        raise Invalid(N_("Dites pourquoi, avec bienveillance : la personne lira vos mots."), "words")
    closed = _CLOSED.get(row.subject_kind, _end)
    return closed(session, actor, row, reason, words)


def _contribution(session: Session, actor: User, row: OpenStep, reason: DeclineReason, words: str) -> Entry:
    (one,) = contribution_queries.whole(session, [row.subject_id])
    return contributions.close(session, actor, one, reason, words)


def _project(session: Session, actor: User, row: OpenStep, reason: DeclineReason, words: str) -> Entry:
    project = session.get_one(Project, row.subject_id)
    standing = project_queries.standing(session, actor, project)
    return projects.move(session, standing, project, "close", words, reason=reason.value)


def _suggestion(session: Session, actor: User, row: OpenStep, _reason: DeclineReason, words: str) -> Entry:
    """Its author reads the words as an answer."""
    suggestion = session.get_one(Suggestion, row.subject_id)
    standing = project_queries.standing(session, actor, suggestion.project)
    return suggesting.decline(session, standing, suggestion, words)


def _end(session: Session, actor: User, row: OpenStep, reason: DeclineReason, words: str) -> Entry:
    """Of what has no state of its own for it: the step ends, both who should have acted and who waited are told."""
    kind, number, step = row.subject_kind, row.subject_id, row.step
    kept = _kept(row)
    entry = journal.record(session, actor.id, kind, number, CLOSE, note=words, reason=reason.value, before=kept)
    concerned = WAITS[step].concerned
    told = {user.id: user for user in _owners(session, step, number)}
    told |= {user.id: user for user in (concerned(session, number) if concerned else ())}
    for user in told.values():
        with speaking(user.locale):
            thing = WAITS[step].read(session, [number])[number]
        notice = ClosedWithoutAnswer(thing, user.name, words, reason)
        notifications.queue(session, user, notice, entry=entry, after=journal.UNDO_WITHIN)
    deadlines.end(session, kind, number)
    return entry


_CLOSED: dict[Subject, Callable[[Session, User, OpenStep, DeclineReason, str], Entry]] = {
    Subject.CONTRIBUTION: _contribution,
    Subject.PROJECT: _project,
    Subject.SUGGESTION: _suggestion,
}
"""Those that know a state for it; the others just end."""


def undo(session: Session, actor: User, entry: Entry) -> None:
    """Take back more time, or what was closed here: it waits as before. Raises TooLateToUndo."""
    if entry.verb not in (MORE_TIME, CLOSE):
        raise journal.TooLateToUndo
    journal.take_back(session, actor.id, entry)
    notifications.cancel(session, entry)
    before = entry.data["before"]
    since, due = datetime.fromisoformat(before["since"]), date.fromisoformat(before["due_on"])
    deadlines.begin(session, entry.subject_kind, entry.subject_id, Step(before["step"]), since, due)


def _kept(row: OpenStep) -> dict[str, str]:
    return {"step": row.step.value, "since": row.since.isoformat(), "due_on": row.due_on.isoformat()}


def _owners(session: Session, step: Step, number: int) -> list[User]:
    owners = WAITS[step].owners
    return list({user.id: user for user in owners(session, number)}.values()) if owners else []
