"""The profiles of somebody who is no longer there, and the groups that they answered for."""

from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import User
from app.journal.actions import record
from app.journal.models import Subject
from app.kernel.database import now
from app.notifications.actions import queue
from app.profiles import actions
from app.profiles.messages import ContactLeft, GroupOver
from app.profiles.models import GroupMember, Profile, ProfileKind, Solicitation
from app.profiles.queries import associations_of, members
from app.profiles.rules import is_emptied


def hand_over_groups(session: Session, user: User) -> None:
    """Whoever came first after them answers now; for an association, somebody verified to speak for it."""
    for group in session.exec(_own(user).where(Profile.kind != ProfileKind.PERSON)).all():
        if is_emptied(group):
            continue
        if successor := _successor(session, group):
            group.owner = successor
            group.updated_at = now()
            entry = record(session, user.id, Subject.PROFILE, group.id, "handed_over", to=successor.id)
            queue(session, successor, ContactLeft(group.name, group.id), entry=entry)
    session.flush()


def forget(session: Session, user: User) -> None:
    """Their profile, and the groups that nobody takes over: their members are told."""
    for profile in session.exec(_own(user)).all():
        if is_emptied(profile):
            continue
        others = [member.user for member in members(session, profile) if member.user_id != user.id]
        actions.delete(session, user, profile)
        for other in others:
            if other.closed_at is None:
                queue(session, other, GroupOver(profile.name))
    for member in session.exec(select(GroupMember).where(GroupMember.user_id == user.id)).all():
        session.delete(member)
        record(session, user.id, Subject.PROFILE, member.profile_id, "left", member=user.id)
    session.execute(delete(Solicitation).where(col(Solicitation.user_id) == user.id))
    session.flush()


def _own(user: User) -> SelectOfScalar[Profile]:
    return select(Profile).where(Profile.owner_id == user.id).order_by(col(Profile.id)).with_for_update()


def _successor(session: Session, group: Profile) -> User | None:
    for member in members(session, group):
        if member.user_id == group.owner_id or member.user.closed_at is not None:
            continue
        if group.kind is not ProfileKind.ASSOCIATION:
            return member.user
        if group.organisation_id in {organisation.id for organisation in associations_of(session, member.user)}:
            return member.user
    return None
