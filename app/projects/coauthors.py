"""Who writes a fiche besides its author: a link that an editor sends, a person who accepts it."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.journal import actions as journal
from app.journal.models import Subject
from app.kernel.database import now, related
from app.kernel.errors import Forbidden, NotFound
from app.notifications import actions as notifications
from app.projects import queries, rules
from app.projects.messages import CoAuthorJoined
from app.projects.models import CoAuthor, CoAuthorInvitation, Project
from app.projects.rules import Standing


def of_project(session: Session, project: Project) -> Sequence[CoAuthor]:
    """In the order in which they came."""
    return session.exec(
        select(CoAuthor)
        .where(CoAuthor.project_id == project.id)
        .options(joinedload(related(CoAuthor.user)))
        .order_by(col(CoAuthor.joined_at), col(CoAuthor.user_id))
    ).all()


def invitation(session: Session, project: Project) -> CoAuthorInvitation | None:
    """The link that is open now."""
    return session.exec(select(CoAuthorInvitation).where(CoAuthorInvitation.project_id == project.id)).one_or_none()


def invite(session: Session, standing: Standing, project: Project) -> CoAuthorInvitation:
    """A new link; the one before it no longer opens anything."""
    if standing.user is None or not rules.can_edit(standing, project):
        raise Forbidden
    values = {"code": uuid4(), "created_by_id": standing.user.id, "created_at": now()}
    session.execute(
        insert(CoAuthorInvitation)
        .values(project_id=project.id, **values)
        .on_conflict_do_update(index_elements=["project_id"], set_=values)
    )
    journal.record(session, standing.user.id, Subject.PROJECT, project.id, "invite_co_authors")
    made = invitation(session, project)
    assert made is not None
    return made


def stop_inviting(session: Session, standing: Standing, project: Project) -> None:
    """The link no longer opens anything."""
    if not rules.can_edit(standing, project):
        raise Forbidden
    session.execute(delete(CoAuthorInvitation).where(col(CoAuthorInvitation.project_id) == project.id))


def invited_to(session: Session, code: UUID) -> Project:
    """The project behind a link, whoever holds it. Raises NotFound."""
    found = session.exec(
        queries.with_place(select(Project))
        .join(CoAuthorInvitation, col(CoAuthorInvitation.project_id) == Project.id)
        .where(CoAuthorInvitation.code == code)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def join(session: Session, user: User, code: UUID) -> Project:
    """Whoever writes the project already changes nothing; the author is told of the others."""
    project = invited_to(session, code)
    if rules.writes(queries.standing(session, user, project), project):
        return project
    invited_by = session.get_one(CoAuthorInvitation, code).created_by_id
    values = {"project_id": project.id, "user_id": user.id, "invited_by_id": invited_by, "joined_at": now()}
    if session.execute(
        insert(CoAuthor).values(values).on_conflict_do_nothing().returning(col(CoAuthor.user_id))
    ).first():
        entry = journal.record(session, user.id, Subject.PROJECT, project.id, "join_as_co_author")
        told = CoAuthorJoined(project.id, project.title, project.author.name, co_author=user.name)
        notifications.queue(session, project.author, told, entry=entry)
    return project


def remove(session: Session, standing: Standing, project: Project, user_id: int) -> None:
    """What they wrote stays, with their name. Raises NotFound for somebody who is not, or no longer, a co-author."""
    if standing.user is None or not rules.can_remove_co_author(standing, project, user_id):
        raise Forbidden
    gone = session.execute(
        delete(CoAuthor)
        .where(col(CoAuthor.project_id) == project.id, col(CoAuthor.user_id) == user_id)
        .returning(col(CoAuthor.user_id))
    ).first()
    if gone is None:
        raise NotFound
    journal.record(session, standing.user.id, Subject.PROJECT, project.id, "remove_co_author", user=user_id)
