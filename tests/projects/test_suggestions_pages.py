import pytest
from sqlmodel import select

from app.accounts.models import User
from app.journal.models import Entry, Subject
from app.projects import fiche, sections
from app.projects.models import Moderation, Need, NeedKind
from app.projects.suggesting.models import Suggestion, SuggestionKind, SuggestionState

CONTEXT = sections.BY_NAME["context"]
ONCE = "Le camion passe une fois par mois."
SORTED = "Les femmes de la coopérative trient déjà le verre."


@pytest.fixture
def reader(make):
    return make(User, name="Sanae")


@pytest.fixture
def write(session, project, author, stands):
    def write(text, kind=CONTEXT):
        version = fiche.section(session, project, kind).version
        return fiche.save(session, stands(author), project, kind, {"text": text}, "fr", version)

    return write


@pytest.fixture
def made(session):
    return lambda: session.exec(select(Suggestion).order_by("id")).all()[-1]


@pytest.fixture
def waiting(make, project, reader):
    def waiting(**given):
        return make(Suggestion, **{"project_id": project.id, "author_id": reader.id, "section": "context", **given})

    return waiting


def at(project, rest="", locale="fr"):
    return f"/{locale}/projects/{project.id}{rest}"


def test_a_reader_s_idea_is_taken_into_the_fiche_and_credited(
    browser, new_browser, project, author, reader, write, made, locale
):
    write(ONCE)
    page = browser.login(reader).get(at(project, locale=locale))
    link = page.select_one('#section-context a[href$="/sections/context/suggest"]')
    page = browser.get(f"{link['href']}?form=addition")
    assert ONCE in page.words
    page = browser.submit(page, "/suggest", text=SORTED)
    assert made().state is SuggestionState.OPEN and SORTED in page.words
    assert page.select_one('form[action$="/withdraw"]') and not page.select_one('form[action$="/accept"]')
    editor = new_browser().login(author)
    page = editor.get(at(project, locale=locale))
    assert SORTED in page.select_one("#section-context .suggestion").get_text(" ")
    page = editor.submit(page, "/accept")
    assert page.select_one("#section-context .prose").get_text(" ", strip=True) == f"{ONCE} {SORTED}"
    assert "Sanae" in page.select_one("#idea-givers").text and not page.select_one(".suggestion")
    assert "Sanae" in editor.get(at(project, "/sections/context/history", locale)).select_one("#version-2 .meta").text
    page = browser.get(f"/{locale}/projects/suggestions")
    assert page.select_one(f"#suggestion-{made().id} .state.done")


def test_an_idea_for_a_part_that_nobody_wrote_yet(browser, project, reader, made, new_browser, author):
    page = browser.login(reader).get(at(project))
    assert page.select_one('#fiche-unwritten a[href$="/sections/partners/suggest"]')
    form = browser.get(at(project, "/sections/partners/suggest"))
    assert len(form.select(".tabs li")) == 2
    browser.submit(form, "/suggest", text="La commune jumelée de Bègles a un service de tri.")
    assert (made().kind, made().section, made().of_version) == (SuggestionKind.REMARK, "partners", 0)
    assert new_browser().login(author).get(at(project)).select_one("#section-partners .suggestion")


def test_somebody_without_an_account_reads_the_form_and_signs_in_to_send_it(browser, project, reader, made):
    form = browser.get(at(project, "/sections/context/suggest"))
    page = browser.submit(form, "/suggest", text=SORTED)
    assert "/account/sign-in" in page.url
    page = browser.login(reader).get("/fr/account/continue")
    browser.submit(page, "/suggest")
    assert made().author_id == reader.id


def test_the_need_for_ideas_is_said_where_one_suggests(browser, project, reader, make):
    make(Need, project_id=project.id, kind=NeedKind.IDEAS, text="Que faire du verre ?")
    page = browser.login(reader).get(at(project, "/sections/context/suggest"))
    assert "Que faire du verre ?" in page.words
    assert browser.get(at(project)).select_one('#needs a[href$="/sections/idea/suggest"]')


def test_an_editor_adapts_it_in_the_form_of_the_part(browser, project, author, write, waiting, session):
    write(ONCE)
    made = waiting(text=SORTED, of_version=1)
    form = browser.login(author).get(at(project, f"/sections/context/edit?suggestion={made.id}"))
    assert form.select_one("textarea").text.strip() == f"{ONCE}\n\n{SORTED}"
    page = browser.submit(form, "/edit", text=f"{ONCE} Le verre est trié.")
    assert (made.state, made.taken_version) == (SuggestionState.ADAPTED, 2)
    assert "Le verre est trié." in page.select_one("#section-context").text
    undo = page.select_one('form[action*="/suggestions/undo/"]')
    browser.post(undo["action"])
    assert made.state is SuggestionState.OPEN
    assert fiche.section(session, project, CONTEXT).content == {"text": ONCE}


def test_an_editor_who_adapts_while_somebody_writes_loses_neither(browser, project, author, write, waiting):
    write(ONCE)
    made = waiting(kind=SuggestionKind.REMARK, of_version=1)
    form = browser.login(author).get(at(project, f"/sections/context/edit?suggestion={made.id}"))
    write("Le camion passe chaque semaine.")
    page = browser.submit(form, "/edit", status=409, text=f"{ONCE} L’école aide.")
    assert made.state is SuggestionState.OPEN
    browser.submit(page, "/edit")
    assert (made.state, made.taken_version) == (SuggestionState.ADAPTED, 3)


def test_a_rewriting_shows_what_it_changes_and_what_changed_since(browser, project, author, write, waiting, locale):
    write(ONCE)
    made = waiting(kind=SuggestionKind.REWRITING, text="Le camion passe quatre fois par an.", of_version=1)
    page = browser.login(author).get(at(project, f"/suggestions/{made.id}", locale))
    assert page.select_one(".changes ins") and page.select_one('form[action$="/accept"]')
    write("Le camion passe chaque semaine.")
    page = browser.get(at(project, f"/suggestions/{made.id}", locale))
    assert "chaque semaine" in page.words and not page.select_one('form[action$="/accept"]')
    page = browser.post(at(project, f"/suggestions/{made.id}/accept", locale), status=409, version="2")
    assert made.state is SuggestionState.OPEN


def test_a_decline_without_a_word_comes_back(browser, project, author, waiting, locale, reader, new_browser):
    made = waiting()
    page = browser.login(author).get(at(project, f"/suggestions/{made.id}", locale))
    page = browser.submit(page, "/decline", status=422)
    assert page.error_of("word")
    page = browser.submit(page, "/decline", status=422, word="a" * 1_001)
    assert page.select_one("#f-word").text.strip() == "a" * 1_001
    browser.submit(page, "/decline", word="Merci ! C’est prévu l’an prochain.")
    assert made.state is SuggestionState.DECLINED
    page = new_browser().login(reader).get(at(project, f"/suggestions/{made.id}", locale))
    assert "C’est prévu l’an prochain." in page.words


def test_what_was_typed_stays_when_another_editor_was_faster(browser, project, author, co_author, waiting, new_browser):
    made = waiting()
    page = browser.login(author).get(at(project, f"/suggestions/{made.id}"))
    other = new_browser().login(co_author)
    other.submit(other.get(at(project, f"/suggestions/{made.id}")), "/accept")
    page = browser.submit(page, "/decline", status=409, word="Pas cette fois.")
    assert "Pas cette fois." in page.words


def test_a_withdrawn_idea_is_answered_no_more(browser, project, author, reader, waiting, new_browser):
    made = waiting()
    page = new_browser().login(author).get(at(project, f"/suggestions/{made.id}"))
    mine = browser.login(reader)
    mine.submit(mine.get(at(project, f"/suggestions/{made.id}")), "/withdraw")
    assert made.state is SuggestionState.WITHDRAWN
    new_browser().login(author).submit(page, "/accept", status=409)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("text", ""),
        ("text", "…"),
        ("text", "a" * 6_001),
        ("text", "un texte\x00coupé"),
        ("kind", "gift"),
        ("kind", "rewriting"),
        ("language", "klingon"),
    ],
)
def test_a_bad_suggestion_comes_back_as_typed(browser, project, reader, locale, session, field, typed):
    form = browser.login(reader).get(at(project, "/sections/context/suggest", locale))
    fields = {"text": "Une bonne idée pour vous.", field: typed}
    page = browser.submit(form, "/suggest", status=422, **fields)
    assert page.select_one(".error-summary")
    assert page.select_one("#f-text").text.strip() == fields["text"].replace("\x00", "")
    assert not session.exec(select(Suggestion)).all()


@pytest.mark.parametrize("version", ["", "-1", "99999999999999", "deux", "7"])
def test_a_version_that_does_not_exist_does_no_harm(browser, project, reader, author, made, version, new_browser):
    form = browser.login(reader).get(at(project, "/sections/context/suggest"))
    browser.submit(form, "/suggest", text=SORTED, version=version)
    assert made().of_version == 0
    page = (
        new_browser()
        .login(author)
        .post(at(project, f"/suggestions/{made().id}/accept"), status=(303, 409), version=version)
    )
    assert page


def test_a_double_click_sends_one_idea(browser, project, reader, session):
    form = browser.login(reader).get(at(project, "/sections/context/suggest"))
    for _ in range(2):
        browser.submit(form, "/suggest", text=SORTED)
    assert len(session.exec(select(Suggestion)).all()) == 1


def test_an_idea_for_a_part_that_does_not_exist(browser, project, reader, waiting):
    browser.login(reader)
    browser.get(at(project, "/sections/nothing/suggest"), status=404)
    browser.get(at(project, f"/suggestions/{2**31}"), status=404)
    browser.get(at(project, f"/suggestions/{10**30}"), status=404)
    browser.get(f"/fr/projects/{project.id + 1}/suggestions/{waiting().id}", status=404)


def test_what_is_not_published_takes_no_ideas_from_passers_by(browser, project, reader):
    project.moderation, project.published_at = Moderation.WAITING, None
    browser.login(reader).get(at(project, "/sections/context/suggest"), status=404)


def test_undoing_is_for_who_answered(browser, project, author, reader, waiting, session, new_browser):
    made = waiting()
    browser.login(author).post(at(project, f"/suggestions/{made.id}/accept"), version="0")
    entry = session.exec(select(Entry).where(Entry.subject_kind == Subject.SUGGESTION, Entry.verb == "accept")).one()
    new_browser().login(reader).post(f"/fr/projects/suggestions/undo/{entry.id}", status=409)
    assert made.state is SuggestionState.ACCEPTED


def test_my_ideas_are_listed_page_by_page_and_the_team_s_to_answer_first(browser, make, project, author, waiting):
    for number in range(22):
        waiting(author_id=author.id, text=f"Idée {number}.")
    waiting(text="L’idée de Sanae.")
    page = browser.login(author).get("/fr/projects/suggestions")
    assert len(page.select(".card.suggestion")) == 21 and "Sanae" in page.select_one(".card.suggestion").text
    page = browser.get(page.select_one('a[href*="after="]')["href"])
    assert len(page.select(".card.suggestion")) == 2
    assert browser.get("/fr/projects/suggestions?after=bm9uc2Vuc2U").select(".card.suggestion")
