"""What other screens read: the desk, and the number in the header."""

from datetime import timedelta

import pytest

from app.accounts.models import GrantKind, User
from app.contributions import actions, cards, queries, rules, sides
from app.contributions.models import Contribution, Origin, State
from app.kernel.database import at, now
from app.profiles.models import GroupMember, Profile, ProfileKind
from app.profiles.rules import Level
from app.projects.models import CoAuthor, Need, Project


def test_the_desk_shows_what_waits_in_ones_scope_oldest_first(session, make, case):
    first = actions.offer(session, case.person, case.need, case.profile, "Je peux.")
    second = actions.invite(session, case.agent, case.need, make(Profile, country="CA"), "Venez.")
    elsewhere = make(Project, commune_code="08.401.03.11")
    actions.invite(
        session,
        session.get(User, elsewhere.author_id),
        make(Need, project_id=elsewhere.id),
        make(Profile, country="CA"),
        "Venez.",
    )
    assert [one.id for one in queries.proposed_contributions(session, case.moderator)] == [first.id, second.id]
    assert [one.id for one in queries.proposed_contributions(session, case.abroad)] == [first.id]
    assert len(queries.proposed_contributions(session, make.moderator(everywhere=True))) == 3
    assert len(queries.proposed_contributions(session, make.administrator())) == 3
    assert queries.proposed_contributions(session, case.agent) == []
    actions.approve(session, case.moderator, first)
    assert [one.id for one in queries.proposed_contributions(session, case.moderator)] == [second.id]


def test_nobody_judges_their_own_offer(session, make, case):
    moderator = make.moderator("09")
    actions.offer(session, moderator, case.need, make(Profile, owner_id=moderator.id), "Moi-même.")
    assert queries.proposed_contributions(session, moderator) == []
    assert len(queries.proposed_contributions(session, case.moderator)) == 1


def test_a_card_of_the_desk_asks_nothing_more_of_the_database(session, make, case, query_count):
    def counted():
        session.flush()
        session.expire_all()
        moderator = session.get(User, case.moderator.id)
        ties = sides.ties(session, moderator)
        before = query_count()
        for one in queries.proposed_contributions(session, moderator):
            cards.card(ties, one, {})
        return query_count() - before

    actions.offer(session, case.person, case.need, case.profile, "Je peux.")
    few = counted()
    for _ in range(6):
        profile = make(Profile)
        need = make(Need, project_id=make(Project).id)
        actions.offer(session, session.get(User, profile.owner_id), need, profile, "Moi aussi.")
    assert counted() <= few + 1


def test_the_header_counts_answers_that_are_waited_for(session, make, case):
    def waiting():
        return {who: queries.waiting_for(session, getattr(case, who)) for who in ("person", "agent", "author")}

    offer = actions.offer(session, case.person, case.need, case.profile, "Je peux.")
    assert waiting() == {"person": 0, "agent": 0, "author": 0}
    actions.approve(session, case.moderator, offer)
    assert waiting() == {"person": 0, "agent": 1, "author": 1}
    actions.put_on_waiting_list(session, case.agent, offer)
    assert waiting() == {"person": 0, "agent": 1, "author": 1}
    actions.accept(session, case.agent, offer)
    assert waiting() == {"person": 0, "agent": 0, "author": 0}
    need = make(Need, project_id=case.project.id)
    actions.approve(session, case.moderator, actions.invite(session, case.agent, need, case.profile, "Venez."))
    assert waiting() == {"person": 1, "agent": 0, "author": 0}


@pytest.mark.parametrize("origin", list(Origin))
@pytest.mark.parametrize("state", list(State))
def test_what_the_rules_let_somebody_see_is_what_the_queries_find(session, make, case, origin, state):
    """`visible_to` and `_waits_for` say in SQL what `may_see` and `whose_turn` say in Python."""
    member, co_author = make(User), make(User)
    group = make(Profile, owner_id=case.person.id, kind=ProfileKind.GROUP)
    make(GroupMember, profile_id=group.id, user_id=member.id)
    make(CoAuthor, project_id=case.project.id, user_id=co_author.id)
    people = [
        *(case.person, case.author, case.agent, case.moderator, case.abroad, member, co_author),
        *(make(User), make.moderator("01"), make.moderator(everywhere=True), make.administrator()),
        make.granted(GrantKind.COORDINATOR),
    ]
    for approved in (None, case.moderator.id):
        creator = case.person if origin is Origin.OFFER else case.agent
        one = make(
            Contribution,
            need_id=case.need.id,
            profile_id=group.id,
            origin=origin,
            state=state,
            created_by_id=creator.id,
            approved_by_id=approved,
            state_since=now() - timedelta(days=6),
        )
        for user in people:
            ties = sides.ties(session, user)
            found = session.exec(queries.visible_to(ties).where(Contribution.id == one.id)).all()
            assert bool(found) == rules.may_see(ties, one), (user.id, approved)
            turn = rules.whose_turn(one)
            waits = turn in rules.parties(ties, one) and turn is not rules.Party.MODERATOR
            if approved:
                assert (one in queries.mine(session, ties).waiting) == waits
        session.delete(one)
        session.flush()


def test_a_coordinator_reads_what_moderators_leave_waiting_and_decides_nothing(session, make, case):
    coordinator = make.granted(GrantKind.COORDINATOR)
    offer = actions.offer(session, case.person, case.need, case.profile, "Je peux.")
    assert queries.proposed_contributions(session, coordinator) == []
    with at(now() + timedelta(days=20)):
        assert queries.proposed_contributions(session, coordinator) == [offer]
        ties = sides.ties(session, coordinator)
        assert queries.get(session, ties, offer.id) == offer
        assert rules.level(ties, offer) is Level.FULL
        assert rules.open_verbs(ties, offer) == []
