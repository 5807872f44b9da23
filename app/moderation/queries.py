"""What waits for somebody, over all domains, in a number of queries that does not grow with the list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import User
from app.assistance import queries as assistance
from app.assistance.models import AssistanceKind, AssistanceRequest
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.deadlines.models import OpenStep
from app.kernel.days import today
from app.moderation import reports
from app.moderation.reports import ReportedPost
from app.moderation.rules import Kind
from app.news import queries as news
from app.news.models import NewsItem
from app.organisations import queries as organisations
from app.organisations.models import Membership, Organisation
from app.profiles.models import Profile
from app.projects import queries as projects
from app.projects.models import Need, Project
from app.projects.queries import Waiting
from app.reminders import queries as reminders
from app.reminders.queries import LeftWaiting
from app.threads.models import Post, Thread

Row = LeftWaiting | Membership | Waiting | Contribution | NewsItem | ReportedPost | AssistanceRequest


@dataclass(frozen=True)
class Item:
    """One thing that waits; `row` is what its domain gives."""

    kind: Kind
    number: int | str
    """Unique among its kind."""
    since: datetime
    row: Row

    @property
    def step(self) -> OpenStep | None:
        return self.row.project.open_step if isinstance(self.row, Waiting) else self.row.open_step

    @property
    def late(self) -> bool:
        return self.step is not None and self.step.due_on < today()

    @property
    def stuck(self) -> bool:
        """Everybody was reminded, and nobody answered."""
        return self.step is not None and self.step.is_stuck


def waiting(session: Session, user: User, only: Kind | None, limit: int) -> list[Item]:
    """The oldest first, of one kind or of all; each domain is asked for no more than the list can show."""
    items = [item for kind, read in _READ.items() if only in (None, kind) for item in read(session, user, limit)]
    return sorted(items, key=lambda item: (item.since, item.kind, str(item.number)))[:limit]


def counts(session: Session, user: User) -> dict[Kind, int]:
    """How many things wait, by kind, in one query."""
    subqueries = [statement.scalar_subquery().label(kind.value) for kind, statement in _counting(user).items()]
    row = session.execute(select(*subqueries)).one()
    return dict(zip(Kind, row, strict=True))


def waiting_count(session: Session, user: User) -> int:
    """The number in the header: what is on the desk of those who have one, answers expected from the others."""
    return sum(counts(session, user).values()) if user.has_desk else contributions.waiting_for(session, user)


def _counting(user: User) -> dict[Kind, SelectOfScalar[int]]:
    asked = select(func.count()).select_from(AssistanceRequest).where(assistance.waits_for(user))
    return {
        Kind.LEFT_WAITING: select(func.count()).select_from(OpenStep).where(reminders.left_waiting_for(user)),
        Kind.ORGANISATION: select(func.count())
        .select_from(Membership)
        .join(Organisation, col(Organisation.id) == Membership.organisation_id)
        .where(organisations.waits_for(user)),
        Kind.PROJECT: select(func.count()).select_from(Project).where(projects.waits_for(user)),
        Kind.CONTRIBUTION: select(func.count())
        .select_from(Contribution)
        .join(Need, col(Need.id) == Contribution.need_id)
        .join(Project, col(Project.id) == Need.project_id)
        .join(Profile, col(Profile.id) == Contribution.profile_id)
        .where(contributions.on_desk_of(user)),
        Kind.NEWS: select(func.count()).select_from(NewsItem).where(news.waits_for(user)),
        Kind.REPORT: select(func.count())
        .select_from(Post)
        .join(Thread, col(Thread.id) == Post.thread_id)
        .where(reports.waits_for(user)),
        Kind.CALL: asked.where(AssistanceRequest.kind == AssistanceKind.CALL),
        Kind.FEEDBACK: asked.where(AssistanceRequest.kind == AssistanceKind.FEEDBACK),
    }


def _left_waiting(session: Session, user: User, limit: int) -> list[Item]:
    rows = reminders.left_waiting(session, user, limit)
    return [Item(Kind.LEFT_WAITING, row.key, row.open_step.since, row) for row in rows]


def _memberships(session: Session, user: User, limit: int) -> list[Item]:
    rows = organisations.waiting_memberships(session, user, limit)
    return [Item(Kind.ORGANISATION, row.id, row.asked_at, row) for row in rows]


def _projects(session: Session, user: User, limit: int) -> list[Item]:
    rows = projects.waiting_projects(session, user, limit)
    return [Item(Kind.PROJECT, row.project.id, row.project.moderation_since, row) for row in rows]


def _contributions(session: Session, user: User, limit: int) -> list[Item]:
    rows = contributions.proposed_contributions(session, user, limit)
    return [Item(Kind.CONTRIBUTION, row.id, row.state_since, row) for row in rows]


def _news(session: Session, user: User, limit: int) -> list[Item]:
    return [Item(Kind.NEWS, row.id, row.state_since, row) for row in news.waiting_news(session, user, limit)]


def _reports(session: Session, user: User, limit: int) -> list[Item]:
    rows = reports.reported_posts(session, user, limit)
    return [Item(Kind.REPORT, row.post.id, row.since, row) for row in rows]


def _calls(session: Session, user: User, limit: int) -> list[Item]:
    return _assistance(session, user, limit, AssistanceKind.CALL, Kind.CALL)


def _feedback(session: Session, user: User, limit: int) -> list[Item]:
    return _assistance(session, user, limit, AssistanceKind.FEEDBACK, Kind.FEEDBACK)


def _assistance(session: Session, user: User, limit: int, asked: AssistanceKind, kind: Kind) -> list[Item]:
    rows: Sequence[AssistanceRequest] = assistance.waiting_requests(session, user, limit, asked)
    return [Item(kind, row.id, row.created_at, row) for row in rows]


_READ: dict[Kind, Callable[[Session, User, int], list[Item]]] = {
    Kind.LEFT_WAITING: _left_waiting,
    Kind.ORGANISATION: _memberships,
    Kind.PROJECT: _projects,
    Kind.CONTRIBUTION: _contributions,
    Kind.NEWS: _news,
    Kind.REPORT: _reports,
    Kind.CALL: _calls,
    Kind.FEEDBACK: _feedback,
}
