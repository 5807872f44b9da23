"""The people who could help with a need, and the needs that could use somebody, as their reader sees them: with
reasons, and only where the reasons are enough."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.contributions import queries, reasons, rules
from app.contributions.models import Contribution
from app.contributions.ranking import Ranked, rank_needs, rank_people
from app.contributions.reasons import Why
from app.contributions.rules import Ties
from app.kernel.errors import NotFound
from app.matching import explanation
from app.matching.explanation import Reason
from app.profiles import rules as profiles
from app.profiles.cards import Card, FullCard, card
from app.profiles.models import Profile
from app.profiles.queries import theme_labels, whole
from app.profiles.rules import Level
from app.projects.models import Need, Project

SET_ASIDE = 5
"""Most shown of those who could help but for a language, or for where the need is."""
SPARE = 4
"""Looked at beyond the limit: of some, no word that counts can be named."""


@dataclass(frozen=True)
class SuggestedPerson:
    profile: Profile
    card: Card
    reasons: Sequence[Reason]
    why: Why
    contribution: Contribution | None
    """What there was already between them and the need, as far as this reader may know."""
    taken: bool
    """Something is under way: nobody is asked twice."""
    judged: bool
    """By this reader, a moderator, who may say that it is wrong."""

    @property
    def name(self) -> str:
        return self.card.name if isinstance(self.card, FullCard) else self.card.title


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
    ranked = rank_people(session, need)
    able = [one for one in ranked if one.fit.excluded is None]
    kept_apart = [one for one in ranked if one.fit.excluded is not None and _among_first(one, able, limit)]
    looked_at = [*able[: limit + SPARE], *kept_apart[:SET_ASIDE]]
    found = _people(session, need, ties, [one.id for one in looked_at])
    best = max((one.fit.competence for one in able), default=0.0)
    tied = [one for one in looked_at if one.id in found and explanation.ties(found[one.id].reasons, one.fit, best)]
    return People(
        [found[one.id] for one in tied if one.fit.excluded is None][:limit],
        [found[one.id] for one in tied if one.fit.excluded is not None],
    )


def _among_first(one: Ranked, able: Sequence[Ranked], limit: int) -> bool:
    return len(able) < limit or one.fit.score >= able[limit - 1].fit.score


def person(session: Session, need: Need, ties: Ties, profile_id: int) -> SuggestedPerson:
    """One person whom this reader may invite, proposed or not. Raises NotFound."""
    known = [profile_id] if 0 < profile_id <= queries.MAX_ID else []
    found = _people(session, need, ties, known).get(profile_id)
    if found is None:
        raise NotFound
    return found


def _people(session: Session, need: Need, ties: Ties, ids: Sequence[int]) -> dict[int, SuggestedPerson]:
    """These people as this reader may see them."""
    rows = session.exec(select(Profile).where(col(Profile.id).in_(ids)).options(*whole())).all()
    asked, wrong = reasons.need_document(need), reasons.wrong_of(session, [need.id], ids)
    why = {profile.id: reasons.find(need, profile, wrong, asked) for profile in rows}
    concepts = reasons.concepts_of(session, why.values())
    between = {one.profile_id: one for one in queries.latest_between(session, [need.id], ids)}
    themes = theme_labels(session)
    found = {}
    for profile in rows:
        if profiles.is_withdrawn(profile):
            continue
        contribution = between.get(profile.id)
        level = level_of(ties, need.project, profile, contribution)
        found[profile.id] = SuggestedPerson(
            profile,
            card(profile, level, themes),
            why[profile.id],
            reasons.say(why[profile.id], concepts, profile, level),
            contribution if contribution and rules.may_see(ties, contribution) else None,
            contribution is not None and contribution.state in rules.LIVE,
            rules.looks_after(ties.user, need.project, profile),
        )
    return found


def level_of(ties: Ties, project: Project, profile: Profile, contribution: Contribution | None) -> Level:
    """How much of a person who could help is shown to whoever looks for help."""
    if contribution is not None:
        return max(rules.level(ties, contribution), Level.CARD)
    known = rules.looks_after(ties.user, project, profile)
    return profiles.level(ties.user, profile, agent=True, both_agreed=known)


def needs_for(session: Session, profile: Profile, ties: Ties, limit: int = 20) -> list[SuggestedNeed]:
    """The open needs that could use this person, the best first, and last those of which they know already.

    What excludes is not shown: others can be chosen.
    """
    able = [(need, fit) for need, fit in rank_needs(session, profile, ties) if fit.excluded is None]
    best = max((fit.competence for _, fit in able), default=0.0)
    looked_at, ids = able[: limit + SPARE], [need.id for need, _ in able]
    said, wrong = reasons.profile_document(profile), reasons.wrong_of(session, ids, [profile.id])
    why = {need.id: reasons.find(need, profile, wrong, said=said) for need, _ in looked_at}
    concepts = reasons.concepts_of(session, why.values())
    known = queries.latest_between(session, ids, [profile.id])
    between = {one.need_id: one for one in known if rules.may_see(ties, one)}
    found = [
        SuggestedNeed(
            need,
            reasons.say(why[need.id], concepts, profile, Level.FULL),
            between.get(need.id),
            need.id in between and between[need.id].state in rules.LIVE,
        )
        for need, fit in looked_at
        if explanation.ties(why[need.id], fit, best)
    ][:limit]
    return sorted(found, key=lambda one: one.contribution is not None)
