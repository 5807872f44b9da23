from collections.abc import Iterable, Sequence

from sqlalchemy import or_
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.accounts.models import AccountSession, ModeratorScope, Role, User
from app.kernel.database import now, related
from app.kernel.errors import NotFound
from app.kernel.pagination import Page, cut, decode

PEOPLE_A_PAGE = 30


def names_of(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Number → name, for lists that only know numbers (the journal, the messages)."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    return dict(session.exec(select(User.id, User.name).where(col(User.id).in_(wanted))).all())


def open_sessions(session: Session, user: User) -> list[AccountSession]:
    """The devices on which this person is signed in, the latest first."""
    statement = (
        select(AccountSession)
        .where(AccountSession.user_id == user.id, col(AccountSession.ended_at).is_(None))
        .where(AccountSession.expires_at > now())
        .order_by(col(AccountSession.created_at).desc())
    )
    return list(session.exec(statement).all())


def people(session: Session, words: str, cursor: str | None) -> Page[User]:
    """For administrators: accounts whose name, e-mail or number contains the words, the newest first."""
    statement = (
        select(User)
        .where(col(User.closed_at).is_(None))
        .options(joinedload(related(User.scopes)), joinedload(related(User.grants)))
        .order_by(col(User.id).desc())
        .limit(PEOPLE_A_PAGE + 1)
    )
    if words:
        part = f"%{words.replace('%', '').replace('_', ' ')}%"
        statement = statement.where(
            col(User.name).ilike(part) | col(User.email).ilike(part) | col(User.phone).like(part)
        )
    after = decode(cursor)
    if after and isinstance(after[0], int):
        statement = statement.where(col(User.id) < after[0])
    return cut(session.exec(statement).unique().all(), PEOPLE_A_PAGE, lambda user: (user.id,))


def person(session: Session, user_id: int) -> User:
    """An open account by its number. Raises NotFound."""
    user = session.get(User, user_id)
    if user is None or user.closed_at is not None:
        raise NotFound
    return user


def moderators_of(session: Session, *, region: str | None = None, country: str | None = None) -> Sequence[User]:
    """Those whose scope names that region or that country; without any, those of everything, else administrators."""
    scope = [col(ModeratorScope.region_code) == region] if region else []
    scope += [col(ModeratorScope.country) == country] if country else []
    everything = col(ModeratorScope.region_code).is_(None) & col(ModeratorScope.country).is_(None)
    open_accounts = select(User).where(col(User.closed_at).is_(None)).order_by(col(User.id))
    for wanted in ([or_(*scope)] if scope else []) + [everything]:
        of_scope = select(ModeratorScope.user_id).where(wanted)
        found = session.exec(open_accounts.where(User.role == Role.MODERATOR, col(User.id).in_(of_scope))).all()
        if found:
            return found
    return session.exec(open_accounts.where(User.role == Role.ADMINISTRATOR)).all()
