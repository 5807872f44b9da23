"""What happens in a territory: its projects by stage, its open needs, its news, who is tied to it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, tuple_
from sqlmodel import Session, col, select

from app.home.queries import PUBLISHED
from app.kernel import pagination
from app.kernel.pagination import Page
from app.organisations.models import Membership, MembershipState, Organisation
from app.organisations.queries import administrations
from app.profiles.queries import tied
from app.projects.listing import within
from app.projects.models import Need, NeedState, Project, Stage
from app.projects.queries import visible_to, with_place
from app.territories.models import Commune, Territory

PAGE = 12

STAGES = (Stage.REALISED, Stage.UNDER_WAY, Stage.OPEN, Stage.IDEA)
"""In the order of the page: what was done comes first."""


@dataclass(frozen=True)
class PlaceFigures:
    projects: int
    realised: int
    needs: int
    contributors: int = 0


def figures(session: Session, territory: Territory) -> PlaceFigures:
    stages = dict(
        session.exec(
            select(Project.stage, func.count()).where(PUBLISHED, within(territory)).group_by(col(Project.stage))
        ).all()
    )
    needs = session.exec(
        select(func.count())
        .select_from(Need)
        .join(Project, col(Project.id) == Need.project_id)
        .where(PUBLISHED, within(territory), Need.state == NeedState.OPEN)
    ).one()
    contributors = tied(session, [territory.code]).get(territory.code, 0) if isinstance(territory, Commune) else 0
    return PlaceFigures(sum(stages.values()), stages.get(Stage.REALISED, 0), needs, contributors)


def projects(session: Session, territory: Territory, after: str, size: int = PAGE) -> Page[Project]:
    """By stage, the newest of each first."""
    rank = case({stage.value: -position for position, stage in enumerate(STAGES)}, value=col(Project.stage))
    statement = (
        with_place(visible_to(None).where(within(territory)))
        .order_by(rank.desc(), col(Project.published_at).desc(), col(Project.id).desc())
        .limit(size + 1)
    )
    match pagination.decode(after):
        case (int() as position, datetime() as published, int() as number):
            here = tuple_(rank, col(Project.published_at), col(Project.id))
            statement = statement.where(here < (position, published, number))
    return pagination.cut(
        session.exec(statement).all(),
        size,
        lambda project: (-STAGES.index(project.stage), project.published_at, project.id),
    )


@dataclass(frozen=True)
class Spoken:
    """The administration of a territory, once verified, and how many people speak for it: no names."""

    organisation: Organisation
    speakers: int


def spoken_for(session: Session, territory: Territory) -> Spoken | None:
    organisation = administrations(session, [territory.code]).get(territory.code)
    if organisation is None or organisation.verified_at is None:
        return None
    speakers = session.exec(
        select(func.count()).where(
            Membership.organisation_id == organisation.id, Membership.state == MembershipState.VERIFIED
        )
    ).one()
    return Spoken(organisation, speakers)
