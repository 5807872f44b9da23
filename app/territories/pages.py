"""The country, and what a field for a commune asks while one types.

The page of each territory is in `home`, which knows what happens there; what this domain says of it is here.
"""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import JSONResponse, Response

from app.kernel.database import SessionDep
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


def about_region(session: Session, region: Region) -> dict[str, Any]:
    """What `territories/region.html` and the template that extends it show."""
    provinces = queries.provinces_of(session, region)
    return {
        "territory": region,
        "provinces": provinces,
        "siblings": [other for other, _ in queries.regions(session) if other.code != region.code],
        "extents": queries.extents(session),
        "map": maps.of_provinces(provinces),
    }


def about_province(session: Session, province: Province) -> dict[str, Any]:
    """The same for `territories/province.html`."""
    around = queries.provinces_of(session, province.region)
    communes = queries.communes_of(session, province)
    return {
        "territory": province,
        "communes": communes,
        "siblings": [other for other in around if other.code != province.code],
        "extents": queries.extents(session),
        "map": maps.of_communes(around, province, communes),
    }


def about_commune(session: Session, commune: Commune) -> dict[str, Any]:
    """The same for `territories/commune.html`."""
    communes = queries.communes_of(session, commune.province)
    around = queries.provinces_of(session, commune.province.region)
    return {
        "territory": commune,
        "siblings": [other for other in communes if other.code != commune.code],
        "map": maps.of_communes(around, commune.province, communes, here=commune.code),
    }


def _proposals(found: list[Commune] | list[Territory]) -> JSONResponse:
    return JSONResponse([{"code": one.code, "label": one.full_name} for one in found], headers=CACHED)
