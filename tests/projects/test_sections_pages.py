import pytest
from sqlmodel import select

from app.accounts.models import User
from app.projects import fiche, queries, sections
from app.projects.models import Moderation, Need, SectionVersion
from tests.browser_client import form_values


def edit(project, section, locale="fr"):
    return f"/{locale}/projects/{project.id}/sections/{section}/edit"


def kept(session, project, section):
    statement = select(SectionVersion).where(SectionVersion.project_id == project.id, SectionVersion.name == section)
    return [row.content for row in session.exec(statement.order_by("version"))]


@pytest.fixture
def write(session, project):
    """`write(user, "context", text="…")`: the next version of a section."""

    def write(user, section, language="fr", **content):
        kind = sections.BY_NAME[section]
        version = fiche.section(session, project, kind).version
        fiche.save(session, queries.standing(session, user, project), project, kind, content, language, version)

    return write


def test_the_author_adds_a_section_and_reads_it_on_the_page(browser, project, author, locale, session):
    page = browser.login(author).get(f"/{locale}/projects/{project.id}")
    assert page.select_one(f'a[href="{edit(project, "context", locale)}"]')
    form = browser.get(edit(project, "context", locale))
    page = browser.submit(form, "sections/context", text="Le camion passe une fois par mois.")
    assert page.select_one("#section-context .prose").get_text(strip=True) == "Le camion passe une fois par mois."
    assert kept(session, project, "context") == [{"text": "Le camion passe une fois par mois."}]


def test_the_language_is_recognised_and_can_be_corrected(browser, project, author, session):
    browser.login(author)
    form = browser.get(edit(project, "place"))
    browser.submit(form, "sections/place", text="دوار إفردا، قرب المدرسة")
    kind = sections.BY_NAME["place"]
    assert fiche.section(session, project, kind).language == "ar"
    form = browser.get(edit(project, "place"))
    assert form.select_one('input[name="language"][checked]')["value"] == ""
    browser.submit(form, "sections/place", language="fr")
    assert fiche.section(session, project, kind).language == "fr"
    assert browser.get(edit(project, "place")).select_one('input[name="language"][checked]')["value"] == "fr"


def test_a_fiche_of_every_section_reads_well(browser, project, author, write, locale):
    for kind in sections.FICHE:
        if kind.form is sections.Words:
            write(author, kind.name, text=f"Texte de {kind.name}")
    write(author, "theme", theme_code="waste")
    write(author, "beneficiaries", women=1200, children=1)
    write(author, "budget", dirhams=42000, crowdfunding_url="https://dons.example.org/vallee?projet=1")
    phases = [{"title": "Acheter", "responsible": "La commune", "starts_on": "2027-03-01", "ends_on": "2027-04-02"}]
    write(author, "chronogram", phases=phases)
    write(author, "done", text="Neuf villages", figures=[{"number": "9", "words": "villages"}], done_on="2026-05-01")
    page = browser.get(f"/{locale}/projects/{project.id}")
    for said in ("Texte de context", "Texte de place", "La commune", "dons.example.org", "villages"):
        assert said in page.words
    link = page.select_one('#section-budget a[href^="https://dons"]')
    assert "nofollow" in link["rel"]
    assert not page.select('a[href$="/edit"]')


def test_readers_do_not_edit(browser, new_browser, project, make, locale):
    assert "/account/sign-in" in new_browser().client.get(edit(project, "context", locale)).headers["location"]
    browser.login(make(User)).get(edit(project, "context", locale), status=403)
    browser.post(edit(project, "context", locale), status=403, text="Je passe par là")
    browser.get(f"/{locale}/projects/{project.id}/sections/context/history", status=403)
    project.moderation, project.published_at = Moderation.WAITING, None
    browser.get(edit(project, "context", locale), status=404)


def test_what_was_typed_waits_for_whoever_lost_their_session(browser, project, author, locale, session):
    form = browser.login(author).get(edit(project, "context", locale))
    fields = {**form.form("/edit"), "text": "Le camion passe une fois par mois."}
    page = browser.logout().post(edit(project, "context", locale), **fields)
    assert "/account/sign-in" in page.url and kept(session, project, "context") == []
    page = browser.login(author).get(f"/{locale}/account/continue")
    browser.submit(page, "sections/context")
    assert kept(session, project, "context") == [{"text": "Le camion passe une fois par mois."}]


def test_a_section_that_does_not_exist_is_not_found(browser, project, author):
    browser.login(author)
    for address in ("sections/nothing/edit", "sections/nothing/history", "sections/need-1/edit"):
        browser.get(f"/fr/projects/{project.id}/{address}", status=404)
    browser.get("/fr/projects/99999999999/sections/context/edit", status=404)


@pytest.mark.parametrize(
    ("section", "field", "typed"),
    [
        ("context", "text", "a" * 6_001),
        ("context", "text", "un texte\x00coupé"),
        ("context", "text", "…"),
        ("idea", "title", ""),
        ("idea", "title", "T" * 121),
        ("idea", "summary", "court"),
        ("idea", "commune", "Nulle part du tout"),
        ("theme", "theme_code", "magic"),
        ("beneficiaries", "women", "-3"),
        ("beneficiaries", "children", "beaucoup"),
        ("beneficiaries", "total", "99999999999"),
        ("budget", "dirhams", "-1"),
        ("budget", "crowdfunding_url", "http://dons.example.org/"),
        ("budget", "crowdfunding_url", "javascript:alert(1)"),
        ("budget", "crowdfunding_url", "https://moi:secret@dons.example.org"),
        ("budget", "crowdfunding_url", "https://[::1"),
        ("budget", "crowdfunding_url", "dons.example.org"),
        ("done", "done_on", "2026-02-30"),
        ("done", "done_on", "0001-01-01"),
        ("done", "done_on", "1700000000"),
    ],
)
def test_a_bad_answer_comes_back_as_typed(browser, project, author, locale, session, section, field, typed):
    form = browser.login(author).get(edit(project, section, locale))
    changes = {"commune_code": ""} if field == "commune" else {}
    page = browser.submit(form, f"sections/{section}/edit", status=422, **changes, **{field: typed})
    assert page.error_of(field)
    control = page.select_one(f'[name="{field}"]')
    if section != "theme":
        came_back = control.text.removeprefix("\n") if control.name == "textarea" else control["value"]
        assert came_back == typed.replace("\x00", "")  # what no page can show
    assert kept(session, project, section) == []


def test_numbers_are_taken_as_people_write_them(browser, project, author, session):
    form = browser.login(author).get(edit(project, "beneficiaries"))
    browser.submit(form, "sections/beneficiaries", women="12 000", children="٣٥")
    assert kept(session, project, "beneficiaries") == [{"women": 12000, "children": 35}]


def test_a_chronogram_is_written_line_by_line(browser, project, author, locale, session):
    browser.login(author)
    form = browser.get(edit(project, "chronogram", locale))
    one = {"phases-1-title": "Acheter", "phases-1-starts_on": "2027-03-01", "phases-1-ends_on": "2027-02-01"}
    page = browser.submit(form, "sections/chronogram", status=422, **one)
    assert page.error_of("phases-1-ends_on") and page.select_one("#f-phases-1-title")["value"] == "Acheter"
    page = browser.submit(page, "sections/chronogram", **{"phases-1-ends_on": "2027-03-15"})
    assert "Acheter" in page.select_one("#section-chronogram").text
    assert kept(session, project, "chronogram") == [
        {"phases": [{"title": "Acheter", "starts_on": "2027-03-01", "ends_on": "2027-03-15"}]}
    ]


def test_more_lines_come_without_losing_what_is_typed(browser, project, author, session):
    form = browser.login(author).get(edit(project, "chronogram"))
    lines = len(form.select("fieldset.subform"))
    page = browser.submit(form, "sections/chronogram", status=200, more=str(lines + 3), **{"phases-0-title": "Acheter"})
    assert len(page.select("fieldset.subform")) == lines + 3
    assert page.select_one("#f-phases-0-title")["value"] == "Acheter" and not page.select(".error-summary")
    assert kept(session, project, "chronogram") == []


def test_the_idea_moves_to_another_commune(browser, project, author, session):
    form = browser.login(author).get(edit(project, "idea"))
    assert form.select_one("#f-commune")["value"] == "Arbaa Sahel, Tiznit"
    page = browser.submit(form, "sections/idea", commune="Ouijjane", title="Trier, et composter", commune_code="")
    assert page.h1.text.strip() == "Trier, et composter" and "Ouijjane, Tiznit" in page.words


class TestTwoPeopleAtOnce:
    @pytest.fixture
    def meeting(self, browser, new_browser, project, author, co_author, write, locale):
        """Brahim opened the form, then Fatima saved; his text comes back beside hers."""
        write(author, "beneficiaries", text="Les familles de la vallée", women=10)
        theirs = new_browser().login(co_author)
        form = theirs.get(edit(project, "beneficiaries", locale))
        write(author, "beneficiaries", text="Les familles de la vallée", women=20)
        page = theirs.submit(form, "/edit", status=409, text="Toutes les familles de la vallée", women="30")
        return theirs, page

    def test_both_texts_are_side_by_side(self, meeting, session, project):
        _browser, page = meeting
        assert [side.text for side in page.select(".side .written")] == [
            "Toutes les familles de la vallée",
            "Les familles de la vallée",
            "30",
            "20",
        ]
        assert "Toutes" in page.select_one(".changes ins").text and "Les" in page.select_one(".changes del").text
        assert len(kept(session, project, "beneficiaries")) == 2

    def test_what_only_one_changed_is_already_together(self, meeting, session, project):
        _browser, page = meeting
        merging = page.select("main form")[-1]
        values = form_values(merging)
        assert values["text"].strip() == "Toutes les familles de la vallée" and values["women"] == "30"

    def test_mine_stays_when_i_say_so(self, meeting, session, project, co_author):
        browser, page = meeting
        browser.submit(page, "/edit")
        assert kept(session, project, "beneficiaries")[-1] == {"text": "Toutes les familles de la vallée", "women": 30}

    def test_a_third_save_in_between_is_said_again(self, meeting, session, project, author, write):
        browser, page = meeting
        write(author, "beneficiaries", text="Tout le monde", women=20)
        page = browser.submit(page, "/edit", status=409)
        assert "Tout le monde" in page.words


class TestHistory:
    def test_it_says_who_changed_what(self, browser, project, author, co_author, write, locale):
        write(author, "context", text="Le camion passe une fois par mois.")
        write(co_author, "context", text="Le camion passe deux fois par mois.")
        page = browser.login(author).get(f"/{locale}/projects/{project.id}/sections/context/history")
        newest, oldest = page.select("article.card")
        assert "Brahim" in newest.text and "Fatima" in oldest.text
        assert newest.select_one("ins").text.endswith("deux") and newest.select_one("del").text.endswith("une")
        assert oldest.select_one("ins").text.endswith("mois.")

    def test_the_words_for_the_ear_do_not_decide_the_direction_of_a_text(self, browser, project, author, write):
        """A French text on an Arabic page: dir="auto" reads its first letter outside <bdi>, which must be French."""
        write(author, "context", text="Le camion passe une fois par mois.")
        page = browser.login(author).get(f"/ar/projects/{project.id}/sections/context/history")
        text = page.select_one(".changes")
        text.select_one("bdi").extract()
        assert text["dir"] == "auto" and text.text.strip().startswith("Le camion")

    def test_an_old_version_comes_back_as_a_new_one(self, browser, project, author, write, session):
        write(author, "theme", theme_code="waste")
        write(author, "theme", theme_code="energy")
        page = browser.login(author).get(f"/fr/projects/{project.id}/sections/theme/history")
        assert "Déchets" in page.words
        page = browser.submit(page, "/restore")
        assert kept(session, project, "theme")[-1] == {"theme_code": "waste"}
        stale = browser.submit(page, "/restore", version="2", current="1")
        assert "Quelqu’un a enregistré" in stale.words
        browser.post(f"/fr/projects/{project.id}/sections/theme/restore", status=404, version="44", current="3")

    def test_it_goes_on_page_after_page(self, browser, project, author, write):
        for n in range(25):
            write(author, "context", text=f"Version {n} du texte")
        page = browser.login(author).get(f"/fr/projects/{project.id}/sections/context/history")
        assert len(page.select("article.card")) == 20
        page = browser.get(page.select_one(".pagination a")["href"])
        assert len(page.select("article.card")) == 5 and not page.select(".pagination")
        browser.get(f"/fr/projects/{project.id}/sections/context/history?before=99999999999999")


def test_a_longer_fiche_costs_no_more_queries(browser, project, author, write, make, query_count):
    def cost():
        start = query_count()
        browser.get(f"/fr/projects/{project.id}")
        return query_count() - start

    write(author, "context", text="Le camion passe une fois par mois.")
    make(Need, project_id=project.id)
    browser.get(f"/fr/projects/{project.id}")
    few = cost()
    for name in ("objective", "results", "partners", "place", "plan_origin"):
        write(author, name, text="Encore quelques mots", language="ar")
    for _ in range(6):
        make(Need, project_id=project.id)
    assert cost() <= few
