import pytest

from app.accounts.models import User
from app.kernel.database import now
from app.projects import needs, queries
from app.projects.models import CoAuthor, Moderation, Project
from app.projects.need_form import NeedForm
from tests.factories import ARBAA_SAHEL

SORTING = {
    "kind": "training",
    "text": "Former les habitants à la gestion des déchets et au compostage.",
    "people_wanted": "2",
    "mode": "onsite",
    "duration": "one_off",
}


@pytest.fixture
def author(make):
    return make(User, name="Fatima")


@pytest.fixture
def project(make, author):
    """Everybody reads it; Fatima wrote it in French, for Arbaa Sahel."""
    return make(
        Project,
        author_id=author.id,
        commune_code=ARBAA_SAHEL,
        title="Trier les déchets dans la vallée",
        summary="Un camion arrive au printemps ; il faut expliquer le tri dans chaque maison.",
        language="fr",
        moderation=Moderation.PUBLISHED,
        published_at=now(),
    )


@pytest.fixture
def co_author(make, project):
    person = make(User, name="Brahim")
    make(CoAuthor, project_id=project.id, user_id=person.id)
    return person


@pytest.fixture
def stands(session, project):
    """`stands(user)`: what ties somebody to the project."""
    return lambda user: queries.standing(session, user, project)


@pytest.fixture
def need(session, project, author, stands):
    """A training in sorting waste, which the author of the project looks for."""
    return needs.add(session, stands(author), project, NeedForm.model_validate(SORTING))
