"""What somebody wants to be told, how often, and at what hours."""

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from app.kernel.database import now
from app.notifications.families import FAMILIES, Family, Rhythm
from app.notifications.models import Message, MessageChoice, MessageHours, MessageState

IN_DIGESTS = (Rhythm.DAILY, Rhythm.WEEKLY)


def rhythms_of(session: Session, user_id: int) -> dict[Family, Rhythm]:
    """Family → how often, for all among which people choose."""
    chosen = session.exec(select(MessageChoice).where(MessageChoice.user_id == user_id))
    return {family: about.default for family, about in FAMILIES.items()} | {row.family: row.rhythm for row in chosen}


def hours_of(session: Session, user_id: int | None) -> MessageHours:
    """Theirs, or those of everybody."""
    kept = session.get(MessageHours, user_id) if user_id is not None else None
    return kept or MessageHours(user_id=user_id or 0)


def choose(session: Session, user_id: int, rhythms: dict[Family, Rhythm], hours: dict[str, int | str | None]) -> None:
    """Everything on the page of choices at once; what is held for a digest is looked at anew."""
    for family, rhythm in rhythms.items():
        _keep(session, user_id, family, rhythm)
    _keep_hours(session, user_id, hours)
    _look_again(session, user_id)


def stop(session: Session, user_id: int, family: Family) -> None:
    """No more e-mail of that family (`digest`: of none that comes in digests); it stays readable on the site."""
    for one, rhythm in rhythms_of(session, user_id).items():
        if rhythm is not Rhythm.ON_SITE and (one is family or (family is Family.DIGEST and rhythm in IN_DIGESTS)):
            _keep(session, user_id, one, Rhythm.ON_SITE, before=rhythm)
    _look_again(session, user_id)


def start_again(session: Session, user_id: int, family: Family) -> None:
    """As it was before it was stopped."""
    rows = session.exec(select(MessageChoice).where(MessageChoice.user_id == user_id).with_for_update())
    for row in rows:
        if row.rhythm is Rhythm.ON_SITE and (
            row.family is family or (family is Family.DIGEST and row.before in IN_DIGESTS)
        ):
            row.rhythm = row.before


def is_stopped(session: Session, user_id: int, family: Family) -> bool:
    rhythms = rhythms_of(session, user_id)
    if family is Family.DIGEST:
        return not any(rhythm in IN_DIGESTS for rhythm in rhythms.values())
    return rhythms[family] is Rhythm.ON_SITE


def lives_in(session: Session, user_id: int, country: str) -> None:
    """Their profile says where they live: the time zone follows, as long as they choose none."""
    _keep_hours(session, user_id, {"country": country})


def _keep(session: Session, user_id: int, family: Family, rhythm: Rhythm, before: Rhythm | None = None) -> None:
    session.flush()
    values = {"rhythm": rhythm, "before": before or rhythm}
    statement = insert(MessageChoice).values(user_id=user_id, family=family, **values)
    session.execute(
        statement.on_conflict_do_update(index_elements=["user_id", "family"], set_=values),
        execution_options={"populate_existing": True},
    )


def _keep_hours(session: Session, user_id: int, values: dict[str, int | str | None]) -> None:
    session.flush()
    everybodys = MessageHours(user_id=user_id).model_dump()
    statement = insert(MessageHours).values(**{**everybodys, **values})
    session.execute(
        statement.on_conflict_do_update(index_elements=["user_id"], set_=values),
        execution_options={"populate_existing": True},
    )


def _look_again(session: Session, user_id: int) -> None:
    """What is held follows the new choice."""
    session.execute(
        update(Message)
        .where(col(Message.recipient_id) == user_id, col(Message.state) == MessageState.HELD)
        .values(state=MessageState.QUEUED, not_before=now())
    )
