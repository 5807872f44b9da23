"""Which known people could help with a need: ranked and explained as profiles are."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.contributions import facts, ranking, reasons
from app.contributions.reasons import Why
from app.matching import explanation, objections
from app.matching.documents import analyse
from app.matching.explanation import Said
from app.matching.queries import nearest
from app.matching.scoring import Fit
from app.profiles.rules import Level
from app.projects.models import Need
from app.relays.known import chips, queries
from app.relays.models import KnownPerson, Relay
from app.relays.rules import LIVE

LOOKED_AT = 60
SHOWN = 8


@dataclass(frozen=True)
class Found:
    known: KnownPerson
    why: Why
    relay: Relay | None
    """Of the member who can reach them, for this need: asked for or under way."""


def people_for(session: Session, need: Need, limit: int = SHOWN) -> list[Found]:
    """The likeliest first; only those of whom words can be named that answer the need."""
    asked = reasons.need_document(need)
    near = ranking.competent(nearest(session, chips.KIND, asked, limit=LOOKED_AT))
    able = {one.subject_id: one.competence for one in near}
    rows = queries.listed(session, able)
    if not rows:
        return []
    fits = {
        known.id: Fit(able[known.id], reasons.nearest_place(need.project.commune_code, [known.commune_code]))
        for known in rows
    }
    rows = sorted(rows, key=lambda known: (-fits[known.id].score, known.id))[: 2 * limit]
    said = _reasons(session, need, rows, fits)
    best = max(fit.competence for fit in fits.values())
    tied = [known for known in rows if explanation.ties(said[known.id], fits[known.id], best)][:limit]
    concepts = reasons.concepts_of(session, [said[known.id] for known in tied])
    relays = _relays(session, need, tied)
    return [
        Found(known, reasons.say(said[known.id], concepts, Level.FULL), relays.get(known.reach_id)) for known in tied
    ]


def _reasons(
    session: Session, need: Need, rows: Sequence[KnownPerson], fits: dict[int, Fit]
) -> dict[int, list[explanation.Reason]]:
    wanted = Said(reasons.need_document(need), facts.tags(need.chips, need.language))
    offered = [
        Said(analyse(chips.parts(known), known.language), facts.tags(known.chips, known.language)) for known in rows
    ]
    [explained] = explanation.explain_all([wanted], offered, objections.wrong_reasons(session))
    return {
        known.id: explanation.reasons(covered, [], fits[known.id].closeness)
        for known, (covered, _missing) in zip(rows, explained, strict=True)
    }


def _relays(session: Session, need: Need, rows: Sequence[KnownPerson]) -> dict[int, Relay]:
    """Member → their relay of this need."""
    members = {known.reach_id for known in rows}
    statement = select(Relay).where(
        Relay.need_id == need.id, col(Relay.user_id).in_(members), col(Relay.state).in_(LIVE)
    )
    return {relay.user_id: relay for relay in session.exec(statement)} if members else {}
