"""The projects of somebody who is no longer there: what others work at goes on, what everybody could read stays."""

from collections.abc import Collection

from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import User
from app.accounts.queries import moderators_of
from app.journal.actions import record
from app.journal.models import Subject
from app.kernel.database import now
from app.notifications.actions import queue
from app.organisations.models import Organisation
from app.organisations.queries import administrations, members_of
from app.projects import needs
from app.projects.coauthors import of_project
from app.projects.messages import ProjectHandedOver, ProjectOrphaned
from app.projects.models import CoAuthor, CoAuthorInvitation, Moderation, Need, NeedState, Project, Thanks
from app.projects.rules import MOVES, region_of
from app.projects.suggesting import actions as suggesting


def hand_over(session: Session, user: User) -> list[int]:
    """To another who speaks for its organisation, else to a co-author. The numbers of those that nobody is left for."""
    orphans = []
    for project in session.exec(_authored(user)).all():
        if successor := _successor(session, project, user):
            _give_to(session, user, project, successor)
        elif not _is_endorsed(session, project, user):
            orphans.append(project.id)
    session.flush()
    return orphans


def _authored(user: User) -> SelectOfScalar[Project]:
    return select(Project).where(Project.author_id == user.id).order_by(col(Project.id)).with_for_update()


def _successor(session: Session, project: Project, user: User) -> User | None:
    speakers = _speakers(session, project.organisation, user)
    writers = [row.user for row in of_project(session, project) if row.user_id != user.id]
    return next((one for one in (*speakers, *writers) if one.closed_at is None), None)


def _speakers(session: Session, organisation: Organisation | None, user: User) -> list[User]:
    if organisation is None or organisation.verified_at is None:
        return []
    return [membership.user for membership in members_of(session, organisation) if membership.user_id != user.id]


def _is_endorsed(session: Session, project: Project, user: User) -> bool:
    return bool(_speakers(session, project.endorsed_by, user))


def _give_to(session: Session, user: User, project: Project, successor: User) -> None:
    project.author_id = successor.id
    session.execute(
        delete(CoAuthor).where(col(CoAuthor.project_id) == project.id, col(CoAuthor.user_id) == successor.id)
    )
    entry = record(session, user.id, Subject.PROJECT, project.id, "handed_over", to=successor.id)
    told = ProjectHandedOver(project_id=project.id, title=project.title, name=successor.name)
    queue(session, successor, told, entry=entry)


def let_stand(session: Session, user: User, orphans: Collection[int]) -> None:
    """Published ones stay, under their commune, and look for nobody; the others are withdrawn."""
    for project in session.exec(_authored(user).where(col(Project.id).in_(orphans))).all():
        if project.moderation is Moderation.PUBLISHED:
            looked_for = select(Need).where(Need.project_id == project.id, Need.state == NeedState.OPEN)
            open_needs = session.exec(looked_for.order_by(col(Need.id))).all()
            for need in open_needs:
                needs.give_up(session, user, need)
            if open_needs:
                _tell_commune(session, project)
        elif project.moderation in MOVES["withdraw"].sources:
            moved = (project.moderation.value, Moderation.WITHDRAWN.value)
            record(session, user.id, Subject.PROJECT, project.id, "withdraw", moved=moved)
            project.moderation, project.moderation_since, project.helper_id = Moderation.WITHDRAWN, now(), None
    session.flush()


def _tell_commune(session: Session, project: Project) -> None:
    commune = administrations(session, [project.commune_code]).get(project.commune_code)
    people = [membership.user for membership in members_of(session, commune)] if commune else []
    for person in people or moderators_of(session, region=region_of(project)):
        if person.closed_at is None:
            queue(session, person, ProjectOrphaned(project_id=project.id, title=project.title, name=person.name))


def forget(session: Session, user: User) -> None:
    """They write along and are thanked by name nowhere; what they had taken up as a moderator waits again."""
    session.execute(delete(CoAuthor).where(col(CoAuthor.user_id) == user.id))
    suggesting.withdraw_all(session, user)
    session.execute(delete(CoAuthorInvitation).where(col(CoAuthorInvitation.created_by_id) == user.id))
    session.execute(delete(Thanks).where(col(Thanks.user_id) == user.id))
    for project in session.exec(select(Project).where(Project.helper_id == user.id).with_for_update()).all():
        if project.moderation is Moderation.HELPING:
            moved = (Moderation.HELPING.value, Moderation.WAITING.value)
            record(session, user.id, Subject.PROJECT, project.id, "back_to_desk", moved=moved)
            project.moderation, project.moderation_since = Moderation.WAITING, now()
        project.helper_id = None
    session.flush()
