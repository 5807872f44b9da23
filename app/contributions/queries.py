"""Reads of contributions. All start from `visible_to`: the asked side finds nothing before a moderator approved."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, and_, any_, case, false, func, or_, true
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import GrantKind, User
from app.contributions import sides
from app.contributions.models import Contribution, Origin, State
from app.contributions.rules import LIVE, Ties, sees_people
from app.deadlines.queries import is_late
from app.journal.models import Subject
from app.kernel.database import related
from app.kernel.errors import NotFound
from app.kernel.pagination import Page, cut, decode
from app.profiles.cards import Card, card
from app.profiles.models import Profile, ProfileChip, ProfilePlace
from app.profiles.queries import theme_labels
from app.profiles.rules import Level
from app.projects import queries as projects
from app.projects.models import Moderation, Need, NeedChip, NeedState, Project
from app.territories.models import Commune, Province

MAX_ID = 2**31 - 1
PAGE = 20


def visible_to(ties: Ties) -> SelectOfScalar[Contribution]:
    """The statement that goes with `rules.may_see`; need, project and profile are joined to it."""
    has_left = col(Contribution.approved_by_id).is_not(None)
    return _joined().where(
        or_(
            col(Contribution.created_by_id) == ties.user.id,
            and_(_of_contributor(ties), or_(col(Contribution.origin) == Origin.OFFER, has_left)),
            and_(of_team(ties), or_(col(Contribution.origin) == Origin.INVITATION, has_left)),
            looked_after_by(ties.user),
            _overseen_by(ties.user),
        )
    )


def _joined() -> SelectOfScalar[Contribution]:
    return (
        select(Contribution)
        .join(Need, col(Need.id) == Contribution.need_id)
        .join(Project, col(Project.id) == Need.project_id)
        .join(Profile, col(Profile.id) == Contribution.profile_id)
    )


def _of_contributor(ties: Ties) -> ColumnElement[bool]:
    return or_(col(Profile.owner_id) == ties.user.id, col(Profile.id).in_(ties.groups))


def of_team(ties: Ties) -> ColumnElement[bool]:
    """The condition that goes with `Ties.writes`."""
    return or_(
        col(Project.author_id) == ties.user.id,
        col(Project.organisation_id).in_(ties.organisations),
        col(Project.endorsed_by_id).in_(ties.organisations),
        col(Project.id).in_(ties.co_authored),
    )


def looked_after_by(user: User) -> ColumnElement[bool]:
    """The condition that goes with `rules.looks_after`."""
    if not user.is_moderator:
        return false()
    everything = user.is_administrator or any(scope.is_everything for scope in user.scopes)
    countries = [scope.country for scope in user.scopes if scope.country]
    scope = true() if everything else or_(projects.looked_after_by(user), col(Profile.country).in_(countries))
    return and_(scope, col(Profile.owner_id) != user.id)


def _overseen_by(user: User) -> ColumnElement[bool]:
    """The condition that goes with `rules.oversees`."""
    if not user.has_grant(GrantKind.COORDINATOR):
        return false()
    return and_(is_late(Subject.CONTRIBUTION, col(Contribution.id)), col(Profile.owner_id) != user.id)


def with_both_sides(statement: SelectOfScalar[Contribution]) -> SelectOfScalar[Contribution]:
    """With all that a card says of need, project, place and person; as many queries for one as for a hundred."""
    need = contains_eager(related(Contribution.need))
    profile = contains_eager(related(Contribution.profile))
    project = need.contains_eager(related(Need.project))
    return statement.options(
        project.joinedload(related(Project.commune))
        .joinedload(related(Commune.province))
        .joinedload(related(Province.region)),
        project.joinedload(related(Project.organisation)),
        project.joinedload(related(Project.endorsed_by)),
        project.joinedload(related(Project.author)),
        profile.joinedload(related(Profile.owner)),
        profile.joinedload(related(Profile.organisation)),
        profile.selectinload(related(Profile.places)).options(
            joinedload(related(ProfilePlace.commune)),
            joinedload(related(ProfilePlace.province)),
            joinedload(related(ProfilePlace.region)),
        ),
        profile.selectinload(related(Profile.chips)).joinedload(related(ProfileChip.concept)),
        joinedload(related(Contribution.created_by)),
        joinedload(related(Contribution.open_step)),
    )


def get(session: Session, ties: Ties, contribution_id: int) -> Contribution:
    """Raises NotFound, also for what this person may not see."""
    statement = with_both_sides(visible_to(ties)).where(col(Contribution.id) == contribution_id)
    found = session.exec(statement).unique().one_or_none() if 0 < contribution_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def card_of(session: Session, contribution: Contribution, level: Level) -> Card | None:
    """What that level shows of the person; None once they hid their profile from the project."""
    if level is Level.NOTHING:
        return None
    return card(contribution.profile, level, theme_labels(session))


def need(session: Session, user: User | None, need_id: int) -> Need:
    """Raises NotFound, also for a need of a project that this person may not see."""
    visible = projects.visible_to(user).with_only_columns(col(Project.id))
    statement = with_project(select(Need).join(Project, col(Project.id) == Need.project_id)).where(
        Need.id == need_id, col(Project.id).in_(visible)
    )
    found = session.exec(statement).one_or_none() if 0 < need_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def looked_for(session: Session, user: User, need_id: int) -> tuple[Ties, Need]:
    """A need whose people this person may look for; for others it is absent. Raises NotFound."""
    ties, found = sides.ties(session, user), need(session, user, need_id)
    if not sees_people(ties, found.project):
        raise NotFound
    return ties, found


def with_project(statement: SelectOfScalar[Need]) -> SelectOfScalar[Need]:
    """With the project, its place and the concepts; `Project` is joined already."""
    project = contains_eager(related(Need.project))
    return statement.options(
        project.joinedload(related(Project.commune))
        .joinedload(related(Commune.province))
        .joinedload(related(Province.region)),
        project.joinedload(related(Project.organisation)),
        project.joinedload(related(Project.author)),
        selectinload(related(Need.chips)).joinedload(related(NeedChip.concept)),
    )


def whole_needs(session: Session, ids: Collection[int]) -> Sequence[Need]:
    """Those of these needs that are looked for and that everybody may read, with all that matching reads."""
    if not ids:
        return []
    return session.exec(with_project(_open(ids))).all()


def open_needs_shown(session: Session, ids: Collection[int]) -> Sequence[Need]:
    """Those of these needs that are looked for and that everybody may read, with the project and its place."""
    project = contains_eager(related(Need.project))
    place = project.joinedload(related(Project.commune)).joinedload(related(Commune.province))
    return session.exec(_open(ids).options(place.joinedload(related(Province.region)))).all()


def _open(ids: Collection[int]) -> SelectOfScalar[Need]:
    return (
        select(Need)
        .join(Project, col(Project.id) == Need.project_id)
        .where(
            col(Need.id) == any_(array(list(ids), type_=Integer)),
            Need.state == NeedState.OPEN,
            Project.moderation == Moderation.PUBLISHED,
        )
    )


def latest_between(session: Session, need_ids: Collection[int], profile_ids: Collection[int]) -> Sequence[Contribution]:
    """The last contribution of each of these people on each of these needs, whoever may see it."""
    newest = (
        select(func.max(Contribution.id))
        .where(col(Contribution.need_id).in_(need_ids), col(Contribution.profile_id).in_(profile_ids))
        .group_by(col(Contribution.need_id), col(Contribution.profile_id))
    )
    return whole(session, session.exec(newest).all())


def whole(session: Session, ids: Collection[int]) -> Sequence[Contribution]:
    """These contributions, with both sides, whoever may see them."""
    if not ids:  # as mostly: the statement is a large one
        return []
    return session.exec(with_both_sides(_joined().where(col(Contribution.id).in_(ids)))).unique().all()


def live(session: Session, need_id: int, profile_id: int) -> Contribution | None:
    """The one contribution under way between these two."""
    return session.exec(
        select(Contribution).where(
            Contribution.need_id == need_id,
            Contribution.profile_id == profile_id,
            col(Contribution.state).in_(LIVE),
        )
    ).one_or_none()


# Lists


@dataclass(frozen=True)
class Mine:
    """Contributions in which somebody has a part, what waits for them first."""

    waiting: Sequence[Contribution]
    others: Page[Contribution]


def own(ties: Ties) -> SelectOfScalar[Contribution]:
    """Those of one side or the other; what a moderator merely looks after is on the desk."""
    return visible_to(ties).where(
        or_(_of_contributor(ties), of_team(ties), col(Contribution.created_by_id) == ties.user.id)
    )


def _waits_for(ties: Ties) -> ColumnElement[bool]:
    """Whose turn it is, as `rules.TURNS` says it; the desk counts the moderator's own turns."""
    own = col(Profile.owner_id) == ties.user.id
    team = and_(of_team(ties), ~own)
    return or_(
        and_(
            col(Contribution.state) == State.APPROVED,
            case((col(Contribution.origin) == Origin.OFFER, team), else_=own),
        ),
        and_(col(Contribution.state) == State.WAITING_LIST, team),
    )


def mine(session: Session, ties: Ties, cursor: str | None = None) -> Mine:
    waiting = (
        session.exec(
            with_both_sides(own(ties).where(_waits_for(ties))).order_by(
                col(Contribution.state_since), col(Contribution.id)
            )
        )
        .unique()
        .all()
        if cursor is None
        else []
    )
    others = own(ties).where(~_waits_for(ties))
    after = decode(cursor)
    if after and isinstance(after[0], int):
        others = others.where(col(Contribution.id) < after[0])
    rows = session.exec(with_both_sides(others).order_by(col(Contribution.id).desc()).limit(PAGE + 1)).unique().all()
    return Mine(waiting, cut(rows, PAGE, lambda row: (row.id,)))


def waiting_for(session: Session, user: User) -> int:
    """How many contributions wait for this person's answer: the number in the header."""
    statement = visible_to(ties := sides.ties(session, user)).where(_waits_for(ties))
    return session.exec(select(func.count()).select_from(statement.subquery())).one()


def of_need(session: Session, ties: Ties, need: Need) -> Sequence[Contribution]:
    """The contributions of one need that this person may see: those to be answered first, then the last moved."""
    return (
        session.exec(
            with_both_sides(visible_to(ties))
            .where(Contribution.need_id == need.id)
            .order_by(col(Contribution.state).in_(LIVE).desc(), col(Contribution.state_since).desc())
        )
        .unique()
        .all()
    )


def accepted_on(session: Session, need_id: int) -> int:
    """How many people a need has already found."""
    return session.exec(
        select(func.count()).where(Contribution.need_id == need_id, Contribution.state == State.ACCEPTED)
    ).one()


def accepted(session: Session, need_id: int) -> Sequence[Contribution]:
    """Those who help with a need, with both sides, in the order in which they came."""
    statement = with_both_sides(_joined()).where(Contribution.need_id == need_id, Contribution.state == State.ACCEPTED)
    return session.exec(statement.order_by(col(Contribution.id))).unique().all()


def on_desk_of(user: User) -> ColumnElement[bool]:
    """The matches that wait for this moderator; for a coordinator also what others leave waiting.

    On contributions joined with their need, project and profile.
    """
    return and_(col(Contribution.state) == State.PROPOSED, or_(looked_after_by(user), _overseen_by(user)))


def proposed_contributions(session: Session, moderator: User, limit: int | None = None) -> Sequence[Contribution]:
    """The matches that wait for this moderator, oldest first, with all that the desk shows of them."""
    return (
        session.exec(
            with_both_sides(_joined().where(on_desk_of(moderator)))
            .order_by(col(Contribution.state_since), col(Contribution.id))
            .limit(limit)
        )
        .unique()
        .all()
    )
