from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.journal.models import Entry, Subject
from app.kernel.errors import NotFound

MAX_ID = 2**31 - 1


def history(session: Session, kind: Subject, subject_id: int, verbs: Sequence[str] | None = None) -> list[Entry]:
    """The moves of one thing, oldest first, without those that were undone; `verbs` keeps only some."""
    statement = (
        select(Entry)
        .where(Entry.subject_kind == kind, Entry.subject_id == subject_id, col(Entry.undone_at).is_(None))
        .order_by(col(Entry.id))
    )
    if verbs is not None:
        statement = statement.where(col(Entry.verb).in_(verbs))
    return list(session.exec(statement).all())


def entry_of(session: Session, entry_id: int, kind: Subject) -> Entry:
    """An entry by its number, if it is about that kind of thing. Raises NotFound."""
    entry = session.get(Entry, entry_id) if 0 < entry_id <= MAX_ID else None
    if entry is None or entry.subject_kind is not kind:
        raise NotFound
    return entry
