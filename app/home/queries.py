"""Reads of what everybody may see, for the first page and for the pages of territories."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Date, Text, and_, cast, func, or_
from sqlalchemy.orm import contains_eager
from sqlmodel import Session, col, select

from app.contributions.answering import usual_days
from app.home.showing import DONE
from app.kernel.database import related
from app.projects.models import Moderation, Need, NeedState, Project, Section, Stage
from app.projects.queries import visible_to, with_place
from app.territories.models import Commune

PUBLISHED = col(Project.moderation) == Moderation.PUBLISHED


@dataclass(frozen=True)
class Figures:
    projects: int = 0
    realised: int = 0
    answer_days: int | None = None
    """How long an offer usually waits for its answer."""


def figures(session: Session) -> Figures:
    stages = dict(session.exec(select(Project.stage, func.count()).where(PUBLISHED).group_by(col(Project.stage))).all())
    return Figures(sum(stages.values()), stages.get(Stage.REALISED, 0), usual_days(session))


def realisations(session: Session, limit: int) -> Sequence[Project]:
    """What was done, the last first: projects that are realised, then those under way with something to tell."""
    story = and_(col(Section.project_id) == col(Project.id), col(Section.name) == DONE)
    realised = col(Project.stage) == Stage.REALISED
    day = func.coalesce(col(Section.content)["done_on"].astext, cast(cast(col(Project.updated_at), Date), Text))
    return session.exec(
        with_place(visible_to(None).join(Section, story, isouter=True))
        .where(or_(realised, col(Section.content)["text"].is_not(None)))
        .order_by(realised.desc(), day.desc(), col(Project.id).desc())
        .limit(limit)
    ).all()


def ideas(session: Session, limit: int) -> Sequence[Project]:
    return session.exec(
        with_place(visible_to(None).where(Project.stage == Stage.IDEA))
        .order_by(col(Project.published_at).desc(), col(Project.id).desc())
        .limit(limit)
    ).all()


def open_needs(session: Session, limit: int, where: ColumnElement[bool] | None = None) -> Sequence[Need]:
    """The newest of each project, the newest first, so that one project does not fill the page."""
    newest = (
        select(func.max(Need.id))
        .join(Project, col(Project.id) == Need.project_id)
        .where(PUBLISHED, Need.state == NeedState.OPEN)
        .group_by(col(Need.project_id))
        .order_by(func.max(Need.id).desc())
        .limit(limit)
    )
    if where is not None:
        newest = newest.where(where)
    project = contains_eager(related(Need.project))
    return session.exec(
        select(Need)
        .join(Project, col(Project.id) == Need.project_id)
        .where(col(Need.id).in_(newest))
        .options(project.joinedload(related(Project.commune)).joinedload(related(Commune.province)))
        .order_by(col(Need.id).desc())
    ).all()
