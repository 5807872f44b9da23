"""Accounts on their way out: asked by their person, who has a week to change their mind, or asleep for two years.

What happens then is the matter of `personal_data`, which knows every domain.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from app.accounts.actions import prove, send_link, sign_out_everywhere
from app.accounts.messages import LeavingAsked
from app.accounts.models import Departure, DepartureStep, LinkPurpose, Role, User
from app.journal.actions import record
from app.journal.models import Subject
from app.kernel.database import now
from app.kernel.errors import Refusal
from app.kernel.i18n import N_
from app.notifications.actions import cancel_all, queue

GRACE = timedelta(days=7)
UNTIL_FORGOTTEN = timedelta(minutes=5)
"""Between closing and forgetting: whatever that person was just sending has ended by then."""


class LastAdministrator(Refusal):
    message = N_("Vous êtes le dernier administrateur : nommez d’abord quelqu’un d’autre.")


class TooLateToStay(Refusal):
    message = N_("Ce compte est déjà fermé.")


def check_may_leave(session: Session, user: User) -> None:
    """Raises LastAdministrator."""
    if not may_leave(session, user):
        raise LastAdministrator


def may_leave(session: Session, user: User) -> bool:
    """Everybody, except the last administrator who is not leaving too."""
    if user.role is not Role.ADMINISTRATOR:
        return True
    # Held, and in one order: of two who leave at once, the second sees the first.
    administrators = select(User.id).where(User.role == Role.ADMINISTRATOR, col(User.closed_at).is_(None))
    found = session.exec(administrators.order_by(col(User.id)).with_for_update(key_share=True)).all()
    going = session.exec(select(Departure.user_id).where(Departure.step == DepartureStep.ASKED)).all()
    return bool(set(found) - {user.id, *going})


def ask_with_password(session: Session, user: User, current: str | None) -> Departure:
    """Raises LastAdministrator, Invalid (`current`)."""
    check_may_leave(session, user)
    prove(user, current)
    return begin(session, user)


def ask_by_link(session: Session, user: User) -> None:
    """A link leaves to the person's address: using it is asking. Raises LastAdministrator."""
    check_may_leave(session, user)
    send_link(session, user, LinkPurpose.LEAVE)


def begin(session: Session, user: User) -> Departure:
    """The account goes in a week. Asking again changes nothing; every device is signed out."""
    session.exec(select(User.id).where(User.id == user.id).with_for_update(key_share=True)).one()
    departure = of(session, user)
    if departure is None or departure.step is not DepartureStep.ASKED:
        if departure is None:
            departure = Departure(user_id=user.id, step=DepartureStep.ASKED, next_at=now() + GRACE)
        departure.step, departure.since, departure.next_at = DepartureStep.ASKED, now(), now() + GRACE
        session.add(departure)
        entry = record(session, user.id, Subject.USER, user.id, "ask_to_leave")
        queue(session, user, LeavingAsked(user.name, departure.next_at), entry=entry)
    sign_out_everywhere(session, user)
    session.flush()
    return departure


def stay(session: Session, user: User) -> None:
    """They changed their mind, or came back. Raises TooLateToStay."""
    departure = session.get(Departure, user.id, with_for_update=True, populate_existing=True)
    if departure is None:
        return
    if departure.step is DepartureStep.CLOSED:
        raise TooLateToStay
    session.delete(departure)
    record(session, user.id, Subject.USER, user.id, "stay")
    session.flush()


def of(session: Session, user: User) -> Departure | None:
    return session.get(Departure, user.id)


def asked_by(session: Session, user: User) -> datetime | None:
    """When the account goes, if its person asked for it."""
    departure = of(session, user)
    return departure.next_at if departure and departure.step is DepartureStep.ASKED else None


def claim_due(session: Session) -> Departure | None:
    """One whose next step is due, held until the end of the transaction: no two workers take it."""
    return session.exec(
        select(Departure)
        .where(Departure.next_at <= now())
        .order_by(col(Departure.next_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()


def close(session: Session, departure: Departure) -> None:
    """Nobody comes in any more, and nothing more is sent."""
    session.execute(update(User).where(col(User.id) == departure.user_id).values(closed_at=now()))
    user = session.get_one(User, departure.user_id, populate_existing=True)
    sign_out_everywhere(session, user)
    cancel_all(session, user.id)
    departure.step, departure.since, departure.next_at = DepartureStep.CLOSED, now(), now() + UNTIL_FORGOTTEN
    session.flush()


def over(session: Session, departure: Departure) -> None:
    session.execute(delete(Departure).where(col(Departure.user_id) == departure.user_id))
