"""What comes to the desk, and after how long it is late. Each domain says its own; they are gathered here."""

from datetime import datetime
from enum import StrEnum

from app.assistance.models import AssistanceKind
from app.assistance.rules import LATE_AFTER as ASSISTANCE_LATE_AFTER
from app.contributions.rules import LATE_AFTER as CONTRIBUTION_LATE_AFTER
from app.kernel.database import now
from app.news.rules import LATE_AFTER as NEWS_LATE_AFTER
from app.organisations.rules import LATE_AFTER as ORGANISATION_LATE_AFTER
from app.projects.rules import LATE_AFTER as PROJECT_LATE_AFTER
from app.threads.rules import REPORT_LATE_AFTER


class Kind(StrEnum):
    """In the order of the tabs."""

    ORGANISATION = "organisation"  # somebody asks to speak for one
    PROJECT = "project"
    CONTRIBUTION = "contribution"
    NEWS = "news"
    REPORT = "report"  # somebody says that a post is wrong
    CALL = "call"
    FEEDBACK = "feedback"


LATE_AFTER = {
    Kind.ORGANISATION: ORGANISATION_LATE_AFTER,
    Kind.PROJECT: PROJECT_LATE_AFTER,
    Kind.CONTRIBUTION: CONTRIBUTION_LATE_AFTER,
    Kind.NEWS: NEWS_LATE_AFTER,
    Kind.REPORT: REPORT_LATE_AFTER,
    Kind.CALL: ASSISTANCE_LATE_AFTER[AssistanceKind.CALL],
    Kind.FEEDBACK: ASSISTANCE_LATE_AFTER[AssistanceKind.FEEDBACK],
}


def is_late(kind: Kind, since: datetime) -> bool:
    return now() - since > LATE_AFTER[kind]
