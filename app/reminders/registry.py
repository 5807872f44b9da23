"""Whom each step waits for, and where they act: the one table that reminders, the desk and the pages of delays read.

To add a step of your domain:

1. `app/deadlines/steps.py`: a member of `Step`, and its days in `DELAYS`;
2. `app/deadlines/wording.py`: its three sentences, with the owner and the day in plain words;
3. here: one entry of `WAITS`. `read` gives what such things are about (a function of `things.py`, read for many at
   once), `owners` the people who must act (a function of `people.py`, from the number of the thing); leave it out where
   the moderators in charge must;
4. your domain calls `deadlines.actions.begin` and `end` as its states move.

A test fails while a step lacks one of these.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.accounts.models import User
from app.deadlines.steps import Step
from app.reminders import people, things
from app.reminders.things import Read

Owners = Callable[[Session, int], Sequence[User]]


@dataclass(frozen=True)
class Wait:
    read: Read
    owners: Owners | None = None
    """Who must act; None: the moderators in charge."""
    concerned: Owners | None = None
    """Who else waits for it, and is told what became of it when it is closed."""


WAITS: dict[Step, Wait] = {
    Step.SUGGESTION_ANSWERED: Wait(
        things.suggestions_read, people.team_of_suggestion, concerned=people.author_of_suggestion
    ),
    Step.OFFER_READ: Wait(things.contributions_read, concerned=people.person_of_contribution),
    Step.INVITATION_READ: Wait(things.contributions_read, concerned=people.team_of_contribution),
    Step.OFFER_ANSWERED: Wait(
        things.contributions_read, people.team_of_contribution, concerned=people.person_of_contribution
    ),
    Step.INVITATION_ANSWERED: Wait(
        things.contributions_read, people.person_of_contribution, concerned=people.team_of_contribution
    ),
    Step.PLACE_GIVEN: Wait(
        things.contributions_read, people.team_of_contribution, concerned=people.person_of_contribution
    ),
    Step.PROJECT_READ: Wait(things.projects_read, concerned=people.team_of_project),
    Step.PROJECT_EXPLAINED: Wait(things.projects_read, people.team_of_project),
    Step.PROJECT_RESUMED: Wait(things.projects_read, people.team_of_project),
    Step.PROJECT_WRITTEN: Wait(things.projects_read, people.team_and_helper),
    Step.SPEAKER_VERIFIED: Wait(things.memberships_read),
    Step.NEWS_READ: Wait(things.news_read),
    Step.CALL_MADE: Wait(things.assistance_read),
    Step.FEEDBACK_READ: Wait(things.assistance_read),
    Step.MISSION_DATED: Wait(things.contributions_read, people.both_of_contribution),
    Step.MISSION_AGREED: Wait(
        things.missions_read, people.asked_side_of_mission, concerned=people.both_sides_of_mission
    ),
    Step.MISSION_DONE: Wait(things.missions_read, people.both_sides_of_mission),
    Step.MISSION_EVALUATED: Wait(
        things.missions_read, people.silent_sides_of_mission, concerned=people.both_sides_of_mission
    ),
    Step.MISSION_FOLLOWED: Wait(things.missions_read, people.team_of_mission, concerned=people.both_sides_of_mission),
    Step.DELIVERY_SENT: Wait(
        things.contributions_read, people.person_of_contribution, concerned=people.team_of_contribution
    ),
    Step.DELIVERY_RECEIVED: Wait(things.deliveries_read, people.team_of_delivery, concerned=people.giver_of_delivery),
    Step.QUESTION_ANSWERED: Wait(things.posts_read, people.team_asked_in_post, concerned=people.author_of_post),
    Step.REPORT_SETTLED: Wait(things.posts_read),
    Step.RELAY_ANSWERED: Wait(things.relays_read, people.relayer, concerned=people.asker_of_relay),
    Step.KNOWN_PERSON_AGREED: Wait(things.known_read, people.reach_of_known, concerned=people.recorder_of_known),
    Step.CALL_JOIN_ANSWERED: Wait(things.calls_read, people.makers_of_call, concerned=people.teams_wanting_in),
    Step.CALL_CLOSED: Wait(things.calls_read, people.makers_of_call),
    Step.CALL_REPORTED: Wait(things.calls_read, people.makers_of_call),
    Step.SUGGESTION_ANSWERED: Wait(
        things.suggestions_read, people.team_of_suggestion, concerned=people.author_of_suggestion
    ),
}
