"""What a link looks like, the QR code, the poster, the short address: of what everybody may read, and of that alone."""

from io import BytesIO

import pytest
from PIL import Image

from app.accounts.models import User
from app.news.models import NewsItem, NewsState
from app.projects.models import Moderation, Need, Photo, Project, Stage, Translation
from app.sharing import pages
from tests.factories import ARBAA_SAHEL


def card_of(browser, page):
    """The picture that a messenger would fetch for this page."""
    address = page.select_one('meta[property="og:image"]')["content"]
    return browser.client.get(address)


@pytest.fixture
def project(make):
    return make(Project, stage=Stage.REALISED, title="L’école communautaire et son bus")


def test_the_link_of_a_project_has_a_card_that_every_messenger_takes(browser, make, project, locale):
    make(Photo, project_id=project.id)
    page = browser.get(f"/{locale}/projects/{project.id}")
    assert page.select_one('meta[property="og:title"]')["content"] == project.title
    answer = card_of(browser, page)
    assert answer.headers["content-type"] == "image/jpeg"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert len(answer.content) < 300_000


@pytest.mark.parametrize("kind", ["need", "news", "commune", "home"])
def test_other_pages_have_a_card_too(browser, make, project, kind, locale):
    need = make(Need, project_id=project.id)
    item = make(NewsItem, state=NewsState.PUBLISHED, published_at=project.published_at, commune_code=ARBAA_SAHEL)
    address = {
        "need": f"/{locale}/share/needs/{need.id}",
        "news": f"/{locale}/news/{item.id}",
        "commune": f"/{locale}/territories/{ARBAA_SAHEL}",
        "home": f"/{locale}/",
    }[kind]
    answer = card_of(browser, browser.get(address))
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)


def test_a_card_is_drawn_once_and_kept_by_caches(browser, project, monkeypatch):
    page = browser.get(f"/fr/share/project/{project.id}")
    address = page.select_one(".share-card")["src"]
    answer = browser.client.get(address)
    assert "immutable" in answer.headers["cache-control"]
    monkeypatch.setattr(pages, "draw", lambda *_: pytest.fail("drawn again"))
    assert browser.client.get(address).content == answer.content
    again = browser.client.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    old = browser.client.get(f"/fr/share/project/{project.id}/card.jpg?v=0")
    assert "immutable" not in old.headers["cache-control"]


def test_a_card_changes_with_what_it_shows(browser, make, session, project):
    first = browser.client.get(f"/fr/share/project/{project.id}/card.jpg").headers["etag"]
    project.title = "Le bus de l’école"
    session.flush()
    second = browser.client.get(f"/fr/share/project/{project.id}/card.jpg").headers["etag"]
    make(Photo, project_id=project.id)
    third = browser.client.get(f"/fr/share/project/{project.id}/card.jpg").headers["etag"]
    assert len({first, second, third}) == 3


@pytest.mark.parametrize("what", ["", "/card.jpg", "/qr.svg", "/poster.pdf"])
def test_what_is_private_has_no_card_for_anybody(browser, make, what):
    author = make(User)
    private = make(Project, author_id=author.id, moderation=Moderation.WAITING, published_at=None)
    browser.login(author)
    browser.get(f"/fr/share/project/{private.id}{what}", status=404)
    need, item = make(Need, project_id=private.id), make(NewsItem, author_id=author.id)
    browser.get(f"/fr/share/need/{need.id}{what}", status=404)
    browser.get(f"/fr/share/news/{item.id}{what}", status=404)
    browser.get(f"/fr/share/needs/{need.id}", status=404)
    browser.get(f"/fr/p{private.id}", status=404)


@pytest.mark.parametrize("key", ["0", "-1", "99999999999999999999", "x", "١٢", "1e3", "09.581"])
@pytest.mark.parametrize("kind", ["project", "need", "news", "commune"])
def test_a_number_that_is_none_is_absent(browser, kind, key):
    browser.get(f"/fr/share/{kind}/{key}/card.jpg", status=404)


def test_a_kind_that_does_not_exist_is_absent(browser):
    browser.get("/fr/share/secret/1", status=404)


def test_buttons_lead_to_whatsapp_facebook_and_linkedin_and_no_script_of_theirs(browser, project, locale):
    page = browser.get(f"/{locale}/projects/{project.id}")
    links = [link["href"] for link in page.select(".share a")]
    assert any(
        link.startswith("https://wa.me/?text=") and f"projects%2F{project.id}" in link.replace("/", "%2F")
        for link in links
    )
    assert any("facebook.com/sharer" in link for link in links)
    assert any("linkedin.com/sharing" in link for link in links)
    assert all(script["src"].startswith("/static/") for script in page.select("script[src]"))


def test_a_short_address_leads_to_the_page_in_the_language_of_whoever_opens_it(browser, make, project):
    need = make(Need, project_id=project.id)
    for short, end in (
        (f"p{project.id}", f"/projects/{project.id}"),
        (f"b{need.id}", f"/share/needs/{need.id}"),
        (f"c{ARBAA_SAHEL}", f"/territories/{ARBAA_SAHEL}"),
    ):
        answer = browser.client.get(f"/{short}", headers={"accept-language": "ar"}, follow_redirects=True)
        assert str(answer.url).endswith(f"/ar{end}")


def test_the_qr_code_is_an_image_without_script(browser, project):
    answer = browser.client.get(f"/fr/share/project/{project.id}/qr.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert b"<script" not in answer.content


def test_the_poster_is_one_sheet_in_both_languages(browser, make, project):
    make(
        Translation,
        project_id=project.id,
        name="idea",
        language="ar",
        content={"title": "المدرسة الجماعاتية", "summary": "مدرسة لكل القرى"},
        of_version=1,
        author_id=project.author_id,
    )
    make(Photo, project_id=project.id)
    answer = browser.client.get(f"/fr/share/project/{project.id}/poster.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    import pikepdf

    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1


def test_a_need_shared_by_itself_says_for_which_project(browser, make, project, locale):
    need = make(Need, project_id=project.id)
    page = browser.get(f"/{locale}/share/needs/{need.id}")
    assert need.text in page.words
    assert project.title in page.words
    assert page.select(f'a[href="/{locale}/contributions/offer/{need.id}"]')
