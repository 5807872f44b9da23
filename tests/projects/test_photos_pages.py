"""Photographs of a project: several at once, described before anybody else sees them, rid of what the camera noted."""

from io import BytesIO

import pytest
from PIL import Image
from sqlmodel import select

from app.accounts.models import User
from app.files.models import StoredFile
from app.notifications.models import Message
from app.projects.models import Moderation, Photo, PhotoKind, Project, Stage
from tests.files.samples import jpeg
from tests.files.test_pictures import bomb


@pytest.fixture
def author(make):
    return make(User)


@pytest.fixture
def project(make, author):
    return make(Project, author_id=author.id, stage=Stage.REALISED)


def sent(*contents: bytes) -> list:
    return [("photos", (f"photo-{n}.jpg", content)) for n, content in enumerate(contents, 1)]


def test_several_photos_are_sent_at_once_and_wait_for_their_words(browser, session, author, project):
    browser.login(author)
    page = browser.get(f"/fr/projects/{project.id}/photos")
    page = browser.submit(page, "/photos#add", files=sent(jpeg(2000, 1000, exif=True), jpeg(300, 400)))
    assert "2 photos sont arrivées" in page.words
    kept = session.exec(select(Photo)).all()
    assert [one.position for one in kept] == [1, 2]
    assert not Image.open(BytesIO(session.get_one(StoredFile, kept[0].file_id).content)).getexif()
    browser.logout()
    browser.get(f"/fr/projects/{project.id}/photos/{kept[0].id}", status=404)
    assert not browser.get(f"/fr/projects/{project.id}").select("#section-done img")


def test_a_photo_described_with_consent_is_seen_by_all(browser, make, session, author, project, locale):
    photo = make(Photo, project_id=project.id, words="", consent_at=None)
    browser.login(author)
    page = browser.get(f"/{locale}/projects/{project.id}/photos")
    words = {"fr": "Des femmes trient des amandes.", "ar": "نساء ينظفن اللوز."}[locale]
    browser.submit(page, "describe", **{f"words-{photo.id}": words, f"consent-{photo.id}": "yes"})
    session.refresh(photo)
    assert (photo.language, photo.consent_by_id) == (locale, author.id)
    assert photo.consent_at is not None
    image = browser.logout().get(f"/{locale}/projects/{project.id}").select_one("#section-done img")
    assert image["alt"] == words
    assert image["width"] and image["height"]
    answer = browser.client.get(image["src"])
    assert answer.headers["cache-control"].startswith("public")
    assert browser.client.get(image["src"], headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("given", [{"words": "Une table."}, {"consent": "yes"}], ids=["no consent", "no words"])
def test_without_words_or_consent_a_photo_stays_between_its_team(browser, make, author, project, given):
    photo = make(Photo, project_id=project.id, words="", consent_at=None)
    browser.login(author)
    page = browser.get(f"/fr/projects/{project.id}/photos")
    page = browser.submit(page, "describe", **{f"{name}-{photo.id}": value for name, value in given.items()})
    assert "1 photo attend encore" in page.words
    assert "Vue de vous seuls" in page.words
    browser.logout().get(f"/fr/projects/{project.id}/photos/{photo.id}", status=404)


def test_words_that_are_too_long_come_back_with_a_sentence_and_the_others_are_kept(
    browser, make, session, author, project
):
    one, other = (make(Photo, project_id=project.id, words="", position=n) for n in (1, 2))
    browser.login(author)
    page = browser.get(f"/fr/projects/{project.id}/photos")
    typed = {f"words-{one.id}": "a" * 300, f"words-{other.id}": "Une table."}
    page = browser.submit(page, "describe", status=422, **typed)
    assert "200 caractères au plus" in page.error_of(f"words-{one.id}")
    assert page.select_one(f"#f-words-{one.id}")["value"] == "a" * 300
    assert session.get_one(Photo, other.id).words == "Une table."


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (bomb(), "trop grande"),
        (b"MZ\x90 a program", "ne s’ouvre pas"),
        (b"x" * 10_000_001, "trop lourd"),
        (b"", "vide"),
    ],
    ids=["bomb", "no picture", "heavy", "empty"],
)
def test_what_is_no_photo_is_refused_by_its_name(browser, session, author, project, content, word):
    browser.login(author)
    page = browser.get(f"/fr/projects/{project.id}/photos")
    page = browser.submit(page, "/photos#add", status=422, files=sent(content))
    assert word in page.error_of("photos")
    assert "photo-1.jpg" in page.error_of("photos")
    assert session.exec(select(Photo)).all() == []


def test_a_good_photo_is_kept_though_another_of_the_same_sending_is_not(browser, session, author, project):
    browser.login(author)
    page = browser.get(f"/fr/projects/{project.id}/photos")
    page = browser.submit(page, "/photos#add", files=sent(jpeg(), b"nothing"))
    assert "1 photo est arrivée" in page.words
    assert "photo-2.jpg" in page.words
    assert len(session.exec(select(Photo)).all()) == 1


def test_no_file_at_all_is_said_kindly(browser, author, project):
    browser.login(author)
    page = browser.submit(browser.get(f"/fr/projects/{project.id}/photos"), "/photos#add", status=422)
    assert "Choisissez" in page.error_of("photos")


def test_the_same_sending_twice_keeps_the_photos_once(browser, session, author, project):
    browser.login(author)
    page = browser.get(f"/fr/projects/{project.id}/photos")
    for _ in range(2):
        browser.submit(page, "/photos#add", files=sent(jpeg()))
    assert len(session.exec(select(Photo)).all()) == 1


def test_beyond_twelve_a_photo_is_not_taken(browser, make, session, author, project):
    for n in range(11):
        make(Photo, project_id=project.id, position=n + 1)
    browser.login(author)
    page = browser.get(f"/fr/projects/{project.id}/photos")
    page = browser.submit(page, "/photos#add", files=sent(jpeg(), jpeg()))
    assert "Douze photos suffisent" in page.words
    assert len(session.exec(select(Photo)).all()) == 12


def test_photos_change_places(browser, make, session, author, project):
    first, second, third = (make(Photo, project_id=project.id, position=n) for n in (1, 2, 3))
    browser.login(author)
    page = browser.get(f"/fr/projects/{project.id}/photos")
    browser.submit(page, f"/{third.id}/earlier")
    browser.submit(page, f"/{first.id}/later")
    ordered = session.exec(select(Photo.id).order_by(Photo.position)).all()
    assert ordered == [third.id, first.id, second.id]


def test_a_photo_taken_away_is_kept_nowhere(browser, make, session, author, project):
    photo_id, file_id = (photo := make(Photo, project_id=project.id)).id, photo.file_id
    browser.login(author)
    browser.submit(browser.get(f"/fr/projects/{project.id}/photos"), f"/{photo_id}/remove")
    assert session.get(Photo, photo_id) is None
    assert session.get(StoredFile, file_id) is None


def test_a_moderator_hides_a_photo_with_a_reason_and_may_undo_it(browser, make, session, author, project):
    photo = make(Photo, project_id=project.id)
    browser.login(make.moderator("09"))
    page = browser.get(f"/fr/projects/{project.id}/photos")
    page = browser.submit(page, f"/{photo.id}/hide", status=422)
    assert "Dites pourquoi" in page.error_of(f"hide-{photo.id}")
    page = browser.submit(page, f"/{photo.id}/hide", words="On reconnaît un enfant.")
    assert "On reconnaît un enfant." in page.words
    told = session.exec(select(Message).where(Message.kind == "photo_hidden")).one()
    assert "On reconnaît un enfant." in told.body
    browser.client.get(f"/fr/projects/{project.id}")
    page = browser.submit(page, "undo")
    session.refresh(told)
    assert told.state == "cancelled"
    assert session.get_one(Photo, photo.id).hidden_at is None
    browser.logout().get(f"/fr/projects/{project.id}/photos/{photo.id}", status=200)


def test_a_hidden_photo_is_seen_by_nobody_but_the_team(browser, make, author, project):
    photo = make(Photo, project_id=project.id)
    browser.login(make.moderator("09"))
    page = browser.get(f"/fr/projects/{project.id}/photos")
    browser.submit(page, f"/{photo.id}/hide", words="On reconnaît un enfant.")
    browser.logout().get(f"/fr/projects/{project.id}/photos/{photo.id}", status=404)
    browser.login(author)
    assert "On reconnaît un enfant." in browser.get(f"/fr/projects/{project.id}/photos").words
    browser.post(f"/fr/projects/{project.id}/photos/{photo.id}/show", status=403)


def test_photos_of_a_project_that_is_not_published_are_private(browser, make, author):
    private = make(Project, author_id=author.id, moderation=Moderation.WAITING, published_at=None)
    photo = make(Photo, project_id=private.id)
    browser.get(f"/fr/projects/{private.id}/photos/{photo.id}", status=404)
    browser.login(author)
    answer = browser.client.get(f"/fr/projects/{private.id}/photos/{photo.id}")
    assert answer.headers["cache-control"].startswith("private")


def test_a_photo_is_not_reached_through_another_project(browser, make, author, project):
    photo = make(Photo, project_id=make(Project).id)
    browser.login(author)
    browser.get(f"/fr/projects/{project.id}/photos/{photo.id}", status=404)


def test_the_words_of_a_photo_are_translated_like_the_rest(browser, make, author, project):
    photo = make(Photo, project_id=project.id)
    browser.login(make(User))
    page = browser.get(f"/ar/projects/{project.id}/translate/photo-{photo.id}")
    browser.submit(page, f"/photo-{photo.id}", words="أطفال يقرؤون حول طاولة طويلة.")
    image = browser.get(f"/ar/projects/{project.id}").select_one("#section-done img")
    assert (image["alt"], image["lang"]) == ("أطفال يقرؤون حول طاولة طويلة.", "ar")


def test_before_and_after_stand_beside_each_other(browser, make, project):
    make(Photo, project_id=project.id, kind=PhotoKind.BEFORE, words="Une classe vide.")
    make(Photo, project_id=project.id, kind=PhotoKind.AFTER, words="Une classe pleine.", position=2)
    page = browser.get(f"/fr/projects/{project.id}")
    assert page.select_one(".before-after .was img")["alt"] == "Une classe vide."
    assert page.select_one(".before-after .is img")["alt"] == "Une classe pleine."
