from datetime import timedelta

import pytest

from app.accounts.models import User
from app.kernel.database import now
from app.projects.indexing import reindex
from app.projects.models import Mode, Moderation, Need, NeedKind, NeedState, Project, Stage, Translation
from tests.factories import ARBAA_SAHEL, OUISSELSATE, TINZART


@pytest.fixture
def several(make):
    """Thirty projects, the newest last."""
    author = make(User)
    return [
        make(Project, author_id=author.id, title=f"Projet numéro {n}", published_at=now() - timedelta(days=40 - n))
        for n in range(30)
    ]


def titles(page):
    return [title.get_text(strip=True) for title in page.select("article .card-title")]


def test_anybody_reads_the_list_newest_first_and_goes_on(browser, several, locale):
    page = browser.get(f"/{locale}/projects")
    assert titles(page) == [f"Projet numéro {n}" for n in range(29, 9, -1)]
    page = browser.get(str(page.select_one("a[rel=next]")["href"]))
    assert titles(page) == [f"Projet numéro {n}" for n in range(9, -1, -1)]
    assert not page.select("a[rel=next]")


def test_what_is_not_published_is_not_on_the_list(browser, make):
    waiting = make(Project, moderation=Moderation.WAITING, title="Pas encore publié")
    assert waiting.title not in browser.login(make.administrator()).get("/fr/projects").words


def test_the_number_of_queries_does_not_grow_with_the_list(browser, make, query_count):
    for _ in range(2):
        make(Need, project_id=make(Project).id)
    browser.get("/fr/projects")
    before = query_count()
    browser.get("/fr/projects")
    few = query_count() - before
    for _ in range(15):
        make(Need, project_id=make(Project).id)
    before = query_count()
    browser.get("/fr/projects")
    assert query_count() - before == few <= 8


FILTERS = [
    ("theme=water_sanitation", "Eau"),
    ("territory=09.581", "Eau"),
    ("territory=09", "Eau"),
    (f"territory={ARBAA_SAHEL}", "Eau"),
    ("territory=Arbaa+Sahel", "Eau"),
    ("territory=Tiznit+(province)&territory_code=", "Eau"),
    ("territory=Souss-Massa+(région)", "Eau"),
    ("territory=إقليم+تيزنيت", "Eau"),
    (f"territory_code={ARBAA_SAHEL}", "Eau"),
    ("territory=Tiznit+(province)&territory_code=01", "Eau"),
    ("kind=study", "Eau"),
    ("mode=remote", "Eau"),
    ("language=ar", "ماء"),
    ("stage=realised", "Festival"),
    ("q=Festival", "Festival"),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_a_list_is_narrowed_and_widened_again(browser, make, session, locale, query, expected):
    water = make(Project, title="Eau", theme_code="water_sanitation", stage=Stage.OPEN)
    make(Need, project_id=water.id, kind=NeedKind.STUDY, mode=Mode.REMOTE)
    reindex(session, water)
    done = make(Project, title="Festival", commune_code=OUISSELSATE, theme_code="culture_sport", stage=Stage.REALISED)
    make(Need, project_id=done.id, kind=NeedKind.STUDY, mode=Mode.REMOTE, state=NeedState.CLOSED)
    reindex(session, done)
    make(Project, title="ماء", language="ar", commune_code=OUISSELSATE, theme_code="culture_sport")
    page = browser.get(f"/{locale}/projects?{query}")
    assert titles(page) == [expected]
    removable = page.select("a.chip.removable")
    assert len(removable) == 2
    assert len(titles(browser.get(str(removable[0]["href"])))) == 3


def test_a_need_that_leaves_the_choice_is_found_at_a_distance(browser, make):
    make(Need, mode=Mode.EITHER)
    make(Need, mode=Mode.ON_SITE)
    assert len(titles(browser.get("/fr/projects?mode=remote"))) == 1


def test_filters_are_kept_on_the_next_page(browser, several, make):
    make(Project, commune_code=TINZART, title="Ailleurs")
    page = browser.get("/fr/projects?territory=09.581")
    assert "territory=09.581" in str(page.select_one("a[rel=next]")["href"])


def test_a_place_that_could_be_several_is_asked_for(browser, make, locale):
    make(Project)
    page = browser.get(f"/{locale}/projects?territory=Arbaa")
    assert page.error_of("territory")
    assert len(page.select("input[name=territory_code][type=radio]")) > 2
    assert titles(page), "the list is shown all the same"


NONSENSE = ["theme=%00", "kind=money", "mode=moon", "stage=3", "language=xx", "territory=zzzzqqq", "after=rubbish"]
NONSENSE += ["territory_code=%00", "q=%00", "q=" + "a" * 900, "after=WzEsMl0", "territory=99.999", "theme=nothing"]


@pytest.mark.parametrize("query", NONSENSE)
def test_an_address_that_nobody_made_shows_the_list(browser, make, locale, query):
    project = make(Project)
    assert project.title in browser.get(f"/{locale}/projects?{query}").words


def test_an_empty_list_says_what_one_can_do(browser, make, locale):
    assert browser.get(f"/{locale}/projects").select(".empty a[href$='/projects/new']")
    make(Project)
    page = browser.get(f"/{locale}/projects?stage=realised")
    assert page.select(".empty a[href$='/projects']") and page.select(".empty a[href$='/projects/new']")


def test_a_title_that_somebody_translated_is_read_in_one_s_language(browser, make):
    project = make(Project, title="مكتبة القرية", language="ar")
    content = {"title": "La bibliothèque du village", "summary": "Des livres."}
    by = make(User).id
    make(Translation, project_id=project.id, name="idea", language="fr", content=content, of_version=1, author_id=by)
    assert titles(browser.get("/fr/projects")) == ["La bibliothèque du village"]
    assert titles(browser.get("/ar/projects")) == ["مكتبة القرية"]
