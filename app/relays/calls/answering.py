"""A group or an association answers for several needs at once: one message, one offer for each."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from app.accounts.models import User
from app.contributions import actions as contributions
from app.contributions.actions import AlreadyThere
from app.contributions.models import Contribution
from app.kernel.days import today
from app.kernel.errors import Invalid, Refusal
from app.kernel.i18n import N_
from app.profiles.models import Profile
from app.projects.models import Need
from app.relays.calls import queries, rules
from app.relays.calls.actions import AlreadyMoved
from app.relays.calls.models import GroupedCall


@dataclass(frozen=True)
class Answered:
    need: Need
    contribution: Contribution | None
    """None if it could not be sent."""
    why: str = ""


def answer(
    session: Session, actor: User, call: GroupedCall, profile: Profile, need_ids: Iterable[int], message: str
) -> list[Answered]:
    """All in the transaction of the request; a need that finds nobody's offer any more does not stop the others.

    Raises AlreadyMoved for a call that takes no answers, Invalid (`needs`) without any need of it.
    """
    if not rules.takes_answers(call, today()):
        raise AlreadyMoved
    wanted = set(need_ids)
    chosen = [one.need for one in queries.called(session, call) if one.need_id in wanted]
    if not chosen:
        raise Invalid(N_("Choisissez au moins un besoin."), "needs")
    return [_offer(session, actor, need, profile, message) for need in sorted(chosen, key=lambda need: need.id)]


def _offer(session: Session, actor: User, need: Need, profile: Profile, message: str) -> Answered:
    try:
        return Answered(need, contributions.offer(session, actor, need, profile, message))
    except AlreadyThere as error:
        return Answered(need, error.contribution, error.sentence())
    except Refusal as refusal:
        return Answered(need, None, refusal.sentence())
