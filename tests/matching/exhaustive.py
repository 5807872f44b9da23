"""The right answer, found slowly: a need compared with all that is stored, one after another."""

import numpy as np
from sqlmodel import Session, select

from app.matching.documents import Document, unpack
from app.matching.models import MatchDocument
from app.matching.retrieval import Near
from app.matching.scoring import combine

ROUNDING = 0.001
"""Weights are searched in 8 bits: whoever is nearer to the last place than that may be on either side of it."""


def competences(session: Session, kind: str, need: Document) -> dict[int, float]:
    rows = session.exec(select(MatchDocument.subject_id, MatchDocument.packed).where(MatchDocument.kind == kind))
    return {subject_id: _competence(need, packed) for subject_id, packed in rows if packed}


def _competence(need: Document, packed: bytes) -> float:
    person = unpack(packed)
    best = [max((asked.cosine(said) for said in person.segments), default=0.0) for asked in need.segment_vectors]
    whole, dense = need.vector.cosine(person.whole), float(need.dense @ person.dense)
    return float(combine(np.array([whole]), np.array([dense]), np.array([best]).reshape(1, -1))[0])


def assert_best(found: list[Near], truth: dict[int, float], limit: int = 20) -> None:
    """These are the best of all, in order, with their competence."""
    assert len({near.subject_id for near in found}) == len(found) == min(limit, len(truth))
    assert [near.competence for near in found] == sorted((near.competence for near in found), reverse=True)
    for near, wanted in zip(found, sorted(truth.values(), reverse=True), strict=False):
        assert abs(near.competence - truth[near.subject_id]) < ROUNDING
        assert truth[near.subject_id] > wanted - 2 * ROUNDING
