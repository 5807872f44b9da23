"""What people said to be wrong, kept and used.

A match that is wrong is not proposed again. Words that are wrong for a need are read, for that need, as if they had
not been written. A concept that several people found wrong for the same words is linked to them for sure no more: it
is only asked about; said so of a reason, it is none for anybody.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, TextClause, and_, bindparam, delete, or_, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from app.kernel.database import now
from app.kernel.errors import NotFound
from app.kernel.folding import fold
from app.matching.explanation import Pair
from app.matching.linking import LINKED, Link
from app.matching.models import Objection

ENOUGH = 2
"""People who must say that a concept is wrong for some words before it is so for everybody: one may be mistaken."""
_MAX_ID = 2**31 - 1
_WRONG_WORDS = text(
    """
    SELECT need_id, profile_id, folded FROM match_objection
    WHERE need_id = ANY(:needs) AND (:all OR profile_id = ANY(:profiles)) AND folded <> '' AND taken_back_at IS NULL
    """
).bindparams(bindparam("needs", type_=ARRAY(Integer)), bindparam("profiles", type_=ARRAY(Integer)))
NOT_WRONG = """NOT EXISTS (
    SELECT 1 FROM match_objection objection
    WHERE objection.need_id = match.need_id AND objection.profile_id = match.profile_id
      AND objection.folded = '' AND objection.taken_back_at IS NULL
)"""
"""Of rows of `match`, those of which nobody said that the whole match is wrong."""
_PAIRS = """
    SELECT concept_id, folded, language FROM match_objection WHERE concept_id IS NOT NULL AND taken_back_at IS NULL {of}
    GROUP BY concept_id, folded, language HAVING count(DISTINCT said_by_id) >= :enough
"""
WRONG_REASONS = _PAIRS.format(of="AND need_id IS NOT NULL AND profile_id IS NOT NULL")
"""The pairs that enough people (`:enough`) found wrong as a reason, while a chip may be removed as beside the point."""
_WRONG_REASONS, _WRONG_PAIRS = text(WRONG_REASONS), text(_PAIRS.format(of=""))


def object_to_match(session: Session, said_by_id: int, need_id: int, profile_id: int) -> Objection:
    return _keep(session, {"said_by_id": said_by_id, "need_id": need_id, "profile_id": profile_id})


def object_to_reason(
    session: Session,
    said_by_id: int,
    need_id: int,
    profile_id: int,
    concept_id: str | None,
    wanted: str,
    words: str,
    language: str,
) -> Objection:
    """These words of the profile do not answer what the need wants."""
    subject = {"need_id": need_id, "profile_id": profile_id, "concept_id": concept_id, "wanted": wanted}
    return _keep(session, {"said_by_id": said_by_id, **subject, **_said(words, language)})


def object_to_links(
    session: Session,
    said_by_id: int,
    removed: Iterable[tuple[str, str]],
    language: str,
    *,
    need_id: int | None = None,
    profile_id: int | None = None,
) -> None:
    """The concepts, with the words they were found in, that whoever wrote a text says it is not about; all of them."""
    subject = {"need_id": need_id, "profile_id": profile_id}
    known = {
        (one.concept_id, one.folded): one
        for one in session.exec(
            select(Objection).where(
                Objection.said_by_id == said_by_id,
                Objection.need_id == need_id,
                Objection.profile_id == profile_id,
                _holds(),
            )
        )
    }
    said = {(concept_id, fold(words)): words for concept_id, words in removed if words}
    for (concept_id, folded), words in said.items():
        if (concept_id, folded) not in known:
            _keep(session, {"said_by_id": said_by_id, **subject, "concept_id": concept_id, **_said(words, language)})
    for key, one in known.items():
        if key not in said:
            take_back(one, said_by_id)


def take_back(objection: Objection, by_id: int) -> None:
    """It counts no more. Twice is as good as once."""
    if objection.taken_back_at is None:
        objection.taken_back_at, objection.taken_back_by_id = now(), by_id


def forget(session: Session, profile_id: int) -> None:
    """Nothing of the words of a profile stays once it is deleted."""
    session.execute(delete(Objection).where(col(Objection.profile_id) == profile_id))


def get(session: Session, objection_id: int) -> Objection:
    """Raises NotFound."""
    found = session.get(Objection, objection_id) if 0 < objection_id <= _MAX_ID else None
    if found is None:
        raise NotFound
    return found


def wrong_people(session: Session, need_id: int) -> set[int]:
    """The profiles that somebody said are wrong for this need."""
    found = session.exec(select(Objection.profile_id).where(Objection.need_id == need_id, _whole_match(), _holds()))
    return {profile_id for profile_id in found if profile_id is not None}


def wrong_needs(session: Session, profile_id: int) -> set[int]:
    """The needs for which somebody said that this profile is wrong."""
    found = session.exec(select(Objection.need_id).where(Objection.profile_id == profile_id, _whole_match(), _holds()))
    return {need_id for need_id in found if need_id is not None}


def wrong_words(
    session: Session, need_ids: Collection[int], profile_ids: Collection[int] | None = None
) -> Mapping[tuple[int, int], set[str]]:
    """By need and profile, of these profiles or of all, the folded words of the profile that are wrong for the need."""
    asked = {"needs": list(need_ids), "profiles": list(profile_ids or ()), "all": profile_ids is None}
    rows = session.execute(_WRONG_WORDS, asked)
    found: dict[tuple[int, int], set[str]] = {}
    for need_id, profile_id, folded in rows:
        found.setdefault((need_id, profile_id), set()).add(folded)
    return found


def wrong_pairs(session: Session) -> frozenset[Pair]:
    """What enough people found wrong, as a reason or as what a text is about."""
    return _pairs(session, _WRONG_PAIRS)


def wrong_reasons(session: Session) -> frozenset[Pair]:
    """What enough people found wrong as a reason."""
    return _pairs(session, _WRONG_REASONS)


def _pairs(session: Session, statement: TextClause) -> frozenset[Pair]:
    rows = session.execute(statement, {"enough": ENOUGH})
    return frozenset((row.concept_id, row.folded, row.language) for row in rows)


def with_doubts(
    session: Session,
    links: Iterable[Link],
    language: str,
    *,
    need_id: int | None = None,
    profile_id: int | None = None,
) -> list[Link]:
    """The links of a text; those said wrong by enough people, or by one of this very text, are sure no more."""
    own = or_(
        and_(col(Objection.profile_id) == profile_id, col(Objection.profile_id).is_not(None)),
        and_(col(Objection.need_id) == need_id, col(Objection.profile_id).is_(None)),
    )
    here = select(Objection.concept_id, Objection.folded, Objection.language).where(own, _holds())
    doubted = wrong_pairs(session) | set(session.exec(here))
    return [
        replace(link, score=min(link.score, LINKED - 1))
        if (link.concept_id, fold(link.mention), language) in doubted
        else link
        for link in links
    ]


def _said(words: str, language: str) -> dict[str, str]:
    return {"mention": words, "folded": fold(words), "language": language}


def _keep(session: Session, row: dict[str, Any]) -> Objection:
    """The same said again by the same person is one."""
    row = {"need_id": None, "profile_id": None, "concept_id": None, "wanted": "", **_said("", ""), **row}
    session.execute(insert(Objection).values(said_at=now(), **row).on_conflict_do_nothing())
    same = [getattr(Objection, name) == value for name, value in row.items() if name not in ("mention", "language")]
    return session.exec(select(Objection).where(*same, _holds())).one()


def is_between_two() -> ColumnElement[bool]:
    """Of a match or one of its reasons, rather than of one text."""
    return and_(col(Objection.need_id).is_not(None), col(Objection.profile_id).is_not(None))


def _whole_match() -> ColumnElement[bool]:
    return col(Objection.folded) == ""


def _holds() -> ColumnElement[bool]:
    return col(Objection.taken_back_at).is_(None)
