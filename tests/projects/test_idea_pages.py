import pytest
from sqlmodel import func, select

from app.accounts.models import GrantKind, User
from app.accounts.passwords import hash_password
from app.organisations.models import Membership, Organisation
from app.projects.models import Moderation, Project
from tests.factories import ARBAA_SAHEL, TINZART

IDEA = {
    "title": "Trier les déchets dans la vallée",
    "commune": "Arbaa Sahel",
    "summary": "Un camion arrive au printemps ; il faut expliquer le tri dans chaque maison.",
}
ARABIC = {
    "title": "مكتبة للقرية",
    "commune": "أربعاء الساحل",
    "summary": "نريد كتبا وطاولات ومن يستقبل الأطفال بعد المدرسة.",
}


def count(session):
    return session.exec(select(func.count()).select_from(Project)).one()


def only(session):
    return session.exec(select(Project)).one()


def test_a_member_posts_an_idea_and_a_moderator_publishes_it(browser, new_browser, make, session, locale):
    author, moderator = make(User, name="Aïcha"), make.moderator("09")
    page = browser.login(author).get(f"/{locale}/projects/new")
    page = browser.submit(page, "/projects/new", **IDEA)
    assert IDEA["title"] in page.h1.text
    project = only(session)
    assert (project.commune_code, project.language, project.moderation) == (ARBAA_SAHEL, "fr", Moderation.WAITING)
    assert page.select(".next.wait"), "the page says who acts next"
    desk = new_browser().login(moderator)
    page = desk.get(f"/{locale}/projects/{project.id}")
    desk.submit(page, "/moderation/publish")
    assert IDEA["title"] in new_browser().get(f"/{locale}/projects").words


def test_an_idea_in_arabic_is_recognised(browser, make, session, locale):
    page = browser.login(make(User)).get(f"/{locale}/projects/new")
    browser.submit(page, "/projects/new", **ARABIC)
    assert (only(session).language, only(session).commune_code) == ("ar", ARBAA_SAHEL)


def test_anybody_reads_the_form_and_what_they_send_waits_for_their_sign_in(browser, make, session, locale):
    page = browser.get(f"/{locale}/projects/new")
    page = browser.submit(page, "/projects/new", **IDEA)
    assert "/account/sign-in" in page.url
    assert count(session) == 0
    page = browser.submit(page, "/account/sign-in", contact=make_known(make).email, password="trois mots ensemble")
    page = browser.submit(page, "/projects/new")
    assert only(session).title == IDEA["title"]


def make_known(make):
    return make(User, password_hash=hash_password("trois mots ensemble"))


WRONG = [
    ({"title": ""}, "title"),
    ({"title": "Eau"}, "title"),
    ({"title": "…… !!"}, "title"),
    ({"title": "é" * 121}, "title"),
    ({"title": "Une école\x00"}, "title"),
    ({"summary": ""}, "summary"),
    ({"summary": "Oui."}, "summary"),
    ({"summary": "Une école pour tous. " * 100}, "summary"),
    ({"summary": "Une école\x00 pour tous les enfants"}, "summary"),
    ({"commune": ""}, "commune"),
    ({"commune": "Zzyzx"}, "commune"),
    ({"commune": "Arbaa"}, "commune"),
    ({"commune": "Zzyzx", "commune_code": "99.999.99.99"}, "commune"),
    ({"commune": "Tinzart\x00"}, "commune"),
    ({"language": "de"}, "language"),
    ({"organisation": "12345"}, "organisation"),
    ({"organisation": "rien"}, "organisation"),
]


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_what_is_refused_comes_back_as_typed_with_a_sentence(browser, make, session, locale, change, field):
    browser.login(make(User))
    page = browser.post(f"/{locale}/projects/new", status=422, **{**IDEA, **change})
    assert page.error_of(field)
    assert "alue should" not in page.words and "nput should" not in page.words
    assert count(session) == 0
    for name in ("title", "summary"):
        typed = page.select_one(f"#f-{name}")
        value = typed.text.strip() if typed.name == "textarea" else typed["value"]
        assert value.replace("\x00", "").replace("�", "") == {**IDEA, **change}[name].replace("\x00", "").strip()


def test_a_name_of_several_communes_is_chosen_without_javascript(browser, make, session, locale):
    browser.login(make(User))
    page = browser.post(f"/{locale}/projects/new", status=422, **{**IDEA, "commune": "Arbaa"})
    codes = [radio["value"] for radio in page.select("input[type=radio][name=commune_code]")]
    assert ARBAA_SAHEL in codes
    browser.submit(page, "/projects/new", commune_code=ARBAA_SAHEL)
    assert only(session).commune_code == ARBAA_SAHEL


def test_the_language_is_shown_after_a_refusal_and_can_be_corrected(browser, make, session, locale):
    browser.login(make(User))
    page = browser.post(f"/{locale}/projects/new", status=422, **{**IDEA, "commune": "Zzyzx"})
    assert page.select_one("input[name=language][checked]")["value"] == "fr"
    browser.submit(page, "/projects/new", commune="Tinzart", language="ar")
    assert (only(session).language, only(session).commune_code) == ("ar", TINZART)


def test_the_language_is_corrected_on_the_page(browser, make, session, locale):
    browser.login(make(User))
    page = browser.submit(browser.get(f"/{locale}/projects/new"), "/projects/new", **IDEA)
    page = browser.submit(page, "/language")
    assert only(session).language == "ar"
    browser.post(f"/{locale}/projects/{only(session).id}/language", language="xx")
    assert only(session).language == "ar"


def test_a_double_click_makes_one_project(browser, make, session):
    browser.login(make(User))
    page = browser.get("/fr/projects/new")
    first = browser.submit(page, "/projects/new", **IDEA)
    second = browser.submit(page, "/projects/new", **IDEA)
    assert first.url == second.url
    assert count(session) == 1


def test_a_double_click_after_a_refusal_makes_one_project(browser, make, session):
    browser.login(make(User))
    page = browser.submit(browser.get("/fr/projects/new"), "/projects/new", status=422, **{**IDEA, "title": ""})
    browser.submit(page, "/projects/new", **IDEA)
    browser.submit(page, "/projects/new", **IDEA)
    assert count(session) == 1


def test_a_project_that_looks_posted_already_is_shown_and_does_not_bar_the_way(browser, make, session, locale):
    there = make(Project, title="Trier les dechets dans la vallee")
    make(Project, title="Trier les déchets dans la vallée", commune_code=TINZART)
    make(Project, title="Trier les déchets dans la vallée", moderation=Moderation.WAITING)
    browser.login(make(User))
    page = browser.post(f"/{locale}/projects/new", status=422, **IDEA)
    assert [link["href"] for link in page.select("#similar a")] == [f"/{locale}/projects/{there.id}"]
    page = browser.submit(page, "/projects/new")
    assert IDEA["title"] in page.h1.text


def test_a_page_of_a_commune_leads_to_an_idea_for_it(browser, locale):
    page = browser.get(f"/{locale}/projects/new?commune={ARBAA_SAHEL}")
    assert page.select_one("#f-commune")["value"]
    for wrong in ("09", "rien", "%00"):
        assert not browser.get(f"/{locale}/projects/new?commune={wrong}").select_one("#f-commune")["value"]


def test_somebody_who_speaks_for_an_association_chooses_in_whose_name(browser, make, session, locale):
    association = make(Organisation, name_fr="Association Iferda", name_ar="جمعية إفردا")
    unverified = make(Organisation, verified_at=None)
    user = make(Membership, organisation_id=association.id).user
    make(Membership, organisation_id=unverified.id, user_id=user.id)
    page = browser.login(user).get(f"/{locale}/projects/new")
    assert [one["value"] for one in page.select("input[name=organisation]")] == ["", str(association.id)]
    page = browser.submit(page, "/projects/new", **IDEA, organisation=association.id)
    assert only(session).organisation_id == association.id
    assert {"fr": "Association Iferda", "ar": "جمعية إفردا"}[locale] in page.words


def test_a_trusted_author_is_published_at_once(browser, make, session, locale):
    browser.login(make.granted(GrantKind.TRUSTED_AUTHOR))
    browser.submit(browser.get(f"/{locale}/projects/new"), "/projects/new", **IDEA)
    assert only(session).moderation is Moderation.PUBLISHED


def test_nobody_posts_a_hundred_ideas_in_an_hour(app, browser, make, monkeypatch):
    monkeypatch.setattr(app.state.limits, "enabled", True)
    browser.login(make(User))
    for n in range(20):
        browser.post(
            "/fr/projects/new", **{**IDEA, "title": f"{n} idées de plus {chr(97 + n) * 12}"}, similar_seen="yes"
        )
    browser.post("/fr/projects/new", status=429, **IDEA, similar_seen="yes")
