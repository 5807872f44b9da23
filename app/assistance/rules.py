"""Who answers, and when it is late. Pure functions."""

from datetime import timedelta

from app.accounts.models import User
from app.assistance.models import AssistanceKind, AssistanceRequest
from app.kernel.database import now

LATE_AFTER = {AssistanceKind.CALL: timedelta(days=2), AssistanceKind.FEEDBACK: timedelta(days=5)}
"""Somebody is waiting beside the telephone; a word about a page can wait longer."""


def can_answer(user: User) -> bool:
    return user.has_desk


def is_late(request: AssistanceRequest) -> bool:
    return request.done_at is None and now() - request.created_at > LATE_AFTER[request.kind]
