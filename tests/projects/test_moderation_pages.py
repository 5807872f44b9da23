from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.journal.models import Entry
from app.kernel.database import now
from app.kernel.i18n import format_date, speaking
from app.notifications.models import Message, MessageState
from app.organisations.models import Membership, Organisation, OrganisationKind
from app.projects import actions, queries
from app.projects.indexing import reindex
from app.projects.models import CoAuthor, Moderation, Need, Project, Stage
from tests.factories import ARBAA_SAHEL


@pytest.fixture
def waiting(make):
    return make(Project, moderation=Moderation.WAITING, title="Une bibliothèque", summary="Des livres pour tous.")


@pytest.fixture
def moderator(make):
    return make.moderator("09")


def verbs(page):
    """What the page lets this person do."""
    actions = [str(form["action"]) for form in page.select("form") if "/moderation/" in str(form.get("action"))]
    return {action.rsplit("/", 1)[1] for action in actions}


def test_each_side_is_offered_its_own_steps(new_browser, make, waiting, moderator, locale):
    url = f"/{locale}/projects/{waiting.id}"
    assert verbs(new_browser().login(moderator).get(url)) == {"publish", "ask", "help", "return"}
    assert verbs(new_browser().login(waiting.author).get(url)) == {"withdraw"}
    new_browser().get(url, status=404)
    new_browser().login(make(User)).get(url, status=404)


def test_a_question_goes_to_the_author_and_the_answer_comes_back(
    new_browser, waiting, moderator, session, locale, make
):
    url = f"/{locale}/projects/{waiting.id}"
    desk = new_browser().login(moderator)
    page = desk.submit(desk.get(url), "/moderation/ask", words="Dans quel douar ?")
    assert "Dans quel douar ?" in page.words
    author = new_browser().login(waiting.author)
    page = author.get(url)
    assert page.select(".next.you") and "Dans quel douar ?" in page.words
    page = author.submit(page, "/moderation/answer", words="À Iferda.")
    assert waiting.moderation is Moderation.WAITING
    assert [one.get_text(strip=True) for one in page.select("#moderation blockquote")] == [
        "Dans quel douar ?",
        "À Iferda.",
    ]


def test_returned_then_sent_again(new_browser, waiting, moderator, locale):
    url = f"/{locale}/projects/{waiting.id}"
    desk, author = new_browser().login(moderator), new_browser().login(waiting.author)
    desk.submit(desk.get(url), "/moderation/return", words="Dites pour qui.")
    page = author.get(url)
    assert "Dites pour qui." in page.words and "Des livres pour tous." in page.words
    author.submit(page, "/moderation/send_again", words="")
    assert waiting.moderation is Moderation.WAITING


def test_a_decision_is_undone_with_its_message(browser, waiting, moderator, session, locale):
    browser.login(moderator)
    page = browser.submit(browser.get(f"/{locale}/projects/{waiting.id}"), "/moderation/publish")
    assert waiting.moderation is Moderation.PUBLISHED
    page = browser.submit(page, "/undo")
    assert waiting.moderation is Moderation.WAITING
    assert [message.state for message in session.exec(select(Message))] == [MessageState.CANCELLED]
    assert not page.select("#moderation blockquote")


def test_undo_twice_or_by_another_is_refused_in_words(browser, new_browser, waiting, moderator, make, locale):
    browser.login(moderator)
    page = browser.submit(browser.get(f"/{locale}/projects/{waiting.id}"), "/moderation/publish")
    new_browser().login(make.administrator()).submit(page, "/undo", status=409)
    new_browser().login(make(User)).submit(page, "/undo", status=409)
    browser.submit(page, "/undo")
    browser.submit(page, "/undo", status=409)
    for number in (0, 999_999, 2**40):
        browser.post(f"/{locale}/projects/moderation/{number}/undo", status=404)


BAD_WORDS = ["", "…", "trop long " * 300, "un\x00deux"]


@pytest.mark.parametrize("words", BAD_WORDS)
@pytest.mark.parametrize("verb", ["ask", "return"])
def test_words_that_say_nothing_come_back_with_a_sentence(browser, waiting, moderator, locale, verb, words):
    browser.login(moderator)
    page = browser.post(f"/{locale}/projects/{waiting.id}/moderation/{verb}", status=422, words=words)
    assert page.error_of(verb)
    assert page.select_one(f"#f-{verb}").text.strip().replace("�", "") == words.strip().replace("\x00", "")
    assert waiting.moderation is Moderation.WAITING


def test_a_decision_on_what_has_changed_meanwhile_keeps_what_was_typed(
    browser, new_browser, waiting, moderator, make, locale
):
    url = f"/{locale}/projects/{waiting.id}"
    browser.login(moderator)
    stale = browser.get(url)
    other = new_browser().login(make.administrator())
    other.submit(other.get(url), "/moderation/ask", words="Où ?")
    page = browser.submit(stale, "/moderation/return", status=422, words="Pas assez clair")
    assert page.select_one("#f-return").text.strip() == "Pas assez clair"
    assert waiting.moderation is Moderation.QUESTION
    browser.submit(page, "/moderation/return")
    assert waiting.moderation is Moderation.RETURNED


def test_words_for_a_step_that_is_over_are_not_lost(browser, new_browser, waiting, moderator, make, locale):
    url = f"/{locale}/projects/{waiting.id}"
    browser.login(moderator)
    stale = browser.get(url)
    other = new_browser().login(make.administrator())
    other.submit(other.get(url), "/moderation/publish")
    page = browser.submit(stale, "/moderation/return", status=422, words="Pas assez clair")
    assert "Pas assez clair" in page.words


def test_a_double_click_decides_once(browser, waiting, moderator, session):
    browser.login(moderator)
    page = browser.get(f"/fr/projects/{waiting.id}")
    browser.submit(page, "/moderation/publish")
    browser.submit(page, "/moderation/publish", status=422)
    assert len(queries.thread(session, waiting)) == 1


def test_from_the_desk_one_comes_back_to_the_desk(browser, waiting, moderator):
    browser.login(moderator)
    url = f"/fr/projects/{waiting.id}/moderation/publish"
    answer = browser.post(url, follow=False, then="/fr/projects")
    assert answer.headers["location"] == "/fr/projects"
    waiting.moderation, waiting.published_at = Moderation.WAITING, None
    answer = browser.post(url, follow=False, then="https://example.org/")
    assert answer.headers["location"] == f"/fr/projects/{waiting.id}"


@pytest.mark.parametrize("verb", ["publish", "ask", "return", "help", "unpublish", "answer", "send_again", "withdraw"])
def test_who_may_not_take_a_step_is_told_so(new_browser, make, verb):
    project = make(Project, moderation=Moderation.PUBLISHED)
    page = f"/fr/projects/{project.id}/moderation/{verb}"
    new_browser().login(make(User)).post(page, status=403, words="Pourquoi pas")
    assert "/account/sign-in" in new_browser().post(page, words="Pourquoi pas").url
    hidden = make(Project, moderation=Moderation.WAITING)
    new_browser().login(make(User)).post(f"/fr/projects/{hidden.id}/moderation/{verb}", status=404, words="Non")


def test_a_step_that_does_not_exist_is_not_found(browser, waiting, moderator):
    browser.login(moderator).post(f"/fr/projects/{waiting.id}/moderation/burn", status=404)
    browser.post(f"/fr/projects/{2**40}/moderation/publish", status=404)


def test_what_was_said_is_not_for_the_public(browser, new_browser, waiting, moderator, make):
    desk = new_browser().login(moderator)
    url = f"/fr/projects/{waiting.id}"
    desk.submit(desk.get(url), "/moderation/ask", words="Êtes-vous vraiment l’association ?")
    desk.submit(desk.get(url), "/moderation/publish")
    assert "vraiment" not in browser.get(url).words
    assert "vraiment" not in browser.login(make(User)).get(url).words
    co_author = make(User)
    make(CoAuthor, project_id=waiting.id, user_id=co_author.id)
    assert "vraiment" in new_browser().login(co_author).get(url).words


def test_the_commune_endorses_and_withdraws(browser, new_browser, make, locale):
    commune = make(Organisation, kind=OrganisationKind.COMMUNE, commune_code=ARBAA_SAHEL, name_fr="Arbaa Sahel")
    agent = make(Membership, organisation_id=commune.id).user
    project = make(Project)
    url = f"/{locale}/projects/{project.id}"
    browser.login(agent)
    page = browser.submit(browser.get(url), "/endorsement")
    assert project.endorsed_by_id == commune.id
    badges = len(new_browser().get(url).select("p.states .state"))
    page = browser.submit(page, "/endorsement/withdraw")
    assert project.endorsed_by_id is None
    assert len(new_browser().get(url).select("p.states .state")) == badges - 1
    new_browser().login(make(User)).post(f"{url}/endorsement", status=403)


def test_what_was_done_is_told_and_taken_up_again(browser, make, locale):
    project = make(Project)
    make(Need, project_id=project.id)
    browser.login(project.author)
    page = browser.get(f"/{locale}/projects/{project.id}")
    page = browser.submit(page, "/realised", status=422, words="")
    assert page.error_of("realised")
    page = browser.submit(page, "/realised", words="Neuf villages trient leurs déchets.")
    assert project.stage is Stage.REALISED and "Neuf villages" in page.words
    browser.submit(page, "/resumed")
    assert project.stage is Stage.OPEN


def test_the_page_says_who_acts_next_and_shows_what_is_alike(browser, make, session, locale):
    here = make(Project, title="Une bibliothèque pour les enfants")
    there = make(Project, title="مكتبة متنقلة للأطفال", summary="كتب", language="ar")
    for project in (here, there):
        reindex(session, project)
    page = browser.get(f"/{locale}/projects/{here.id}")
    assert page.select(".next")
    assert there.title in page.words


def test_the_number_of_queries_of_a_page_does_not_grow_with_what_was_said(
    browser, make, waiting, moderator, query_count
):
    url = f"/fr/projects/{waiting.id}"
    browser.login(moderator)
    browser.submit(browser.get(url), "/moderation/ask", words="Où ?")

    def asked():
        before = query_count()
        browser.get(url)
        return query_count() - before

    browser.get(url)
    few = asked()
    for n in range(4):
        browser.submit(browser.get(url), "/moderation/ask", words=f"Et {n} ?")
    browser.get(url)
    assert asked() == few <= 30


def test_the_page_says_since_when_people_work_on_it_not_since_when_it_is_published(browser, make, session, locale):
    project = make(Project, published_at=now() - timedelta(days=400))
    url = f"/{locale}/projects/{project.id}"
    published = {"fr": "Publié le", "ar": "نُشر"}[locale]
    assert published in browser.get(url).select_one(".next").text
    actions.set_stage(session, None, project, Stage.UNDER_WAY)
    began = session.exec(select(Entry).where(Entry.verb == "stage")).one()
    began.at = now() - timedelta(days=3)
    said = browser.get(url).select_one(".next").text
    with speaking(locale):
        assert format_date(began.at) in said and format_date(project.published_at) not in said


def test_a_stage_that_nobody_dated_has_no_date_of_its_own(browser, make):
    project = make(Project, stage=Stage.REALISED, published_at=now() - timedelta(days=400))
    said = browser.get(f"/fr/projects/{project.id}").select_one(".next").text
    assert "C’est fait." in said and "Depuis" not in said
