"""One project with a need, its team, a person who could help, and the moderators who look after both."""

from dataclasses import dataclass

import pytest

from app.accounts.models import User
from app.organisations.models import Membership, Organisation, OrganisationKind
from app.profiles import chips as profile_chips
from app.profiles.models import Profile, ProfilePlace
from app.projects import chips as need_chips
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


@pytest.fixture
def known(session, make):
    """Saves a profile as its domain does: with its concepts, and where matching finds it."""

    def save(abilities, places=(), **given):
        profile = make(Profile, abilities=abilities, **given)
        for code in places:
            column = "commune_code" if len(code) > 6 else "province_code" if len(code) > 2 else "region_code"
            make(ProfilePlace, profile_id=profile.id, **{column: code})
        profile_chips.read_again(session, profile)
        profile_chips.remember(session, profile)
        return profile

    return save


@pytest.fixture
def asked(session, make, case):
    def save(text, title="Neuf villages propres", language="fr", **given):
        project = make(Project, author_id=case.author.id, title=title, language=language)
        need = make(Need, project_id=project.id, text=text, language=language, **given)
        need_chips.read_again(session, need)
        need_chips.remember(session, need)
        return need

    return save
