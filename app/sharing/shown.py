"""What is said of a page that one shares: read as a stranger would, in one language."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from textwrap import shorten

from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.kernel.database import related
from app.kernel.errors import NotFound
from app.kernel.i18n import current_locale
from app.kernel.i18n import gettext as _
from app.news import queries as news
from app.projects import labels, photos, queries, translating
from app.projects.models import Need, NeedState, Project, Stage
from app.projects.needs import text_of
from app.projects.sections import IDEA
from app.territories import queries as territories
from app.territories.models import Commune, Province, Region, Territory

LONGEST_TITLE, LONGEST_WORDS = 160, 300


class Kind(StrEnum):
    PROJECT = "project"
    NEED = "need"
    NEWS = "news"
    COMMUNE = "commune"
    HOME = "home"


LETTERS = {"p": Kind.PROJECT, "b": Kind.NEED, "a": Kind.NEWS, "c": Kind.COMMUNE}
"""The short address of a poster: /p12, /b5, /a3, /c09.581.11.03."""


@dataclass(frozen=True)
class Shared:
    kind: Kind
    key: str
    title: str
    language: str
    """Of the title."""
    words: str
    label: str
    """Where it stands, in the reader's language."""
    places: tuple[str, ...] = ()
    """In French and in Arabic."""
    theme: str = ""
    photo: int | None = None
    """The number of the file."""
    is_done: bool = False

    @property
    def short(self) -> str:
        """The end of its short address."""
        letter = next((letter for letter, kind in LETTERS.items() if kind is self.kind), "")
        return f"{letter}{self.key}" if letter else ""

    @property
    def version(self) -> str:
        """What its pictures are kept under: other words, another photograph, another version."""
        said = json.dumps([asdict(self), current_locale()], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def get(session: Session, kind: Kind, key: str) -> Shared:
    """In the reader's language where somebody translated it. Raises NotFound for what not everybody may see."""
    return _READ[kind](session, key)


def _number(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) < 11):
        raise NotFound
    return int(key)


def _project(session: Session, key: str) -> Shared:
    project = queries.get(session, None, _number(key))
    said = translating.of_project(session, project, current_locale())
    idea = said.get(IDEA.name) if project.language != current_locale() else None
    content = idea.content if idea else {}
    cover = photos.covers(session, [project.id], {}, current_locale()).get(project.id)
    return Shared(
        Kind.PROJECT,
        key,
        title=shorten(content.get("title", project.title), LONGEST_TITLE, placeholder="…"),
        language=idea.language if idea else project.language,
        words=shorten(content.get("summary", project.summary), LONGEST_WORDS, placeholder="…"),
        label=labels.state_of(project)[0],
        places=_places(project.commune),
        theme=project.theme_code or "",
        photo=cover.photo.file_id if cover else None,
        is_done=project.stage is Stage.REALISED,
    )


def _need(session: Session, key: str) -> Shared:
    number = _number(key)
    visible = queries.visible_to(None).with_only_columns(col(Project.id))
    found = (
        session.exec(
            select(Need)
            .where(Need.id == number, col(Need.project_id).in_(visible))
            .options(joinedload(related(Need.project)).joinedload(related(Project.commune)))
        ).one_or_none()
        if 0 < number <= queries.MAX_ID
        else None
    )
    if found is None:
        raise NotFound
    said = translating.of_project(session, found.project, current_locale())
    reading = translating.reading(text_of(found), said, current_locale())
    kind = _(labels.KINDS[found.kind])
    label = _("On cherche : %(kind)s") % {"kind": kind.lower()} if found.state is NeedState.OPEN else _("Trouvé")
    titles = translating.titles(session, [found.project], current_locale())
    return Shared(
        Kind.NEED,
        key,
        title=shorten(str(reading.content["text"]), LONGEST_TITLE, placeholder="…"),
        language=reading.language,
        words=shorten(titles.get(found.project_id, found.project.title), LONGEST_WORDS, placeholder="…"),
        label=label,
        places=_places(found.project.commune),
        theme=found.project.theme_code or "",
    )


def _news(session: Session, key: str) -> Shared:
    item = news.get(session, None, _number(key))
    place = item.commune or item.province or item.region
    return Shared(
        Kind.NEWS,
        key,
        title=shorten(item.title, LONGEST_TITLE, placeholder="…"),
        language=item.language,
        words=shorten(item.text, LONGEST_WORDS, placeholder="…"),
        label=_("Actualité"),
        places=_places(place) if place else (),
    )


def _commune(session: Session, key: str) -> Shared:
    found = territories.get(session, key)
    if not isinstance(found, Commune):
        raise NotFound
    return Shared(
        Kind.COMMUNE,
        key,
        title=found.name(current_locale()),
        language=current_locale(),
        words=_("Ce que la commune cherche, et ce qui s’y est fait."),
        label=_("Commune"),
        places=_places(found),
    )


def _home(_session: Session, _key: str) -> Shared:
    return Shared(
        Kind.HOME,
        "twiza",
        title=_("Ce que nos communes cherchent, quelqu’un le sait faire"),
        language=current_locale(),
        words=_("Les communes du Maroc disent ce qui leur manque ; vous apportez ce que vous savez faire."),
        label="Twiza · تويزة",
    )


def _places(territory: Territory) -> tuple[str, ...]:
    match territory:
        case Commune():
            return territory.name_and_province("fr"), territory.name_and_province("ar")
        case Province() | Region():
            return territory.name("fr"), territory.name("ar")


_READ: dict[Kind, Callable[[Session, str], Shared]] = {
    Kind.PROJECT: _project,
    Kind.NEED: _need,
    Kind.NEWS: _news,
    Kind.COMMUNE: _commune,
    Kind.HOME: _home,
}
