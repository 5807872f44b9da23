"""The one place that changes the state of a contribution, journals it, and lets know whoever must."""

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions import messages, rules, sides
from app.contributions.models import Contribution, DeclineReason, Origin, State
from app.contributions.rules import Party, Role, Ties, Verb
from app.deadlines import actions as deadlines
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Refusal
from app.kernel.i18n import N_
from app.notifications import actions as notifications
from app.notifications.notice import Notice
from app.projects.models import Need

Told = Iterable[tuple[Iterable[User], Notice]]


class AlreadyMoved(Refusal):
    """Somebody answered meanwhile, or the page was an old one."""

    message = N_("Les choses ont avancé entre-temps : regardez où elles en sont avant de répondre.")


def check(session: Session, actor: User, contribution: Contribution, verb: Verb, seen: State | None) -> Ties:
    """The contribution as it is now, held until the end of the request. Raises AlreadyMoved, Forbidden."""
    lock(session, contribution)
    if rules.move_of(contribution, verb) is None or seen not in (None, contribution.state):
        raise AlreadyMoved
    ties = sides.ties(session, actor)
    if not rules.can(ties, contribution, verb):
        raise Forbidden
    return ties


def lock(session: Session, contribution: Contribution) -> None:
    """The need first, always: answers on one need come one after the other, and the last place is given once."""
    need = contribution.need
    session.exec(select(Need.id).where(Need.id == need.id).with_for_update(key_share=True)).one()
    session.refresh(need, ["state", "kind", "people_wanted", "quantity", "promised", "on_the_way", "received"])
    session.refresh(
        contribution,
        ["state", "state_since", "reason", "word", "approved_by_id", "open_step", "pledged", "sent", "part"],
    )


def move(
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
    data: dict[str, str] = {"reason": contribution.reason} if contribution.reason else {}
    if verb is Verb.CLOSE:  # the one that is undone into different states
        data["since"] = contribution.state_since.isoformat()
    contribution.state, contribution.state_since = to, now()
    follow_clock(session, contribution)
    moved = (before, to)
    entry = journal.record(
        session, actor.id, Subject.CONTRIBUTION, contribution.id, verb, moved=moved, note=note, **data
    )
    for recipients, notice in told:
        for recipient in recipients:
            if recipient.closed_at is None:
                notifications.queue(session, recipient, notice, entry=entry, after=after)
    return entry


def follow_clock(session: Session, contribution: Contribution) -> None:
    """Whoever is waited for now, and until when."""
    step, since = rules.step_of(contribution), contribution.state_since
    deadlines.follow(session, Subject.CONTRIBUTION, contribution.id, step, since)


def left(session: Session, contribution: Contribution) -> Told:
    """Whom an approval concerns: the asked side, who must answer, and the asking one, who now waits for it."""
    person, team = [contribution.profile.owner], sides.team_of(session, contribution.need.project)
    if contribution.origin is Origin.OFFER:
        return [
            (team, messages.OfferReceived(contribution, Party.TEAM)),
            (person, messages.OfferSentOn(contribution, Party.CONTRIBUTOR)),
        ]
    return [
        (person, messages.Invited(contribution, Party.CONTRIBUTOR)),
        (team, messages.InvitationLeft(contribution, Party.TEAM)),
    ]


def other_side(
    session: Session, ties: Ties, contribution: Contribution, notice: type[messages.About], *more: object
) -> Told:
    """Of the one who acts: the contributor is told by the team, and the reverse."""
    if Party.CONTRIBUTOR in rules.parties(ties, contribution):
        team = sides.team_of(session, contribution.need.project)
        return [(team, notice(contribution, Party.TEAM, *more))]
    return [([contribution.profile.owner], notice(contribution, Party.CONTRIBUTOR, *more))]


def recall(session: Session, contribution: Contribution) -> bool:
    """Whether the other side has heard nothing yet: messages that have not left are called back."""
    if not rules.has_left(contribution):
        return True
    entry = last_entry(session, contribution)
    if entry.to_state != State.APPROVED or now() - entry.at > journal.UNDO_WITHIN:
        return False
    notifications.cancel(session, entry)
    return True


def last_entry(session: Session, contribution: Contribution) -> Entry:
    return session.exec(
        select(Entry)
        .where(Entry.subject_kind == Subject.CONTRIBUTION, Entry.subject_id == contribution.id)
        .order_by(col(Entry.id).desc())
        .limit(1)
    ).one()


def say(contribution: Contribution, reason: DeclineReason | None, word: str) -> None:
    contribution.reason, contribution.word = reason, word


def asking(contribution: Contribution) -> Party:
    return rules.played_by(Role.ASKING, contribution.origin)
