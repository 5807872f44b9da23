"""Sending what is due: claim a row, send it, say what became of it; three short transactions, so no mail server ever
holds a lock of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from jinja2 import Environment
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from app.kernel.database import now
from app.kernel.i18n import speaking
from app.kernel.settings import Settings
from app.notifications.choosing import hours_of
from app.notifications.composing import compose, digest_subject
from app.notifications.digests import items_of
from app.notifications.families import FAMILIES, Family, Rhythm
from app.notifications.models import BouncingAddress, Message, MessageChoice, MessageState
from app.notifications.rules import fate
from app.notifications.transport import AddressRefused, MayHaveIt, NotDelivered, ServerAway, Transport

DELAYS = [timedelta(minutes=m) for m in (1, 5, 20, 60, 240, 720, 1440)]
"""How long until the next try: growing, two days in all."""
WHILE_AWAY = timedelta(minutes=1)
"""A server that is away takes no try from a message: after a day without it all of them leave."""

log = structlog.get_logger("mail")


@dataclass(frozen=True)
class _Claimed:
    message: Message
    items: Sequence[Message] = ()
    """What a digest tells."""


def deliver_due(engine: Engine, settings: Settings, templates: Environment, transport: Transport) -> int:
    """Send everything that is due; returns how many left. Several workers may run this at the same time."""
    sent = 0
    while claimed := _claim(engine):
        message = claimed.message
        try:
            transport(compose(message, settings, templates, claimed.items))
        except MayHaveIt as error:
            log.error("uncertain", message=message.id, error=str(error))
            _settle(engine, message, {"error": str(error)})
        except ServerAway as error:
            log.warning("the mail server is away", error=str(error))
            _settle(engine, message, _later(str(error), WHILE_AWAY, message.attempts - 1))
            break
        except AddressRefused as error:
            log.warning("nobody there", message=message.id, error=str(error))
            _settle(engine, message, {"state": MessageState.FAILED, "error": str(error)}, bounced=str(error))
        except NotDelivered as error:
            _settle(engine, message, _next_try(message, str(error)))
        except Exception:
            log.exception("could not be written", message=message.id)
            _settle(engine, message, {"state": MessageState.FAILED, "error": "could not be written"})
        else:
            _settle(engine, message, {"state": MessageState.SENT, "sent_at": now(), "error": None})
            sent += 1
    return sent


def _claim(engine: Engine) -> _Claimed | None:
    """The oldest message that is due, marked `sending`: from here on nobody else sends it, even if we die.

    Those whose reader is not to be written to now go where they belong on the way.
    """
    while True:
        with Session(engine, expire_on_commit=False) as session:
            due = (
                select(Message)
                .where(col(Message.state) == MessageState.QUEUED, col(Message.not_before) <= now())
                .order_by(col(Message.not_before))
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            message = session.execute(due).scalar_one_or_none()
            if message is None:
                return None
            items = _route(session, message)
            session.commit()
            if message.state is MessageState.SENDING:
                return _Claimed(message, items)


def _route(session: Session, message: Message) -> Sequence[Message]:
    """Mark what becomes of it now; returns what a digest tells."""
    bouncing = message.address is not None and session.get(BouncingAddress, message.address) is not None
    found = fate(message, _rhythm(session, message), hours_of(session, message.recipient_id), bouncing, now())
    message.state, message.not_before = found.state, found.at
    if found.state is MessageState.SENDING:
        message.attempts += 1
    if message.family is not Family.DIGEST:
        return ()
    items = items_of(session, message.id)
    if not items:
        message.state = MessageState.CANCELLED
    with speaking(message.locale):
        message.subject = digest_subject(len(items))
        message.body = "\n\n".join(item.subject for item in items)
    return items


def _rhythm(session: Session, message: Message) -> Rhythm:
    if message.family not in FAMILIES or message.recipient_id is None:
        return Rhythm.AT_ONCE
    chosen = session.get(MessageChoice, (message.recipient_id, message.family))
    return chosen.rhythm if chosen else FAMILIES[message.family].default


def _next_try(message: Message, error: str) -> dict[str, Any]:
    if message.attempts <= len(DELAYS):
        log.warning("not delivered", message=message.id, attempt=message.attempts, error=error)
        return _later(error, DELAYS[message.attempts - 1], message.attempts)
    log.error("given up", message=message.id, error=error)
    return {"state": MessageState.FAILED, "error": error}


def _later(error: str, delay: timedelta, attempts: int) -> dict[str, Any]:
    return {"state": MessageState.QUEUED, "not_before": now() + delay, "error": error, "attempts": attempts}


def _settle(engine: Engine, message: Message, values: dict[str, Any], bounced: str = "") -> None:
    """`bounced`: what the server said of the address. That of somebody without account is not kept."""
    with Session(engine) as session:
        session.execute(update(Message).where(col(Message.id) == message.id).values(**values))
        if values.get("state") is MessageState.SENT:
            session.execute(delete(BouncingAddress).where(col(BouncingAddress.address) == message.address))
        elif bounced and message.recipient_id is not None:
            row = {"address": message.address, "since": now(), "answer": bounced[:500]}
            session.execute(insert(BouncingAddress).values(**row).on_conflict_do_nothing())
        session.commit()
