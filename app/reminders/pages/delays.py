"""How long each step may take and when it is recalled: an administrator's page."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.sessions import CurrentAdministrator
from app.deadlines import queries
from app.deadlines import settings as deadlines
from app.deadlines.steps import DELAYS, Step
from app.kernel.database import SessionDep
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.reminders.forms import SubmittedDelay
from app.reminders.wording import STEPS

router = APIRouter(prefix="/reminders")


@router.get("/delays", name="delays")
def delays(request: Request, session: SessionDep, _user: CurrentAdministrator) -> Response:
    kept = queries.delays(session)
    rows = [(step, _(words), kept[step], kept[step] != DELAYS[step]) for step, words in STEPS.items()]
    return render(request, "reminders/delays.html", rows=rows)


@router.get("/delays/{step}", name="edit_delay")
def edit_delay(request: Request, session: SessionDep, _user: CurrentAdministrator, step: Step) -> Response:
    return _page(request, session, step)


@router.post("/delays/{step}", name="save_delay")
def save_delay(
    request: Request, session: SessionDep, user: CurrentAdministrator, step: Step, form: SubmittedDelay
) -> Response:
    if form.refused:
        return _page(request, session, step, form)
    deadlines.change(session, user.id, step, form.data.delay(DELAYS[step].office))
    return see_other(request, path(request, "delays"), Flash(_("C’est enregistré. Les jours déjà annoncés restent.")))


@router.post("/delays/{step}/usual", name="reset_delay")
def reset_delay(request: Request, session: SessionDep, user: CurrentAdministrator, step: Step) -> Response:
    deadlines.change(session, user.id, step, DELAYS[step])
    return see_other(request, path(request, "delays"), Flash(_("C’est de nouveau comme prévu.")))


def _page(request: Request, session: Session, step: Step, form: Submitted[Any] | None = None) -> Response:
    delay = queries.delay_of(session, step)
    return render(
        request,
        "reminders/delay.html",
        status=422 if form else 200,
        step=step,
        words=_(STEPS[step]),
        office=delay.office,
        form=form or blank(days=delay.days, **vars(delay.rhythm)),
        is_usual=delay == DELAYS[step],
    )
