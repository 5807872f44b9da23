"""An association that was offered help, and everybody who is reminded when it does not answer."""

from dataclasses import dataclass

import pytest
from sqlmodel import Session, col, select

from app.accounts.models import GrantKind, User
from app.contributions.models import Contribution, Origin, State
from app.notifications.models import Message
from app.organisations.models import Membership, Organisation
from app.profiles.models import Profile
from app.projects.models import Need, Project
from tests.factories import OUISSELSATE, Factory


@dataclass
class Case:
    agent: User
    person: User
    moderator: User
    coordinator: User
    offer: Contribution


@pytest.fixture
def case(make) -> Case:
    return waiting_offer(make)


def waiting_offer(make: Factory) -> Case:
    agent, person = make(User, name="Brahim Agent", locale="ar"), make(User, name="Claire")
    association = make(Organisation, commune_code=OUISSELSATE, region_code="08")
    make(Membership, organisation_id=association.id, user_id=agent.id)
    project = make(Project, author_id=agent.id, organisation_id=association.id, commune_code=OUISSELSATE)
    need = make(Need, project_id=project.id)
    moderator = make.moderator("08")
    offer = make(
        Contribution,
        need_id=need.id,
        profile_id=make(Profile, owner_id=person.id).id,
        origin=Origin.OFFER,
        state=State.APPROVED,
        approved_by_id=moderator.id,
    )
    return Case(agent, person, moderator, make.granted(GrantKind.COORDINATOR), offer)


def told(session: Session) -> list[tuple[int, str]]:
    """Whom, and which kind of message, in order."""
    rows = session.exec(select(Message).order_by(col(Message.id))).all()
    return [(row.recipient_id, row.kind) for row in rows]
