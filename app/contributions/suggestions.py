"""Who could help with a need, and which needs could use somebody: in order, with reasons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions import queries, reasons, rules, sides
from app.contributions.models import Contribution
from app.contributions.reasons import Why
from app.contributions.rules import Ties
from app.kernel.errors import NotFound
from app.kernel.folding import fold
from app.kernel.i18n import gettext as _
from app.kernel.i18n import number
from app.matching.queries import Near, nearest
from app.matching.scoring import Fit, exclusion
from app.profiles import chips as profile_chips
from app.profiles import rules as profiles
from app.profiles.cards import Card, FullCard, card
from app.profiles.models import Profile, ProfilePlace, Visibility
from app.profiles.queries import theme_labels, whole
from app.profiles.rules import Level
from app.projects import chips as need_chips
from app.projects.models import Moderation, Need, NeedState, Project

LOOKED_AT = 300
"""Of the nearest by competence: no tie to a territory lifts anybody from further down."""
LEAST, SHARE = 0.08, 0.2
"""Competence below which a suggestion would be chance, by itself and beside the best."""
SET_ASIDE = 5
"""Most shown of those who could help but for a language, or for where the need is."""
SPARE = 4
"""Looked at beyond the limit: of some, no word that counts can be named."""
PLACED = 5
"""Most people of one name that a moderator is shown."""
_MARKS = "[\u0300-\u036f\u064b-\u065f]"


@dataclass(frozen=True)
class Ranked:
    """One person in the order for a need, or one need in the order for a person."""

    id: int
    fit: Fit


@dataclass(frozen=True)
class SuggestedPerson:
    profile: Profile
    card: Card
    why: Why
    contribution: Contribution | None
    """What there was already between them and the need, as far as this reader may know."""
    taken: bool
    """Something is under way: nobody is asked twice."""

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
    """The people who could help, the best first; and a few who could, were it not for a language or a place."""
    ranked = rank_people(session, need)
    able = [one for one in ranked if one.fit.excluded is None]
    kept_apart = [one for one in ranked if one.fit.excluded is not None and _among_first(one, able, limit)]
    found = _people(session, need, ties, [one.id for one in (*able[: limit + SPARE], *kept_apart[:SET_ASIDE])])
    return People(
        [found[one.id] for one in able if one.id in found][:limit],
        [found[one.id] for one in kept_apart if one.id in found],
    )


def _among_first(one: Ranked, able: Sequence[Ranked], limit: int) -> bool:
    return len(able) < limit or one.fit.score >= able[limit - 1].fit.score


def rank_people(session: Session, need: Need) -> list[Ranked]:
    """Everybody who may be proposed for this need, in order, those whom something excludes too."""
    competence = _competent(nearest(session, profile_chips.KIND, reasons.need_document(need)))
    places: dict[int, list[str]] = {}
    for place in session.exec(select(ProfilePlace).where(col(ProfilePlace.profile_id).in_(competence))):
        places.setdefault(place.profile_id, []).append(place.code)
    team = [user.id for user in sides.team_of(session, need.project)]
    rows = session.exec(
        select(Profile.id, Profile.languages, Profile.on_site, Profile.remote)
        .join(User, col(User.id) == Profile.owner_id)
        .where(
            col(Profile.id).in_(competence),
            col(Profile.visibility) != Visibility.HIDDEN,
            col(Profile.abilities) != "",
            col(Profile.owner_id).not_in(team),
            col(User.closed_at).is_(None),
        )
    )
    ranked = [
        Ranked(
            number,
            Fit(
                competence[number],
                reasons.nearest_place(need.project.commune_code, places.get(number, [])),
                exclusion(rules.COMMUNE_LANGUAGES, need.mode, languages, on_site, remote),
            ),
        )
        for number, languages, on_site, remote in rows
    ]
    return sorted(ranked, key=lambda one: (-one.fit.score, one.id))


def _competent(near: Sequence[Near]) -> dict[int, float]:
    """The best first."""
    least = max(LEAST, SHARE * near[0].competence) if near else LEAST
    return {one.subject_id: one.competence for one in near[:LOOKED_AT] if one.competence >= least}


def person(session: Session, need: Need, ties: Ties, profile_id: int) -> SuggestedPerson:
    """One person whom this reader may invite, proposed or not. Raises NotFound."""
    known = [profile_id] if 0 < profile_id <= queries.MAX_ID else []
    found = _people(session, need, ties, known, proposed=False).get(profile_id)
    if found is None:
        raise NotFound
    return found


def _people(
    session: Session, need: Need, ties: Ties, ids: Sequence[int], proposed: bool = True
) -> dict[int, SuggestedPerson]:
    """These people as this reader may see them; if `proposed`, only those whose words answer the need."""
    rows = session.exec(select(Profile).where(col(Profile.id).in_(ids)).options(*whole())).all()
    asked = reasons.need_document(need)
    why = {profile.id: reasons.find(need, profile, asked) for profile in rows}
    concepts = reasons.concepts_of(session, why.values())
    between = {one.profile_id: one for one in queries.latest_between(session, [need.id], ids)}
    themes = theme_labels(session)
    found = {}
    for profile in rows:
        if profiles.is_withdrawn(profile) or (proposed and not reasons.covers(why[profile.id])):
            continue
        contribution = between.get(profile.id)
        level = level_of(ties, need.project, profile, contribution)
        found[profile.id] = SuggestedPerson(
            profile,
            card(profile, level, themes),
            reasons.say(why[profile.id], concepts, profile, level),
            contribution if contribution and rules.may_see(ties, contribution) else None,
            contribution is not None and contribution.state in rules.LIVE,
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
    said = reasons.profile_document(profile)
    competence = _competent(nearest(session, need_chips.DOCUMENT, said))
    rows = session.exec(
        queries.with_project(select(Need).join(Project, col(Project.id) == Need.project_id)).where(
            col(Need.id).in_(competence),
            Need.state == NeedState.OPEN,
            Project.moderation == Moderation.PUBLISHED,
            ~queries.of_team(ties),
        )
    ).all()
    fits = {
        need.id: Fit(competence[need.id], reasons.closeness(need, profile), reasons.obstacle(need, profile))
        for need in rows
    }
    able = sorted(
        (need for need in rows if fits[need.id].excluded is None), key=lambda need: (-fits[need.id].score, need.id)
    )[: limit + SPARE]
    why = {need.id: reasons.find(need, profile, said=said) for need in able}
    concepts = reasons.concepts_of(session, why.values())
    known = queries.latest_between(session, fits, [profile.id])
    between = {one.need_id: one for one in known if rules.may_see(ties, one)}
    found = [
        SuggestedNeed(
            need,
            reasons.say(why[need.id], concepts, profile, Level.FULL),
            between.get(need.id),
            need.id in between and between[need.id].state in rules.LIVE,
        )
        for need in able
        if reasons.covers(why[need.id])
    ][:limit]
    return sorted(found, key=lambda one: one.contribution is not None)


@dataclass(frozen=True)
class Placed:
    """Where somebody stands among those who could help, and why."""

    name: str
    sentence: str
    why: Why


def placed(session: Session, need: Need, ties: Ties, words: str) -> list[Placed]:
    """For a moderator who misses somebody: the people of that name whom they look after."""
    pattern = f"%{fold(words).replace('%', '').replace('_', '')}%"
    rows = session.exec(
        select(Profile)
        .join(User, col(User.id) == Profile.owner_id)
        .where(_folded(User.name).like(pattern) | _folded(Profile.name).like(pattern), col(Profile.abilities) != "")
        .options(*whole())
        .order_by(User.name, col(Profile.id))
    ).all()
    known = [profile for profile in rows if rules.looks_after(ties.user, need.project, profile)][:PLACED]
    ranked = rank_people(session, need)
    able = [one.id for one in ranked if one.fit.excluded is None]
    why = {profile.id: reasons.find(need, profile) for profile in known}
    concepts = reasons.concepts_of(session, why.values())
    return [
        Placed(
            profile.name or profile.owner.name,
            _place(profile, able, {one.id for one in ranked}),
            reasons.say(why[profile.id], concepts, profile, Level.FULL),
        )
        for profile in known
    ]


def _folded(column: Any) -> ColumnElement[str]:
    """As the database can say what `fold` says: without accents, harakat and hamza seats."""
    bare = func.regexp_replace(func.normalize(func.lower(column), literal_column("NFKD")), _MARKS, "", "g")
    return func.translate(bare, "ىة", "يه")


def _place(profile: Profile, able: Sequence[int], ranked: Collection[int]) -> str:
    if profile.id in able:
        rank = _("À la place %(rank)s sur %(of)s parmi les personnes qui pourraient aider.")
        return rank % {"rank": number(able.index(profile.id) + 1), "of": number(len(able))}
    if profiles.is_withdrawn(profile):
        return _("Cette personne a masqué son profil : elle n’est proposée nulle part.")
    if profile.id in ranked:
        return _("Cette personne répond au besoin, mais quelque chose l’empêche.")
    return _("Rien de ce que cette personne a écrit ne répond à ce besoin, ou elle est de l’équipe du projet.")
