"""What was sent, for developers: where no mail server is set, links to sign in are read here."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.kernel.database import SessionDep
from app.kernel.errors import NotFound
from app.kernel.templating import render
from app.notifications import queries
from app.notifications.models import MessageState

router = APIRouter(prefix="/developers")

SHOWN = 50
HERE = ("127.0.0.1", "::1", "testclient")


@router.get("/messages", name="sent_messages")
def sent_messages(request: Request, session: SessionDep) -> Response:
    """Only on the machine itself, never in production: whoever reads these could sign in as anybody."""
    settings = request.app.state.settings
    here = request.client is not None and request.client.host in HERE
    if settings.environment == "production" or settings.smtp_url or not here:
        raise NotFound
    messages = queries.latest(session, SHOWN)
    return render(
        request,
        "notifications/sent_messages.html",
        messages=messages,
        cancelled=MessageState.CANCELLED,
        headers={"Cache-Control": "no-store"},
    )
