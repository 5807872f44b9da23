"""What happens in a group: people come by its link, leave, and hand over who answers for it."""

from uuid import uuid4

from sqlmodel import Session

from app.accounts.models import User
from app.journal.actions import record
from app.journal.models import Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Refusal
from app.kernel.i18n import N_
from app.notifications.actions import queue
from app.profiles import rules
from app.profiles.messages import ContactHandedOver, MemberJoined
from app.profiles.models import GroupInvitation, GroupMember, Profile, ProfileKind
from app.profiles.queries import associations_of, invitation, is_member, members

MOST_MEMBERS = 200


class ContactStays(Refusal):
    message = N_("Vous êtes le contact du groupe : confiez-le d’abord à quelqu’un d’autre, ou supprimez-le.")


class GroupFull(Refusal):
    message = N_("Ce groupe a déjà deux cents membres.")


class NotAMember(Refusal):
    message = N_("Cette personne ne fait pas, ou plus, partie du groupe.")


class NotOfAssociation(Refusal):
    message = N_("Cette personne ne parle pas encore au nom de l’association : elle doit d’abord le demander.")


def invite(session: Session, actor: User, profile: Profile) -> GroupInvitation:
    """A link to send; the one before it no longer opens anything."""
    _check_contact(actor, profile)
    if former := invitation(session, profile):
        session.delete(former)
        session.flush()
    link = GroupInvitation(code=uuid4(), profile_id=profile.id)
    session.add(link)
    session.flush()
    return link


def join(session: Session, user: User, profile: Profile) -> None:
    """By the link of the group; its contact is told. Coming twice changes nothing."""
    session.refresh(profile, ["version"], with_for_update=True)
    if is_member(session, user, profile):
        return
    if len(members(session, profile)) >= MOST_MEMBERS:
        raise GroupFull
    session.add(GroupMember(profile_id=profile.id, user_id=user.id))
    entry = record(session, user.id, Subject.PROFILE, profile.id, "joined")
    queue(session, profile.owner, MemberJoined(profile.name, profile.id, user.name), entry=entry)


def leave(session: Session, user: User, profile: Profile) -> None:
    if profile.owner_id == user.id:
        raise ContactStays
    _take_out(session, user, profile, user.id)


def remove(session: Session, actor: User, profile: Profile, user_id: int) -> None:
    """The contact answers for the group: a link may have gone too far."""
    _check_contact(actor, profile)
    if user_id == profile.owner_id:
        raise ContactStays
    _take_out(session, actor, profile, user_id)


def hand_over(session: Session, actor: User, profile: Profile, user_id: int) -> None:
    """Another member becomes the one contact; for an association, somebody verified to speak for it."""
    _check_contact(actor, profile)
    member = session.get(GroupMember, (profile.id, user_id))
    if member is None or member.user.closed_at is not None:
        raise NotAMember
    if user_id == actor.id:
        return
    if profile.kind is ProfileKind.ASSOCIATION:
        theirs = {organisation.id for organisation in associations_of(session, member.user)}
        if profile.organisation_id not in theirs:
            raise NotOfAssociation
    profile.owner = member.user
    profile.updated_at = now()
    entry = record(session, actor.id, Subject.PROFILE, profile.id, "handed_over", to=user_id)
    queue(session, member.user, ContactHandedOver(profile.name, profile.id, actor.name), entry=entry)


def _check_contact(actor: User, profile: Profile) -> None:
    if not rules.can_edit(actor, profile) or not rules.is_shared(profile):
        raise Forbidden


def _take_out(session: Session, actor: User, profile: Profile, user_id: int) -> None:
    member = session.get(GroupMember, (profile.id, user_id))
    if member is None:
        raise NotAMember
    session.delete(member)
    record(session, actor.id, Subject.PROFILE, profile.id, "left", member=user_id)
