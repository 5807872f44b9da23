"""Every kind of step that somebody is waited for at, and how many days it may take: one table.

An installation changes the days (`StepDelay`); here is what they are without that.
"""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """`<what>_<who acts>`: the words for each are in `reminders/wording.py`."""

    SUGGESTION_ANSWERED = "suggestion_answered"  # the project's team takes an idea for its fiche, adapts or declines it

    MISSION_DATED = "mission_dated"  # both agreed to work together: the team proposes a first mission
    MISSION_AGREED = "mission_agreed"  # the other side reads the mission and agrees
    MISSION_DONE = "mission_done"  # the last day is past: was it held?
    MISSION_EVALUATED = "mission_evaluated"  # both sides say how it went
    MISSION_FOLLOWED = "mission_followed"  # after 1 and 6 months: what was put into practice


@dataclass(frozen=True)
class Delay:
    days: int
    office: bool = False
    """Whether an office acts: it is given public holidays back."""


DELAYS: dict[Step, Delay] = {
    Step.SUGGESTION_ANSWERED: Delay(14, office=True),
    Step.MISSION_DATED: Delay(14, office=True),
    Step.MISSION_AGREED: Delay(10, office=True),
    Step.MISSION_DONE: Delay(7, office=True),
    Step.MISSION_EVALUATED: Delay(14),
    Step.MISSION_FOLLOWED: Delay(14, office=True),
}
