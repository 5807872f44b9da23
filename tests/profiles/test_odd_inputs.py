"""Whatever somebody types of themselves is saved, or comes back whole with a sentence by the field: never a failure."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlmodel import select

from app.accounts.models import User
from app.matching.chips import ChipState
from app.profiles.models import Profile
from app.taxonomy.models import Concept, ConceptKind
from tests.oddities import LONGEST_ADDRESS, ODD, as_shown, sent, through_pages
from tests.profiles.conftest import ANSWERS

TAKEN = (303, 422)
JOINERY = "19858dd3-a5fe-4855-b644-6ecfefd1c384"


def shown_again(page, field):
    """What a refused page has in a field, as it would be sent again."""
    control = page.select_one(f"[name={field}]")
    return control.text.removeprefix("\n") if control.name == "textarea" else control["value"]


def own_profile(session, user):
    return session.exec(select(Profile).where(Profile.owner_id == user.id)).one_or_none()


@through_pages
@given(abilities=sent(), occupation=sent(3), other=sent(3))
@example(abilities=ODD["control characters"], occupation=ODD["very long"], other="")
@example(abilities=ODD["NUL"], occupation="", other=ODD["not a character"])
def test_whatever_somebody_says_of_themselves(browser, make, session, abilities, occupation, other):
    user = make(User)
    browser.login(user)
    typed = {"abilities": abilities, "occupation": occupation, "other": other}
    page = browser.submit(browser.get("/fr/profiles/mine"), "/mine", status=TAKEN, **{**ANSWERS, **typed})
    if page.status == 422:
        assert own_profile(session, user) is None
        assert any(page.error_of(field) for field in typed)
        for field, text in typed.items():
            assert as_shown(shown_again(page, field)) == as_shown(text)
    else:
        profile = own_profile(session, user)
        assert "\x00" not in profile.abilities and profile.abilities.strip()
        assert browser.submit(page, "/chips").status == 200
        browser.get(f"/ar/profiles/{profile.id}")


@pytest.fixture
def profile(browser, make, filled_in):
    browser.login(make(User))
    return filled_in("mine", ANSWERS)


@pytest.fixture
def retired(session):
    """A concept that another edition of the taxonomy left out."""
    concept = session.get_one(Concept, JOINERY)
    concept.retired = True
    session.flush()
    return concept


def chips_of(session, profile):
    session.refresh(profile, ["chips"])
    return {chip.concept_id: chip.state for chip in profile.chips}


def test_a_keyword_that_was_retired_stays_with_whoever_has_it(browser, profile, session, locale):
    concept = profile.chips[0].concept
    concept.retired = True
    page = browser.get(f"/{locale}/profiles/{profile.id}/chips")
    assert str(concept.label_fr if locale == "fr" else concept.label_ar) in page.words
    browser.submit(page, "/chips")
    assert chips_of(session, profile)[concept.id] is ChipState.KEPT
    browser.submit(browser.get(f"/{locale}/profiles/{profile.id}/edit"), "/edit", abilities="Menuiserie et zellij")
    assert chips_of(session, profile)[concept.id] is ChipState.KEPT
    browser.get(f"/{locale}/profiles/mine")


def test_a_keyword_that_was_retired_is_not_added(browser, profile, session, retired, locale):
    before = chips_of(session, profile)
    page = browser.get(f"/{locale}/profiles/{profile.id}/chips")
    ticked = page.form("/chips")["concepts"]
    page = browser.submit(page, "/chips", status=422, concepts=[*ticked, retired.id])
    name = retired.label_fr if locale == "fr" else retired.label_ar
    assert name in page.error_of("concepts")
    assert set(ticked) <= set(page.form("/chips")["concepts"])
    assert chips_of(session, profile) == before


def ids(session):
    return list(
        session.exec(select(Concept.id).where(Concept.kind == ConceptKind.SKILL).order_by(Concept.id).limit(1000))
    )


@pytest.mark.parametrize("many", [31, 399])
def test_too_many_keywords_are_refused(browser, profile, session, many):
    before = chips_of(session, profile)
    page = browser.post(f"/fr/profiles/{profile.id}/chips", status=422, concepts=ids(session)[:many])
    assert page.error_of("concepts")
    assert chips_of(session, profile) == before


def test_a_thousand_keywords_are_too_many_to_be_read(browser, profile, session, locale):
    before = chips_of(session, profile)
    for _ in range(2):
        page = browser.post(f"/{locale}/profiles/{profile.id}/chips", status=413, concepts=ids(session))
        assert {"fr": "trop de réponses", "ar": "أجوبة كثيرة"}[locale] in page.words
        browser.logout()  # and whoever is not signed in is told the same
    assert chips_of(session, profile) == before


@through_pages
@given(st.lists(st.one_of(st.integers(0, 9), sent(2)), max_size=12), sent(3))
def test_whatever_is_ticked_or_added_as_keywords(browser, profile, session, retired, ticks, added):
    before = chips_of(session, profile)
    known = [*list(before)[:2], *ids(session)[:5], retired.id, "nothing", "0" * 36]
    ticked = [known[one % len(known)] if isinstance(one, int) else one for one in ticks]
    page = browser.post(f"/fr/profiles/{profile.id}/chips", status=TAKEN, concepts=ticked, concepts_new=added)
    if page.status == 422:
        assert page.error_of("concepts")
        assert chips_of(session, profile) == before
    else:
        kept = {concept for concept, state in chips_of(session, profile).items() if state is ChipState.KEPT}
        assert {concept for concept in ticked if concept in before} <= kept | {retired.id}


@through_pages
@given(sent(3))
def test_whatever_is_typed_to_find_a_keyword(browser, typed):
    found = browser.client.get("/fr/profiles/concepts", params={"q": typed[:LONGEST_ADDRESS]})
    assert found.status_code == 200 and len(found.json()) <= 6


def test_bytes_that_are_no_text_are_read_as_far_as_they_are(browser, make, session):
    user = make(User)
    content = b"abilities=zellij+%ED%A0%80%FF&modes=remote&languages=fr&country=FR"
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = browser.login(user).client.post("/fr/profiles/mine", content=content, headers=kind)
    assert answer.status_code == 303
    assert own_profile(session, user).abilities.startswith("zellij")
