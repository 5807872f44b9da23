"""What becomes of a message when its time has come. A pure function."""

from dataclasses import dataclass
from datetime import datetime

from app.notifications.families import FAMILIES, Family, Rhythm
from app.notifications.hours import next_digest, quiet_until
from app.notifications.models import Message, MessageHours, MessageState


@dataclass(frozen=True)
class Fate:
    """`sending`, or where else it goes, and when it is looked at again."""

    state: MessageState
    at: datetime


def fate(message: Message, rhythm: Rhythm, hours: MessageHours, bouncing: bool, moment: datetime) -> Fate:
    """`rhythm`: how often its reader wants that family; `bouncing`: nobody is at the address."""
    if message.family is Family.ACCOUNT:
        return Fate(MessageState.SENDING, moment)
    if bouncing or message.read_at is not None:
        return Fate(MessageState.ON_SITE, moment)
    if message.family in FAMILIES:
        if rhythm is Rhythm.ON_SITE:
            return Fate(MessageState.ON_SITE, moment)
        if rhythm is not Rhythm.AT_ONCE:
            return Fate(MessageState.HELD, next_digest(hours, rhythm, moment))
    if until := quiet_until(hours, moment):
        return Fate(MessageState.QUEUED, until)
    return Fate(MessageState.SENDING, moment)
