"""What the page of a contribution shows of the objects that were promised."""

from dataclasses import dataclass

from sqlmodel import Session

from app.contributions.models import Contribution, State
from app.contributions.pages.parts import Part
from app.contributions.rules import Ties, gives_objects
from app.deadlines.wording import Next
from app.deliveries import queries, rules, wording
from app.deliveries.rules import Count


@dataclass(frozen=True)
class Under:
    contribution: Contribution
    next_step: Next
    count: Count


def under_contribution(session: Session, ties: Ties, contribution: Contribution) -> Part | None:
    """None while nothing is promised."""
    if not gives_objects(contribution.need) or not (contribution.state is State.ACCEPTED or contribution.sent):
        return None
    found = queries.of_contributions(session, [contribution.id])[contribution.id]
    side, waited = rules.side(ties, contribution), queries.waited_for(session, contribution, found)
    step = wording.next_step(contribution, found, side, waited)
    return Part("deliveries/_of_contribution.html", Under(contribution, step, rules.count(found)))
