"""What a list shows of people and of needs, as plain values: in the query that finds them, or in one of their own."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, Integer, Row, bindparam, text
from sqlmodel import Session

from app.contributions.facts import CODES, LOOKED_FOR
from app.kernel.i18n import current_locale
from app.profiles.models import ProfileKind, Visibility
from app.projects.models import Duration, Mode, NeedKind
from app.territories.models import with_province


class Place(NamedTuple):
    code: str


class GlancedPerson(NamedTuple):
    """A person who is proposed already: they said something."""

    id: int
    owner_id: int
    owner: str
    kind: ProfileKind
    name: str
    occupation: str
    country: str
    visibility: Visibility
    on_site: bool
    remote: bool
    places: Sequence[Place]
    contribution_id: int | None
    """The last one on the need."""
    abilities: str = "…"

    @classmethod
    def of(cls, row: Row[Any]) -> "GlancedPerson":
        """From the columns of `PERSON`."""
        return cls(
            row.id,
            row.owner_id,
            row.owner,
            ProfileKind(row.kind),
            row.name,
            row.occupation,
            row.country,
            Visibility(row.visibility),
            row.on_site,
            row.remote,
            [Place(code) for code in row.codes.split()],
            row.contribution,
        )


PERSON = f"""
    profile.id, profile.owner_id, "user".name AS owner, profile.kind, profile.name, profile.occupation, profile.country,
    profile.visibility, profile.on_site, profile.remote, array_to_string({CODES}, ' ') AS codes,
    (SELECT max(id) FROM contribution WHERE need_id = :need_id AND profile_id = profile.id) AS contribution
"""  # noqa: S608  only names of our own
_PEOPLE = text(
    f'SELECT {PERSON} FROM profile JOIN "user" ON "user".id = profile.owner_id WHERE profile.id = ANY(:ids)'  # noqa: S608
).bindparams(bindparam("ids", type_=ARRAY(Integer)))


class GlancedCommune(NamedTuple):
    name_fr: str
    name_ar: str
    province_fr: str
    province_ar: str

    @property
    def full_name(self) -> str:
        """As `Commune.full_name`."""
        language = current_locale()
        names = (self.name_ar, self.province_ar) if language == "ar" else (self.name_fr, self.province_fr)
        return with_province(*names, language)


class GlancedProject(NamedTuple):
    id: int
    author_id: int
    organisation_id: int | None
    endorsed_by_id: int | None
    title: str
    language: str
    commune: GlancedCommune


class GlancedNeed(NamedTuple):
    """A need that is looked for, of a project that everybody may read."""

    id: int
    text: str
    language: str
    kind: NeedKind
    mode: Mode
    duration: Duration
    project: GlancedProject
    contribution_id: int | None
    """The last one of the profile on it."""

    @classmethod
    def of(cls, row: Row[Any]) -> "GlancedNeed":
        """From the columns of `NEED`."""
        commune = GlancedCommune(row.commune_fr, row.commune_ar, row.province_fr, row.province_ar)
        sides = row.author_id, row.organisation_id, row.endorsed_by_id
        return cls(
            row.id,
            row.text,
            row.language,
            NeedKind(row.kind),
            Mode(row.mode),
            Duration(row.duration),
            GlancedProject(row.project_id, *sides, row.title, row.project_language, commune),
            row.contribution,
        )


NEED = """
    need.id, need.text, need.language, need.kind, need.mode, need.duration, need.project_id, project.author_id,
    project.organisation_id, project.endorsed_by_id, project.title, project.language AS project_language,
    commune.name_fr AS commune_fr, commune.name_ar AS commune_ar,
    province.name_fr AS province_fr, province.name_ar AS province_ar,
    (SELECT max(id) FROM contribution WHERE need_id = need.id AND profile_id = :profile_id) AS contribution
"""
OF_NEEDS = f"""
    {LOOKED_FOR}
    JOIN commune ON commune.code = project.commune_code
    JOIN province ON province.code = commune.province_code
"""
_NEEDS = text(
    f"SELECT {NEED} FROM need {OF_NEEDS} WHERE need.id = ANY(:ids)"  # noqa: S608
).bindparams(bindparam("ids", type_=ARRAY(Integer)))


def people(session: Session, ids: Collection[int], need_id: int) -> list[GlancedPerson]:
    """These people, and what there was between them and a need."""
    if not ids:
        return []
    return [GlancedPerson.of(row) for row in session.execute(_PEOPLE, {"ids": list(ids), "need_id": need_id})]


def needs(session: Session, ids: Collection[int], profile_id: int) -> list[GlancedNeed]:
    """Those of these needs that are looked for and that everybody may read, and what there was with a profile."""
    if not ids:
        return []
    return [GlancedNeed.of(row) for row in session.execute(_NEEDS, {"ids": list(ids), "profile_id": profile_id})]
