from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.home.queries import PUBLISHED
from app.news.models import NewsItem
from app.news.queries import PUBLISHED as PUBLISHED_NEWS
from app.projects.models import Project
from app.relays.calls.models import CallState, GroupedCall
from app.territories.queries import regions

LIMIT = 10_000
"""Of each kind, the newest: a site map holds 50,000 addresses at most, and each page has two."""

ALWAYS = ("/", "/projects", "/news", "/territories", "/relays/calls", "/about", "/charter", "/privacy")


@dataclass(frozen=True)
class PublicPage:
    """`path` is without its language."""

    path: str
    changed: datetime | None = None


def public_pages(session: Session) -> Iterator[PublicPage]:
    """The standing pages, the territories where something happens, what is published."""
    for path in ALWAYS:
        yield PublicPage(path)
    for region, provinces in regions(session):
        yield PublicPage(f"/territories/{region.code}")
        for province in provinces:
            yield PublicPage(f"/territories/{province.code}")
    communes = select(Project.commune_code, func.max(Project.updated_at)).where(PUBLISHED)
    for code, changed in session.exec(communes.group_by(col(Project.commune_code))):
        yield PublicPage(f"/territories/{code}", changed)
    projects = select(Project.id, Project.updated_at).where(PUBLISHED).order_by(col(Project.id).desc())
    for number, changed in session.exec(projects.limit(LIMIT)):
        yield PublicPage(f"/projects/{number}", changed)
    news = select(NewsItem.id, NewsItem.published_at).where(PUBLISHED_NEWS).order_by(col(NewsItem.id).desc())
    for number, published in session.exec(news.limit(LIMIT)):
        yield PublicPage(f"/news/{number}", published)
    calls = select(GroupedCall.id, GroupedCall.state_since).where(GroupedCall.state != CallState.DRAFT)
    for number, changed in session.exec(calls.order_by(col(GroupedCall.id).desc()).limit(LIMIT)):
        yield PublicPage(f"/relays/calls/{number}", changed)
