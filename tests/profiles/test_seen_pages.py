"""What others see of a profile: agents, moderators, members, visitors."""

import pytest
from sqlmodel import col, select

from app.accounts.models import User
from app.matching.chips import ChipState
from app.organisations.models import Membership, MembershipState, Organisation
from app.profiles import queries
from app.profiles.cards import FullCard
from app.profiles.models import GroupMember, Profile, ProfileChip, ProfileKind, ProfilePlace, Visibility
from app.taxonomy.models import Concept, ConceptKind
from tests.factories import ARBAA_SAHEL

SECRETS = (
    "Amina",
    "Tazi",
    "amina.tazi@example.org",
    "500000099",
    "5 00 00 00 99",
    "Villeurbanne",
    "fourgon",
    "linkedin",
)


@pytest.fixture
def amina(make):
    """Careless: her name, e-mail and telephone are in what she wrote, too."""
    owner = make(User, name="Amina Tazi", email="amina.tazi@example.org", phone="+212500000099")
    profile = make(
        Profile,
        owner_id=owner.id,
        abilities="Je m’appelle AMINA TAZI : gestion des déchets. amina.tazi@example.org ou +212 5 00 00 00 99",
        occupation="Ingénieure (Amina Tazi)",
        availability="Le soir au +212500000099",
        town="Villeurbanne",
        other="Un fourgon",
        links=["https://linkedin.com/in/amina-tazi"],
        themes=["waste"],
    )
    make(ProfilePlace, profile_id=profile.id, commune_code=ARBAA_SAHEL)
    return profile


@pytest.fixture
def agent(make):
    user = make(User)
    organisation = make(Organisation)
    make(Membership, organisation_id=organisation.id, user_id=user.id)
    return user


def test_an_agent_sees_a_card_without_name_nor_address(browser, amina, agent, locale):
    page = browser.login(agent).get(f"/{locale}/profiles/{amina.id}")
    source = str(page)
    assert not [secret for secret in SECRETS if secret.casefold() in source.casefold()]
    known = {"fr": ("France", "Arbaa Sahel", "amazighe", "Déchets"), "ar": ("فرنسا", "أربعاء الساحل", "الأمازيغية")}
    assert all(words in page.words for words in known[locale])
    assert "gestion des déchets" in page.words and "Ingénieure" in page.words


def test_an_agent_sees_the_name_of_whoever_opened_it_but_no_address(browser, make, agent, locale):
    owner = make(User, name="Amina Tazi", email="amina.tazi@example.org")
    opened = make(Profile, owner_id=owner.id, visibility=Visibility.OPEN, town="Villeurbanne")
    page = browser.login(agent).get(f"/{locale}/profiles/{opened.id}")
    assert "Amina Tazi" in page.select_one("h1").text and "Villeurbanne" in page.words
    assert "example.org" not in page.words


@pytest.mark.parametrize("action", ["edit", "chips"])
def test_an_agent_edits_nothing(browser, amina, agent, action):
    browser.login(agent).get(f"/fr/profiles/{amina.id}/{action}", status=404)


@pytest.mark.parametrize(
    "action", ["edit", "chips", "visibility", "delete", "invitation", "contact", "remove", "leave"]
)
def test_nobody_writes_on_the_profile_of_somebody_else(browser, make, amina, agent, action):
    for user in (agent, make.moderator(everywhere=True), make.administrator(), make(User)):
        browser.login(user).post(f"/fr/profiles/{amina.id}/{action}", status=404, member=str(user.id))


def test_others_find_no_profile_at_all(browser, make, amina, locale):
    browser.get(f"/{locale}/profiles/{amina.id}", status=404)
    browser.login(make(User)).get(f"/{locale}/profiles/{amina.id}", status=404)


@pytest.mark.parametrize("number", ["0", "999999", "2147483648", "99999999999999999999999"])
def test_a_profile_that_does_not_exist_is_absent(browser, agent, number):
    browser.login(agent).get(f"/fr/profiles/{number}", status=404)


@pytest.mark.parametrize(
    ("scope", "sees_name"),
    [({"countries": ("FR",)}, True), ({"countries": ("BE",)}, False), ({"everywhere": True}, True)],
)
def test_a_moderator_of_the_country_sees_all_but_addresses(browser, make, amina, scope, sees_name):
    moderator = make.moderator(**scope)
    page = browser.login(moderator).get(f"/fr/profiles/{amina.id}")
    assert ("Amina Tazi" in page.select_one("h1").text) is sees_name
    assert ("fourgon" in page.words) is sees_name


def test_for_people_in_morocco_it_is_the_moderator_of_a_region_that_matters(browser, make):
    profile = make(Profile, owner_id=make(User, name="Amina Tazi").id, country="MA", visibility=Visibility.HIDDEN)
    make(ProfilePlace, profile_id=profile.id, province_code="09.581")
    assert "Amina" in browser.login(make.moderator("09")).get(f"/fr/profiles/{profile.id}").words
    browser.login(make.moderator("08")).get(f"/fr/profiles/{profile.id}", status=404)


def test_whoever_hides_is_absent_for_agents(browser, make, agent):
    hidden = make(Profile, visibility=Visibility.HIDDEN)
    browser.login(agent).get(f"/fr/profiles/{hidden.id}", status=404)


@pytest.mark.parametrize("state", [MembershipState.WAITING, MembershipState.REFUSED, MembershipState.ENDED])
def test_whoever_is_not_verified_is_no_agent(browser, make, amina, state):
    user = make(User)
    make(Membership, organisation_id=make(Organisation).id, user_id=user.id, state=state)
    browser.login(user).get(f"/fr/profiles/{amina.id}", status=404)


def test_who_speaks_for_an_organisation_that_waits_is_no_agent(browser, make, amina):
    user = make(User)
    make(Membership, organisation_id=make(Organisation, verified_at=None).id, user_id=user.id)
    browser.login(user).get(f"/fr/profiles/{amina.id}", status=404)


def test_whoever_closed_their_account_is_proposed_no_more(session, browser, make, amina, agent):
    amina.owner.closed_at = amina.created_at
    session.add(amina.owner)
    browser.login(agent).get(f"/fr/profiles/{amina.id}", status=404)


class TestCards:
    def test_each_viewer_gets_what_they_may_see(self, session, make, amina, agent):
        hidden = make(Profile, visibility=Visibility.HIDDEN)
        opened = make(Profile, visibility=Visibility.OPEN)
        everyone = [amina.id, hidden.id, opened.id]
        seen = queries.cards(session, agent, everyone)
        assert set(seen) == {amina.id, opened.id}
        assert not isinstance(seen[amina.id], FullCard) and isinstance(seen[opened.id], FullCard)
        assert queries.cards(session, make(User), everyone) == {}
        assert queries.cards(session, agent, []) == {}

    def test_an_agreement_gives_the_name(self, session, amina, agent):
        assert queries.cards(session, agent, [amina.id], agreed={amina.id})[amina.id].name == "Amina Tazi"

    def test_nothing_in_a_nameless_card_tells_who_it_is(self, session, amina, agent, locale):
        shown = queries.cards(session, agent, [amina.id])[amina.id]
        said = repr(shown).casefold()
        assert not [secret for secret in SECRETS if secret.casefold() in said]

    def test_ten_cost_the_same_queries_as_two(self, session, make, agent, query_count):
        skill = session.get_one(Concept, _a_skill(session))

        def people(n: int) -> list[int]:
            made = [make(Profile) for _ in range(n)]
            for profile in made:
                make(ProfilePlace, profile_id=profile.id, commune_code=ARBAA_SAHEL)
                make(ProfilePlace, profile_id=profile.id, region_code="08")
                make(ProfileChip, profile_id=profile.id, concept_id=skill.id, state=ChipState.KEPT)
            return [profile.id for profile in made]

        few, many = people(2), people(10)
        costs = []
        for ids in (few, many):
            session.expire_all()
            session.refresh(agent)
            before = query_count()
            assert len(queries.cards(session, agent, ids)) == len(ids)
            costs.append(query_count() - before)
        assert costs[0] == costs[1] <= 12

    def test_what_the_rules_allow_is_what_the_query_finds(self, session, make, agent):
        """`visible_to` and `rules.level` say the same, for every kind of viewer."""
        everywhere, north = make.moderator(everywhere=True), make.moderator("01", countries=("BE",))
        viewers = [make(User), agent, everywhere, north, make.administrator()]
        profiles = [
            make(Profile, country=country, visibility=visibility)
            for country in ("FR", "BE", "MA")
            for visibility in Visibility
        ]
        for profile in profiles:
            make(ProfilePlace, profile_id=profile.id, region_code="01")
        group = make(Profile, kind=ProfileKind.GROUP, visibility=Visibility.HIDDEN)
        make(GroupMember, profile_id=group.id, user_id=viewers[0].id)
        profiles.append(group)
        for viewer in viewers:
            found = {profile.id for profile in session.exec(queries.visible_to(viewer))}
            for profile in profiles:
                try:
                    _, level = queries.profile_for(session, viewer, profile.id)
                except queries.NotFound:
                    level = queries.Level.NOTHING
                assert (profile.id in found) is (level is not queries.Level.NOTHING), (viewer.role, profile)


def _a_skill(session) -> str:
    return session.exec(select(Concept.id).where(col(Concept.kind) == ConceptKind.SKILL).limit(1)).one()
