"""The one place that signs and reads tokens. python-jose takes any algorithm unless told: here it is pinned."""

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

from jose import JWTError, jwt

ALGORITHM = "HS256"


def sign(claims: dict[str, Any], secret: str, expires: datetime) -> str:
    return str(jwt.encode({**claims, "exp": expires}, secret, algorithm=ALGORITHM))


def read(token: str, secret: str) -> dict[str, Any] | None:
    """The claims of a token that we signed and that has not expired; None otherwise."""
    try:
        claims = jwt.decode(token, secret, algorithms=[ALGORITHM], options={"require_exp": True})
    except JWTError:
        return None
    return dict(claims)


def fresh_code() -> str:
    """An unguessable code for a link, 256 bits; only its digest is kept."""
    return secrets.token_urlsafe(32)


def digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def keyed_digest(text: str, secret: str) -> str:
    """Tells whether a text was seen before; without the secret nobody can try texts against it."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
