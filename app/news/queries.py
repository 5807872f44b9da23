"""Reads of news. All start from `visible_to`: what somebody may not see is absent."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, or_, true, tuple_
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import GrantKind, User
from app.deadlines.queries import is_late
from app.journal.models import Subject
from app.kernel.database import related
from app.kernel.days import today
from app.kernel.errors import NotFound
from app.kernel.pagination import Page, cut, decode
from app.news.models import NewsItem, NewsState
from app.territories.models import Commune, Province, Territory

MAX_ID = 2**31 - 1
PAGE = 20

PUBLISHED = col(NewsItem.state) == NewsState.PUBLISHED


def visible_to(user: User | None) -> SelectOfScalar[NewsItem]:
    """Published ones for all; the others for their author and for those who look after them."""
    if user is None:
        return select(NewsItem).where(PUBLISHED)
    own = col(NewsItem.author_id) == user.id
    return select(NewsItem).where(or_(PUBLISHED, own, looked_after_by(user), _left_waiting(user)))


def looked_after_by(user: User) -> ColumnElement[bool]:
    """The condition that goes with `rules.looks_after`."""
    if not user.is_moderator:
        return false()
    if user.is_administrator or any(scope.is_everything for scope in user.scopes):
        return true()
    place = func.coalesce(NewsItem.region_code, NewsItem.province_code, NewsItem.commune_code)
    regions = [scope.region_code for scope in user.scopes if scope.region_code]
    return or_(place.is_(None), func.left(place, 2).in_(regions))


def _left_waiting(user: User) -> ColumnElement[bool]:
    """What moderators leave waiting is seen by coordinators."""
    if not user.has_grant(GrantKind.COORDINATOR):
        return false()
    return is_late(Subject.NEWS, col(NewsItem.id))


def waits_for(user: User) -> ColumnElement[bool]:
    """What is on this moderator's desk (`rules.looks_after`); for a coordinator also what others leave waiting."""
    return and_(col(NewsItem.state) == NewsState.WAITING, or_(looked_after_by(user), _left_waiting(user)))


def about(territory: Territory) -> ColumnElement[bool]:
    """News of a territory and of what is inside it."""
    if isinstance(territory, Commune):
        return col(NewsItem.commune_code) == territory.code
    inside = f"{territory.code}."
    in_communes = col(NewsItem.commune_code).startswith(inside)
    if isinstance(territory, Province):
        return or_(col(NewsItem.province_code) == territory.code, in_communes)
    in_provinces = col(NewsItem.province_code).startswith(inside)
    return or_(col(NewsItem.region_code) == territory.code, in_provinces, in_communes)


def with_place(statement: SelectOfScalar[NewsItem]) -> SelectOfScalar[NewsItem]:
    """With all that a card says, in one query."""
    return statement.options(
        joinedload(related(NewsItem.author)),
        joinedload(related(NewsItem.commune)),
        joinedload(related(NewsItem.province)),
        joinedload(related(NewsItem.region)),
    )


def get(session: Session, user: User | None, news_id: int) -> NewsItem:
    """Raises NotFound, also for what this person may not see."""
    statement = with_place(visible_to(user)).where(col(NewsItem.id) == news_id)
    found = session.exec(statement).one_or_none() if 0 < news_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def get_for_change(session: Session, user: User, news_id: int) -> NewsItem:
    """The same, held until the end of the request: two changes at once come one after the other."""
    found = get(session, user, news_id)
    session.refresh(found, with_for_update={"of": NewsItem})
    return found


def published_news(
    session: Session,
    *,
    territory: Territory | None = None,
    language: str | None = None,
    calls: bool = False,
    cursor: str | None = None,
    size: int = PAGE,
) -> Page[NewsItem]:
    """The newest first; with `calls`, the funding calls still open, those that close soonest first."""
    statement = with_place(select(NewsItem).where(PUBLISHED)).limit(size + 1)
    if territory is not None:
        statement = statement.where(about(territory))
    if language is not None:
        statement = statement.where(NewsItem.language == language)
    return _calls(session, statement, cursor, size) if calls else _newest(session, statement, cursor, size)


def _newest(session: Session, statement: SelectOfScalar[NewsItem], cursor: str | None, size: int) -> Page[NewsItem]:
    key = tuple_(col(NewsItem.published_at), col(NewsItem.id))
    match decode(cursor):
        case (datetime() as moment, int() as number):
            statement = statement.where(key < tuple_(moment, number))
    rows = session.exec(statement.order_by(col(NewsItem.published_at).desc(), col(NewsItem.id).desc())).all()
    return cut(rows, size, lambda item: (item.published_at, item.id))


def _calls(session: Session, statement: SelectOfScalar[NewsItem], cursor: str | None, size: int) -> Page[NewsItem]:
    statement = statement.where(col(NewsItem.deadline) >= today())
    key = tuple_(col(NewsItem.deadline), col(NewsItem.id))
    match decode(cursor):
        case (str() as day, int() as number) if (closing := _day(day)) is not None:
            statement = statement.where(key > tuple_(closing, number))
    rows = session.exec(statement.order_by(col(NewsItem.deadline), col(NewsItem.id))).all()
    return cut(rows, size, lambda item: (str(item.deadline), item.id))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def open_calls(session: Session) -> int:
    """How many funding calls are still open."""
    return session.exec(
        select(func.count()).select_from(NewsItem).where(PUBLISHED, col(NewsItem.deadline) >= today())
    ).one()


def latest_news(session: Session, limit: int, territory: Territory | None = None) -> Sequence[NewsItem]:
    """For the home page, and for the page of a territory."""
    return published_news(session, territory=territory, size=limit).rows


def news_of(session: Session, user: User) -> Sequence[NewsItem]:
    """Those that this person wrote, the last moved first."""
    return session.exec(
        with_place(select(NewsItem).where(NewsItem.author_id == user.id))
        .order_by(col(NewsItem.state_since).desc(), col(NewsItem.id).desc())
        .limit(100)
    ).all()


def unpublished_news_of(session: Session, user: User, limit: int) -> Sequence[NewsItem]:
    """What this person wrote and nobody can read yet; what was returned first."""
    returned = col(NewsItem.state) == NewsState.RETURNED
    return session.exec(
        with_place(select(NewsItem).where(NewsItem.author_id == user.id, NewsItem.state != NewsState.PUBLISHED))
        .order_by(returned.desc(), col(NewsItem.state_since).desc(), col(NewsItem.id).desc())
        .limit(limit)
    ).all()


def waiting_news(session: Session, user: User, limit: int) -> Sequence[NewsItem]:
    """What waits for this moderator, the oldest first."""
    return session.exec(
        with_place(select(NewsItem).where(waits_for(user)))
        .options(joinedload(related(NewsItem.open_step)))
        .order_by(col(NewsItem.state_since), col(NewsItem.id))
        .limit(limit)
    ).all()
