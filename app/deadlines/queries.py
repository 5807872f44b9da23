from collections.abc import Collection

from sqlmodel import Session, col, select

from app.deadlines.models import OpenStep
from app.journal.models import Subject


def under_way(session: Session, kind: Subject, ids: Collection[int]) -> dict[int, OpenStep]:
    """The steps at which these things are, by their numbers; what is over is not there."""
    if not ids:
        return {}
    statement = (
        select(OpenStep)
        .where(OpenStep.subject_kind == kind, col(OpenStep.subject_id).in_(ids))
        .execution_options(populate_existing=True)
    )
    return {row.subject_id: row for row in session.exec(statement)}
