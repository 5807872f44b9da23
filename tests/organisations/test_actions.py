from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.journal.actions import TooLateToUndo
from app.journal.models import Entry, Subject
from app.journal.queries import history
from app.kernel.database import at, now
from app.kernel.errors import Forbidden, NotFound
from app.notifications.models import Message, MessageState
from app.organisations import actions, finding, queries
from app.organisations.actions import AlreadyDecided, Where
from app.organisations.models import Membership, MembershipState, Organisation, OrganisationKind
from app.territories import queries as territories
from tests.factories import ARBAA_SAHEL, OUISSELSATE


@pytest.fixture
def agent(make):
    return make(User, name="Brahim")


@pytest.fixture
def commune(session, agent):
    return actions.of_territory(session, agent, territories.get(session, ARBAA_SAHEL))


def declared(session, user, **given):
    fields = {
        "kind": OrganisationKind.DIASPORA_ASSOCIATION,
        "name_fr": "Les amis d’Afoulki",
        "name_ar": "",
        "where": Where(country="FR", town="Nanterre"),
        **given,
    }
    return actions.declare(session, user, **fields)


def entry_about(session, membership):
    return history(session, Subject.MEMBERSHIP, membership.id)[-1]


def messages_to(session, user):
    return session.exec(select(Message).where(Message.recipient_id == user.id)).all()


def test_a_commune_has_one_organisation_whoever_asks_first(session, make, agent, commune):
    again = actions.of_territory(session, make(User), territories.get(session, ARBAA_SAHEL))
    assert again.id == commune.id
    assert (commune.region_code, commune.province_code, commune.commune_code) == ("09", "09.581", ARBAA_SAHEL)
    assert commune.name_ar == "جماعة أربعاء الساحل"
    province = actions.of_territory(session, agent, territories.get(session, "09.581"))
    region = actions.of_territory(session, agent, territories.get(session, "09"))
    assert (province.kind, province.commune_code) == (OrganisationKind.PROVINCE, None)
    assert (region.kind, region.province_code, region.place) == (
        OrganisationKind.REGION,
        None,
        "Souss-Massa (région)",
    )


def test_asking_twice_is_asking_once(session, agent, commune):
    first = actions.ask_to_speak(session, agent, commune, "agent de développement")
    assert actions.ask_to_speak(session, agent, commune, "président").id == first.id
    assert first.function == "agent de développement"


def test_a_moderator_verifies_the_person_and_the_organisation_at_once(session, make, agent, commune):
    membership = actions.ask_to_speak(session, agent, commune, "agent")
    assert queries.verified_organisation_ids(session, agent) == set()
    actions.verify(session, make.moderator("09"), membership)
    assert commune.verified_at is not None
    assert queries.verified_organisation_ids(session, agent) == {commune.id}
    assert [one.id for one in queries.speaks_for(session, agent)] == [commune.id]
    (message,) = messages_to(session, agent)
    assert "Commune d’Arbaa Sahel" in message.subject
    assert message.not_before > now() + timedelta(minutes=9)


def test_the_message_names_the_organisation_in_its_readers_language(session, make):
    agent = make(User, locale="ar")
    commune = actions.of_territory(session, agent, territories.get(session, ARBAA_SAHEL))
    membership = actions.ask_to_speak(session, agent, commune, "عون التنمية")
    actions.verify(session, make.moderator("09"), membership)
    (message,) = messages_to(session, agent)
    assert "جماعة أربعاء الساحل" in message.subject


def test_a_moderator_of_another_region_cannot(session, make, agent, commune):
    membership = actions.ask_to_speak(session, agent, commune, "agent")
    for moderator in (make.moderator("08"), make.moderator(countries=("FR",)), make(User)):
        with pytest.raises(Forbidden):
            actions.verify(session, moderator, membership)
        with pytest.raises(Forbidden):
            actions.refuse(session, moderator, membership, "non")
    assert membership.state is MembershipState.WAITING


def test_the_second_of_two_moderators_hears_that_it_is_decided(session, make, agent, commune):
    membership = actions.ask_to_speak(session, agent, commune, "agent")
    actions.verify(session, make.moderator("09"), membership)
    with pytest.raises(AlreadyDecided):
        actions.refuse(session, make.moderator("09"), membership, "non")


def test_a_refusal_takes_the_declared_organisation_with_it_and_says_why(session, make, agent):
    organisation = declared(session, agent)
    membership = actions.ask_to_speak(session, agent, organisation, "présidente")
    actions.refuse(session, make.moderator(countries=("FR",)), membership, "Elle n’est pas déclarée en préfecture.")
    assert organisation.refused_at is not None
    (message,) = messages_to(session, agent)
    assert "Elle n’est pas déclarée en préfecture." in message.body
    assert finding.find(session, "Afoulki") == []
    assert queries.get(session, agent, organisation.id) is organisation
    with pytest.raises(NotFound):
        queries.get(session, make(User), organisation.id)


def test_a_refused_person_leaves_the_organisation_of_others_alone(session, make, agent):
    organisation = declared(session, agent)
    actions.ask_to_speak(session, agent, organisation, "présidente")
    other = actions.ask_to_speak(session, make(User), organisation, "inconnu")
    actions.refuse(session, make.moderator(everywhere=True), other, "Personne ne vous y connaît.")
    assert organisation.refused_at is None


def test_a_commune_stays_even_if_its_first_claimant_is_refused(session, make, agent, commune):
    membership = actions.ask_to_speak(session, agent, commune, "agent")
    actions.refuse(session, make.moderator("09"), membership, "Demandez une attestation.")
    assert commune.refused_at is None
    again = actions.ask_to_speak(session, agent, commune, "agent")
    assert again.id != membership.id
    assert again.state is MembershipState.WAITING


def test_asking_again_wakes_a_refused_organisation(session, make, agent):
    organisation = declared(session, agent)
    first = actions.ask_to_speak(session, agent, organisation, "présidente")
    actions.refuse(session, make.moderator(everywhere=True), first, "Il manque une adresse.")
    actions.ask_to_speak(session, agent, organisation, "présidente")
    assert organisation.refused_at is None
    assert [m.organisation_id for m in queries.memberships_of(session, agent)] == [organisation.id]


def test_somebody_added_by_a_moderator_in_scope_is_verified_at_once(session, make, agent, commune):
    with pytest.raises(Forbidden):
        actions.add(session, make.moderator("08"), commune, agent, "agent")
    membership = actions.add(session, make.moderator("09"), commune, agent, "agent")
    assert membership.state is MembershipState.VERIFIED
    assert len(messages_to(session, agent)) == 1


def test_undoing_a_verification_brings_both_back_and_cancels_the_message(session, make, agent, commune):
    moderator = make.moderator("09")
    membership = actions.ask_to_speak(session, agent, commune, "agent")
    entry = actions.verify(session, moderator, membership)
    actions.undo(session, moderator, membership, entry)
    assert membership.state is MembershipState.WAITING
    assert (membership.decided_at, membership.decided_by_id) == (None, None)
    assert commune.verified_at is None
    assert [message.state for message in messages_to(session, agent)] == [MessageState.CANCELLED]


def test_undoing_the_first_of_two_verifications_keeps_the_organisation(session, make, agent, commune):
    moderator = make.moderator("09")
    first = actions.ask_to_speak(session, agent, commune, "agent")
    second = actions.ask_to_speak(session, make(User), commune, "présidente")
    entry = actions.verify(session, moderator, first)
    actions.verify(session, moderator, second)
    actions.undo(session, moderator, first, entry)
    assert commune.verified_at is not None
    assert first.state is MembershipState.WAITING


def test_undoing_a_refusal_opens_the_organisation_again(session, make, agent):
    organisation = declared(session, agent)
    moderator = make.moderator(everywhere=True)
    membership = actions.ask_to_speak(session, agent, organisation, "présidente")
    actions.undo(session, moderator, membership, actions.refuse(session, moderator, membership, "Non."))
    assert organisation.refused_at is None
    assert membership.state is MembershipState.WAITING


def test_only_the_one_who_decided_takes_it_back_and_not_late(session, make, agent, commune):
    moderator = make.moderator("09")
    membership = actions.ask_to_speak(session, agent, commune, "agent")
    entry = actions.verify(session, moderator, membership)
    with pytest.raises(TooLateToUndo):
        actions.undo(session, make.moderator("09"), membership, entry)
    entry.at = now() - timedelta(minutes=11)
    with pytest.raises(TooLateToUndo):
        actions.undo(session, moderator, membership, entry)
    assert membership.state is MembershipState.VERIFIED


def test_a_member_leaves_and_comes_back_by_undo_unless_they_asked_again(session, make, agent, commune):
    membership = actions.add(session, make.moderator("09"), commune, agent, "agent")
    entry = actions.leave(session, agent, membership)
    assert queries.verified_organisation_ids(session, agent) == set()
    actions.undo(session, agent, membership, entry)
    assert queries.verified_organisation_ids(session, agent) == {commune.id}
    entry = actions.leave(session, agent, membership)
    actions.ask_to_speak(session, agent, commune, "agent")
    with pytest.raises(TooLateToUndo):
        actions.undo(session, agent, membership, entry)


def test_a_verified_member_ends_the_membership_of_another_who_is_told(session, make, agent, commune):
    moderator = make.moderator("09")
    gone = make(User)
    membership = actions.add(session, moderator, commune, gone, "stagiaire")
    with pytest.raises(Forbidden):
        actions.end(session, agent, membership)
    actions.add(session, moderator, commune, agent, "agent")
    actions.end(session, agent, membership)
    assert membership.state is MembershipState.ENDED
    assert len(messages_to(session, gone)) == 2
    assert queries.memberships_of(session, gone) == []


def test_those_who_wait_are_listed_for_their_moderators_oldest_first(session, make, agent, commune):
    far = actions.of_territory(session, agent, territories.get(session, OUISSELSATE))
    abroad = declared(session, agent)
    with at(now() - timedelta(days=20)):
        late = actions.ask_to_speak(session, agent, far, "agent")
    near = actions.ask_to_speak(session, agent, commune, "agent")
    away = actions.ask_to_speak(session, agent, abroad, "présidente")

    def seen_by(user):
        return [membership.id for membership in queries.waiting_memberships(session, user, 50)]

    assert seen_by(make.moderator("09")) == [near.id]
    assert seen_by(make.moderator("08")) == [late.id]
    assert seen_by(make.moderator(countries=("FR",))) == [away.id]
    assert seen_by(make.administrator()) == [late.id, near.id, away.id]
    assert seen_by(make.granted("coordinator")) == [late.id]
    assert seen_by(agent) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("afoulki", "Les amis d’Afoulki"),
        ("Association Afoulky", "Les amis d’Afoulki"),
        ("تعاونية الزيتون", "تعاونية الزيتون بتيزنيت"),
        ("الزيتون تزنيت", "تعاونية الزيتون بتيزنيت"),
        ("Zaytoune", "Coopérative Zaytoun"),
    ],
)
def test_an_organisation_is_found_with_a_typing_mistake_in_either_language(session, make, typed, expected):
    make(Organisation, name_fr="Les amis d’Afoulki", country="FR", town="Lyon")
    make(Organisation, name_fr="", name_ar="تعاونية الزيتون بتيزنيت", commune_code=ARBAA_SAHEL, region_code="09")
    make(Organisation, name_fr="Coopérative Zaytoun", commune_code=ARBAA_SAHEL, region_code="09")
    make(Organisation, name_fr="Association des parents d’élèves", commune_code=ARBAA_SAHEL, region_code="09")
    assert finding.find(session, typed)[0].name == expected


def test_a_commune_without_organisation_is_proposed_too_and_only_once_it_has_one(session, agent):
    (candidate, *_) = finding.find(session, "Arbaa Sahel")
    assert (candidate.choice, candidate.name) == (f"t{ARBAA_SAHEL}", "Commune d’Arbaa Sahel")
    commune = actions.of_territory(session, agent, territories.get(session, ARBAA_SAHEL))
    assert finding.named(session, agent, candidate.choice) is commune
    choices = [one.choice for one in finding.find(session, "Arbaa Sahel")]
    assert f"o{commune.id}" in choices
    assert candidate.choice not in choices


@pytest.mark.parametrize("choice", ["", "o", "o999999999", "t", "t99", "x1", "o1;", "t09.581.11.99", "o٣"])
def test_a_choice_that_nobody_proposed_stands_for_nothing(session, agent, choice):
    assert finding.named(session, agent, choice) is None


def test_an_organisation_named_alike_is_noticed(session, make):
    make(Organisation, name_fr="Association Afoulki pour le développement", country="FR")
    assert [one.name for one in finding.alike(session, ["Afoulki pour le développement", ""])]
    assert finding.alike(session, ["Afoulki", ""]) == []
    assert finding.alike(session, ["Association des femmes", "جمعية"]) == []


def test_every_move_is_in_the_journal_with_its_author(session, make, agent, commune):
    moderator = make.moderator("09")
    membership = actions.ask_to_speak(session, agent, commune, "agent")
    actions.verify(session, moderator, membership)
    moves: list[Entry] = history(session, Subject.MEMBERSHIP, membership.id)
    assert [(one.verb, one.actor_id, one.to_state) for one in moves] == [
        ("ask", agent.id, "waiting"),
        ("verify", moderator.id, "verified"),
    ]


def test_a_second_waiting_row_is_impossible_in_the_database_too(session, make, agent, commune):
    from sqlalchemy.exc import IntegrityError

    actions.ask_to_speak(session, agent, commune, "agent")
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(Membership(organisation_id=commune.id, user_id=agent.id))
        session.flush()
