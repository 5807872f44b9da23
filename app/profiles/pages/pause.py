"""Not before September: the person says from when they may be asked for help again."""

from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser
from app.kernel.database import SessionDep
from app.kernel.days import today
from app.kernel.errors import Invalid
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import format_date, ngettext, number
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.profiles import solicitations
from app.profiles.forms import SubmittedPause

router = APIRouter(prefix="/profiles")

SEPTEMBER = 9


@router.get("/pause", name="pause")
def pause(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    return _page(request, session, user)


@router.post("/pause", name="set_pause")
def set_pause(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedPause) -> Response:
    """Without a day, the pause ends."""
    if not form.refused:
        try:
            solicitations.pause(session, user, form.data.until)
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        return _page(request, session, user, form)
    words = _("C’est noté : personne ne vous sollicite avant le %(day)s.")
    if form.data.until is None:
        return see_other(request, path(request, "pause"), Flash(_("C’est noté : on peut de nouveau vous solliciter.")))
    return see_other(request, path(request, "pause"), Flash(words % {"day": format_date(form.data.until)}))


def _page(request: Request, session: Session, user: User, form: Submitted[Any] | None = None) -> Response:
    until = user.not_before if user.not_before and user.not_before > today() else None
    return render(
        request,
        "profiles/pause.html",
        status=422 if form else 200,
        until=until,
        choices=_choices(),
        form=form or blank(),
        asked_from=solicitations.free_from(session, [user.id]).get(user.id),
    )


def _choices() -> list[tuple[str, str]]:
    """Days that one tap sets."""
    day = today()
    september = date(day.year if day.month < SEPTEMBER else day.year + 1, SEPTEMBER, 1)
    months = [
        (day + timedelta(days=30 * n), ngettext("%(n)s mois", "%(n)s mois", n) % {"n": number(n)}) for n in (1, 3)
    ]
    return [(one.isoformat(), words) for one, words in (*months, (september, _("Jusqu’en septembre")))]
