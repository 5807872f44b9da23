"""What somebody decided, over all domains: the journal read by its author, with what may still be taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from sqlalchemy import tuple_
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, func, select

from app.accounts.models import User
from app.assistance.models import AssistanceRequest
from app.contributions.models import Contribution
from app.journal.actions import UNDO_WITHIN
from app.journal.models import Entry, Subject
from app.kernel.database import now, related
from app.kernel.i18n import N_, label
from app.kernel.i18n import gettext as _
from app.kernel.pagination import Page, cut, decode
from app.news.models import NewsItem
from app.organisations.models import Membership
from app.projects.models import Need, Project
from app.threads import mentions
from app.threads.models import Post

PAGE = 30
TITLE_LENGTH = 80

WORDS = {
    (Subject.MEMBERSHIP, "verify"): N_("Vérifié"),
    (Subject.MEMBERSHIP, "refuse"): N_("Refusé"),
    (Subject.PROJECT, "publish"): N_("Publié"),
    (Subject.PROJECT, "ask"): N_("Question posée"),
    (Subject.PROJECT, "help"): N_("Écriture à deux proposée"),
    (Subject.PROJECT, "return"): N_("Rendu à son auteur"),
    (Subject.PROJECT, "unpublish"): N_("N’est plus publié"),
    (Subject.PROJECT, "close"): N_("Mis de côté"),
    (Subject.CONTRIBUTION, "approve"): N_("Approuvée"),
    (Subject.CONTRIBUTION, "refuse"): N_("Non retenue"),
    (Subject.CONTRIBUTION, "close"): N_("Fermée sans suite"),
    (Subject.NEWS, "publish"): N_("Publiée"),
    (Subject.NEWS, "return"): N_("Rendue à son auteur"),
    (Subject.NEWS, "unpublish"): N_("N’est plus publiée"),
    (Subject.POST, "hide"): N_("Message caché"),
    (Subject.POST, "keep"): N_("Message laissé visible"),
    (Subject.ASSISTANCE, "finish"): N_("C’est fait"),
}
UNDO = {
    Subject.MEMBERSHIP: "undo_membership",
    Subject.PROJECT: "undo_project_move",
    Subject.CONTRIBUTION: "undo_contribution",
    Subject.NEWS: "undo_news",
    Subject.POST: "undo_post",
    Subject.ASSISTANCE: "undo_assistance",
}
"""The route that takes a decision back."""


@dataclass(frozen=True)
class Decision:
    entry: Entry
    words: str
    title: str
    page: tuple[str, Mapping[str, object]] | None
    """The route of what it was about, and its parameters."""
    undo: str | None
    """The route that takes it back, while that is possible."""


def decisions(session: Session, user: User, cursor: str | None) -> Page[Decision]:
    """The last first."""
    statement = (
        select(Entry)
        .where(Entry.actor_id == user.id, tuple_(col(Entry.subject_kind), col(Entry.verb)).in_(list(WORDS)))
        .order_by(col(Entry.id).desc())
        .limit(PAGE + 1)
    )
    match decode(cursor):
        case (int() as last,):
            statement = statement.where(col(Entry.id) < last)
    page = cut(session.exec(statement).all(), PAGE, lambda entry: (entry.id,))
    titles, undoable = _titles(session, page.rows), _undoable(session, page.rows)
    return Page([_decision(entry, titles, entry.id in undoable) for entry in page.rows], page.next)


Titles = Mapping[tuple[Subject, int], tuple[str, tuple[str, Mapping[str, object]] | None]]


def _decision(entry: Entry, titles: Titles, undoable: bool) -> Decision:
    title, page = titles.get((entry.subject_kind, entry.subject_id), ("", None))
    words = _(WORDS[entry.subject_kind, entry.verb])
    return Decision(entry, words, title, page, UNDO[entry.subject_kind] if undoable else None)


def _undoable(session: Session, entries: Sequence[Entry]) -> set[int]:
    """Those that `journal.take_back` would take: recent, not undone, and nothing since."""
    recent = [entry for entry in entries if entry.undone_at is None and now() - entry.at <= UNDO_WITHIN]
    if not recent:
        return set()
    subject = tuple_(col(Entry.subject_kind), col(Entry.subject_id))
    last = session.exec(
        select(func.max(Entry.id))
        .where(subject.in_({(entry.subject_kind, entry.subject_id) for entry in recent}))
        .group_by(col(Entry.subject_kind), col(Entry.subject_id))
    ).all()
    return {entry.id for entry in recent} & set(last)


def _titles(session: Session, entries: Sequence[Entry]) -> Titles:
    numbers: dict[Subject, set[int]] = {}
    for entry in entries:
        numbers.setdefault(entry.subject_kind, set()).add(entry.subject_id)
    return {
        (kind, number): (title, page)
        for kind, read in _READ.items()
        if kind in numbers
        for number, title, page in read(session, numbers[kind])
    }


Named = Iterable[tuple[int, str, tuple[str, Mapping[str, object]] | None]]


def _memberships(session: Session, numbers: set[int]) -> Named:
    rows = session.exec(
        select(Membership)
        .where(col(Membership.id).in_(numbers))
        .options(joinedload(related(Membership.user)), joinedload(related(Membership.organisation)))
    )
    for row in rows:
        page = ("organisation", {"organisation_id": row.organisation_id})
        yield row.id, f"{row.user.name} · {label(row.organisation)}", page


def _projects(session: Session, numbers: set[int]) -> Named:
    for number, title in session.exec(select(Project.id, Project.title).where(col(Project.id).in_(numbers))):
        yield number, title, ("project", {"project_id": number})


def _contributions(session: Session, numbers: set[int]) -> Named:
    rows = session.exec(
        select(Contribution.id, Project.title)
        .join(Need, col(Need.id) == Contribution.need_id)
        .join(Project, col(Project.id) == Need.project_id)
        .where(col(Contribution.id).in_(numbers))
    )
    for number, title in rows:
        yield number, title, ("contribution", {"contribution_id": number})


def _news(session: Session, numbers: set[int]) -> Named:
    for number, title in session.exec(select(NewsItem.id, NewsItem.title).where(col(NewsItem.id).in_(numbers))):
        yield number, title, ("news_item", {"news_id": number})


def _posts(session: Session, numbers: set[int]) -> Named:
    rows = session.exec(select(Post).where(col(Post.id).in_(numbers)).options(joinedload(related(Post.thread))))
    for row in rows:
        page = ("conversation", {"kind": row.thread.subject_kind.value, "subject_id": row.thread.subject_id})
        yield row.id, shorten(mentions.without(row.text), TITLE_LENGTH, placeholder=" …"), page


def _requests(session: Session, numbers: set[int]) -> Named:
    for row in session.exec(select(AssistanceRequest).where(col(AssistanceRequest.id).in_(numbers))):
        yield row.id, row.text or row.hour, None


_READ = {
    Subject.MEMBERSHIP: _memberships,
    Subject.PROJECT: _projects,
    Subject.CONTRIBUTION: _contributions,
    Subject.NEWS: _news,
    Subject.POST: _posts,
    Subject.ASSISTANCE: _requests,
}
