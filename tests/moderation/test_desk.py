from collections.abc import Callable
from datetime import timedelta

import pytest

from app.accounts.models import GrantKind, User
from app.assistance.models import AssistanceKind, AssistanceRequest
from app.contributions.models import Contribution, State
from app.kernel.database import now
from app.moderation import queries
from app.moderation.rules import Kind
from app.news.models import NewsItem, NewsState
from app.organisations.models import Membership, MembershipState, Organisation
from app.profiles.models import Profile
from app.projects.models import Moderation, Need, Project
from tests.factories import ARBAA_SAHEL, OUISSELSATE

HOURS = timedelta(hours=1)
ELSEWHERE = (Kind.LEFT_WAITING, Kind.REPORT)
"""Tested with reminders and with conversations."""


@pytest.fixture
def waiting(make) -> Callable[..., dict[Kind, int]]:
    """One thing of each kind in a region, asked so many hours ago, the organisation's first."""

    def build(commune: str = ARBAA_SAHEL, hours: int = 10, country: str = "FR") -> dict[Kind, int]:
        def ago(n: int):
            return now() - (hours - n) * HOURS

        organisation = make(
            Organisation, commune_code=commune, region_code=commune[:2], verified_at=None, name_ar="جمعية الأمل"
        )
        membership = make(
            Membership,
            organisation_id=organisation.id,
            user_id=make(User, name="Fatima Demandeuse").id,
            state=MembershipState.WAITING,
            decided_at=None,
            asked_at=ago(0),
            function="Trésorière",
        )
        project = make(
            Project,
            commune_code=commune,
            moderation=Moderation.WAITING,
            moderation_since=ago(1),
            title="Un four à pain",
        )
        need = make(Need, project_id=make(Project, commune_code=commune).id, text="Apprendre à tailler les oliviers.")
        profile = make(Profile, country=country, owner_id=make(User, name="Claire Taille").id)
        contribution = make(Contribution, need_id=need.id, profile_id=profile.id, state_since=ago(2))
        news = make(NewsItem, commune_code=commune, state_since=ago(3), title="La fête des amandiers")
        call = make(
            AssistanceRequest, kind=AssistanceKind.CALL, phone="+212500000001", hour="le soir", created_at=ago(4)
        )
        feedback = make(AssistanceRequest, created_at=ago(5))
        return {
            Kind.ORGANISATION: membership.id,
            Kind.PROJECT: project.id,
            Kind.CONTRIBUTION: contribution.id,
            Kind.NEWS: news.id,
            Kind.CALL: call.id,
            Kind.FEEDBACK: feedback.id,
        }

    return build


def seen(page):
    return [card["id"] for card in page.select("article.waiting")]


def ids(numbers, *kinds):
    return [f"{kind}-{numbers[kind]}" for kind in kinds or numbers]


def test_everything_of_a_scope_is_on_one_page_oldest_first(browser, make, waiting, locale):
    here = waiting()
    page = browser.login(make.moderator("09")).get(f"/{locale}/desk")
    assert seen(page) == ids(here)


def test_each_card_says_what_judging_needs(browser, make, waiting):
    here = waiting()
    page = browser.login(make.moderator("09")).get("/fr/desk")
    cards = {kind: page.select_one(f"#{kind}-{number}").get_text(" ") for kind, number in here.items()}
    for kind, words in {
        Kind.ORGANISATION: ("Association", "Fatima Demandeuse", "Trésorière", "Arbaa Sahel", "@example.org"),
        Kind.PROJECT: ("Un four à pain", "Arbaa Sahel", "Des livres, des tables"),
        Kind.CONTRIBUTION: ("tailler les oliviers", "centre de tri", "vacances d’été", "France"),
        Kind.NEWS: ("La fête des amandiers", "il fait encore frais", "Arbaa Sahel"),
        Kind.CALL: ("+212", "le soir"),
        Kind.FEEDBACK: ("Je ne trouve pas ma commune.", "/fr/projects/new"),
    }.items():
        for word in words:
            assert word in cards[kind], (kind, word)


def test_a_moderator_of_elsewhere_sees_only_what_has_no_place(browser, make, waiting):
    here = waiting()
    for elsewhere in (make.moderator("08"), make.moderator(countries=("BE",))):
        page = browser.login(elsewhere).get("/fr/desk")
        assert seen(page) == ids(here, Kind.CALL, Kind.FEEDBACK)


def test_a_moderator_of_a_country_sees_the_matches_of_those_who_live_there(browser, make, waiting):
    here = waiting()
    page = browser.login(make.moderator(countries=("FR",))).get("/fr/desk")
    assert seen(page) == ids(here, Kind.CONTRIBUTION, Kind.CALL, Kind.FEEDBACK)


def test_an_administrator_sees_all_regions(browser, make, waiting):
    first, second = waiting(hours=30), waiting(OUISSELSATE)
    assert seen(browser.login(make.administrator()).get("/fr/desk")) == [*ids(first), *ids(second)]


def test_members_and_visitors_find_no_desk(browser, make, waiting):
    waiting()
    for user in (make(User), make.granted(GrantKind.AMBASSADOR), make.granted(GrantKind.TRUSTED_AUTHOR)):
        browser.login(user).get("/fr/desk", 404)
        browser.get("/fr/desk/decisions", 404)
    assert "/account/sign-in" in browser.logout().client.get("/fr/desk").headers["location"]


def test_what_is_late_is_marked_and_coordinators_see_it_with_who_should_answer(browser, make, waiting):
    late, fresh = waiting(hours=24 * 8), waiting(OUISSELSATE)
    moderator = make.moderator("09")
    make.moderator("08")
    page = browser.login(moderator).get("/fr/desk")
    assert len(page.select("article.late")) == len(late)
    page = browser.login(make.granted(GrantKind.COORDINATOR)).get("/fr/desk")
    theirs = ids(late)
    assert [one for one in seen(page) if one in theirs] == theirs
    assert set(seen(page)) - set(theirs) == set(ids(fresh, Kind.CALL, Kind.FEEDBACK))
    card = page.select_one(f"#news-{late[Kind.NEWS]}")
    assert f"Réponse attendue de : {moderator.name}" in " ".join(card.get_text().split())
    assert card.select("form") == []


def test_a_coordinator_learns_where_nobody_answers(browser, make, waiting):
    late = waiting(hours=24 * 8)
    page = browser.login(make.granted(GrantKind.COORDINATOR)).get("/fr/desk")
    assert "Aucun modérateur ne s’occupe" in page.select_one(f"#project-{late[Kind.PROJECT]}").get_text(" ")


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in ELSEWHERE])
def test_a_tab_keeps_one_kind_with_its_count(browser, make, waiting, kind):
    here = waiting()
    page = browser.login(make.moderator("09")).get(f"/fr/desk?kind={kind}")
    assert seen(page) == ids(here, kind)
    current = page.select_one('.tabs a[aria-current="page"]')
    assert current.select_one(".tab-count").text == "1"


def test_a_tab_that_does_not_exist_shows_all(browser, make, waiting):
    here = waiting()
    assert seen(browser.login(make.moderator("09")).get("/fr/desk?kind=zz&show=zz")) == ids(here)


ANSWERS = [
    (Kind.ORGANISATION, "verify", {}),
    (Kind.ORGANISATION, "refuse", {"reason": "Une attestation manque."}),
    (Kind.PROJECT, "publish", {}),
    (Kind.PROJECT, "moderation/ask", {"words": "Combien de familles ?"}),
    (Kind.PROJECT, "moderation/return", {"words": "Dites où."}),
    (Kind.CONTRIBUTION, "approve", {}),
    (Kind.CONTRIBUTION, "refuse", {"word": "Un autre savoir-faire est cherché."}),
    (Kind.NEWS, "publish", {}),
    (Kind.NEWS, "return", {"words": "Quel jour ?"}),
    (Kind.CALL, "done", {"outcome": "Rappelé, idée postée."}),
    (Kind.FEEDBACK, "done", {}),
]


@pytest.mark.parametrize(("kind", "verb", "words"), ANSWERS)
def test_every_answer_comes_back_to_the_desk_and_can_be_taken_back(browser, make, waiting, locale, kind, verb, words):
    here = waiting()
    browser.login(make.moderator("09"))
    page = browser.get(f"/{locale}/desk?kind={kind}")
    card = page.select_one("article.waiting")
    (form,) = [f for f in card.select("form") if verb in f["action"]][:1]
    fields = {field["name"]: field["value"] for field in form.select("input")}
    page = browser.post(form["action"], **{**fields, **words})
    assert page.url.endswith(f"/{locale}/desk?kind={kind}")
    assert seen(page) == []
    assert page.select_one(".empty")
    page = browser.submit(page, "undo")
    assert page.url.endswith(f"/{locale}/desk?kind={kind}")
    assert seen(page) == ids(here, kind)


def test_decisions_are_remembered_with_their_words_and_undone_from_there(browser, make, waiting, locale, session):
    waiting()
    moderator = make.moderator("09")
    browser.login(moderator)
    for kind, verb, words in {answer[0]: answer for answer in ANSWERS}.values():
        browser.submit(browser.get(f"/{locale}/desk?kind={kind}"), verb, **words)
    page = browser.get(f"/{locale}/desk/decisions")
    decided = len(page.select("article"))
    assert decided == len({kind for kind, *_rest in ANSWERS})
    assert "Rappelé, idée postée." in page.words
    undo = [form["action"] for form in page.select("article form")]
    assert len(undo) == decided
    for action in undo:
        page = browser.post(action)
        assert page.url.endswith(f"/{locale}/desk/decisions")
    assert page.select("article form") == []
    assert len(page.select("article")) == decided
    browser.login(make.moderator("09")).get(f"/{locale}/desk/decisions")


def test_what_is_too_old_to_undo_has_no_button(browser, make, waiting, session, monkeypatch):
    here = waiting()
    browser.login(make.moderator("09"))
    browser.post(f"/fr/news/{here[Kind.NEWS]}/publish")
    later = now() + timedelta(minutes=11)
    monkeypatch.setattr("app.moderation.decisions.now", lambda: later)
    page = browser.get("/fr/desk/decisions")
    assert len(page.select("article")) == 1
    assert page.select("article form") == []


def test_the_same_few_questions_are_asked_however_long_the_desk(browser, make, waiting, query_count):
    browser.login(make.moderator("09"))
    counts = []
    for n in (1, 4):
        for _ in range(n):
            waiting()
        before = query_count()
        browser.get("/fr/desk")
        counts.append(query_count() - before)
    assert counts[0] == counts[1]


def test_a_coordinators_desk_costs_the_same_too(browser, make, waiting, query_count):
    browser.login(make.granted(GrantKind.COORDINATOR))
    make.moderator("09")
    counts = []
    for n in (1, 4):
        for _ in range(n):
            waiting(hours=24 * 9)
            make.moderator("08", countries=("FR",))
        before = query_count()
        browser.get("/fr/desk")
        counts.append(query_count() - before)
    assert counts[0] == counts[1]


def test_the_list_of_decisions_costs_the_same_too(browser, make, waiting, query_count):
    browser.login(make.moderator("09"))
    counts = []
    for _ in range(2):
        here = waiting()
        browser.post(f"/fr/news/{here[Kind.NEWS]}/publish", follow=False)
        browser.post(f"/fr/organisations/memberships/{here[Kind.ORGANISATION]}/verify", follow=False)
        before = query_count()
        browser.get("/fr/desk/decisions")
        counts.append(query_count() - before)
    assert counts[0] == counts[1]


def test_the_number_in_the_header_is_one_question_and_says_what_the_desk_shows(
    browser, make, waiting, session, query_count
):
    waiting()
    moderator = make.moderator("09")
    _ = moderator.scopes, moderator.grants
    before = query_count()
    assert queries.waiting_count(session, moderator) == 6
    assert query_count() - before == 1
    page = browser.login(moderator).get("/fr/news")
    assert page.select_one(".bell .badge").get_text(" ").split()[0] == "6"
    assert page.select_one('.menu-sheet a[href$="/desk"] .badge').text == "6"
    assert browser.login(make(User)).get("/fr/news").select(".menu .badge, .bell .badge") == []


def test_counts_agree_with_lists_for_everybody(session, make, waiting):
    waiting(hours=24 * 9)
    waiting(OUISSELSATE)
    for user in (
        make.moderator("09"),
        make.moderator("08", countries=("FR",)),
        make.moderator(everywhere=True),
        make.administrator(),
        make.granted(GrantKind.COORDINATOR),
        make(User),
    ):
        items = queries.waiting(session, user, None, 99)
        counted = queries.counts(session, user)
        assert {kind: sum(item.kind is kind for item in items) for kind in Kind} == counted


def test_a_long_desk_shows_the_oldest_fifty_then_more(browser, make):
    moments = [now() - timedelta(minutes=n) for n in range(60)]
    made = [make(AssistanceRequest, created_at=moment) for moment in moments]
    page = browser.login(make.moderator("09")).get("/fr/desk")
    assert len(seen(page)) == 50
    assert seen(page)[0] == f"feedback-{made[-1].id}"
    page = browser.get(page.select_one(".pagination a")["href"])
    assert len(seen(page)) == 60
    assert page.select(".pagination") == []
    fields = {field["name"]: field["value"] for field in page.select_one("article form").select("input")}
    assert fields["then"].endswith("/fr/desk?show=100")


def test_an_empty_desk_has_a_kind_word(browser, make, locale):
    page = browser.login(make.moderator("09")).get(f"/{locale}/desk")
    assert page.select_one(".empty")


def test_what_was_decided_by_another_leaves_the_desk(session, make, waiting):
    here = waiting()
    session.get_one(NewsItem, here[Kind.NEWS]).state = NewsState.RETURNED
    session.get_one(Contribution, here[Kind.CONTRIBUTION]).state = State.WITHDRAWN
    session.get_one(Project, here[Kind.PROJECT]).moderation = Moderation.QUESTION
    kinds = {item.kind for item in queries.waiting(session, make.moderator("09"), None, 9)}
    assert kinds == {Kind.ORGANISATION, Kind.CALL, Kind.FEEDBACK}
