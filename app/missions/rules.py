"""The way of a mission, as one table: what may happen in each state, who may do it, who acts next.

Pure functions over rows that are already loaded; the days are in `deadlines.steps`, the words in `wording.py`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.contributions import rules as contributions
from app.contributions.models import Contribution, State
from app.contributions.rules import Party, Ties
from app.kernel.days import today
from app.missions.models import Mission, MissionState, Side
from app.projects.models import NeedKind


class Verb(StrEnum):
    PROPOSE = "propose"
    CHANGE = "change"
    AGREE = "agree"
    HOLD = "hold"
    EVALUATE = "evaluate"
    FOLLOW_UP = "follow_up"
    CANCEL = "cancel"


class Role(StrEnum):
    """A side as the table sees it."""

    EITHER = "either"
    ASKED = "asked"  # the one that did not propose this version
    TEAM = "team"


@dataclass(frozen=True)
class Move:
    to: MissionState
    by: Role = Role.EITHER


_S = MissionState
MOVES: dict[tuple[MissionState | None, Verb], Move] = {
    (None, Verb.PROPOSE): Move(_S.PROPOSED),
    (_S.PROPOSED, Verb.AGREE): Move(_S.AGREED, Role.ASKED),
    # Whoever changes what was proposed, or even agreed, proposes anew: the other side agrees to this version.
    (_S.PROPOSED, Verb.CHANGE): Move(_S.PROPOSED),
    (_S.PROPOSED, Verb.CANCEL): Move(_S.CANCELLED),
    (_S.AGREED, Verb.CHANGE): Move(_S.PROPOSED),
    (_S.AGREED, Verb.CANCEL): Move(_S.CANCELLED),
    (_S.AGREED, Verb.HOLD): Move(_S.HELD),
    # The second evaluation closes it.
    (_S.HELD, Verb.EVALUATE): Move(_S.CLOSED),
    (_S.CLOSED, Verb.FOLLOW_UP): Move(_S.CLOSED, Role.TEAM),
}

LIVE = (_S.PROPOSED, _S.AGREED, _S.HELD)
FOLLOW_UPS = (1, 6)
"""Months after the end: what was put into practice?"""


def side_of(ties: Ties, contribution: Contribution) -> Side | None:
    """The side on which somebody acts; a moderator as such has none, nor has a member of a group but its contact."""
    sides = contributions.parties(ties, contribution)
    if Party.CONTRIBUTOR in sides:
        return Side.CONTRIBUTOR
    return Side.TEAM if Party.TEAM in sides else None


def may_propose(side: Side | None, contribution: Contribution) -> bool:
    """While both agree to work together; for objects there are deliveries."""
    return side is not None and contribution.state is State.ACCEPTED and needs_missions(contribution)


def needs_missions(contribution: Contribution) -> bool:
    return contribution.need.kind is not NeedKind.EQUIPMENT


def can(side: Side | None, mission: Mission, verb: Verb) -> bool:
    """Whether this side may do it now. What was held is told to its end, even once the contribution ended."""
    move = MOVES.get((mission.state, verb))
    if move is None or side is None:
        return False
    if verb in (Verb.CHANGE, Verb.AGREE) and mission.contribution.state is not State.ACCEPTED:
        return False
    if verb is Verb.HOLD and today() < mission.starts_on:
        return False
    if move.by is Role.ASKED:
        return side is mission.proposed_by.other
    return move.by is Role.EITHER or side is Side.TEAM


def open_verbs(side: Side | None, mission: Mission) -> list[Verb]:
    """What this side may do now, in the order of the table."""
    return [verb for state, verb in MOVES if state is mission.state and can(side, mission, verb)]


def waited_for(mission: Mission, evaluated: Collection[Side]) -> tuple[Side, ...]:
    """Which sides act next. `evaluated`: those that said how it went."""
    match mission.state:
        case MissionState.PROPOSED:
            return (mission.proposed_by.other,)
        case MissionState.AGREED:
            return (Side.TEAM, Side.CONTRIBUTOR)
        case MissionState.HELD:
            return tuple(side for side in Side if side not in evaluated)
        case MissionState.CLOSED:
            return (Side.TEAM,)
        case MissionState.CANCELLED:
            return ()


def follow_up_due(mission: Mission, answered: Collection[int]) -> tuple[int, date] | None:
    """The next follow-up, as months after the end and the day on which they are over."""
    months = next((one for one in FOLLOW_UPS if one not in answered), None)
    return (months, months_later(mission.ends_on, months)) if months else None


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last that it has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = (following - date.resolution).day
    return date(year, month + 1, min(day.day, last))
