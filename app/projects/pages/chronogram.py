"""The chronogram of a project: one tap says where a phase is, and a file takes its dates to a telephone's calendar."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.sessions import CurrentUser, MaybeUser
from app.kernel.database import SessionDep
from app.kernel.errors import NotFound
from app.kernel.i18n import current_locale
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, see_other
from app.projects import phases, queries
from app.projects.fiche import StaleSection
from app.projects.pages.fiche import editable, number_in
from app.projects.sections import PhaseState

router = APIRouter(prefix="/projects/{project_id:int}")

UNSAID = "unsaid"


@router.get("/chronogram.ics", name="chronogram_calendar")
def chronogram_calendar(request: Request, session: SessionDep, viewer: MaybeUser, project_id: int) -> Response:
    project = queries.get(session, viewer, project_id)
    base = request.app.state.settings.base_url.rstrip("/")
    link = f"{base}{path(request, 'project', project_id=project.id)}#section-chronogram"
    content = phases.calendar(session, project, current_locale(), link, urlsplit(base).hostname or "twiza")
    headers = {
        "Content-Disposition": f'attachment; filename="twiza-{project.id}.ics"',
        "Cache-Control": "private, no-cache",
    }
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


@router.post("/chronogram/{number:int}/{state}", name="say_phase")
def say_phase(
    request: Request,
    session: SessionDep,
    user: CurrentUser,
    project_id: int,
    number: int,
    state: str,
    version: str = "",
) -> Response:
    """`version` of the chronogram that was on the screen; the state in the address, so that a word can undo it."""
    project, standing = editable(session, user, project_id)
    if state not in (UNSAID, *PhaseState):
        raise NotFound
    said = None if state == UNSAID else PhaseState(state)
    back = f"{path(request, 'project', project_id=project.id)}#section-chronogram"
    request.app.state.limits.hit("200 per hour", "save_section", str(user.id))
    try:
        made = phases.say(session, standing, project, number, said, number_in(version))
    except StaleSection:
        return see_other(
            request, back, Flash(_("Cette étape a changé entre-temps : regardez où elle en est."), "problem")
        )
    values = {"number": made.number, "state": made.before or UNSAID, "version": made.version}
    undo = path(request, "say_phase", project_id=project.id, **values)
    return see_other(request, back, Flash(_("C’est noté."), undo=undo))
