"""What an idea can start from: a model of its theme (`data/outlines.toml`), or what another commune does."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter
from sqlmodel import Session, col

from app.accounts.models import User
from app.kernel.i18n import current_locale
from app.projects import fiche, needs, queries, translating
from app.projects.models import Duration, Mode, Moderation, NeedKind, Project
from app.projects.need_form import NeedForm
from app.projects.rules import Standing
from app.projects.sections import BY_NAME, IDEA

OUTLINES = Path(__file__).parent / "data" / "outlines.toml"
OBJECTIVE, THEME = BY_NAME["objective"], BY_NAME["theme"]


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OutlineWords(_Told):
    title: str
    summary: str
    objective: str


class OutlineNeed(_Told):
    kind: NeedKind
    fr: str
    ar: str

    @property
    def text(self) -> str:
        return self.ar if current_locale() == "ar" else self.fr


class Outline(_Told):
    """A model, in both languages."""

    code: str
    theme: str
    fr: OutlineWords
    ar: OutlineWords
    need: tuple[OutlineNeed, ...]

    @property
    def words(self) -> OutlineWords:
        return self.ar if current_locale() == "ar" else self.fr


@dataclass(frozen=True)
class Beginning:
    """What stands in the form of a new idea before anybody typed, in the reader's language where it exists."""

    title: str
    summary: str
    objective: str
    theme_code: str | None
    needs: Sequence[OutlineNeed] = ()
    """What such a project usually lacks, to be ticked."""
    outline: str = ""
    origin: Project | None = None


@cache
def outlines() -> tuple[Outline, ...]:
    told = tomllib.loads(OUTLINES.read_text("utf-8"))
    return TypeAdapter(tuple[Outline, ...]).validate_python(told["outline"])


def of_outline(code: str) -> Beginning | None:
    for one in outlines():
        if one.code == code:
            said = one.words
            return Beginning(said.title, said.summary, said.objective, one.theme, one.need, outline=code)
    return None


def of_project(session: Session, viewer: User | None, number: int) -> Beginning | None:
    """A published project, as this person reads it; None for one that does not exist or that they may not see."""
    statement = queries.with_place(queries.visible_to(viewer))
    statement = statement.where(Project.id == number, Project.moderation == Moderation.PUBLISHED)
    origin = session.exec(statement).one_or_none() if 0 < number <= queries.MAX_ID else None
    if origin is None:
        return None
    locale = current_locale()
    translations = translating.of_project(session, origin, locale)
    said = {
        name: translating.reading(fiche.text_of(section), translations, locale).content
        for name, section in fiche.of_project(session, origin).items()
        if name in (IDEA.name, OBJECTIVE.name)
    }
    idea, objective = said[IDEA.name], said.get(OBJECTIVE.name, {})
    return Beginning(idea["title"], idea["summary"], objective.get("text", ""), origin.theme_code, origin=origin)


def carry_on(
    session: Session,
    standing: Standing,
    project: Project,
    *,
    objective: str,
    language: str,
    theme_code: str | None,
    wanted: Sequence[tuple[NeedKind, str]],
) -> None:
    """The rest of what its author began from: each part of it as they left it in the form."""
    if theme_code:
        fiche.save(session, standing, project, THEME, {"theme_code": theme_code}, language, 0)
    if objective:
        fiche.save(session, standing, project, OBJECTIVE, {"text": objective}, language, 0)
    for kind, text in wanted:
        form = NeedForm(kind=kind, text=text, mode=Mode.EITHER, duration=Duration.ONE_OFF)
        needs.add(session, standing, project, form)


def followers(session: Session, project: Project) -> Sequence[Project]:
    """Published projects of those who do the same, the first to follow first."""
    return session.exec(
        queries.with_place(queries.visible_to(None))
        .where(Project.inspired_by_id == project.id)
        .order_by(col(Project.published_at), col(Project.id))
    ).all()


def origin_of(session: Session, viewer: User | None, project: Project) -> Project | None:
    """What inspired it, if this person may read it."""
    if project.inspired_by_id is None:
        return None
    statement = queries.with_place(queries.visible_to(viewer)).where(Project.id == project.inspired_by_id)
    return session.exec(statement).one_or_none()
