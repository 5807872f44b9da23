"""Who answers, and what is waited for. Pure functions."""

from app.accounts.models import User
from app.assistance.models import AssistanceKind, AssistanceRequest
from app.deadlines.steps import Step

STEPS = {AssistanceKind.CALL: Step.CALL_MADE, AssistanceKind.FEEDBACK: Step.FEEDBACK_READ}


def can_answer(user: User) -> bool:
    return user.has_desk


def step_of(request: AssistanceRequest) -> Step | None:
    return STEPS[request.kind] if request.done_at is None else None
