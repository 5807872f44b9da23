"""The order, before any word is said: who could help with a need, and which needs could use somebody.

Each is a handful of queries, however many are compared.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions import queries, reasons, sides
from app.contributions.models import Contribution, Origin, State
from app.contributions.rules import Ties
from app.kernel.database import now
from app.matching import objections
from app.matching.documents import Document
from app.matching.explanation import without_words
from app.matching.queries import Near, nearest
from app.matching.scoring import Fit, competence
from app.profiles import chips as profile_chips
from app.profiles.models import Profile, ProfilePlace, Visibility
from app.profiles.queries import whole
from app.projects import chips as need_chips
from app.projects.models import Moderation, Need, NeedState, Project

LOOKED_AT = 300
"""Of the nearest by competence: no tie to a territory lifts anybody from further down."""
LEAST, SHARE = 0.08, 0.2
"""Competence below which a suggestion would be chance, by itself and beside the best."""
A_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Ranked:
    """One person in the order for a need, or one need in the order for a person."""

    id: int
    fit: Fit


@dataclass(frozen=True)
class Invited:
    """How often somebody was asked for other needs: invitations that left, or that a moderator is about to send."""

    this_month: int = 0
    unanswered: int = 0


def rank_people(session: Session, need: Need) -> list[Ranked]:
    """Everybody who may be proposed for this need, in order, those whom something excludes too."""
    asked = reasons.need_document(need)
    able = _competent(nearest(session, profile_chips.KIND, asked, limit=LOOKED_AT))
    able |= _read_again(session, need, asked, able)
    places: dict[int, list[str]] = {}
    for place in session.exec(select(ProfilePlace).where(col(ProfilePlace.profile_id).in_(able))):
        places.setdefault(place.profile_id, []).append(place.code)
    rows = session.exec(
        select(Profile)
        .join(User, col(User.id) == Profile.owner_id)
        .where(
            col(Profile.id).in_(able),
            col(Profile.id).not_in(objections.wrong_people(session, need.id)),
            col(Profile.visibility) != Visibility.HIDDEN,
            col(Profile.abilities) != "",
            col(Profile.owner_id).not_in([user.id for user in sides.team_of(session, need.project)]),
            col(User.closed_at).is_(None),
        )
    ).all()
    often = invited(session, able, need)
    ranked = [
        Ranked(profile.id, fit(need, profile, able[profile.id], places.get(profile.id, ()), often.get(profile.id)))
        for profile in rows
    ]
    return sorted(ranked, key=lambda one: (-one.fit.score, one.id))


def rank_needs(session: Session, profile: Profile, ties: Ties) -> list[tuple[Need, Fit]]:
    """The open needs that could use this person, in order, those that something excludes too."""
    said = reasons.profile_document(profile)
    able = _competent(nearest(session, need_chips.DOCUMENT, said, limit=LOOKED_AT))
    rows = session.exec(
        queries.with_project(select(Need).join(Project, col(Project.id) == Need.project_id)).where(
            col(Need.id).in_(able),
            col(Need.id).not_in(objections.wrong_needs(session, profile.id)),
            Need.state == NeedState.OPEN,
            Project.moderation == Moderation.PUBLISHED,
            ~queries.of_team(ties),
        )
    ).all()
    wrong = objections.wrong_words(session, able, [profile.id])
    for need in rows:
        if words := wrong.get((need.id, profile.id)):
            able[need.id] = competence(reasons.need_document(need), without_words(said, words))
    codes = [place.code for place in profile.places]
    fits = [(need, fit(need, profile, able[need.id], codes)) for need in rows]
    return sorted(fits, key=lambda one: (-one[1].score, one[0].id))


def fit(need: Need, profile: Profile, able: float, places: Collection[str], often: Invited | None = None) -> Fit:
    """`places`: the codes of the territories that matter to the person."""
    often = often or Invited()
    return Fit(
        able,
        reasons.nearest_place(need.project.commune_code, places),
        reasons.obstacle(need, profile),
        reasons.when(need, profile),
        reasons.likes_theme(need, profile),
        often.this_month,
        often.unanswered,
    )


def invited(session: Session, profile_ids: Collection[int], need: Need) -> Mapping[int, Invited]:
    """Of each, for other needs than this one."""
    rows = session.exec(
        select(
            Contribution.profile_id,
            func.count().filter(col(Contribution.created_at) > now() - A_MONTH),
            func.count().filter(col(Contribution.state).in_((State.PROPOSED, State.APPROVED))),
        )
        .where(
            col(Contribution.profile_id).in_(profile_ids),
            Contribution.origin == Origin.INVITATION,
            Contribution.need_id != need.id,
            or_(col(Contribution.approved_by_id).is_not(None), col(Contribution.state) == State.PROPOSED),
        )
        .group_by(col(Contribution.profile_id))
    )
    return {profile_id: Invited(this_month, unanswered) for profile_id, this_month, unanswered in rows}


def _competent(near: Sequence[Near]) -> dict[int, float]:
    """The best first."""
    least = max(LEAST, SHARE * near[0].competence) if near else LEAST
    return {one.subject_id: one.competence for one in near if one.competence >= least}


def _read_again(session: Session, need: Need, asked: Document, able: Collection[int]) -> dict[int, float]:
    """The competence of those of whom a moderator said that some words do not answer this need, without the words."""
    wrong = {profile_id: words for (_, profile_id), words in objections.wrong_words(session, [need.id], able).items()}
    rows = session.exec(select(Profile).where(col(Profile.id).in_(wrong)).options(*whole())).all() if wrong else ()
    return {one.id: competence(asked, without_words(reasons.profile_document(one), wrong[one.id])) for one in rows}
