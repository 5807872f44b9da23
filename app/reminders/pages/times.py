"""How long people wait, step by step, by region and by month: for whoever has a desk."""

from fastapi import APIRouter, Request
from sqlmodel import select
from starlette.responses import Response

from app.accounts.sessions import CurrentUser
from app.contributions.answering import usual_days
from app.deadlines.steps import Step
from app.kernel.database import SessionDep
from app.kernel.errors import NotFound
from app.kernel.forms import blank
from app.kernel.i18n import gettext as _
from app.kernel.i18n import label, ngettext, number
from app.kernel.templating import render
from app.reminders.times import times as times_taken
from app.reminders.wording import STEPS
from app.territories.models import Region

router = APIRouter(prefix="/reminders")


@router.get("/times", name="times")
def times(request: Request, session: SessionDep, user: CurrentUser, region: str = "", step: str = "") -> Response:
    """`step` opens one of them by region and by month; `region` counts only what is there."""
    if not user.has_desk:
        raise NotFound
    regions = {row.code: label(row) for row in session.exec(select(Region).order_by(Region.code))}
    region = region if region in regions else ""
    chosen = Step(step) if step in set(Step) else None
    taken = times_taken(session, region)
    of_step = [one for one in taken if one.step is chosen]
    return render(
        request,
        "reminders/times.html",
        whole=[(one, _(STEPS[one.step])) for one in taken if one.region is None and one.month is None],
        chosen=chosen,
        words=_(STEPS[chosen]) if chosen else "",
        by_region=[(one, regions.get(one.region, "")) for one in of_step if one.region],
        by_month=[one for one in of_step if one.month],
        regions=list(regions.items()),
        region=region,
        form=blank(region=region),
        days=in_days,
        usual=usual_days(session),
    )


def in_days(value: float) -> str:
    if value < 1:
        return _("moins d’un jour")
    n = round(value)
    return ngettext("%(n)s jour", "%(n)s jours", n) % {"n": number(n)}
