"""Who makes a grouped call, which moves there are, and who must act. Pure functions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.accounts.models import GrantKind, User
from app.contributions.rules import Ties
from app.organisations.models import OrganisationKind
from app.relays.calls.models import CalledNeed, CallState, GroupedCall, PlaceState

PARTNERS = (
    OrganisationKind.PROVINCE,
    OrganisationKind.REGION,
    OrganisationKind.INSTITUTION,
    OrganisationKind.FOREIGN_MUNICIPALITY,
)
LEAST_COMMUNES = 2


class Verb(StrEnum):
    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    REPORT = "report"


MOVES: dict[tuple[CallState, Verb], CallState] = {
    (CallState.DRAFT, Verb.OPEN): CallState.OPEN,
    (CallState.OPEN, Verb.CLOSE): CallState.CLOSED,
    (CallState.CLOSED, Verb.REOPEN): CallState.OPEN,
    (CallState.CLOSED, Verb.REPORT): CallState.HELD,
}
"""All of them by those who make the call."""


@dataclass(frozen=True)
class Maker:
    """What ties somebody to the making of calls."""

    user: User
    partners: frozenset[int]
    """The institutions that this person speaks for."""


def may_make(maker: Maker) -> bool:
    """Moderators, coordinators, and those who speak for a partner institution."""
    return maker.user.is_moderator or maker.user.has_grant(GrantKind.COORDINATOR) or bool(maker.partners)


def makes(maker: Maker, call: GroupedCall) -> bool:
    """Who prepares this one: its author, the others of the institution, and those who look after all."""
    user = maker.user
    if user.id == call.author_id or call.organisation_id in maker.partners:
        return may_make(maker)
    return user.is_moderator or user.has_grant(GrantKind.COORDINATOR)


def open_verbs(maker: Maker, call: GroupedCall) -> list[Verb]:
    return [verb for state, verb in MOVES if state is call.state] if makes(maker, call) else []


def is_public(call: GroupedCall) -> bool:
    return call.state is not CallState.DRAFT


def takes_answers(call: GroupedCall, today: date) -> bool:
    return call.state is CallState.OPEN and today <= call.answers_by


def may_leave(ties: Ties, called: CalledNeed) -> bool:
    """Those of a project take their own need out again."""
    return called.state in (PlaceState.IN, PlaceState.ASKED) and ties.writes(called.need.project)


def lacks(call: GroupedCall, communes: Collection[str]) -> list[str]:
    """Of what is needed before it opens, the names of what is not there."""
    found = [name for name in ("title_fr", "title_ar", "intro_fr", "intro_ar") if not getattr(call, name)]
    return found + (["needs"] if len(set(communes)) < LEAST_COMMUNES else [])


def meets(call: GroupedCall) -> datetime | None:
    """The moment of the meeting, where an hour was fixed."""
    if call.meets_on is None or call.meets_at is None:
        return None
    return datetime.combine(call.meets_on, call.meets_at, ZoneInfo(call.meets_zone))


def last_day(call: GroupedCall) -> date:
    """After which it is to be closed: the day of the meeting, or the last to answer."""
    return max(call.answers_by, call.meets_on or call.answers_by)
