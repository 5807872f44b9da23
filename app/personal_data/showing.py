"""The same as a page: fields by name, codes in words, numbers as the names of what they lead to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from app.accounts.contact import shown_phone
from app.accounts.devices import device_name
from app.accounts.models import User
from app.accounts.queries import names_of
from app.kernel.i18n import country_name, format_date, format_moment, label, language_name, number
from app.kernel.i18n import gettext as _
from app.organisations.models import Organisation
from app.personal_data.reading import Kept, Record, everything
from app.personal_data.wording import SECTIONS, label_of, value_words
from app.projects.models import Need, Project
from app.taxonomy.models import Concept, Theme
from app.taxonomy.naming import concept_name
from app.territories.models import Commune, Province, Region

SHOWN = 30
"""Of each table; the file has everything."""
_AROUND = ("project_id", "need_id", "organisation_id", "concept_id", "commune_code", "province_code", "region_code")
Names = Mapping[str, Mapping[Any, str]]


@dataclass(frozen=True)
class ShownSection:
    name: str
    title: str
    records: Sequence[Sequence[tuple[str, str]]]
    more: bool


def shown(session: Session, user: User) -> list[ShownSection]:
    """What there is, in the reader's language; as many queries however much it is."""
    kept = [one for one in everything(session, user, SHOWN) if one.records]
    names = _names(session, kept)
    return [
        ShownSection(
            one.table,
            _(SECTIONS[one.table]),
            [list(_pairs(one.table, record, names)) for record in one.records],
            one.more,
        )
        for one in kept
    ]


def _pairs(table: str, record: Record, names: Names) -> Iterable[tuple[str, str]]:
    for column, value in record.items():
        words = label_of(table, column)
        if words is None or value in (None, "", [], {}):
            continue
        if said := _said(table, column, value, names):
            yield _(words), said


def _said(table: str, column: str, value: Any, names: Names) -> str:
    if column in names:
        return names[column].get(value, "")
    if words := value_words(table, column, str(value)):
        return _(words)
    match value:
        case bool():
            return _("Oui") if value else _("Non")
        case datetime():
            return format_moment(value)
        case date():
            return format_date(value)
        case float():
            return number(round(value, 2))
        case int():
            return number(value)
        case list():
            return ", ".join(_one(column, one) for one in value)
        case dict():
            return "\n".join(_texts(value))
    return _one(column, str(value))


def _one(column: str, value: Any) -> str:
    match column:
        case "language" | "languages":
            return language_name(str(value))
        case "country":
            return country_name(str(value))
        case "phone":
            return shown_phone(str(value))
        case "device":
            return device_name(str(value))
        case "verb":
            return ""  # a move that has no words yet: its subject and its day are beside it
    return str(value)


def _texts(content: Any) -> Iterable[str]:
    """What people wrote in the fields of a section, without the names that the form gives them."""
    if isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)
    elif content not in (None, "", False, True):
        yield str(content)


def _names(session: Session, kept: Sequence[Kept]) -> Names:
    """Of the projects, places, people… that these rows lead to: one query for each kind."""
    numbers: defaultdict[str, set[Any]] = defaultdict(set)
    for one in kept:
        for record in one.records:
            for column in (*_AROUND, "theme_code", "viewer_id", "person_id"):
                if record.get(column) is not None:
                    numbers[column].add(record[column])
    people = names_of(session, numbers["viewer_id"] | numbers["person_id"])
    found: dict[str, Mapping[Any, str]] = {"viewer_id": people, "person_id": people}
    found["project_id"] = dict(
        session.exec(select(Project.id, Project.title).where(col(Project.id).in_(numbers["project_id"]))).all()
    )
    found["need_id"] = dict(session.exec(select(Need.id, Need.text).where(col(Need.id).in_(numbers["need_id"]))).all())
    for column, table, key in (
        ("organisation_id", Organisation, "id"),
        ("commune_code", Commune, "code"),
        ("province_code", Province, "code"),
        ("region_code", Region, "code"),
        ("theme_code", Theme, "code"),
    ):
        rows = session.exec(select(table).where(col(getattr(table, key)).in_(numbers[column]))).all()
        found[column] = {getattr(row, key): label(row) for row in rows}
    concepts = session.exec(select(Concept).where(col(Concept.id).in_(numbers["concept_id"]))).all()
    found["concept_id"] = {concept.id: concept_name(concept) for concept in concepts}
    return found
