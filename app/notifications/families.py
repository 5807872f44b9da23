"""The families of messages, as people understand them, and how often each reaches them unless they say otherwise.

A notice says which one it belongs to (`Notice.family`); whoever reads it chooses by family, never by kind.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.i18n import N_


class Family(StrEnum):
    ACCOUNT = "account"  # links to sign in, a changed address: always at once, nobody can stop them
    WAITING = "waiting"  # something that only its reader can do
    ANSWERS = "answers"  # what became of what they did
    CONVERSATIONS = "conversations"
    TEAMS = "teams"  # who joined, who speaks for whom
    NEARBY = "nearby"  # ideas and needs that could be theirs
    NEWS = "news"
    DIGEST = "digest"  # the envelope of several of the above
    OUTSIDE = "outside"  # to people who have no account


class Rhythm(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    ON_SITE = "on_site"  # no e-mail


@dataclass(frozen=True)
class About:
    title: str
    what: str
    """What is in it, in a sentence."""
    default: Rhythm


FAMILIES: dict[Family, About] = {
    Family.WAITING: About(
        N_("Ce qui attend une réponse de vous"),
        N_("Une offre d’aide, une invitation, une question d’un modérateur, une date à confirmer."),
        Rhythm.AT_ONCE,
    ),
    Family.ANSWERS: About(
        N_("Les réponses à ce que vous avez fait"),
        N_("Ce que deviennent vos projets, vos offres, vos actualités."),
        Rhythm.AT_ONCE,
    ),
    Family.CONVERSATIONS: About(
        N_("Les conversations"),
        N_("Ce qui s’écrit là où vous participez, ou que vous suivez."),
        Rhythm.AT_ONCE,
    ),
    Family.TEAMS: About(
        N_("Vos équipes, groupes et organisations"),
        N_("Qui les rejoint, qui parle en leur nom."),
        Rhythm.DAILY,
    ),
    Family.NEARBY: About(
        N_("Des idées et des besoins près de vous"),
        N_("Sur les territoires qui vous tiennent à cœur, dans ce que vous savez faire."),
        Rhythm.WEEKLY,
    ),
    Family.NEWS: About(
        N_("Les actualités et les réalisations"),
        N_("Ce qui s’est passé, ce qui a été fait ailleurs."),
        Rhythm.WEEKLY,
    ),
}
"""Those among which people choose, in the order of the page."""

RHYTHMS = {
    Rhythm.AT_ONCE: N_("Tout de suite"),
    Rhythm.DAILY: N_("Une fois par jour"),
    Rhythm.WEEKLY: N_("Une fois par semaine"),
    Rhythm.ON_SITE: N_("Sur le site seulement"),
}
