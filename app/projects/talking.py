"""Who is who in the public conversation about a project, and about each of its needs."""

from app.projects import rules
from app.projects.models import Moderation, Project
from app.projects.rules import Standing
from app.threads.models import Voice
from app.threads.rules import Seat


def seat(standing: Standing, project: Project) -> Seat:
    """Whoever speaks for one of its organisations answers for it; one writes about what everybody can read."""
    answers_for = next(
        (one for one in (project.organisation_id, project.endorsed_by_id) if one in standing.organisations), None
    )
    moderates = rules.can_moderate(standing, project)
    is_team = rules.writes(standing, project)
    return Seat(
        standing.user,
        voice=Voice.TEAM if is_team else Voice.MODERATOR if moderates else Voice.READER,
        organisation_id=answers_for,
        is_open=project.moderation is Moderation.PUBLISHED,
        moderates=moderates,
    )
