from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import GrantKind, User
from app.kernel.database import now
from app.kernel.days import today
from app.news.models import NewsItem, NewsState
from tests.factories import ARBAA_SAHEL, TINZART

TODAY = today()
NEWS = {"title": "Le bus scolaire est parti plein", "text": "Sept heures, il fait encore frais.\n\nMerci à tous."}
FUTURE = str(TODAY + timedelta(days=20))


@pytest.fixture
def author(make):
    return make(User, name="Khadija Tester")


def published(make, **given):
    return make(NewsItem, state=NewsState.PUBLISHED, published_at=now(), **given)


def test_a_member_writes_and_sees_that_it_waits(browser, author, session, locale):
    page = browser.login(author).get(f"/{locale}/news/new")
    page = browser.submit(page, "news/new", **NEWS, territory="Arbaa Sahel, Tiznit", happens_on="2026-11-20")
    item = session.exec(select(NewsItem)).one()
    assert (item.commune_code, item.language, item.state) == (ARBAA_SAHEL, "fr", NewsState.WAITING)
    assert page.url.endswith(f"/{locale}/news/{item.id}")
    assert page.select_one(".next.wait")
    assert page.select_one(".notice.done")
    assert item.title in browser.get(f"/{locale}/news?show=mine").words


def test_the_language_is_recognised_and_can_be_corrected(browser, author, session):
    page = browser.login(author).get("/fr/news/new")
    page = browser.submit(page, "news/new", title="انطلق النقل المدرسي", text="على بركة الله، انطلقت حافلة Rasmouka.")
    item = session.exec(select(NewsItem)).one()
    assert item.language == "ar"
    assert page.select_one(".prose")["lang"] == "ar"
    assert "Texte original en arabe." in page.words
    page = browser.get(f"/fr/news/{item.id}/edit")
    browser.submit(page, "edit", language="fr")
    assert item.language == "fr"


def test_a_double_click_writes_once(browser, author, session):
    form = {**browser.login(author).get("/fr/news/new").form("news/new"), **NEWS}
    first = browser.post("/fr/news/new", **form)
    assert browser.post("/fr/news/new", **form).url == first.url
    assert len(session.exec(select(NewsItem)).all()) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "Oui"}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"text": ""}, "text"),
        ({"text": "…………………………"}, "text"),
        ({"text": "a\x00bcdefghijkl"}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"territory": "Nulle-part-du-tout"}, "territory"),
        ({"territory": "Tiznit"}, "territory"),
        ({"happens_on": "31/12/2026"}, "happens_on"),
        ({"happens_on": "0001-01-01"}, "happens_on"),
        ({"deadline": "2020-01-01"}, "deadline"),
        ({"deadline": "2026-02-30"}, "deadline"),
        ({"language": "en"}, "language"),
    ],
)
def test_what_cannot_be_taken_comes_back_as_typed_with_a_sentence(browser, author, session, changes, field):
    given = {**NEWS, "deadline": FUTURE, **changes}
    page = browser.login(author).post("/fr/news/new", 422, **given)
    assert page.error_of(field) or field == "language"
    assert page.select_one("#f-title")["value"] == given["title"]
    assert page.select_one("#f-deadline")["value"] == given["deadline"]
    assert session.exec(select(NewsItem)).all() == []


def test_every_refusal_is_said_in_arabic_too(browser, author):
    page = browser.login(author).post(
        "/ar/news/new", 422, title="", text="", territory="qwrtpsd", deadline="2020-01-01"
    )
    for field in ("title", "text", "territory"):
        assert any("\u0600" < letter < "\u06ff" for letter in page.error_of(field)), field
    page = browser.post("/ar/news/new", 422, **NEWS, deadline="2020-01-01")
    assert any("\u0600" < letter < "\u06ff" for letter in page.error_of("deadline"))


def test_a_visitor_signs_in_and_continues(browser):
    answer = browser.client.post("/fr/news/new", data=NEWS)
    assert "/account/sign-in" in answer.headers["location"]


def test_what_waits_is_absent_for_all_but_its_author_and_its_moderators(browser, make, author):
    item = make(NewsItem, author_id=author.id, commune_code=ARBAA_SAHEL)
    url = f"/fr/news/{item.id}"
    browser.get(url, 404)
    for stranger in (make(User), make.moderator("08"), make.moderator(countries=("FR",))):
        browser.login(stranger).get(url, 404)
        browser.post(f"{url}/publish", 404)
        browser.get(f"{url}/edit", 404)
        browser.post(f"{url}/edit", 404, **NEWS)
    for known in (author, make.moderator("09"), make.administrator()):
        browser.login(known).get(url)


def test_nobody_edits_or_unpublishes_what_others_published(browser, make, author):
    item = published(make, author_id=author.id, commune_code=ARBAA_SAHEL)
    for stranger in (make(User), make.moderator("08")):
        browser.login(stranger).get(f"/fr/news/{item.id}/edit", 404)
        browser.post(f"/fr/news/{item.id}/unpublish", 404, words="non")
        browser.post(f"/fr/news/{item.id}/anything", 404)
    assert item.state is NewsState.PUBLISHED


def test_a_moderator_publishes_then_takes_it_back(browser, make, author, locale):
    item = make(NewsItem, author_id=author.id, commune_code=ARBAA_SAHEL)
    page = browser.login(make.moderator("09")).get(f"/{locale}/news/{item.id}")
    page = browser.submit(page, "publish")
    assert item.state is NewsState.PUBLISHED
    page = browser.submit(page, "undo")
    assert item.state is NewsState.WAITING
    assert page.url.endswith(f"/{locale}/news/{item.id}")


def test_a_return_without_words_comes_back_open_and_keeps_the_way_back(browser, make, author, locale):
    item = make(NewsItem, author_id=author.id)
    browser.login(make.moderator("09"))
    page = browser.post(f"/{locale}/news/{item.id}/return", 422, words="", then=f"/{locale}/news")
    assert page.error_of(f"news-{item.id}-return-words")
    assert page.select_one("details.answer[open]")
    page = browser.submit(page, "return", words="Quel jour était-ce ?")
    assert page.url.endswith(f"/{locale}/news")
    page = browser.login(author).get(f"/{locale}/news/{item.id}")
    assert "Quel jour était-ce ?" in page.words
    assert page.select_one(".next.you")


def test_two_people_who_edit_never_overwrite_each_other_silently(browser, make, author, session):
    item = make(NewsItem, author_id=author.id, commune_code=ARBAA_SAHEL)
    mine = browser.login(author).get(f"/fr/news/{item.id}/edit").form("edit")
    browser.login(make.moderator("09"))
    browser.submit(browser.get(f"/fr/news/{item.id}/edit"), "edit", title="Titre du modérateur")
    page = browser.login(author).post(f"/fr/news/{item.id}/edit", 422, **{**mine, "title": "Titre de l’auteur"})
    assert "Titre du modérateur" in page.words
    assert page.select_one("#f-title")["value"] == "Titre de l’auteur"
    assert item.title == "Titre du modérateur"
    browser.submit(page, "edit")
    assert item.title == "Titre de l’auteur"


def test_an_author_who_changes_a_published_item_is_told_that_it_waits(browser, make, author):
    item = published(make, author_id=author.id)
    browser.login(author)
    page = browser.submit(browser.get(f"/fr/news/{item.id}/edit"), "edit", title="Un titre plus juste")
    assert item.state is NewsState.WAITING
    assert "un modérateur va la lire" in page.words


def test_a_trusted_author_is_published_at_once(browser, make, session):
    browser.login(make.granted(GrantKind.TRUSTED_AUTHOR)).post("/fr/news/new", **NEWS)
    assert session.exec(select(NewsItem)).one().state is NewsState.PUBLISHED


def test_the_list_shows_what_is_published_only_and_filters(browser, make, author, locale):
    there = published(make, title="À Tinzart", commune_code=TINZART)
    arabic = published(make, title="في أربعاء الساحل", language="ar", commune_code=ARBAA_SAHEL)
    waiting = make(NewsItem, title="Pas encore", author_id=author.id)
    everything = browser.get(f"/{locale}/news").words
    assert there.title in everything
    assert arabic.title in everything
    assert waiting.title not in everything
    assert there.title not in browser.get(f"/{locale}/news?language=ar").words
    assert arabic.title not in browser.get(f"/{locale}/news?place_code=09.541").words
    assert there.title in browser.get(f"/{locale}/news?place=Tinzert").words
    assert there.title in browser.get(f"/{locale}/news?place_code=09").words


def test_funding_calls_have_their_own_view_with_what_is_still_open(browser, make, locale):
    open_call = published(make, title="Appel eau potable", deadline=TODAY + timedelta(days=3))
    closed = published(make, title="Appel clos", deadline=TODAY - timedelta(days=3))
    page = browser.get(f"/{locale}/news?show=calls")
    assert open_call.title in page.words
    assert closed.title not in page.words
    assert closed.title in browser.get(f"/{locale}/news").words


def test_a_filter_that_means_nothing_says_so_and_shows_the_rest(browser, make):
    item = published(make, title="Une nouvelle")
    page = browser.get("/fr/news?place=qwrtpsdfg&language=xx&show=zz&after=zz")
    assert page.error_of("place")
    assert item.title in page.words


def test_the_list_costs_the_same_however_long(browser, make, query_count):
    counts = []
    for _ in range(2):
        for code in (ARBAA_SAHEL, TINZART):
            published(make, commune_code=code)
            published(make, province_code=code[:6])
            published(make, region_code=code[:2])
        before = query_count()
        browser.get("/fr/news")
        counts.append(query_count() - before)
    assert counts[0] == counts[1]
    assert counts[0] <= 4  # two of them open and close the transaction


@pytest.mark.parametrize("number", ["0", "99999", "99999999999999999999"])
def test_a_page_that_does_not_exist_is_absent(browser, number):
    browser.get(f"/fr/news/{number}", 404)


def test_an_empty_list_invites(browser, locale):
    page = browser.get(f"/{locale}/news")
    assert page.select_one(".empty")
    assert page.select_one('a[href$="/news/new"]')
