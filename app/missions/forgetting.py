"""Missions when one of the two is no longer there. Open ones end with their contribution (`cancel_left_over`)."""

from sqlmodel import Session, col, or_, select

from app.accounts.models import User
from app.contributions.models import Contribution
from app.missions import actions
from app.missions.models import Mission, MissionState
from app.profiles.models import Profile
from app.projects.models import Need, Project


def forget(session: Session, user: User) -> None:
    """Nobody waits for what they would have said of a mission that was held."""
    held = (
        select(Mission)
        .join(Contribution, col(Contribution.id) == Mission.contribution_id)
        .join(Profile, col(Profile.id) == Contribution.profile_id)
        .join(Need, col(Need.id) == Contribution.need_id)
        .join(Project, col(Project.id) == Need.project_id)
        .where(Mission.state == MissionState.HELD)
        .where(or_(col(Profile.owner_id) == user.id, col(Project.author_id) == user.id))
    )
    for mission in session.exec(held.order_by(col(Mission.id)).with_for_update(of=Mission)).all():
        actions.wait_no_more(session, mission)
