from typing import Any

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.contributions.models import Contribution
from app.journal.models import Subject
from app.journal.queries import history
from app.kernel.errors import Forbidden, Invalid
from app.matching.chips import ChipState
from app.matching.models import MatchDocument, Objection
from app.notifications.models import Message
from app.organisations.models import Membership, MembershipState, Organisation, OrganisationKind
from app.profiles import actions, groups, queries
from app.profiles.forms import Answers, GroupForm, ProfileForm
from app.profiles.models import GroupMember, Profile, ProfileKind, ProfilePlace, Visibility
from app.territories.queries import get_all
from tests.factories import ARBAA_SAHEL, TINZART
from tests.profiles.conftest import ANSWERS


def form(**given: Any) -> ProfileForm:
    return ProfileForm(**{**ANSWERS, "places_new": [], **given})


def group_form(**given: Any) -> GroupForm:
    return GroupForm(**{**ANSWERS, "places_new": [], "name": "Les amis du livre", **given})


@pytest.fixture
def answers(session):
    return Answers(get_all(session, [ARBAA_SAHEL, "09.541", "08"]), ["fr", "ber"])


@pytest.fixture
def amina(session, make, answers):
    return actions.create(session, make(User, name="Amina Tazi"), form(), answers)


@pytest.fixture
def group(session, make, answers):
    return actions.create_shared(session, make(User, name="Brahim O."), group_form(), answers)


def document(session, profile) -> MatchDocument | None:
    return session.get(MatchDocument, ("profile", profile.id), populate_existing=True)


def concepts(profile, state: ChipState) -> list[str]:
    return [chip.concept_id for chip in profile.chips if chip.state is state]


def test_a_profile_keeps_what_was_said_and_is_handed_to_matching(session, amina):
    assert amina.visibility is Visibility.CARD
    assert {place.code for place in amina.places} == {ARBAA_SAHEL, "09.541", "08"}
    assert (amina.language, amina.languages, amina.on_site, amina.remote) == ("fr", ["fr", "ber"], False, True)
    assert "gestion des déchets" in [chip.mention for chip in amina.chips]
    assert document(session, amina).packed
    assert [entry.verb for entry in history(session, Subject.PROFILE, amina.id)] == ["created"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Soudeur depuis dix ans", "fr"),
        ("أنا مهندسة في تدبير النفايات", "ar"),
        ("I train teachers and librarians", "en"),
    ],
)
def test_the_language_of_the_text_is_recognised(session, make, answers, text, language):
    assert actions.create(session, make(User), form(abilities=text), answers).language == language


def test_a_person_has_one_profile(session, amina, answers):
    with pytest.raises(actions.AlreadyThere):
        actions.create(session, amina.owner, form(), answers)


def test_an_edited_profile_is_read_again(session, amina, answers):
    before = document(session, amina).packed
    new = Answers(get_all(session, [TINZART, ARBAA_SAHEL]), ["ar", "pt"])
    actions.edit(session, amina.owner, amina, form(abilities="Menuiserie et soudure", version=1), new)
    session.refresh(amina)
    assert [place.code for place in amina.places] == [ARBAA_SAHEL, TINZART]
    assert amina.version == 2
    assert "gestion des déchets" not in [chip.mention for chip in amina.chips]
    assert document(session, amina).packed != before


def test_an_edit_that_began_before_another_was_saved_is_refused(session, amina, answers):
    actions.edit(session, amina.owner, amina, form(town="Lyon", version=1), answers)
    with pytest.raises(Invalid):
        actions.edit(session, amina.owner, amina, form(town="Marseille", version=1), answers)
    assert amina.town == "Lyon"


def test_nobody_edits_the_profile_of_somebody_else(session, make, amina, answers):
    stranger = make.administrator()
    with pytest.raises(Forbidden):
        actions.edit(session, stranger, amina, form(version=1), answers)
    with pytest.raises(Forbidden):
        actions.show_as(session, stranger, amina, Visibility.OPEN)
    with pytest.raises(Forbidden):
        actions.delete(session, stranger, amina)
    with pytest.raises(Forbidden):
        actions.correct_chips(session, stranger, amina, [])


def test_a_removed_chip_does_not_come_back(session, amina, answers):
    shown = concepts(amina, ChipState.PROPOSED)
    removed, *kept = shown
    actions.correct_chips(session, amina.owner, amina, kept)
    assert removed in concepts(amina, ChipState.REMOVED)
    assert concepts(amina, ChipState.KEPT) == kept
    actions.edit(session, amina.owner, amina, form(town="Lyon", version=1), answers)
    assert removed in concepts(amina, ChipState.REMOVED)
    assert removed not in [*concepts(amina, ChipState.KEPT), *concepts(amina, ChipState.PROPOSED)]


def test_not_to_tick_what_was_only_asked_about_objects_to_nothing(session, amina, answers):
    actions.edit(
        session,
        amina.owner,
        amina,
        form(abilities="Gestion des déchets : tri, formation des équipes", version=1),
        answers,
    )
    *kept, unticked = concepts(amina, ChipState.PROPOSED)
    actions.correct_chips(session, amina.owner, amina, [*kept, unticked])
    assert concepts(amina, ChipState.REMOVED), "formation was asked about, and not ticked"
    assert session.exec(select(Objection)).all() == []
    actions.correct_chips(session, amina.owner, amina, kept)
    assert [one.concept_id for one in session.exec(select(Objection))] == [unticked]


def test_a_kept_chip_outlives_the_words_it_was_found_in(session, amina, answers):
    kept = concepts(amina, ChipState.PROPOSED)
    actions.correct_chips(session, amina.owner, amina, kept)
    actions.edit(session, amina.owner, amina, form(abilities="Menuiserie", version=1), answers)
    assert set(kept) <= set(concepts(amina, ChipState.KEPT))


def test_a_chip_that_was_removed_may_be_taken_back(session, amina):
    everything = concepts(amina, ChipState.PROPOSED)
    actions.correct_chips(session, amina.owner, amina, [])
    actions.correct_chips(session, amina.owner, amina, everything)
    assert set(everything) == set(concepts(amina, ChipState.KEPT))


@pytest.mark.parametrize("unknown", ["nothing of ours", "", "../../etc"])
def test_a_concept_that_does_not_exist_is_refused(session, amina, unknown):
    with pytest.raises(Invalid):
        actions.correct_chips(session, amina.owner, amina, [unknown])


def test_kept_chips_change_what_matching_knows(session, amina):
    before = document(session, amina).packed
    actions.correct_chips(session, amina.owner, amina, concepts(amina, ChipState.PROPOSED))
    assert document(session, amina).packed != before


def test_whoever_hides_is_found_by_nobody_until_they_come_back(session, amina):
    actions.show_as(session, amina.owner, amina, Visibility.HIDDEN)
    assert not document(session, amina).packed
    actions.show_as(session, amina.owner, amina, Visibility.OPEN)
    assert document(session, amina).packed
    moved = [(entry.from_state, entry.to_state) for entry in history(session, Subject.PROFILE, amina.id, ["shown_as"])]
    assert moved == [("card", "hidden"), ("hidden", "open")]


def test_editing_while_hidden_does_not_make_one_found_again(session, amina, answers):
    actions.show_as(session, amina.owner, amina, Visibility.HIDDEN)
    actions.edit(session, amina.owner, amina, form(town="Lyon", version=1), answers)
    assert not document(session, amina).packed


def test_a_deleted_profile_is_gone_and_may_be_made_anew(session, amina, answers):
    owner, number = amina.owner, amina.id
    actions.delete(session, owner, amina)
    assert session.get(Profile, number) is None
    assert session.exec(select(ProfilePlace).where(ProfilePlace.profile_id == number)).all() == []
    assert not session.get(MatchDocument, ("profile", number)).packed
    assert actions.create(session, owner, form(), answers).id != number


def test_a_profile_with_a_history_is_emptied_instead(session, make, amina, answers):
    make(Contribution, profile_id=amina.id)
    actions.delete(session, amina.owner, amina)
    session.refresh(amina)
    assert (amina.abilities, amina.occupation, amina.other, amina.town, amina.links) == ("", "", "", "", [])
    assert (amina.places, amina.chips, amina.languages) == ([], [], [])
    assert amina.visibility is Visibility.HIDDEN
    assert not document(session, amina).packed
    again = actions.create(session, amina.owner, form(), answers)
    assert again.id == amina.id and again.visibility is Visibility.CARD and document(session, again).packed


def test_a_group_with_a_history_keeps_its_name_and_no_member(session, make, group):
    make(Contribution, profile_id=group.id)
    groups.invite(session, group.owner, group)
    actions.delete(session, group.owner, group)
    session.refresh(group)
    assert group.name == "Les amis du livre" and group.abilities == ""
    assert queries.members(session, group) == [] and queries.invitation(session, group) is None


def test_a_group_is_tied_to_a_territory_and_has_a_name(session, make):
    nowhere = Answers([], ["fr"])
    with pytest.raises(Invalid) as refused:
        actions.create_shared(session, make(User), group_form(), nowhere)
    assert refused.value.field == "places"
    with pytest.raises(Invalid) as refused:
        actions.create_shared(session, make(User), group_form(name=""), nowhere)
    assert refused.value.field == "name"


class TestAssociation:
    @pytest.fixture
    def association(self, make):
        return make(Organisation, kind=OrganisationKind.DIASPORA_ASSOCIATION, name_fr="Association Afoulki")

    def test_whoever_was_verified_to_speak_for_it_opens_its_profile(self, session, make, association, answers):
        speaker = make(User)
        make(Membership, organisation_id=association.id, user_id=speaker.id)
        profile = actions.create_shared(session, speaker, group_form(name="", organisation=association.id), answers)
        assert (profile.kind, profile.name) == (ProfileKind.ASSOCIATION, "Association Afoulki")

    @pytest.mark.parametrize("state", [MembershipState.WAITING, MembershipState.REFUSED, MembershipState.ENDED])
    def test_others_are_sent_to_a_group(self, session, make, association, answers, state):
        speaker = make(User)
        make(Membership, organisation_id=association.id, user_id=speaker.id, state=state)
        with pytest.raises(Invalid) as refused:
            actions.create_shared(session, speaker, group_form(organisation=association.id), answers)
        assert refused.value.field == "organisation"

    def test_a_commune_is_no_contributor(self, session, make, answers):
        speaker = make(User)
        commune = make(Organisation, kind=OrganisationKind.COMMUNE, commune_code=ARBAA_SAHEL, region_code="09")
        make(Membership, organisation_id=commune.id, user_id=speaker.id)
        with pytest.raises(Invalid):
            actions.create_shared(session, speaker, group_form(organisation=commune.id), answers)

    def test_it_has_one_profile(self, session, make, association, answers):
        for expected in (True, False):
            speaker = make(User)
            make(Membership, organisation_id=association.id, user_id=speaker.id)
            if expected:
                actions.create_shared(session, speaker, group_form(organisation=association.id), answers)
            else:
                with pytest.raises(Invalid):
                    actions.create_shared(session, speaker, group_form(organisation=association.id), answers)

    def test_it_is_handed_over_to_somebody_who_speaks_for_it(self, session, make, association, answers):
        speaker, other = make(User), make(User)
        make(Membership, organisation_id=association.id, user_id=speaker.id)
        profile = actions.create_shared(session, speaker, group_form(organisation=association.id), answers)
        groups.join(session, other, profile)
        with pytest.raises(groups.NotOfAssociation):
            groups.hand_over(session, speaker, profile, other.id)
        make(Membership, organisation_id=association.id, user_id=other.id)
        groups.hand_over(session, speaker, profile, other.id)
        assert profile.owner_id == other.id


class TestGroup:
    def names(self, session, group) -> list[str]:
        return [member.user.name for member in queries.members(session, group)]

    def messages(self, session, user) -> list[str]:
        return [message.kind for message in session.exec(select(Message).where(Message.recipient_id == user.id))]

    def test_its_contact_is_told_of_whoever_joins_once(self, session, make, group):
        amina = make(User, name="Amina")
        groups.join(session, amina, group)
        groups.join(session, amina, group)
        assert self.names(session, group) == ["Brahim O.", "Amina"]
        assert self.messages(session, group.owner) == ["member_joined"]

    def test_a_new_link_ends_the_one_before(self, session, group):
        first = groups.invite(session, group.owner, group).code
        second = groups.invite(session, group.owner, group).code
        assert queries.group_invited_to(session, second).id == group.id
        with pytest.raises(queries.NotFound):
            queries.group_invited_to(session, first)

    def test_only_the_contact_invites_hands_over_and_removes(self, session, make, group):
        amina = make(User)
        groups.join(session, amina, group)
        with pytest.raises(Forbidden):
            groups.invite(session, amina, group)
        with pytest.raises(Forbidden):
            groups.hand_over(session, amina, group, amina.id)
        with pytest.raises(Forbidden):
            groups.remove(session, amina, group, group.owner_id)

    def test_a_member_leaves_the_contact_stays(self, session, make, group):
        amina = make(User)
        groups.join(session, amina, group)
        groups.leave(session, amina, group)
        assert self.names(session, group) == ["Brahim O."]
        with pytest.raises(groups.ContactStays):
            groups.leave(session, group.owner, group)
        with pytest.raises(groups.NotAMember):
            groups.leave(session, amina, group)

    def test_the_contact_hands_over_and_stays_a_member(self, session, make, group):
        amina, brahim = make(User, name="Amina"), group.owner
        with pytest.raises(groups.NotAMember):
            groups.hand_over(session, brahim, group, amina.id)
        groups.join(session, amina, group)
        groups.hand_over(session, brahim, group, amina.id)
        assert group.owner_id == amina.id
        assert self.messages(session, amina) == ["contact_handed_over"]
        groups.leave(session, brahim, group)
        assert self.names(session, group) == ["Amina"]

    def test_the_contact_removes_whoever_came_by_mistake(self, session, make, group):
        amina = make(User)
        groups.join(session, amina, group)
        groups.remove(session, group.owner, group, amina.id)
        assert self.names(session, group) == ["Brahim O."]
        with pytest.raises(groups.ContactStays):
            groups.remove(session, group.owner, group, group.owner_id)

    def test_two_hundred_are_enough(self, session, make, group, monkeypatch):
        monkeypatch.setattr(groups, "MOST_MEMBERS", 2)
        groups.join(session, make(User), group)
        with pytest.raises(groups.GroupFull):
            groups.join(session, make(User), group)

    def test_deleting_it_takes_its_members_along(self, session, group):
        number = group.id
        actions.delete(session, group.owner, group)
        assert session.exec(select(GroupMember).where(GroupMember.profile_id == number)).all() == []
