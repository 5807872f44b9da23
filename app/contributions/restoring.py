"""Matches after a backup was restored into another PostgreSQL."""

from sqlmodel import Session

from app.contributions import keeping
from app.contributions.keeping import EVERYBODY
from app.contributions.models import ListKind, MatchList
from app.matching import restoring


def settle(session: Session, many: int) -> int:  # noqa: ARG001  a step of the worker, as those of `keeping`
    """If the numbers of transactions are another server's, all lists are made anew. To be committed."""
    if restoring.number_anew(session):
        keeping.outdate(session)
        if everybody := session.get(MatchList, (ListKind.PROFILE, EVERYBODY)):
            session.delete(everybody)
    return 0
