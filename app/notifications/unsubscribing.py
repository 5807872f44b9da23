"""The link that stops a family of e-mails: signed, so that it works without signing in; it opens nothing else."""

from dataclasses import dataclass
from datetime import timedelta

from app.kernel import tokens
from app.kernel.database import now
from app.notifications.families import FAMILIES, Family
from app.notifications.models import Message

LIFETIME = timedelta(days=730)
"""E-mails are found again long after."""


@dataclass(frozen=True)
class Stop:
    user_id: int
    family: Family


def stop_path(message: Message, secret: str) -> str:
    """Where the reader of this e-mail stops others like it; empty where nobody can (links to sign in)."""
    if message.stop:
        return message.stop
    if message.recipient_id is None or message.family not in (*FAMILIES, Family.DIGEST):
        return ""
    claims = {"stop": message.family.value, "user": message.recipient_id}
    return f"/{message.locale}/account/messages/stop/{tokens.sign(claims, secret, now() + LIFETIME)}"


def read_stop(token: str, secret: str) -> Stop | None:
    claims = tokens.read(token, secret)
    if claims is None or claims.get("stop") not in set(Family):
        return None
    return Stop(int(claims["user"]), Family(claims["stop"]))
