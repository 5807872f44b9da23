"""What Twiza knows of me: to read, to take along, to agree to or not, and who saw how to reach me."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response, StreamingResponse

from app.accounts import disclosures
from app.accounts.models import Purpose
from app.accounts.sessions import CurrentUser
from app.kernel.database import SessionDep
from app.kernel.days import today
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.personal_data import consenting, exporting, showing
from app.personal_data.wording import SECTIONS

router = APIRouter(prefix="/account/data")

VIEWERS = 50
NOBODY_ELSE = {"Cache-Control": "private, no-store"}
WhichPurpose = Annotated[Purpose, Path()]


@router.get("", name="my_data")
def my_data(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    return render(
        request,
        "personal_data/data.html",
        agreements=consenting.agreements(session, user),
        viewers=disclosures.of_person(session, user, VIEWERS),
        sections=showing.shown(session, user),
        all_titles=SECTIONS,
        headers=NOBODY_ELSE,
    )


@router.get("/export.json", name="export_data")
def export_data(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    request.app.state.limits.hit("20 per hour", "export", str(user.id))
    return Response(
        exporting.as_json(session, user),
        media_type="application/json",
        headers={**NOBODY_ELSE, "Content-Disposition": f'attachment; filename="twiza-{today().isoformat()}.json"'},
    )


@router.get("/files.zip", name="export_files")
def export_files(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    request.app.state.limits.hit("20 per hour", "export", str(user.id))
    return StreamingResponse(
        exporting.in_blocks(exporting.as_zip(session, user)),
        media_type="application/zip",
        headers={**NOBODY_ELSE, "Content-Disposition": f'attachment; filename="twiza-{today().isoformat()}.zip"'},
    )


@router.post("/consents/{purpose}/give", name="give_consent")
def give_consent(request: Request, session: SessionDep, user: CurrentUser, purpose: WhichPurpose) -> Response:
    consenting.give(session, user, purpose)
    undo = path(request, "withdraw_consent", purpose=purpose.value)
    return see_other(request, _consents(request), Flash(_("C’est noté, avec la date d’aujourd’hui."), undo=undo))


@router.post("/consents/{purpose}/withdraw", name="withdraw_consent")
def withdraw_consent(request: Request, session: SessionDep, user: CurrentUser, purpose: WhichPurpose) -> Response:
    consenting.withdraw(session, user, purpose)
    undo = path(request, "give_consent", purpose=purpose.value)
    return see_other(request, _consents(request), Flash(_("C’est retiré : cela s’arrête dès maintenant."), undo=undo))


def _consents(request: Request) -> str:
    return path(request, "my_data") + "#consents"
