"""The order, before any word is said: who could help with a need, and which needs could use somebody.

Found anew, from what is stored at this moment; what the pages show is mostly found in advance (`kept`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from app.contributions import facts, queries, reasons, sides
from app.contributions.facts import Invited, Person, Wanted
from app.contributions.glances import GlancedNeed, GlancedPerson
from app.matching import objections
from app.matching.documents import Document
from app.matching.explanation import Reason, without_words
from app.matching.queries import Near, nearest
from app.matching.scoring import MOST_LIFTED, Fit, competence
from app.profiles import chips as profile_chips
from app.profiles.models import Profile
from app.projects import chips as need_chips
from app.projects.models import Need

LOOKED_AT = 200
"""Of the nearest by competence: no tie to a territory lifts anybody from further down."""
AT_ONCE = 100
"""Of those: the others are looked at if they may still come among the first."""
LEAST, SHARE = 0.08, 0.2
"""Competence below which a suggestion would be chance, by itself and beside the best."""


@dataclass(frozen=True)
class Ranked:
    """One person in the order for a need."""

    id: int
    owner_id: int
    fit: Fit
    reasons: Sequence[Reason] | None = None
    glanced: GlancedPerson | None = None
    """Both where they are known already."""


@dataclass(frozen=True)
class RankedNeed:
    """One need in the order for a person."""

    id: int
    fit: Fit
    reasons: Sequence[Reason] | None = None
    glanced: GlancedNeed | None = None
    """Both where they are known already."""


def rank_people(session: Session, need: Need) -> list[Ranked]:
    """Everybody who may be proposed for this need, in order, those whom something excludes too."""
    return proposed(session, need, best_people(session, need, LOOKED_AT))


def proposed(session: Session, need: Need, ranked: Sequence[Ranked]) -> list[Ranked]:
    """In order: who was asked often later, without the team of the project and whom a moderator said to be wrong."""
    team = set(sides.team_ids(session, need.project))
    wrong = objections.wrong_people(session, need.id)
    left = [one for one in ranked if one.owner_id not in team and one.id not in wrong]
    return in_order(fairly(session, need, left))


def best_people(
    session: Session, need: Need, wanted: int, among: Collection[int] | None = None, best: float = 0
) -> list[Ranked]:
    """The first `wanted` of those who may be proposed, at least, and all others who were looked at on the way, by what
    lasts of their fit.

    `among`: only these; `best`: the competence of the best of all, if it is known to be of somebody else.
    """
    asked, wrong = reasons.need_document(need), _wrong_words(session, need)
    near = competent(nearest(session, profile_chips.KIND, asked, among, LOOKED_AT), best)
    ranked: list[Ranked] = []
    for start in range(0, len(near), AT_ONCE):
        some = near[start : start + AT_ONCE]
        if _enough(ranked, wanted, least=some[0].competence + MOST_LIFTED):
            break
        ranked += _looked_at(session, need, asked, some, wrong)
    return sorted(ranked, key=lambda one: (-one.fit.lasting, one.id))


def in_order(ranked: Sequence[Ranked]) -> list[Ranked]:
    return sorted(ranked, key=lambda one: (-one.fit.score, one.id))


def _looked_at(
    session: Session, need: Need, asked: Document, near: Sequence[Near], wrong: Mapping[int, Collection[str]]
) -> list[Ranked]:
    able = {one.subject_id: one.competence for one in near}
    for one, said in facts.words(session, able.keys() & wrong.keys()).items():
        able[one] = competence(asked, without_words(said.document, wrong[one]))
    wanted, found = Wanted.of(need), facts.people(session, able).values()
    return [Ranked(one.id, one.owner_id, fit(wanted, one, able[one.id], one.codes)) for one in found]


def fairly(session: Session, need: Need, ranked: Sequence[Ranked]) -> list[Ranked]:
    """With what is known of how often they were asked."""
    often = facts.invited(session, [one.id for one in ranked], need.id)
    return [
        replace(one, fit=replace(one.fit, asked=found.this_month, unanswered=found.unanswered))
        if (found := often.get(one.id))
        else one
        for one in ranked
    ]


def _enough(ranked: Sequence[Ranked], wanted: int, least: float) -> bool:
    """Whether so many are there of whom nobody further down can come before."""
    return sum(one.fit.excluded is None and one.fit.lasting >= least for one in ranked) >= wanted


def near_needs(session: Session, profile: Profile, among: Collection[int] | None = None) -> list[Near]:
    """What is asked in words that are nearest to somebody's, or of these needs all, whether it is looked for or not."""
    return nearest(session, need_chips.DOCUMENT, facts.said(profile).document, among, rows_ask=True)


def best_needs(
    session: Session, profile: Profile, among: Collection[int] | None = None, best: float = 0
) -> list[RankedNeed]:
    """Those of the nearest, or of these, that are looked for: whose team the person is of, too.

    `best`: the competence for the best of all, if it is known to be another.
    """
    return fits(session, profile, competent(near_needs(session, profile, among), best)[:LOOKED_AT])


def fits(session: Session, profile: Profile, near: Sequence[Near]) -> list[RankedNeed]:
    """Those of these needs that are looked for, in order."""
    able = {one.subject_id: one.competence for one in near}
    found = facts.wanted(session, able.keys() - objections.wrong_needs(session, profile.id))
    wrong = objections.wrong_words(session, able, [profile.id])
    for need in queries.whole_needs(session, [number for number, _ in wrong]):
        said = without_words(facts.said(profile).document, wrong[need.id, profile.id])
        able[need.id] = competence(reasons.need_document(need), said)
    person = Person.of(profile)
    ranked = [RankedNeed(one.id, fit(one, person, able[one.id], person.codes)) for one in found]
    return sorted(ranked, key=lambda one: (-one.fit.score, one.id))


def fit(need: Wanted, person: Person, able: float, codes: Collection[str], often: Invited | None = None) -> Fit:
    """`codes`: of the territories that matter to the person."""
    often, when = often or Invited(), reasons.when(need, person)
    return Fit(
        able,
        reasons.nearest_place(need.commune_code, codes),
        reasons.obstacle(need, person, when),
        when,
        reasons.likes_theme(need, person),
        often.this_month,
        often.unanswered,
    )


def competent(near: Sequence[Near], best: float = 0) -> list[Near]:
    """Those who are able enough beside the best."""
    least = max(LEAST, SHARE * max(best, near[0].competence)) if near else LEAST
    return [one for one in near if one.competence >= least]


def _wrong_words(session: Session, need: Need) -> dict[int, Collection[str]]:
    """Of people of whom a moderator said that some words do not answer this need: they are read without the words."""
    return {profile_id: words for (_, profile_id), words in objections.wrong_words(session, [need.id]).items()}
