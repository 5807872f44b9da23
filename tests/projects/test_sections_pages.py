import pytest
from sqlmodel import select

from app.accounts.models import User
from app.projects.models import CoAuthor, Moderation, Project, Section, SectionVersion


@pytest.fixture
def project(make):
    """Not published yet: only those who write it see it."""
    return make(Project, author_id=make(User, name="Fatima").id, moderation=Moderation.WAITING)


@pytest.fixture
def author(project):
    return project.author


@pytest.fixture
def co_author(make, project):
    person = make(User, name="Brahim")
    make(CoAuthor, project_id=project.id, user_id=person.id)
    return person


def edit(project, section, locale="fr"):
    return f"/{locale}/projects/{project.id}/sections/{section}/edit"


def texts(session, project, section):
    rows = session.exec(
        select(SectionVersion)
        .where(SectionVersion.project_id == project.id, SectionVersion.name == section)
        .order_by(SectionVersion.version)
    )
    return [(row.version, row.content, row.edited_by_id) for row in rows]


def test_the_author_adds_a_section_and_reads_it_on_the_page(browser, project, author, locale, session):
    page = browser.login(author).get(f"/{locale}/projects/{project.id}")
    assert page.select_one(f'a[href="{edit(project, "context", locale)}"]')
    form = browser.get(edit(project, "context", locale))
    page = browser.submit(form, "sections/context", text="Le camion passe une fois par mois.")
    assert page.select_one("#section-context .prose").get_text(strip=True) == "Le camion passe une fois par mois."
    assert texts(session, project, "context") == [(1, {"text": "Le camion passe une fois par mois."}, author.id)]
