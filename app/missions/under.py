"""The missions of a contribution, as its page shows them."""

from dataclasses import dataclass

from sqlmodel import Session

from app.contributions.models import Contribution
from app.contributions.pages.parts import Part
from app.contributions.rules import Ties
from app.deadlines import queries as deadlines
from app.journal.models import Subject
from app.missions import queries, rules, wording
from app.missions.models import Mission


@dataclass(frozen=True)
class Line:
    mission: Mission
    dates: str
    state: tuple[str, str]
    next: wording.Next | None


@dataclass(frozen=True)
class Under:
    lines: list[Line]
    proposes: bool


def under_contribution(session: Session, ties: Ties, contribution: Contribution) -> Part | None:
    """None while there is nothing to date yet."""
    side = rules.side_of(ties, contribution)
    found = queries.of_contribution(session, contribution)
    proposes = rules.may_propose(side, contribution)
    if not found and not proposes:
        return None
    steps = deadlines.under_way(session, Subject.MISSION, [mission.id for mission in found])
    told = queries.evaluated_by(session, [mission.id for mission in found])
    lines = [
        Line(
            mission,
            wording.dates(mission),
            wording.state_of(mission),
            wording.next_step(mission, steps.get(mission.id), side, told.get(mission.id, ())),
        )
        for mission in found
    ]
    return Part("missions/_of_contribution.html", Under(lines, proposes))
