import gzip
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from app.accounts.models import User
from app.contributions.answering import usual_days
from app.contributions.models import Contribution, State
from app.deadlines import actions as deadlines
from app.deadlines.steps import Step
from app.journal.models import Subject
from app.kernel.database import now
from app.news.models import NewsItem, NewsState
from app.projects.models import Moderation, Need, NeedKind, NeedState, Project, Section, Stage, Translation
from tests.browser_client import Browser
from tests.factories import ARBAA_SAHEL, OUIJJANE, Factory

LOCALES = ("fr", "ar")
FIRST_VISIT = 50_000  # bytes, compressed


def story(make: Factory, project: Project, text: str = "", **figures: str) -> Section:
    """What was done on a project."""
    content = {"text": text, "figures": [{"number": number, "words": words} for words, number in figures.items()]}
    return make(
        Section, project_id=project.id, name="done", content=content, language="fr", edited_by_id=project.author_id
    )


def news(make: Factory, **given: object) -> NewsItem:
    state = given.get("state", NewsState.PUBLISHED)
    published = now() if state is NewsState.PUBLISHED else None
    plausible = {
        "title": "Le bus est parti plein",
        "text": "Merci à tous.",
        "language": "fr",
        "published_at": published,
    }
    return make(NewsItem, **{"author_id": make(User).id, "state": state, **plausible, **given})


def full_site(make: Factory, times: int = 1) -> None:
    for _ in range(times):
        done = make(Project, stage=Stage.REALISED)
        story(make, done, "La bibliothèque est ouverte. " * 10, agents="17")
        make(Project, stage=Stage.IDEA)
        need = make(Need, text="Nous cherchons deux bibliothécaires pour former les bénévoles du village.")
        need.project.stage = Stage.OPEN
        news(make, commune_code=OUIJJANE)


@pytest.mark.parametrize("lang", LOCALES)
def test_a_visitor_of_an_empty_site_understands_it_and_meets_no_empty_list(browser: Browser, lang: str) -> None:
    page = browser.get(f"/{lang}/")
    assert [heading["id"] for heading in page.select("main h2")] == ["how", "whom"]
    assert len(page.select(".walk > li")) == 4
    assert len(page.select(".audience > li")) == 6
    assert not page.select(".figures")
    doors = [link["href"] for link in page.select(".hero .actions a")]
    assert doors == [f"/{lang}/projects/new", f"/{lang}/profiles/mine"]


@pytest.mark.parametrize("lang", LOCALES)
def test_what_was_done_comes_before_what_is_asked(browser: Browser, make: Factory, lang: str) -> None:
    full_site(make)
    page = browser.get(f"/{lang}/")
    assert [heading["id"] for heading in page.select("main h2")] == ["done", "wanted", "ideas", "news", "how", "whom"]


def test_figures_are_counted_and_the_unknown_ones_left_out(browser: Browser, make: Factory) -> None:
    make(Project, stage=Stage.REALISED)
    make(Project)
    make(Project, moderation=Moderation.WAITING)
    figures = browser.get("/fr/").select_one(".figures")
    assert " ".join(figures.get_text(" ").split()) == "2 projets 1 réalisation"


@pytest.mark.parametrize(("lang", "words"), [("fr", "4 jours pour une réponse"), ("ar", "4 أيام للجواب")])
def test_a_usual_time_for_an_answer_is_told_when_there_are_enough(
    browser: Browser, make: Factory, lang: str, words: str
) -> None:
    for days in (2, 3, 4, 9):
        offered(make, State.ACCEPTED, days)
    assert words not in browser.get(f"/{lang}/").words
    offered(make, State.DECLINED, 30)
    assert words in browser.get(f"/{lang}/").words


def test_offers_that_nobody_answers_count_too(session: Session, make: Factory) -> None:
    for _ in range(3):
        offered(make, State.ACCEPTED, 1)
    for _ in range(4):
        since = now() - timedelta(days=60)
        left = make(Contribution, created_at=since)
        deadlines.begin(session, Subject.CONTRIBUTION, left.id, Step.OFFER_READ, since)
    assert usual_days(session) == 60


def test_an_offer_of_yesterday_says_nothing_yet(session: Session, make: Factory) -> None:
    for days in (8, 8, 8, 8, 8):
        offered(make, State.ACCEPTED, days)
    for _ in range(6):
        make(Contribution, created_at=now() - timedelta(days=1))
    assert usual_days(session) == 8


def offered(make: Factory, state: State, days: int) -> Contribution:
    """An offer answered after so many days."""
    begun = now() - timedelta(days=90)
    return make(Contribution, state=state, created_at=begun, state_since=begun + timedelta(days=days))


def test_the_story_and_its_figures_are_told_in_the_language_of_the_reader(browser: Browser, make: Factory) -> None:
    project = make(Project, stage=Stage.REALISED, title="Une maison de l’emploi")
    story(make, project, "Dix-sept agents savent accueillir.", **{"agents formés": "17"})
    idea = {"title": "دار التشغيل", "summary": "نستقبل الشباب."}
    done = {"text": "سبعة عشر موظفا يحسنون الاستقبال.", "figures-0-words": "موظفا مكونا"}
    for name, said in (("idea", idea), ("done", done)):
        make(
            Translation,
            project_id=project.id,
            name=name,
            language="ar",
            content=said,
            of_version=1,
            author_id=project.author_id,
        )
    french, arabic = browser.get("/fr/"), browser.get("/ar/")
    assert "Dix-sept agents savent accueillir." in french.words
    assert "17 agents formés" in french.words
    for said in ("دار التشغيل", "سبعة عشر موظفا يحسنون الاستقبال.", "17 موظفا مكونا"):
        assert said in arabic.words
    assert french.select_one("main article h3 a")["lang"] == "fr"
    assert arabic.select_one("main article h3 a")["lang"] == "ar"


def test_a_project_under_way_that_has_something_to_tell_is_among_what_was_done(browser: Browser, make: Factory) -> None:
    quiet, telling = make(Project, stage=Stage.UNDER_WAY), make(Project, stage=Stage.UNDER_WAY)
    story(make, telling, "Le premier puits donne de l’eau.")
    page = browser.get("/fr/")
    assert "Le premier puits donne de l’eau." in page.words
    assert quiet.title not in page.words


def test_each_project_shows_one_need_so_that_others_are_seen(browser: Browser, make: Factory) -> None:
    busy = make(Project)
    for number in range(8):
        make(Need, project_id=busy.id, text=f"Besoin numéro {number} de ce projet.")
    make(Need, text="Un plan pour le souk.", kind=NeedKind.EQUIPMENT, quantity=3)
    make(Need, text="Une table ronde qui est passée.", state=NeedState.CLOSED)
    page = browser.get("/fr/")
    assert "Un plan pour le souk." in page.words
    assert "3 pièces" in page.words
    assert len(re.findall("Besoin numéro", page.words)) == 1
    assert "Une table ronde" not in page.words


@pytest.mark.parametrize("lang", LOCALES)
def test_nothing_that_is_not_published_shows(browser: Browser, make: Factory, lang: str) -> None:
    for moderation in Moderation:
        if moderation is not Moderation.PUBLISHED:
            hidden = make(Project, title="SECRET", moderation=moderation, stage=Stage.REALISED)
            story(make, hidden, "SECRET")
            make(Need, project_id=hidden.id, text="SECRET")
            make(Project, title="SECRET", moderation=moderation)
    for state in (NewsState.WAITING, NewsState.RETURNED):
        news(make, title="SECRET", state=state)
    assert "SECRET" not in browser.get(f"/{lang}/").words
    assert "SECRET" not in browser.login(make.moderator(everywhere=True)).get(f"/{lang}/").words


def test_nobody_who_posts_or_helps_is_named(browser: Browser, make: Factory) -> None:
    author = make(User, name="Nom Secret")
    make(Need, project_id=make(Project, author_id=author.id).id)
    assert "Nom Secret" not in browser.get("/fr/").words


def test_the_number_of_queries_does_not_grow_with_the_site(
    browser: Browser, make: Factory, query_count: Callable[[], int]
) -> None:
    full_site(make)
    before = query_count()
    browser.get("/fr/")
    with_one = query_count() - before
    full_site(make, 4)
    before = query_count()
    browser.get("/fr/")
    assert query_count() - before <= with_one <= 16


@pytest.mark.parametrize("lang", LOCALES)
def test_a_first_visit_is_light(browser: Browser, make: Factory, lang: str) -> None:
    """The page with all that it makes a browser fetch, as it travels."""
    full_site(make, 6)
    answer = browser.client.get(f"/{lang}/", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    total = len(gzip.compress(answer.content, 5))
    fetched = set()
    waiting = re.findall(r'(?:src|href)="(/static/[^"#]+)', answer.text)
    while waiting:
        address = waiting.pop()
        if address in fetched:
            continue
        fetched.add(address)
        asset = browser.client.get(address, headers={"accept-encoding": "gzip"})
        text = asset.text if not address.partition("?")[0].endswith("woff2") else ""
        total += len(gzip.compress(asset.content, 9)) if text else len(asset.content)
        if ".css" in address and lang == "ar":
            waiting += re.findall(r"""url\(["']?(/static/[^"')]+)""", text)
        waiting += [
            f"/static/js/{name}" for name in re.findall(r"""["']\./([\w.?=-]+)["']""", text) if ".js" in address
        ]
    assert {address.partition("?")[0].rpartition(".")[2] for address in fetched} >= {"css", "js", "svg"}
    assert total < FIRST_VISIT, f"{total} bytes"


@pytest.mark.parametrize("lang", LOCALES)
def test_a_shared_link_says_what_it_leads_to(browser: Browser, lang: str) -> None:
    titles = set()
    for address in ("", "about"):
        page = browser.get(f"/{lang}/{address}")
        titles.add(page.select_one('meta[property="og:title"]')["content"])
        assert len(page.select_one('meta[property="og:description"]')["content"]) > 40
    assert len(titles) == 2


def test_a_project_of_another_commune_is_placed(browser: Browser, make: Factory) -> None:
    make(Project, commune_code=OUIJJANE)
    make(Project, commune_code=ARBAA_SAHEL)
    assert "Ouijjane, Tiznit" in browser.get("/fr/").words
