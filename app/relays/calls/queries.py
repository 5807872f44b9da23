"""Reads of grouped calls: once opened they are for everybody; before, for those who make them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, tuple_
from sqlalchemy.orm import contains_eager, joinedload
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import GrantKind, User
from app.contributions import queries as contributions
from app.contributions.models import Contribution, Origin
from app.contributions.queries import MAX_ID, of_team, with_both_sides, with_project
from app.contributions.rules import Ties
from app.kernel.database import related
from app.kernel.errors import NotFound
from app.kernel.pagination import Page, cut, decode
from app.organisations.models import Organisation
from app.organisations.queries import speaks_for
from app.projects.models import Moderation, Need, NeedChip, NeedState, Project
from app.relays.calls.models import CalledNeed, CallState, GroupedCall, PlaceState
from app.relays.calls.rules import PARTNERS, Maker
from app.territories.models import Commune, Province

PAGE = 12
MOST_PROPOSED = 60


def maker(session: Session, user: User) -> Maker:
    return Maker(user, frozenset(organisation.id for organisation in partners(session, user)))


def partners(session: Session, user: User) -> list[Organisation]:
    """The institutions in whose name this person makes calls."""
    return [organisation for organisation in speaks_for(session, user) if organisation.kind in PARTNERS]


def visible_to(made: Maker | None) -> SelectOfScalar[GroupedCall]:
    return select(GroupedCall).where(_visible(made))


def _visible(made: Maker | None) -> ColumnElement[bool]:
    public = col(GroupedCall.state) != CallState.DRAFT
    if made is None:
        return public
    user = made.user
    if user.is_moderator or user.has_grant(GrantKind.COORDINATOR):
        return or_(public, col(GroupedCall.state) == CallState.DRAFT)
    return or_(public, col(GroupedCall.author_id) == user.id, col(GroupedCall.organisation_id).in_(made.partners))


def _whole(statement: SelectOfScalar[GroupedCall]) -> SelectOfScalar[GroupedCall]:
    return statement.options(
        joinedload(related(GroupedCall.theme)),
        joinedload(related(GroupedCall.author)),
        joinedload(related(GroupedCall.organisation)),
    )


def get(session: Session, made: Maker | None, call_id: int) -> GroupedCall:
    """Raises NotFound, also for what this person may not see."""
    statement = _whole(visible_to(made)).where(col(GroupedCall.id) == call_id)
    found = session.exec(statement).one_or_none() if 0 < call_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def page(session: Session, cursor: str | None = None) -> Page[GroupedCall]:
    """Those that were opened, the newest first."""
    key = tuple_(col(GroupedCall.opened_at), col(GroupedCall.id))
    statement = _whole(visible_to(None)).order_by(col(GroupedCall.opened_at).desc(), col(GroupedCall.id).desc())
    match decode(cursor):
        case (datetime() as moment, int() as number):
            statement = statement.where(key < tuple_(moment, number))
    rows = session.exec(statement.limit(PAGE + 1)).all()
    return cut(rows, PAGE, lambda call: (call.opened_at, call.id))


def drafts(session: Session, made: Maker) -> Sequence[GroupedCall]:
    statement = _whole(visible_to(made)).where(GroupedCall.state == CallState.DRAFT)
    return session.exec(statement.order_by(col(GroupedCall.id).desc()).limit(PAGE)).all()


def communes_of(session: Session, call_ids: Collection[int]) -> dict[int, list[Commune]]:
    """Call → its communes, by name."""
    found: dict[int, list[Commune]] = {}
    if not call_ids:
        return found
    rows = session.exec(
        select(CalledNeed.call_id, Commune)
        .join(Need, col(Need.id) == CalledNeed.need_id)
        .join(Project, col(Project.id) == Need.project_id)
        .join(Commune, col(Commune.code) == Project.commune_code)
        .where(col(CalledNeed.call_id).in_(call_ids), CalledNeed.state == PlaceState.IN)
        .where(Project.moderation == Moderation.PUBLISHED)
        .distinct()
        .order_by(col(Commune.name_fr))
    )
    for call_id, commune in rows:
        found.setdefault(call_id, []).append(commune)
    return found


def called(session: Session, call: GroupedCall, state: PlaceState = PlaceState.IN) -> Sequence[CalledNeed]:
    """Its needs of published projects, commune by commune, with all that a page says of them."""
    need = contains_eager(related(CalledNeed.need))
    project = need.contains_eager(related(Need.project))
    statement = (
        select(CalledNeed)
        .join(Need, col(Need.id) == CalledNeed.need_id)
        .join(Project, col(Project.id) == Need.project_id)
        .join(Commune, col(Commune.code) == Project.commune_code)
        .where(CalledNeed.call_id == call.id, CalledNeed.state == state, Project.moderation == Moderation.PUBLISHED)
        .order_by(col(Commune.name_fr), col(Commune.code), col(Need.id))
        .options(
            project.contains_eager(related(Project.commune))
            .joinedload(related(Commune.province))
            .joinedload(related(Province.region)),
            project.joinedload(related(Project.organisation)),
            project.joinedload(related(Project.author)),
            need.selectinload(related(Need.chips)).joinedload(related(NeedChip.concept)),
            joinedload(related(CalledNeed.added_by)),
        )
    )
    return session.exec(statement).unique().all()


def proposed(session: Session, call: GroupedCall, territory_code: str = "") -> Sequence[Need]:
    """Needs of the sector that could be in a call: looked for, published, not in it yet."""
    there = select(CalledNeed.need_id).where(CalledNeed.call_id == call.id, CalledNeed.state == PlaceState.IN)
    statement = (
        _open_needs()
        .where(Project.theme_code == call.theme_code, col(Need.id).not_in(there))
        .order_by(col(Project.commune_code), col(Need.id))
        .limit(MOST_PROPOSED)
    )
    if territory_code:
        inside = col(Project.commune_code).startswith(f"{territory_code}.")
        statement = statement.where(or_(col(Project.commune_code) == territory_code, inside))
    return session.exec(with_project(statement)).unique().all()


def own_needs(session: Session, ties: Ties, call: GroupedCall) -> Sequence[Need]:
    """Needs of projects that this person writes, which could join a call."""
    there = select(CalledNeed.need_id).where(
        CalledNeed.call_id == call.id, col(CalledNeed.state).in_((PlaceState.IN, PlaceState.ASKED))
    )
    statement = _open_needs().where(of_team(ties), col(Need.id).not_in(there)).order_by(col(Need.id).desc()).limit(30)
    return session.exec(with_project(statement)).unique().all()


def _open_needs() -> SelectOfScalar[Need]:
    return (
        select(Need)
        .join(Project, col(Project.id) == Need.project_id)
        .where(Need.state == NeedState.OPEN, Project.moderation == Moderation.PUBLISHED)
    )


def needs(session: Session, ids: Collection[int]) -> Sequence[Need]:
    """Those of these that are looked for and that everybody may read."""
    return contributions.whole_needs(session, [one for one in ids if 0 < one <= MAX_ID])


def answers_of(session: Session, ties: Ties, call: GroupedCall) -> Sequence[Contribution]:
    """What this person offered on the needs of a call, for themselves or for their group."""
    inside = select(CalledNeed.need_id).where(CalledNeed.call_id == call.id, CalledNeed.state == PlaceState.IN)
    statement = contributions.visible_to(ties).where(
        col(Contribution.need_id).in_(inside),
        Contribution.created_by_id == ties.user.id,
        Contribution.origin == Origin.OFFER,
    )
    return session.exec(with_both_sides(statement).order_by(col(Contribution.id).desc())).unique().all()


@dataclass(frozen=True)
class Figures:
    needs: int
    offers: int
    """Since it was opened."""


def figures(session: Session, call: GroupedCall) -> Figures:
    inside = select(CalledNeed.need_id).where(CalledNeed.call_id == call.id, CalledNeed.state == PlaceState.IN)
    needs = session.exec(select(func.count()).select_from(inside.subquery())).one()
    offers = 0
    if call.opened_at is not None:
        offers = session.exec(
            select(func.count()).where(
                col(Contribution.need_id).in_(inside),
                Contribution.origin == Origin.OFFER,
                col(Contribution.created_at) >= call.opened_at,
            )
        ).one()
    return Figures(needs, offers)
