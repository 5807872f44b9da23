"""Finds the best for needs and people in advance, and keeps them (`kept` reads them).

What is to be done is told by the rows themselves: a need whose list was made of other words or with other artefacts
than today's is due. Each worker takes some that no other has (`SKIP LOCKED`) and is done with them when it commits: a
worker that is killed leaves them to the others, and nothing is done twice.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, text, update
from sqlmodel import Session, col, select

from app.contributions import kept, queries, ranking
from app.contributions.kept import NEEDS_LISTED
from app.contributions.models import ListKind, Match, MatchList
from app.contributions.ranking import LEAST, SHARE, Ranked
from app.matching.explanation import Reason
from app.matching.models import MatchDocument
from app.matching.queries import Near
from app.matching.scoring import MOST_LIFTED, Fit
from app.profiles import chips as profile_chips
from app.profiles.models import Profile
from app.profiles.queries import whole
from app.profiles.rules import is_emptied, is_withdrawn
from app.projects import chips as need_chips
from app.projects.models import Need, Project

EVERYBODY = 0
"""The list of no profile: it says as of when changed profiles were brought into the lists of needs."""
TOO_MANY = 5000
"""Changed profiles: from here on all lists are made anew, which is quicker."""

# Lists are not made while changed profiles are brought into them: one of the two would not see the other.
_MAKING = "SELECT pg_advisory_xact_lock_shared(hashtext('match_list'))"
_FOLLOWING = "SELECT pg_advisory_xact_lock(hashtext('match_list'))"
_OLDEST = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"

_IS_DUE = """
    FROM match_document own LEFT JOIN match_list list ON list.kind = 'need' AND list.subject_id = own.subject_id
    WHERE own.kind = :kind AND octet_length(own.packed) > 0
      AND (list.made_with IS NULL OR list.made_with <> :version || '/' || own.changed_in)
"""
_DUE = text(f"SELECT own.subject_id {_IS_DUE} ORDER BY own.subject_id LIMIT :many FOR UPDATE OF own SKIP LOCKED")
# What another worker was done with between the look and the lock is due no more.
_STILL_DUE = text(f"SELECT own.subject_id {_IS_DUE} AND own.subject_id = ANY(CAST(:taken AS int[])) ORDER BY 1")
_LEFT = text(f"SELECT count(*) {_IS_DUE}")
_ASKED = text(
    """
    SELECT list.subject_id
    FROM match_list list JOIN match_document own ON own.kind = :kind AND own.subject_id = list.subject_id
    WHERE list.kind = 'profile' AND list.made_with <> :version || '/' || own.changed_in
    ORDER BY list.subject_id LIMIT :many FOR UPDATE OF list SKIP LOCKED
    """
)
# One statement, whatever the number of rows: with a parameter each, half of the time went into writing the statement.
_MATCHES = text(
    """
    INSERT INTO match (need_id, profile_id, score, competence, closeness, timing, likes_theme, excluded, reasons)
    SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS row (
        need_id int, profile_id int, score real, competence real, closeness text, timing text, likes_theme bool,
        excluded text, reasons jsonb
    )
    ON CONFLICT (need_id, profile_id) DO UPDATE SET
        score = excluded.score, competence = excluded.competence, closeness = excluded.closeness,
        timing = excluded.timing, likes_theme = excluded.likes_theme, excluded = excluded.excluded,
        reasons = excluded.reasons
    """
)
_LIST = text(
    """
    INSERT INTO match_list (kind, subject_id, seen, made_with, best, least, explained)
    SELECT :kind, subject_id, :seen, :version || '/' || changed_in, :best, :least, :explained
    FROM match_document WHERE kind = :own AND subject_id = :subject_id
    ON CONFLICT (kind, subject_id) DO UPDATE SET
        seen = excluded.seen, made_with = excluded.made_with, best = excluded.best, least = excluded.least,
        explained = excluded.explained
    """
)
_ASK = text(
    """
    INSERT INTO match_list (kind, subject_id, seen, made_with, best, least, explained)
    VALUES ('profile', :profile_id, 0, '', 0, 0, true) ON CONFLICT DO NOTHING
    """
)
_ASK_AGAIN = text(
    """
    WITH free AS (
        SELECT subject_id FROM match_list WHERE kind = 'profile' AND subject_id = :profile_id AND made_with <> ''
        FOR UPDATE SKIP LOCKED
    )
    UPDATE match_list SET made_with = '' FROM free
    WHERE match_list.kind = 'profile' AND match_list.subject_id = free.subject_id
    """
)
_OTHERS = text(
    "DELETE FROM match WHERE need_id = :need_id AND score >= :least AND profile_id <> ALL(CAST(:ids AS int[]))"
)


def keep_due(session: Session, many: int, explained: bool = True) -> int:
    """Makes the lists of some needs that no other worker is at; says of how many. To be committed.

    Without reasons (`explained`) it takes a third of the time: `explain_due` finds them later.
    """
    session.execute(text(_MAKING))
    due: Sequence[int] = ()
    while not due:
        taken = session.execute(_DUE, _due() | {"many": many}).scalars().all()
        if not taken:
            return 0
        due = session.execute(_STILL_DUE, _due() | {"taken": list(taken)}).scalars().all()
    statement = select(Need).join(Project, col(Project.id) == Need.project_id).where(col(Need.id).in_(due))
    needs = session.exec(queries.with_project(statement)).all()
    for need in needs:
        keep_people(session, need, explained)
    for gone in set(due) - {need.id for need in needs}:
        _replace(session, ListKind.NEED, gone, [], 0, (0, 0))
    return len(due)


def explain_due(session: Session, many: int) -> int:
    """Finds the reasons of some lists that were made without; says of how many. To be committed."""
    session.execute(text(_MAKING))
    lists = session.exec(
        select(MatchList)
        .where(col(MatchList.kind) == ListKind.NEED, ~col(MatchList.explained))
        .order_by(col(MatchList.subject_id))
        .limit(many)
        .with_for_update(skip_locked=True)
    ).all()
    statement = select(Need).join(Project, col(Project.id) == Need.project_id)
    due = [one.subject_id for one in lists]
    for need in session.exec(queries.with_project(statement.where(col(Need.id).in_(due)))).all():
        ranked = [one for one in kept.people(session, need, kept.EXPLAINED) if one.reasons is None]
        able = [one.id for one in ranked if one.fit.excluded is None][: kept.EXPLAINED]
        aside = [one.id for one in ranked if one.fit.excluded is not None]
        said = kept.reasons_of(session, need, [*able, *aside])
        rows = [_row(need.id, one.id, one.fit, said[one.id]) for one in ranked if one.id in said]
        session.execute(_MATCHES, {"rows": json.dumps(rows)})
    for one in lists:
        one.explained = True
    return len(lists)


def left(session: Session) -> tuple[int, int]:
    """Needs whose lists are to be made; and those whose reasons are."""
    unexplained = select(func.count()).where(col(MatchList.kind) == ListKind.NEED, ~col(MatchList.explained))
    return int(session.execute(_LEFT, _due()).scalar_one()), session.exec(unexplained).one()


def _due() -> dict[str, Any]:
    return {"kind": need_chips.DOCUMENT, "version": kept.version()}


def outdate(session: Session) -> None:
    """All lists are to be made anew; what they were as of may be nonsense (`restoring`)."""
    session.execute(text(_FOLLOWING))
    oldest = session.execute(text(_OLDEST)).scalar_one()
    lists = col(MatchList.subject_id) != EVERYBODY
    session.execute(update(MatchList).where(lists).values(made_with="", seen=0))
    session.execute(update(MatchList).where(~lists).values(seen=oldest))


def keep_people(session: Session, need: Need, explained: bool = True) -> None:
    """Finds the best for a need and keeps them in place of those that were."""
    seen = session.execute(text(_OLDEST)).scalar_one()
    ranked = ranking.best_people(session, need, kept.LISTED)
    able = [one for one in ranked if one.fit.excluded is None][: kept.LISTED]
    least = able[-1].fit.lasting if len(able) == kept.LISTED else 0.0
    aside = [one for one in ranked if one.fit.excluded is not None and one.fit.lasting >= least][: kept.SET_ASIDE]
    first: list[Ranked] = []
    if explained:
        first = [*ranking.in_order(ranking.fairly(session, need, able))[: kept.EXPLAINED], *aside]
    said = kept.reasons_of(session, need, [one.id for one in first])
    rows = [_row(need.id, one.id, one.fit, said.get(one.id)) for one in [*able, *aside]]
    best = max((one.fit.competence for one in able), default=0.0)
    _replace(session, ListKind.NEED, need.id, rows, seen, (best, least), explained)


def bring(session: Session, profile_id: int) -> None:
    """A profile that changed comes into the lists of needs where it belongs now, and has its own list made."""
    session.execute(delete(Match).where(col(Match.profile_id) == profile_id))
    profile = session.exec(select(Profile).where(Profile.id == profile_id).options(*whole())).one_or_none()
    if profile is None or is_emptied(profile):
        own_list = (col(MatchList.kind) == ListKind.PROFILE, col(MatchList.subject_id) == profile_id)
        session.execute(delete(MatchList).where(*own_list))
        return
    seen = session.execute(text(_OLDEST)).scalar_one()
    near = ranking.near_needs(session, profile)
    lists = {} if is_withdrawn(profile) else _lists(session, [one.subject_id for one in near])
    close = {one.subject_id for one in ranking.competent(near)[: ranking.LOOKED_AT]}
    may_join = {one.subject_id for one in near if _may_join(one, lists.get(one.subject_id))}
    ranked = ranking.fits(session, profile, [one for one in near if one.subject_id in close | may_join])
    own = [one for one in ranked if one.fit.excluded is None and one.id in close][:NEEDS_LISTED]
    joined = [one for one in ranked if one.id in may_join and one.fit.lasting >= lists[one.id].least]
    chosen = {one.id: one for one in [*own, *joined]}
    found = kept.with_reasons(session, profile, [*chosen.values()])
    rows = [_row(one.id, profile_id, one.fit, one.reasons) for one in found]
    best = max((one.fit.competence for one in own), default=0.0)
    least = own[-1].fit.lasting if len(own) == NEEDS_LISTED else 0.0
    _replace(session, ListKind.PROFILE, profile_id, rows, seen, (best, least))


def _lists(session: Session, need_ids: Collection[int]) -> dict[int, MatchList]:
    of_needs = (col(MatchList.kind) == ListKind.NEED, col(MatchList.subject_id).in_(need_ids))
    return {one.subject_id: one for one in session.exec(select(MatchList).where(*of_needs))}


def _may_join(near: Near, known: MatchList | None) -> bool:
    """Whether somebody so near to a need may belong into its list."""
    if known is None:
        return False
    enough = max(LEAST, SHARE * known.best)
    return near.competence >= enough and near.competence + MOST_LIFTED >= known.least


def follow(session: Session, many: int, known: dict[int, int]) -> int:
    """Brings some profiles that changed into the lists; says how many. To be committed.

    `known`: what this worker did already; until older transactions are over, what is done is looked at again.
    """
    session.execute(text(_FOLLOWING))
    oldest = session.execute(text(_OLDEST)).scalar_one()
    since = session.get(MatchList, (ListKind.PROFILE, EVERYBODY))
    if since is None:
        first = select(func.min(MatchList.seen)).where(col(MatchList.kind) == ListKind.NEED, col(MatchList.seen) > 0)
        seen = session.exec(first).one() or oldest  # lists may have been made before anybody followed
        session.add(MatchList(kind=ListKind.PROFILE, subject_id=EVERYBODY, seen=seen, made_with="", best=0, least=0))
        return 0
    statement = (
        select(MatchDocument.subject_id, MatchDocument.changed_in)
        .where(MatchDocument.kind == profile_chips.KIND, col(MatchDocument.changed_in) >= since.seen)
        .order_by(col(MatchDocument.changed_in), col(MatchDocument.subject_id))
    )
    changed = session.exec(statement.limit(TOO_MANY + 1)).all()
    if len(changed) > TOO_MANY:
        outdate(session)
        return 0
    fresh = [one for one in changed if known.get(one[0]) != one[1]]
    for profile_id, changed_in in fresh[:many]:
        bring(session, profile_id)
        known[profile_id] = changed_in
    if len(fresh) <= many:
        since.seen = oldest
        for done in [one for one, changed_in in known.items() if changed_in < oldest]:
            del known[done]
    return len(fresh[:many])


def ask(session: Session, profile_id: int) -> None:
    """Somebody looks at needs: the worker shall keep the best for them. Never waits for a worker that is at it."""
    session.execute(_ASK, {"profile_id": profile_id})
    session.execute(_ASK_AGAIN, {"profile_id": profile_id})


def keep_asked(session: Session, many: int) -> int:
    """Makes the lists of some people who look at needs; says of how many. To be committed."""
    session.execute(text(_FOLLOWING))
    asked = session.execute(_ASKED, {"kind": profile_chips.KIND, "version": kept.version(), "many": many})
    due = asked.scalars().all()
    for profile_id in due:
        bring(session, profile_id)
    return len(due)


def _row(need_id: int, profile_id: int, fit: Fit, said: Collection[Reason] | None) -> dict[str, Any]:
    return {
        "need_id": need_id,
        "profile_id": profile_id,
        "score": fit.lasting,
        "competence": fit.competence,
        "closeness": fit.closeness,
        "timing": fit.timing,
        "likes_theme": fit.likes_theme,
        "excluded": fit.excluded,
        "reasons": said,
    }


def _replace(
    session: Session,
    kind: ListKind,
    subject_id: int,
    rows: Iterable[dict[str, Any]],
    seen: int,
    best_and_least: tuple[float, float],
    explained: bool = True,
) -> None:
    best, least = best_and_least
    rows = sorted(rows, key=lambda row: (row["need_id"], row["profile_id"]))
    if kind is ListKind.NEED:
        # Below the least may stand what is among the best needs of somebody.
        listed = [row["profile_id"] for row in rows]
        session.execute(_OTHERS, {"need_id": subject_id, "least": least, "ids": listed})
    session.execute(_MATCHES, {"rows": json.dumps(rows)})
    own = need_chips.DOCUMENT if kind is ListKind.NEED else profile_chips.KIND
    row = {"seen": seen, "best": best, "least": least, "explained": explained, "version": kept.version(), "own": own}
    session.execute(_LIST, {"kind": kind.value, "subject_id": subject_id} | row)
