"""How often people are asked for help: twice a month at most, and never before the day that they set.

One place for all that is pushed to somebody: an invitation to a need, a request to relay. Each is one row, written
while the account is held, so that two who ask at once do not both find a place.
"""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.journal import actions as journal
from app.journal.models import Subject
from app.kernel.database import now
from app.kernel.days import today
from app.kernel.errors import Invalid, Refusal
from app.kernel.i18n import N_, ZONE, format_date, gettext
from app.profiles.models import Profile, Solicitation

MOST = 2
WITHIN = timedelta(days=31)
"""A month, counted from each of them: whoever was asked on two days is asked again a month after the first."""
LONGEST_PAUSE = timedelta(days=366)


class AskedOften(Refusal):
    """`day`: from which they can be asked again."""

    message = N_("Cette personne a été sollicitée deux fois ce mois-ci : vous pourrez l’inviter à partir du %(day)s.")

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day

    def sentence(self) -> str:
        return gettext(self.message) % {"day": format_date(self.day)}


class OnPause(AskedOften):
    message = N_("Cette personne préfère ne pas être sollicitée avant le %(day)s : vous pourrez l’inviter ce jour-là.")


def solicit(session: Session, user_id: int, kind: Subject, subject_id: int) -> None:
    """Somebody is asked for help. Raises OnPause, AskedOften."""
    check(session, user_id)
    count(session, user_id, kind, subject_id)


def check(session: Session, user_id: int) -> None:
    """Whether somebody may be asked now; their account is held until the end of the request. Raises the same."""
    user = session.exec(select(User).where(User.id == user_id).with_for_update(key_share=True)).one()
    session.refresh(user, ["not_before"])
    check_pause(user)
    if day := free_from(session, [user_id]).get(user_id):
        raise AskedOften(day)


def is_paused(user: User) -> bool:
    return user.not_before is not None and user.not_before > today()


def check_pause(user: User) -> None:
    """Of what was asked for earlier, and leaves only now. Raises OnPause."""
    if user.not_before is not None and user.not_before > today():
        raise OnPause(user.not_before)


def release(session: Session, kind: Subject, subject_id: int) -> None:
    """It never reached the person: it does not count."""
    session.execute(
        delete(Solicitation).where(col(Solicitation.subject_kind) == kind, col(Solicitation.subject_id) == subject_id)
    )


def count(session: Session, user_id: int, kind: Subject, subject_id: int) -> None:
    """Asked already, and under way (again)."""
    session.add(Solicitation(user_id=user_id, subject_kind=kind, subject_id=subject_id))
    session.flush()


def free_from(session: Session, user_ids: Collection[int]) -> dict[int, date]:
    """Of those who cannot be asked today: the first day on which they can."""
    if not user_ids:
        return {}
    days: dict[int, date] = {}
    asked = select(Solicitation.user_id, Solicitation.at).where(
        col(Solicitation.user_id).in_(user_ids), col(Solicitation.at) > now() - WITHIN
    )
    moments: dict[int, list[date]] = {}
    for user_id, at in session.exec(asked.order_by(col(Solicitation.at))):
        moments.setdefault(user_id, []).append((at + WITHIN).astimezone(ZONE).date())
    for user_id, again in moments.items():
        if len(again) >= MOST:
            days[user_id] = again[-MOST] + timedelta(days=1)
    for user in session.exec(select(User).where(col(User.id).in_(user_ids), col(User.not_before) > today())):
        if user.not_before is not None:
            days[user.id] = max(user.not_before, days.get(user.id, user.not_before))
    return days


def profiles_free_from(session: Session, profile_ids: Collection[int]) -> dict[int, date]:
    """The same by the profile that they answer for."""
    owners = dict(session.exec(select(Profile.id, Profile.owner_id).where(col(Profile.id).in_(profile_ids))).all())
    days = free_from(session, set(owners.values()))
    return {profile_id: days[owner] for profile_id, owner in owners.items() if owner in days}


def pause(session: Session, user: User, until: date | None) -> None:
    """Set by the person themselves; None ends it. Raises Invalid (`until`)."""
    if until is not None and not today() < until <= today() + LONGEST_PAUSE:
        raise Invalid(N_("Choisissez un jour à venir, dans l’année."), "until")
    user.not_before = until
    session.add(user)
    journal.record(session, user.id, Subject.USER, user.id, "pause", until=until.isoformat() if until else None)
