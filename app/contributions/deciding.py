"""What a team decides about several people at once: each has their own answer, whatever becomes of the others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from app.accounts.models import User
from app.contributions import actions, messages_after, moving, rules, sides
from app.contributions.actions import NoPlace
from app.contributions.filling import MoreThanMissing
from app.contributions.models import Contribution, DeclineReason, State
from app.contributions.moving import AlreadyMoved
from app.contributions.rules import Party
from app.journal import actions as journal
from app.journal.models import Subject
from app.kernel.errors import Forbidden
from app.notifications import actions as notifications


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    WAITING = "waiting"  # all places are taken: on the waiting list, or still on it
    TOO_MANY = "too_many"  # more objects than are missing
    DECLINED = "declined"
    MOVED = "moved"  # somebody answered meanwhile


@dataclass(frozen=True)
class Decided:
    contribution: Contribution
    outcome: Outcome
    missing: int = 0
    """How many objects are, where more are offered."""


def accept_all(
    session: Session,
    actor: User,
    chosen: Sequence[Contribution],
    words: Mapping[int, str],
    seen: Mapping[int, State],
    one_more: bool = False,
) -> list[Decided]:
    """The first who offered come first, while there are places."""

    def accept(one: Contribution) -> Outcome:
        reached = actions.accept(session, actor, one, words.get(one.id, ""), one_more, seen.get(one.id))
        return Outcome.ACCEPTED if reached is State.ACCEPTED else Outcome.WAITING

    return [_each(session, one, accept) for one in sorted(chosen, key=lambda one: one.id)]


def decline_all(
    session: Session,
    actor: User,
    chosen: Sequence[Contribution],
    reason: DeclineReason | None,
    words: Mapping[int, str],
    seen: Mapping[int, State],
) -> list[Decided]:
    """With one reason; the words may be each one’s own. Raises Invalid (`reason`) without one."""

    def decline(one: Contribution) -> Outcome:
        actions.decline(session, actor, one, reason, words.get(one.id, ""), seen.get(one.id))
        return Outcome.DECLINED

    return [_each(session, one, decline) for one in chosen]


def _each(session: Session, one: Contribution, decide: Callable[[Contribution], Outcome]) -> Decided:
    try:
        with session.begin_nested():
            return Decided(one, decide(one))
    except MoreThanMissing as refused:
        return Decided(one, Outcome.TOO_MANY, refused.missing)
    except NoPlace:
        return Decided(one, Outcome.WAITING)
    except AlreadyMoved:
        return Decided(one, Outcome.MOVED)


def share(session: Session, actor: User, accepted: Sequence[Contribution], parts: Mapping[int, str]) -> int:
    """Say who does what; whoever’s line changed is told. Returns how many did. Raises Forbidden."""
    changed = 0
    ties = sides.ties(session, actor)
    for one in accepted:
        part = parts.get(one.id)
        if part is None or part == one.part:
            continue
        if Party.TEAM not in rules.parties(ties, one):
            raise Forbidden
        moving.lock(session, one)
        if one.state is not State.ACCEPTED:
            continue
        one.part = part
        entry = journal.record(session, actor.id, Subject.CONTRIBUTION, one.id, "share", note=part)
        if part and one.profile.owner.closed_at is None:
            notifications.queue(
                session, one.profile.owner, messages_after.PartSaid(one, Party.CONTRIBUTOR), entry=entry
            )
        changed += 1
    return changed
