"""Matches after a backup was restored into another PostgreSQL."""

from sqlalchemy import text
from sqlmodel import Session

from app.contributions import keeping
from app.matching import restoring
from app.matching.restoring import COMING

# The list of no profile is as of the last look of a worker: hardly any other is later.
_FROM_ELSEWHERE = text(
    f"""
    SELECT EXISTS (SELECT 1 FROM match_document WHERE changed_in > {COMING})
        OR EXISTS (SELECT 1 FROM match_list WHERE kind = 'profile' AND subject_id = 0 AND seen > {COMING})
    """  # noqa: S608  only names of our own
)


def settle(session: Session, many: int) -> int:  # noqa: ARG001  a step of the worker, as those of `keeping`
    """If the numbers of transactions are another server's, all lists are made anew. To be committed."""
    if session.execute(_FROM_ELSEWHERE).scalar_one():
        keeping.outdate(session)
        restoring.number_anew(session)
    return 0
