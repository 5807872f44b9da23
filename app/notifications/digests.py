"""Several messages in one e-mail: made of what is held when its hour comes, once a day and person."""

from collections.abc import Sequence

from sqlalchemy import Engine, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from app.kernel.database import now
from app.kernel.i18n import gettext as _
from app.kernel.i18n import speaking
from app.notifications.choosing import hours_of
from app.notifications.composing import digest_subject
from app.notifications.families import Family, Rhythm
from app.notifications.hours import local_day, next_digest
from app.notifications.models import Message, MessageState

AT_ONCE = 100
"""People whose digests one look makes."""
_LOCK = 0x7417_2A01
"""Of two workers the second waits until the first has made somebody's digest, and then finds nothing left."""


def gather_due(engine: Engine) -> int:
    """Make the digests whose hour has come; returns how many. They leave like any other message."""
    with Session(engine) as session:
        due = session.exec(
            select(Message.recipient_id)
            .where(Message.state == MessageState.HELD, col(Message.not_before) <= now())
            .group_by(col(Message.recipient_id))
            .order_by(func.min(Message.not_before))
            .limit(AT_ONCE)
        ).all()
    made = 0
    for recipient_id in due:
        with Session(engine) as session:
            made += gather(session, recipient_id) if recipient_id is not None else 0
            session.commit()
    return made


def gather(session: Session, recipient_id: int) -> bool:
    """One person's digest, from all that is due; False where nothing is left to tell."""
    session.execute(select(func.pg_advisory_xact_lock(_LOCK, recipient_id)))
    due = session.exec(
        select(Message)
        .where(Message.recipient_id == recipient_id, Message.state == MessageState.HELD)
        .where(col(Message.not_before) <= now())
        .order_by(col(Message.id))
        .with_for_update()
    ).all()
    unread = [message for message in due if message.read_at is None]
    for message in due:
        if message.read_at is not None:
            message.state = MessageState.ON_SITE
    if not unread:
        return False
    hours = hours_of(session, recipient_id)
    envelope = _envelope(session, recipient_id, unread)
    if envelope is None:  # today's has left already: they chose a later hour since
        tomorrow = next_digest(hours, Rhythm.DAILY, now())
        for message in unread:
            message.not_before = tomorrow
        return False
    for message in unread:
        message.state, message.digest_id = MessageState.BUNDLED, envelope
    return True


def _envelope(session: Session, recipient_id: int, unread: Sequence[Message]) -> int | None:
    """The number of the digest of that day, None if there is one already. Address and language are their latest."""
    last = unread[-1]
    with speaking(last.locale):
        envelope = Message(
            recipient_id=recipient_id,
            kind="digest",
            family=Family.DIGEST,
            locale=last.locale,
            address=last.address,
            subject=digest_subject(len(unread)),
            body="",
            link=f"/{last.locale}/account/messages",
            action=_("Voir tous mes messages"),
            digest_day=local_day(hours_of(session, recipient_id), now()),
        )
    statement = insert(Message).values(**envelope.model_dump(exclude={"id"})).on_conflict_do_nothing()
    return session.execute(statement.returning(col(Message.id))).scalar_one_or_none()


def items_of(session: Session, digest_id: int) -> Sequence[Message]:
    """What it still has to tell: neither read on the site nor taken back since it was made."""
    return session.exec(
        select(Message)
        .where(Message.digest_id == digest_id, Message.state == MessageState.BUNDLED)
        .where(col(Message.read_at).is_(None))
        .order_by(col(Message.id))
    ).all()
