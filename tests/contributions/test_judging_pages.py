"""Asking why not, and saying that something is wrong, on the page."""

import pytest
from sqlmodel import select

from app.matching.models import Objection
from app.profiles import chips as profile_chips
from app.projects import chips as need_chips
from app.projects.models import Moderation


@pytest.fixture
def could_help(session, case):
    case.need.text = "Organiser le tri des déchets et former une équipe."
    for read, one in ((need_chips, case.need), (profile_chips, case.profile)):
        read.read_again(session, one)
        read.remember(session, one)
    return case


def people(case, locale="fr"):
    return f"/{locale}/contributions/needs/{case.need.id}"


def wrong(case, locale="fr"):
    return f"/{locale}/contributions/needs/{case.need.id}/wrong/{case.profile.id}"


class TestWhyNot:
    def test_a_moderator_asks_by_name(self, browser, could_help, locale):
        page = browser.login(could_help.moderator).get(people(could_help, locale))
        assert page.select_one("form[action$='/why-not'] input[name=who]")
        page = browser.get(f"{people(could_help, locale)}/why-not?who=claire")
        assert page.select_one(".person-name").get_text() == "Claire Contributrice"
        assert page.select(".card > p")

    def test_the_team_asks_by_headline_or_number_and_reads_no_name(self, browser, could_help, locale):
        browser.login(could_help.agent)
        for who in ("ingénieure", could_help.profile.id):
            page = browser.get(f"{people(could_help, locale)}/why-not?who={who}")
            assert page.select_one(".person-name").get_text() == "Ingénieure en déchets"
            assert "Claire" not in page.words
        assert browser.get(f"{people(could_help, locale)}/why-not?who=claire").select_one(".empty")

    def test_strange_words_break_nothing(self, browser, could_help):
        browser.login(could_help.moderator)
        for who in ("%00", "%25%25", "'; drop table", "é" * 300, "_", "", "%E2%80%AE"):
            browser.get(f"{people(could_help)}/why-not?who={who}")

    def test_who_may_not_look_for_people_finds_no_page(self, browser, could_help):
        browser.login(could_help.person).get(f"{people(could_help)}/why-not", status=404)
        could_help.project.moderation, could_help.project.published_at = Moderation.WAITING, None
        browser.login(could_help.abroad).get(f"{people(could_help)}/why-not", status=404)


class TestThisIsWrong:
    def test_a_match_with_one_tap_and_back_with_another(self, browser, could_help, locale):
        page = browser.login(could_help.moderator).get(people(could_help, locale))
        form = next(form for form in page.select("form[action*='/wrong/']") if not form.select("[name=reason]"))
        page = browser.post(form["action"])
        assert page.url.endswith(people(could_help, locale))
        assert not page.select("form[action*='/wrong/']:not([action*='take-back'])")
        page = browser.submit(page, "/take-back")
        assert page.select("form[action*='/wrong/']")

    def test_a_reason_with_one_tap_and_back_with_another(self, browser, could_help, locale):
        page = browser.login(could_help.abroad).get(people(could_help, locale))
        before = [item.get_text(" ", strip=True) for item in page.select(".reasons .doubtable")]
        assert before
        key = page.select_one(".doubtable [name=reason]")["value"]
        page = browser.post(wrong(could_help, locale), reason=key)
        assert key not in [field["value"] for field in page.select(".doubtable [name=reason]")]
        page = browser.submit(page, "/take-back")
        assert [item.get_text(" ", strip=True) for item in page.select(".reasons .doubtable")] == before
        browser.post(wrong(could_help, locale), reason="0" * 16, status=409)

    def test_the_team_and_moderators_of_elsewhere_are_not_offered_it(self, browser, session, make, could_help):
        elsewhere = make.moderator("01")
        for user, status in ((could_help.agent, 404), (could_help.person, 404), (elsewhere, 403)):
            browser.login(user)
            if user is not could_help.person:
                assert not browser.get(people(could_help)).select("form[action*='/wrong/']")
            browser.post(wrong(could_help), status=status)
        assert session.exec(select(Objection)).all() == []

    def test_an_unknown_person_is_absent(self, browser, could_help):
        browser.login(could_help.moderator)
        for number in (0, 999_999, 2**40):
            browser.post(f"{people(could_help)}/wrong/{number}", status=404)


def test_nobody_to_propose_says_what_to_do(browser, case, locale):
    page = browser.login(case.agent).get(people(case, locale))
    assert page.select_one(".empty a[href*='/projects/']")
    assert page.select_one(".empty a[href*='/call-me']")
