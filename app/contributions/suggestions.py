"""The people who could help with a need, and the needs that could use somebody, as their reader sees them: with
reasons, and only where the reasons are enough."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from app.contributions import facts, keeping, kept, queries, ranking, reasons, rules
from app.contributions.facts import Glanced
from app.contributions.kept import RankedNeed
from app.contributions.models import Contribution
from app.contributions.ranking import Ranked
from app.contributions.reasons import Why
from app.contributions.rules import Ties
from app.kernel.errors import NotFound
from app.kernel.folding import fold
from app.matching import explanation, objections
from app.matching.explanation import Pair, Reason
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
    need: Need
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
    """Those that are known already, but for what was found wrong since; the others are found."""
    known = {one.id: one.reasons for one in ranked if one.reasons is not None}
    wrong = objections.wrong_pairs(session, between_two=True) if known else ()
    said: dict[int, Sequence[Reason]] = {one: _still(found, wrong) for one, found in known.items()}
    said.update(kept.reasons_of(session, need, [one.id for one in ranked if one.id not in known]))
    return said


def _still(found: Sequence[Reason], wrong: Collection[Pair]) -> Sequence[Reason]:
    if not wrong:
        return found
    pairs = {(concept_id, words) for concept_id, words, _ in wrong}
    return [one for one in found if (one.get("concept") or "", fold(one.get("words", ""))) not in pairs]


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
    seen: Mapping[int, Glanced],
) -> dict[int, SuggestedPerson]:
    """These people as this reader may see them; `seen`: those of whom it is known already what a list shows."""
    if not said:
        return {}
    rows = [seen[one] for one in said if one in seen]
    rows += facts.glanced(session, said.keys() - seen.keys(), need.id)
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
    found = _shown(session, profile, ties, known.ranked) if known else []
    if known is None or (known.is_cut and len(found) < limit):
        found = _shown(session, profile, ties, _needs_anew(session, profile, ties, limit))
    shown = found[:limit]
    concepts = reasons.concepts_of(session, [one.reasons for _, one in shown])
    latest = queries.latest_between(session, [one.id for _, one in shown], [profile.id])
    between = {one.need_id: one for one in latest if rules.may_see(ties, one)}
    suggested = [
        SuggestedNeed(
            need,
            reasons.say(one.reasons, concepts, Level.FULL),
            between.get(one.id),
            one.id in between and between[one.id].state in rules.LIVE,
        )
        for need, one in shown
    ]
    return sorted(suggested, key=lambda one: one.contribution is not None)


def _needs_anew(session: Session, profile: Profile, ties: Ties, limit: int) -> list[RankedNeed]:
    best = ranking.best_needs(session, profile)
    able = [one for one in best if one[1].excluded is None and not ties.writes(one[0].project)]
    return kept.with_reasons(session, profile, able[: limit + SPARE])


def _shown(
    session: Session, profile: Profile, ties: Ties, ranked: Sequence[RankedNeed]
) -> list[tuple[Need, RankedNeed]]:
    """Those whose reasons are enough, that everybody may read and that are of others."""
    if not ranked:
        return []
    wrong, pairs = objections.wrong_needs(session, profile.id), objections.wrong_pairs(session, between_two=True)
    best = max((one.fit.competence for one in ranked), default=0.0)
    still = [replace(one, reasons=_still(one.reasons, pairs)) for one in ranked if one.id not in wrong]
    tied = [one for one in still if explanation.ties(one.reasons, one.fit, best)]
    needs = {need.id: need for need in queries.open_needs_shown(session, [one.id for one in tied])}
    return [(needs[one.id], one) for one in tied if one.id in needs and not ties.writes(needs[one.id].project)]
