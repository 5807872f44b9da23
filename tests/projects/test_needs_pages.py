from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.kernel.days import today
from app.kernel.i18n import label
from app.matching.chips import ChipState
from app.projects import needs
from app.projects.models import Need, NeedState, Project, Stage
from app.projects.need_form import NeedForm
from tests.projects.conftest import SORTING


def at(need, verb, locale="fr"):
    return f"/{locale}/projects/{need.project_id}/needs/{need.id}/{verb}"


def test_an_editor_adds_a_need_and_its_keywords_are_shown(browser, project, author, session, locale):
    page = browser.login(author).get(f"/{locale}/projects/{project.id}/needs/new")
    page = browser.submit(page, "needs/new", **SORTING)
    need = session.exec(select(Need)).one()
    assert need.people_wanted == 2 and need.state is NeedState.OPEN and need.language == "fr"
    ticked = [str(box["value"]) for box in page.select("[data-picked] input[checked]")]
    assert ticked and {chip.concept_id for chip in need.chips} == set(ticked)
    page = browser.submit(page, "/chips")
    assert SORTING["text"] in page.select_one(f"#need-{need.id} .prose").text
    kept = [label(chip.concept) for chip in need.chips if chip.state is ChipState.KEPT]
    assert [chip.text for chip in page.select(f"#need-{need.id} .chip")] == kept
    session.refresh(project)
    assert project.stage is Stage.OPEN


def test_a_double_click_makes_one_need(browser, project, author, session):
    page = browser.login(author).get(f"/fr/projects/{project.id}/needs/new")
    fields = {**page.form("needs/new"), **SORTING}
    browser.post(f"/fr/projects/{project.id}/needs/new", **fields)
    browser.post(f"/fr/projects/{project.id}/needs/new", **fields)
    assert len(session.exec(select(Need)).all()) == 1


@pytest.mark.parametrize(
    ("field", "typed", "others"),
    [
        ("kind", "money", {}),
        ("text", "", {}),
        ("text", "a" * 1_001, {}),
        ("text", "un texte\x00coupé", {}),
        ("text", "??!!…", {}),
        ("people_wanted", "0", {}),
        ("people_wanted", "-2", {}),
        ("people_wanted", "501", {}),
        ("people_wanted", "deux", {}),
        ("quantity", "", {"kind": "equipment"}),
        ("quantity", "-5", {"kind": "equipment"}),
        ("mode", "elsewhere", {}),
        ("duration", "", {}),
        ("starts_on", (today() - timedelta(days=1)).isoformat(), {}),
        ("starts_on", "31/12/2027", {}),
        ("ends_on", "2027-02-30", {}),
        ("ends_on", "2027-01-01", {"starts_on": "2027-02-01"}),
        ("language", "en", {}),
    ],
)
def test_a_bad_answer_comes_back_as_typed(browser, project, author, locale, session, field, typed, others):
    page = browser.login(author).get(f"/{locale}/projects/{project.id}/needs/new")
    page = browser.submit(page, "needs/new", status=422, **{**SORTING, **others, field: typed})
    assert page.error_of(field)
    if field not in ("kind", "mode", "duration", "language"):
        control = page.select_one(f'[name="{field}"]')
        came_back = control.text.removeprefix("\n") if control.name == "textarea" else control["value"]
        assert came_back == typed.replace("\x00", "")
    if field != "text":
        assert page.select_one("textarea").text.removeprefix("\n") == SORTING["text"]
    assert session.exec(select(Need)).all() == []


def test_a_quantity_is_kept_for_equipment_alone(browser, project, author, session):
    page = browser.login(author).get(f"/fr/projects/{project.id}/needs/new")
    browser.submit(page, "needs/new", **{**SORTING, "quantity": "40"})
    page = browser.get(f"/fr/projects/{project.id}/needs/new")
    browser.submit(page, "needs/new", **{**SORTING, "kind": "equipment", "quantity": "1 200", "text": "Des livres"})
    assert [need.quantity for need in session.exec(select(Need).order_by(Need.id))] == [None, 1200]
    assert "1 200 objets demandés" in browser.get(f"/fr/projects/{project.id}").words.replace("\u202f", " ")


def test_an_investment_says_that_no_payment_passes_here(browser, project, author, session, stands, locale):
    form = NeedForm.model_validate({**SORTING, "kind": "investment", "text": "Une unité de séchage"})
    need = needs.add(session, stands(author), project, form)
    page = browser.get(f"/{locale}/projects/{project.id}")
    said = {"fr": "Aucun paiement ne passe par Twiza", "ar": "لا يمر أي أداء عبر تويزة"}
    assert said[locale] in page.select_one(f"#need-{need.id}").text


class TestKeywords:
    def test_what_is_unticked_is_removed(self, browser, need, author, session):
        page = browser.login(author).get(at(need, "chips"))
        browser.submit(page, "/chips", concepts=[])
        session.refresh(need, ["chips"])
        assert need.chips and all(chip.state is ChipState.REMOVED for chip in need.chips)
        assert not browser.get(at(need, "chips")).select("[data-picked] input[checked]")

    @pytest.mark.parametrize("words", ["Irrigation", "الري", "irrigation systems"])
    def test_a_keyword_is_added_by_typing_in_any_language(self, browser, need, author, session, words, locale):
        page = browser.login(author).get(at(need, "chips", locale))
        browser.submit(page, "/chips", concepts_new=words)
        session.refresh(need, ["chips"])
        assert [chip.state for chip in need.chips if not chip.mention] == [ChipState.KEPT]

    def test_words_that_could_mean_several_come_back_to_choose(self, browser, need, author, session, locale):
        page = browser.login(author).get(at(need, "chips", locale))
        ticked = page.form("/chips")["concepts"]
        page = browser.submit(page, "/chips", status=422, concepts_new="gérer l’irrigation des arbres fruitiers")
        assert page.error_of("concepts")
        one = page.select_one("[data-picked] input:not([checked])")["value"]
        browser.submit(page, "/chips", concepts=[*([ticked] if isinstance(ticked, str) else ticked), one])
        session.refresh(need, ["chips"])
        assert one in {chip.concept_id for chip in need.chips if chip.state is ChipState.KEPT}

    def test_words_that_name_nothing_are_said_to(self, browser, need, author, session, locale):
        page = browser.login(author).get(at(need, "chips", locale))
        page = browser.submit(page, "/chips", status=422, concepts_new="xqzwkvj")
        assert page.error_of("concepts") and page.select_one("#f-concepts-new")["value"] == "xqzwkvj"

    @pytest.mark.parametrize("concept", ["nothing", "00000000-0000-0000-0000-000000000000", "a\x00b", "x" * 300])
    def test_an_unknown_concept_is_refused(self, browser, need, author, concept):
        page = browser.login(author).post(at(need, "chips"), status=422, concepts=[concept])
        assert page.error_of("concepts")


class TestChanging:
    def test_an_editor_says_it_otherwise(self, browser, need, author, session, locale):
        page = browser.login(author).get(at(need, "edit", locale))
        page = browser.submit(page, "/edit", text="Planter mille oliviers sur la colline")
        assert page.url.endswith("/chips")
        session.refresh(need)
        assert (need.text, need.version) == ("Planter mille oliviers sur la colline", 2)

    def test_two_editors_meet(self, browser, new_browser, need, author, co_author, session, locale):
        mine = browser.login(author).get(at(need, "edit", locale))
        theirs = new_browser().login(co_author)
        theirs.submit(theirs.get(at(need, "edit", locale)), "/edit", people_wanted="5")
        page = browser.submit(mine, "/edit", status=409, people_wanted="3", text="Former les habitants au compostage.")
        sides = [side.text for side in page.select(".side .written")]
        assert sides == ["Former les habitants au compostage.", SORTING["text"], "3", "5"]
        session.refresh(need)
        assert need.people_wanted == 5
        browser.submit(page, "/edit")
        session.refresh(need)
        assert (need.people_wanted, need.text) == (3, "Former les habitants au compostage.")

    def test_it_is_closed_and_opened_again(self, browser, new_browser, need, author, session, locale):
        page = browser.login(author).get(f"/{locale}/projects/{need.project_id}")
        page = browser.submit(page, f"needs/{need.id}/close")
        session.refresh(need)
        assert need.state is NeedState.CLOSED
        assert page.select_one(f"details #need-{need.id}")
        browser.submit(page, f"needs/{need.id}/reopen")  # the undo of the message at the top
        session.refresh(need)
        assert need.state is NeedState.OPEN

    def test_a_need_that_moved_says_so(self, browser, need, author, session, locale):
        needs.close(session, author, need)
        browser.login(author).post(at(need, "close", locale), status=409)


def test_readers_write_no_need(browser, need, make, locale):
    browser.login(make(User))
    project = f"/{locale}/projects/{need.project_id}"
    for address in (f"{project}/needs/new", at(need, "edit", locale), at(need, "chips", locale)):
        browser.get(address, status=403)
        browser.post(address, status=403, **SORTING)
    for verb in ("close", "reopen"):
        browser.post(at(need, verb, locale), status=403)
    assert not browser.get(project).select(f'a[href^="{project}/needs/"]')


def test_a_need_of_another_project_is_not_found(browser, need, author, make, session):

    other = make(Project, author_id=author.id)
    browser.login(author)
    browser.get(f"/fr/projects/{other.id}/needs/{need.id}/edit", status=404)
    browser.get(f"/fr/projects/{need.project_id}/needs/99999999999/edit", status=404)
