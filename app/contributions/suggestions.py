"""The people who could help with a need, and the needs that could use somebody, as their reader sees them: with
reasons, and only where the reasons are enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.contributions import glances, keeping, kept, queries, ranking, reasons, rules
from app.contributions.glances import GlancedNeed, GlancedPerson
from app.contributions.models import Contribution
from app.contributions.ranking import Ranked, RankedNeed
from app.contributions.reasons import Why
from app.contributions.rules import Ties
from app.kernel.errors import NotFound
from app.matching import explanation
from app.matching.explanation import Reason
from app.profiles import rules as profiles
from app.profiles.cards import Glance, glance
from app.profiles.models import Profile
from app.profiles.rules import Described, Level
from app.projects.models import Need, Project

SET_ASIDE = 5
"""Most shown of those who could help but for a language, or for where the need is."""
SPARE = 4
"""Looked at beyond the limit: of some, no word that counts can be named."""


@dataclass(frozen=True)
class SuggestedPerson:
    card: Glance
    why: Why
    contribution: Contribution | None
    """What there was already between them and the need, as far as this reader may know."""
    taken: bool
    """Something is under way: nobody is asked twice."""
    judged: bool
    """By this reader, a moderator, who may say that it is wrong."""

    @property
    def name(self) -> str:
        return self.card.name


@dataclass(frozen=True)
class People:
    suggested: Sequence[SuggestedPerson]
    set_aside: Sequence[SuggestedPerson]


@dataclass(frozen=True)
class SuggestedNeed:
    need: GlancedNeed
    why: Why
    contribution: Contribution | None
    """What there was already between them, as far as this reader may know."""
    taken: bool


def people_for(session: Session, need: Need, ties: Ties, limit: int = 12) -> People:
    """The people who could help, the best first; and a few who could, were it not for a language, a place or a time."""
    ranked = kept.people(session, need, limit + SPARE)
    able = [one for one in ranked if one.fit.excluded is None]
    kept_apart = [one for one in ranked if one.fit.excluded is not None and _among_first(one, able, limit)]
    looked_at = [*able[: limit + SPARE], *kept_apart[:SET_ASIDE]]
    said = _reasons(session, need, looked_at)
    best = max((one.fit.competence for one in able), default=0.0)
    tied = [one for one in looked_at if one.id in said and explanation.ties(said[one.id], one.fit, best)]
    first = [one.id for one in tied if one.fit.excluded is None][:limit]
    apart = [one.id for one in tied if one.fit.excluded is not None]
    seen = {one.id: one.glanced for one in looked_at if one.glanced is not None}
    found = _people(session, need, ties, {one: said[one] for one in [*first, *apart]}, seen)
    return People([found[one] for one in first if one in found], [found[one] for one in apart if one in found])


def _among_first(one: Ranked, able: Sequence[Ranked], limit: int) -> bool:
    return len(able) < limit or one.fit.score >= able[limit - 1].fit.score


def _reasons(session: Session, need: Need, ranked: Sequence[Ranked]) -> dict[int, Sequence[Reason]]:
    """Those that are known already; the others are found."""
    said = {one.id: one.reasons for one in ranked if one.reasons is not None}
    return said | dict(kept.reasons_of(session, need, [one.id for one in ranked if one.id not in said]))


def person(session: Session, need: Need, ties: Ties, profile_id: int) -> SuggestedPerson:
    """One person whom this reader may invite, proposed or not. Raises NotFound."""
    known = [profile_id] if 0 < profile_id <= queries.MAX_ID else []
    found = _people(session, need, ties, kept.reasons_of(session, need, known), {}).get(profile_id)
    if found is None:
        raise NotFound
    return found


def _people(
    session: Session,
    need: Need,
    ties: Ties,
    said: Mapping[int, Sequence[Reason]],
    seen: Mapping[int, GlancedPerson],
) -> dict[int, SuggestedPerson]:
    """These people as this reader may see them; `seen`: those of whom it is known already what a list shows."""
    if not said:
        return {}
    rows = [seen[one] for one in said if one in seen]
    rows += glances.people(session, said.keys() - seen.keys(), need.id)
    concepts = reasons.concepts_of(session, said.values())
    known = [one.contribution_id for one in rows if one.contribution_id]
    between = {one.profile_id: one for one in queries.whole(session, known)}
    found = {}
    for profile in rows:
        contribution = between.get(profile.id)
        level = level_of(ties, need.project, profile, contribution)
        found[profile.id] = SuggestedPerson(
            glance(profile, profile.owner, level),
            reasons.say(said[profile.id], concepts, level, profile.owner, profile.name),
            contribution if contribution and rules.may_see(ties, contribution) else None,
            contribution is not None and contribution.state in rules.LIVE,
            rules.looks_after(ties.user, need.project, profile),
        )
    return found


def level_of(ties: Ties, project: Project, profile: Described, contribution: Contribution | None) -> Level:
    """How much of a person who could help is shown to whoever looks for help."""
    if contribution is not None:
        return max(rules.level(ties, contribution), Level.CARD)
    known = rules.looks_after(ties.user, project, profile)
    return profiles.level(ties.user, profile, agent=True, both_agreed=known)


def needs_for(session: Session, profile: Profile, ties: Ties, limit: int = 20) -> list[SuggestedNeed]:
    """The open needs that could use this person, the best first, and last those of which they know already.

    What excludes is not shown: others can be chosen.
    """
    known = kept.needs(session, profile)
    if known is None or known.is_old:
        keeping.ask(session, profile.id)
    found = _of_others(session, profile, ties, known.ranked) if known else []
    if known is None or (known.is_cut and len(found) < limit):  # some have left the list
        found = _needs_anew(session, profile, ties, limit)
    best = max((one.fit.competence for _, one in found), default=0.0)
    shown = [(need, one) for need, one in found if explanation.ties(one.reasons or (), one.fit, best)][:limit]
    taxonomy = known.taxonomy if known else None
    concepts = reasons.concepts_of(session, [one.reasons or () for _, one in shown], taxonomy)
    between = queries.whole(session, [need.contribution_id for need, _ in shown if need.contribution_id])
    visible = {one.need_id: one for one in between if rules.may_see(ties, one)}
    suggested = [
        SuggestedNeed(
            need,
            reasons.say(one.reasons or (), concepts, Level.FULL),
            visible.get(need.id),
            need.id in visible and visible[need.id].state in rules.LIVE,
        )
        for need, one in shown
    ]
    return sorted(suggested, key=lambda one: one.contribution is not None)


def _needs_anew(session: Session, profile: Profile, ties: Ties, limit: int) -> list[tuple[GlancedNeed, RankedNeed]]:
    able = [one for one in ranking.best_needs(session, profile) if one.fit.excluded is None]
    of_others = _of_others(session, profile, ties, able)[: limit + SPARE]
    seen = {one.id: need for need, one in of_others}
    return [(seen[one.id], one) for one in kept.with_reasons(session, profile, [one for _, one in of_others])]


def _of_others(
    session: Session, profile: Profile, ties: Ties, ranked: Sequence[RankedNeed]
) -> list[tuple[GlancedNeed, RankedNeed]]:
    """Those that are looked for and that everybody may read, but for those of one's own projects."""
    seen = {one.id: one.glanced for one in ranked if one.glanced is not None}
    more = glances.needs(session, [one.id for one in ranked if one.id not in seen], profile.id)
    seen.update({need.id: need for need in more})
    return [(seen[one.id], one) for one in ranked if one.id in seen and not ties.writes(seen[one.id].project)]
