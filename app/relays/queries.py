"""Reads of relays. All start from `visible_to`: the relayer, and whoever asked for the project."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, false, func, or_
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.contributions.models import Contribution, State
from app.contributions.queries import MAX_ID, of_team, with_project
from app.contributions.rules import Ties
from app.kernel.database import related
from app.kernel.errors import NotFound
from app.kernel.pagination import Page, cut, decode
from app.projects import queries as projects
from app.projects.models import Moderation, Need, NeedChip, NeedState, Project, Stage
from app.relays.models import KnownPerson, Relay, RelayCredit, RelayState
from app.relays.rules import LIVE
from app.territories.models import Commune, Province

PAGE = 20


def visible_to(ties: Ties) -> SelectOfScalar[Relay]:
    """The statement that goes with `rules.may_see`; the need and its project are joined to it."""
    asked = col(Relay.asked_by_id).is_not(None)
    return _joined().where(
        or_(col(Relay.user_id) == ties.user.id, and_(asked, or_(of_team(ties), _looked_after(ties))))
    )


def _joined() -> SelectOfScalar[Relay]:
    return select(Relay).join(Need, col(Need.id) == Relay.need_id).join(Project, col(Project.id) == Need.project_id)


def _looked_after(ties: Ties) -> ColumnElement[bool]:
    return projects.looked_after_by(ties.user) if ties.user.is_moderator else false()


def _whole(statement: SelectOfScalar[Relay]) -> SelectOfScalar[Relay]:
    """With the need, the project and its place, and who relays; as many queries for one as for a hundred."""
    need = contains_eager(related(Relay.need))
    project = need.contains_eager(related(Need.project))
    return statement.options(
        project.joinedload(related(Project.commune))
        .joinedload(related(Commune.province))
        .joinedload(related(Province.region)),
        project.joinedload(related(Project.organisation)),
        project.joinedload(related(Project.author)),
        need.selectinload(related(Need.chips)).joinedload(related(NeedChip.concept)),
        joinedload(related(Relay.user)),
        joinedload(related(Relay.asked_by)),
        joinedload(related(Relay.known_person)).joinedload(related(KnownPerson.commune)),
    )


def get(session: Session, ties: Ties, relay_id: int) -> Relay:
    """Raises NotFound, also for what this person may not see."""
    statement = _whole(visible_to(ties)).where(col(Relay.id) == relay_id)
    found = session.exec(statement).unique().one_or_none() if 0 < relay_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def by_code(session: Session, code: str) -> Relay:
    """The relay of a link that was sent. Raises NotFound; what is only asked for has no link yet."""
    sent = col(Relay.state).in_((RelayState.OPEN, RelayState.STOPPED))
    found = session.exec(_whole(_joined()).where(Relay.code == code, sent)).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def live(session: Session, need_id: int, user_id: int) -> Relay | None:
    """The one relay of this person for that need."""
    return session.exec(
        select(Relay).where(Relay.need_id == need_id, Relay.user_id == user_id, col(Relay.state).in_(LIVE))
    ).one_or_none()


def other_needs(session: Session, need: Need, limit: int = 6) -> Sequence[Need]:
    """What is looked for elsewhere: of the same project first, then of the commune, the province, the theme."""
    project = need.project
    nearness = case(
        (col(Project.id) == project.id, 0),
        (col(Project.commune_code) == project.commune_code, 1),
        (col(Project.commune_code).startswith(project.commune_code[:6]), 2),
        (col(Project.theme_code) == project.theme_code, 3),
        else_=4,
    )
    statement = (
        select(Need)
        .join(Project, col(Project.id) == Need.project_id)
        .where(Need.state == NeedState.OPEN, Project.moderation == Moderation.PUBLISHED, Need.id != need.id)
        .order_by(nearness, col(Project.published_at).desc(), col(Need.id).desc())
        .limit(limit)
    )
    return session.exec(with_project(statement)).unique().all()


def relayers_of(session: Session, need_id: int) -> int:
    """How many people pass the word on for a need."""
    return session.exec(select(func.count()).where(Relay.need_id == need_id, Relay.state == RelayState.OPEN)).one()


@dataclass(frozen=True)
class Figures:
    """What came of somebody's relays."""

    relays: int = 0
    opened: int = 0
    offers: int = 0
    agreed: int = 0
    realised: int = 0


def figures(session: Session, user_id: int) -> Figures:
    """In two queries."""
    sent = col(Relay.state).in_((RelayState.OPEN, RelayState.STOPPED))
    relays, opened = session.exec(
        select(func.count(), func.coalesce(func.sum(Relay.opened), 0)).where(Relay.user_id == user_id, sent)
    ).one()
    agreed = col(Contribution.state) == State.ACCEPTED
    done = and_(agreed, col(Project.stage) == Stage.REALISED)
    offers, accepted, realised = session.exec(
        select(func.count(), func.count().filter(agreed), func.count().filter(done))
        .select_from(RelayCredit)
        .join(Relay, col(Relay.id) == RelayCredit.relay_id)
        .join(Contribution, col(Contribution.id) == RelayCredit.contribution_id)
        .join(Need, col(Need.id) == Contribution.need_id)
        .join(Project, col(Project.id) == Need.project_id)
        .where(Relay.user_id == user_id)
    ).one()
    return Figures(relays, opened, offers, accepted, realised)


def led_to(session: Session, relay_ids: Collection[int]) -> dict[int, list[Contribution]]:
    """Relay → the offers that came by it."""
    found: dict[int, list[Contribution]] = {}
    if not relay_ids:
        return found
    statement = (
        select(RelayCredit)
        .where(col(RelayCredit.relay_id).in_(relay_ids))
        .options(selectinload(related(RelayCredit.contribution)))
        .order_by(col(RelayCredit.contribution_id))
    )
    for credit in session.exec(statement):
        found.setdefault(credit.relay_id, []).append(credit.contribution)
    return found


def waiting(session: Session, user_id: int) -> Sequence[Relay]:
    """What this person is asked to relay, oldest first."""
    statement = _whole(_joined()).where(Relay.user_id == user_id, Relay.state == RelayState.ASKED)
    return session.exec(statement.order_by(col(Relay.state_since), col(Relay.id))).unique().all()


def mine(session: Session, user_id: int, cursor: str | None = None) -> Page[Relay]:
    """The relays of one person, the newest first; those that wait for an answer are `waiting`."""
    statement = _whole(_joined()).where(Relay.user_id == user_id, Relay.state != RelayState.ASKED)
    after = decode(cursor)
    if after and isinstance(after[0], int):
        statement = statement.where(col(Relay.id) < after[0])
    rows = session.exec(statement.order_by(col(Relay.id).desc()).limit(PAGE + 1)).unique().all()
    return cut(rows, PAGE, lambda row: (row.id,))
