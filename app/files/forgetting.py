"""What somebody who left had sent."""

from pathlib import PurePath

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.files.actions import remove
from app.files.models import StoredFile


def forget(session: Session, owner_id: int) -> None:
    """Gone, except what the page of a commune still shows: whoever holds its number has said that it stays."""
    for number in session.exec(
        select(StoredFile.id).where(StoredFile.owner_id == owner_id).order_by(col(StoredFile.id))
    ):
        try:
            with session.begin_nested():
                remove(session, number)
        except IntegrityError:  # domains above, which this one does not know, point to it
            kept = session.get_one(StoredFile, number)
            kept.name = f"{kept.kind}{PurePath(kept.name).suffix[:8]}"  # it often says whose it is
    session.flush()
