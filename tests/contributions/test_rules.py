"""Without a database: the table of states and verbs, read from every side."""

from datetime import timedelta

import pytest

from app.accounts.models import Grant, GrantKind, ModeratorScope, Role, User
from app.contributions import rules
from app.contributions.models import Contribution, Origin, State
from app.contributions.rules import Party, Ties, Verb
from app.deadlines.models import OpenStep
from app.journal.models import Subject
from app.kernel.database import now
from app.profiles.models import Profile, Visibility
from app.profiles.rules import Level
from app.projects.models import Moderation, Need, NeedState, Project

AUTHOR, AGENT, CO_AUTHOR, PERSON, STRANGER, MODERATOR = range(1, 7)
COMMUNE = 70


def contribution(origin=Origin.OFFER, state=State.PROPOSED, **given):
    project = Project(id=1, author_id=AUTHOR, organisation_id=COMMUNE, commune_code="09.581.11.03")
    need = Need(id=1, project_id=1, project=project)
    profile = Profile(
        id=1, owner_id=PERSON, country="FR", visibility=given.pop("visibility", Visibility.CARD), abilities="trier"
    )
    approved = None if state in (State.PROPOSED, State.REFUSED) else MODERATOR
    creator = PERSON if origin is Origin.OFFER else AGENT
    due_on = given.pop("due_on", now().date() + timedelta(days=5))
    values = {"approved_by_id": approved, "created_by_id": creator, "state_since": now(), **given}
    one = Contribution(id=1, origin=origin, state=state, need=need, profile=profile, profile_id=1, **values)
    if step := rules.step_of(one):
        one.open_step = OpenStep(subject_kind=Subject.CONTRIBUTION, subject_id=1, step=step, due_on=due_on)
    return one


def ties(user_id, **given):
    user = User(id=user_id, name="Quelqu’un")
    if user_id == MODERATOR:
        user = User(id=user_id, name="Modératrice", role=Role.MODERATOR, scopes=[ModeratorScope(region_code="09")])
    known = {AGENT: {"organisations": frozenset({COMMUNE})}, CO_AUTHOR: {"co_authored": frozenset({1})}}
    return Ties(user, **{**known.get(user_id, {}), **given})


A, R, Y, N, L, W = (
    Verb.APPROVE,
    Verb.REFUSE,
    Verb.ACCEPT,
    Verb.DECLINE,
    Verb.PUT_ON_WAITING_LIST,
    Verb.WITHDRAW,
)
OFFER, INVITATION = Origin.OFFER, Origin.INVITATION


@pytest.mark.parametrize(
    ("origin", "state", "person", "team", "moderator"),
    [
        (OFFER, State.PROPOSED, {W}, set(), {A, R}),
        (OFFER, State.APPROVED, {W}, {Y, N, L}, set()),
        (OFFER, State.WAITING_LIST, {W}, {Y, N}, set()),
        (OFFER, State.ACCEPTED, {W}, {W}, set()),
        (INVITATION, State.PROPOSED, set(), {W}, {A, R}),
        (INVITATION, State.APPROVED, {Y, N}, {W}, set()),
        (INVITATION, State.WAITING_LIST, {W}, {Y, N}, set()),
        (INVITATION, State.ACCEPTED, {W}, {W}, set()),
        *[
            (origin, state, set(), set(), set())
            for origin in Origin
            for state in (State.DECLINED, State.WITHDRAWN, State.REFUSED, State.CLOSED)
        ],
    ],
)
def test_each_side_may_do_what_the_table_says_and_nobody_else_anything(origin, state, person, team, moderator):
    one = contribution(origin, state)
    assert set(rules.open_verbs(ties(PERSON), one)) == person
    for member in (AUTHOR, AGENT, CO_AUTHOR):
        assert set(rules.open_verbs(ties(member), one)) == team
    assert set(rules.open_verbs(ties(MODERATOR), one)) == moderator
    assert rules.open_verbs(ties(STRANGER), one) == []


def test_a_moderator_of_elsewhere_decides_nothing():
    elsewhere = User(id=9, name="Modérateur", role=Role.MODERATOR, scopes=[ModeratorScope(region_code="01")])
    assert rules.open_verbs(Ties(elsewhere), contribution()) == []


def test_a_moderator_of_the_country_of_residence_decides_too():
    abroad = User(id=9, name="Modératrice", role=Role.MODERATOR, scopes=[ModeratorScope(country="FR")])
    assert Verb.APPROVE in rules.open_verbs(Ties(abroad), contribution())


def test_nobody_approves_their_own_offer():
    person = User(id=PERSON, name="Administratrice", role=Role.ADMINISTRATOR)
    assert rules.open_verbs(Ties(person), contribution()) == [Verb.WITHDRAW]


def test_somebody_on_both_sides_answers_for_the_person_only():
    both = ties(PERSON, co_authored=frozenset({1}))
    assert rules.parties(both, contribution()) == {Party.CONTRIBUTOR}


def test_a_moderator_who_invited_may_take_it_back():
    one = contribution(INVITATION, State.APPROVED, created_by_id=MODERATOR)
    assert rules.open_verbs(ties(MODERATOR), one) == [Verb.WITHDRAW]


@pytest.mark.parametrize(
    ("origin", "state", "turn"),
    [
        (OFFER, State.PROPOSED, Party.MODERATOR),
        (INVITATION, State.PROPOSED, Party.MODERATOR),
        (OFFER, State.APPROVED, Party.TEAM),
        (INVITATION, State.APPROVED, Party.CONTRIBUTOR),
        (OFFER, State.WAITING_LIST, Party.TEAM),
        (INVITATION, State.WAITING_LIST, Party.TEAM),
        (OFFER, State.ACCEPTED, None),
        (OFFER, State.DECLINED, None),
    ],
)
def test_every_open_state_names_who_acts_next_and_by_when(origin, state, turn):
    one = contribution(origin, state)
    assert rules.whose_turn(one) is turn
    step = rules.step_of(one)
    assert (step is None) == (turn is None and state is not State.ACCEPTED)
    if step is not None:
        assert rules.due(one) > now().date()


def test_whoever_must_act_has_something_to_do():
    """No state leaves a person with a deadline and no button."""
    for origin in Origin:
        for state in rules.TURNS:
            turn = rules.whose_turn(one := contribution(origin, state))
            who = {Party.CONTRIBUTOR: PERSON, Party.TEAM: AGENT, Party.MODERATOR: MODERATOR}[turn]
            assert len(rules.open_verbs(ties(who), one)) >= 2


def test_the_asked_side_finds_nothing_before_a_moderator_approved():
    offer, invitation = contribution(OFFER), contribution(INVITATION)
    assert rules.may_see(ties(PERSON), offer)
    assert not rules.may_see(ties(AGENT), offer)
    assert rules.may_see(ties(AGENT), invitation)
    assert not rules.may_see(ties(PERSON), invitation)
    assert not rules.may_see(ties(STRANGER), offer)
    for origin in Origin:
        assert rules.may_see(ties(MODERATOR), contribution(origin))
        for side in (PERSON, AGENT):
            assert rules.may_see(ties(side), contribution(origin, State.APPROVED))


def test_an_offer_that_was_refused_or_withdrawn_first_never_reaches_the_team():
    assert not rules.may_see(ties(AGENT), contribution(OFFER, State.REFUSED))
    assert not rules.may_see(ties(AGENT), contribution(OFFER, State.WITHDRAWN, approved_by_id=None))


def test_a_member_of_a_group_follows_it_without_acting():
    member = ties(STRANGER, groups=frozenset({1}))
    one = contribution(INVITATION, State.APPROVED)
    assert rules.may_see(member, one)
    assert rules.open_verbs(member, one) == []
    assert not rules.exchanges_addresses(member, contribution(INVITATION, State.ACCEPTED))


@pytest.mark.parametrize("origin", list(Origin))
@pytest.mark.parametrize("state", list(State))
def test_addresses_are_exchanged_when_both_agreed_and_only_then(origin, state):
    one = contribution(origin, state)
    for side in (PERSON, AUTHOR, AGENT, CO_AUTHOR):
        assert rules.exchanges_addresses(ties(side), one) == (state is State.ACCEPTED)
    for other in (MODERATOR, STRANGER):
        assert not rules.exchanges_addresses(ties(other), one)


def test_the_team_learns_the_name_once_the_person_said_yes():
    agent = ties(AGENT)
    assert rules.level(agent, contribution(INVITATION, State.PROPOSED)) is Level.CARD
    assert rules.level(agent, contribution(INVITATION, State.APPROVED)) is Level.CARD
    assert rules.level(agent, contribution(INVITATION, State.DECLINED)) is Level.CARD
    assert rules.level(agent, contribution(INVITATION, State.ACCEPTED)) is Level.FULL
    assert rules.level(agent, contribution(OFFER, State.APPROVED)) is Level.FULL
    assert rules.level(agent, contribution(INVITATION, State.APPROVED, visibility=Visibility.OPEN)) is Level.FULL
    assert rules.level(ties(MODERATOR), contribution(INVITATION)) is Level.FULL


def test_a_need_takes_people_while_it_is_open_and_published():
    need = Need(project=Project(moderation=Moderation.PUBLISHED), state=NeedState.OPEN)
    assert rules.takes_people(need)
    need.state = NeedState.FILLED
    assert not rules.takes_people(need)
    need.state, need.project.moderation = NeedState.OPEN, Moderation.WAITING
    assert not rules.takes_people(need)


@pytest.mark.parametrize("origin", list(Origin))
def test_what_nobody_answered_in_time_is_closed_by_a_moderator_or_a_coordinator_and_by_no_side(origin):
    coordinator = Ties(User(id=9, name="Coordinatrice", grants=[Grant(kind=GrantKind.COORDINATOR)]))
    for state in (State.APPROVED, State.WAITING_LIST, State.ACCEPTED):
        late = contribution(origin, state, due_on=now().date() - timedelta(days=2))
        assert rules.can(ties(MODERATOR), late, Verb.CLOSE)
        assert rules.open_verbs(coordinator, late) == [Verb.CLOSE]
        for side in (PERSON, AGENT, STRANGER):
            assert not rules.can(ties(side), late, Verb.CLOSE)
        assert not rules.can(ties(MODERATOR), contribution(origin, state), Verb.CLOSE)
