"""A territory, with what happens there: `territories` tells of the place, the other domains of its life."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.home import places, queries
from app.home.showing import shown_needs, shown_stories
from app.kernel.database import SessionDep
from app.kernel.errors import NotFound
from app.kernel.templating import render
from app.news.queries import latest_news
from app.projects import labels, listing
from app.projects.models import Stage
from app.territories import queries as territories
from app.territories.models import Commune, Province, Region, Territory
from app.territories.pages import about_commune, about_province, about_region

router = APIRouter(prefix="/territories")

NEEDS = 6
NEWS = 3
LATEST = 6


@router.get("/{code:wider}", name="territory")
def territory(request: Request, session: SessionDep, code: str) -> Response:
    """A region with its provinces, or a province with its communes, and the latest of what happens there."""
    found = territories.get(session, code)
    if isinstance(found, Region):
        return render(request, "home/region.html", **about_region(session, found), **_life(session, found, "", LATEST))
    if isinstance(found, Province):
        return render(
            request, "home/province.html", **about_province(session, found), **_life(session, found, "", LATEST)
        )
    raise NotFound


@router.get("/{code:commune}", name="commune")
def commune(request: Request, session: SessionDep, code: str, after: str = "") -> Response:
    found = territories.get(session, code)
    if not isinstance(found, Commune):
        raise NotFound
    return render(
        request,
        "home/commune.html",
        **about_commune(session, found),
        **_life(session, found, after, places.PAGE),
        spoken=places.spoken_for(session, found),
    )


def _life(session: Session, territory: Territory, after: str, size: int) -> dict[str, Any]:
    """What `home/_life.html` shows."""
    page = places.projects(session, territory, after, size)
    done = [project for project in page.rows if project.stage is Stage.REALISED]
    cards = listing.cards(session, [project for project in page.rows if project.stage is not Stage.REALISED])
    return {
        "figures": places.figures(session, territory),
        "stories": shown_stories(session, done),
        "by_stage": [(stage, [card for card in cards if card.project.stage is stage]) for stage in places.STAGES],
        "next": page.next,
        "is_first": not after,
        "needs": shown_needs(session, queries.open_needs(session, NEEDS, listing.within(territory))),
        "news": latest_news(session, NEWS, territory),
        "labels": labels,
    }
