import pytest
from sqlmodel import select

from app.accounts.models import User
from app.organisations import actions, queries
from app.organisations.models import Membership, MembershipState, Organisation, OrganisationKind
from app.territories import queries as territories
from tests.factories import ARBAA_SAHEL


@pytest.fixture
def agent(make):
    return make(User, name="Brahim Tester")


@pytest.fixture
def commune(session, agent):
    return actions.of_territory(session, agent, territories.get(session, ARBAA_SAHEL))


@pytest.mark.parametrize(("locale", "typed"), [("fr", "arbaa sahl"), ("ar", "اربعاء الساحل")], indirect=["locale"])
def test_an_agent_finds_the_commune_and_asks_to_speak_for_it(browser, agent, session, locale, typed):
    page = browser.login(agent).get(f"/{locale}/organisations/join?q={typed}")
    choice = f"t{ARBAA_SAHEL}"
    assert page.select_one(f'input[name=choice][value="{choice}"]')
    fields = {"choice": choice, "function": "Agent de développement communal"}
    page = browser.submit(page, "join", **fields, q=typed)
    membership = session.exec(select(Membership)).one()
    assert membership.function == "Agent de développement communal"
    assert page.url.endswith(f"/{locale}/organisations/{membership.organisation_id}")
    assert page.select_one(".next.wait")
    assert page.select_one(".notice.done")


def test_a_double_click_asks_once(browser, agent, session):
    page = browser.login(agent).get("/fr/organisations/join?q=Anzi")
    form = {**page.form("join"), "choice": page.select_one("input[name=choice]")["value"], "function": "Élue"}
    first = browser.post("/fr/organisations/join", **form)
    assert browser.post("/fr/organisations/join", **form).url == first.url
    assert len(session.exec(select(Membership)).all()) == 1


def test_without_a_choice_the_list_comes_back_with_a_sentence(browser, agent, locale):
    page = browser.login(agent).get(f"/{locale}/organisations/join?q=Anzi")
    page = browser.submit(page, "join", status=422, function="x" * 81)
    assert page.error_of("choice")
    assert page.error_of("function")
    assert page.select_one("#f-function")["value"] == "x" * 81
    assert page.select("input[name=choice]")


def test_a_choice_that_does_not_exist_is_refused_in_words(browser, agent, session):
    browser.login(agent)
    for choice in ("o99999", "t99.999.99.99", "o99999999999999999999", "anything"):
        page = browser.post("/fr/organisations/join", 422, choice=choice, function="Élue", q="Anzi")
        assert page.error_of("choice") == "Choisissez une organisation de la liste."
    assert session.exec(select(Membership)).all() == []


def test_a_visitor_signs_in_first(browser):
    assert browser.client.get("/fr/organisations/join").headers["location"].startswith("/fr/account/sign-in")


DECLARATION = {
    "kind": "diaspora_association",
    "name_fr": "Les enfants d’Anzi",
    "name_ar": "أبناء أنزي",
    "where": "abroad",
    "country": "FR",
    "town": "Gennevilliers",
    "function": "Secrétaire",
}


def test_an_association_of_the_diaspora_is_declared(browser, agent, session, locale):
    page = browser.login(agent).get(f"/{locale}/organisations/new?q=Les enfants d’Anzi")
    assert page.select_one("#f-name_fr")["value"] == "Les enfants d’Anzi"
    page = browser.submit(page, "new", **DECLARATION)
    organisation = session.exec(select(Organisation)).one()
    assert (organisation.country, organisation.town, organisation.region_code) == ("FR", "Gennevilliers", None)
    assert "Gennevilliers" in page.words


def test_a_cooperative_is_declared_with_its_commune_typed(browser, agent, session):
    page = browser.login(agent).get("/fr/organisations/new")
    given = {"kind": "cooperative", "name_ar": "تعاونية أفولكي", "where": "morocco", "commune": "Arbaa Sahel, Tiznit"}
    browser.submit(page, "new", **given, function="Présidente")
    organisation = session.exec(select(Organisation)).one()
    assert (organisation.commune_code, organisation.region_code, organisation.country) == (ARBAA_SAHEL, "09", "MA")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_fr": "", "name_ar": ""}, "name_fr"),
        ({"kind": ""}, "kind"),
        ({"kind": "commune"}, "kind"),
        ({"kind": "cooperative"}, "where"),
        ({"kind": "foreign_municipality", "where": "morocco", "commune": "Anzi, Tiznit"}, "where"),
        ({"where": "morocco", "commune": ""}, "commune"),
        ({"where": "morocco", "commune": "Nulle-part-du-tout"}, "commune"),
        ({"country": "MA"}, "country"),
        ({"country": "XX"}, "country"),
        ({"town": ""}, "town"),
        ({"function": ""}, "function"),
        ({"name_fr": "é" * 201}, "name_fr"),
        ({"about": "a\x00b"}, "about"),
        ({"about": "x" * 601}, "about"),
    ],
)
def test_a_declaration_that_cannot_be_comes_back_as_typed(browser, agent, session, changes, field):
    page = browser.login(agent).post("/fr/organisations/new", 422, **{**DECLARATION, **changes})
    assert page.error_of(field)
    assert page.select_one("#f-name_ar")["value"] == {**DECLARATION, **changes}["name_ar"]
    assert session.exec(select(Organisation)).all() == []


def test_a_name_that_is_nearly_known_is_shown_before_it_is_taken(browser, agent, make, session):
    known = make(Organisation, name_fr="Association Les enfants d’Anzi", country="FR", town="Paris")
    browser.login(agent)
    page = browser.post("/fr/organisations/new", 422, **DECLARATION)
    assert page.select_one("#alike a")["href"].endswith(f"choice=o{known.id}")
    browser.submit(page, "organisations/new")
    assert len(session.exec(select(Organisation)).all()) == 2


def test_a_waiting_organisation_is_seen_by_its_people_and_its_moderators_only(browser, make, session, agent, commune):
    actions.ask_to_speak(session, agent, commune, "agent")
    url = f"/fr/organisations/{commune.id}"
    browser.get(url, 404)
    for stranger in (make(User), make.moderator("08"), make.moderator(countries=("FR",))):
        browser.login(stranger).get(url, 404)
    for known in (agent, make.moderator("09"), make.administrator()):
        browser.login(known).get(url)


def test_names_of_members_are_for_members_and_moderators(browser, make, session, agent, commune):
    actions.add(session, make.moderator("09"), commune, agent, "agent")
    url = f"/fr/organisations/{commune.id}"
    assert "Commune d’Arbaa Sahel" in browser.get(url).words
    assert "Brahim Tester" not in browser.get(url).words
    assert "Brahim Tester" not in browser.login(make(User)).get(url).words
    assert "Brahim Tester" not in browser.login(make.moderator("08")).get(url).words
    assert "Brahim Tester" in browser.login(agent).get(url).words
    assert "Brahim Tester" in browser.login(make.moderator("09")).get(url).words


def test_a_moderator_verifies_from_the_page_and_takes_it_back(browser, make, session, agent, commune, locale):
    membership = actions.ask_to_speak(session, agent, commune, "agent")
    browser.login(make.moderator("09"))
    page = browser.get(f"/{locale}/organisations/{commune.id}")
    assert agent.email in page.words
    page = browser.submit(page, "verify")
    assert membership.state is MembershipState.VERIFIED
    page = browser.submit(page, "undo")
    assert membership.state is MembershipState.WAITING
    assert page.url.endswith(f"/{locale}/organisations/{commune.id}")


def test_a_refusal_needs_a_reason_which_the_person_reads(browser, make, session, agent, commune, locale):
    membership = actions.ask_to_speak(session, agent, commune, "agent")
    page = browser.login(make.moderator("09")).get(f"/{locale}/organisations/{commune.id}")
    refused = browser.submit(page, "refuse", status=422)
    assert refused.error_of("reason")
    browser.submit(refused, "refuse", reason="Une attestation de la commune manque.")
    assert membership.state is MembershipState.REFUSED
    page = browser.login(agent).get(f"/{locale}/organisations/{commune.id}")
    assert "Une attestation de la commune manque." in page.words


@pytest.mark.parametrize("verb", ["verify", "refuse", "end", "leave"])
def test_what_somebody_may_not_see_is_absent(browser, make, session, agent, commune, verb):
    membership = actions.ask_to_speak(session, agent, commune, "agent")
    for stranger in (make(User), make.moderator("08")):
        browser.login(stranger).post(f"/fr/organisations/memberships/{membership.id}/{verb}", 404, reason="non")
    assert membership.state is MembershipState.WAITING


def test_a_decision_already_taken_says_so(browser, make, session, agent, commune):
    membership = actions.ask_to_speak(session, agent, commune, "agent")
    actions.verify(session, make.moderator("09"), membership)
    page = browser.login(make.moderator("09")).post(f"/fr/organisations/memberships/{membership.id}/verify", 409)
    assert "déjà répondu" in page.words


def test_a_decision_goes_back_to_the_page_it_came_from_and_never_elsewhere(browser, make, session, agent, commune):
    membership = actions.ask_to_speak(session, agent, commune, "agent")
    browser.login(make.moderator("09"))
    url = f"/fr/organisations/memberships/{membership.id}/verify"
    answer = browser.client.post(url, data={"then": "//evil.example"})
    assert answer.headers["location"] == f"http://testserver/fr/organisations/{commune.id}".removeprefix(
        "http://testserver"
    )


def test_a_moderator_adds_somebody_by_their_address(browser, make, session, commune, locale):
    person = make(User)
    browser.login(make.moderator("09"))
    page = browser.get(f"/{locale}/organisations/{commune.id}")
    refused = browser.submit(page, "members", status=422, contact="personne@example.org", function="Présidente")
    assert refused.error_of("contact")
    assert refused.select_one("#f-contact")["value"] == "personne@example.org"
    browser.submit(page, "members", contact=person.email, function="Présidente")
    assert queries.verified_organisation_ids(session, person) == {commune.id}


def test_a_moderator_of_another_region_adds_nobody(browser, make, session, agent, commune):
    actions.add(session, make.moderator("09"), commune, agent, "agent")
    browser.login(make.moderator("08"))
    browser.post(f"/fr/organisations/{commune.id}/members", 404, contact=make(User).email, function="Élue")


def test_a_member_leaves_and_may_take_it_back(browser, make, session, agent, commune, locale):
    membership = actions.add(session, make.moderator("09"), commune, agent, "agent")
    page = browser.login(agent).get(f"/{locale}/organisations/{commune.id}")
    page = browser.submit(page, "leave")
    assert membership.state is MembershipState.ENDED
    browser.submit(page, "undo")
    assert membership.state is MembershipState.VERIFIED


def test_the_list_of_ones_own_says_what_waits(browser, make, session, agent, commune):
    actions.ask_to_speak(session, agent, commune, "agent")
    page = browser.login(agent).get("/fr/organisations/join")
    assert "En attente de vérification" in page.words
    assert "Commune d’Arbaa Sahel" in page.words


def test_a_page_costs_the_same_however_many_members(browser, make, session, agent, commune, query_count):
    moderator = make.moderator("09")
    browser.login(moderator)
    counts = []
    for _ in range(2):
        for _ in range(4):
            actions.add(session, moderator, commune, make(User), "élue")
            actions.ask_to_speak(session, make(User), commune, "élu")
        before = query_count()
        browser.get(f"/fr/organisations/{commune.id}")
        counts.append(query_count() - before)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("number", ["0", "99999", "99999999999999999999"])
def test_a_page_that_does_not_exist_is_absent(browser, number):
    browser.get(f"/fr/organisations/{number}", 404)


def test_a_foreign_town_waits_for_the_moderators_of_its_country(browser, make, session, agent):
    browser.login(agent)
    given = {**DECLARATION, "kind": "foreign_municipality", "name_fr": "Ville de Grenoble", "name_ar": ""}
    browser.post("/fr/organisations/new", **given)
    organisation = session.exec(select(Organisation)).one()
    assert organisation.kind is OrganisationKind.FOREIGN_MUNICIPALITY
    assert queries.waiting_memberships(session, make.moderator(countries=("FR",)), 5)
    assert not queries.waiting_memberships(session, make.moderator("09"), 5)
