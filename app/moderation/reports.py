"""Posts that somebody reported, for those who look after what is talked about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, or_
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.accounts.models import GrantKind, User
from app.accounts.queries import names_of
from app.accounts.rules import in_scope
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.deadlines import queries as deadlines
from app.deadlines.models import OpenStep
from app.journal.models import Subject
from app.kernel.database import related
from app.news import queries as news
from app.news import rules as news_rules
from app.news.models import NewsItem
from app.profiles.models import Profile
from app.projects import queries as projects
from app.projects.models import Need, Project
from app.threads import mentions
from app.threads.models import Post, PostReport, Thread
from app.threads.wording import fault_label

DECISIONS = ("hide", "keep")

OPEN = col(PostReport.settled_at).is_(None)


@dataclass(frozen=True)
class ReportedPost:
    post: Post
    text: str
    since: datetime
    """The first report."""
    reasons: Sequence[tuple[str, str, str]]
    """What each who reported it says is wrong, their words, and who they are."""
    title: str
    """Of what is talked about."""
    language: str
    region: str | None
    country: str | None
    """Where the other side lives, in a contribution."""
    open_step: OpenStep | None


def may_decide(user: User, row: ReportedPost) -> bool:
    """Nobody judges what they wrote themselves."""
    if user.id == row.post.author_id or not user.is_moderator:
        return False
    if row.region is None and row.country is None:
        return True
    return in_scope(user, region=row.region) or in_scope(user, country=row.country)


def waits_for(user: User) -> ColumnElement[bool]:
    """What is on this moderator's desk; for a coordinator also what others leave waiting.

    On posts joined with their thread.
    """
    reported = select(PostReport.post_id).where(OPEN)
    overseen = deadlines.is_late(Subject.POST, col(Post.id)) if user.has_grant(GrantKind.COORDINATOR) else false()
    return and_(col(Post.id).in_(reported), col(Post.author_id) != user.id, or_(_looked_after_by(user), overseen))


def _looked_after_by(user: User) -> ColumnElement[bool]:
    """The condition that goes with `may_decide`."""
    if not user.is_moderator:
        return false()
    needs = select(Need.id).join(Project, col(Project.id) == Need.project_id)
    matches = (
        select(Contribution.id)
        .join(Need, col(Need.id) == Contribution.need_id)
        .join(Project, col(Project.id) == Need.project_id)
        .join(Profile, col(Profile.id) == Contribution.profile_id)
    )
    own = {
        Subject.PROJECT: select(Project.id).where(projects.looked_after_by(user)),
        Subject.NEED: needs.where(projects.looked_after_by(user)),
        Subject.CONTRIBUTION: matches.where(contributions.looked_after_by(user)),
        Subject.NEWS: select(NewsItem.id).where(news.looked_after_by(user)),
    }
    return or_(
        *(and_(col(Thread.subject_kind) == kind, col(Thread.subject_id).in_(numbers)) for kind, numbers in own.items())
    )


def reported_posts(session: Session, user: User, limit: int) -> list[ReportedPost]:
    """What waits for this moderator, what was reported first first."""
    since = (
        select(PostReport.post_id, func.min(PostReport.created_at).label("since"))
        .where(OPEN)
        .group_by(col(PostReport.post_id))
        .subquery()
    )
    posts = session.exec(
        select(Post)
        .join(Thread, col(Thread.id) == Post.thread_id)
        .join(since, since.c.post_id == Post.id)
        .where(waits_for(user))
        .options(joinedload(related(Post.thread)), joinedload(related(Post.author)))
        .order_by(since.c.since, col(Post.id))
        .limit(limit)
    ).all()
    return _with_what_they_are_about(session, posts)


def _with_what_they_are_about(session: Session, posts: Sequence[Post]) -> list[ReportedPost]:
    if not posts:
        return []
    reports: dict[int, list[PostReport]] = {}
    for one in session.exec(
        select(PostReport)
        .where(col(PostReport.post_id).in_([post.id for post in posts]), OPEN)
        .options(joinedload(related(PostReport.reporter)))
        .order_by(col(PostReport.id))
    ):
        reports.setdefault(one.post_id, []).append(one)
    about = _about(session, [post.thread for post in posts])
    steps = deadlines.under_way(session, Subject.POST, [post.id for post in posts])
    names = names_of(session, {number for post in posts for number in mentions.numbers(post.text)})
    found = []
    for post in posts:
        title, language, region, country = about[post.thread.subject_kind, post.thread.subject_id]
        said = reports[post.id]
        found.append(
            ReportedPost(
                post,
                mentions.said(post.text, names),
                said[0].created_at,
                [(fault_label(one.reason), one.words, one.reporter.name) for one in said],
                title,
                language,
                region,
                country,
                steps.get(post.id),
            )
        )
    return found


About = tuple[str, str, str | None, str | None]


def _about(session: Session, threads: Collection[Thread]) -> dict[tuple[Subject, int], About]:
    """Title, its language, the region and the country of each subject."""

    def ids(kind: Subject) -> list[int]:
        return [thread.subject_id for thread in threads if thread.subject_kind is kind]

    found: dict[tuple[Subject, int], About] = {}
    for project in session.exec(select(Project).where(col(Project.id).in_(ids(Subject.PROJECT)))):
        found[Subject.PROJECT, project.id] = _of(project)
    needs = select(Need.id, Project).join(Project, col(Project.id) == Need.project_id)
    for number, project in session.exec(needs.where(col(Need.id).in_(ids(Subject.NEED)))):
        found[Subject.NEED, number] = _of(project)
    matches = (
        select(Contribution.id, Project, Profile.country)
        .join(Need, col(Need.id) == Contribution.need_id)
        .join(Project, col(Project.id) == Need.project_id)
        .join(Profile, col(Profile.id) == Contribution.profile_id)
    )
    for number, project, country in session.exec(matches.where(col(Contribution.id).in_(ids(Subject.CONTRIBUTION)))):
        found[Subject.CONTRIBUTION, number] = _of(project, country)
    for item in session.exec(select(NewsItem).where(col(NewsItem.id).in_(ids(Subject.NEWS)))):
        found[Subject.NEWS, item.id] = (item.title, item.language, news_rules.region_of(item), None)
    return found


def _of(project: Project, country: str | None = None) -> About:
    return project.title, project.language, project.commune_code[:2], country
