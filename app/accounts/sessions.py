"""From the cookie to the person: a signed token that names a row, so that ending the row ends the session at once."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select
from starlette.responses import Response

from app.accounts.models import AccountSession, User
from app.kernel import tokens
from app.kernel.database import SessionDep, now, related
from app.kernel.days import today
from app.kernel.errors import Forbidden, NotFound, SignInNeeded

COOKIE = "twiza_session"
LIFETIME = timedelta(days=90)


def open_session(session: Session, request: Request, response: Response, user: User) -> None:
    """Sign this device in: a row, and the cookie that names it."""
    device = request.headers.get("user-agent", "")[:200]
    row = AccountSession(user_id=user.id, device=device, expires_at=now() + LIFETIME)
    session.add(row)
    session.flush()
    settings = request.app.state.settings
    response.set_cookie(
        COOKIE,
        tokens.sign({"sid": str(row.id)}, settings.secret, row.expires_at),
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )


def session_id(request: Request) -> UUID | None:
    """The session that this browser's cookie names, if we signed it; whether it is still open is the row's to say."""
    claims = tokens.read(request.cookies.get(COOKIE, ""), request.app.state.settings.secret)
    try:
        return UUID(str(claims["sid"])) if claims else None
    except (ValueError, KeyError):
        return None


def identify(request: Request, session: SessionDep) -> User | None:
    """Who is looking; on every route, also kept on `request.state` for the header of the page."""
    user = None
    if identity := session_id(request):
        statement = (
            select(User)
            .join(AccountSession, col(AccountSession.user_id) == User.id)
            .where(AccountSession.id == identity, col(AccountSession.ended_at).is_(None))
            .where(AccountSession.expires_at > now(), col(User.closed_at).is_(None))
            .options(joinedload(related(User.scopes)), joinedload(related(User.grants)))
        )
        user = session.exec(statement).unique().one_or_none()
        if user is not None and user.last_seen_on < today():
            _seen_today(session, user)
    request.state.viewer = user
    return user


def _seen_today(session: Session, user: User) -> None:
    """Once a day at most; whoever is just writing the same row does not make this page wait."""
    free = select(User.id).where(User.id == user.id).with_for_update(skip_locked=True, key_share=True)
    if session.exec(free).first() is not None:
        user.last_seen_on = today()


MaybeUser = Annotated[User | None, Depends(identify)]


def signed_in(user: MaybeUser) -> User:
    if user is None:
        raise SignInNeeded
    return user


CurrentUser = Annotated[User, Depends(signed_in)]


def signed_in_moderator(user: CurrentUser) -> User:
    if not user.is_moderator:
        raise NotFound  # the desk is private: absent rather than forbidden
    return user


CurrentModerator = Annotated[User, Depends(signed_in_moderator)]


def signed_in_administrator(user: CurrentUser) -> User:
    if not user.is_administrator:
        raise NotFound if not user.is_moderator else Forbidden
    return user


CurrentAdministrator = Annotated[User, Depends(signed_in_administrator)]
