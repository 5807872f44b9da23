"""The best for a need, and the best needs for a person, found in advance and read in a blink.

A list is as of a moment (`MatchList.seen`). What was stored since is compared when the list is read, so that whoever
has just saved is there; the worker brings lists up to date within a second (`keeping`), and then nothing is left to
compare. Who is of the team, was said to be wrong or was asked often is looked up each time: a list knows nothing of it.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import Row, TextClause, text
from sqlmodel import Session

from app.contributions import facts, glances, queries, ranking, reasons, sides
from app.contributions.facts import Person, Wanted
from app.contributions.glances import GlancedNeed, GlancedPerson
from app.contributions.models import ListKind
from app.contributions.ranking import LEAST, SHARE, Ranked, RankedNeed
from app.matching.documents import made_with
from app.matching.explanation import Pair, Reason, is_wrong
from app.matching.objections import ENOUGH, NOT_WRONG, WRONG_REASONS
from app.matching.scoring import Closeness, Exclusion, Fit, Timing
from app.profiles import chips as profile_chips
from app.profiles.models import Profile
from app.projects import chips as need_chips
from app.projects.models import Mode, Need
from app.taxonomy.queries import EDITION

RULES = 2
"""Another number when lists are to be made again though the artefacts are the same."""
LISTED = 32
"""People kept for a need: some of the first twenty may be asked too often to come first, or of the team."""
EXPLAINED = 24
"""Of those, whose reasons are found in advance."""
SET_ASIDE = 8
"""Kept of those whom something excludes, if they would be among the first."""
NEEDS_LISTED = 24
ROUNDING = 1e-4
"""Of what is stored in 32 bits."""
OLD = 20
"""Needs that changed since the list of a person was made: comparing more at each look is what the worker spares us."""
MANY_CHANGES = 200
"""Stored since a list was made: finding it anew is quicker than comparing more with it."""


def _list(kind: ListKind, own: str, others: str) -> str:
    """Of a list (`:subject_id`); own and others: the kinds of documents that it is of and that are in it."""
    followed = "SELECT seen FROM match_list WHERE kind = 'profile' AND subject_id = 0"
    since = f"greatest(list.seen, ({followed}))" if others == profile_chips.KIND else "list.seen"
    return f"""WITH list AS MATERIALIZED (
        SELECT list.best, list.least, ARRAY(
            SELECT subject_id FROM match_document WHERE kind = '{others}' AND changed_in >= {since}
            ORDER BY changed_in LIMIT {MANY_CHANGES + 1}
        ) AS changed, ARRAY(SELECT ARRAY[concept_id, folded, language] FROM ({WRONG_REASONS}) reason) AS wrong
        FROM match_list list JOIN match_document own ON own.kind = '{own}' AND own.subject_id = list.subject_id
        WHERE list.kind = '{kind}' AND list.subject_id = :subject_id
          AND list.made_with = :version || '/' || own.changed_in
    )"""  # noqa: S608  only names of our own


# As strings: the two arrays would be read again in every row.
_OF_LIST = f"""list.best, list.least, array_to_string(list.changed, ' ') AS changed, to_json(list.wrong)::text AS wrong,
    {EDITION} AS taxonomy"""
_FIT = "match.competence, match.closeness, match.excluded, match.timing, match.likes_theme, match.reasons"
# A list and what is in it in one statement, as each round trip costs. What is always the same stands in it as it is,
# not as a parameter: else PostgreSQL plans it each time, which takes longer than finding.
_PEOPLE = text(
    f"""
    {_list(ListKind.NEED, need_chips.DOCUMENT, profile_chips.KIND)}
    SELECT {_OF_LIST}, found.* FROM list LEFT JOIN LATERAL (
        SELECT {_FIT}, often.this_month, often.unanswered, profile.language, profile.available_from,
               profile.availability, {glances.PERSON}
        FROM match JOIN profile ON profile.id = match.profile_id
        JOIN "user" ON "user".id = profile.owner_id AND "user".closed_at IS NULL {facts.OFTEN}
        WHERE match.need_id = :need_id AND match.score >= list.least
          AND match.competence >= greatest({LEAST}, {SHARE} * list.best)
          AND {facts.IS_SHOWN} AND {NOT_WRONG}
          AND profile.owner_id NOT IN ({sides.TEAM})
        ORDER BY match.score DESC LIMIT {LISTED + SET_ASIDE} + cardinality(list.changed)
    ) found ON true
    """  # noqa: S608  only names of our own
)
_NEEDS = text(
    f"""
    {_list(ListKind.PROFILE, profile_chips.KIND, need_chips.DOCUMENT)}
    SELECT {_OF_LIST}, found.* FROM list LEFT JOIN LATERAL (
        SELECT {_FIT}, need.starts_on, need.ends_on, project.commune_code, project.theme_code, {glances.NEED}
        FROM match JOIN need ON need.id = match.need_id {glances.OF_NEEDS}
        WHERE match.profile_id = :profile_id AND match.score >= list.least AND match.excluded IS NULL AND {NOT_WRONG}
        ORDER BY match.score DESC LIMIT {NEEDS_LISTED} + cardinality(list.changed)
    ) found ON true
    """  # noqa: S608  only names of our own
)


def version() -> str:
    return f"{made_with()}/{RULES}"


@dataclass(frozen=True)
class Kept:
    """A list: what is said of it, and the rows that are in it still."""

    rows: Sequence[Row[Any]]
    best: float
    least: float
    changed: Collection[int]
    """Those of the other side that were stored since."""
    wrong: Collection[Pair]
    """What was found wrong as a reason, for everybody."""
    taxonomy: str | None
    """Its edition."""

    def reasons(self, row: Any, language: str, timing: Timing) -> Sequence[Reason] | None:
        """Those that were kept, but for what was found wrong since of words of this language; today's of the time."""
        found: Sequence[Reason] | None = row.reasons
        if found is None:
            return None
        if self.wrong:
            found = [
                one for one in found if not is_wrong(one.get("concept"), one.get("words", ""), language, self.wrong)
            ]
        return found if timing == row.timing else reasons.at_present(found, timing)


def _kept(session: Session, statement: TextClause, subject_id: int, asked: dict[str, Any]) -> Kept | None:
    """None if there is no list, or so much was stored since that it is quicker found anew."""
    of_list = {"subject_id": subject_id, "version": version(), "enough": ENOUGH}
    rows = session.execute(statement, asked | of_list).all()
    if not rows or len(changed := rows[0].changed.split()) > MANY_CHANGES:
        return None
    wrong = {(concept_id, words, language) for concept_id, words, language in json.loads(rows[0].wrong)}
    found = [row for row in rows if row.id is not None]
    return Kept(found, rows[0].best, rows[0].least, {*map(int, changed)}, wrong, rows[0].taxonomy)


def kept_people(session: Session, need: Need) -> Kept | None:
    """Those who may be proposed still."""
    return _kept(session, _PEOPLE, need.id, facts.asking(need.id) | sides.of_project(need.project))


def kept_needs(session: Session, profile_id: int) -> Kept | None:
    """Those that are looked for still."""
    return _kept(session, _NEEDS, profile_id, {"profile_id": profile_id})


def people(session: Session, need: Need, wanted: int) -> list[Ranked]:
    """At least so many who may be proposed, in order; found anew if they are not kept."""
    known = kept_people(session, need)
    if known is None:
        return _anew(session, need, wanted)
    asked, found = Wanted.of(need), []
    for row in known.rows:
        if row.id not in known.changed:
            timing = reasons.when(asked, cast(Person, row)) if _is_timed(row) else Timing.UNKNOWN
            fit, said = _fit(row, timing, row.this_month, row.unanswered), known.reasons(row, row.language, timing)
            found.append(Ranked(row.id, row.owner_id, fit, said, GlancedPerson.of(row)))
    if known.changed:
        found += _anew(session, need, wanted, known.changed, known.best)
    able = [one.fit.competence for one in found if one.fit.excluded is None]
    is_cut = known.least > 0 or len(known.rows) == LISTED + SET_ASIDE + len(known.changed)
    best_left = max(able, default=0.0) < known.best - ROUNDING
    if len(able) < wanted and (is_cut or best_left):
        return _anew(session, need, wanted)  # too many have left the list
    return ranking.in_order(found)


def _anew(
    session: Session, need: Need, wanted: int, among: Collection[int] | None = None, best: float = 0
) -> list[Ranked]:
    return ranking.proposed(session, need, ranking.best_people(session, need, wanted, among, best))


@dataclass(frozen=True)
class KeptNeeds:
    ranked: Sequence[RankedNeed]
    is_cut: bool
    """There may be more than these."""
    is_old: bool
    """So much changed since that it should be made anew."""
    taxonomy: str | None
    """Its edition."""


def needs(session: Session, profile: Profile) -> KeptNeeds | None:
    """The best needs for somebody, in order, with reasons, those of their own team too; None if they are not kept."""
    known = kept_needs(session, profile.id)
    if known is None:
        return None
    unknown = {*known.changed, *(row.id for row in known.rows if row.reasons is None)}
    person, found = Person.of(profile), []
    for row in known.rows:
        if row.id not in unknown:
            timing = reasons.when(_wanted(row), person) if _is_timed(row) else Timing.UNKNOWN
            said = known.reasons(row, profile.language, timing)
            found.append(RankedNeed(row.id, _fit(row, timing), said, GlancedNeed.of(row)))
    if unknown:
        changed = ranking.best_needs(session, profile, unknown, known.best)
        able = [one for one in changed if one.fit.excluded is None][:NEEDS_LISTED]
        found += with_reasons(session, profile, able)
    ranked = sorted(found, key=lambda one: (-one.fit.score, one.id))
    return KeptNeeds(ranked, known.least > 0, len(unknown) > OLD, known.taxonomy)


def _is_timed(row: Any) -> bool:
    """Whether anything is known of the time: what it is depends on the day."""
    return bool(row.timing != Timing.UNKNOWN)


def _wanted(row: Any) -> Wanted:
    return Wanted(row.id, Mode(row.mode), row.starts_on, row.ends_on, row.commune_code, row.theme_code)


def _fit(row: Any, timing: Timing, this_month: int = 0, unanswered: int = 0) -> Fit:
    excluded = Exclusion(row.excluded) if row.excluded else None
    return Fit(row.competence, Closeness(row.closeness), excluded, timing, row.likes_theme, this_month, unanswered)


def with_reasons(session: Session, profile: Profile, ranked: Sequence[RankedNeed]) -> list[RankedNeed]:
    """Those of these that are looked for still, with all their reasons."""
    if not ranked:
        return []
    needs = queries.whole_needs(session, [one.id for one in ranked])
    wrong = reasons.wrong_of(session, [need.id for need in needs], [profile.id])
    said = reasons.of_needs(needs, Person.of(profile), facts.said(profile), wrong)
    found = {need.id: one for need, one in zip(needs, said, strict=True)}
    return [replace(one, reasons=found[one.id]) for one in ranked if one.id in found]


def reasons_of(session: Session, need: Need, ids: Collection[int]) -> Mapping[int, list[Reason]]:
    """Of each of these people, found anew."""
    if not ids:
        return {}
    found, said = facts.people(session, ids), facts.words(session, ids)
    wrong = reasons.wrong_of(session, [need.id], list(found))
    both = [(found[one], said[one]) for one in found]
    return dict(zip(found, reasons.of_people(need, both, wrong), strict=True))
