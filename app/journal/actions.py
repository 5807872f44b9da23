import re
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, update
from sqlmodel import Session, col, select

from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Refusal
from app.kernel.i18n import N_

UNDO_WITHIN = timedelta(minutes=10)


class TooLateToUndo(Refusal):
    message = N_("Il est trop tard pour annuler : quelque chose a suivi, ou dix minutes ont passé.")


def record(
    session: Session,
    actor_id: int | None,
    kind: Subject,
    subject_id: int,
    verb: str,
    *,
    moved: tuple[str | None, str | None] = (None, None),
    note: str = "",
    **data: Any,
) -> Entry:
    """Write one move; `moved` is the state before and after, where there is one. The entry has its number at once."""
    entry = Entry(
        actor_id=actor_id,
        subject_kind=kind,
        subject_id=subject_id,
        verb=verb,
        from_state=moved[0],
        to_state=moved[1],
        note=note,
        data=data,
    )
    session.add(entry)
    session.flush()
    return entry


def take_back(session: Session, actor_id: int, entry: Entry) -> Entry:
    """Mark an entry as undone, if it is this person's, the last of its subject, and recent. Raises TooLateToUndo."""
    last = session.exec(
        select(Entry)
        .where(Entry.subject_kind == entry.subject_kind, Entry.subject_id == entry.subject_id)
        .order_by(col(Entry.id).desc())
        .limit(1)
    ).one()
    if entry.actor_id != actor_id or last.id != entry.id or entry.undone_at or now() - entry.at > UNDO_WITHIN:
        raise TooLateToUndo
    entry.undone_at = now()
    return record(
        session,
        actor_id,
        entry.subject_kind,
        entry.subject_id,
        f"undo_{entry.verb}",
        moved=(entry.to_state, entry.from_state),
    )


def take_name_out(session: Session, actor_id: int, name: str, instead: str) -> None:
    """What somebody who left had written stays, without the name they may have signed it with."""
    session.execute(
        update(Entry)
        .where(col(Entry.actor_id) == actor_id, col(Entry.note) != "")
        .values(note=without_name(Entry.note, name, instead))
    )
    # What others noted about the account itself: how the person agreed to be enrolled, and the like.
    session.execute(
        update(Entry).where(col(Entry.subject_kind) == Subject.USER, col(Entry.subject_id) == actor_id).values(note="")
    )


def without_name(text: Any, name: str, instead: str) -> ColumnElement[str]:
    """A text with these words where the name stood, and only where it stood as words."""
    begins, ends = (r"\m" if name[0].isalnum() else ""), (r"\M" if name[-1].isalnum() else "")
    # PostgreSQL takes a backslash in the replacement for a group.
    return func.regexp_replace(col(text), begins + re.escape(name) + ends, instead.replace("\\", r"\\"), "gi")
