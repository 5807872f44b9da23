"""Reads of suggestions. All start from `visible_to`: what somebody may not see is absent."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import User
from app.kernel import pagination
from app.kernel.database import related
from app.kernel.errors import NotFound
from app.kernel.pagination import Page
from app.projects import queries, rules
from app.projects.models import Need, NeedKind, NeedState, Project
from app.projects.rules import Standing
from app.projects.suggesting.models import Suggestion, SuggestionState
from app.projects.suggesting.rules import TAKEN

PAGE = 20


def visible_to(user: User) -> SelectOfScalar[Suggestion]:
    """One's own, whatever became of the project; and those that one may answer."""
    editable = or_(queries.written_by(user), queries.looked_after_by(user))
    statement = select(Suggestion).join(Project, col(Project.id) == Suggestion.project_id)
    return statement.where(or_(col(Suggestion.author_id) == user.id, editable))


def get(session: Session, user: User, project_id: int | None, suggestion_id: int) -> Suggestion:
    """One of that project, where the address names it. Raises NotFound."""
    if not 0 < suggestion_id <= queries.MAX_ID:
        raise NotFound
    statement = _whole(visible_to(user)).where(Suggestion.id == suggestion_id)
    if project_id is not None:
        statement = statement.where(Suggestion.project_id == project_id)
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def open_beside(session: Session, standing: Standing, project: Project) -> dict[str, list[Suggestion]]:
    """Section → those that wait for an answer there, as far as this person sees them, oldest first."""
    if standing.user is None:
        return {}
    statement = select(Suggestion).where(Suggestion.project_id == project.id, Suggestion.state == SuggestionState.OPEN)
    if not rules.can_edit(standing, project):
        statement = statement.where(Suggestion.author_id == standing.user.id)
    found: dict[str, list[Suggestion]] = {}
    for one in session.exec(_whole(statement).order_by(col(Suggestion.id))):
        found.setdefault(one.section, []).append(one)
    return found


def taken(session: Session, project: Project, section: str, versions: Collection[int]) -> dict[int, Suggestion]:
    """Of the history of a section: version → the suggestion that it took in."""
    statement = select(Suggestion).where(
        Suggestion.project_id == project.id,
        Suggestion.section == section,
        col(Suggestion.taken_version).in_(versions),
    )
    rows = session.exec(_whole(statement).order_by(col(Suggestion.id)))
    return {row.taken_version: row for row in rows if row.taken_version is not None}


def thanked(session: Session, project: Project) -> Sequence[str]:
    """The names of those whose ideas are in the fiche, in the order in which they came."""
    statement = (
        select(User.id, User.name)
        .join(Suggestion, col(Suggestion.author_id) == User.id)
        .where(Suggestion.project_id == project.id, col(Suggestion.state).in_(TAKEN))
        .order_by(col(Suggestion.id))
    )
    return list(dict(session.exec(statement).all()).values())


def of_author(session: Session, user: User, after: str | None = None, size: int = PAGE) -> Page[Suggestion]:
    """One's own, the newest first."""
    statement = select(Suggestion).where(Suggestion.author_id == user.id).order_by(col(Suggestion.id).desc())
    match pagination.decode(after):
        case (int() as number,):
            statement = statement.where(col(Suggestion.id) < number)
    return pagination.cut(session.exec(_whole(statement).limit(size + 1)).all(), size, lambda one: (one.id,))


def to_answer(session: Session, user: User, limit: int = PAGE) -> Sequence[Suggestion]:
    """Those that wait for the teams to which this person belongs, the oldest first."""
    statement = (
        select(Suggestion)
        .join(Project, col(Project.id) == Suggestion.project_id)
        .where(queries.written_by(user), Suggestion.state == SuggestionState.OPEN, Suggestion.author_id != user.id)
        .order_by(col(Suggestion.id))
    )
    return session.exec(_whole(statement).limit(limit)).all()


def ideas_wanted(session: Session, project: Project) -> Sequence[Need]:
    """The open needs for ideas: whoever suggests something brings what is looked for."""
    return session.exec(
        select(Need)
        .where(Need.project_id == project.id, Need.kind == NeedKind.IDEAS, Need.state == NeedState.OPEN)
        .order_by(col(Need.id))
    ).all()


def _whole(statement: SelectOfScalar[Suggestion]) -> SelectOfScalar[Suggestion]:
    """With what a card says of it."""
    return statement.options(
        joinedload(related(Suggestion.project)),
        joinedload(related(Suggestion.author)),
        joinedload(related(Suggestion.answered_by)),
    )
