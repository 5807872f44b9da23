"""The pages of one's data: both languages."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.accounts import consents, departures
from app.accounts.models import AccessLink, Consent, ContactShown, Departure, Purpose, User
from app.accounts.passwords import hash_password
from app.contributions.models import Contribution, State
from app.files.models import FileKind, StoredFile
from app.journal.models import Subject
from app.kernel.days import today
from app.notifications.models import Message
from app.profiles.models import Profile, ProfileChip, ProfilePlace, Visibility
from app.projects.models import Need, Project
from tests.factories import ARBAA_SAHEL


def person(make, **given):
    """Somebody with something of most kinds."""
    user = make(User, name="Sanae Idrissi", **given)
    profile = make(Profile, owner_id=user.id, occupation="pharmacienne", links=["https://example.org/sanae"])
    make(ProfilePlace, profile_id=profile.id, commune_code=ARBAA_SAHEL)
    project = make(Project, author_id=user.id, title="Un dispensaire pour le douar")
    need = make(Need)
    make(Contribution, need_id=need.id, profile_id=profile.id, message="Je viens en août.")
    make(
        StoredFile,
        owner_id=user.id,
        kind=FileKind.DOCUMENT,
        name="CV.pdf",
        media_type="application/pdf",
        size=4,
        content=b"%PDF",
    )
    return user, profile, project


def test_the_page_has_everything_in_the_readers_words(make, browser, locale):
    user, _profile, project = person(make)
    page = browser.login(user).get(f"/{locale}/account/data")
    for words in ("Sanae Idrissi", "pharmacienne", project.title, "Je viens en août.", "CV.pdf", user.email):
        assert words in page.words, words
    assert {"fr": "Métier", "ar": "المهنة"}[locale] in page.words
    assert {"fr": "Arbaa Sahel", "ar": "أربعاء الساحل"}[locale] in page.words
    assert page.headers["cache-control"] == "private, no-store"
    assert "proposed" not in page.words


def test_the_file_has_everything_and_says_what_it_means(make, browser, locale):
    user, profile, _project = person(make, password_hash=hash_password("trois mots au hasard"))
    answer = browser.login(user).client.get(f"/{locale}/account/data/export.json")
    assert answer.headers["content-type"] == "application/json"
    assert "attachment" in answer.headers["content-disposition"]
    document = json.loads(answer.content)
    assert document["schema"] == "twiza-personal-data/1"
    by_name = {section["name"]: section for section in document["sections"]}
    assert by_name["user"]["records"][0]["email"] == user.email
    assert by_name["user"]["records"][0]["id"] == "me"
    assert by_name["profile"]["fields"]["occupation"] == {"fr": "Métier", "ar": "المهنة"}[locale]
    assert by_name["profile_place"]["records"][0]["profile_id"] == profile.id
    assert by_name["contribution"]["records"][0]["message"] == "Je viens en août."
    assert user.password_hash not in answer.text


def test_nothing_of_anybody_else_is_in_the_file(make, browser):
    user, *_ = person(make)
    other = make(User, name="Quelqu’un d’autre", email="autre@example.org")
    make(Profile, owner_id=other.id, occupation="apiculteur")
    make(ContactShown, person_id=user.id, viewer_id=other.id, subject_kind=Subject.CONTRIBUTION, subject_id=1)
    text = browser.login(user).client.get("/fr/account/data/export.json").text
    assert "autre@example.org" not in text
    assert "apiculteur" not in text
    assert '"viewer_id": "somebody_else"' in text


def test_as_many_queries_however_much_there_is(make, browser, query_count):
    user, profile, _project = person(make)
    browser.login(user)

    def queries(url):
        before = query_count()
        browser.client.get(url)
        return query_count() - before

    urls = ("/fr/account/data", "/fr/account/data/export.json")
    few = [queries(url) for url in urls]
    for _n in range(12):
        make(Project, author_id=user.id)
        make(Contribution, profile_id=profile.id, created_by_id=user.id)
    assert [queries(url) for url in urls] == few


def test_photographs_and_documents_come_as_one_file(make, browser):
    user, *_ = person(make)
    other = make(User)
    make(
        StoredFile,
        owner_id=other.id,
        kind=FileKind.DOCUMENT,
        name="secret.pdf",
        media_type="application/pdf",
        size=1,
        content=b"x",
    )
    answer = browser.login(user).client.get("/fr/account/data/files.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        [name] = archive.namelist()
        assert name.endswith("-CV.pdf")
        assert archive.read(name) == b"%PDF"


# Consents


def test_one_tap_takes_an_agreement_back_with_its_effect_and_its_dates(make, session, browser, locale):
    user = make(User)
    profile = make(Profile, owner_id=user.id)
    consents.give(session, user, Purpose.PROPOSED, "profile")
    page = browser.login(user).get(f"/{locale}/account/data")
    page = browser.submit(page, "/consents/proposed/withdraw")
    session.refresh(profile)
    assert profile.visibility is Visibility.HIDDEN
    assert not consents.holds(session, user, Purpose.PROPOSED)
    [row] = session.exec(select(Consent)).all()
    assert (row.place, row.version) == ("profile", consents.VERSION)
    assert row.withdrawn_at is not None
    undo = page.form_to("/consents/proposed/give")
    browser.post(str(undo["action"]))
    session.refresh(profile)
    assert profile.visibility is Visibility.CARD
    assert len(session.exec(select(Consent)).all()) == 2


def test_choosing_who_sees_a_profile_is_a_dated_consent(make, session, browser):
    user = make(User)
    profile = make(Profile, owner_id=user.id)
    browser.login(user).post(f"/fr/profiles/{profile.id}/visibility", visibility="open")
    assert consents.holds(session, user, Purpose.SHOWN_BY_NAME)
    browser.post(f"/fr/profiles/{profile.id}/visibility", visibility="hidden")
    assert consents.holders(session, [user.id], Purpose.PROPOSED) == set()


def test_taking_the_name_off_does_not_show_what_is_hidden(make, session, browser):
    user = make(User)
    profile = make(Profile, owner_id=user.id, visibility=Visibility.HIDDEN)
    consents.give(session, user, Purpose.SHOWN_BY_NAME, "profile")
    browser.login(user).post("/fr/account/data/consents/shown_by_name/withdraw")
    session.refresh(profile)
    assert profile.visibility is Visibility.HIDDEN


def test_without_a_profile_there_is_nothing_to_propose(make, session, browser):
    user = make(User)
    page = browser.login(user).post("/fr/account/data/consents/proposed/give", status=409)
    assert "dites d’abord ce que vous savez faire" in page.words
    session.rollback()
    assert session.exec(select(Consent)).all() == []


def test_a_use_that_does_not_exist_is_absent(make, browser):
    browser.login(make(User)).post("/fr/account/data/consents/sold/give", status=404)


def test_two_taps_at_once_are_one_agreement(make, session):
    user = make(User)
    for _tap in range(2):
        consents.give(session, user, Purpose.THANKED, "account/data")
    assert len(session.exec(select(Consent)).all()) == 1


# Contact details


def agreed(make):
    author, helper = make(User, name="Agent"), make(User, name="Zineb", phone="+212612345678", email="z@example.org")
    need = make(Need, project_id=make(Project, author_id=author.id).id)
    profile = make(Profile, owner_id=helper.id)
    offer = make(Contribution, need_id=need.id, profile_id=profile.id, state=State.ACCEPTED, approved_by_id=author.id)
    return author, helper, offer


def test_who_saw_my_telephone_is_noted_once_a_day_and_told_to_me(make, session, new_browser, locale):
    author, helper, offer = agreed(make)
    reader = new_browser().login(author)
    for _visit in range(3):
        assert "z@example.org" in reader.get(f"/{locale}/contributions/{offer.id}").words
    [row] = session.exec(select(ContactShown)).all()
    assert (row.person_id, row.viewer_id, row.day) == (helper.id, author.id, today())
    page = new_browser().login(helper).get(f"/{locale}/account/data")
    assert "Agent" in page.words
    assert page.select(f'a[href$="/contributions/{offer.id}"]')


def test_nothing_is_noted_where_nothing_is_shown(make, session, browser):
    author, _helper, offer = agreed(make)
    offer.state = State.APPROVED
    browser.login(author).get(f"/fr/contributions/{offer.id}")
    assert session.exec(select(ContactShown)).all() == []


# Leaving


def test_leaving_asks_for_the_password_and_says_the_day(make, session, browser, locale):
    user = make(User, password_hash=hash_password("trois mots au hasard"))
    page = browser.login(user).get(f"/{locale}/account/leave")
    page = browser.submit(page, "/account/leave", status=422, current="pas lui")
    assert page.error_of("current")
    page = browser.submit(page, "/account/leave", current="trois mots au hasard")
    assert session.get(Departure, user.id) is not None
    browser.get(f"/{locale}/account", status=303)  # every device is signed out
    message = session.exec(select(Message).where(Message.recipient_id == user.id)).one()
    assert {"fr": "Je reste", "ar": "سأبقى"}[user.locale] == message.action


def test_coming_back_leads_to_one_button(make, session, browser):
    user = make(User, password_hash=hash_password("trois mots au hasard"))
    departures.begin(session, user)
    page = browser.get("/fr/account/sign-in")
    page = browser.submit(page, "/account/sign-in", contact=user.email, password="trois mots au hasard")
    assert page.url.endswith("/account/leaving")
    page = browser.submit(page, "/account/stay")
    assert "Vous restez" in page.words
    assert session.get(Departure, user.id) is None


def test_without_a_password_a_link_confirms(make, session, browser):
    user = make(User)
    page = browser.login(user).get("/fr/account/leave")
    browser.submit(page, "/account/leave/link", follow=False)
    assert session.get(Departure, user.id) is None
    message = session.exec(select(Message).order_by(col(Message.id).desc())).first()
    page = browser.logout().get(message.link)
    assert "Supprimer mon compte" in page.words
    page = browser.submit(page, "/account/link/")
    assert page.url.endswith("/account/leaving")
    assert session.get(Departure, user.id) is not None
    browser.post(message.link, status=409)


def test_an_old_link_confirms_nothing(make, session, browser):
    user = make(User)
    browser.login(user).post("/fr/account/leave/link", follow=False)
    link = session.exec(select(AccessLink)).one()
    link.expires_at -= timedelta(hours=3)
    message = session.exec(select(Message)).one()
    browser.post(message.link, status=409)
    assert session.get(Departure, user.id) is None


def test_the_last_administrator_is_told_before_anything(make, browser):
    page = browser.login(make.administrator()).get("/fr/account/leave")
    assert "nommez d’abord quelqu’un d’autre" in page.words
    assert not page.select('form[action*="/account/leave"]')


@pytest.mark.parametrize("typed", ["", "x" * 5000, "a\x00b", "كلمة"])
def test_odd_passwords_are_refused_with_a_sentence(make, session, browser, typed):
    user = make(User, password_hash=hash_password("trois mots au hasard"))
    page = browser.login(user).post("/fr/account/leave", status=422, current=typed)
    assert page.error_of("current")
    assert session.get(Departure, user.id) is None


def test_chips_and_places_come_with_the_profile(make, session, browser):
    user, profile, _project = person(make)
    concept = session.exec(select(ProfileChip.concept_id)).first()
    assert concept is None
    text = browser.login(user).client.get("/fr/account/data/export.json").text
    assert ARBAA_SAHEL in text
    assert str(profile.id) in text
