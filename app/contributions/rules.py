"""The way of a contribution, as one table: what may happen in each state, who may do it, who acts next and by when.

Pure functions over rows that are already loaded; no database, no web. The words for all of it are in `wording.py`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.accounts.models import GrantKind, User
from app.accounts.rules import in_scope
from app.contributions.models import Contribution, DeclineReason, Origin, State
from app.deadlines.steps import Step
from app.kernel.days import today
from app.profiles import rules as profiles
from app.profiles.models import Visibility
from app.projects import rules as projects
from app.projects.models import Moderation, Need, NeedKind, NeedState, Project


class Party(StrEnum):
    CONTRIBUTOR = "contributor"
    TEAM = "team"  # whoever acts for the project: its author, co-authors, and those who speak for its organisations
    MODERATOR = "moderator"


class Role(StrEnum):
    """A party as the table sees it: an offer and an invitation are the same way, walked from the other end."""

    ASKING = "asking"
    ASKED = "asked"
    CONTRIBUTOR = "contributor"
    TEAM = "team"
    MODERATOR = "moderator"
    COORDINATOR = "coordinator"  # of what others leave waiting (`oversees`)


class Verb(StrEnum):
    OFFER = "offer"
    INVITE = "invite"
    APPROVE = "approve"
    REFUSE = "refuse"
    ACCEPT = "accept"
    DECLINE = "decline"
    PUT_ON_WAITING_LIST = "put_on_waiting_list"
    WITHDRAW = "withdraw"
    CLOSE = "close"


@dataclass(frozen=True)
class Move:
    to: State
    by: tuple[Role, ...]
    only: Origin | None = None
    once_late: bool = False
    """Only after the day before which somebody should have answered."""


@dataclass(frozen=True)
class Turn:
    """Who acts next. How many days that may take, `deadlines.steps` says."""

    of: Role
    offer: Step
    invitation: Step


MOVES: dict[tuple[State | None, Verb], Move] = {
    (None, Verb.OFFER): Move(State.PROPOSED, (Role.CONTRIBUTOR,)),
    (None, Verb.INVITE): Move(State.PROPOSED, (Role.TEAM, Role.MODERATOR)),
    (State.PROPOSED, Verb.APPROVE): Move(State.APPROVED, (Role.MODERATOR,)),
    (State.PROPOSED, Verb.REFUSE): Move(State.REFUSED, (Role.MODERATOR,)),
    (State.PROPOSED, Verb.WITHDRAW): Move(State.WITHDRAWN, (Role.ASKING,)),
    (State.APPROVED, Verb.ACCEPT): Move(State.ACCEPTED, (Role.ASKED,)),
    (State.APPROVED, Verb.DECLINE): Move(State.DECLINED, (Role.ASKED,)),
    (State.APPROVED, Verb.PUT_ON_WAITING_LIST): Move(State.WAITING_LIST, (Role.TEAM,), only=Origin.OFFER),
    (State.APPROVED, Verb.WITHDRAW): Move(State.WITHDRAWN, (Role.ASKING,)),
    # On the waiting list the person has said yes, by offering or by accepting: the team alone decides.
    (State.WAITING_LIST, Verb.ACCEPT): Move(State.ACCEPTED, (Role.TEAM,)),
    (State.WAITING_LIST, Verb.DECLINE): Move(State.DECLINED, (Role.TEAM,)),
    (State.WAITING_LIST, Verb.WITHDRAW): Move(State.WITHDRAWN, (Role.CONTRIBUTOR,)),
    # Life happens: either side may step out, and the place is free again.
    (State.ACCEPTED, Verb.WITHDRAW): Move(State.WITHDRAWN, (Role.CONTRIBUTOR, Role.TEAM)),
    # Nothing expires in silence: what nobody answers is closed by somebody, with words that both sides read.
    (State.APPROVED, Verb.CLOSE): Move(State.CLOSED, (Role.MODERATOR, Role.COORDINATOR), once_late=True),
    (State.WAITING_LIST, Verb.CLOSE): Move(State.CLOSED, (Role.MODERATOR, Role.COORDINATOR), once_late=True),
    (State.ACCEPTED, Verb.CLOSE): Move(State.CLOSED, (Role.MODERATOR, Role.COORDINATOR), once_late=True),
}

TURNS: dict[State, Turn] = {
    State.PROPOSED: Turn(Role.MODERATOR, Step.OFFER_READ, Step.INVITATION_READ),
    State.APPROVED: Turn(Role.ASKED, Step.OFFER_ANSWERED, Step.INVITATION_ANSWERED),
    State.WAITING_LIST: Turn(Role.TEAM, Step.PLACE_GIVEN, Step.PLACE_GIVEN),
}

LIVE = (State.PROPOSED, State.APPROVED, State.WAITING_LIST, State.ACCEPTED)

REASONS: dict[Party, tuple[DeclineReason, ...]] = {
    Party.CONTRIBUTOR: (
        DeclineReason.NO_TIME,
        DeclineReason.NOT_NOW,
        DeclineReason.OTHER_SKILL,
        DeclineReason.TOO_FAR,
        DeclineReason.OTHER,
    ),
    Party.TEAM: (
        DeclineReason.FOUND_OTHERS,
        DeclineReason.OTHER_SKILL,
        DeclineReason.NOT_NOW,
        DeclineReason.TOO_FAR,
        DeclineReason.CHANGED,
        DeclineReason.OTHER,
    ),
    Party.MODERATOR: (
        DeclineReason.OTHER_SKILL,
        DeclineReason.FOUND_OTHERS,
        DeclineReason.NOT_NOW,
        DeclineReason.TOO_FAR,
        DeclineReason.OTHER,
    ),
}
CLOSING_REASONS = (
    DeclineReason.NO_ANSWER,
    DeclineReason.SETTLED,
    DeclineReason.CHANGED,
    DeclineReason.NOT_NOW,
    DeclineReason.OTHER,
)


def played_by(role: Role, origin: Origin) -> Party:
    if role is Role.ASKING:
        return Party.CONTRIBUTOR if origin is Origin.OFFER else Party.TEAM
    if role is Role.ASKED:
        return Party.TEAM if origin is Origin.OFFER else Party.CONTRIBUTOR
    return Party(role.value)


@dataclass(frozen=True)
class Ties:
    """What ties somebody to projects and groups, read once (`queries.ties`): the rules judge by it alone."""

    user: User
    organisations: frozenset[int] = frozenset()
    """Those that this person speaks for."""
    co_authored: frozenset[int] = frozenset()
    """Projects."""
    groups: frozenset[int] = frozenset()
    """Profiles of groups to which this person belongs without being their contact."""

    def writes(self, project: projects.Sided) -> bool:
        standing = projects.Standing(
            self.user, organisations=self.organisations, is_co_author=project.id in self.co_authored
        )
        return projects.writes(standing, project)


def looks_after(user: User, project: Project, profile: profiles.Described) -> bool:
    """A moderator of the project's region, or of the country where the person lives; nobody judges their own offer."""
    if user.id == profile.owner_id:
        return False
    return in_scope(user, region=projects.region_of(project)) or in_scope(user, country=profile.country)


def parties(ties: Ties, contribution: Contribution) -> frozenset[Party]:
    """In which capacities somebody acts on a contribution."""
    found = set()
    if ties.user.id == contribution.profile.owner_id:
        found.add(Party.CONTRIBUTOR)
    elif ties.writes(contribution.need.project):  # nobody answers for both sides
        found.add(Party.TEAM)
    if looks_after(ties.user, contribution.need.project, contribution.profile):
        found.add(Party.MODERATOR)
    return frozenset(found)


def roles(ties: Ties, contribution: Contribution) -> frozenset[Role]:
    """The same, as the table names them; a moderator who invited for a project is asking, too."""
    sides = parties(ties, contribution)
    found: set[Role] = {
        role for role in Role if role is not Role.COORDINATOR and played_by(role, contribution.origin) in sides
    }
    if oversees(ties.user, contribution):
        found.add(Role.COORDINATOR)
    if contribution.origin is Origin.INVITATION and contribution.created_by_id == ties.user.id:
        found.add(Role.ASKING)
    return frozenset(found)


def move_of(contribution: Contribution, verb: Verb) -> Move | None:
    move = MOVES.get((contribution.state, verb))
    if move is None or move.only not in (None, contribution.origin):
        return None
    if verb in (Verb.WITHDRAW, Verb.CLOSE) and contribution.sent:
        return None  # what is on its way has left: only the rest of it can be given up (`deliveries`)
    return None if move.once_late and not is_late(contribution) else move


def can(ties: Ties, contribution: Contribution, verb: Verb) -> bool:
    move = move_of(contribution, verb)
    return move is not None and not roles(ties, contribution).isdisjoint(move.by)


def open_verbs(ties: Ties, contribution: Contribution) -> list[Verb]:
    """What this person may do now, in the order of the table."""
    return [verb for state, verb in MOVES if state is contribution.state and can(ties, contribution, verb)]


def answers_as(ties: Ties, contribution: Contribution) -> Party | None:
    """The side for which this person gives a reason when declining, refusing or stepping out."""
    sides = parties(ties, contribution)
    if contribution.state is State.PROPOSED and Party.MODERATOR in sides:
        return Party.MODERATOR
    return next((party for party in Party if party in sides), None)


def whose_turn(contribution: Contribution) -> Party | None:
    """Who must act next; nobody once it is over, or once both sides agreed and have each other's addresses."""
    turn = TURNS.get(contribution.state)
    return played_by(turn.of, contribution.origin) if turn else None


def due(contribution: Contribution) -> date | None:
    """The day before which whoever's turn it is should act."""
    return contribution.open_step.due_on if contribution.open_step else None


def step_of(contribution: Contribution) -> Step | None:
    """What is waited for; once both agreed, what follows is the matter of `missions` and of `deliveries`."""
    if contribution.state is State.ACCEPTED:
        return Step.DELIVERY_SENT if gives_objects(contribution.need) else Step.MISSION_DATED
    turn = TURNS.get(contribution.state)
    if turn is None:
        return None
    return turn.offer if contribution.origin is Origin.OFFER else turn.invitation


def is_late(contribution: Contribution) -> bool:
    day = due(contribution)
    return day is not None and day < today()


def oversees(user: User, contribution: Contribution) -> bool:
    """A coordinator sees what others leave waiting, and decides nothing of it but that it is closed."""
    coordinates = user.id != contribution.profile.owner_id and user.has_grant(GrantKind.COORDINATOR)
    return coordinates and is_late(contribution)


def has_left(contribution: Contribution) -> bool:
    """Approved by a moderator, so that the asked side knows of it."""
    return contribution.approved_by_id is not None


def may_see(ties: Ties, contribution: Contribution) -> bool:
    """The condition that goes with `queries.visible_to`: the asked side knows nothing before a moderator approved."""
    sides = set(parties(ties, contribution))
    if contribution.profile_id in ties.groups:
        sides.add(Party.CONTRIBUTOR)
    if Party.MODERATOR in sides or contribution.created_by_id == ties.user.id or oversees(ties.user, contribution):
        return True
    return played_by(Role.ASKING, contribution.origin) in sides or (bool(sides) and has_left(contribution))


def said_yes(contribution: Contribution) -> bool:
    """A match was approved, and the person agreed to be known to this project: by offering, or by accepting."""
    if contribution.origin is Origin.OFFER:
        return has_left(contribution)
    return contribution.state in (State.ACCEPTED, State.WAITING_LIST)


def is_known_to_team(contribution: Contribution) -> bool:
    """By name: until somebody said yes, a project's team sees a nameless card, unless the person opened theirs."""
    return said_yes(contribution) or contribution.profile.visibility is Visibility.OPEN


def level(ties: Ties, contribution: Contribution) -> profiles.Level:
    """How much of the profile somebody may see."""
    sides = parties(ties, contribution)
    judges = Party.MODERATOR in sides or oversees(ties.user, contribution)
    return profiles.level(
        ties.user,
        contribution.profile,
        agent=Party.TEAM in sides,
        member=contribution.profile_id in ties.groups,
        both_agreed=judges or (Party.TEAM in sides and said_yes(contribution)),
    )


def exchanges_addresses(ties: Ties, contribution: Contribution) -> bool:
    """E-mail addresses and telephone numbers: the two sides only, and only while both agree."""
    sides = parties(ties, contribution) & {Party.CONTRIBUTOR, Party.TEAM}
    return contribution.state is State.ACCEPTED and bool(sides)


def sees_people(ties: Ties, project: Project) -> bool:
    """Who is shown the people who could help with a need, and may invite them."""
    return ties.user.is_moderator or ties.writes(project)


def takes_people(need: Need) -> bool:
    return need.state is NeedState.OPEN and need.project.moderation is Moderation.PUBLISHED


def gives_objects(need: Need) -> bool:
    """Objects are counted, not people: several givers complete each other."""
    return need.kind is NeedKind.EQUIPMENT


def missing(need: Need, accepted: int) -> int:
    """How many objects, or people, a need still lacks; `accepted`: how many people it has found."""
    return max(0, (need.quantity or 0) - need.promised if gives_objects(need) else need.people_wanted - accepted)


def adds_documents(ties: Ties, contribution: Contribution) -> bool:
    return contribution.state in LIVE and Party.CONTRIBUTOR in parties(ties, contribution)


def reads_documents(ties: Ties, contribution: Contribution) -> bool:
    """Whoever sent them; those who decide, while there is something to decide or to do: nobody keeps a CV for later."""
    sides = parties(ties, contribution)
    if Party.CONTRIBUTOR in sides:
        return True
    decides = Party.MODERATOR in sides or (Party.TEAM in sides and has_left(contribution))
    return decides and contribution.state in LIVE


COMMUNE_LANGUAGES = ("ar", "fr", "ber")
"""What is spoken in every commune of Morocco, between the administration, the associations and the families. Texts are
in French or Arabic, so whoever speaks none of the three would need an interpreter for every word."""
