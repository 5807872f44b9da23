"""Who stands on which side of a contribution, and who is told."""

from collections.abc import Sequence

from sqlalchemy import or_, text
from sqlmodel import Session, col, select

from app.accounts.models import ModeratorScope, Role, User
from app.contributions.models import Contribution
from app.contributions.rules import Ties
from app.journal.models import Entry, Subject
from app.organisations.queries import verified_organisation_ids
from app.profiles.models import GroupMember, Profile
from app.profiles.queries import whole
from app.projects.models import CoAuthor, Project
from app.projects.team import SPEAKERS
from app.projects.team import TEAM as TEAM
from app.projects.team import of_project as of_project
from app.projects.team import team_ids as team_ids
from app.projects.team import team_of as team_of


def ties(session: Session, user: User) -> Ties:
    return Ties(
        user,
        organisations=frozenset(verified_organisation_ids(session, user)),
        co_authored=frozenset(session.exec(select(CoAuthor.project_id).where(CoAuthor.user_id == user.id))),
        groups=frozenset(session.exec(select(GroupMember.profile_id).where(GroupMember.user_id == user.id))),
    )


def contacts_of(session: Session, contribution: Contribution) -> Sequence[User]:
    """Whom the contributor may reach: the author, who speaks for the organisation, and whoever of the team acted."""
    acted = select(Entry.actor_id).where(
        Entry.subject_kind == Subject.CONTRIBUTION, Entry.subject_id == contribution.id
    )
    project = contribution.need.project
    spoken = session.scalars(text(SPEAKERS), of_project(project)).all()
    moved = session.scalars(acted).all()
    known = {project.author_id, *spoken, *moved}
    return [user for user in team_of(session, project) if user.id in known]


def moderators_of(session: Session, project: Project, profile: Profile) -> Sequence[User]:
    """Those whose scope names the region of the project or the country of the person; without any, those of all."""
    statement = select(User).where(
        col(User.role) == Role.MODERATOR, col(User.closed_at).is_(None), col(User.id) != profile.owner_id
    )
    scopes = select(ModeratorScope.user_id)
    near = scopes.where(
        or_(
            col(ModeratorScope.region_code) == project.commune_code[:2],
            col(ModeratorScope.country) == profile.country,
        )
    )
    found = session.exec(statement.where(col(User.id).in_(near)).order_by(col(User.id))).all()
    if found:
        return found
    everywhere = scopes.where(col(ModeratorScope.region_code).is_(None), col(ModeratorScope.country).is_(None))
    return session.exec(statement.where(col(User.id).in_(everywhere)).order_by(col(User.id))).all()


def profiles_of(session: Session, user: User) -> Sequence[Profile]:
    """In whose names somebody may offer: their own, then the groups and associations whose contact they are."""
    return session.exec(
        select(Profile)
        .where(Profile.owner_id == user.id, col(Profile.abilities) != "")
        .options(*whole())
        .order_by((col(Profile.kind) == "person").desc(), col(Profile.id))
    ).all()
