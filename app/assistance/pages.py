from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.contact import shown_phone
from app.accounts.sessions import CurrentUser, MaybeUser
from app.assistance import actions, queries
from app.assistance.forms import TEXT_LENGTH, SubmittedCall, SubmittedFeedback, SubmittedOutcome
from app.assistance.models import AssistanceRequest
from app.journal import queries as journal
from app.journal.models import Subject
from app.kernel import once
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import gettext as _
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, render, see_other

router = APIRouter()

LONGEST_PAGE = 500


@router.get("/feedback", name="feedback")
def feedback(request: Request, page: str = "") -> Response:
    return _form_page(request, "assistance/feedback.html", blank(page=_page(page)))


@router.post("/feedback", name="send_feedback")
def send_feedback(request: Request, session: SessionDep, viewer: MaybeUser, form: SubmittedFeedback) -> Response:
    if done := once.first_time(session, form.values.get("once")):
        return see_other(request, done)
    if form.refused:
        return _form_page(request, "assistance/feedback.html", form)
    url = path(request, "thanks", page=_page(form.data.page))
    if not form.data.contact_again:  # otherwise a machine: it is told what everybody is told
        request.app.state.limits.hit("60 per hour", "feedback", _address(request))
        actions.give_feedback(session, viewer, form.data.text, _page(form.data.page))
    once.led_to(session, form.data.once, url)
    return see_other(request, url)


@router.get("/call-me", name="call_me")
def call_me(request: Request, viewer: MaybeUser, page: str = "") -> Response:
    phone = shown_phone(viewer.phone) if viewer and viewer.phone else ""
    return _form_page(request, "assistance/call_me.html", blank(page=_page(page), phone=phone))


@router.post("/call-me", name="send_call_me")
def send_call_me(request: Request, session: SessionDep, viewer: MaybeUser, form: SubmittedCall) -> Response:
    if done := once.first_time(session, form.values.get("once")):
        return see_other(request, done)
    url = path(request, "thanks", page=_page(str(form.values.get("page") or "")), call="yes")
    if not form.refused and form.data.contact_again:
        return see_other(request, url)
    if not form.refused:
        data = form.data
        request.app.state.limits.hit("60 per hour", "call_me", _address(request))
        try:
            actions.ask_for_call(session, viewer, data.phone, data.hour, data.text, _page(data.page))
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        return _form_page(request, "assistance/call_me.html", form)
    once.led_to(session, form.data.once, url)
    return see_other(request, url)


@router.get("/feedback/thanks", name="thanks")
def thanks(request: Request, page: str = "", call: str = "") -> Response:
    return render(request, "assistance/thanks.html", page=_page(page) or path(request, "home"), call=bool(call))


def _form_page(request: Request, template: str, form: Submitted[Any]) -> Response:
    form.values["once"] = once.fresh_key()
    form.values["page"] = _page(str(form.values.get("page") or ""))
    return render(request, template, status=422 if form.refused else 200, form=form, text_length=TEXT_LENGTH)


def _page(candidate: str) -> str:
    """A path of ours, or nothing: what is shown on the desk must lead nowhere else."""
    return local_path(candidate, "") if len(candidate) <= LONGEST_PAGE and candidate.isprintable() else ""


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


@router.post("/assistance/{request_id:int}/done", name="finish_assistance")
def finish(
    request: Request, session: SessionDep, user: CurrentUser, request_id: int, form: SubmittedOutcome
) -> Response:
    found = queries.get_for_change(session, user, request_id)
    if not form.refused:
        try:
            entry = actions.finish(session, user, found, form.data.outcome)
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        return _outcome_page(request, found, form)
    undo = path(request, "undo_assistance", entry_id=entry.id, then=form.data.then)
    url = local_path(form.data.then, path(request, "desk"))
    return see_other(request, url, Flash(_("C’est noté. Merci de vous en être occupé."), undo=undo))


def _outcome_page(request: Request, found: AssistanceRequest, form: Submitted[Any]) -> Response:
    return render(request, "assistance/outcome.html", status=422, asked=found, form=form)


@router.post("/assistance/undo/{entry_id:int}", name="undo_assistance")
def undo(request: Request, session: SessionDep, user: CurrentUser, entry_id: int, then: str = "") -> Response:
    entry = journal.entry_of(session, entry_id, Subject.ASSISTANCE)
    if entry.actor_id != user.id:
        raise NotFound
    actions.undo(session, user, queries.get_for_change(session, user, entry.subject_id), entry)
    return see_other(request, local_path(then, path(request, "desk")), Flash(_("C’est annulé."), "info"))
