"""All that is published, searched and filtered."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.kernel.database import SessionDep
from app.kernel.templating import render
from app.projects import labels, listing

router = APIRouter(prefix="/projects")


@router.get("", name="projects")
def projects(request: Request, session: SessionDep, after: str = "") -> Response:
    return render(request, "projects/list.html", page=listing.newest(session, after), state_of=labels.state_of)
