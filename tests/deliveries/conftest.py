"""Books are looked for, and two people who could give some."""

from dataclasses import dataclass

import pytest

from app.accounts.models import User
from app.contributions import actions
from app.contributions.models import Contribution
from app.profiles.models import Profile
from app.projects.models import Need, NeedKind, Project


@dataclass
class Library:
    agent: User
    moderator: User
    project: Project
    need: Need
    giver: User
    other: User
    offers: list[Contribution]
    """Of the giver and of the other, approved: 25 and 20 objects of the 40 that are looked for."""


@pytest.fixture
def library(session, make) -> Library:
    agent, moderator = make(User, name="Brahim Agent"), make.moderator(everywhere=True)
    project = make(Project, author_id=agent.id, title="Une bibliothèque")
    need = make(Need, project_id=project.id, created_by_id=agent.id, kind=NeedKind.EQUIPMENT, quantity=40)
    people = [make(User, name=name) for name in ("Claire Donatrice", "Omar Donateur")]
    offers = []
    for person, pledged in zip(people, (25, 20), strict=True):
        profile = make(Profile, owner_id=person.id)
        one = actions.offer(session, person, need, profile, "Des livres pour enfants.", pledged=pledged)
        actions.approve(session, moderator, one)
        offers.append(one)
    return Library(agent, moderator, project, need, *people, offers)


@pytest.fixture
def gift(session, library) -> Contribution:
    """25 of 40 are promised."""
    actions.accept(session, library.agent, library.offers[0])
    return library.offers[0]
