"""What an account leaves behind: a number without a name, to which the history of a commune may still point."""

from sqlalchemy import delete
from sqlmodel import Session, SQLModel, col

from app.accounts.models import (
    AccessLink,
    AccountSession,
    CharterAcceptance,
    Consent,
    ContactShown,
    Grant,
    ModeratorScope,
    Role,
    User,
)
from app.journal import actions as journal
from app.kernel.database import now

UNREAD = "[…]"
"""Where a name stood in what somebody wrote."""
_GOES: tuple[tuple[type[SQLModel], str], ...] = (
    (AccountSession, "user_id"),
    (AccessLink, "user_id"),
    (CharterAcceptance, "user_id"),
    (Consent, "user_id"),
    (ContactShown, "person_id"),
    (ModeratorScope, "user_id"),
    (Grant, "user_id"),
)


def forget(session: Session, user: User, name: str) -> None:
    """To be called last: other domains look at whose account it was. Twice is as good as once."""
    for table, column in _GOES:
        session.execute(delete(table).where(col(getattr(table, column)) == user.id))
    if name:
        journal.take_name_out(session, user.id, name, UNREAD)
    session.expire(user, ["scopes", "grants"])
    user.name, user.email, user.phone, user.password_hash, user.email_confirmed_at = "", None, None, None, None
    user.enrolled_by_id, user.role = None, Role.MEMBER
    user.closed_at = user.closed_at or now()
    session.add(user)
    session.flush()
