from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.kernel.database import at, now
from app.kernel.i18n import speaking
from app.matching.queries import recognised
from app.notifications.models import Message, MessageState
from app.organisations.models import Membership, Organisation
from app.projects import actions, beginnings, fiche, queries, sections
from app.projects.models import Moderation, Need, Project, Stage, Translation
from app.projects.sections import TITLE_LENGTH
from app.taxonomy.queries import themes
from app.territories.models import Commune
from tests.factories import OUIJJANE, TINZART


@pytest.fixture
def done(make, author, session):
    """A realised project of Arbaa Sahel, which everybody reads, with its objective."""
    project = make(
        Project, author_id=author.id, stage=Stage.REALISED, title="Un bus pour l’école", theme_code="education"
    )
    standing = queries.standing(session, author, project)
    fiche.save(session, standing, project, sections.BY_NAME["objective"], {"text": "Que chacun vienne."}, "fr", 0)
    return project


def told(session, user):
    statement = select(Message).where(Message.recipient_id == user.id, Message.state != MessageState.CANCELLED)
    return [message for message in session.exec(statement) if message.kind == "project_followed"]


def newest(session):
    return session.exec(select(Project).order_by(Project.id.desc())).first()


def test_every_theme_has_a_model_in_both_languages(session):
    found = beginnings.outlines()
    assert {one.theme for one in found} == {theme.code for theme in themes(session)}
    assert len({one.code for one in found}) == len(found)
    for one in found:
        for words, language in ((one.fr, "fr"), (one.ar, "ar")):
            assert len(words.title) <= TITLE_LENGTH
            assert recognised(f"{words.title} {words.summary} {words.objective}") == language
        assert one.need and all(len(need.fr) < 1000 for need in one.need)


def test_an_agent_starts_from_a_model_and_ticks_what_lacks(browser, author, session, locale):
    page = browser.login(author).get(f"/{locale}/projects/models")
    assert len(page.select('a[href*="outline="]')) >= 15
    form = browser.get(f"/{locale}/projects/new?outline=library")
    begun = beginnings.of_outline("library")
    assert form.select_one("#f-title")["value"] == begun.title
    browser.submit(form, "/projects/new", commune="Ouijjane", commune_code=OUIJJANE, needs=["0", "2"])
    project = newest(session)
    assert (project.title, project.language, project.theme_code) == (begun.title, locale, "culture_sport")
    wanted = session.exec(select(Need).where(Need.project_id == project.id).order_by(Need.id)).all()
    assert [(need.kind, need.text) for need in wanted] == [(begun.needs[n].kind, begun.needs[n].text) for n in (0, 2)]
    kept = fiche.section(session, project, sections.BY_NAME["objective"])
    assert (kept.content, kept.language) == ({"text": begun.objective}, locale)


def test_a_refused_form_keeps_the_model_and_what_was_ticked(browser, author, locale):
    form = browser.login(author).get(f"/{locale}/projects/new?outline=library")
    fields = {"title": "", "objective": "Mon objectif", "needs": ["1"], "commune": "Nulle part", "commune_code": ""}
    page = browser.submit(form, "/projects/new", status=422, **fields)
    assert page.error_of("title") and page.select_one("#f-objective").text.strip() == "Mon objectif"
    assert [box["value"] for box in page.select('[name="needs"][checked]')] == ["1"]
    assert page.select_one('[name="outline"]')["value"] == "library"


@pytest.mark.parametrize(
    "query", ["outline=nothing", "like=0", "like=abc", "like=99999999999999", f"like={2**31}", "outline=%00", "like=-1"]
)
def test_what_does_not_exist_gives_the_empty_form(browser, query):
    form = browser.get(f"/fr/projects/new?{query}")
    assert form.select_one("#f-title")["value"] == "" and not form.select_one("#f-objective")


def test_a_need_that_the_model_does_not_propose_is_not_made(browser, author, session):
    form = browser.login(author).get("/fr/projects/new?outline=library")
    browser.submit(form, "/projects/new", commune="Ouijjane", commune_code=OUIJJANE, needs=["7", "-1", "deux"])
    project = newest(session)
    assert not session.exec(select(Need).where(Need.project_id == project.id)).all()


def test_another_commune_does_the_same_and_both_pages_say_so(browser, new_browser, done, make, session, locale, author):
    agent, moderator = make(User), make.moderator("09")
    commune = make(Organisation, kind="commune", commune_code=OUIJJANE, province_code="09.581", region_code="09")
    make(Membership, organisation_id=commune.id, user_id=agent.id)
    page = browser.login(agent).get(f"/{locale}/projects/{done.id}")
    form = browser.get(page.select_one(f'a[href$="like={done.id}"]')["href"])
    assert form.select_one("#f-title")["value"] == done.title
    assert form.select_one("#f-objective").text.strip() == "Que chacun vienne."
    assert form.select_one('[name="commune_code"]')["data-code"] == OUIJJANE
    page = browser.submit(form, "/projects/new", title="Un bus pour Ouijjane")
    project = newest(session)
    assert project.inspired_by_id == done.id and project.theme_code == "education"
    assert page.select_one(f'a[href="/{locale}/projects/{done.id}"]')
    assert told(session, author) == []  # nobody reads it yet
    assert not new_browser().get(f"/{locale}/projects/{done.id}").select_one("#followers")
    entry = actions.move(session, queries.standing(session, moderator, project), project, "publish")
    assert len(told(session, author)) == 1 and told(session, author)[0].link.endswith(f"/projects/{project.id}")
    page = new_browser().get(f"/{locale}/projects/{done.id}")
    assert page.select_one(f'#followers a[href="/{locale}/projects/{project.id}"]')
    actions.undo(session, moderator, project, entry)
    assert told(session, author) == []
    actions.move(session, queries.standing(session, moderator, project), project, "publish")
    assert len(told(session, author)) == 1


def test_who_inspired_is_told_once(session, done, make, author):
    moderator = make.moderator("09")
    project = actions.post_idea(
        session,
        make(User),
        title="Un bus pour Ouijjane",
        summary="Les enfants marchent une heure.",
        commune=session.get_one(Commune, OUIJJANE),
        language="fr",
        inspired_by=done,
    )
    standing = queries.standing(session, moderator, project)
    actions.move(session, standing, project, "publish")
    with at(now() + timedelta(hours=1)):
        actions.move(session, standing, project, "unpublish", "Une photo de trop.")
        actions.move(session, standing, project, "publish")
    assert len(told(session, author)) == 1


def test_nobody_is_told_of_their_own_second_project(session, done, make, author):
    project = make(
        Project, author_id=author.id, moderation=Moderation.WAITING, published_at=None, inspired_by_id=done.id
    )
    actions.move(session, queries.standing(session, make.moderator("09"), project), project, "publish")
    assert told(session, author) == []


def test_what_is_done_is_taken_in_the_reader_s_language(session, done, make):
    content = {"title": "حافلة للمدرسة", "summary": "يمشي الأطفال ساعة كل يوم."}
    session.add(
        Translation(
            project_id=done.id, name="idea", language="ar", content=content, of_version=0, author_id=make(User).id
        )
    )
    session.flush()
    with speaking("ar"):
        begun = beginnings.of_project(session, None, done.id)
    assert (begun.title, begun.summary, begun.objective) == (*content.values(), "Que chacun vienne.")


def test_what_nobody_may_read_inspires_nobody(browser, done, make, session):
    done.moderation, done.published_at = Moderation.WAITING, None
    session.flush()
    form = browser.login(make(User)).get(f"/fr/projects/new?like={done.id}")
    assert form.select_one("#f-title")["value"] == ""
    fields = {"title": "Un bus pour Ouijjane", "summary": "Les enfants marchent une heure.", "like": str(done.id)}
    browser.submit(form, "/projects/new", commune="Ouijjane", commune_code=OUIJJANE, **fields)
    assert newest(session).inspired_by_id is None


def test_communes_are_counted_once_each(browser, done, make):
    for commune in (OUIJJANE, OUIJJANE, TINZART):
        make(Project, inspired_by_id=done.id, commune_code=commune)
    make(Project, inspired_by_id=done.id, moderation=Moderation.WAITING, published_at=None)
    page = browser.get(f"/fr/projects/{done.id}")
    assert page.select_one("#followers h2").text == "2 communes font de même"
    assert len(page.select("#followers li")) == 3
