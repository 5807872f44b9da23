"""Whatever is typed as a need, as its keywords or into the search: saved, or told what is wrong; never a failure."""

from urllib.parse import quote

from hypothesis import example, given
from hypothesis import strategies as st
from sqlmodel import select

from app.matching.chips import ChipState
from app.projects.models import Need
from app.taxonomy.models import Concept, ConceptKind
from tests.oddities import LONGEST_ADDRESS, ODD, as_shown, sent, through_pages
from tests.projects.conftest import SORTING

TAKEN = (303, 422)
JOINERY = "19858dd3-a5fe-4855-b644-6ecfefd1c384"


def state_of(session, need):
    session.refresh(need, ["chips"])
    return {chip.concept_id: chip.state for chip in need.chips}


@through_pages
@given(sent(), sent(2), st.sampled_from(["fr", "ar"]))
@example(ODD["control characters"], ODD["NUL"], "fr")
@example(ODD["SQL"], "1", "ar")
def test_whatever_a_need_says(browser, project, author, session, text, people, locale):
    page = browser.login(author).get(f"/{locale}/projects/{project.id}/needs/new")
    before = len(session.exec(select(Need)).all())
    page = browser.submit(page, "needs/new", status=TAKEN, **{**SORTING, "text": text, "people_wanted": people})
    if page.status == 422:
        assert page.error_of("text") or page.error_of("people_wanted")
        assert as_shown(page.select_one("textarea").text.removeprefix("\n")) == as_shown(text)
        assert len(session.exec(select(Need)).all()) == before
    else:
        browser.submit(page, "/chips")
        browser.get(f"/{locale}/projects/{project.id}")


@through_pages
@given(st.lists(st.one_of(st.integers(0, 6), sent(2)), max_size=12), sent(3))
def test_whatever_is_ticked_or_added_as_keywords_of_a_need(browser, need, author, session, ticks, added):
    before = state_of(session, need)
    group = session.exec(select(Concept.id).where(Concept.kind == ConceptKind.GROUP)).first()
    known = [
        *list(before)[:2],
        *session.exec(select(Concept.id).order_by(Concept.id).limit(2)),
        group,
        "nothing",
        "x" * 300,
    ]
    ticked = [known[one % len(known)] if isinstance(one, int) else one for one in ticks]
    address = f"/fr/projects/{need.project_id}/needs/{need.id}/chips"
    page = browser.login(author).post(address, status=TAKEN, concepts=ticked, concepts_new=added)
    if page.status == 422:
        assert page.error_of("concepts")
        assert state_of(session, need) == before
    else:
        kept = {concept for concept, state in state_of(session, need).items() if state is ChipState.KEPT}
        assert {concept for concept in ticked if concept in before} <= kept


def test_a_keyword_that_was_retired_stays_with_a_need_and_is_not_added_to_it(browser, need, author, session, locale):
    own, other = need.chips[0].concept, session.exec(select(Concept).where(Concept.id == JOINERY)).one()
    own.retired = other.retired = True
    address = f"/{locale}/projects/{need.project_id}/needs/{need.id}/chips"
    page = browser.login(author).post(address, status=422, concepts=[own.id, other.id])
    assert (other.label_fr if locale == "fr" else other.label_ar) in page.error_of("concepts")
    browser.submit(browser.get(address), "/chips")
    assert state_of(session, need)[own.id] is ChipState.KEPT
    assert (own.label_fr if locale == "fr" else own.label_ar) in browser.get(
        f"/{locale}/projects/{need.project_id}"
    ).words


@through_pages
@given(sent(), st.sampled_from(["fr", "ar"]))
@example(ODD["NUL"], "fr")
def test_whatever_is_searched(browser, project, typed, locale):
    typed = typed[:LONGEST_ADDRESS]
    for address in (
        f"/{locale}/projects?q={quote(typed)}",
        f"/{locale}/projects?q={quote(typed)}&territory={quote(typed)}",
    ):
        browser.get(address)


def test_bytes_that_are_no_text_are_searched_for_in_vain(browser, project):
    browser.get("/fr/projects?q=%ED%A0%80%FF%00%C3")
