"""The conversations that concern somebody."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.sessions import CurrentUser, MaybeUser
from app.conversations import queries
from app.kernel.database import SessionDep
from app.kernel.templating import render

router = APIRouter(prefix="/conversations")


def count_unread(request: Request, session: SessionDep, viewer: MaybeUser) -> None:
    """For the header of every page; what a script asks for has none."""
    if viewer is not None and "application/json" not in request.headers.get("accept", ""):
        request.state.unread_count = queries.unread_count(session, viewer)


@router.get("", name="conversations")
def conversations(
    request: Request, session: SessionDep, user: CurrentUser, show: str = "", after: str | None = None
) -> Response:
    """`show` is `unread`, or `questions` that wait for one's own side."""
    show = show if show in ("unread", "questions") else ""
    page = queries.concerning(session, user, after, only_unread=show == "unread", only_asked=show == "questions")
    return render(
        request, "conversations/mine.html", page=page, show=show, counts=queries.counts(session, user), after=after
    )
