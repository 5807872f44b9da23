"""What people do with a mission: one verb, one function. `_move` alone changes a state and sets the clock."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions import sides
from app.contributions.models import Contribution, State
from app.deadlines import actions as deadlines
from app.deadlines.steps import Step
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Refusal
from app.kernel.i18n import N_, ZONE
from app.missions import messages, preparing, queries, rules
from app.missions.forms import EvaluationForm, FollowUpForm, HeldForm, Terms
from app.missions.messages import Notice
from app.missions.models import (
    Agreement,
    CancelReason,
    Evaluation,
    FollowUp,
    Mission,
    MissionState,
    Side,
)
from app.missions.rules import Verb
from app.notifications import actions as notifications

REMINDED_BEFORE = (timedelta(days=7), timedelta(days=1))
REMINDED_AT = time(9)


class MovedMeanwhile(Refusal):
    """The other side changed it, or answered, since the page was opened."""

    message = N_("La mission a changé entre-temps : relisez-la avant de répondre.")


def propose(session: Session, actor: User, contribution: Contribution, terms: Terms) -> Mission:
    """Raises Forbidden."""
    side = rules.side_of(sides.ties(session, actor), contribution)
    if side is None or not rules.may_propose(side, contribution):
        raise Forbidden
    mission = Mission(contribution_id=contribution.id, proposed_by=side, created_by_id=actor.id, **terms.model_dump())
    mission.contribution = contribution
    session.add(mission)
    session.flush()
    _agreed_to(session, actor, mission, side)
    deadlines.end(session, Subject.CONTRIBUTION, contribution.id)
    _move(session, actor, mission, Verb.PROPOSE, MissionState.PROPOSED, [messages.Proposed(mission, side.other)])
    return mission


def change(session: Session, actor: User, mission: Mission, terms: Terms, seen: int) -> None:
    """Another version, proposed by this side: what was agreed to is to be agreed to anew. Raises MovedMeanwhile."""
    side = _check(session, actor, mission, Verb.CHANGE, seen)
    _call_back_reminders(session, mission)
    mission.sqlmodel_update(terms.model_dump())
    mission.version += 1
    mission.proposed_by, mission.word = side, ""
    _agreed_to(session, actor, mission, side)
    _move(session, actor, mission, Verb.CHANGE, MissionState.PROPOSED, [messages.Changed(mission, side.other)])


def agree(session: Session, actor: User, mission: Mission, word: str, seen: int) -> None:
    """To the version that was read. Raises MovedMeanwhile."""
    side = _check(session, actor, mission, Verb.AGREE, seen)
    mission.word = word
    _agreed_to(session, actor, mission, side)
    entry = _move(session, actor, mission, Verb.AGREE, MissionState.AGREED, [messages.Agreed(mission, side.other)])
    preparing.ask_the_usual(session, mission)
    for before in REMINDED_BEFORE:
        after = datetime.combine(mission.starts_on - before, REMINDED_AT, ZONE) - now()
        if after > timedelta():
            for each in Side:
                _tell(session, entry, mission, messages.Soon(mission, each), after)


def cancel(session: Session, actor: User, mission: Mission, reason: CancelReason, word: str, seen: int) -> None:
    """Raises MovedMeanwhile."""
    side = _check(session, actor, mission, Verb.CANCEL, seen)
    _cancel(session, actor, mission, reason, word, [messages.Cancelled(mission, side.other)])


def cancel_left_over(session: Session, limit: int) -> int:
    """Missions of contributions that ended before they were held: nobody waits for them any more. Says how many."""
    statement = (
        select(Mission)
        .join(Contribution, col(Contribution.id) == Mission.contribution_id)
        .where(
            col(Mission.state).in_((MissionState.PROPOSED, MissionState.AGREED)),
            Contribution.state != State.ACCEPTED,
        )
        .limit(limit)
        .with_for_update(skip_locked=True, of=Mission)
    )
    found = session.exec(statement).all()
    for mission in found:
        told = [messages.Cancelled(mission, side) for side in Side]
        _cancel(session, None, mission, CancelReason.CHANGED, "", told)
    return len(found)


def _cancel(
    session: Session, actor: User | None, mission: Mission, reason: CancelReason, word: str, told: Sequence[Notice]
) -> None:
    _call_back_reminders(session, mission)
    mission.reason, mission.word = reason, word
    _move(session, actor, mission, Verb.CANCEL, MissionState.CANCELLED, told)


def hold(session: Session, actor: User, mission: Mission, took_part: HeldForm) -> None:
    """It took place; from here on both sides are asked how it went. Raises MovedMeanwhile."""
    side = _check(session, actor, mission, Verb.HOLD, mission.version)
    mission.women, mission.men = took_part.women, took_part.men
    mission.young_people = took_part.young_people
    _move(session, actor, mission, Verb.HOLD, MissionState.HELD, [messages.Held(mission, side.other)])


def evaluate(session: Session, actor: User, mission: Mission, said: EvaluationForm) -> Evaluation:
    """How one side says that it went, in place of what it said before. Raises MovedMeanwhile."""
    side = _check(session, actor, mission, Verb.EVALUATE, mission.version)
    evaluation = session.get(Evaluation, (mission.id, side)) or Evaluation(
        mission_id=mission.id, side=side, user_id=actor.id, useful="", carry_on=said.carry_on
    )
    evaluation.sqlmodel_update(said.model_dump(exclude={"once"}))
    evaluation.user_id, evaluation.written_at = actor.id, now()
    session.add(evaluation)
    session.flush()
    both = queries.all_said(session, mission)
    to = MissionState.CLOSED if both else MissionState.HELD
    _move(session, actor, mission, Verb.EVALUATE, to, [messages.Evaluated(mission, side.other, both)])
    return evaluation


def wait_no_more(session: Session, mission: Mission) -> None:
    """Whoever was still to say how it went left: if the others did, that is all."""
    if mission.state is MissionState.HELD and queries.all_said(session, mission):
        _move(session, None, mission, Verb.EVALUATE, MissionState.CLOSED, [])


def follow_up(session: Session, actor: User, mission: Mission, months: int, said: FollowUpForm) -> None:
    """Raises MovedMeanwhile, also for one that was answered already."""
    side = _check(session, actor, mission, Verb.FOLLOW_UP, mission.version)
    if session.get(FollowUp, (mission.id, months)) or months not in rules.FOLLOW_UPS:
        raise MovedMeanwhile
    session.add(FollowUp(mission_id=mission.id, months=months, user_id=actor.id, **said.model_dump(exclude={"once"})))
    session.flush()
    told = [messages.FollowedUp(mission, side.other, said.again)]
    _move(session, actor, mission, Verb.FOLLOW_UP, MissionState.CLOSED, told)


# The way


def _check(session: Session, actor: User, mission: Mission, verb: Verb, seen: int) -> Side:
    """The mission as it is now, held until the end of the request. Raises MovedMeanwhile, Forbidden."""
    session.exec(select(Mission.id).where(Mission.id == mission.id).with_for_update()).one()
    session.refresh(mission)
    if (mission.state, verb) not in rules.MOVES or seen != mission.version:
        raise MovedMeanwhile
    side = rules.side_of(sides.ties(session, actor), mission.contribution)
    if side is None or not rules.can(side, mission, verb):
        raise Forbidden
    return side


def _agreed_to(session: Session, actor: User, mission: Mission, side: Side) -> None:
    session.add(Agreement(mission_id=mission.id, version=mission.version, side=side, user_id=actor.id))


def _move(
    session: Session, actor: User | None, mission: Mission, verb: Verb, to: MissionState, told: Sequence[Notice]
) -> Entry:
    """Change the state, journal it, set the clock, and let know whoever must."""
    before = None if verb is Verb.PROPOSE else mission.state
    mission.state, mission.state_since = to, now()
    session.flush()
    entry = journal.record(
        session,
        actor.id if actor else None,
        Subject.MISSION,
        mission.id,
        verb,
        moved=(before, to),
        note=mission.word if verb in (Verb.AGREE, Verb.CANCEL) else "",
        version=mission.version,
    )
    set_clock(session, mission)
    for notice in told:
        _tell(session, entry, mission, notice)
    return entry


def _tell(session: Session, entry: Entry, mission: Mission, notice: Notice, after: timedelta = timedelta()) -> None:
    for user in queries.people(session, mission.contribution, notice.to):
        if user.id != entry.actor_id or after:
            notifications.queue(session, user, notice, entry=entry, after=after)


def _call_back_reminders(session: Session, mission: Mission) -> None:
    for entry in session.exec(
        select(Entry).where(
            Entry.subject_kind == Subject.MISSION, Entry.subject_id == mission.id, Entry.verb == Verb.AGREE
        )
    ):
        notifications.cancel(session, entry)


def set_clock(session: Session, mission: Mission) -> None:
    """Which step the mission is at now, and by when somebody is waited for."""
    contribution = mission.contribution
    match mission.state:
        case MissionState.PROPOSED:
            deadlines.begin(session, Subject.MISSION, mission.id, Step.MISSION_AGREED)
        case MissionState.AGREED:
            over = datetime.combine(mission.ends_on, REMINDED_AT, ZONE)
            deadlines.begin(session, Subject.MISSION, mission.id, Step.MISSION_DONE, max(over, now()))
        case MissionState.HELD:
            deadlines.begin(session, Subject.MISSION, mission.id, Step.MISSION_EVALUATED)
        case MissionState.CLOSED:
            if due := rules.follow_up_due(mission, queries.followed_up(session, mission)):
                over = datetime.combine(due[1], REMINDED_AT, ZONE)
                deadlines.begin(session, Subject.MISSION, mission.id, Step.MISSION_FOLLOWED, over)
            else:
                deadlines.end(session, Subject.MISSION, mission.id)
        case MissionState.CANCELLED:
            deadlines.end(session, Subject.MISSION, mission.id)
            if contribution.state is State.ACCEPTED and not queries.has_mission(session, contribution):
                deadlines.begin(session, Subject.CONTRIBUTION, contribution.id, Step.MISSION_DATED)
