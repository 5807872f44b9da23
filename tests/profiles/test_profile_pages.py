"""A person's own profile: the form, its corrections, what they decide; in both languages."""

import pytest

from app.accounts.models import User
from app.kernel.i18n import gettext as _
from app.matching.chips import ChipState
from app.matching.models import MatchDocument
from app.profiles.models import Profile, ProfileChip, Visibility
from tests.factories import ARBAA_SAHEL, TINZART
from tests.profiles.conftest import ANSWERS, count, only_profile


@pytest.fixture
def amina(signed_in):
    return signed_in("Amina Tazi")


@pytest.fixture
def saved(amina, filled_in):
    """Amina has a profile."""
    return filled_in("mine", ANSWERS)


def test_five_answers_make_a_profile_and_its_words_are_understood(browser, amina, session, locale):
    page = browser.submit(browser.get(f"/{locale}/profiles/mine"), "/mine", **ANSWERS)
    assert page.url.endswith(f"/{locale}/profiles/{only_profile(session).id}/chips")
    understood = {"fr": "gestion des déchets", "ar": "تدبير النفايات"}[locale]
    assert understood in page.words
    page = browser.submit(page, "/chips")
    assert page.url.endswith(f"/{locale}/profiles/mine")
    assert understood in page.words and ANSWERS["abilities"] in page.words
    # *formation* alone is only asked about, and nobody ticked it.
    states = {chip.mention: chip.state for chip in only_profile(session).chips}
    assert states == {"gestion des déchets": ChipState.KEPT, "tri": ChipState.KEPT, "formation": ChipState.REMOVED}


def test_the_form_has_five_questions_before_the_fold(browser, locale):
    form = browser.get(f"/{locale}/profiles/mine").select_one("form[action$='/profiles/mine']")
    form.select_one("details").decompose()
    asked = {control["name"] for control in form.select("input:not([type=hidden]), textarea, select")}
    assert asked == {"abilities", "places_new", "languages", "modes", "country"}


def test_a_profile_in_arabic_meets_territories_typed_in_arabic(browser, amina, session):
    answers = {
        **ANSWERS,
        "abilities": "مهندسة في تدبير النفايات، أكوّن الفرق وأنظم الجمع",
        "places_new": ["أنزي، تينزرت"],
        "country": "MA",
    }
    page = browser.submit(browser.get("/ar/profiles/mine"), "/mine", **answers)
    assert "تدبير النفايات" in page.words
    profile = only_profile(session)
    assert profile.language == "ar"
    assert {place.code[:6] for place in profile.places} == {"09.581", "09.541"}


def test_everything_may_be_said_and_comes_back_to_be_edited(browser, amina, session, locale, tomorrow):
    answers = {
        **ANSWERS,
        "places": [ARBAA_SAHEL, "09.541"],
        "places_new": [],
        "modes": ["remote", "on_site"],
        "town": "Lyon",
        "other_languages": {"fr": "portugais, le turc", "ar": "البرتغالية، اللغة التركية"}[locale],
        "occupation": "Ingénieure",
        "availability": "Le soir",
        "available_from": tomorrow,
        "themes": ["waste", "water_sanitation"],
        "other": "Un fourgon",
        "links": "example.org/amina\nhttps://www.example.org",
    }
    browser.submit(browser.get(f"/{locale}/profiles/mine"), "/mine", **answers)
    profile = only_profile(session)
    assert profile.languages == ["fr", "ber", "pt", "tr"]
    assert profile.links == ["https://example.org/amina", "https://www.example.org"]
    page = browser.get(f"/{locale}/profiles/{profile.id}/edit")
    browser.submit(page, "/edit", town="Villeurbanne")
    after = only_profile(session)
    for name in ("abilities", "languages", "available_from", "themes", "other", "links", "on_site", "remote"):
        assert getattr(after, name) == getattr(profile, name)
    assert after.town == "Villeurbanne" and [place.code for place in after.places] == [ARBAA_SAHEL, "09.541"]
    page = browser.get(f"/{locale}/profiles/mine")
    for said in ("Villeurbanne", "Ingénieure", "Le soir", "Un fourgon"):
        assert said in page.words
    link = page.select_one("a[href='https://example.org/amina']")
    assert "noopener" in link["rel"] and "nofollow" in link["rel"]


def test_whoever_is_not_signed_in_writes_first_and_signs_in_after(browser, make, session, locale):
    page = browser.get(f"/{locale}/profiles/mine")
    page = browser.submit(page, "/mine", **ANSWERS)
    assert "/account/sign-in" in page.url and count(session) == 0
    browser.login(make(User))
    page = browser.get(f"/{locale}/account/continue")
    assert ANSWERS["abilities"] in page.words
    page = browser.submit(page, "/profiles/mine")
    assert only_profile(session).abilities == ANSWERS["abilities"]


def test_whoever_was_about_to_offer_help_goes_on_after_the_profile(browser, amina, session):
    page = browser.submit(browser.get("/fr/profiles/mine?then=/fr/projects"), "/mine", **ANSWERS)
    assert browser.submit(page, "/chips", follow=False).headers["location"] == "/fr/projects"


@pytest.mark.parametrize("then", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])
def test_going_on_never_leads_to_another_site(browser, amina, session, then):
    page = browser.get("/fr/profiles/mine")
    page = browser.submit(page, "/mine", **{**ANSWERS, "then": then})
    page = browser.submit(page, "/chips", then=then)
    assert page.url.endswith("/fr/profiles/mine")


def test_a_double_click_makes_one_profile(browser, amina, session, locale):
    page = browser.get(f"/{locale}/profiles/mine")
    first = browser.submit(page, "/mine", follow=False, **ANSWERS)
    second = browser.submit(page, "/mine", follow=False, **ANSWERS)
    assert first.headers["location"] == second.headers["location"]
    assert count(session) == 1 and only_profile(session).version == 1


def test_whoever_goes_back_and_sends_other_words_loses_none_of_them(browser, amina, session):
    page = browser.get("/fr/profiles/mine")
    browser.submit(page, "/mine", **ANSWERS)
    page = browser.submit(page, "/mine", status=422, **{**ANSWERS, "abilities": "Menuiserie"})
    assert ANSWERS["abilities"] in page.words
    assert "Menuiserie" in page.select_one("textarea[name=abilities]").text


def test_a_second_first_profile_shows_what_is_there_and_loses_nothing(browser, saved, session):
    """Written before signing in, by somebody who had a profile already."""
    page = browser.post("/fr/profiles/mine", status=422, **{**ANSWERS, "abilities": "Menuiserie"})
    assert "Menuiserie" in page.select_one("textarea[name=abilities]").text
    assert ANSWERS["abilities"] in page.words
    browser.submit(page, "/edit")
    assert only_profile(session).abilities == "Menuiserie"


def test_a_stale_form_overwrites_nothing_silently(browser, saved, session, locale):
    page = browser.get(f"/{locale}/profiles/{saved.id}/edit")
    browser.submit(page, "/edit", abilities="Écrit sur le téléphone")
    page = browser.submit(page, "/edit", status=422, abilities="Écrit sur l’ordinateur")
    assert only_profile(session).abilities == "Écrit sur le téléphone"
    assert "Écrit sur le téléphone" in page.words
    assert "Écrit sur l’ordinateur" in page.select_one("textarea[name=abilities]").text
    browser.submit(page, "/edit")
    assert only_profile(session).abilities == "Écrit sur l’ordinateur"


@pytest.mark.parametrize(
    ("field", "given", "wrong"),
    [
        ("abilities", "", "abilities"),
        ("abilities", "   \n ", "abilities"),
        ("abilities", "…!?", "abilities"),
        ("abilities", "a" * 100_000, "abilities"),
        ("abilities", "mot " * 1100, "abilities"),
        ("abilities", "une\x00ligne", "abilities"),
        ("other", "une\x00ligne", "other"),
        ("town", "x" * 300, "town"),
        ("occupation", "x" * 300, "occupation"),
        ("languages", [], "languages"),
        ("languages", ["tlh"], "languages"),
        ("other_languages", "klingonais des bois", "other_languages"),
        ("modes", [], "modes"),
        ("modes", ["by pigeon"], "modes"),
        ("country", "", "country"),
        ("country", "XX", "country"),
        ("country", "EU", "country"),
        ("country", "France", "country"),
        ("places_new", ["Xyzzyville"], "places"),
        ("places_new", ["Tata"], "places"),
        ("themes", ["nothing"], "themes"),
        ("available_from", "2020-01-01", "available_from"),
        ("available_from", "demain", "available_from"),
        ("available_from", "2026-02-31", "available_from"),
        ("links", "javascript:alert(1)", "links"),
        ("links", "JavaScript://example.org/%0aalert(1)", "links"),
        ("links", "data:text/html,hello", "links"),
        ("links", "https://", "links"),
        ("links", "mon site", "links"),
        ("links", "https://moi@example.org", "links"),
        ("links", "https://example.org/" + "a" * 400, "links"),
        ("links", "\n".join(f"https://example.org/{n}" for n in range(6)), "links"),
    ],
)
def test_what_cannot_be_taken_is_said_by_the_field_and_all_comes_back(
    browser, amina, session, locale, field, given, wrong
):
    page = browser.submit(browser.get(f"/{locale}/profiles/mine"), "/mine", status=422, **{**ANSWERS, field: given})
    assert page.error_of(wrong)
    assert count(session) == 0 and count(session, MatchDocument) == 0
    if field != "abilities":
        assert page.select_one("textarea[name=abilities]").text.strip() == ANSWERS["abilities"]
    if field != "languages":
        ticked = page.select("input[name=languages][checked]")
        assert [tick["value"] for tick in ticked] == ANSWERS["languages"]


def test_a_territory_that_could_be_several_is_chosen_among_them(browser, amina, session, locale):
    page = browser.submit(
        browser.get(f"/{locale}/profiles/mine"), "/mine", status=422, **{**ANSWERS, "places_new": ["Tata"]}
    )
    offered = [tick["value"] for tick in page.select("input[name=places]")]
    assert "08.551" in offered or len(offered) >= 2
    browser.submit(page, "/mine", places=[offered[0]])
    assert [place.code for place in only_profile(session).places] == [offered[0]]


@pytest.mark.parametrize("code", ["99", "09.999", "<script>", "09.581.11.03; drop table", "1" * 5000])
def test_a_territory_that_does_not_exist_is_left_out(browser, amina, session, code):
    browser.submit(
        browser.get("/fr/profiles/mine"), "/mine", **{**ANSWERS, "places": [code, TINZART], "places_new": []}
    )
    assert [place.code for place in only_profile(session).places] == [TINZART]


def test_emoji_and_markup_are_words_like_others(browser, amina, session):
    words = "Je répare tout 🔧 <script>alert(1)</script> & **vite** \u202eabc"
    browser.submit(browser.get("/fr/profiles/mine"), "/mine", **{**ANSWERS, "abilities": words})
    page = browser.get("/fr/profiles/mine")
    assert not [script for script in page.select("script") if "alert" in script.text]
    assert "🔧" in page.words and "\u202e" not in page.words


class TestChips:
    def test_a_word_that_is_no_name_is_chosen_among_what_resembles_it(self, browser, saved, session, locale):
        page = browser.get(f"/{locale}/profiles/{saved.id}/chips")
        typed = {"fr": "gestion des déchets, jardinage", "ar": "بستنة المنازل"}[locale]
        page = browser.submit(page, "/chips", status=422, concepts_new=typed)
        assert page.error_of("concepts")
        ticked = {tick["value"] for tick in page.select("input[name=concepts][checked]")}
        proposed = [tick["value"] for tick in page.select("input[name=concepts]") if tick["value"] not in ticked]
        assert ticked and proposed
        browser.submit(page, "/chips", concepts=[*ticked, proposed[0]])
        kept = {chip.concept_id for chip in only_profile(session).chips if chip.state is ChipState.KEPT}
        assert kept == {*ticked, proposed[0]}

    @pytest.mark.parametrize("typed", ["zzzqqqxxx", "🔧", "x" * 100_000])
    def test_a_word_that_nobody_knows_is_said(self, browser, saved, typed):
        page = browser.submit(browser.get(f"/fr/profiles/{saved.id}/chips"), "/chips", status=422, concepts_new=typed)
        assert page.error_of("concepts")

    @pytest.mark.parametrize("concept", ["nothing", "\x00", "x" * 5000])
    def test_a_concept_that_does_not_exist_is_refused(self, browser, saved, session, concept):
        before = {chip.concept_id: chip.state for chip in saved.chips}
        page = browser.get(f"/fr/profiles/{saved.id}/chips")
        page = browser.submit(page, "/chips", status=422, concepts=[concept])
        assert page.error_of("concepts")
        assert {chip.concept_id: chip.state for chip in only_profile(session).chips} == before

    def test_what_is_unticked_is_shown_no_more(self, browser, saved, session):
        page = browser.submit(browser.get(f"/fr/profiles/{saved.id}/chips"), "/chips", concepts=[])
        assert not page.select(".chip")
        assert not browser.get(f"/fr/profiles/{saved.id}/chips").select("input[name=concepts]")

    def test_words_are_found_while_they_are_typed(self, browser, locale):
        words = {"fr": "déchets", "ar": "النفايات"}[locale]
        answer = browser.client.get(f"/{locale}/profiles/concepts", params={"q": words})
        found = answer.json()
        assert found and {"code", "label"} == set(found[0])
        assert any(words in one["label"] for one in found)

    @pytest.mark.parametrize("words", ["", " ", "\x00", "x" * 5000, "?%_'"])
    def test_anything_may_be_typed(self, browser, words):
        assert browser.client.get("/fr/profiles/concepts", params={"q": words}).status_code == 200


class TestVisibility:
    @pytest.mark.parametrize("visibility", list(Visibility))
    def test_the_person_decides(self, browser, saved, session, locale, visibility):
        page = browser.submit(browser.get(f"/{locale}/profiles/mine"), "/visibility", visibility=visibility.value)
        assert only_profile(session).visibility is visibility
        assert page.select_one("input[name=visibility][checked]")["value"] == visibility.value

    @pytest.mark.parametrize("given", ["everyone", "", "\x00"])
    def test_there_are_three_answers(self, browser, saved, session, given):
        page = browser.submit(browser.get("/fr/profiles/mine"), "/visibility", status=422, visibility=given)
        assert page.error_of("visibility")
        assert only_profile(session).visibility is Visibility.CARD

    def test_they_see_what_a_commune_sees(self, browser, saved):
        preview = browser.get("/fr/profiles/mine").select_one("aside .card")
        assert "Amina" not in preview.text and "gestion des déchets" in preview.text


def test_a_profile_is_deleted_after_a_question(browser, saved, session, locale):
    page = browser.get(f"/{locale}/profiles/mine")
    assert page.select_one("details form[action$='/delete']")
    page = browser.submit(page, "/delete", follow=False)
    assert count(session) == 0
    assert browser.get(f"/{locale}/profiles/mine").select_one("textarea[name=abilities]").text.strip() == ""


def test_a_sentence_by_a_field_is_in_the_language_of_the_page(browser, amina, locale):
    page = browser.submit(browser.get(f"/{locale}/profiles/mine"), "/mine", status=422, **{**ANSWERS, "modes": []})
    assert page.error_of("modes") == _("Ce champ est nécessaire.")


def test_the_page_of_a_profile_costs_the_same_however_much_it_says(browser, amina, session, make, query_count):
    browser.submit(browser.get("/fr/profiles/mine"), "/mine", **ANSWERS)
    browser.get("/fr/profiles/mine")
    before = query_count()
    browser.get("/fr/profiles/mine")
    little = query_count() - before
    profile = only_profile(session)
    page = browser.get(f"/fr/profiles/{profile.id}/edit")
    places = [ARBAA_SAHEL, TINZART, "09.581", "08", "01"]
    text = "Soudure, menuiserie, comptabilité, jardinage, apiculture, plomberie, enseigner les langues"
    browser.submit(page, "/edit", places=places, abilities=text, themes=["waste", "water_sanitation"])
    before = query_count()
    browser.get("/fr/profiles/mine")
    assert query_count() - before <= little


def test_a_double_click_on_an_edit_is_saved_once(browser, saved, session):
    page = browser.get(f"/fr/profiles/{saved.id}/edit")
    first = browser.submit(page, "/edit", follow=False, town="Lyon")
    second = browser.submit(page, "/edit", follow=False, town="Lyon")
    assert first.headers["location"] == second.headers["location"]
    assert only_profile(session).version == 2


def test_whoever_has_confirmed_their_chips_is_asked_again_only_about_new_ones(browser, saved, session):
    browser.submit(browser.get(f"/fr/profiles/{saved.id}/chips"), "/chips")
    page = browser.submit(browser.get(f"/fr/profiles/{saved.id}/edit"), "/edit", town="Lyon")
    assert page.url.endswith("/fr/profiles/mine")
    more = f"{saved.abilities} Et la soudure."
    page = browser.submit(browser.get(f"/fr/profiles/{saved.id}/edit"), "/edit", abilities=more)
    assert page.url.endswith("/chips")


def test_a_stale_form_with_another_mistake_is_still_stale_once_mended(browser, saved, session):
    page = browser.get(f"/fr/profiles/{saved.id}/edit")
    browser.submit(page, "/edit", abilities="Écrit sur le téléphone")
    page = browser.submit(page, "/edit", status=422, abilities="Écrit sur l’ordinateur", modes=[])
    assert page.error_of("modes")
    page = browser.submit(page, "/edit", status=422, modes=["remote"])
    assert "Écrit sur le téléphone" in page.words
    assert only_profile(session).abilities == "Écrit sur le téléphone"


def test_a_trade_among_the_keywords_is_read_in_one_form_with_its_whole_name_at_hand(browser, make):
    profile = make(Profile)
    make(ProfileChip, profile_id=profile.id, concept_id="7aedaa07-3884-4c5b-88f9-80997b2aa54b")
    chip = browser.login(profile.owner).get(f"/fr/profiles/{profile.id}/chips").select_one(".chip bdi")
    assert (chip.text, chip["title"]) == ("soudeur", "soudeur/soudeuse")
    assert "soudeur/soudeuse" not in browser.get("/fr/profiles/mine").words
