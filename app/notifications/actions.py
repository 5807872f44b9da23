from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from sqlalchemy import delete, update
from sqlmodel import Session, col

from app.journal.actions import without_name
from app.journal.models import Entry
from app.kernel.database import now
from app.kernel.i18n import speaking
from app.notifications.models import Message, MessageState
from app.notifications.notice import Notice


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
    with speaking(recipient.locale):
        message = Message(
            recipient_id=recipient.id,
            entry_id=entry.id if entry else None,
            kind=notice.kind,
            locale=recipient.locale,
            address=address or recipient.email,
            subject=notice.subject(),
            body=notice.body(),
            action=notice.action(),
            link=f"/{recipient.locale}{notice.path()}",
            not_before=now() + after,
        )
    if message.address is None:
        message.state = MessageState.ON_SITE
    session.add(message)
    return message


def cancel(session: Session, entry: Entry) -> None:
    """The event was undone: what has not left yet will not."""
    session.execute(
        update(Message)
        .where(
            col(Message.entry_id) == entry.id,
            col(Message.state).in_([MessageState.QUEUED, MessageState.ON_SITE]),
        )
        .values(state=MessageState.CANCELLED)
    )


def cancel_all(session: Session, recipient_id: int) -> None:
    """Nothing more is sent to somebody whose account is closed."""
    session.execute(
        update(Message)
        .where(col(Message.recipient_id) == recipient_id, col(Message.state) == MessageState.QUEUED)
        .values(state=MessageState.CANCELLED)
    )


def forget(session: Session, recipient_id: int) -> None:
    """All that was written to somebody who left."""
    session.execute(delete(Message).where(col(Message.recipient_id) == recipient_id))


def take_name_out(session: Session, entry_ids: Sequence[int], name: str, instead: Mapping[str, str]) -> None:
    """Where others were told of these moves; `instead`: what stands for the name, by language."""
    for locale, words in instead.items():
        message = update(Message).where(col(Message.entry_id).in_(entry_ids), col(Message.locale) == locale)
        session.execute(
            message.values(
                subject=without_name(Message.subject, name, words), body=without_name(Message.body, name, words)
            )
        )


def mark_read(session: Session, messages: Iterable[Message]) -> None:
    """They were shown to the person they are for."""
    unread = [message.id for message in messages if message.read_at is None]
    if unread:
        session.execute(update(Message).where(col(Message.id).in_(unread)).values(read_at=now()))
