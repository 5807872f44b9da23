"""What people do with a contribution: one verb, one function. `_move` alone changes a state, journals it, lets know."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions import messages, queries, rules
from app.contributions.models import Contribution, DeclineReason, Origin, State
from app.contributions.rules import Party, Role, Ties, Verb
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid, NotFound, Refusal
from app.kernel.i18n import N_
from app.notifications import actions as notifications
from app.notifications.notice import Notice
from app.profiles import rules as profiles
from app.profiles.models import Profile
from app.projects.models import Need, NeedState

Told = Iterable[tuple[Iterable[User], Notice]]


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


class AlreadyMoved(Refusal):
    """Somebody answered meanwhile, or the page was an old one."""

    def __init__(self, contribution: Contribution) -> None:
        super().__init__(N_("Les choses ont avancé entre-temps : regardez où elles en sont avant de répondre."))
        self.contribution = contribution


# Beginning


def offer(session: Session, actor: User, need: Need, profile: Profile, message: str) -> Contribution:
    """Raises NotFound, OwnProject, NoLongerSought, AlreadyThere."""
    if profile.owner_id != actor.id or profiles.is_emptied(profile):
        raise NotFound
    check_offer(session, actor, need)
    return _begin(session, actor, need, profile, Origin.OFFER, message)


def check_offer(session: Session, actor: User, need: Need) -> None:
    """Whether this person may offer anything here, before they have written it. Raises OwnProject, NoLongerSought."""
    if queries.ties(session, actor).writes(need.project):
        raise OwnProject
    if not rules.takes_people(need):
        raise NoLongerSought


def invite(session: Session, actor: User, need: Need, profile: Profile, message: str) -> Contribution:
    """By the project's team, for a moderator to approve; or by such a moderator, and it leaves by itself.

    Raises NotFound, OwnProject, NoLongerSought, AlreadyThere.
    """
    if not rules.sees_people(queries.ties(session, actor), need.project) or profiles.is_withdrawn(profile):
        raise NotFound
    if any(profile.owner_id == user.id for user in queries.team_of(session, need.project)):
        raise OwnProject
    return _begin(session, actor, need, profile, Origin.INVITATION, message)


def _begin(session: Session, actor: User, need: Need, profile: Profile, origin: Origin, message: str) -> Contribution:
    if not rules.takes_people(need):
        raise NoLongerSought
    contribution = Contribution(
        need_id=need.id, profile_id=profile.id, origin=origin, message=message, created_by_id=actor.id
    )
    try:
        with session.begin_nested():
            session.add(contribution)
    except IntegrityError:
        existing = queries.live(session, need.id, profile.id)
        if existing is None:
            raise
        raise AlreadyThere(existing) from None
    verb = Verb.OFFER if origin is Origin.OFFER else Verb.INVITE
    if origin is Origin.INVITATION and rules.looks_after(actor, need.project, profile):
        contribution.approved_by_id = actor.id
        _move(session, actor, contribution, verb, State.APPROVED, _left(session, contribution), journal.UNDO_WITHIN)
    else:
        moderators = queries.moderators_of(session, need.project, profile)
        told = [(moderators, messages.ToApprove(contribution, Party.MODERATOR))]
        _move(session, actor, contribution, verb, State.PROPOSED, told)
    return contribution


# The moderator


def approve(session: Session, actor: User, contribution: Contribution, seen: State = State.PROPOSED) -> Entry:
    _check(session, actor, contribution, Verb.APPROVE, seen)
    contribution.approved_by_id = actor.id
    told = _left(session, contribution)
    return _move(session, actor, contribution, Verb.APPROVE, State.APPROVED, told, journal.UNDO_WITHIN)


def refuse(
    session: Session,
    actor: User,
    contribution: Contribution,
    word: str,
    reason: DeclineReason | None = None,
    seen: State = State.PROPOSED,
) -> Entry:
    """Raises Invalid (`word`) without a word: somebody offered their time."""
    _check(session, actor, contribution, Verb.REFUSE, seen)
    if not word:
        raise Invalid(N_("Dites pourquoi, avec bienveillance : la personne lira vos mots."), "word")
    _say(contribution, reason, word)
    told = [([contribution.created_by], messages.NotRetained(contribution, _asking(contribution)))]
    return _move(session, actor, contribution, Verb.REFUSE, State.REFUSED, told, journal.UNDO_WITHIN)


def undo(session: Session, actor: User, contribution: Contribution, entry: Entry) -> None:
    """Take back an approval, a refusal, or a moderator's own invitation, within ten minutes. Raises TooLateToUndo."""
    _lock(session, contribution)
    if entry.verb not in (Verb.APPROVE, Verb.REFUSE, Verb.INVITE) or entry.to_state == State.PROPOSED:
        raise journal.TooLateToUndo
    journal.take_back(session, actor.id, entry)
    notifications.cancel(session, entry)
    contribution.approved_by_id = None
    contribution.state = State.WITHDRAWN if entry.verb == Verb.INVITE else State.PROPOSED
    contribution.state_since = contribution.created_at
    _say(contribution, None, "")


# The other side


def accept(
    session: Session,
    actor: User,
    contribution: Contribution,
    word: str = "",
    one_more: bool = False,
    seen: State | None = None,
) -> State:
    """Yes; or the waiting list, if the last place was taken meanwhile. `one_more`: the team takes more than it wanted.

    From the waiting list, raises NoPlace.
    """
    ties = _check(session, actor, contribution, Verb.ACCEPT, seen)
    need, by_team = contribution.need, Party.TEAM in rules.parties(ties, contribution)
    team, person = queries.team_of(session, need.project), contribution.profile.owner
    no_place = need.state is not NeedState.OPEN and not (by_team and one_more)
    if no_place and contribution.state is State.WAITING_LIST:
        raise NoPlace
    contribution.word = word
    if no_place:
        told: Told = [([person], messages.OnWaitingList(contribution, Party.CONTRIBUTOR))]
        if not by_team:
            told = [*told, (team, messages.WaitsForPlace(contribution, Party.TEAM))]
        _move(session, actor, contribution, Verb.ACCEPT, State.WAITING_LIST, told)
        return State.WAITING_LIST
    told = [
        ([user for user in (person,) if user.id != actor.id], messages.Agreed(contribution, Party.CONTRIBUTOR)),
        ([user for user in team if user.id != actor.id], messages.Agreed(contribution, Party.TEAM)),
    ]
    _move(session, actor, contribution, Verb.ACCEPT, State.ACCEPTED, told)
    if need.state is NeedState.OPEN and queries.accepted_on(session, need.id) >= need.people_wanted:
        need.state = NeedState.FILLED
    return State.ACCEPTED


def decline(
    session: Session,
    actor: User,
    contribution: Contribution,
    reason: DeclineReason | None,
    word: str = "",
    seen: State | None = None,
) -> None:
    """Raises Invalid (`reason`) without one."""
    ties = _check(session, actor, contribution, Verb.DECLINE, seen)
    if reason is None:
        raise Invalid(N_("Choisissez une raison : elle aide la personne à comprendre."), "reason")
    _say(contribution, reason, word)
    told = _other_side(session, ties, contribution, messages.SaidNo)
    _move(session, actor, contribution, Verb.DECLINE, State.DECLINED, told)


def put_on_waiting_list(
    session: Session, actor: User, contribution: Contribution, word: str = "", seen: State | None = None
) -> None:
    _check(session, actor, contribution, Verb.PUT_ON_WAITING_LIST, seen)
    contribution.word = word
    told = [([contribution.profile.owner], messages.OnWaitingList(contribution, Party.CONTRIBUTOR))]
    _move(session, actor, contribution, Verb.PUT_ON_WAITING_LIST, State.WAITING_LIST, told)


def withdraw(
    session: Session,
    actor: User,
    contribution: Contribution,
    reason: DeclineReason | None = None,
    word: str = "",
    seen: State | None = None,
) -> None:
    """The other side is told, unless it had not heard of it yet; a place that was taken is free again."""
    ties = _check(session, actor, contribution, Verb.WITHDRAW, seen)
    _say(contribution, reason, word)
    was = contribution.state
    told: Told = ()
    if not _recall(session, contribution):
        told = _other_side(session, ties, contribution, messages.SteppedOut, was)
    _move(session, actor, contribution, Verb.WITHDRAW, State.WITHDRAWN, told)
    need = contribution.need
    if need.state is NeedState.FILLED and queries.accepted_on(session, need.id) < need.people_wanted:
        need.state = NeedState.OPEN


# Behind all of them


def _check(session: Session, actor: User, contribution: Contribution, verb: Verb, seen: State | None) -> Ties:
    """The contribution as it is now, held until the end of the request. Raises AlreadyMoved, Forbidden."""
    _lock(session, contribution)
    if rules.move_of(contribution, verb) is None or seen not in (None, contribution.state):
        raise AlreadyMoved(contribution)
    ties = queries.ties(session, actor)
    if not rules.can(ties, contribution, verb):
        raise Forbidden
    return ties


def _lock(session: Session, contribution: Contribution) -> None:
    """The need first, always: answers on one need come one after the other, and the last place is given once."""
    need = contribution.need
    session.exec(select(Need.id).where(Need.id == need.id).with_for_update(key_share=True)).one()
    session.refresh(need, ["state", "people_wanted"])
    session.refresh(contribution, ["state", "state_since", "reason", "word", "approved_by_id"])


def _move(
    session: Session,
    actor: User,
    contribution: Contribution,
    verb: Verb,
    to: State,
    told: Told = (),
    after: timedelta = timedelta(),
) -> Entry:
    """Change the state, journal it, and let know whoever must."""
    begins = verb in (Verb.OFFER, Verb.INVITE)
    before = None if begins else contribution.state
    note = contribution.message if begins else contribution.word
    data = {"reason": contribution.reason} if contribution.reason else {}
    contribution.state, contribution.state_since = to, now()
    moved = (before, to)
    entry = journal.record(
        session, actor.id, Subject.CONTRIBUTION, contribution.id, verb, moved=moved, note=note, **data
    )
    for recipients, notice in told:
        for recipient in recipients:
            if recipient.closed_at is None:
                notifications.queue(session, recipient, notice, entry=entry, after=after)
    return entry


def _left(session: Session, contribution: Contribution) -> Told:
    """Whom an approval concerns: the asked side, who must answer, and the asking one, who now waits for it."""
    person, team = [contribution.profile.owner], queries.team_of(session, contribution.need.project)
    if contribution.origin is Origin.OFFER:
        return [
            (team, messages.OfferReceived(contribution, Party.TEAM)),
            (person, messages.OfferSentOn(contribution, Party.CONTRIBUTOR)),
        ]
    return [
        (person, messages.Invited(contribution, Party.CONTRIBUTOR)),
        (team, messages.InvitationLeft(contribution, Party.TEAM)),
    ]


def _other_side(
    session: Session, ties: Ties, contribution: Contribution, notice: type[messages.About], *more: object
) -> Told:
    """Of the one who acts: the contributor is told by the team, and the reverse."""
    if Party.CONTRIBUTOR in rules.parties(ties, contribution):
        team = queries.team_of(session, contribution.need.project)
        return [(team, notice(contribution, Party.TEAM, *more))]
    return [([contribution.profile.owner], notice(contribution, Party.CONTRIBUTOR, *more))]


def _recall(session: Session, contribution: Contribution) -> bool:
    """Whether the other side has heard nothing yet: messages that have not left are called back."""
    if not rules.has_left(contribution):
        return True
    entry = session.exec(
        select(Entry)
        .where(Entry.subject_kind == Subject.CONTRIBUTION, Entry.subject_id == contribution.id)
        .order_by(col(Entry.id).desc())
        .limit(1)
    ).one()
    if entry.to_state != State.APPROVED or now() - entry.at > journal.UNDO_WITHIN:
        return False
    notifications.cancel(session, entry)
    return True


def _say(contribution: Contribution, reason: DeclineReason | None, word: str) -> None:
    contribution.reason, contribution.word = reason, word


def _asking(contribution: Contribution) -> Party:
    return rules.played_by(Role.ASKING, contribution.origin)
