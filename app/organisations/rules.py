"""Who may do what with an organisation and with those who speak for it. Pure functions."""

from collections.abc import Collection

from app.accounts.models import User
from app.accounts.rules import in_scope
from app.deadlines.steps import Step
from app.organisations.models import Membership, MembershipState, Organisation

MOROCCO = "MA"
LIVE = (MembershipState.WAITING, MembershipState.VERIFIED)


def looks_after(user: User, organisation: Organisation) -> bool:
    """A moderator of its region in Morocco, of its country elsewhere."""
    if organisation.country == MOROCCO:
        return in_scope(user, region=organisation.region_code)
    return in_scope(user, country=organisation.country)


def can_judge(user: User, membership: Membership) -> bool:
    """Verify or refuse. Nobody vouches for themselves."""
    if membership.user_id == user.id and not user.is_administrator:
        return False
    return looks_after(user, membership.organisation)


def speaks_for(membership: Membership) -> bool:
    """Both the person and the organisation were verified."""
    return membership.state is MembershipState.VERIFIED and membership.organisation.verified_at is not None


def sees_members(user: User | None, organisation: Organisation, spoken_for: Collection[int]) -> bool:
    """Names of members are for members and for moderators."""
    return user is not None and (organisation.id in spoken_for or looks_after(user, organisation))


def can_end(user: User, membership: Membership, spoken_for: Collection[int]) -> bool:
    """Somebody else's membership: a moderator, or another who speaks for the organisation."""
    if membership.state is not MembershipState.VERIFIED or membership.user_id == user.id:
        return False
    return membership.organisation_id in spoken_for or looks_after(user, membership.organisation)


def step_of(membership: Membership) -> Step | None:
    """An organisation that was declared is verified with the first person who speaks for it."""
    return Step.SPEAKER_VERIFIED if membership.state is MembershipState.WAITING else None


def can_leave(user: User, membership: Membership) -> bool:
    return membership.user_id == user.id and membership.state in LIVE
