from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, false, or_
from sqlmodel import Session, col, func, select

from app.kernel.database import now
from app.kernel.errors import NotFound
from app.kernel.pagination import Page, cut, decode
from app.notifications.families import Family
from app.notifications.models import BouncingAddress, Message, MessageState

MAX_ID = 2**31 - 1
UNCERTAIN_AFTER = timedelta(minutes=10)
A_PAGE = 20
NOT_SHOWN = (Family.ACCOUNT, Family.DIGEST, Family.OUTSIDE)
"""Links that open an account are read in the mailbox alone."""


def shown_to(recipient_id: int) -> ColumnElement[bool]:
    """What somebody reads on the site, however else it reaches them. What can still be undone is not there yet."""
    return (
        (col(Message.recipient_id) == recipient_id)
        & (col(Message.state) != MessageState.CANCELLED)
        & col(Message.family).not_in(NOT_SHOWN)
        & (col(Message.visible_from) <= now())
    )


def messages_of(session: Session, recipient_id: int, cursor: str | None) -> Page[Message]:
    """The last first."""
    statement = select(Message).where(shown_to(recipient_id)).order_by(col(Message.id).desc()).limit(A_PAGE + 1)
    after = decode(cursor)
    if after and isinstance(after[0], int) and 0 < after[0] <= MAX_ID:
        statement = statement.where(col(Message.id) < after[0])
    return cut(session.exec(statement).all(), A_PAGE, lambda message: (message.id,))


def unread_of(session: Session, recipient_id: int, limit: int) -> Sequence[Message]:
    """Those not read yet, the last first."""
    return session.exec(
        select(Message)
        .where(shown_to(recipient_id), col(Message.read_at).is_(None))
        .order_by(col(Message.id).desc())
        .limit(limit)
    ).all()


def message_of(session: Session, recipient_id: int, message_id: int) -> Message:
    """One of theirs. Raises NotFound."""
    if not 0 < message_id <= MAX_ID:
        raise NotFound
    found = session.exec(select(Message).where(shown_to(recipient_id), Message.id == message_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Unread:
    to_know: int
    to_do: int
    """About something that waits for them: it is counted where it waits, too."""
    about_here: bool
    """One of them leads to the page that is being looked at."""


def unread(session: Session, recipient_id: int, here: str) -> Unread:
    """How many are not read yet. `here`: a path without its language."""
    to_know, to_do, about_here = session.execute(
        select(
            func.count().filter(col(Message.family) != Family.WAITING),
            func.count().filter(col(Message.family) == Family.WAITING),
            func.count().filter(leads_to(here)),
        ).where(shown_to(recipient_id), col(Message.read_at).is_(None))
    ).one()
    return Unread(to_know, to_do, about_here > 0)


def leads_to(here: str) -> ColumnElement[bool]:
    """Whatever the language, and wherever on the page."""
    path = func.split_part(func.substr(Message.link, 4), "#", 1)
    return or_(path == here, path == "/account/sign-in?then=" + here) if here else false()


def bouncing(session: Session, address: str | None) -> bool:
    """Whether mail to that address comes back."""
    return address is not None and session.get(BouncingAddress, address) is not None


def is_uncertain() -> ColumnElement[bool]:
    """A worker died while sending it, or the server fell silent: a person decides, the machine could send twice."""
    return (col(Message.state) == MessageState.SENDING) & (col(Message.not_before) < now() - UNCERTAIN_AFTER)


def uncertain(session: Session) -> int:
    """How many of those there are."""
    return session.exec(select(func.count()).select_from(Message).where(is_uncertain())).one()


def uncertain_messages(session: Session, limit: int) -> Sequence[Message]:
    """The first first."""
    return session.exec(select(Message).where(is_uncertain()).order_by(col(Message.id)).limit(limit)).all()


def uncertain_message(session: Session, message_id: int) -> Message:
    """Held until the end of the request. Raises NotFound, also once somebody else has decided."""
    if not 0 < message_id <= MAX_ID:
        raise NotFound
    found = session.exec(
        select(Message).where(is_uncertain(), Message.id == message_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def latest(session: Session, limit: int) -> Sequence[Message]:
    """Whoever they are for, the newest first: for developers only."""
    return session.exec(select(Message).order_by(col(Message.id).desc()).limit(limit)).all()
