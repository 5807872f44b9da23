"""What pages show of deliveries, as their reader sees them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.contributions import cards
from app.contributions import queries as contributions
from app.contributions.models import Contribution, State
from app.contributions.rules import Ties
from app.deadlines import queries as deadlines
from app.deadlines.models import OpenStep
from app.deliveries import queries, rules, wording
from app.deliveries.models import Delivery
from app.deliveries.rules import Count, Verb
from app.journal.models import Entry, Subject
from app.kernel.days import today
from app.projects.models import Need


@dataclass(frozen=True)
class Parcel:
    delivery: Delivery
    state: str
    state_kind: str
    reason: str
    verbs: Sequence[Verb]


@dataclass(frozen=True)
class Gift:
    """What one person gives, in the list of a need."""

    contribution: Contribution
    person: str
    left: int
    count: Count
    due: OpenStep | None
    """What is waited for first."""
    is_late: bool


def parcel(ties: Ties, contribution: Contribution, delivery: Delivery) -> Parcel:
    words, kind = wording.state_of(delivery)
    reason = wording.reason_label(delivery.reason) if delivery.reason else ""
    return Parcel(delivery, words, kind, reason, rules.open_verbs(ties, contribution, delivery.state))


def gifts(session: Session, ties: Ties, need: Need) -> Sequence[Gift]:
    """Those of every giver of a need, what is waited for longest first."""
    accepted = [one for one in contributions.of_need(session, ties, need) if one.state is State.ACCEPTED or one.sent]
    found = queries.of_contributions(session, [one.id for one in accepted])
    to_send = deadlines.under_way(session, Subject.CONTRIBUTION, [one.id for one in accepted])
    to_receive = deadlines.under_way(session, Subject.DELIVERY, [one.id for rows in found.values() for one in rows])
    given = []
    for one in accepted:
        rows = found[one.id]
        steps = [to_receive[row.id] for row in rows if row.id in to_receive]
        steps += [to_send[one.id]] if one.id in to_send else []
        due = min(steps, key=lambda step: step.due_on, default=None)
        late = due is not None and due.due_on < today()
        person = cards.person_for(ties, one)
        given.append(Gift(one, person, rules.remainder(one), rules.count(rows), due, late))
    return sorted(
        given, key=lambda gift: (gift.due is None, gift.due.due_on if gift.due else today(), gift.contribution.id)
    )


def history(session: Session, deliveries: Sequence[Delivery]) -> Sequence[Entry]:
    """What happened to all of them, oldest first, without what was undone."""
    return session.exec(
        select(Entry)
        .where(
            Entry.subject_kind == Subject.DELIVERY,
            col(Entry.subject_id).in_([one.id for one in deliveries]),
            col(Entry.verb).in_(list(Verb)),
            col(Entry.undone_at).is_(None),
        )
        .order_by(col(Entry.id))
    ).all()
