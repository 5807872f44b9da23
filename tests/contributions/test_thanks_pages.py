"""Those who helped are asked once whether they want to be named: only a yes shows a name, until they take it back."""

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.contributions.models import Contribution, State
from app.kernel.database import now
from app.notifications.models import Message
from app.profiles.models import Profile, ProfileKind
from app.projects.models import Need, Project, Stage, Thanks, ThanksState


@pytest.fixture
def author(make):
    return make(User)


@pytest.fixture
def project(make, author):
    return make(Project, author_id=author.id, stage=Stage.REALISED)


@pytest.fixture
def helped(make, project):
    def helped(user: User, state: State = State.ACCEPTED, **profile: object) -> Contribution:
        need = make(Need, project_id=project.id)
        found = make(Profile, owner_id=user.id, **profile)
        return make(Contribution, need_id=need.id, profile_id=found.id, state=state)

    return helped


def ask(browser, author, project, words="Grâce à vous, les enfants lisent."):
    browser.login(author)
    page = browser.get(f"/fr/contributions/thanks/{project.id}/people")
    return browser.submit(page, "/people", words=words)


def test_whoever_helped_is_asked_once_with_the_words_of_the_team(browser, make, session, author, project, helped):
    helper = make(User, name="Sanae")
    helped(helper)
    helped(make(User), State.DECLINED)
    page = ask(browser, author, project)
    assert "1 personne dira" in page.words
    told = session.exec(select(Message).where(Message.kind == "thanks_asked")).one()
    assert told.recipient_id == helper.id
    assert "Grâce à vous, les enfants lisent." in told.body
    browser.post(f"/fr/contributions/thanks/{project.id}/people", status=409)
    assert len(session.exec(select(Thanks)).all()) == 1


def test_a_yes_names_the_person_as_they_wish_and_a_no_takes_the_name_away(
    browser, make, session, author, project, helped, locale
):
    helper = make(User, name="Sanae V.")
    helped(helper)
    ask(browser, author, project)
    assert "Sanae" not in browser.logout().get(f"/{locale}/projects/{project.id}").words
    browser.login(helper)
    page = browser.get(f"/{locale}/contributions/thanks/{project.id}")
    browser.submit(page, "/thanks/", name="Sanae", answer="yes")
    row = session.exec(select(Thanks)).one()
    assert (row.state, row.name) == (ThanksState.AGREED, "Sanae")
    assert row.answered_at is not None
    assert "Sanae" in browser.logout().get(f"/{locale}/projects/{project.id}").words
    browser.login(helper)
    browser.submit(browser.get(f"/{locale}/contributions/thanks/{project.id}"), "/thanks/", answer="no")
    assert "Sanae" not in browser.logout().get(f"/{locale}/projects/{project.id}").words


def test_a_name_may_not_hold_an_address_nor_be_empty(browser, make, author, project, helped):
    helper = make(User)
    helped(helper)
    ask(browser, author, project)
    browser.login(helper)
    page = browser.get(f"/fr/contributions/thanks/{project.id}")
    refused = browser.submit(page, "/thanks/", status=422, name="moi@example.org", answer="yes")
    assert "adresses" in refused.error_of("name")
    assert "Écrivez le nom" in browser.submit(page, "/thanks/", status=422, name="", answer="yes").error_of("name")


def test_a_group_is_thanked_under_its_own_name(browser, make, author, project, helped):
    helped(make(User), kind=ProfileKind.GROUP, name="Les amis de la vallée")
    assert "Les amis de la vallée" in ask(browser, author, project).words


def test_whoever_helped_twice_is_asked_once(browser, make, session, author, project, helped):
    helper = make(User)
    first = helped(helper)
    make(Contribution, need_id=make(Need, project_id=project.id).id, profile_id=first.profile_id, state=State.ACCEPTED)
    ask(browser, author, project)
    assert len(session.exec(select(Thanks)).all()) == 1


def test_nobody_is_thanked_before_it_is_done(browser, make, session, author, helped, project):
    helped(make(User))
    project.stage = Stage.UNDER_WAY
    browser.login(author)
    browser.post(f"/fr/contributions/thanks/{project.id}/people", status=409)
    assert session.exec(select(Thanks)).all() == []


def test_whoever_was_not_asked_finds_no_page(browser, make, project):
    browser.login(make(User)).get(f"/fr/contributions/thanks/{project.id}", status=404)


def test_somebody_whose_account_is_closed_is_no_longer_named(browser, make, project):
    helper = make(User, closed_at=now())
    make(Thanks, project_id=project.id, user_id=helper.id, name="Brahim", state=ThanksState.AGREED, answered_at=now())
    assert "Brahim" not in browser.get(f"/fr/projects/{project.id}").words


def test_an_asked_person_finds_the_question_on_the_project(browser, make, author, project, helped):
    helper = make(User)
    helped(helper)
    ask(browser, author, project)
    page = browser.login(helper).get(f"/fr/projects/{project.id}")
    assert page.select(f'a[href$="/contributions/thanks/{project.id}"]')
