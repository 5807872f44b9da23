from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import JSONResponse, Response

from app.kernel.database import SessionDep
from app.kernel.errors import NotFound
from app.kernel.templating import render
from app.territories import map as maps
from app.territories import queries
from app.territories.models import Commune, Province, Region, Territory

router = APIRouter(prefix="/territories")

RESULTS = 20
LONGEST = 100
# The same for everybody, and it changes with the census: a phone asks once for what it types again.
CACHED = {"Cache-Control": "public, max-age=3600"}


@router.get("", name="territories")
def territories(request: Request, session: SessionDep, q: str = "") -> Response:
    q = "".join(letter if letter.isprintable() else " " for letter in q[:LONGEST]).strip()
    regions = queries.regions(session)
    return render(
        request,
        "territories/territories.html",
        q=q,
        found=queries.find_territories(session, q, RESULTS) if q else [],
        regions=regions,
        extents=queries.extents(session),
        map=maps.of_provinces([province for _, provinces in regions for province in provinces]),
    )


@router.get("/find", name="find_communes")
def find_communes(session: SessionDep, q: str = "") -> JSONResponse:
    return _proposals(queries.find_communes(session, q))


@router.get("/find-any", name="find_territories")
def find_territories(session: SessionDep, q: str = "") -> JSONResponse:
    """Provinces and regions too."""
    return _proposals(queries.find_territories(session, q))


@router.get("/{code:wider}", name="territory")
def territory(request: Request, session: SessionDep, code: str) -> Response:
    """A region with its provinces, or a province with its communes."""
    found = queries.get(session, code)
    extents = queries.extents(session)
    if isinstance(found, Region):
        provinces = queries.provinces_of(session, found)
        return render(
            request,
            "territories/region.html",
            region=found,
            provinces=provinces,
            siblings=[region for region, _ in queries.regions(session) if region.code != found.code],
            extents=extents,
            map=maps.of_provinces(provinces),
        )
    if isinstance(found, Province):
        around = queries.provinces_of(session, found.region)
        communes = queries.communes_of(session, found)
        return render(
            request,
            "territories/province.html",
            province=found,
            communes=communes,
            siblings=[province for province in around if province.code != found.code],
            extents=extents,
            map=maps.of_communes(around, found, communes),
        )
    raise NotFound


@router.get("/{code:commune}", name="commune")
def commune(request: Request, session: SessionDep, code: str) -> Response:
    found = queries.get(session, code)
    if not isinstance(found, Commune):
        raise NotFound
    return render(request, "territories/commune.html", **about_commune(session, found))


def about_commune(session: Session, commune: Commune) -> dict[str, Any]:
    """What `territories/commune.html` and the templates that extend it show."""
    communes = queries.communes_of(session, commune.province)
    around = queries.provinces_of(session, commune.province.region)
    return {
        "commune": commune,
        "siblings": [other for other in communes if other.code != commune.code],
        "map": maps.of_communes(around, commune.province, communes, here=commune.code),
    }


def _proposals(found: list[Commune] | list[Territory]) -> JSONResponse:
    return JSONResponse([{"code": one.code, "label": one.full_name} for one in found], headers=CACHED)
