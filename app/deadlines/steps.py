"""Every kind of step that somebody is waited for at, how many days it may take, and how it is recalled: one table.

An installation changes the days (`StepDelay`); here is what they are without that. A new step is one member, one line
of `DELAYS`, its sentences in `wording.py`, and whom it waits for in `app/reminders/registry.py`: a test asks for each.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Step(StrEnum):
    """`<what>_<what is waited for>`; whoever acts is in the comment, and in `reminders.registry`."""

    SUGGESTION_ANSWERED = "suggestion_answered"  # the project's team takes an idea for its fiche, adapts or declines it
    OFFER_READ = "offer_read"  # a moderator says whether it may go to the team
    INVITATION_READ = "invitation_read"  # a moderator says whether it may leave
    OFFER_ANSWERED = "offer_answered"  # the team of the project
    INVITATION_ANSWERED = "invitation_answered"  # the person who was invited
    PLACE_GIVEN = "place_given"  # on the waiting list: the team says whether there is a place
    PROJECT_READ = "project_read"  # a moderator
    PROJECT_EXPLAINED = "project_explained"  # a moderator asked: the team answers
    PROJECT_RESUMED = "project_resumed"  # it was returned: the team takes it up again
    PROJECT_WRITTEN = "project_written"  # the team and a moderator write it together
    SPEAKER_VERIFIED = "speaker_verified"  # somebody asks to speak for an organisation: a moderator
    NEWS_READ = "news_read"  # a moderator
    CALL_MADE = "call_made"  # somebody of the desk telephones
    FEEDBACK_READ = "feedback_read"  # somebody of the desk
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


class Level(StrEnum):
    """Who is reminded of what waits, one after the other; what nobody answered is stuck, for ever."""

    SOON = "soon"  # the owner, shortly before the day
    LATE = "late"  # the owner, once it is past
    MODERATOR = "moderator"
    COORDINATOR = "coordinator"
    STUCK = "stuck"  # nobody more: it stays on the desk


@dataclass(frozen=True)
class Rhythm:
    """Days from the day before which a step is due: before it for `soon`, after it for the others."""

    soon: int = 2
    late: int = 2
    moderator: int = 6
    coordinator: int = 12
    stuck: int = 18

    def days(self, level: Level) -> int:
        """From the day that was told to that reminder; negative before it."""
        days: int = getattr(self, level.value)
        return -days if level is Level.SOON else days


BRISK = Rhythm(soon=1, late=1, moderator=3, coordinator=3, stuck=7)
"""Of what moderators answer: the coordinator hears of it soon, because somebody else cannot even begin."""
PATIENT = Rhythm(soon=7, late=3, moderator=10, coordinator=20, stuck=30)


@dataclass(frozen=True)
class Delay:
    days: int
    office: bool = False
    """Whether an office acts: it is given public holidays back."""
    rhythm: Rhythm = field(default=Rhythm())


DELAYS: dict[Step, Delay] = {
    Step.SUGGESTION_ANSWERED: Delay(14, office=True),
    Step.OFFER_READ: Delay(5, office=True, rhythm=BRISK),
    Step.INVITATION_READ: Delay(5, office=True, rhythm=BRISK),
    Step.OFFER_ANSWERED: Delay(14, office=True),
    Step.INVITATION_ANSWERED: Delay(14),
    Step.PLACE_GIVEN: Delay(30, office=True, rhythm=PATIENT),
    Step.PROJECT_READ: Delay(4, office=True, rhythm=BRISK),
    Step.PROJECT_EXPLAINED: Delay(14, office=True),
    Step.PROJECT_RESUMED: Delay(30, office=True, rhythm=PATIENT),
    Step.PROJECT_WRITTEN: Delay(30, office=True, rhythm=PATIENT),
    Step.SPEAKER_VERIFIED: Delay(3, office=True, rhythm=BRISK),
    Step.NEWS_READ: Delay(3, office=True, rhythm=BRISK),
    Step.CALL_MADE: Delay(2, office=True, rhythm=BRISK),
    Step.FEEDBACK_READ: Delay(5, office=True, rhythm=BRISK),
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
