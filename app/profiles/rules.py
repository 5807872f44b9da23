"""Who may see how much of a contributor. Pure functions over a profile with its places."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Protocol

from app.accounts.models import User
from app.accounts.rules import in_scope
from app.profiles.models import Profile, ProfileKind, Visibility

HOME = "MA"


class Level(IntEnum):
    """Each level shows what the one before shows, and more."""

    NOTHING = 0
    CARD = 1  # nameless: skills, country, ties, languages
    FULL = 2  # with the name, never with an e-mail or a telephone: contributions exchanges those


class Placed(Protocol):
    @property
    def code(self) -> str: ...


class Described(Protocol):
    """A profile, or as much of one as these rules look at."""

    @property
    def owner_id(self) -> int: ...
    @property
    def kind(self) -> ProfileKind: ...
    @property
    def visibility(self) -> Visibility: ...
    @property
    def abilities(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def places(self) -> Sequence[Placed]: ...


def level(
    viewer: User | None,
    profile: Described,
    *,
    agent: bool = False,
    member: bool = False,
    both_agreed: bool = False,
) -> Level:
    """How much this person may see.

    `agent`: speaks for a verified organisation. `member`: of this group. `both_agreed`: a match was approved by a
    moderator, and then by this contributor, with the side of this viewer.
    """
    if viewer is None:
        return Level.NOTHING
    if profile.owner_id == viewer.id or member or looks_after(viewer, profile):
        return Level.FULL
    if both_agreed:
        return Level.FULL
    if is_withdrawn(profile) or not (agent or viewer.is_moderator):
        return Level.NOTHING
    return Level.FULL if profile.visibility is Visibility.OPEN else Level.CARD


def is_withdrawn(profile: Described) -> bool:
    """Shown and proposed to nobody: hidden, or deleted while the history of its contributions stays."""
    return profile.visibility is Visibility.HIDDEN or is_emptied(profile)


def is_emptied(profile: Described) -> bool:
    return not profile.abilities


def looks_after(viewer: User, profile: Described) -> bool:
    """A moderator of the country of residence; for people in Morocco, of a region that matters to them."""
    if in_scope(viewer, country=profile.country):
        return True
    return profile.country == HOME and any(in_scope(viewer, region=place.code[:2]) for place in profile.places)


def sees_members(viewer: User, profile: Profile, *, member: bool) -> bool:
    """The names of those who answer together are for one another, and for whoever looks after them."""
    return is_shared(profile) and (member or can_edit(viewer, profile) or looks_after(viewer, profile))


def can_edit(viewer: User | None, profile: Profile) -> bool:
    """The person; of a group, its one contact."""
    return viewer is not None and profile.owner_id == viewer.id


def is_shared(profile: Described) -> bool:
    """Answered by several people through one contact."""
    return profile.kind is not ProfileKind.PERSON
