"""Reads of missions. All start from the contributions that somebody may see."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions import queries as contributions
from app.contributions import sides
from app.contributions.models import Contribution
from app.contributions.rules import Ties
from app.kernel.database import related
from app.kernel.errors import NotFound
from app.missions.models import (
    Agreement,
    Evaluation,
    FollowUp,
    Mission,
    MissionDocument,
    MissionState,
    Preparation,
    Side,
)

MAX_ID = 2**31 - 1


def get(session: Session, ties: Ties, mission_id: int) -> Mission:
    """Raises NotFound, also for a mission of a contribution that this person may not see."""
    mission = session.get(Mission, mission_id) if 0 < mission_id <= MAX_ID else None
    if mission is None:
        raise NotFound
    mission.contribution = contributions.get(session, ties, mission.contribution_id)
    return mission


def of_contribution(session: Session, contribution: Contribution) -> Sequence[Mission]:
    """The last first; those that were cancelled after the others."""
    return session.exec(
        select(Mission)
        .where(Mission.contribution_id == contribution.id)
        .order_by((col(Mission.state) == MissionState.CANCELLED), col(Mission.starts_on).desc(), col(Mission.id).desc())
    ).all()


def has_mission(session: Session, contribution: Contribution) -> bool:
    """Whether one is under way, or was held."""
    return (
        session.exec(
            select(Mission.id)
            .where(Mission.contribution_id == contribution.id, Mission.state != MissionState.CANCELLED)
            .limit(1)
        ).first()
        is not None
    )


def people(session: Session, contribution: Contribution, side: Side) -> Sequence[User]:
    """Who is told on that side."""
    if side is Side.CONTRIBUTOR:
        owner = contribution.profile.owner
        return [owner] if owner.closed_at is None else []
    return sides.team_of(session, contribution.need.project)


def agreements(session: Session, mission: Mission) -> dict[Side, Agreement]:
    """Who agreed to the present version, by side."""
    rows = session.exec(
        select(Agreement)
        .where(Agreement.mission_id == mission.id, Agreement.version == mission.version)
        .options(joinedload(related(Agreement.user)))
    )
    return {row.side: row for row in rows}


def all_said(session: Session, mission: Mission) -> bool:
    """Whether nobody is left to say how it went: a side whose people all left Twiza is not waited for."""
    said = evaluations(session, mission)
    missing = [side for side in Side if side not in said]
    return bool(said) and not any(people(session, mission.contribution, side) for side in missing)


def evaluations(session: Session, mission: Mission) -> dict[Side, Evaluation]:
    rows = session.exec(select(Evaluation).where(Evaluation.mission_id == mission.id))
    return {row.side: row for row in rows}


def evaluated_by(session: Session, mission_ids: Collection[int]) -> dict[int, list[Side]]:
    """Which sides said how each of these missions went."""
    found: dict[int, list[Side]] = {}
    if mission_ids:
        rows = select(Evaluation.mission_id, Evaluation.side).where(col(Evaluation.mission_id).in_(mission_ids))
        for mission_id, side in session.exec(rows):
            found.setdefault(mission_id, []).append(Side(side))
    return found


def follow_ups(session: Session, mission: Mission) -> Sequence[FollowUp]:
    return session.exec(select(FollowUp).where(FollowUp.mission_id == mission.id).order_by(col(FollowUp.months))).all()


def followed_up(session: Session, mission: Mission) -> list[int]:
    """After how many months it was said what was put into practice."""
    return [row.months for row in follow_ups(session, mission)]


def preparations(session: Session, mission: Mission) -> Sequence[Preparation]:
    return session.exec(
        select(Preparation).where(Preparation.mission_id == mission.id).order_by(col(Preparation.id))
    ).all()


def documents(session: Session, mission: Mission) -> Sequence[MissionDocument]:
    return session.exec(
        select(MissionDocument).where(MissionDocument.mission_id == mission.id).order_by(col(MissionDocument.id))
    ).all()


def hours_given(session: Session, profile_id: int) -> int:
    """All hours that a contributor gave, as the contributor or else the team counted them."""
    rows = session.exec(
        select(Evaluation.mission_id, Evaluation.side, Evaluation.hours)
        .join(Mission, col(Mission.id) == Evaluation.mission_id)
        .join(Contribution, col(Contribution.id) == Mission.contribution_id)
        .where(Contribution.profile_id == profile_id, col(Evaluation.hours).is_not(None))
        .order_by((col(Evaluation.side) == Side.TEAM).desc())
    ).all()
    return sum({mission: hours or 0 for mission, _side, hours in rows}.values())
