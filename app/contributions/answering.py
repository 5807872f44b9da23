"""How long offers usually wait for their answer: one definition, for the first page and for each organisation."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlmodel import Session, col, select

from app.contributions.models import Contribution, Origin, State
from app.deadlines.queries import is_late
from app.journal.models import Subject
from app.kernel.database import now
from app.projects.models import Need, Project

ANSWERED = (State.ACCEPTED, State.WAITING_LIST, State.DECLINED, State.REFUSED, State.CLOSED)
UNANSWERED = (State.PROPOSED, State.APPROVED)
ENOUGH_OFFERS = 5
"""Below that, a usual time would be somebody's own."""


def usual_days(session: Session, of: ColumnElement[bool] | None = None) -> int | None:
    """The median over the offers of a year; `of` keeps those of some projects.

    Those left without an answer beyond the day that was told count for how long they have waited, or else forgetting
    them would make the figure better.
    """
    answered = col(Contribution.state).in_(ANSWERED)
    late = and_(col(Contribution.state).in_(UNANSWERED), is_late(Subject.CONTRIBUTION, col(Contribution.id)))
    until = case((answered, col(Contribution.state_since)), else_=now())
    waited = func.extract("epoch", until - col(Contribution.created_at))
    statement = (
        select(func.count(), func.percentile_cont(0.5).within_group(waited))
        .where(Contribution.origin == Origin.OFFER, or_(answered, late))
        .where(col(Contribution.created_at) > now() - timedelta(days=365))
    )
    if of is not None:
        projects = select(Need.id).join(Project, col(Project.id) == Need.project_id).where(of)
        statement = statement.where(col(Contribution.need_id).in_(projects))
    offers, median = session.exec(statement).one()
    return max(1, round(float(median) / 86_400)) if offers >= ENOUGH_OFFERS else None
