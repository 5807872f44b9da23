"""Who is reminded: the owner of a step, then whoever looks after it, then their coordinator; no closed account."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from app.accounts.models import Grant, GrantKind, ModeratorScope, Role, User
from app.contributions import queries as contributions
from app.contributions import sides
from app.deliveries.models import Delivery
from app.journal.models import Subject
from app.kernel.database import related
from app.missions import queries as missions
from app.missions.models import Mission, Side
from app.projects.models import Need, Project
from app.projects.suggesting.models import Suggestion
from app.relays.calls import actions as calls
from app.relays.calls.models import CalledNeed, GroupedCall, PlaceState
from app.relays.models import KnownPerson, Relay
from app.reminders.things import Thing
from app.threads.models import Post

OPEN = col(User.closed_at).is_(None)


def moderators(session: Session, thing: Thing) -> Sequence[User]:
    """Those of the region or the country; without any, those of everything; without them, administrators."""
    scopes = select(ModeratorScope.user_id)
    near = or_(
        col(ModeratorScope.region_code) == thing.region if thing.region else false(),
        col(ModeratorScope.country) == thing.country if thing.country else false(),
    )
    everywhere = and_(col(ModeratorScope.region_code).is_(None), col(ModeratorScope.country).is_(None))
    circles: list[ColumnElement[bool]] = [
        and_(col(User.role) == Role.MODERATOR, col(User.id).in_(scopes.where(near))),
        and_(col(User.role) == Role.MODERATOR, col(User.id).in_(scopes.where(everywhere))),
        col(User.role) == Role.ADMINISTRATOR,
    ]
    if not thing.region and not thing.country:  # it comes without a territory: all who have a desk
        circles = [col(User.role) == Role.MODERATOR, col(User.role) == Role.ADMINISTRATOR]
    return _first(session, thing, circles)


def coordinators(session: Session, thing: Thing) -> Sequence[User]:
    """Those who see what moderators leave waiting; without any, administrators."""
    granted = select(Grant.user_id).where(Grant.kind == GrantKind.COORDINATOR)
    return _first(session, thing, [col(User.id).in_(granted), col(User.role) == Role.ADMINISTRATOR])


def _first(session: Session, thing: Thing, circles: Iterable[ColumnElement[bool]]) -> Sequence[User]:
    for circle in circles:
        others = select(User).where(OPEN, circle, col(User.id) != (thing.concerns or 0))
        found = session.exec(others.options(selectinload(related(User.scopes))).order_by(col(User.id))).all()
        if found:
            return found
    return []


def team_of_contribution(session: Session, contribution_id: int) -> Sequence[User]:
    (one,) = contributions.whole(session, [contribution_id])
    return sides.team_of(session, one.need.project)


def person_of_contribution(session: Session, contribution_id: int) -> Sequence[User]:
    (one,) = contributions.whole(session, [contribution_id])
    return _open([one.profile.owner])


def both_of_contribution(session: Session, contribution_id: int) -> Sequence[User]:
    return [*team_of_contribution(session, contribution_id), *person_of_contribution(session, contribution_id)]


def team_of_project(session: Session, project_id: int) -> Sequence[User]:
    project = session.get_one(Project, project_id)
    return sides.team_of(session, project)


def team_of_suggestion(session: Session, suggestion_id: int) -> Sequence[User]:
    return team_of_project(session, session.get_one(Suggestion, suggestion_id).project_id)


def author_of_suggestion(session: Session, suggestion_id: int) -> Sequence[User]:
    return _open([session.get_one(Suggestion, suggestion_id).author])


def team_and_helper(session: Session, project_id: int) -> Sequence[User]:
    project = session.get_one(Project, project_id)
    helper = session.get(User, project.helper_id) if project.helper_id else None
    return [*team_of_project(session, project_id), *_open([helper] if helper else [])]


def asked_side_of_mission(session: Session, mission_id: int) -> Sequence[User]:
    """The one that did not propose this version."""
    mission = session.get_one(Mission, mission_id)
    return missions.people(session, mission.contribution, mission.proposed_by.other)


def silent_sides_of_mission(session: Session, mission_id: int) -> Sequence[User]:
    """Those that have not said how it went."""
    mission = session.get_one(Mission, mission_id)
    said = missions.evaluations(session, mission)
    return [user for side in Side if side not in said for user in missions.people(session, mission.contribution, side)]


def team_of_mission(session: Session, mission_id: int) -> Sequence[User]:
    return missions.people(session, session.get_one(Mission, mission_id).contribution, Side.TEAM)


def both_sides_of_mission(session: Session, mission_id: int) -> Sequence[User]:
    contribution = session.get_one(Mission, mission_id).contribution
    return [user for side in Side for user in missions.people(session, contribution, side)]


def team_of_delivery(session: Session, delivery_id: int) -> Sequence[User]:
    return team_of_contribution(session, session.get_one(Delivery, delivery_id).contribution_id)


def giver_of_delivery(session: Session, delivery_id: int) -> Sequence[User]:
    return person_of_contribution(session, session.get_one(Delivery, delivery_id).contribution_id)


def team_asked_in_post(session: Session, post_id: int) -> Sequence[User]:
    """Of the project, or of the need's project, in whose conversation the question stands."""
    thread = session.get_one(Post, post_id).thread
    project_id = thread.subject_id
    if thread.subject_kind is Subject.NEED:
        project_id = session.get_one(Need, thread.subject_id).project_id
    return team_of_project(session, project_id)


def author_of_post(session: Session, post_id: int) -> Sequence[User]:
    return _open([session.get_one(Post, post_id).author])


def relayer(session: Session, relay_id: int) -> Sequence[User]:
    return _open([session.get_one(Relay, relay_id).user])


def asker_of_relay(session: Session, relay_id: int) -> Sequence[User]:
    asker = session.get_one(Relay, relay_id).asked_by
    return _open([asker] if asker else [])


def reach_of_known(session: Session, known_id: int) -> Sequence[User]:
    return _open([session.get_one(KnownPerson, known_id).reach])


def recorder_of_known(session: Session, known_id: int) -> Sequence[User]:
    return _open([session.get_one(KnownPerson, known_id).recorded_by])


def makers_of_call(session: Session, call_id: int) -> Sequence[User]:
    return calls.makers_of(session, session.get_one(GroupedCall, call_id))


def teams_wanting_in(session: Session, call_id: int) -> Sequence[User]:
    """Whoever asked to join a grouped call and has no answer."""
    asked = select(CalledNeed).where(CalledNeed.call_id == call_id, CalledNeed.state == PlaceState.ASKED)
    return _open({row.added_by_id: row.added_by for row in session.exec(asked)}.values())


def _open(users: Iterable[User]) -> list[User]:
    return [user for user in users if user.closed_at is None]
