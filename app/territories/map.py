"""Small maps as SVG paths: the country, a region, a province with its communes.

Outlines © OpenStreetMap contributors: the page that draws them must say so.
"""

import gzip
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from app.kernel.i18n import label
from app.territories.models import Commune, Province
from app.territories.sources import DATA

MARGIN = 0.04  # around what is shown, as a part of its longer side


class Outline(NamedTuple):
    path: str
    box: tuple[int, int, int, int]  # west, north, east, south


class Shape(NamedTuple):
    """A province, drawn; `name` is in the reader's language."""

    code: str
    name: str
    path: str


class Dot(NamedTuple):
    code: str
    name: str
    x: int
    y: int


@dataclass(frozen=True)
class Map:
    """What a page draws: provinces, dots for communes, the part of the country to look at, and what to bring out."""

    shapes: list[Shape]
    view: tuple[int, int, int, int]  # west, north, width, height
    dots: list[Dot] = field(default_factory=list)
    here: str = ""

    @property
    def dot_size(self) -> int:
        return max(1, round(max(self.view[2:]) / 80))


class _Drawing(NamedTuple):
    west: float
    north: float
    scale: float
    outlines: dict[str, Outline]


def of_provinces(provinces: Sequence[Province]) -> Map:
    """All that these provinces cover."""
    return Map(_shapes(provinces), _view(provinces))


def of_communes(around: Sequence[Province], province: Province, communes: Iterable[Commune], here: str = "") -> Map:
    """One province with its communes; those around it complete the picture."""
    dots = [Dot(commune.code, label(commune), *_position(commune)) for commune in communes]
    return Map(_shapes(around), _view([province]), dots, here or province.code)


def _shapes(provinces: Iterable[Province]) -> list[Shape]:
    outlines = _drawing().outlines
    return [Shape(p.code, label(p), outlines[p.code].path) for p in provinces if p.code in outlines]


def _position(commune: Commune) -> tuple[int, int]:
    drawing = _drawing()
    x = (commune.longitude - drawing.west) * drawing.scale
    y = (drawing.north - _mercator(commune.latitude)) * drawing.scale
    return round(x), round(y)


def _mercator(latitude: float) -> float:
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def _view(provinces: Iterable[Province]) -> tuple[int, int, int, int]:
    outlines = _drawing().outlines
    boxes = [outlines[province.code].box for province in provinces if province.code in outlines]
    if not boxes:
        return (0, 0, 1, 1)
    west, north = (min(box[side] for box in boxes) for side in (0, 1))
    east, south = (max(box[side] for box in boxes) for side in (2, 3))
    margin = round(MARGIN * max(east - west, south - north))
    return (west - margin, north - margin, east - west + 2 * margin, south - north + 2 * margin)


@cache
def _drawing() -> _Drawing:
    with gzip.open(DATA / "map.json.gz", "rt", encoding="utf-8") as file:
        drawn = json.load(file)
    outlines = {code: Outline(shape["path"], tuple(shape["box"])) for code, shape in drawn["provinces"].items()}
    return _Drawing(drawn["west"], drawn["north"], drawn["scale"], outlines)
