"""How long offers usually wait for their answer: one definition, for the first page and for each organisation."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, update
from sqlmodel import Session, col, select

from app.contributions.models import Contribution, Origin, State
from app.deadlines.queries import is_late
from app.journal.models import Subject
from app.kernel.database import now
from app.organisations.models import Organisation
from app.projects.models import Need, Project

ANSWERED = (State.ACCEPTED, State.WAITING_LIST, State.DECLINED, State.REFUSED, State.CLOSED)
UNANSWERED = (State.PROPOSED, State.APPROVED)
ENOUGH_OFFERS = 5
"""Below that, a usual time would be somebody's own."""
ENCOURAGING = 21
"""Days: of an organisation that takes longer nothing is said. It is reminded, not shown to others."""


def usual_days(session: Session) -> int | None:
    """The median over the offers of a year.

    Those left without an answer beyond the day that was told count for how long they have waited, or else forgetting
    them would make the figure better.
    """
    offers, median = session.exec(select(func.count(), _median()).where(*_of_a_year())).one()
    return _said(offers, median)


def keep_usual_days(session: Session) -> None:
    """The same of each organisation's own projects, where its page and the form of an offer read it."""
    rows = session.exec(
        select(Project.organisation_id, func.count(), _median())
        .select_from(Contribution)
        .join(Need, col(Need.id) == Contribution.need_id)
        .join(Project, col(Project.id) == Need.project_id)
        .where(*_of_a_year(), col(Project.organisation_id).is_not(None))
        .group_by(col(Project.organisation_id))
    ).all()
    usual = {number: _said(offers, median) for number, offers, median in rows}
    told = select(Organisation.id).where(col(Organisation.answer_days).is_not(None))
    for number in {*usual, *session.exec(told)}:
        days = usual.get(number)
        kept = days if days is not None and days <= ENCOURAGING else None
        changed = col(Organisation.answer_days).is_distinct_from(kept)
        session.execute(update(Organisation).where(col(Organisation.id) == number, changed).values(answer_days=kept))


def _of_a_year() -> tuple[ColumnElement[bool], ...]:
    return (
        col(Contribution.origin) == Origin.OFFER,
        or_(_answered(), _late()),
        col(Contribution.created_at) > now() - timedelta(days=365),
    )


def _answered() -> ColumnElement[bool]:
    return col(Contribution.state).in_(ANSWERED)


def _late() -> ColumnElement[bool]:
    return and_(col(Contribution.state).in_(UNANSWERED), is_late(Subject.CONTRIBUTION, col(Contribution.id)))


def _median() -> ColumnElement[float]:
    until = case((_answered(), col(Contribution.state_since)), else_=now())
    waited = func.extract("epoch", until - col(Contribution.created_at))
    return func.percentile_cont(0.5).within_group(waited)


def _said(offers: int, median: float | None) -> int | None:
    """In whole days, where there are enough of them."""
    return max(1, round(float(median) / 86_400)) if median is not None and offers >= ENOUGH_OFFERS else None
