"""One project with a need, its team, a person who could help, and the moderators who look after both."""

from dataclasses import dataclass

import pytest

from app.accounts.models import User
from app.organisations.models import Membership, Organisation, OrganisationKind
from app.profiles.models import Profile
from app.projects.models import Need, Project
from tests.factories import ARBAA_SAHEL


@dataclass
class Case:
    author: User
    agent: User
    """Speaks for the commune, which endorses the project."""
    person: User
    profile: Profile
    moderator: User
    """Of the region of the project."""
    abroad: User
    """A moderator of the country where the person lives."""
    project: Project
    need: Need

    @property
    def team(self):
        return {self.author.id, self.agent.id}


@pytest.fixture
def case(make) -> Case:
    author, agent = (
        make(User, name="Amina Auteure"),
        make(User, name="Brahim Agent", phone="+212528000001", email="agent@example.org", locale="ar"),
    )
    commune = make(Organisation, kind=OrganisationKind.COMMUNE, name_fr="Commune", commune_code=ARBAA_SAHEL)
    make(Membership, organisation_id=commune.id, user_id=agent.id)
    project = make(Project, author_id=author.id, organisation_id=commune.id, title="Trier les déchets")
    person = make(User, name="Claire Contributrice", email="claire@example.org", phone="+33100000001")
    return Case(
        author,
        agent,
        person,
        make(Profile, owner_id=person.id, occupation="Ingénieure en déchets"),
        make.moderator("09"),
        make.moderator(countries=("FR",)),
        project,
        make(Need, project_id=project.id, created_by_id=author.id),
    )
