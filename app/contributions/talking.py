"""Who is who in the conversation of a contribution: its two sides, and the moderators who look after it."""

from collections.abc import Callable
from functools import partial

from app.contributions import rules
from app.contributions.cards import person_for
from app.contributions.models import Contribution, State
from app.contributions.rules import Party, Ties
from app.contributions.wording import person_name
from app.profiles.masking import nameless
from app.profiles.rules import Level
from app.threads.models import Voice
from app.threads.rules import Seat

VOICES = {Party.TEAM: Voice.TEAM, Party.CONTRIBUTOR: Voice.CONTRIBUTOR, Party.MODERATOR: Voice.MODERATOR}


def seat(ties: Ties, contribution: Contribution) -> Seat:
    """Members of a group read along: its contact speaks. What is over can be read, and moderators may still write."""
    sides, project = rules.parties(ties, contribution), contribution.need.project
    if not sides and rules.oversees(ties.user, contribution):
        sides = frozenset({Party.MODERATOR})
    voice = next((VOICES[party] for party in Party if party in sides), Voice.READER)
    named = rules.level(ties, contribution) is Level.FULL
    own = ties.user.id == contribution.profile.owner_id
    answers_for = (project.organisation_id, project.endorsed_by_id) if voice is Voice.TEAM else ()
    return Seat(
        ties.user,
        voice=voice,
        organisation_id=next((one for one in answers_for if one in ties.organisations), None),
        is_open=bool(sides) and (contribution.state in rules.LIVE or voice is Voice.MODERATOR),
        moderates=Party.MODERATOR in sides,
        is_public=False,
        passes_addresses=contribution.state is State.ACCEPTED,
        names={} if own else {contribution.profile.owner_id: person_for(ties, contribution)},
        masked=masked(contribution, named),
    )


def as_team_reads(contribution: Contribution) -> tuple[dict[int, str], Callable[[str], str]]:
    """The names that a project's team knows, and what it may read of a text."""
    named = rules.is_known_to_team(contribution)
    profile = contribution.profile
    return {profile.owner_id: person_name(profile, named)}, masked(contribution, named)


def masked(contribution: Contribution, named: bool) -> Callable[[str], str]:
    if named:
        return str
    return partial(nameless, person=contribution.profile.owner.name, group=contribution.profile.name)
