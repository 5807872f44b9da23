"""Reads of projects. All start from `visible_to`: what somebody may not see is absent."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, and_, false, func, or_, true
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import GrantKind, User
from app.deadlines.queries import is_late
from app.journal.models import Entry, Subject
from app.kernel.database import related
from app.kernel.errors import NotFound
from app.kernel.folding import fold
from app.kernel.i18n import gettext
from app.organisations.models import Membership, MembershipState, Organisation, OrganisationKind
from app.organisations.queries import speaks_for
from app.projects.models import CoAuthor, Moderation, Project, Stage
from app.projects.rules import MOVES, Standing
from app.territories.models import Commune, Province

MAX_ID = 2**31 - 1
NEAR_IDENTICAL = 80  # of 100


def visible_to(user: User | None) -> SelectOfScalar[Project]:
    """Published ones for all; the others for those who write them and those who look after them."""
    published = col(Project.moderation) == Moderation.PUBLISHED
    if user is None:
        return select(Project).where(published)
    return select(Project).where(or_(published, written_by(user), looked_after_by(user), _left_waiting(user)))


def written_by(user: User) -> ColumnElement[bool]:
    spoken_for = (
        select(Membership.organisation_id)
        .join(Organisation, col(Organisation.id) == Membership.organisation_id)
        .where(Membership.user_id == user.id, Membership.state == MembershipState.VERIFIED)
        .where(col(Organisation.verified_at).is_not(None))
    )
    return or_(
        col(Project.author_id) == user.id,
        col(Project.id).in_(select(CoAuthor.project_id).where(CoAuthor.user_id == user.id)),
        col(Project.organisation_id).in_(spoken_for),
        col(Project.endorsed_by_id).in_(spoken_for),
    )


def looked_after_by(user: User) -> ColumnElement[bool]:
    """The condition that goes with `rules.can_moderate`."""
    if user.is_administrator:
        return true()
    if not user.is_moderator:
        return false()
    if any(scope.is_everything for scope in user.scopes):
        return true()
    regions = [scope.region_code for scope in user.scopes if scope.region_code]
    return func.left(col(Project.commune_code), 2).in_(regions) if regions else false()


def _left_waiting(user: User) -> ColumnElement[bool]:
    """What moderators leave waiting is seen by coordinators."""
    if not user.has_grant(GrantKind.COORDINATOR):
        return false()
    return is_late(Subject.PROJECT, col(Project.id))


def with_place(statement: SelectOfScalar[Project]) -> SelectOfScalar[Project]:
    """With all that a card or the head of a page says, in one query."""
    return statement.options(
        joinedload(related(Project.commune)).joinedload(related(Commune.province)).joinedload(related(Province.region)),
        joinedload(related(Project.theme)),
        joinedload(related(Project.organisation)),
        joinedload(related(Project.endorsed_by)),
        joinedload(related(Project.author)),
        joinedload(related(Project.open_step)),
    )


def get(session: Session, user: User | None, project_id: int) -> Project:
    """Raises NotFound, also for what this person may not see."""
    statement = with_place(visible_to(user)).where(col(Project.id) == project_id)
    found = session.exec(statement).one_or_none() if 0 < project_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def get_for_change(session: Session, user: User, project_id: int) -> Project:
    """The same, held until the end of the request: of two moves at once the second sees what the first did."""
    if 0 < project_id <= MAX_ID:
        session.exec(select(Project.id).where(Project.id == project_id).with_for_update(key_share=True)).one_or_none()
    return get(session, user, project_id)


def standing(session: Session, user: User | None, project: Project) -> Standing:
    if user is None:
        return Standing()
    organisations = speaks_for(session, user)
    co_author = session.get(CoAuthor, (project.id, user.id))
    return Standing(
        user=user,
        organisations=frozenset(organisation.id for organisation in organisations),
        communes=frozenset(
            organisation.commune_code
            for organisation in organisations
            if organisation.kind is OrganisationKind.COMMUNE and organisation.commune_code
        ),
        is_co_author=co_author is not None,
    )


@dataclass(frozen=True)
class Said:
    """One step of moderation, with who took it and their words."""

    at: datetime
    verb: str
    name: str
    words: str
    entry_id: int

    @property
    def told(self) -> str:
        return gettext(MOVES[self.verb].told)


def thread(session: Session, project: Project) -> list[Said]:
    """What moderation and the authors said to one another, oldest first."""
    return threads(session, [project.id])[project.id]


def threads(session: Session, project_ids: Collection[int]) -> defaultdict[int, list[Said]]:
    rows = session.exec(
        select(Entry, User.name)
        .join(User, col(User.id) == Entry.actor_id)
        .where(Entry.subject_kind == Subject.PROJECT, col(Entry.subject_id).in_(project_ids))
        .where(col(Entry.verb).in_(MOVES), col(Entry.undone_at).is_(None))
        .order_by(col(Entry.id))
    )
    said: defaultdict[int, list[Said]] = defaultdict(list)
    for entry, name in rows:
        said[entry.subject_id].append(Said(entry.at, entry.verb, name, entry.note, entry.id))
    return said


def stage_since(session: Session, project: Project) -> datetime | None:
    """When somebody carried the project to its stage; None for an idea and an open one, which only follow the needs."""
    if project.stage in (Stage.IDEA, Stage.OPEN):
        return None
    return session.exec(
        select(Entry.at)
        .where(Entry.subject_kind == Subject.PROJECT, Entry.subject_id == project.id)
        .where(Entry.verb == "stage", Entry.to_state == project.stage.value)
        .order_by(col(Entry.id).desc())
        .limit(1)
    ).first()


@dataclass(frozen=True)
class Waiting:
    """A project on the moderators' desk, with what was said so far."""

    project: Project
    thread: list[Said]


def waits_for(user: User) -> ColumnElement[bool]:
    """What is on this moderator's desk; for a coordinator also what others leave waiting."""
    theirs = and_(
        looked_after_by(user),
        or_(
            col(Project.moderation) == Moderation.WAITING,
            and_(col(Project.moderation) == Moderation.HELPING, col(Project.helper_id) == user.id),
        ),
    )
    return or_(theirs, and_(col(Project.moderation) == Moderation.WAITING, _left_waiting(user)))


def waiting_projects(session: Session, moderator: User, limit: int | None = None) -> list[Waiting]:
    """What waits for this moderator, oldest first."""
    projects = session.exec(
        with_place(select(Project).where(waits_for(moderator)))
        .order_by(col(Project.moderation_since), col(Project.id))
        .limit(limit)
    ).all()
    said = threads(session, [project.id for project in projects])
    return [Waiting(project, said[project.id]) for project in projects]


def projects_of(session: Session, user: User) -> Sequence[Project]:
    """Those that this person writes, the last moved first."""
    return session.exec(
        with_place(select(Project).where(written_by(user))).order_by(col(Project.updated_at).desc(), col(Project.id))
    ).all()


def near_identical(session: Session, user: User | None, commune_code: str, title: str) -> list[Project]:
    """Projects of the same commune whose title says nearly the same: perhaps this one was posted already."""
    ours = fold(title)
    there = session.exec(visible_to(user).where(Project.commune_code == commune_code).order_by(col(Project.id)))
    scored = [(fuzz.token_sort_ratio(ours, fold(project.title)), project) for project in there]
    near = sorted((s for s in scored if s[0] >= NEAR_IDENTICAL), key=lambda one: (-one[0], one[1].id))
    return [project for _, project in near[:3]]
