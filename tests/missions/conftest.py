"""A need with an accepted contribution: the point from which missions begin."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.accounts.models import User
from app.contributions.models import Contribution, State
from app.kernel.days import today
from app.missions.models import Mission, Side
from app.profiles.models import Profile
from app.projects.models import Need, Project


@dataclass
class Pair:
    author: User
    helper: User
    need: Need
    contribution: Contribution


@pytest.fixture
def pair(make) -> Pair:
    """Zahra's project, and Samir who helps: both said yes."""
    author, helper = make(User, name="Zahra"), make(User, name="Samir")
    need = make(Need, project_id=make(Project, author_id=author.id).id)
    profile = make(Profile, owner_id=helper.id)
    contribution = make(
        Contribution,
        need_id=need.id,
        profile_id=profile.id,
        created_by_id=helper.id,
        approved_by_id=make.administrator().id,
        state=State.ACCEPTED,
    )
    return Pair(author, helper, need, contribution)


def terms(**changes: Any) -> dict[str, Any]:
    """What somebody fills in."""
    start = today() + timedelta(days=20)
    return {
        "objective": "Former dix-sept agents à l’accueil des jeunes.",
        "mode": "onsite",
        "place": "Maison de l’emploi",
        "starts_on": start.isoformat(),
        "ends_on": (start + timedelta(days=2)).isoformat(),
        "lodging": "yes",
        **changes,
    }


def mission_row(pair: Pair, **changes: Any) -> Mission:
    """As a row, without a database."""
    start = today() + timedelta(days=20)
    mission = Mission(
        **{
            "id": 1,
            "contribution_id": pair.contribution.id,
            "proposed_by": Side.TEAM,
            "created_by_id": pair.author.id,
            "objective": "Former les agents.",
            "language": "fr",
            "mode": "onsite",
            "starts_on": start,
            "ends_on": start,
            **changes,
        }
    )
    mission.contribution = pair.contribution
    return mission
