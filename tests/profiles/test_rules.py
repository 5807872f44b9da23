import pytest

from app.accounts.models import ModeratorScope, Role, User
from app.profiles import rules
from app.profiles.models import Profile, ProfileKind, ProfilePlace, Visibility
from app.profiles.rules import Level

MEMBER, AGENT, MODERATOR = 10, 11, 12


def person(id: int = MEMBER, role: Role = Role.MEMBER, scopes: list[dict[str, str]] | None = None) -> User:
    user = User(id=id, name="Quelqu’un", email=f"{id}@example.org", role=role)
    user.scopes = [ModeratorScope(user_id=id, **scope) for scope in scopes or []]
    return user


def profile(**given: object) -> Profile:
    plain = {"id": 1, "owner_id": 1, "abilities": "Comptable", "language": "fr", "on_site": True, "remote": False}
    return Profile(**{**plain, "country": "FR", **given})


IN_TIZNIT = [ProfilePlace(profile_id=1, commune_code="09.581.11.03")]


@pytest.mark.parametrize("visibility", list(Visibility))
def test_a_visitor_without_account_sees_nothing_of_anybody(visibility):
    assert rules.level(None, profile(visibility=visibility), agent=True, member=True, both_agreed=True) is Level.NOTHING


@pytest.mark.parametrize("visibility", list(Visibility))
def test_people_see_their_own_profile_whole(visibility):
    assert rules.level(person(id=1), profile(visibility=visibility)) is Level.FULL


def test_a_member_who_speaks_for_nobody_sees_nothing():
    assert rules.level(person(), profile(visibility=Visibility.OPEN)) is Level.NOTHING


@pytest.mark.parametrize(
    ("visibility", "seen"),
    [(Visibility.CARD, Level.CARD), (Visibility.OPEN, Level.FULL), (Visibility.HIDDEN, Level.NOTHING)],
)
def test_an_agent_sees_what_the_person_opened(visibility, seen):
    assert rules.level(person(AGENT), profile(visibility=visibility), agent=True) is seen


@pytest.mark.parametrize("visibility", list(Visibility))
def test_once_both_sides_agreed_the_name_is_shown(visibility):
    assert rules.level(person(AGENT), profile(visibility=visibility), agent=True, both_agreed=True) is Level.FULL


def test_members_of_a_group_see_it_whole():
    group = profile(kind=ProfileKind.GROUP, name="Les amis", visibility=Visibility.HIDDEN)
    assert rules.level(person(), group, member=True) is Level.FULL


@pytest.mark.parametrize(
    ("scope", "country", "places", "seen"),
    [
        ({"country": "FR"}, "FR", [], Level.FULL),
        ({"country": "BE"}, "FR", [], Level.CARD),
        ({"region_code": "09"}, "FR", IN_TIZNIT, Level.CARD),
        ({"region_code": "09"}, "MA", IN_TIZNIT, Level.FULL),
        ({"region_code": "08"}, "MA", IN_TIZNIT, Level.CARD),
        ({"country": "MA"}, "MA", [], Level.FULL),
        ({}, "CA", [], Level.FULL),
    ],
)
def test_a_moderator_sees_whole_the_profiles_they_look_after(scope, country, places, seen):
    moderator = person(MODERATOR, Role.MODERATOR, [scope])
    assert rules.level(moderator, profile(country=country, places=places)) is seen


def test_who_is_hidden_stays_visible_to_the_moderators_who_look_after_them_only():
    hidden = profile(visibility=Visibility.HIDDEN)
    assert rules.level(person(MODERATOR, Role.MODERATOR, [{"country": "FR"}]), hidden) is Level.FULL
    assert rules.level(person(MODERATOR, Role.MODERATOR, [{"country": "BE"}]), hidden) is Level.NOTHING


def test_a_deleted_profile_whose_history_stays_is_shown_to_no_agent():
    emptied = profile(abilities="", visibility=Visibility.CARD)
    assert rules.is_withdrawn(emptied)
    assert rules.level(person(AGENT), emptied, agent=True) is Level.NOTHING


def test_only_the_person_or_the_contact_edits():
    group = profile(kind=ProfileKind.GROUP, name="Les amis")
    assert rules.can_edit(person(id=1), group)
    assert not rules.can_edit(person(), group)
    assert not rules.can_edit(None, group)
    assert not rules.can_edit(person(MODERATOR, Role.ADMINISTRATOR), group)


def test_names_of_members_are_for_one_another_and_for_those_who_look_after_them():
    group = profile(kind=ProfileKind.GROUP, name="Les amis", visibility=Visibility.OPEN)
    assert rules.sees_members(person(), group, member=True)
    assert rules.sees_members(person(id=1), group, member=False)
    assert rules.sees_members(person(MODERATOR, Role.MODERATOR, [{"country": "FR"}]), group, member=False)
    assert not rules.sees_members(person(AGENT), group, member=False)
    assert not rules.sees_members(person(id=1), profile(), member=False)
