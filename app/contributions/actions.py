"""What people do with a contribution: one verb, one function. `moving.move` alone changes a state."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.accounts.models import User
from app.contributions import filling, messages, messages_after, moving, queries, reasons, rules, sides
from app.contributions.filling import MoreThanMissing
from app.contributions.models import Contribution, DeclineReason, Origin, State
from app.contributions.rules import Party, Verb
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.errors import Invalid, NotFound, Refusal
from app.kernel.i18n import N_
from app.notifications import actions as notifications
from app.profiles import rules as profiles
from app.profiles import solicitations
from app.profiles.models import Profile
from app.projects import actions as projects
from app.projects.models import Moderation, Need, NeedState, Stage


class NoLongerSought(Refusal):
    message = N_("Ce besoin ne cherche plus personne en ce moment.")


class OwnProject(Refusal):
    message = N_("Cette personne fait partie de l’équipe du projet : elle n’a besoin ni d’offre ni d’invitation.")


class NoPlace(Refusal):
    message = N_("Toutes les places sont prises. Vous pouvez prendre une personne de plus, ou attendre.")


class AlreadyThere(Refusal):
    """The same person on the same need: `contribution` is the one under way."""

    message = N_("Cette personne et ce besoin sont déjà en relation.")

    def __init__(self, contribution: Contribution) -> None:
        super().__init__()
        self.contribution = contribution


# Beginning


def offer(
    session: Session,
    actor: User,
    need: Need,
    profile: Profile,
    message: str,
    *,
    pledged: int | None = None,
    relay_code: str = "",
    relayer_told: bool = False,
) -> Contribution:
    """`pledged`: how many objects; `relay_code`: of the link by which the person came.

    Raises NotFound, OwnProject, NoLongerSought, AlreadyThere.
    """
    if profile.owner_id != actor.id or profiles.is_emptied(profile):
        raise NotFound
    check_offer(session, actor, need)
    contribution = _begin(session, actor, need, profile, Origin.OFFER, message, pledged)
    contribution.relay_code, contribution.relayer_told = relay_code or None, relayer_told
    return contribution


def check_offer(session: Session, actor: User, need: Need) -> None:
    """Whether this person may offer anything here, before they have written it. Raises OwnProject, NoLongerSought."""
    if sides.ties(session, actor).writes(need.project):
        raise OwnProject
    if not rules.takes_people(need):
        raise NoLongerSought


def invite(session: Session, actor: User, need: Need, profile: Profile, message: str) -> Contribution:
    """By the project's team, for a moderator to approve; or by such a moderator, and it leaves by itself.

    Raises NotFound, OwnProject, NoLongerSought, AlreadyThere, and OnPause or AskedOften: nobody is asked too often.
    """
    if not rules.sees_people(sides.ties(session, actor), need.project) or profiles.is_withdrawn(profile):
        raise NotFound
    if any(profile.owner_id == user.id for user in sides.team_of(session, need.project)):
        raise OwnProject
    return _begin(session, actor, need, profile, Origin.INVITATION, message)


def _begin(
    session: Session,
    actor: User,
    need: Need,
    profile: Profile,
    origin: Origin,
    message: str,
    pledged: int | None = None,
) -> Contribution:
    if not rules.takes_people(need):
        raise NoLongerSought
    contribution = Contribution(
        need_id=need.id,
        profile_id=profile.id,
        origin=origin,
        message=message,
        pledged=pledged if rules.gives_objects(need) else None,
        created_by_id=actor.id,
        reasons=reasons.find(need, profile, reasons.wrong_of(session, [need.id], [profile.id])),
    )
    try:
        with session.begin_nested():
            session.add(contribution)
    except IntegrityError:
        existing = queries.live(session, need.id, profile.id)
        if existing is None:
            raise
        raise AlreadyThere(existing) from None
    if origin is Origin.INVITATION:
        solicitations.solicit(session, profile.owner_id, Subject.CONTRIBUTION, contribution.id)
    verb = Verb.OFFER if origin is Origin.OFFER else Verb.INVITE
    if origin is Origin.INVITATION and rules.looks_after(actor, need.project, profile):
        contribution.approved_by_id = actor.id
        moving.move(
            session, actor, contribution, verb, State.APPROVED, moving.left(session, contribution), journal.UNDO_WITHIN
        )
    else:
        moderators = sides.moderators_of(session, need.project, profile)
        told = [(moderators, messages.ToApprove(contribution, Party.MODERATOR))]
        moving.move(session, actor, contribution, verb, State.PROPOSED, told)
    return contribution


# The moderator


def approve(session: Session, actor: User, contribution: Contribution, seen: State = State.PROPOSED) -> Entry:
    moving.check(session, actor, contribution, Verb.APPROVE, seen)
    if contribution.origin is Origin.INVITATION:
        solicitations.check_pause(contribution.profile.owner)
    contribution.approved_by_id = actor.id
    told = moving.left(session, contribution)
    return moving.move(session, actor, contribution, Verb.APPROVE, State.APPROVED, told, journal.UNDO_WITHIN)


def refuse(
    session: Session,
    actor: User,
    contribution: Contribution,
    word: str,
    reason: DeclineReason | None = None,
    seen: State = State.PROPOSED,
) -> Entry:
    """Raises Invalid (`word`) without a word: somebody offered their time."""
    moving.check(session, actor, contribution, Verb.REFUSE, seen)
    if not word:
        raise Invalid(N_("Dites pourquoi, avec bienveillance : la personne lira vos mots."), "word")
    moving.say(contribution, reason, word)
    solicitations.release(session, Subject.CONTRIBUTION, contribution.id)
    told = [([contribution.created_by], messages.NotRetained(contribution, moving.asking(contribution)))]
    return moving.move(session, actor, contribution, Verb.REFUSE, State.REFUSED, told, journal.UNDO_WITHIN)


UNDONE = (Verb.APPROVE, Verb.REFUSE, Verb.INVITE, Verb.CLOSE)


def undo(session: Session, actor: User, contribution: Contribution, entry: Entry) -> None:
    """Take back an approval, a refusal, a moderator's own invitation or what was closed, within ten minutes.

    Raises TooLateToUndo.
    """
    moving.lock(session, contribution)
    if entry.verb not in UNDONE or entry.to_state == State.PROPOSED:
        raise journal.TooLateToUndo
    journal.take_back(session, actor.id, entry)
    notifications.cancel(session, entry)
    if entry.verb == Verb.CLOSE:
        contribution.state = State(entry.from_state or "")
        contribution.state_since = datetime.fromisoformat(entry.data["since"])
        filling.settle(session, actor, contribution.need)
    else:
        contribution.approved_by_id = None
        contribution.state = State.WITHDRAWN if entry.verb == Verb.INVITE else State.PROPOSED
        contribution.state_since = contribution.created_at
        if entry.verb == Verb.INVITE:
            solicitations.release(session, Subject.CONTRIBUTION, contribution.id)
        elif entry.verb == Verb.REFUSE and contribution.origin is Origin.INVITATION:
            solicitations.count(session, contribution.profile.owner_id, Subject.CONTRIBUTION, contribution.id)
    moving.say(contribution, None, "")
    moving.follow_clock(session, contribution)


# The other side


def accept(
    session: Session,
    actor: User,
    contribution: Contribution,
    word: str = "",
    one_more: bool = False,
    seen: State | None = None,
    pledged: int | None = None,
) -> State:
    """Yes; or the waiting list, if the last place was taken meanwhile. `one_more`: the team takes more than it wanted.

    `pledged`: how many objects; whoever does not say gives what was offered, or what is missing. From the waiting list,
    raises NoPlace. Raises MoreThanMissing for more objects than are missing, and Invalid (`pledged`).
    """
    ties = moving.check(session, actor, contribution, Verb.ACCEPT, seen)
    need, by_team = contribution.need, Party.TEAM in rules.parties(ties, contribution)
    team, person = sides.team_of(session, need.project), contribution.profile.owner
    may_be_more = by_team and one_more
    if rules.gives_objects(need):
        no_place = _pledge(session, contribution, pledged, by_team, may_be_more)
    else:
        no_place = need.state is not NeedState.OPEN and not may_be_more
    if no_place and contribution.state is State.WAITING_LIST:
        raise NoPlace
    contribution.word = word
    if no_place:
        told: moving.Told = [([person], messages.OnWaitingList(contribution, Party.CONTRIBUTOR))]
        if not by_team:
            told = [*told, (team, messages.WaitsForPlace(contribution, Party.TEAM))]
        moving.move(session, actor, contribution, Verb.ACCEPT, State.WAITING_LIST, told)
        return State.WAITING_LIST
    told = [
        ([user for user in (person,) if user.id != actor.id], messages.Agreed(contribution, Party.CONTRIBUTOR)),
        ([user for user in team if user.id != actor.id], messages.Agreed(contribution, Party.TEAM)),
    ]
    moving.move(session, actor, contribution, Verb.ACCEPT, State.ACCEPTED, told)
    if need.project.stage in (Stage.IDEA, Stage.OPEN) and need.project.moderation is Moderation.PUBLISHED:
        projects.set_stage(session, actor.id, need.project, Stage.UNDER_WAY)
    filling.settle(session, actor, need)
    return State.ACCEPTED


def _pledge(
    session: Session, contribution: Contribution, pledged: int | None, by_team: bool, may_be_more: bool
) -> bool:
    """Write down how many objects are agreed on; True if none is missing any more, so that the giver waits."""
    need, offered = contribution.need, contribution.pledged
    missing = filling.missing(session, need)
    if by_team and offered is not None and pledged is not None and pledged > offered:
        raise Invalid(N_("C’est plus que ce qui est proposé."), "pledged")
    wanted = pledged or offered or max(1, missing)
    closed = need.state is NeedState.CLOSED
    if not may_be_more and missing and not closed and wanted > missing:
        raise MoreThanMissing(missing)
    contribution.pledged = wanted
    return (closed or not missing) and not may_be_more


def decline(
    session: Session,
    actor: User,
    contribution: Contribution,
    reason: DeclineReason | None,
    word: str = "",
    seen: State | None = None,
) -> None:
    """Raises Invalid (`reason`) without one."""
    ties = moving.check(session, actor, contribution, Verb.DECLINE, seen)
    if reason is None:
        raise Invalid(N_("Choisissez une raison : elle aide la personne à comprendre."), "reason")
    moving.say(contribution, reason, word)
    told = moving.other_side(session, ties, contribution, messages.SaidNo)
    moving.move(session, actor, contribution, Verb.DECLINE, State.DECLINED, told)


def put_on_waiting_list(
    session: Session, actor: User, contribution: Contribution, word: str = "", seen: State | None = None
) -> None:
    moving.check(session, actor, contribution, Verb.PUT_ON_WAITING_LIST, seen)
    contribution.word = word
    told = [([contribution.profile.owner], messages.OnWaitingList(contribution, Party.CONTRIBUTOR))]
    moving.move(session, actor, contribution, Verb.PUT_ON_WAITING_LIST, State.WAITING_LIST, told)


def withdraw(
    session: Session,
    actor: User,
    contribution: Contribution,
    reason: DeclineReason | None = None,
    word: str = "",
    seen: State | None = None,
) -> None:
    """The other side is told, unless it had not heard of it yet; a place that was taken is free again."""
    ties = moving.check(session, actor, contribution, Verb.WITHDRAW, seen)
    moving.say(contribution, reason, word)
    was = contribution.state
    told: moving.Told = ()
    if moving.recall(session, contribution):
        solicitations.release(session, Subject.CONTRIBUTION, contribution.id)
    else:
        told = moving.other_side(session, ties, contribution, messages.SteppedOut, was)
    moving.move(session, actor, contribution, Verb.WITHDRAW, State.WITHDRAWN, told)
    if was is State.ACCEPTED:
        filling.settle(session, actor, contribution.need)


# Once it is late


def close(session: Session, actor: User, contribution: Contribution, reason: DeclineReason | None, word: str) -> Entry:
    """Nobody answered: both sides are told what became of it. Raises Invalid (`reason`, `word`)."""
    moving.check(session, actor, contribution, Verb.CLOSE, None)
    if reason not in rules.CLOSING_REASONS:
        raise Invalid(N_("Choisissez une raison : elle aide la personne à comprendre."), "reason")
    if not word:
        raise Invalid(N_("Dites pourquoi, avec bienveillance : la personne lira vos mots."), "word")
    moving.say(contribution, reason, word)
    person, team = [contribution.profile.owner], sides.team_of(session, contribution.need.project)
    told: moving.Told = [
        (person, messages_after.Closed(contribution, Party.CONTRIBUTOR)),
        (team, messages_after.Closed(contribution, Party.TEAM)),
    ]
    entry = moving.move(session, actor, contribution, Verb.CLOSE, State.CLOSED, told, journal.UNDO_WITHIN)
    filling.settle(session, actor, contribution.need)
    return entry
