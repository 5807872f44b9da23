"""One thread on a page of its own, writing in it, and wanting to hear no more of it."""

from enum import StrEnum
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.sessions import CurrentUser, MaybeUser
from app.conversations.about import ABOUT, Conversation
from app.conversations.forms import SubmittedMute, SubmittedSaid
from app.journal.models import Subject
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, SignInNeeded
from app.kernel.forms import Submitted
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, led_to
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, render, see_other
from app.threads import actions, queries

router = APIRouter(prefix="/conversations")


class Kind(StrEnum):
    """Of what is talked about, as an address says it."""

    PROJECT = "project"
    NEED = "need"
    CONTRIBUTION = "contribution"
    NEWS = "news"


@router.get("/{kind}/{subject_id:int}", name="conversation")
def conversation(
    request: Request, session: SessionDep, viewer: MaybeUser, kind: Kind, subject_id: int, before: str | None = None
) -> Response:
    if kind is Kind.CONTRIBUTION and viewer is None:
        raise SignInNeeded
    found = ABOUT[Subject(kind)].find(session, viewer, subject_id)
    return _page(request, session, found, before=before)


@router.post("/{kind}/{subject_id:int}", name="say")
def say(
    request: Request, session: SessionDep, user: CurrentUser, kind: Kind, subject_id: int, form: SubmittedSaid
) -> Response:
    if done := first_time(session, form.values.get("once")):
        return see_other(request, done)
    found = ABOUT[Subject(kind)].find(session, user, subject_id)
    if not form.refused:
        request.app.state.limits.hit("60 per hour", "say", str(user.id))
        data = form.data
        try:
            post = actions.say(session, found.seat, found.topic, found.listeners, data.text, data.to, data.asks)
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        return _page(request, session, found, form)
    here = path(request, "conversation", kind=kind.value, subject_id=subject_id)
    url = f"{local_path(data.then, here)}#post-{post.id}"
    led_to(session, data.once, url)
    word = _("Votre message est écrit : l’équipe est prévenue.") if post.wants_answer else _("Votre message est écrit.")
    return see_other(request, url, Flash(word, undo=path(request, "withdraw_post", post_id=post.id)))


@router.post("/{kind}/{subject_id:int}/mute", name="mute_conversation")
def mute(
    request: Request, session: SessionDep, user: CurrentUser, kind: Kind, subject_id: int, form: SubmittedMute
) -> Response:
    found = ABOUT[Subject(kind)].find(session, user, subject_id)
    muted = not form.refused and form.data.muted
    actions.mute(session, user, found.topic, muted)
    url = local_path(str(form.values.get("then") or ""), path(request, "conversations"))
    if muted:
        return see_other(
            request, url, Flash(_("Cette conversation ne vous enverra plus de message, sauf à votre nom."))
        )
    return see_other(
        request, url, Flash(_("Vous serez à nouveau prévenu(e) de ce qui s’écrit dans cette conversation."))
    )


def _page(
    request: Request,
    session: Session,
    found: Conversation,
    form: Submitted[Any] | None = None,
    before: str | None = None,
) -> Response:
    """The whole of it; after a refusal with the form as it was typed."""
    view = queries.thread(session, found.topic.kind, found.topic.subject_id, found.seat, before)
    if before is None:
        actions.mark_read(session, view)
    return render(
        request,
        "conversations/thread.html",
        status=422 if form and form.refused else 200,
        about=found.shown,
        view=view,
        form=form,
        before=before,
        here=path(request, "conversation", kind=view.kind.value, subject_id=view.subject_id),
    )
