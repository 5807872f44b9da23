"""One thing that nobody answers, for those who look after it: call, leave more time, or close it in words."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser
from app.contributions.rules import CLOSING_REASONS
from app.contributions.wording import reason_label
from app.journal import queries as journal
from app.journal.models import Entry, Subject
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import gettext as _
from app.kernel.i18n import ngettext, number
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, render, see_other
from app.reminders import closing, queries
from app.reminders.forms import SubmittedClose, SubmittedMoreTime
from app.reminders.queries import LeftWaiting
from app.reminders.registry import WAITS
from app.reminders.wording import LEVELS

router = APIRouter(prefix="/reminders")

UNDO = {
    Subject.CONTRIBUTION: "undo_contribution",
    Subject.PROJECT: "undo_project_move",
    Subject.SUGGESTION: "undo_suggestion",
}
"""Where those that know a state for it take back what was closed."""


def reasons() -> list[tuple[str, str]]:
    return [(one.value, reason_label(one)) for one in CLOSING_REASONS]


def delays() -> list[tuple[int, str]]:
    days = closing.MORE_DAYS
    return [(n, ngettext("%(n)s jour de plus", "%(n)s jours de plus", n) % {"n": number(n)}) for n in days]


@router.get("/{kind}/{subject_id:int}", name="left_waiting")
def left_waiting(request: Request, session: SessionDep, user: CurrentUser, kind: Subject, subject_id: int) -> Response:
    return _page(request, session, user, kind, subject_id)


@router.post("/{kind}/{subject_id:int}/more-time", name="leave_more_time")
def leave_more_time(
    request: Request, session: SessionDep, user: CurrentUser, kind: Subject, subject_id: int, form: SubmittedMoreTime
) -> Response:
    found = queries.open_of(session, user, kind, subject_id, hold=True)
    if found is None or form.refused:
        return _page(request, session, user, kind, subject_id, more_time=form)
    try:
        entry = closing.more_time(session, user, found.open_step, form.data.days or 0, form.data.words)
    except Invalid as error:
        form.refuse(error)
        return _page(request, session, user, kind, subject_id, more_time=form)
    undo = path(request, "undo_waiting", entry_id=entry.id, then=form.data.then)
    return _back(request, form.data.then, Flash(_("C’est noté : la personne qui doit répondre le lit."), undo=undo))


@router.post("/{kind}/{subject_id:int}/close", name="close_waiting")
def close_waiting(
    request: Request, session: SessionDep, user: CurrentUser, kind: Subject, subject_id: int, form: SubmittedClose
) -> Response:
    found = queries.open_of(session, user, kind, subject_id, hold=True)
    if found is None or form.refused:
        return _page(request, session, user, kind, subject_id, close=form)
    try:
        entry = closing.close(session, user, found.open_step, form.data.reason, form.data.words)
    except Invalid as error:
        form.refuse(error)
        return _page(request, session, user, kind, subject_id, close=form)
    undo = path(request, UNDO.get(kind, "undo_waiting"), entry_id=entry.id, then=form.data.then)
    return _back(request, form.data.then, Flash(_("C’est fermé : ceux qui attendaient lisent pourquoi."), undo=undo))


@router.post("/undo/{entry_id:int}", name="undo_waiting")
def undo_waiting(request: Request, session: SessionDep, user: CurrentUser, entry_id: int, then: str = "") -> Response:
    entry = session.get(Entry, entry_id) if 0 < entry_id <= journal.MAX_ID else None
    if entry is None or entry.actor_id != user.id:
        raise NotFound
    closing.undo(session, user, entry)
    return _back(request, then, Flash(_("C’est annulé."), "info"))


def _back(request: Request, then: str, word: Flash) -> Response:
    return see_other(request, local_path(then, path(request, "desk")), word)


def _page(
    request: Request,
    session: Session,
    user: User,
    kind: Subject,
    subject_id: int,
    **refused: Submitted[Any],
) -> Response:
    """With the form that came back, as it was typed."""
    found: LeftWaiting | None = queries.open_of(session, user, kind, subject_id)
    if found is None:
        return render(request, "reminders/answered.html", status=409 if refused else 200)
    owners = WAITS[found.open_step.step].owners
    then = next((str(form.values.get("then") or "") for form in refused.values()), "")
    return render(
        request,
        "reminders/left_waiting.html",
        status=422 if refused else 200,
        found=found,
        owners=owners(session, subject_id) if owners else [],
        reminders=[(at, _(LEVELS[level])) for level, at in queries.reminders_of(session, found.open_step)],
        more_time=refused.get("more_time", blank()),
        close=refused.get("close", blank()),
        no_form=blank(),
        reasons=reasons(),
        delays=delays(),
        then=local_path(then, path(request, "desk")),
    )
