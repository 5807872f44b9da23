"""Who may note whom the villagers know, and what may become of a line. Pure functions."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from app.accounts.models import User
from app.accounts.rules import in_scope
from app.contributions.rules import Ties
from app.relays.models import KnownPerson, KnownState

EVERYWHERE = ""


class Party(StrEnum):
    RECORDER = "recorder"  # who noted it, and whoever speaks for the same organisation
    REACH = "reach"  # the member who can reach them
    MODERATOR = "moderator"


class Verb(StrEnum):
    NOTE = "note"
    EDIT = "edit"
    AGREE = "agree"
    REFUSE = "refuse"
    END = "end"
    LIST_AGAIN = "list_again"


@dataclass(frozen=True)
class Move:
    to: KnownState
    by: tuple[Party, ...]


_ANYBODY = (Party.RECORDER, Party.REACH, Party.MODERATOR)
MOVES: dict[tuple[KnownState, Verb], Move] = {
    (KnownState.ASKED, Verb.AGREE): Move(KnownState.LISTED, (Party.REACH,)),
    (KnownState.ASKED, Verb.REFUSE): Move(KnownState.REFUSED, (Party.REACH,)),
    (KnownState.ASKED, Verb.END): Move(KnownState.ENDED, _ANYBODY),
    (KnownState.LISTED, Verb.END): Move(KnownState.ENDED, _ANYBODY),
    (KnownState.REFUSED, Verb.END): Move(KnownState.ENDED, _ANYBODY),
    (KnownState.ENDED, Verb.LIST_AGAIN): Move(KnownState.LISTED, (Party.REACH,)),
}


def covers(codes: Collection[str], commune_code: str) -> bool:
    """Whether a commune is among these territories (`queries.noting_codes`); a code begins with those around it."""
    return any(code in (EVERYWHERE, commune_code) or commune_code.startswith(f"{code}.") for code in codes)


def parties(ties: Ties, known: KnownPerson) -> frozenset[Party]:
    found = set()
    if ties.user.id == known.recorded_by_id or known.organisation_id in ties.organisations:
        found.add(Party.RECORDER)
    if ties.user.id == known.reach_id:
        found.add(Party.REACH)
    if looks_after(ties.user, known):
        found.add(Party.MODERATOR)
    return frozenset(found)


def looks_after(user: User, known: KnownPerson) -> bool:
    return in_scope(user, region=known.commune_code[:2])


def can(ties: Ties, known: KnownPerson, verb: Verb) -> bool:
    move = MOVES.get((known.state, verb))
    return move is not None and not parties(ties, known).isdisjoint(move.by)


def open_verbs(ties: Ties, known: KnownPerson) -> list[Verb]:
    return [verb for state, verb in MOVES if state is known.state and can(ties, known, verb)]


def can_edit(ties: Ties, known: KnownPerson) -> bool:
    """Those who know them; a moderator only takes a line off the list."""
    return not parties(ties, known).isdisjoint({Party.RECORDER, Party.REACH})
