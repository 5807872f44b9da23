from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.accounts.models import User
from app.contributions import actions, queries, rules, sides
from app.contributions.actions import AlreadyThere, NoLongerSought, NoPlace, OwnProject
from app.contributions.models import Contribution, DeclineReason, Origin, State
from app.contributions.moving import AlreadyMoved
from app.contributions.rules import Verb
from app.journal.actions import TooLateToUndo
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid, NotFound
from app.notifications.models import Message, MessageState
from app.profiles.models import Profile, Visibility
from app.projects.models import CoAuthor, Moderation, Need, NeedState, Project, Stage


@pytest.fixture
def told(session):
    """Who was told what since the last call: (person, kind of message), without those that were called back."""
    seen = set()

    def since():
        session.flush()
        rows = session.exec(select(Message).where(Message.state != MessageState.CANCELLED).order_by(col(Message.id)))
        new = [row for row in rows if row.id not in seen]
        seen.update(row.id for row in new)
        return {(row.recipient_id, row.kind) for row in new}

    return since


@pytest.fixture
def journal(session):
    def verbs(contribution):
        session.flush()
        rows = session.exec(
            select(Entry)
            .where(Entry.subject_kind == Subject.CONTRIBUTION, Entry.subject_id == contribution.id)
            .order_by(col(Entry.id))
        )
        return [(row.verb, row.from_state, row.to_state, row.actor_id) for row in rows]

    return verbs


@pytest.fixture
def offer(session, case):
    return actions.offer(session, case.person, case.need, case.profile, "Je peux aider.")


@pytest.fixture
def approved_offer(session, case, offer):
    actions.approve(session, case.moderator, offer)
    return offer


@pytest.fixture
def invitation(session, case):
    return actions.invite(session, case.agent, case.need, case.profile, "Nous cherchons quelqu’un comme vous.")


@pytest.fixture
def approved_invitation(session, case, invitation):
    actions.approve(session, case.abroad, invitation)
    return invitation


class TestOffering:
    def test_it_waits_for_the_moderators_of_both_shores_and_nobody_else_hears_of_it(self, case, offer, told, journal):
        assert offer.state is State.PROPOSED
        assert told() == {(case.moderator.id, "contribution_to_approve"), (case.abroad.id, "contribution_to_approve")}
        assert journal(offer) == [("offer", None, "proposed", case.person.id)]

    def test_a_moderator_of_everything_is_told_when_nobody_looks_after_it(self, make, session, told):
        anywhere = make.moderator(everywhere=True)
        need, profile = make(Need), make(Profile, country="ES")
        actions.offer(session, session.get(User, profile.owner_id), need, profile, "Me voici.")
        assert told() == {(anywhere.id, "contribution_to_approve")}

    def test_a_second_offer_leads_to_the_first(self, session, case, offer):
        with pytest.raises(AlreadyThere) as refused:
            actions.offer(session, case.person, case.need, case.profile, "Encore moi.")
        assert refused.value.contribution.id == offer.id

    def test_somebody_who_was_declined_may_offer_again(self, session, case, approved_offer):
        actions.decline(session, case.agent, approved_offer, DeclineReason.NOT_NOW)
        again = actions.offer(session, case.person, case.need, case.profile, "Et maintenant ?")
        assert again.id != approved_offer.id

    def test_the_team_needs_no_offer_from_itself(self, session, make, case):
        mine = make(Profile, owner_id=case.author.id)
        with pytest.raises(OwnProject):
            actions.offer(session, case.author, case.need, mine, "Moi !")

    def test_nobody_offers_in_the_name_of_somebody_else(self, session, case):
        with pytest.raises(NotFound):
            actions.offer(session, case.author, case.need, case.profile, "Elle peut.")

    @pytest.mark.parametrize("state", [NeedState.FILLED, NeedState.CLOSED])
    def test_a_need_that_seeks_nobody_takes_no_offer(self, session, case, state):
        case.need.state = state
        with pytest.raises(NoLongerSought):
            actions.offer(session, case.person, case.need, case.profile, "Je peux.")

    def test_a_project_that_is_not_published_takes_no_offer(self, session, case):
        case.project.moderation, case.project.published_at = Moderation.WAITING, None
        with pytest.raises(NoLongerSought):
            actions.offer(session, case.person, case.need, case.profile, "Je peux.")


class TestInviting:
    def test_an_agents_invitation_waits_for_a_moderator(self, case, invitation, told):
        assert (invitation.state, invitation.origin) == (State.PROPOSED, Origin.INVITATION)
        assert {person for person, _ in told()} == {case.moderator.id, case.abroad.id}

    def test_a_co_author_may_invite_too(self, session, make, case):
        friend = make(User)
        make(CoAuthor, project_id=case.project.id, user_id=friend.id, invited_by_id=case.author.id)
        assert actions.invite(session, friend, case.need, case.profile, "Venez.").state is State.PROPOSED

    def test_a_moderators_own_invitation_is_approved_and_leaves_after_the_undo_delay(self, session, case, told):
        one = actions.invite(session, case.moderator, case.need, case.profile, "Ce projet vous ressemble.")
        assert (one.state, one.approved_by_id) == (State.APPROVED, case.moderator.id)
        assert told() == {
            (case.person.id, "invited"),
            (case.author.id, "invitation_left"),
            (case.agent.id, "invitation_left"),
        }
        assert all(message.not_before > now() + timedelta(minutes=9) for message in session.exec(select(Message)))

    def test_a_moderator_of_elsewhere_may_invite_but_another_one_approves(self, session, make, case):
        elsewhere = make.moderator("01")
        assert actions.invite(session, elsewhere, case.need, case.profile, "Peut-être ?").state is State.PROPOSED

    def test_a_passer_by_invites_nobody(self, session, make, case):
        with pytest.raises(NotFound):
            actions.invite(session, make(User), case.need, case.profile, "Venez.")

    def test_a_hidden_person_is_invited_by_nobody(self, session, case):
        case.profile.visibility = Visibility.HIDDEN
        with pytest.raises(NotFound):
            actions.invite(session, case.agent, case.need, case.profile, "Venez.")

    def test_the_team_does_not_invite_itself(self, session, make, case):
        with pytest.raises(OwnProject):
            actions.invite(session, case.agent, case.need, make(Profile, owner_id=case.author.id), "Viens.")


class TestApproving:
    def test_an_offer_reaches_the_team_and_the_person_knows(self, case, session, offer, told, journal):
        told()
        actions.approve(session, case.moderator, offer)
        assert (offer.state, offer.approved_by_id) == (State.APPROVED, case.moderator.id)
        assert told() == {
            (case.author.id, "offer_received"),
            (case.agent.id, "offer_received"),
            (case.person.id, "offer_sent_on"),
        }
        assert journal(offer)[-1] == ("approve", "proposed", "approved", case.moderator.id)

    def test_an_invitation_reaches_the_person_and_the_team_knows(self, case, session, invitation, told):
        told()
        actions.approve(session, case.abroad, invitation)
        assert told() == {
            (case.person.id, "invited"),
            (case.author.id, "invitation_left"),
            (case.agent.id, "invitation_left"),
        }

    def test_each_reads_in_their_own_language(self, session, case, approved_offer):
        rows = {message.recipient_id: message for message in session.exec(select(Message))}
        assert rows[case.agent.id].locale == "ar"
        assert rows[case.agent.id].link == f"/ar/contributions/{approved_offer.id}"
        assert rows[case.author.id].locale == "fr"
        assert "propose son aide" in rows[case.author.id].body
        assert "propose son aide" not in rows[case.agent.id].body

    @pytest.mark.parametrize("who", ["person", "agent", "author"])
    def test_only_a_moderator_approves(self, session, case, offer, who):
        with pytest.raises(Forbidden):
            actions.approve(session, getattr(case, who), offer)
        assert offer.state is State.PROPOSED

    def test_a_second_moderator_comes_too_late(self, session, case, approved_offer):
        with pytest.raises(AlreadyMoved):
            actions.refuse(session, case.abroad, approved_offer, "Pas le bon métier.")

    def test_a_refusal_has_kind_words_and_only_who_asked_hears_them(self, session, case, offer, told):
        told()
        with pytest.raises(Invalid):
            actions.refuse(session, case.moderator, offer, "")
        assert offer.state is State.PROPOSED
        actions.refuse(session, case.moderator, offer, "Ce besoin demande un géomètre.", DeclineReason.OTHER_SKILL)
        assert offer.state is State.REFUSED
        assert told() == {(case.person.id, "not_retained")}
        message = session.exec(select(Message).where(Message.kind == "not_retained")).one()
        assert "Ce besoin demande un géomètre." in message.body

    def test_whoever_invited_hears_why_an_invitation_did_not_leave(self, session, case, invitation, told):
        told()
        actions.refuse(session, case.moderator, invitation, "Cette personne est déjà très demandée.")
        assert told() == {(case.agent.id, "not_retained")}


class TestUndoing:
    def last(self, session, contribution):
        return session.exec(
            select(Entry).where(Entry.subject_id == contribution.id).order_by(col(Entry.id).desc())
        ).first()

    def test_an_approval_is_taken_back_and_no_message_leaves(self, session, case, approved_offer, told, journal):
        actions.undo(session, case.moderator, approved_offer, self.last(session, approved_offer))
        assert (approved_offer.state, approved_offer.approved_by_id) == (State.PROPOSED, None)
        assert {kind for _, kind in told()} == {"contribution_to_approve"}
        assert journal(approved_offer)[-1][:3] == ("undo_approve", "approved", "proposed")
        assert not rules.may_see(sides.ties(session, case.agent), approved_offer)

    def test_a_refusal_is_taken_back_with_its_words(self, session, case, offer, told):
        entry = actions.refuse(session, case.moderator, offer, "Non.", DeclineReason.NOT_NOW)
        actions.undo(session, case.moderator, offer, entry)
        assert (offer.state, offer.reason, offer.word) == (State.PROPOSED, None, "")
        assert {kind for _, kind in told()} == {"contribution_to_approve"}

    def test_a_moderators_invitation_is_taken_back_before_it_leaves(self, session, case, told):
        one = actions.invite(session, case.moderator, case.need, case.profile, "Ce projet vous ressemble.")
        actions.undo(session, case.moderator, one, self.last(session, one))
        assert one.state is State.WITHDRAWN
        assert told() == set()
        assert not rules.may_see(sides.ties(session, case.person), one)

    def test_nobody_takes_back_what_another_decided(self, session, case, approved_offer):
        with pytest.raises(TooLateToUndo):
            actions.undo(session, case.abroad, approved_offer, self.last(session, approved_offer))

    def test_what_was_answered_stays(self, session, case, approved_offer):
        entry = self.last(session, approved_offer)
        actions.accept(session, case.agent, approved_offer)
        with pytest.raises(TooLateToUndo):
            actions.undo(session, case.moderator, approved_offer, entry)

    def test_after_ten_minutes_it_has_left(self, session, case, approved_offer):
        entry = self.last(session, approved_offer)
        entry.at -= timedelta(minutes=11)
        with pytest.raises(TooLateToUndo):
            actions.undo(session, case.moderator, approved_offer, entry)

    def test_a_yes_is_no_decision_of_moderation(self, session, case, approved_offer):
        actions.accept(session, case.agent, approved_offer)
        with pytest.raises(TooLateToUndo):
            actions.undo(session, case.agent, approved_offer, self.last(session, approved_offer))


class TestAccepting:
    def test_the_team_says_yes_and_everybody_else_concerned_is_told(self, session, case, approved_offer, told, journal):
        told()
        assert actions.accept(session, case.agent, approved_offer, "Bienvenue.") is State.ACCEPTED
        assert told() == {(case.person.id, "contribution_agreed"), (case.author.id, "contribution_agreed")}
        assert journal(approved_offer)[-1] == ("accept", "approved", "accepted", case.agent.id)

    def test_with_the_first_yes_the_project_is_under_way_and_stays_so(self, session, case, approved_offer):
        actions.accept(session, case.author, approved_offer)
        assert case.project.stage is Stage.UNDER_WAY
        actions.withdraw(session, case.person, approved_offer)
        assert case.project.stage is Stage.UNDER_WAY

    def test_the_person_says_yes_to_an_invitation(self, session, case, approved_invitation, told):
        told()
        actions.accept(session, case.person, approved_invitation)
        assert told() == {(case.agent.id, "contribution_agreed"), (case.author.id, "contribution_agreed")}

    def test_nobody_accepts_for_the_other_side(self, session, case, approved_offer):
        for who in (case.person, case.moderator):
            with pytest.raises(Forbidden):
                actions.accept(session, who, approved_offer)

    def test_nothing_is_accepted_before_the_moderator(self, session, case, offer):
        with pytest.raises(AlreadyMoved):
            actions.accept(session, case.agent, offer)

    def test_the_need_is_filled_with_the_last_person_wanted(self, session, make, case, approved_offer):
        case.need.people_wanted = 2
        actions.accept(session, case.agent, approved_offer)
        assert case.need.state is NeedState.OPEN
        other = _approved(session, make, case)
        actions.accept(session, case.agent, other)
        assert case.need.state is NeedState.FILLED

    def test_when_all_places_are_taken_a_yes_leads_to_the_waiting_list(
        self, session, make, case, approved_offer, told, journal
    ):
        other = _approved(session, make, case)
        actions.accept(session, case.agent, approved_offer)
        told()
        assert actions.accept(session, case.agent, other) is State.WAITING_LIST
        assert other.state is State.WAITING_LIST
        assert told() == {(other.profile.owner_id, "on_waiting_list")}
        assert journal(other)[-1][:3] == ("accept", "approved", "waiting_list")

    def test_a_person_who_says_yes_too_late_waits_and_both_sides_know(
        self, session, make, case, approved_invitation, told
    ):
        actions.accept(session, case.agent, _approved(session, make, case))
        told()
        assert actions.accept(session, case.person, approved_invitation) is State.WAITING_LIST
        assert told() == {
            (case.person.id, "on_waiting_list"),
            (case.author.id, "waits_for_place"),
            (case.agent.id, "waits_for_place"),
        }

    def test_the_team_takes_one_more_if_it_says_so(self, session, make, case, approved_offer):
        other = _approved(session, make, case)
        actions.accept(session, case.agent, approved_offer)
        assert actions.accept(session, case.agent, other, one_more=True) is State.ACCEPTED
        assert queries.accepted_on(session, case.need.id) == 2
        assert case.need.state is NeedState.FILLED

    def test_a_person_does_not_make_a_place_for_themselves(self, session, make, case, approved_invitation):
        actions.accept(session, case.agent, _approved(session, make, case))
        assert actions.accept(session, case.person, approved_invitation, one_more=True) is State.WAITING_LIST

    def test_from_the_waiting_list_a_free_place_or_one_more_is_needed(self, session, make, case, approved_offer):
        first = _approved(session, make, case)
        actions.put_on_waiting_list(session, case.agent, approved_offer)
        actions.accept(session, case.agent, first)
        with pytest.raises(NoPlace):
            actions.accept(session, case.agent, approved_offer, "Bientôt.")
        assert (approved_offer.state, approved_offer.word) == (State.WAITING_LIST, "")
        actions.withdraw(session, first.profile.owner, first)
        assert actions.accept(session, case.agent, approved_offer) is State.ACCEPTED


class TestDeclining:
    def test_the_person_reads_why(self, session, case, approved_offer, told, journal):
        told()
        actions.decline(session, case.agent, approved_offer, DeclineReason.FOUND_OTHERS, "Merci beaucoup.")
        assert told() == {(case.person.id, "contribution_declined")}
        message = session.exec(select(Message).where(Message.kind == "contribution_declined")).one()
        assert "quelqu’un d’autre" in message.body
        assert "Merci beaucoup." in message.body
        assert journal(approved_offer)[-1][1:3] == ("approved", "declined")

    def test_without_a_reason_nothing_is_declined(self, session, case, approved_offer):
        with pytest.raises(Invalid) as refused:
            actions.decline(session, case.agent, approved_offer, None)
        assert refused.value.field == "reason"
        assert approved_offer.state is State.APPROVED

    def test_a_person_who_declines_stays_nameless(self, session, case, approved_invitation, told):
        told()
        actions.decline(session, case.person, approved_invitation, DeclineReason.NO_TIME)
        assert told() == {(case.agent.id, "contribution_declined"), (case.author.id, "contribution_declined")}
        for message in session.exec(select(Message).where(Message.kind == "contribution_declined")):
            assert case.person.name not in message.body + message.subject

    def test_whoever_was_faster_decides(self, session, case, approved_offer):
        actions.accept(session, case.agent, approved_offer)
        with pytest.raises(AlreadyMoved):
            actions.decline(session, case.author, approved_offer, DeclineReason.TOO_FAR)


class TestTheWaitingList:
    def test_the_person_is_told(self, session, case, approved_offer, told, journal):
        told()
        actions.put_on_waiting_list(session, case.agent, approved_offer, "Nous pensons à vous.")
        assert told() == {(case.person.id, "on_waiting_list")}
        assert journal(approved_offer)[-1][:3] == ("put_on_waiting_list", "approved", "waiting_list")

    def test_nobody_waits_who_was_invited_and_has_not_answered(self, session, case, approved_invitation):
        with pytest.raises(AlreadyMoved):
            actions.put_on_waiting_list(session, case.agent, approved_invitation)

    def test_the_team_may_let_go(self, session, case, approved_offer):
        actions.put_on_waiting_list(session, case.agent, approved_offer)
        actions.decline(session, case.author, approved_offer, DeclineReason.FOUND_OTHERS)
        assert approved_offer.state is State.DECLINED


class TestWithdrawing:
    def test_before_approval_nobody_else_hears_of_it(self, session, case, offer, told, journal):
        told()
        actions.withdraw(session, case.person, offer)
        assert told() == set()
        assert journal(offer)[-1][:3] == ("withdraw", "proposed", "withdrawn")

    def test_within_ten_minutes_of_approval_the_news_is_called_back(self, session, case, approved_offer, told):
        actions.withdraw(session, case.person, approved_offer)
        assert {kind for _, kind in told()} == {"contribution_to_approve"}

    def test_later_the_team_is_told(self, session, case, approved_offer, told):
        for entry in session.exec(select(Entry)):
            entry.at -= timedelta(hours=1)
        told()
        actions.withdraw(session, case.person, approved_offer, word="Je déménage.")
        assert told() == {
            (case.agent.id, "contribution_withdrawn"),
            (case.author.id, "contribution_withdrawn"),
        }

    def test_a_place_becomes_free_and_the_need_is_open_again(self, session, case, approved_offer, told):
        actions.accept(session, case.agent, approved_offer)
        assert case.need.state is NeedState.FILLED
        told()
        actions.withdraw(session, case.person, approved_offer, DeclineReason.NO_TIME)
        assert case.need.state is NeedState.OPEN
        assert told() == {
            (case.agent.id, "contribution_withdrawn"),
            (case.author.id, "contribution_withdrawn"),
        }

    def test_a_need_that_the_team_closed_stays_closed(self, session, case, approved_offer):
        actions.accept(session, case.agent, approved_offer)
        case.need.state = NeedState.CLOSED
        actions.withdraw(session, case.person, approved_offer)
        assert case.need.state is NeedState.CLOSED

    def test_the_person_is_told_when_the_team_gives_up(self, session, case, approved_offer, told):
        actions.accept(session, case.agent, approved_offer)
        told()
        actions.withdraw(session, case.author, approved_offer, DeclineReason.CHANGED)
        assert told() == {(case.person.id, "contribution_withdrawn")}


def test_an_answer_to_an_old_page_is_not_taken_for_another(session, case, approved_offer):
    actions.accept(session, case.agent, approved_offer)
    with pytest.raises(AlreadyMoved):
        actions.withdraw(session, case.person, approved_offer, seen=State.APPROVED)
    assert approved_offer.state is State.ACCEPTED


def test_no_message_ever_holds_an_address(session, make, case):
    """Every verb from both origins, and every message that they wrote."""
    for origin in Origin:
        one = _approved(session, make, case, origin)
        asked = case.agent if origin is Origin.OFFER else one.profile.owner
        actions.accept(session, asked, one, one_more=True)
        actions.withdraw(session, one.profile.owner, one)
        refused = _begun(session, make, case, origin)
        actions.refuse(session, case.moderator, refused, "Une autre fois.")
        declined = _approved(session, make, case, origin)
        asked = case.agent if origin is Origin.OFFER else declined.profile.owner
        actions.decline(session, asked, declined, DeclineReason.NOT_NOW)
    waiting = _approved(session, make, case)
    actions.put_on_waiting_list(session, case.agent, waiting)
    session.flush()
    messages = session.exec(select(Message)).all()
    assert {message.kind for message in messages} >= {
        "invited",
        "offer_received",
        "contribution_agreed",
        "not_retained",
    }
    people = session.exec(select(User)).all()
    for message in messages:
        said = message.subject + message.body + message.link
        for person in people:
            assert person.email is None or person.email not in said
            assert person.phone is None or person.phone[-6:] not in said.replace(" ", "")


def test_a_closed_account_is_told_nothing(session, case, offer, told):
    told()
    case.agent.closed_at = now()
    actions.approve(session, case.moderator, offer)
    assert case.agent.id not in {person for person, _ in told()}


def _begun(session, make, case, origin=Origin.OFFER) -> Contribution:
    profile = make(Profile, owner_id=make(User, name="Quelqu’un Dautre").id)
    if origin is Origin.OFFER:
        return actions.offer(session, session.get(User, profile.owner_id), case.need, profile, "Moi aussi.")
    return actions.invite(session, case.agent, case.need, profile, "Venez aussi.")


def _approved(session, make, case, origin=Origin.OFFER) -> Contribution:
    one = _begun(session, make, case, origin)
    actions.approve(session, case.moderator, one)
    return one


def test_every_verb_of_the_table_has_its_action():
    assert {verb.value for verb in Verb} <= set(dir(actions))


def test_a_project_elsewhere_is_untouched(session, make, case, approved_offer):
    other = make(Need, project_id=make(Project).id)
    actions.accept(session, case.agent, approved_offer)
    assert other.state is NeedState.OPEN
