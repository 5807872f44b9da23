from sqlmodel import Session

from app.accounts.contact import parse_phone
from app.accounts.models import User
from app.assistance import rules
from app.assistance.models import AssistanceKind, AssistanceRequest
from app.deadlines import actions as deadlines
from app.journal import actions as journal
from app.journal.actions import TooLateToUndo
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid, Refusal
from app.kernel.i18n import N_, current_locale


class AlreadyAnswered(Refusal):
    message = N_("Quelqu’un de l’équipe s’en est déjà occupé.")


def give_feedback(session: Session, user: User | None, text: str, page: str) -> AssistanceRequest:
    return _keep(session, AssistanceRequest(kind=AssistanceKind.FEEDBACK, text=text, page=page, locale=""), user)


def ask_for_call(session: Session, user: User | None, phone: str, hour: str, text: str, page: str) -> AssistanceRequest:
    """`hour` is in the person's words. Raises Invalid (`phone`)."""
    number = parse_phone(phone)
    request = AssistanceRequest(kind=AssistanceKind.CALL, phone=number, hour=hour, text=text, page=page, locale="")
    return _keep(session, request, user)


def _keep(session: Session, request: AssistanceRequest, user: User | None) -> AssistanceRequest:
    """In the language in which the person will be answered."""
    request.locale = current_locale()
    request.user_id = user.id if user else None
    session.add(request)
    _follow_clock(session, request)
    return request


def finish(session: Session, user: User, request: AssistanceRequest, outcome: str) -> Entry:
    """Somebody took care of it. Raises Forbidden, AlreadyAnswered, Invalid (`outcome`)."""
    if not rules.can_answer(user):
        raise Forbidden
    if request.done_at is not None:
        raise AlreadyAnswered
    if request.kind is AssistanceKind.CALL and not outcome:
        raise Invalid(N_("Dites en un mot ce que l’appel a donné."), "outcome")
    request.done_at, request.done_by_id, request.outcome = now(), user.id, outcome
    session.add(request)
    _follow_clock(session, request)
    return journal.record(session, user.id, Subject.ASSISTANCE, request.id, "finish", note=outcome)


def undo(session: Session, user: User, request: AssistanceRequest, entry: Entry) -> None:
    """It waits again. Raises TooLateToUndo."""
    if entry.verb != "finish" or entry.subject_id != request.id:
        raise TooLateToUndo
    journal.take_back(session, user.id, entry)
    request.done_at = request.done_by_id = None
    request.outcome = ""
    session.add(request)
    _follow_clock(session, request)


def _follow_clock(session: Session, request: AssistanceRequest) -> None:
    """Whoever is waited for now, and until when."""
    session.flush()
    deadlines.follow(session, Subject.ASSISTANCE, request.id, rules.step_of(request), request.created_at)
