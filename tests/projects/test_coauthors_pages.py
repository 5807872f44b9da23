from uuid import uuid4

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.journal.models import Entry
from app.notifications.models import Message
from app.projects import coauthors
from app.projects.models import CoAuthor, Moderation


@pytest.fixture
def friend(make):
    return make(User, name="Samira")


@pytest.fixture
def waiting(project):
    """Not published: only those who write it see it."""
    project.moderation, project.published_at = Moderation.WAITING, None
    return project


def people(session, project):
    return [one.user_id for one in coauthors.of_project(session, project)]


def test_a_link_lets_somebody_write_along(browser, new_browser, waiting, author, friend, session, locale):
    page = browser.login(author).get(f"/{locale}/projects/{waiting.id}/co-authors")
    page = browser.submit(page, "/link")
    link = page.select_one(".invitation-link a")["href"]
    assert page.select_one('a[href^="https://wa.me/?text="]') and link.startswith(f"http://testserver/{locale}/")
    invited = new_browser().login(friend)
    invited.get(f"/{locale}/projects/{waiting.id}", status=404)
    page = invited.get(link)
    assert waiting.title in page.words and page.headers["referrer-policy"] == "no-referrer"
    page = invited.submit(page, "/join/")
    assert page.h1.text.strip() == waiting.title
    invited.get(f"/{locale}/projects/{waiting.id}/sections/context/edit")
    assert people(session, waiting) == [friend.id]
    told = session.exec(select(Message)).one()
    assert told.recipient_id == author.id and "Samira" in told.subject


def test_accepting_twice_changes_nothing(browser, project, author, friend, session, stands):
    link = coauthors.invite(session, stands(author), project)
    coauthors.join(session, friend, link.code)
    coauthors.join(session, friend, link.code)
    coauthors.join(session, author, link.code)
    assert people(session, project) == [friend.id]
    assert len(session.exec(select(Message)).all()) == 1


def test_somebody_without_an_account_signs_in_first(browser, project, author, session, stands, locale):
    link = coauthors.invite(session, stands(author), project)
    answer = browser.client.get(f"/{locale}/projects/join/{link.code}")
    assert answer.status_code == 303 and "/account/sign-in" in answer.headers["location"]


def test_a_changed_or_stopped_link_opens_nothing(browser, project, author, friend, session, stands, locale):
    first = coauthors.invite(session, stands(author), project).code
    page = browser.login(author).get(f"/{locale}/projects/{project.id}/co-authors")
    page = browser.submit(page, "co-authors/link")
    second = page.select_one(".invitation-link a")["href"]
    browser.logout().login(friend).get(f"/{locale}/projects/join/{first}", status=404)
    browser.get(second)
    browser.logout().login(author).submit(page, "/link/stop")
    browser.logout().login(friend).get(second, status=404)
    browser.post(second, status=404)


@pytest.mark.parametrize("code", [str(uuid4()), "not-a-code", "1' OR '1'='1"])
def test_a_link_that_nobody_made_opens_nothing(browser, friend, code):
    browser.login(friend).get(f"/fr/projects/join/{code}", status=404)


class TestRemoving:
    def test_the_author_removes_a_co_author_and_what_was_written_stays(
        self, browser, new_browser, project, author, co_author, session, locale
    ):
        page = browser.login(author).get(f"/{locale}/projects/{project.id}/co-authors")
        browser.submit(page, f"/{co_author.id}/remove")
        assert people(session, project) == []
        new_browser().login(co_author).get(f"/{locale}/projects/{project.id}/sections/context/edit", status=403)
        assert "remove_co_author" in [entry.verb for entry in session.exec(select(Entry))]

    def test_a_co_author_leaves_but_removes_nobody_else(self, browser, project, co_author, make, session, friend):
        make(CoAuthor, project_id=project.id, user_id=friend.id)
        page = browser.login(co_author).get(f"/fr/projects/{project.id}/co-authors")
        assert not page.select(f'form[action$="/{friend.id}/remove"]')
        browser.post(f"/fr/projects/{project.id}/co-authors/{friend.id}/remove", status=403)
        browser.submit(page, f"/{co_author.id}/remove")
        assert people(session, project) == [friend.id]

    def test_somebody_who_is_no_co_author_is_not_found(self, browser, project, author, friend):
        browser.login(author)
        for user_id in (friend.id, 99999999999):
            browser.post(f"/fr/projects/{project.id}/co-authors/{user_id}/remove", status=404)


def test_readers_invite_nobody(browser, project, friend, locale):
    browser.login(friend).get(f"/{locale}/projects/{project.id}/co-authors", status=403)
    for verb in ("link", "link/stop", f"{friend.id}/remove"):
        browser.post(f"/{locale}/projects/{project.id}/co-authors/{verb}", status=403)
