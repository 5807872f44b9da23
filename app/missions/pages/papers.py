"""What a mission gives to print and to keep: the agreement, the date for a telephone, the certificate of thanks."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.sessions import CurrentUser
from app.contributions import sides
from app.contributions.models import Contribution
from app.contributions.wording import person_name
from app.kernel.database import SessionDep
from app.kernel.documents import in_language, pdf_answer
from app.kernel.errors import NotFound
from app.kernel.i18n import LOCALES
from app.kernel.templating import path
from app.missions import queries, wording
from app.missions.calendars import calendar
from app.missions.models import Mission, MissionState, Side
from app.organisations.models import Organisation

router = APIRouter(prefix="/missions")

DONE = (MissionState.HELD, MissionState.CLOSED)


@router.get("/{mission_id:int}/agreement.pdf", name="mission_agreement")
def mission_agreement(request: Request, session: SessionDep, user: CurrentUser, mission_id: int) -> Response:
    """One page in both languages, with who agreed to it and when; a proposal says that it is one."""
    mission = queries.get(session, sides.ties(session, user), mission_id)
    halves = [
        in_language(
            request,
            locale,
            "documents/_agreement.html",
            mission=mission,
            contribution=mission.contribution,
            organisation=_organisation(mission.contribution),
            person=person_name(mission.contribution.profile, named=True),
            agreements=queries.agreements(session, mission),
            sides=Side,
            wording=wording,
        )
        for locale in LOCALES
    ]
    return pdf_answer(request, f"twiza-mission-{mission.id}", "documents/agreement.html", halves=halves)


@router.get("/{mission_id:int}/mission.ics", name="mission_calendar")
def mission_calendar(request: Request, session: SessionDep, user: CurrentUser, mission_id: int) -> Response:
    mission = queries.get(session, sides.ties(session, user), mission_id)
    base = request.app.state.settings.base_url.rstrip("/")
    link = base + path(request, "mission", mission_id=mission.id)
    content = calendar(mission, link, urlsplit(base).hostname or "localhost")
    headers = {
        "Content-Disposition": f'attachment; filename="twiza-mission-{mission.id}.ics"',
        "Cache-Control": "private, no-cache",
    }
    return Response(content, media_type="text/calendar", headers=headers)


@router.get("/{mission_id:int}/certificate.pdf", name="mission_certificate")
def mission_certificate(request: Request, session: SessionDep, user: CurrentUser, mission_id: int) -> Response:
    """Thanks on paper for the contributor, once the mission was held, with the hours that were counted."""
    mission = queries.get(session, sides.ties(session, user), mission_id)
    if mission.state not in DONE:
        raise NotFound
    hours = _hours(session, mission)
    halves = [
        in_language(
            request,
            locale,
            "documents/_certificate.html",
            mission=mission,
            project=mission.contribution.need.project,
            organisation=_organisation(mission.contribution),
            person=person_name(mission.contribution.profile, named=True),
            hours=hours,
            wording=wording,
        )
        for locale in LOCALES
    ]
    return pdf_answer(request, f"twiza-merci-{mission.id}", "documents/certificate.html", halves=halves)


def _hours(session: Session, mission: Mission) -> int | None:
    """As the contributor counted them, or else the team."""
    said = queries.evaluations(session, mission)
    counted = (said[side].hours for side in (Side.CONTRIBUTOR, Side.TEAM) if side in said)
    return next((hours for hours in counted if hours), None)


def _organisation(contribution: Contribution) -> Organisation | None:
    """In whose name the project stands; else it stands in its author's."""
    project = contribution.need.project
    return project.endorsed_by or project.organisation
