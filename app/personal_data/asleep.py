"""Accounts to which nobody came for two years are warned twice, then leave: steps of any number of workers.

Whoever others count on (the only one who speaks for an organisation, an open contribution) is first looked for by a
moderator. Whoever comes back in between stays: nothing else is asked of them.
"""

from datetime import timedelta

import structlog
from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.accounts import departures
from app.accounts.models import Departure, DepartureStep, User
from app.accounts.queries import moderators_of
from app.contributions.models import Contribution
from app.contributions.rules import LIVE
from app.kernel.database import now
from app.kernel.days import today
from app.kernel.i18n import ZONE
from app.notifications.actions import queue
from app.organisations.models import Membership, MembershipState, Organisation
from app.personal_data import leaving
from app.personal_data.messages import AsleepAndNeeded, AsleepWarning
from app.profiles.models import Profile

ASLEEP_AFTER = timedelta(days=730)
BETWEEN = timedelta(days=30)
"""Between two warnings, and from the last to the end."""
WARNED_AFTER = ASLEEP_AFTER - 2 * BETWEEN
LOOKED_FOR_AFTER = ASLEEP_AFTER - 3 * BETWEEN
AGAIN_AFTER = timedelta(hours=1)
log = structlog.get_logger("departures")


def notice(session: Session, many: int) -> int:
    """Begin with those who are asleep; returns how many there were. To be committed."""
    known = exists().where(col(Departure.user_id) == col(User.id))
    needed = or_(_speaks_alone(), _has_open_contribution())
    asleep = (
        select(User)
        .where(col(User.closed_at).is_(None), ~known)
        .where(
            or_(
                col(User.last_seen_on) <= today() - WARNED_AFTER,
                and_(col(User.last_seen_on) <= today() - LOOKED_FOR_AFTER, needed),
            )
        )
        .order_by(col(User.last_seen_on), col(User.id))
        .limit(many)
        .with_for_update(skip_locked=True, of=User)
    )
    found = session.exec(asleep).all()
    for user in found:
        if session.exec(select(User.id).where(User.id == user.id, needed)).first():
            _tell_moderators(session, user)
            _next(session, Departure(user_id=user.id, step=DepartureStep.MODERATOR_TOLD, next_at=now()))
        else:
            _warn(session, user, Departure(user_id=user.id, step=DepartureStep.WARNED, next_at=now()), 2 * BETWEEN)
    return len(found)


def go_on(session: Session, many: int) -> int:  # noqa: ARG001  one account a transaction
    """The next step of one account that is due; returns whether there was one. To be committed."""
    departure = departures.claim_due(session)
    if departure is None:
        return 0
    try:
        with session.begin_nested():
            _go_on(session, departure)
    except Exception:  # whatever it is, the others go on, and this one is tried again
        log.exception("an account could not leave", user=departure.user_id)
        departure.next_at = now() + AGAIN_AFTER
    return 1


def _go_on(session: Session, departure: Departure) -> None:
    user = session.get_one(User, departure.user_id)
    match departure.step:
        case DepartureStep.CLOSED:
            leaving.forget(session, user)
            departures.over(session, departure)
        case DepartureStep.ASKED | DepartureStep.WARNED_AGAIN if not departures.may_leave(session, user):
            departure.next_at = now() + BETWEEN  # the last administrator: somebody must be named first
        case DepartureStep.ASKED:
            departures.close(session, departure)
        case _ if _came_back(user, departure):
            departures.over(session, departure)
        case DepartureStep.MODERATOR_TOLD:
            departure.step = DepartureStep.WARNED
            _warn(session, user, departure, 2 * BETWEEN)
        case DepartureStep.WARNED:
            departure.step = DepartureStep.WARNED_AGAIN
            _warn(session, user, departure, BETWEEN)
        case DepartureStep.WARNED_AGAIN:
            departures.close(session, departure)


def _came_back(user: User, departure: Departure) -> bool:
    return user.last_seen_on >= departure.since.astimezone(ZONE).date()


def _warn(session: Session, user: User, departure: Departure, left: timedelta) -> None:
    queue(session, user, AsleepWarning(user.name, now() + left))
    _next(session, departure)


def _next(session: Session, departure: Departure) -> None:
    departure.next_at = now() + BETWEEN
    session.add(departure)
    session.flush()


def _tell_moderators(session: Session, user: User) -> None:
    spoken_for = session.exec(
        select(Organisation)
        .join(Membership, col(Membership.organisation_id) == Organisation.id)
        .where(Membership.user_id == user.id, Membership.state == MembershipState.VERIFIED)
    ).first()
    profile = session.exec(select(Profile).where(Profile.owner_id == user.id)).first()
    region = spoken_for.region_code if spoken_for else None
    country = spoken_for.country if spoken_for else profile.country if profile else None
    for moderator in moderators_of(session, region=region, country=country):
        if moderator.id != user.id:
            organisation = spoken_for.id if spoken_for else None
            queue(session, moderator, AsleepAndNeeded(user.name, user.last_seen_on, organisation))


def _speaks_alone() -> ColumnElement[bool]:
    own, other = aliased(Membership), aliased(Membership)
    verified = MembershipState.VERIFIED
    another = exists().where(
        col(other.organisation_id) == col(own.organisation_id),
        col(other.state) == verified,
        col(other.user_id) != col(own.user_id),
    )
    return exists().where(col(own.user_id) == col(User.id), col(own.state) == verified, ~another)


def _has_open_contribution() -> ColumnElement[bool]:
    return exists().where(
        col(Profile.owner_id) == col(User.id),
        col(Contribution.profile_id) == col(Profile.id),
        col(Contribution.state).in_(LIVE),
    )
