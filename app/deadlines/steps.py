"""Every kind of step that somebody is waited for at, and how many days it may take: one table.

An installation changes the days (`StepDelay`); here is what they are without that.
"""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """`<what>_<who acts>`: the words for each are in `reminders/wording.py`."""

    QUESTION_ANSWERED = "question_answered"  # somebody asked on a project or a need: anyone of its team answers
    REPORT_SETTLED = "report_settled"  # a post was said to be wrong: a moderator hides it, or lets it stand
    MISSION_DATED = "mission_dated"  # both agreed to work together: the team proposes a first mission
    MISSION_AGREED = "mission_agreed"  # the other side reads the mission and agrees
    MISSION_DONE = "mission_done"  # the last day is past: was it held?
    MISSION_EVALUATED = "mission_evaluated"  # both sides say how it went
    MISSION_FOLLOWED = "mission_followed"  # after 1 and 6 months: what was put into practice
    RELAY_ANSWERED = "relay_answered"  # a member who knows people says whether they pass the word on
    KNOWN_PERSON_AGREED = "known_person_agreed"  # the member who was named says whether they can reach these people
    CALL_JOIN_ANSWERED = "call_join_answered"  # whoever makes a grouped call answers communes that want to join
    CALL_CLOSED = "call_closed"  # its last day: whoever makes it closes it, or gives it more days
    CALL_REPORTED = "call_reported"  # whoever makes it says what came of it
    DELIVERY_SENT = "delivery_sent"  # objects were promised: the giver sends them (the subject is the contribution)
    DELIVERY_RECEIVED = "delivery_received"  # they are on their way: the team says when they arrived


@dataclass(frozen=True)
class Delay:
    days: int
    office: bool = False
    """Whether an office acts: it is given public holidays back."""


DELAYS: dict[Step, Delay] = {
    Step.QUESTION_ANSWERED: Delay(7, office=True),
    Step.REPORT_SETTLED: Delay(2),
    Step.MISSION_DATED: Delay(14, office=True),
    Step.MISSION_AGREED: Delay(10, office=True),
    Step.MISSION_DONE: Delay(7, office=True),
    Step.MISSION_EVALUATED: Delay(14),
    Step.MISSION_FOLLOWED: Delay(14, office=True),
    Step.RELAY_ANSWERED: Delay(10),
    Step.KNOWN_PERSON_AGREED: Delay(14),
    Step.CALL_JOIN_ANSWERED: Delay(7, office=True),
    Step.CALL_CLOSED: Delay(7, office=True),
    Step.CALL_REPORTED: Delay(21, office=True),
    Step.DELIVERY_SENT: Delay(60),
    Step.DELIVERY_RECEIVED: Delay(21, office=True),
}
