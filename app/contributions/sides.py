"""Who stands on which side of a contribution, and who is told."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, or_, text
from sqlmodel import Session, col, select

from app.accounts.models import ModeratorScope, Role, User
from app.contributions.models import Contribution
from app.contributions.rules import Ties
from app.journal.models import Entry, Subject
from app.organisations.models import MembershipState
from app.organisations.queries import verified_organisation_ids
from app.profiles.models import GroupMember, Profile
from app.profiles.queries import whole
from app.projects.models import CoAuthor, Project


def ties(session: Session, user: User) -> Ties:
    return Ties(
        user,
        organisations=frozenset(verified_organisation_ids(session, user)),
        co_authored=frozenset(session.exec(select(CoAuthor.project_id).where(CoAuthor.user_id == user.id))),
        groups=frozenset(session.exec(select(GroupMember.profile_id).where(GroupMember.user_id == user.id))),
    )


def team_of(session: Session, project: Project) -> Sequence[User]:
    """Those who act for a project (`Ties.writes`), to be told: its author first."""
    found = session.scalars(_TEAM, of_project(project)).all()
    return sorted(found, key=lambda user: (user.id != project.author_id, user.id))


def team_ids(session: Session, project: Project) -> Sequence[int]:
    return session.scalars(text(TEAM), of_project(project)).all()


def of_project(project: Project) -> dict[str, Any]:
    """The values of `TEAM`."""
    return {
        "project_id": project.id,
        "author_id": project.author_id,
        "organisations": [project.organisation_id, project.endorsed_by_id],
        "verified": MembershipState.VERIFIED.value,
    }


_SPEAKERS = """
    SELECT membership.user_id FROM membership JOIN organisation ON organisation.id = membership.organisation_id
    WHERE membership.state = :verified AND organisation.verified_at IS NOT NULL
      AND organisation.id = ANY(CAST(:organisations AS int[]))
"""
TEAM = f"""
    SELECT CAST(:author_id AS int) AS user_id UNION ALL {_SPEAKERS}
    UNION ALL SELECT user_id FROM co_author WHERE project_id = :project_id
"""  # noqa: S608  only names of our own
"""The numbers of those who act for a project. Beside the whole table of accounts they are a list: it is not read."""
_TEAM = select(User).where(col(User.id).in_(text(TEAM).columns(user_id=Integer)), col(User.closed_at).is_(None))


def contacts_of(session: Session, contribution: Contribution) -> Sequence[User]:
    """Whom the contributor may reach: the author, who speaks for the organisation, and whoever of the team acted."""
    acted = select(Entry.actor_id).where(
        Entry.subject_kind == Subject.CONTRIBUTION, Entry.subject_id == contribution.id
    )
    project = contribution.need.project
    spoken = session.scalars(text(_SPEAKERS), of_project(project)).all()
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
