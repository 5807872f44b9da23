"""What somebody does when it is their turn: one act for each step that the application waits for people at."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from sqlmodel import Session

from app.accounts.models import User
from app.contributions import actions as contributions
from app.contributions.models import Contribution, DeclineReason
from app.deadlines.steps import Step
from app.kernel.days import today
from app.missions import actions as missions
from app.missions import queries as mission_queries
from app.missions.forms import EvaluationForm, FollowUpForm, HeldForm, Terms
from app.missions.models import CancelReason, Continue, ImageRights, Mission, MissionMode, Practice
from app.missions.rules import follow_up_due
from app.projects import actions as projects
from app.projects import queries
from app.projects.models import Project
from app.projects.suggesting import actions as suggesting
from app.projects.suggesting.models import Suggestion

Act = Callable[[Session, Random, User, int], None]
WORD = "Merci beaucoup pour votre temps."


def _reads_offer(session: Session, dice: Random, actor: User, number: int) -> None:
    contribution = session.get_one(Contribution, number)
    if dice.random() < 0.85:
        contributions.approve(session, actor, contribution)
    else:
        contributions.refuse(session, actor, contribution, WORD, DeclineReason.OTHER_SKILL)


def _answers_offer(session: Session, dice: Random, actor: User, number: int) -> None:
    contribution, luck = session.get_one(Contribution, number), dice.random()
    if luck < 0.6:
        contributions.accept(session, actor, contribution, WORD, one_more=luck < 0.1)
    elif luck < 0.85:
        contributions.decline(session, actor, contribution, DeclineReason.OTHER_SKILL, WORD)
    else:
        contributions.put_on_waiting_list(session, actor, contribution, WORD)


def _answers_invitation(session: Session, dice: Random, actor: User, number: int) -> None:
    contribution = session.get_one(Contribution, number)
    if dice.random() < 0.5:
        contributions.accept(session, actor, contribution, WORD)
    else:
        contributions.decline(session, actor, contribution, DeclineReason.NO_TIME, WORD)


def _gives_place(session: Session, dice: Random, actor: User, number: int) -> None:
    contribution = session.get_one(Contribution, number)
    if dice.random() < 0.4:
        contributions.accept(session, actor, contribution, WORD, one_more=True)
    else:
        contributions.decline(session, actor, contribution, DeclineReason.FOUND_OTHERS, WORD)


def _reads_project(session: Session, dice: Random, actor: User, number: int) -> None:
    luck = dice.random()
    verb = "publish" if luck < 0.85 else "ask" if luck < 0.95 else "return"
    _moves_project(session, actor, number, verb)


def _explains(session: Session, _dice: Random, actor: User, number: int) -> None:
    _moves_project(session, actor, number, "answer")


def _resumes(session: Session, dice: Random, actor: User, number: int) -> None:
    _moves_project(session, actor, number, "send_again" if dice.random() < 0.7 else "withdraw")


def _moves_project(session: Session, actor: User, number: int, verb: str) -> None:
    project = session.get_one(Project, number)
    projects.move(session, queries.standing(session, actor, project), project, verb, WORD)


def _dates(session: Session, dice: Random, actor: User, number: int) -> None:
    first = today() + timedelta(days=dice.randrange(5, 60))
    terms = Terms(
        objective="Former les bénévoles de la bibliothèque.",
        language="fr",
        mode=MissionMode.REMOTE,
        place="",
        call_link="",
        starts_on=first,
        ends_on=first,
        starts_at=None,
        days=1,
        deliverables="",
        lodging=False,
        transport=False,
        interpreter=False,
        provides="",
        expenses="",
        insurance="",
        image_rights=ImageRights.ASK,
    )
    missions.propose(session, actor, session.get_one(Contribution, number), terms)


def _agrees(session: Session, dice: Random, actor: User, number: int) -> None:
    mission = session.get_one(Mission, number)
    if dice.random() < 0.85:
        missions.agree(session, actor, mission, WORD, mission.version)
    else:
        missions.cancel(session, actor, mission, CancelReason.DATE, WORD, mission.version)


def _holds(session: Session, dice: Random, actor: User, number: int) -> None:
    mission = session.get_one(Mission, number)
    if dice.random() < 0.9:
        missions.hold(session, actor, mission, HeldForm(women=dice.randrange(12), men=dice.randrange(12)))
    else:
        missions.cancel(session, actor, mission, CancelReason.UNWELL, WORD, mission.version)


def _evaluates(session: Session, dice: Random, actor: User, number: int) -> None:
    said = EvaluationForm(useful="Les échanges.", carry_on=Continue.YES, hours=dice.randrange(2, 30))
    missions.evaluate(session, actor, session.get_one(Mission, number), said)


def _follows_up(session: Session, _dice: Random, actor: User, number: int) -> None:
    mission = session.get_one(Mission, number)
    if due := follow_up_due(mission, mission_queries.followed_up(session, mission)):
        said = FollowUpForm(practice=Practice.PARTLY, text="Deux soirs par semaine.")
        missions.follow_up(session, actor, mission, due[0], said)


def _answers_suggestion(session: Session, _dice: Random, actor: User, number: int) -> None:
    suggestion = session.get_one(Suggestion, number)
    standing = queries.standing(session, actor, session.get_one(Project, suggestion.project_id))
    suggesting.decline(session, standing, suggestion, WORD)


ACTS: dict[Step, Act] = {
    Step.OFFER_READ: _reads_offer,
    Step.INVITATION_READ: _reads_offer,
    Step.OFFER_ANSWERED: _answers_offer,
    Step.INVITATION_ANSWERED: _answers_invitation,
    Step.PLACE_GIVEN: _gives_place,
    Step.PROJECT_READ: _reads_project,
    Step.PROJECT_EXPLAINED: _explains,
    Step.PROJECT_RESUMED: _resumes,
    Step.MISSION_DATED: _dates,
    Step.MISSION_AGREED: _agrees,
    Step.MISSION_DONE: _holds,
    Step.MISSION_EVALUATED: _evaluates,
    Step.MISSION_FOLLOWED: _follows_up,
    Step.SUGGESTION_ANSWERED: _answers_suggestion,
}
