"""An organisation when one of those who spoke for it is no longer there."""

from sqlmodel import Session, col, select

from app.accounts.models import User
from app.accounts.queries import moderators_of
from app.kernel.i18n import label, speaking
from app.notifications.actions import queue
from app.organisations import queries
from app.organisations.actions import leave
from app.organisations.messages import NobodySpeaks
from app.organisations.models import Membership, MembershipState
from app.organisations.rules import LIVE


def forget(session: Session, user: User) -> None:
    """They speak for nobody any more; where they were the only one, moderators are told. Projects stay."""
    for membership in session.exec(
        select(Membership).where(Membership.user_id == user.id).order_by(col(Membership.id)).with_for_update()
    ).all():
        membership.function = ""
        if membership.state in LIVE:
            was = membership.state
            leave(session, user, membership)
            if was is MembershipState.VERIFIED:
                _tell_if_alone(session, membership)
    session.flush()


def _tell_if_alone(session: Session, membership: Membership) -> None:
    organisation = membership.organisation
    if queries.members_of(session, organisation):
        return
    for moderator in moderators_of(session, region=organisation.region_code, country=organisation.country):
        with speaking(moderator.locale):
            name = label(organisation)
        told = NobodySpeaks(organisation_id=organisation.id, organisation=name, name=moderator.name)
        queue(session, moderator, told)
