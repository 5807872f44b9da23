"""Small maps as SVG paths: the country, a region, a province with its communes. Outlines © OpenStreetMap contributors."""

import gzip
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from app.territories.models import Commune, Province
from app.territories.sources import DATA

MARGIN = 0.04  # around what is shown, as a part of its longer side


class Outline(NamedTuple):
    code: str
    path: str
    box: tuple[int, int, int, int]  # west, north, east, south


class Dot(NamedTuple):
    code: str
    x: int
    y: int


@dataclass(frozen=True)
class Map:
    """What a page draws: outlines, dots for communes, and the part of the country to look at."""

    outlines: list[Outline]
    view: tuple[int, int, int, int]  # west, north, width, height
    dots: list[Dot] = field(default_factory=list)

    @property
    def dot_size(self) -> int:
        return max(1, round(max(self.view[2:]) / 90))


class _Drawing(NamedTuple):
    west: float
    north: float
    scale: float
    outlines: dict[str, Outline]


def of_provinces(provinces: Iterable[Province]) -> Map:
    """Everything that these provinces cover."""
    codes = {province.code for province in provinces}
    outlines = [outline for code, outline in _drawing().outlines.items() if code in codes]
    return Map(outlines, _view(outlines))


def of_communes(provinces: Iterable[Province], shown: Province, communes: Iterable[Commune]) -> Map:
    """One province with its communes, its neighbours of the region around it."""
    around = of_provinces(provinces).outlines
    view = _view([outline for outline in around if outline.code == shown.code])
    return Map(around, view, [_dot(commune) for commune in communes])


def _dot(commune: Commune) -> Dot:
    drawing = _drawing()
    x = (commune.longitude - drawing.west) * drawing.scale
    y = (drawing.north - _mercator(commune.latitude)) * drawing.scale
    return Dot(commune.code, round(x), round(y))


def _mercator(latitude: float) -> float:
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def _view(outlines: list[Outline]) -> tuple[int, int, int, int]:
    if not outlines:
        return (0, 0, 1, 1)
    west, north = (min(outline.box[side] for outline in outlines) for side in (0, 1))
    east, south = (max(outline.box[side] for outline in outlines) for side in (2, 3))
    margin = round(MARGIN * max(east - west, south - north))
    return (west - margin, north - margin, east - west + 2 * margin, south - north + 2 * margin)


@cache
def _drawing() -> _Drawing:
    with gzip.open(DATA / "map.json.gz", "rt", encoding="utf-8") as file:
        drawn = json.load(file)
    outlines = {code: Outline(code, shape["path"], tuple(shape["box"])) for code, shape in drawn["provinces"].items()}
    return _Drawing(drawn["west"], drawn["north"], drawn["scale"], outlines)
