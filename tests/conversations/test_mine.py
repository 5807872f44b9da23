"""The page of one's conversations: what is there, in which order, and what is no longer."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.contributions import actions as contributions
from app.conversations import queries
from app.journal.models import Subject
from app.kernel.database import now
from app.news.models import NewsItem, NewsState
from app.organisations.models import Membership, MembershipState
from app.projects.models import Moderation, Need, Project
from app.threads.models import Follower, Post, Thread


@pytest.fixture
def karim(make):
    return make(User, name="Karim Curieux")


@pytest.fixture
def said(make):
    """A post about something, that many hours ago."""

    def save(kind, number, author, text="Bonjour à tous", hours=1, **given):
        thread = make(Thread, subject_kind=kind, subject_id=number, last_at=now() - timedelta(hours=hours))
        return make(Post, thread_id=thread.id, author_id=author.id, text=text, **given)

    return save


@pytest.fixture
def follow(make):
    def save(post, user, **given):
        return make(Follower, thread_id=post.thread_id, user_id=user.id, **given)

    return save


def titles(page):
    return [card.select_one(".card-title").get_text(strip=True) for card in page.select(".conversation")]


def test_what_concerns_somebody_is_there_and_nothing_else(browser, session, case, make, said, karim, locale):
    offer = contributions.offer(session, case.person, case.need, case.profile, "Je peux aider.")
    contributions.approve(session, case.moderator, offer)
    news = make(NewsItem, author_id=case.agent.id, state=NewsState.PUBLISHED, published_at=now(), title="La fête")
    said(Subject.PROJECT, case.project.id, karim, hours=1)
    said(Subject.NEED, case.need.id, karim, hours=2)
    said(Subject.CONTRIBUTION, offer.id, case.person, hours=3)
    said(Subject.NEWS, news.id, karim, hours=4)
    said(Subject.PROJECT, make(Project).id, karim, hours=5)
    page = browser.login(case.agent).get(f"/{locale}/conversations")
    assert titles(page) == [
        case.project.title,
        "Former trois bénévoles à l’accueil des lecteurs.",
        case.project.title,
        "La fête",
    ]
    assert titles(browser.login(case.person).get(f"/{locale}/conversations")) == [case.project.title]
    assert titles(browser.login(make(User)).get(f"/{locale}/conversations")) == []


def test_where_one_wrote_is_there_and_what_is_new_comes_first(browser, case, make, said, follow, karim):
    old = said(Subject.PROJECT, make(Project, title="Un vieux puits").id, case.author, hours=50)
    follow(old, karim)
    read = said(Subject.PROJECT, case.project.id, case.author, hours=2)
    follow(read, karim, read_to=read.id)
    muted = said(Subject.NEED, case.need.id, case.author, hours=1)
    follow(muted, karim, muted_at=now())
    page = browser.login(karim).get("/fr/conversations")
    assert titles(page) == ["Un vieux puits", "Former trois bénévoles à l’accueil des lecteurs.", case.project.title]
    assert [bool(card.select(".state.idea")) for card in page.select(".conversation")] == [True, False, False]
    assert page.select_one(".menu-sheet a[href$='/conversations'] .badge").get_text() == "1"
    assert titles(browser.get("/fr/conversations?show=unread")) == ["Un vieux puits"]
    browser.get(f"/fr/conversations/project/{session_id(page)}")
    assert "Vous avez tout lu." in browser.get("/fr/conversations?show=unread").words
    assert not browser.get("/fr/conversations").select(".menu-sheet a[href$='/conversations'] .badge")


def session_id(page):
    return page.select_one(".conversation .card-title a")["href"].rsplit("/", 1)[-1]


def test_one_s_own_words_are_not_new(browser, said, follow, case, karim):
    post = said(Subject.PROJECT, case.project.id, karim)
    follow(post, karim)
    assert "Vous avez tout lu." in browser.login(karim).get("/fr/conversations?show=unread").words


def test_questions_that_wait_for_a_team_are_gathered(browser, make, said, case, karim):
    said(Subject.NEED, case.need.id, karim, "En quelle langue ?", wants_answer=True)
    said(Subject.PROJECT, case.project.id, karim, "Bravo !")
    page = browser.login(case.agent).get("/fr/conversations?show=questions")
    assert titles(page) == ["Former trois bénévoles à l’accueil des lecteurs."]
    assert "On attend votre réponse" in page.words
    assert "Personne n’attend votre réponse." in browser.login(karim).get("/fr/conversations?show=questions").words


def test_what_one_may_no_longer_see_is_gone_from_the_list_and_from_the_count(browser, session, case, said, follow):
    offer = contributions.offer(session, case.person, case.need, case.profile, "Je peux aider.")
    contributions.approve(session, case.moderator, offer)
    post = said(Subject.CONTRIBUTION, offer.id, case.person)
    follow(post, case.agent)
    assert queries.unread_count(session, case.agent) == 1
    session.exec(select(Membership).where(Membership.user_id == case.agent.id)).one().state = MembershipState.ENDED
    session.flush()
    assert queries.unread_count(session, case.agent) == 0
    assert titles(browser.login(case.agent).get("/fr/conversations")) == []


def test_what_is_no_longer_published_is_gone_for_those_outside(browser, session, case, said, follow, karim):
    post = said(Subject.PROJECT, case.project.id, karim)
    follow(post, karim)
    case.project.moderation, case.project.published_at = Moderation.RETURNED, None
    session.flush()
    assert titles(browser.login(karim).get("/fr/conversations")) == []
    assert titles(browser.login(case.author).get("/fr/conversations")) == [case.project.title]


def test_a_thread_of_which_nothing_is_left_to_read_is_not_listed(browser, session, case, said, karim):
    post = said(Subject.PROJECT, case.project.id, karim)
    browser.login(karim).post(f"/fr/conversations/posts/{post.id}/withdraw")
    assert titles(browser.get("/fr/conversations")) == []


def test_the_list_goes_on_page_after_page(browser, make, said, follow, karim, case):
    for number in range(45):
        post = said(Subject.PROJECT, make(Project, title=f"Projet {number:02}").id, case.author, hours=number + 1)
        follow(post, karim, read_to=0 if number % 2 else post.id)
    page = browser.login(karim).get("/fr/conversations")
    seen = titles(page)
    while link := page.select_one(".pagination a"):
        page = browser.get(str(link["href"]))
        seen += titles(page)
    new = [f"Projet {number:02}" for number in range(45) if number % 2]
    assert seen == [*new, *(f"Projet {number:02}" for number in range(45) if not number % 2)]


@pytest.mark.parametrize("query", ["show=x", "after=x", "after=WzFd", "after=WyJhIiwyLDNd", "show=unread&after=%00"])
def test_addresses_that_nobody_made_are_no_fault(browser, karim, query):
    browser.login(karim).get(f"/fr/conversations?{query}")


def test_as_many_queries_for_many_threads_as_for_few(session, case, make, said, follow, karim, query_count):
    def asked():
        session.expire_all()
        karim.id, karim.scopes, karim.grants  # noqa: B018  read before, as for every page
        before = query_count()
        queries.concerning(session, karim)
        return query_count() - before

    def fill():
        project = make(Project, language="ar", title="مشروع")
        need = make(Need, project_id=project.id)
        for kind, number in ((Subject.PROJECT, project.id), (Subject.NEED, need.id)):
            follow(said(kind, number, case.author), karim)

    fill()
    few = asked()
    for _ in range(8):
        fill()
    assert asked() == few


def test_whoever_is_not_signed_in_signs_in_first(browser):
    assert "/account/sign-in" in browser.get("/fr/conversations", 303).headers["location"]


def test_an_empty_list_says_where_to_begin(browser, karim, locale):
    page = browser.login(karim).get(f"/{locale}/conversations")
    assert page.select_one(f".empty a[href='/{locale}/projects']")
