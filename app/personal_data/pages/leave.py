"""Leaving, and staying after all."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from app.accounts import departures
from app.accounts.models import User
from app.accounts.sessions import COOKIE, CurrentUser
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import format_date
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.personal_data.forms import SubmittedLeave

router = APIRouter(prefix="/account")


@router.get("/leave", name="leave")
def leave(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    if departures.asked_by(session, user):
        return RedirectResponse(path(request, "leaving"), 303)
    return _page(request, session, user, blank())


@router.post("/leave", name="send_leave")
def send_leave(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedLeave) -> Response:
    """With the password; the session alone would let whoever holds the phone do it."""
    request.app.state.limits.hit("10 per hour", "leave", str(user.id))
    if not user.password_hash:
        return send_leave_link(request, session, user)
    if not form.refused:
        try:
            departure = departures.ask_with_password(session, user, form.data.current)
        except Invalid as error:
            form.refuse(error)
        else:
            word = _(
                "C’est demandé : votre compte sera supprimé le %(day)s. Pour rester, connectez-vous avant ce jour."
            )
            flash = Flash(word % {"day": format_date(departure.next_at)}, "info")
            response = see_other(request, path(request, "home"), flash)
            response.delete_cookie(COOKIE, path="/")
            return response
    form.values.clear()
    return _page(request, session, user, form)


@router.post("/leave/link", name="send_leave_link")
def send_leave_link(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    """For those without password, or who forgot it."""
    request.app.state.limits.hit("5 per hour", "leave_link", str(user.id))
    if user.email is None:
        return _page(request, session, user, blank())
    departures.ask_by_link(session, user)
    return see_other(request, path(request, "check_mail"))


@router.get("/leaving", name="leaving")
def leaving(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    """The account is on its way out: one tap, and it stays."""
    goes_at = departures.asked_by(session, user)
    if goes_at is None:
        return RedirectResponse(path(request, "my_data"), 303)
    return render(request, "personal_data/leaving.html", goes_at=goes_at)


@router.post("/stay", name="stay")
def stay(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    departures.stay(session, user)
    return see_other(request, path(request, "my_page"), Flash(_("Vous restez : rien n’a changé. Merci !")))


def _page(request: Request, session: Session, user: User, form: Submitted[Any]) -> Response:
    return render(
        request,
        "personal_data/leave.html",
        status=422 if form.refused else 200,
        user=user,
        form=form,
        may_leave=departures.may_leave(session, user),
        days=departures.GRACE.days,
    )
