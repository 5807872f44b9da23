"""The pages that are only read: what Twiza is, its charter, what it does with what people say of themselves."""

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts import charter as charters
from app.accounts.models import CharterAcceptance
from app.accounts.sessions import MaybeUser
from app.kernel.database import SessionDep
from app.kernel.i18n import current_locale
from app.kernel.templating import render

router = APIRouter()

PRIVACY_WRITTEN_ON = date(2026, 11, 28)
"""Changed with the words of the page."""


@router.get("/about", name="about")
def about(request: Request) -> Response:
    return render(request, "home/about.html")


@router.get("/charter", name="charter")
def charter(request: Request, session: SessionDep, viewer: MaybeUser) -> Response:
    accepted = session.get(CharterAcceptance, (viewer.id, charters.VERSION)) if viewer else None
    return render(request, "home/charter.html", charter=charters.read(current_locale()), accepted=accepted)


@router.get("/privacy", name="privacy")
def privacy(request: Request) -> Response:
    settings = request.app.state.settings
    return render(
        request,
        "home/privacy.html",
        responsible=settings.responsible,
        declaration=settings.declaration,
        hosting=settings.hosting,
        written_on=PRIVACY_WRITTEN_ON,
    )
