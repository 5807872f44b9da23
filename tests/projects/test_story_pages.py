"""What was done is told as a story: first on the project's page, complete when people have the time."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.kernel.days import today
from app.projects.models import Project, Section, Stage


@pytest.fixture
def author(make):
    return make(User)


@pytest.fixture
def project(make, author):
    return make(Project, author_id=author.id, stage=Stage.REALISED)


STORY = {
    "before": "Les filles arrêtaient l’école à douze ans.",
    "text": "Le bus roule, et elles vont au collège.",
    "lesson_1": "Commencer par réunir les parents.",
    "lesson_3": "Prévoir le gazole pour un an.",
    "figures-0-number": "210",
    "figures-0-words": "élèves",
}


def test_the_story_comes_first_and_the_fiche_after(browser, make, author, project, locale):
    browser.login(author)
    page = browser.get(f"/{locale}/projects/{project.id}/sections/done/edit")
    page = browser.submit(page, "/sections/done/edit", **STORY)
    order = [one.get("id") for one in page.select("main section[id]")]
    assert order.index("section-done") < order.index("needs")
    story = page.select_one("#section-done")
    for words in (*list(STORY.values())[:4], "210"):
        assert words in story.get_text(" ")
    assert [item.get_text() for item in story.select(".lessons li")] == [STORY["lesson_1"], STORY["lesson_3"]]
    like = browser.logout().get(f"/{locale}/projects/{project.id}").select_one(f'a[href$="?like={project.id}"]')
    assert like is not None


def test_its_team_is_shown_what_is_missing_and_nobody_else_is(browser, author, project):
    asks = "Pour que d’autres aient envie de faire pareil"
    assert asks not in browser.get(f"/fr/projects/{project.id}").words
    page = browser.login(author).get(f"/fr/projects/{project.id}")
    assert asks in page.words
    assert page.select(f'a[href$="/projects/{project.id}/photos"]')
    assert page.select(f'a[href$="/contributions/thanks/{project.id}/people"]')


def test_what_is_not_done_yet_was_not_done_tomorrow(browser, session, author, project):
    browser.login(author)
    page = browser.get(f"/fr/projects/{project.id}/sections/done/edit")
    tomorrow = (today() + timedelta(days=1)).isoformat()
    page = browser.submit(page, "/sections/done/edit", status=422, **{**STORY, "done_on": tomorrow})
    assert "pas encore venu" in page.error_of("done_on")
    assert page.select_one("#f-before").get_text().strip() == STORY["before"]
    assert session.exec(select(Section).where(Section.name == "done")).all() == []


def test_a_lesson_is_one_short_line(browser, author, project):
    browser.login(author)
    page = browser.get(f"/fr/projects/{project.id}/sections/done/edit")
    page = browser.submit(page, "/sections/done/edit", status=422, **{**STORY, "lesson_2": "mot " * 60})
    assert "200 caractères au plus" in page.error_of("lesson_2")


def test_lessons_are_translated_line_by_line(browser, make, author, project):
    browser.login(author)
    browser.submit(browser.get(f"/fr/projects/{project.id}/sections/done/edit"), "/sections/done/edit", **STORY)
    page = browser.get(f"/ar/projects/{project.id}/translate/done")
    said = {
        name: "كلام بالعربية"
        for name in browser.get(page.url).form("/translate/done")
        if name in STORY or "figures" in name
    }
    said["lesson_1"] = "البدء بجمع الآباء."
    browser.submit(page, "/translate/done", **said)
    story = browser.get(f"/ar/projects/{project.id}").select_one("#section-done .lessons ol")
    assert story["lang"] == "ar"
    assert "البدء بجمع الآباء." in story.get_text()
