"""Leaving: each domain forgets in its turn, in one transaction. Killed in the middle, nothing has happened."""

from sqlalchemy import and_, or_, select
from sqlmodel import Session, col

from app.accounts import forgetting as accounts
from app.accounts.models import GONE, User
from app.assistance import forgetting as assistance
from app.contributions import forgetting as contributions
from app.contributions.models import Contribution
from app.deliveries import forgetting as deliveries
from app.files import forgetting as files
from app.journal.models import Entry, Subject
from app.kernel.i18n import LOCALES, gettext, speaking
from app.missions import forgetting as missions
from app.news import forgetting as news
from app.notifications import actions as notifications
from app.organisations import forgetting as organisations
from app.organisations.models import Membership
from app.profiles import forgetting as profiles
from app.profiles.models import Profile
from app.projects import forgetting as projects
from app.relays import forgetting as relays
from app.threads import forgetting as threads


def forget(session: Session, user: User) -> None:
    """The account is closed already. Twice is as good as once."""
    name = _stored_name(session, user)
    told = _told_of(session, user)
    profiles.hand_over_groups(session, user)
    orphans = projects.hand_over(session, user)
    contributions.step_out(session, user)
    contributions.let_go(session, user, orphans)
    contributions.forget(session, user)
    deliveries.forget(session, user)
    missions.forget(session, user)
    projects.let_stand(session, user, orphans)
    projects.forget(session, user)
    profiles.forget(session, user)
    organisations.forget(session, user)
    news.forget(session, user)
    assistance.forget(session, user)
    files.forget(session, user.id)
    threads.forget(session, user)
    relays.forget(session, user)
    notifications.forget(session, user.id, user.email)
    if name:
        notifications.take_name_out(session, [*told, *_told_of(session, user)], name, _nobody())
    accounts.forget(session, user, name)


def _stored_name(session: Session, user: User) -> str:
    """As it is in the table: empty, if it was forgotten before."""
    name = session.execute(select(col(User.name)).where(col(User.id) == user.id)).scalar_one()
    return "" if name == gettext(GONE) else str(name)


def _nobody() -> dict[str, str]:
    words = {}
    for locale in LOCALES:
        with speaking(locale):
            words[locale] = gettext(GONE)
    return words


def _told_of(session: Session, user: User) -> list[int]:
    """The moves of which others may have been told with the name."""
    profile_ids = select(col(Profile.id)).where(col(Profile.owner_id) == user.id)
    offers = select(col(Contribution.id)).where(col(Contribution.profile_id).in_(profile_ids))
    memberships = select(col(Membership.id)).where(col(Membership.user_id) == user.id)
    about = [
        and_(col(Entry.subject_kind) == kind, col(Entry.subject_id).in_(numbers))
        for kind, numbers in ((Subject.CONTRIBUTION, offers), (Subject.MEMBERSHIP, memberships))
    ]
    return list(session.execute(select(col(Entry.id)).where(or_(col(Entry.actor_id) == user.id, *about))).scalars())
