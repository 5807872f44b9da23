"""Reads of profiles. Everything starts from `visible_to`: who may see nothing of a profile finds none."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import User
from app.kernel.database import related
from app.kernel.errors import NotFound
from app.kernel.i18n import label
from app.organisations.models import Membership, MembershipState, Organisation, OrganisationKind
from app.organisations.queries import speaks_for, verified_organisation_ids
from app.profiles import rules
from app.profiles.cards import Card, card
from app.profiles.models import (
    GroupInvitation,
    GroupMember,
    Profile,
    ProfileChip,
    ProfileKind,
    ProfilePlace,
    Visibility,
)
from app.profiles.rules import Level
from app.taxonomy.queries import themes

ASSOCIATIONS = (
    OrganisationKind.LOCAL_ASSOCIATION,
    OrganisationKind.DIASPORA_ASSOCIATION,
    OrganisationKind.COOPERATIVE,
)


def visible_to(viewer: User | None) -> SelectOfScalar[Profile]:
    """The profiles of which this person may see at least the nameless card: their own, and those open to their role."""
    statement = select(Profile).where(Profile.abilities != "")
    if viewer is None:
        return statement.where(false())
    if viewer.is_administrator:
        return statement
    theirs = or_(col(Profile.owner_id) == viewer.id, _has_member(viewer.id))
    shown = and_(col(Profile.visibility) != Visibility.HIDDEN, _has_open_account())
    if viewer.is_moderator:
        return statement.where(or_(theirs, shown, _looked_after_by(viewer)))
    return statement.where(or_(theirs, and_(shown, _is_agent(viewer.id))))


def profile_for(session: Session, viewer: User | None, profile_id: int) -> tuple[Profile, Level]:
    """A profile with all that its page shows, and how much of it this person may see. Raises NotFound."""
    profile = session.exec(visible_to(viewer).where(Profile.id == profile_id).options(*whole())).first()
    if profile is None or viewer is None:
        raise NotFound
    member = rules.is_shared(profile) and is_member(session, viewer, profile)
    return profile, rules.level(viewer, profile, agent=is_agent(session, viewer), member=member)


def own_profile(session: Session, viewer: User) -> Profile | None:
    """The profile of the person themselves; one that was emptied is there, to be filled in again."""
    mine = select(Profile).where(Profile.owner_id == viewer.id, col(Profile.kind) == ProfileKind.PERSON)
    return session.exec(mine.options(*whole())).first()


def shared_profiles(session: Session, viewer: User) -> list[Profile]:
    """The groups and associations that this person belongs to."""
    return list(
        session.exec(
            select(Profile)
            .where(Profile.abilities != "", _has_member(viewer.id))
            .options(*whole())
            .order_by(col(Profile.id))
        )
    )


def cards(session: Session, viewer: User, ids: Iterable[int], agreed: Collection[int] = ()) -> dict[int, Card]:
    """What this person may see of these profiles, by id; those of which they may see nothing are left out.

    `agreed`: the profiles whose owner agreed to a match with the side of this viewer, which shows them by name.
    """
    wanted = list(ids)
    if not wanted:
        return {}
    visible = visible_to(viewer).with_only_columns(col(Profile.id))
    either = or_(col(Profile.id).in_(visible), col(Profile.id).in_(agreed))
    found = session.exec(select(Profile).where(col(Profile.id).in_(wanted), either).options(*whole())).all()
    agent, labels = is_agent(session, viewer), theme_labels(session)
    mine = set(session.exec(select(GroupMember.profile_id).where(GroupMember.user_id == viewer.id)))
    shown = {}
    for profile in found:
        level = rules.level(viewer, profile, agent=agent, member=profile.id in mine, both_agreed=profile.id in agreed)
        if level is not Level.NOTHING:
            shown[profile.id] = card(profile, level, labels)
    return shown


def theme_labels(session: Session) -> dict[str, str]:
    return {theme.code: label(theme) for theme in themes(session)}


def members(session: Session, profile: Profile) -> list[GroupMember]:
    """Who answers together, in the order in which they came."""
    return list(
        session.exec(
            select(GroupMember)
            .where(GroupMember.profile_id == profile.id)
            .options(joinedload(related(GroupMember.user)))
            .order_by(col(GroupMember.joined_at), col(GroupMember.user_id))
        )
    )


def is_member(session: Session, viewer: User, profile: Profile) -> bool:
    return session.get(GroupMember, (profile.id, viewer.id)) is not None


def is_agent(session: Session, viewer: User) -> bool:
    """Speaks for a verified organisation."""
    return bool(verified_organisation_ids(session, viewer))


def associations_of(session: Session, viewer: User) -> list[Organisation]:
    """Those for which this person was verified to speak, and may open a profile."""
    return [organisation for organisation in speaks_for(session, viewer) if organisation.kind in ASSOCIATIONS]


def invitation(session: Session, profile: Profile) -> GroupInvitation | None:
    return session.exec(select(GroupInvitation).where(GroupInvitation.profile_id == profile.id)).first()


def tied(session: Session, communes: Collection[str]) -> dict[str, int]:
    """Commune → how many persons, groups and associations say that it matters to them, those who hide left out."""
    if not communes:
        return {}
    rows = session.exec(
        select(ProfilePlace.commune_code, func.count(func.distinct(Profile.id)))
        .join(Profile, col(Profile.id) == ProfilePlace.profile_id)
        .join(User, col(User.id) == Profile.owner_id)
        .where(col(ProfilePlace.commune_code).in_(communes), col(Profile.visibility) != Visibility.HIDDEN)
        .where(Profile.abilities != "", col(User.closed_at).is_(None))
        .group_by(col(ProfilePlace.commune_code))
    )
    return {code: found for code, found in rows if code is not None}


def group_invited_to(session: Session, code: UUID) -> Profile:
    """The group that a link invites to. Raises NotFound."""
    profile = session.exec(
        select(Profile)
        .join(GroupInvitation, col(GroupInvitation.profile_id) == Profile.id)
        .where(GroupInvitation.code == code, Profile.abilities != "")
        .options(*whole())
    ).first()
    if profile is None:
        raise NotFound
    return profile


def whole() -> tuple[ExecutableOption, ...]:
    """All that a card is made of: a handful of queries, however many profiles."""
    places, chips = selectinload(related(Profile.places)), selectinload(related(Profile.chips))
    return (
        joinedload(related(Profile.owner)),
        joinedload(related(Profile.organisation)),
        places.joinedload(related(ProfilePlace.commune)),
        places.joinedload(related(ProfilePlace.province)),
        places.joinedload(related(ProfilePlace.region)),
        chips.joinedload(related(ProfileChip.concept)),
    )


def _has_member(user_id: int) -> ColumnElement[bool]:
    member = select(GroupMember.profile_id).where(GroupMember.user_id == user_id)
    return col(Profile.id).in_(member)


def _has_open_account() -> ColumnElement[bool]:
    return exists().where(col(User.id) == col(Profile.owner_id), col(User.closed_at).is_(None))


def _is_agent(user_id: int) -> ColumnElement[bool]:
    """`is_agent`, over rows."""
    return exists().where(
        col(Membership.user_id) == user_id,
        col(Membership.state) == MembershipState.VERIFIED,
        col(Membership.organisation_id) == col(Organisation.id),
        col(Organisation.verified_at).is_not(None),
    )


def _looked_after_by(viewer: User) -> ColumnElement[bool]:
    """`rules.looks_after`, over rows."""
    if any(scope.is_everything for scope in viewer.scopes):
        return col(Profile.id).is_not(None)
    countries = [scope.country for scope in viewer.scopes if scope.country]
    regions = [scope.region_code for scope in viewer.scopes if scope.region_code]
    columns = (ProfilePlace.commune_code, ProfilePlace.province_code, ProfilePlace.region_code)
    there = [col(column).startswith(region) for column in columns for region in regions]
    tied = select(ProfilePlace.profile_id).where(or_(false(), *there))
    return or_(
        col(Profile.country).in_(countries),
        and_(col(Profile.country) == rules.HOME, col(Profile.id).in_(tied)),
    )
