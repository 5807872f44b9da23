from fastapi import APIRouter, Request
from starlette.responses import Response

from app.home import queries
from app.home.showing import shown_needs, shown_stories
from app.kernel.database import SessionDep
from app.kernel.templating import render
from app.news.queries import latest_news
from app.projects import labels, listing

router = APIRouter()

A_ROW = 3


@router.get("/", name="home")
def home(request: Request, session: SessionDep) -> Response:
    return render(
        request,
        "home/home.html",
        figures=queries.figures(session),
        realisations=shown_stories(session, queries.realisations(session, A_ROW)),
        needs=shown_needs(session, queries.open_needs(session, 2 * A_ROW)),
        ideas=listing.cards(session, queries.ideas(session, A_ROW)),
        news=latest_news(session, A_ROW),
        labels=labels,
    )
