"""Reads: territories by code, what is in them, and those that a person's words may mean."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import BigInteger, Text, cast, func, literal_column
from sqlalchemy.orm import contains_eager, joinedload
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.kernel.folding import fold
from app.kernel.folding import words as spoken
from app.kernel.i18n import LOCALES, label, speaking
from app.territories.codes import is_code
from app.territories.finding import Finder, Place
from app.territories.models import Commune, Province, Region, Territory
from app.territories.spelling import spelled

FIND_LIMIT = 8

Named = TypeVar("Named", Region, Province, Commune)


@dataclass(frozen=True)
class Extent:
    """What a territory counts: its communes in force, and who lives there (census of 2024)."""

    communes: int = 0
    population: int = 0

    def __add__(self, other: "Extent") -> "Extent":
        return Extent(self.communes + other.communes, self.population + other.population)


@dataclass(frozen=True)
class Finders:
    """Who finds communes, who finds provinces and regions, and the version of the stored data that they know."""

    version: tuple[str, int, int]
    communes: Finder
    wider: Finder


_finders: Finders | None = None


def get(session: Session, code: str) -> Territory | None:
    """The region, the province or the commune of this code, retired or not."""
    return next(iter(get_all(session, [code])), None)


def get_all(session: Session, codes: Iterable[str]) -> list[Territory]:
    """The territories of these codes, in their order; a code that is nobody's is left out."""
    wanted = dict.fromkeys(code for code in codes if is_code(code))
    found: list[Territory] = [
        *_with_codes(session, Region, [code for code in wanted if len(code) == 2]),
        *_with_codes(session, Province, [code for code in wanted if len(code) == 6]),
        *_with_codes(session, Commune, [code for code in wanted if len(code) > 6]),
    ]
    by_code = {territory.code: territory for territory in found}
    return [by_code[code] for code in wanted if code in by_code]


def regions(session: Session) -> list[tuple[Region, list[Province]]]:
    """The whole country, region by region from north to south, each with its provinces."""
    rows = session.exec(
        select(Province)
        .join(Region, col(Region.code) == Province.region_code)
        .options(contains_eager(Province.region))  # type: ignore[arg-type]
        .order_by(Region.code)
    )
    provinces: dict[str, list[Province]] = defaultdict(list)
    for province in rows:
        provinces[province.region_code].append(province)
    return [(inside[0].region, by_name(inside)) for inside in provinces.values()]


def provinces_of(session: Session, region: Region) -> list[Province]:
    return by_name(session.exec(select(Province).where(Province.region_code == region.code)))


def communes_of(session: Session, province: Province) -> list[Commune]:
    """Those in force."""
    return by_name(session.exec(_in_force().where(Commune.province_code == province.code)))


def extents(session: Session) -> defaultdict[str, Extent]:
    """Of each province and region by its code, and of the country under the empty code."""
    rows = session.exec(
        select(Commune.province_code, func.count(), func.sum(Commune.population))
        .where(col(Commune.retired).is_(False))
        .group_by(Commune.province_code)
    )
    found: defaultdict[str, Extent] = defaultdict(Extent)
    for province_code, communes, population in rows:
        for code in (province_code, province_code[:2], ""):
            found[code] += Extent(communes, population)
    return found


def by_name(territories: Iterable[Named]) -> list[Named]:
    """In the alphabetical order of the reader's language."""
    return sorted(territories, key=lambda territory: fold(label(territory)))


def find_communes(session: Session, words: str, limit: int = FIND_LIMIT) -> list[Commune]:
    """The communes that these words may mean, the likeliest first."""
    return _read(session, [hit.place for hit in finders(session).communes.search(words, limit)])


def find_territories(session: Session, words: str, limit: int = FIND_LIMIT) -> list[Territory]:
    """The same, with the provinces and the regions: for what may concern more than one commune."""
    known = finders(session)
    hits = [*known.communes.search(words, limit), *known.wider.search(words, limit)]
    ordered = sorted(hits, key=lambda hit: hit.order)[:limit]
    return get_all(session, [hit.place.code for hit in ordered])


def resolve(session: Session, words: str) -> Commune | list[Commune]:
    """The one commune that is clearly meant, else those to choose from (none, if nothing looks like it)."""
    meant = finders(session).communes.resolve(words)
    if isinstance(meant, Place):
        return _read(session, [meant])[0]
    return _read(session, meant)


def resolve_territory(session: Session, words: str) -> Territory | list[Territory]:
    """The same for a territory of any size: where a province and its chief town have one name, both are returned."""
    if labelled := _of_label(session, words):
        return labelled
    known = finders(session)
    answers = [known.communes.resolve(words), known.wider.resolve(words)]
    clear = [answer for answer in answers if isinstance(answer, Place)]
    # "Souss-Massa" is a region; it could be Massa, in Souss, only if no territory had that very name.
    clear = [place for place in clear if any(spelled(words) == spelled(name) for name in place.names)] or clear
    if len(clear) == 1:
        return get_all(session, [clear[0].code])[0]
    places = clear or [place for answer in answers if isinstance(answer, list) for place in answer]
    return get_all(session, [place.code for place in places])


def _of_label(session: Session, words: str) -> Territory | None:
    """ "Tiznit (province)", as we say it ourselves: without JavaScript the field sends it back."""
    for territory in find_territories(session, words.partition("(")[0]):
        for language in LOCALES:
            with speaking(language):
                if spoken(territory.full_name) == spoken(words) and not isinstance(territory, Commune):
                    return territory
    return None


def named(session: Session, names: Iterable[str]) -> dict[str, list[Territory]]:
    """The territories of any size that bear one of these very names, in either script."""
    known = finders(session)
    bearers = {
        name: [place.code for place in (*known.communes.exact(name), *known.wider.exact(name))] for name in names
    }
    found = {one.code: one for one in get_all(session, {code for codes in bearers.values() for code in codes})}
    return {name: [found[code] for code in codes] for name, codes in bearers.items() if codes}


def finders(session: Session) -> Finders:
    """Built once in the process, and again when the reference data has changed under it."""
    global _finders
    newest_write = func.max(cast(cast(literal_column("xmin"), Text), BigInteger))
    in_force = func.count().filter(col(Commune.retired).is_(False))
    count, newest = session.execute(select(in_force, newest_write).select_from(Commune)).one()
    version = (str(session.get_bind().engine.url), count, newest or 0)
    if _finders is None or _finders.version != version:
        _finders = _build(session, version)
    return _finders


def _with_codes(session: Session, table: type[Named], codes: list[str]) -> Sequence[Named]:
    return session.exec(select(table).where(col(table.code).in_(codes))).all() if codes else ()


def _read(session: Session, places: list[Place]) -> list[Commune]:
    found = get_all(session, [place.code for place in places])
    return [commune for commune in found if isinstance(commune, Commune)]


def _in_force() -> SelectOfScalar[Commune]:
    return select(Commune).where(col(Commune.retired).is_(False))


def _build(session: Session, version: tuple[str, int, int]) -> Finders:
    communes = session.exec(
        _in_force().options(joinedload(Commune.province).joinedload(Province.region))  # type: ignore[arg-type]
    ).all()
    population = extents(session)
    provinces = [province for _, inside in regions(session) for province in inside]
    wider = [Place(p.code, p.code, _names(p), _names(p.region), population[p.code].population) for p in provinces]
    wider += [
        Place(r.code, r.code, _names(r), (), population[r.code].population)
        for r in {province.region_code: province.region for province in provinces}.values()
    ]
    return Finders(
        version,
        communes=Finder(
            Place(c.code, c.province_code, _names(c), (*_names(c.province), *_names(c.province.region)), c.population)
            for c in communes
        ),
        wider=Finder(wider),
    )


def _names(territory: Territory) -> tuple[str, ...]:
    aliases = (*territory.aliases_fr, *territory.aliases_ar) if isinstance(territory, Commune) else ()
    return (territory.name_fr, territory.name_ar, *aliases)
