from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col

from app.journal.actions import without_name
from app.journal.models import Entry
from app.kernel.database import now
from app.kernel.i18n import speaking
from app.notifications.families import Family
from app.notifications.models import BouncingAddress, Message, MessageChoice, MessageHours, MessageState
from app.notifications.notice import Notice
from app.notifications.queries import shown_to

NOT_LEFT = (MessageState.QUEUED, MessageState.HELD, MessageState.BUNDLED, MessageState.ON_SITE)


class Recipient(Protocol):
    """Whoever has an account."""

    id: int
    locale: str
    email: str | None


def queue(
    session: Session,
    recipient: Recipient,
    notice: Notice,
    *,
    entry: Entry | None = None,
    after: timedelta = timedelta(),
    address: str | None = None,
) -> Message:
    """Write a message in its reader's language, in the transaction of the event that it tells.

    `after` leaves time to undo the event; `address` is for a new e-mail address that is being confirmed.
    """
    message = _written(notice, recipient.locale, after)
    message.recipient_id = recipient.id
    message.entry_id = entry.id if entry else None
    message.address = address or recipient.email
    if message.address is None:
        message.state = MessageState.ON_SITE
    session.add(message)
    return message


def queue_outside(
    session: Session, address: str, locale: str, notice: Notice, *, stop: str, entry: Entry, after: timedelta
) -> Message:
    """To somebody who has no account; `stop` is the path, without the language, where they refuse more of it."""
    message = _written(notice, locale, after)
    message.entry_id = entry.id
    message.address = address
    message.stop = f"/{locale}{stop}"
    session.add(message)
    return message


def _written(notice: Notice, locale: str, after: timedelta) -> Message:
    with speaking(locale):
        return Message(
            kind=notice.kind,
            family=notice.family,
            locale=locale,
            subject=notice.subject(),
            body=notice.body(),
            action=notice.action(),
            link=f"/{locale}{notice.path()}",
            visible_from=now() + after,
            not_before=now() + after,
        )


def cancel(session: Session, entry: Entry) -> None:
    """The event was undone: what has not left yet will not."""
    session.execute(
        update(Message)
        .where(col(Message.entry_id) == entry.id, col(Message.state).in_(NOT_LEFT))
        .values(state=MessageState.CANCELLED)
    )


def cancel_all(session: Session, recipient_id: int) -> None:
    """Nothing more is sent to somebody whose account is closed."""
    session.execute(
        update(Message)
        .where(col(Message.recipient_id) == recipient_id, col(Message.state).in_(NOT_LEFT))
        .values(state=MessageState.CANCELLED)
    )


def forget(session: Session, recipient_id: int, address: str | None) -> None:
    """All that was written to somebody who left, and how they wanted it."""
    session.execute(delete(Message).where(col(Message.recipient_id) == recipient_id))
    for table in (MessageChoice, MessageHours):
        session.execute(delete(table).where(col(table.user_id) == recipient_id))
    session.execute(delete(BouncingAddress).where(col(BouncingAddress.address) == address))


def take_name_out(session: Session, entry_ids: Sequence[int], name: str, instead: Mapping[str, str]) -> None:
    """Where others were told of these moves; `instead`: what stands for the name, by language."""
    for locale, words in instead.items():
        message = update(Message).where(col(Message.entry_id).in_(entry_ids), col(Message.locale) == locale)
        session.execute(
            message.values(
                subject=without_name(Message.subject, name, words), body=without_name(Message.body, name, words)
            )
        )


def readdress(session: Session, recipient_id: int, address: str) -> None:
    """Their e-mail address is another now: what has not left yet goes there."""
    session.execute(
        update(Message)
        .where(
            col(Message.recipient_id) == recipient_id,
            col(Message.state).in_([MessageState.QUEUED, MessageState.HELD]),
            col(Message.family) != Family.ACCOUNT,
        )
        .values(address=address)
    )


def mark_read(session: Session, recipient_id: int, *which: ColumnElement[bool]) -> None:
    """They saw them: all that are shown to them, or those of which `which` holds."""
    session.execute(
        update(Message)
        .where(shown_to(recipient_id), col(Message.read_at).is_(None), *which)
        .values(read_at=now())
        .execution_options(synchronize_session=False)
    )


def try_again(session: Session, address: str) -> None:
    """Its owner says that the address is right: mail goes there again."""
    session.execute(delete(BouncingAddress).where(col(BouncingAddress.address) == address))


def send_again(message: Message) -> None:
    """Nobody knows whether it arrived, and a person decides that it had better go once more."""
    message.state, message.not_before, message.attempts = MessageState.QUEUED, now(), 0


def consider_sent(message: Message) -> None:
    """Nobody knows whether it arrived, and a person decides that it did."""
    message.state = MessageState.SENT
