from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.journal.models import Entry
from app.kernel.database import now
from app.projects import fiche, needs, queries, sections
from app.projects.models import Moderation, Project, Translation
from app.projects.need_form import NeedForm

TITLE, SUMMARY = "فرز النفايات في الوادي", "تصل شاحنة في الربيع، ويجب شرح الفرز في كل بيت."
CONTEXT, IN_ARABIC = "Le camion passe une fois par mois.", "تمر الشاحنة مرة في الشهر."


@pytest.fixture
def write(session, project):
    def write(user, section, language="fr", **content):
        kind = sections.BY_NAME[section]
        version = fiche.section(session, project, kind).version
        fiche.save(session, queries.standing(session, user, project), project, kind, content, language, version)

    return write


@pytest.fixture
def reader(make):
    return make(User, name="Samira")


def at(project, text, locale="ar"):
    return f"/{locale}/projects/{project.id}/translate/{text}"


def translations(session):
    rows = session.exec(select(Translation).order_by(Translation.name))
    return {(row.name, row.language): (row.content, row.author_id) for row in rows}


def test_anybody_bilingual_translates_and_their_name_is_shown(browser, new_browser, project, reader, session):
    page = browser.login(reader).get(f"/ar/projects/{project.id}")
    page = browser.get(page.select_one('a[href*="/translate/idea"]')["href"])
    browser.submit(page, "/translate/idea", title=TITLE, summary=SUMMARY)
    assert translations(session) == {("idea", "ar"): ({"title": TITLE, "summary": SUMMARY}, reader.id)}
    arabic = new_browser().get(f"/ar/projects/{project.id}")
    assert arabic.h1.text.strip() == TITLE and "Samira" in arabic.words
    assert project.summary in arabic.select_one("details .prose").text or project.summary in arabic.words
    assert project.title in new_browser().get(f"/fr/projects/{project.id}").h1.text
    assert [entry.verb for entry in session.exec(select(Entry))] == ["translate"]


def test_an_arabic_original_is_read_in_french(browser, project, author, reader, write, session):
    write(author, "context", "ar", text=IN_ARABIC)
    page = browser.login(reader).get(at(project, "context", "fr"))
    assert "Traduire en français" in page.h1.text
    browser.submit(page, "/translate/context", text=CONTEXT)
    page = browser.get(f"/fr/projects/{project.id}")
    assert page.select_one("#section-context > .prose").get_text(strip=True) == CONTEXT
    assert "Traduit de l’arabe par Samira" in page.words


def test_who_translated_is_said_once_and_every_original_stays_within_reach(
    browser, new_browser, make, project, author, reader, write
):
    reader.name = "Samira B."
    write(author, "context", text=CONTEXT)
    write(author, "objective", text="Trier au printemps.")
    browser.login(reader)
    browser.submit(browser.get(at(project, "idea")), "/translate/idea", title=TITLE, summary=SUMMARY)
    browser.submit(browser.get(at(project, "context")), "/translate/context", text=IN_ARABIC)
    other = new_browser().login(make(User, name="Brahim"))
    other.submit(other.get(at(project, "objective")), "/translate/objective", text="الفرز في الربيع.")
    page = new_browser().get(f"/ar/projects/{project.id}")
    assert page.words.count("Samira B.") == page.words.count("Brahim") == 1 and "B. ." not in page.words
    assert "B.." not in page.text
    assert page.select_one(".origin bdi").text == "Samira B."
    for section, original in (("context", CONTEXT), ("objective", "Trier au printemps.")):
        assert original in page.select_one(f"#section-{section} .origin details").text


def test_a_reader_sees_that_the_original_has_moved(browser, project, author, reader, write, session, locale):
    write(author, "context", text=CONTEXT)
    page = browser.login(reader).get(at(project, "context"))
    browser.submit(page, "/translate/context", text=IN_ARABIC)
    write(author, "context", text="Le camion passe chaque semaine.")
    page = browser.get(f"/{locale}/projects/{project.id}/translate")
    assert page.select_one(".state.late")
    arabic = browser.get(f"/ar/projects/{project.id}")
    assert IN_ARABIC in arabic.select_one("#section-context").text
    assert "chaque semaine" in arabic.select_one("#section-context details").text


def test_a_need_and_the_lines_of_a_chronogram_are_translated(browser, project, author, reader, write, session, stands):
    phases = [{"title": "Acheter", "responsible": "La commune", "starts_on": "2027-03-01", "ends_on": "2027-04-02"}]
    write(author, "chronogram", phases=phases)
    form = {"kind": "training", "text": "Former les habitants", "mode": "onsite", "duration": "long"}
    need = needs.add(session, stands(author), project, NeedForm.model_validate(form))
    browser.login(reader)
    page = browser.get(at(project, "chronogram"))
    browser.submit(page, "/translate", **{"phases-0-title": "الشراء", "phases-0-responsible": "الجماعة"})
    browser.submit(browser.get(at(project, f"need-{need.id}")), "/translate", text="تكوين السكان")
    page = browser.get(f"/ar/projects/{project.id}")
    assert "الشراء" in page.select_one("#section-chronogram").text
    assert "تكوين السكان" in page.select_one(f"#need-{need.id} .prose").text


def test_every_way_to_a_translation_leads_there(browser, project, author, reader, write, session, stands):
    form = {"kind": "training", "text": "Former les habitants", "mode": "onsite", "duration": "long"}
    for _ in range(2):
        need = needs.add(session, stands(author), project, NeedForm.model_validate(form))
    needs.close(session, author, need)
    write(author, "context", text=CONTEXT)
    write(author, "objective", "ar", text=IN_ARABIC)
    browser.login(reader)
    browser.submit(browser.get(at(project, "idea")), "/translate", title=TITLE, summary=SUMMARY)
    ways = {link["href"] for link in browser.get(f"/ar/projects/{project.id}").select('a[href*="/translate/"]')}
    assert len(ways) == 4
    for way in ways:
        browser.get(way)


def test_after_one_text_comes_the_next(browser, project, author, reader, write):
    write(author, "context", text=CONTEXT)
    page = browser.login(reader).get(at(project, "idea"))
    page = browser.submit(page, "/translate/idea", title=TITLE, summary=SUMMARY)
    assert page.url.endswith("/translate/context")
    page = browser.submit(page, "/translate/context", text=IN_ARABIC)
    assert page.url.endswith("/translate")


class TestWhoMay:
    def test_a_translation_is_changed_by_its_author_and_by_editors(
        self, browser, new_browser, project, author, reader, make, session
    ):
        browser.login(reader)
        browser.submit(browser.get(at(project, "idea")), "/translate", title=TITLE, summary=SUMMARY)
        new_browser().login(make(User)).get(at(project, "idea"), status=403)
        for person, said in ((reader, "فرز النفايات"), (author, "نفرز نفاياتنا")):
            own = new_browser().login(person)
            own.submit(own.get(at(project, "idea")), "/translate", title=said)
        assert translations(session)["idea", "ar"] == ({"title": "نفرز نفاياتنا", "summary": SUMMARY}, author.id)

    def test_what_one_may_not_see_one_may_not_translate(self, browser, new_browser, project, reader):
        project.moderation, project.published_at = Moderation.WAITING, None
        browser.login(reader).get(at(project, "idea"), status=404)
        browser.post(at(project, "idea"), status=404, title=TITLE, summary=SUMMARY)

    def test_two_people_translate_the_same_text(self, browser, new_browser, project, author, reader, session, locale):
        mine = browser.login(author).get(at(project, "idea", locale))
        theirs = new_browser().login(reader)
        late = theirs.get(at(project, "idea", locale))
        browser.submit(mine, "/translate", title=TITLE, summary=SUMMARY)
        page = theirs.submit(late, "/translate", status=409, title="فرز الأزبال", summary="شاحنة في الربيع للجميع")
        assert page.select_one("#f-title")["value"] == "فرز الأزبال" and TITLE in page.words
        assert not page.select("main form .actions button")
        assert translations(session)["idea", "ar"][1] == author.id


@pytest.mark.parametrize(
    ("field", "typed"), [("title", ""), ("title", "a" * 121), ("summary", "نص\x00مقطوع"), ("summary", "ب" * 2_001)]
)
def test_a_bad_translation_comes_back_as_typed(browser, project, reader, session, locale, field, typed):
    page = browser.login(reader).get(at(project, "idea", locale))
    page = browser.submit(page, "/translate", status=422, **{"title": TITLE, "summary": SUMMARY, field: typed})
    assert page.error_of(field) and translations(session) == {}


def test_a_text_that_does_not_exist_is_not_found(browser, project, reader):
    browser.login(reader)
    for name in ("context", "theme", "need-1", "nothing"):
        browser.get(at(project, name), status=404)


class TestWanted:
    def test_what_is_published_in_one_language_only_is_listed_oldest_first(self, browser, make, locale):
        days = (3, 9, 1)
        for day in days:
            make(Project, title=f"Projet de {day} jours", language="fr", published_at=now() - timedelta(days=day))
        make(Project, title="Un projet qui attend", moderation=Moderation.WAITING)
        page = browser.get(f"/{locale}/projects/translations?into=ar")
        titles = [title.text.strip() for title in page.select(".card-title")]
        assert titles == ["Projet de 9 jours", "Projet de 3 jours", "Projet de 1 jours"]
        assert not browser.get(f"/{locale}/projects/translations?into=fr").select(".card-title")

    def test_what_is_translated_leaves_the_list_until_something_is_added(
        self, browser, project, author, reader, write, session, locale
    ):
        wanted = f"/{locale}/projects/translations?into=ar"
        browser.login(reader)
        browser.submit(browser.get(at(project, "idea")), "/translate", title=TITLE, summary=SUMMARY)
        assert not browser.get(wanted).select(".card-title")
        write(author, "beneficiaries", women=30)
        write(author, "theme", theme_code="waste")
        assert not browser.get(wanted).select(".card-title")
        write(author, "beneficiaries", women=30, text="Les familles")
        assert browser.get(wanted).select(".card-title")

    def test_it_goes_on_page_after_page(self, browser, make, query_count):
        same = now()
        for _ in range(45):
            make(Project, language="fr", published_at=same)
        seen, url = [], "/ar/projects/translations"
        while url:
            start = query_count()
            page = browser.get(url)
            cost = query_count() - start
            seen += [link["href"] for link in page.select(".card-title a")]
            following = page.select_one(".pagination a")
            url = following["href"] if following else None
        assert len(seen) == len(set(seen)) == 45 and cost < 8

    @pytest.mark.parametrize("after", ["x", "W10", "WzEsMl0", "eyJhIjoxfQ", "WyJhIiwgImIiXQ"])
    def test_a_cursor_that_nobody_made_is_the_first_page(self, browser, project, after):
        assert browser.get(f"/ar/projects/translations?after={after}").select(".card-title")
