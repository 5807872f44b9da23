"""To whom somebody's e-mail and telephone were shown, and when: a row for each person, reader and day."""

from collections.abc import Mapping, Sequence

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.accounts.models import ContactShown, User
from app.journal.models import Subject
from app.kernel.days import today


def note(session: Session, viewer: User, kind: Subject, people: Mapping[int, int]) -> None:
    """The page shows this reader the addresses of these people; written only the first time in a day.

    `people`: the number of each → the number of what they are shown because of.
    """
    others = people.keys() - {viewer.id}
    if not others:
        return
    day = today()
    known = session.exec(
        select(ContactShown.person_id).where(
            ContactShown.viewer_id == viewer.id, ContactShown.day == day, col(ContactShown.person_id).in_(others)
        )
    )
    new = sorted(others.difference(known))  # in one order: two readers never wait for each other in a circle
    if new:
        about = {"viewer_id": viewer.id, "day": day, "subject_kind": kind}
        rows = [{"person_id": one, "subject_id": people[one], **about} for one in new]
        session.execute(insert(ContactShown).values(rows).on_conflict_do_nothing())


def of_person(session: Session, user: User, limit: int) -> Sequence[tuple[ContactShown, str]]:
    """Who was shown the addresses of this person, with their name, the last first."""
    viewer = aliased(User)
    return session.exec(
        select(ContactShown, viewer.name)
        .join(viewer, col(viewer.id) == ContactShown.viewer_id)
        .where(ContactShown.person_id == user.id)
        .order_by(col(ContactShown.day).desc(), col(ContactShown.viewer_id))
        .limit(limit)
    ).all()
