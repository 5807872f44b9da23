from sqlmodel import select

from app.accounts.models import User
from app.projects.models import Moderation, Project
from tests.factories import ARBAA_SAHEL

IDEA = {
    "title": "Trier les déchets dans la vallée",
    "commune": "Arbaa Sahel",
    "summary": "Un camion arrive au printemps ; il faut expliquer le tri dans chaque maison.",
}


def test_a_member_posts_an_idea_and_a_moderator_publishes_it(browser, new_browser, make, session, locale):
    author, moderator = make(User, name="Aïcha"), make.moderator("09")
    page = browser.login(author).get(f"/{locale}/projects/new")
    page = browser.submit(page, "/projects/new", **IDEA)
    assert IDEA["title"] in page.h1.text
    project = session.exec(select(Project)).one()
    assert (project.commune_code, project.language, project.moderation) == (ARBAA_SAHEL, "fr", Moderation.WAITING)
    desk = new_browser().login(moderator)
    page = desk.get(f"/{locale}/projects/{project.id}")
    desk.submit(page, "/moderation/publish")
    assert IDEA["title"] in new_browser().get(f"/{locale}/projects").words
