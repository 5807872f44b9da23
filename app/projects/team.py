"""Those who act for a project, from the other end: whom to tell."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, text
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.organisations.models import MembershipState
from app.projects.models import Project


def team_of(session: Session, project: Project) -> Sequence[User]:
    """Those who act for a project (`rules.writes`), to be told: its author first."""
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


SPEAKERS = """
    SELECT membership.user_id FROM membership JOIN organisation ON organisation.id = membership.organisation_id
    WHERE membership.state = :verified AND organisation.verified_at IS NOT NULL
      AND organisation.id = ANY(CAST(:organisations AS int[]))
"""
TEAM = f"""
    SELECT CAST(:author_id AS int) AS user_id UNION ALL {SPEAKERS}
    UNION ALL SELECT user_id FROM co_author WHERE project_id = :project_id
"""  # noqa: S608  only names of our own
"""The numbers of those who act for a project. Beside the whole table of accounts they are a list: it is not read."""
_TEAM = select(User).where(col(User.id).in_(text(TEAM).columns(user_id=Integer)), col(User.closed_at).is_(None))
