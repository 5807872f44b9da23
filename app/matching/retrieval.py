"""Everybody who is stored, ranked for one text in a single pass.

Each process keeps a copy of the vectors and, before it answers, reads what changed since: a profile saved a
second ago is found. What changed is told by transactions, not by clocks: whatever a snapshot had not seen was
written by a transaction that is not older than the oldest one then under way. What such a transaction wrote is
read again until it is settled, so that nothing remains of what was rolled back.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sqlalchemy import Engine, or_, text, tuple_
from sqlmodel import Session, col, select

from app.matching.documents import Document, Vector, unpack
from app.matching.models import MatchDocument
from app.matching.scoring import DENSE, combine, resembling
from app.matching.vectors import DIMENSIONS

CANDIDATES = 1000
"""How many of the best by the whole text are compared clause by clause."""
RECENT = 1000
"""How many changed documents are kept beside the others before everything is laid out again."""


@dataclass(frozen=True)
class Near:
    subject_id: int
    competence: float


_NOTHING = Vector(np.empty(0, np.uint32), np.empty(0, np.float32))


class Pool:
    """Documents of one kind, laid out for comparing one with all."""

    def __init__(self, documents: Iterable[tuple[int, bytes]]) -> None:
        ids: list[int] = []
        wholes: list[Vector] = []
        dense: list[NDArray[np.float32]] = []
        clauses: list[Vector] = []
        first = [0]
        for subject_id, packed in documents:
            document = unpack(packed)
            ids.append(subject_id)
            wholes.append(document.whole)
            dense.append(document.dense)
            clauses.extend(document.segments or [_NOTHING])
            first.append(len(clauses))
        self.ids = np.array(ids, np.int64)
        self._dense = np.array(dense, np.float32).reshape(-1, DIMENSIONS)
        self._first_clause = np.array(first)
        terms = [vector.terms for vector in (*wholes, *clauses)]
        self._vocabulary = np.unique(np.concatenate(terms)) if terms else _NOTHING.terms
        self._wholes = self._matrix(wholes)
        self._clauses = self._matrix(clauses)

    def compare(self, document: Document, among: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Ids of the likeliest among these, with their competence."""
        whole = self._wholes @ self._column(document.vector)
        dense = self._dense @ document.dense
        order = np.argsort(-np.where(among, whole + DENSE * resembling(dense), -np.inf), kind="stable")[:CANDIDATES]
        order = order[among[order]]
        best = np.zeros((len(order), len(document.segment_vectors)))
        if best.size:
            asked = np.stack([self._column(clause) for clause in document.segment_vectors], axis=1)
            rows = [np.arange(self._first_clause[i], self._first_clause[i + 1]) for i in order]
            starts = np.cumsum([0, *(len(listed) for listed in rows[:-1])])
            best = np.maximum.reduceat(self._clauses[np.concatenate(rows)] @ asked, starts, axis=0)
        return self.ids[order], combine(whole[order], dense[order], best)

    def _matrix(self, vectors: Sequence[Vector]) -> csr_array:
        starts = np.cumsum([0, *(len(vector.terms) for vector in vectors)])
        terms = np.concatenate([_NOTHING.terms, *(vector.terms for vector in vectors)])
        weights = np.concatenate([_NOTHING.weights, *(vector.weights for vector in vectors)])
        columns = np.searchsorted(self._vocabulary, terms)
        return csr_array((weights, columns, starts), shape=(len(vectors), len(self._vocabulary)))

    def _column(self, vector: Vector) -> NDArray[np.float32]:
        column = np.zeros(len(self._vocabulary), np.float32)
        known = np.isin(vector.terms, self._vocabulary, assume_unique=True)
        column[np.searchsorted(self._vocabulary, vector.terms[known])] = vector.weights[known]
        return column


@dataclass
class _Kind:
    settled: Pool = field(default_factory=lambda: Pool(()))
    recent: dict[int, bytes] = field(default_factory=dict)
    """Changed since `settled` was laid out; empty bytes: forgotten."""
    changed: Pool = field(default_factory=lambda: Pool(()))


class Copy:
    """What this process knows of one database."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kinds: dict[str, _Kind] = {}
        self._seen = 0
        """Every transaction before this one was over when the copy was last refreshed."""
        self._unsettled: set[tuple[str, int]] = set()

    def nearest(self, session: Session, kind: str, document: Document, among: Collection[int] | None) -> list[Near]:
        with self._lock:
            self._refresh(session)
            kept = self._kinds.get(kind, _Kind())
            settled, changed, recent = kept.settled, kept.changed, np.array(list(kept.recent), np.int64)
        found: list[Near] = []
        for pool, hidden in ((settled, recent), (changed, np.empty(0, np.int64))):
            wanted = ~np.isin(pool.ids, hidden)
            if among is not None:
                wanted &= np.isin(pool.ids, np.array(list(among), np.int64))
            ids, competence = pool.compare(document, wanted)
            found.extend(Near(int(i), float(c)) for i, c in zip(ids, competence, strict=True))
        return sorted(found, key=lambda near: (-near.competence, near.subject_id))

    def _refresh(self, session: Session) -> None:
        # Asked first: what is committed between the two questions is read twice rather than missed.
        oldest = session.execute(text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")).scalar_one()
        key = tuple_(col(MatchDocument.kind), col(MatchDocument.subject_id))
        rows = session.execute(
            select(MatchDocument.kind, MatchDocument.subject_id, MatchDocument.packed, MatchDocument.changed_in).where(
                or_(col(MatchDocument.changed_in) >= self._seen, key.in_(self._unsettled))
            )
        ).all()
        present = {(kind, subject_id) for kind, subject_id, _, _ in rows}
        changes = [(kind, subject_id, b"") for kind, subject_id in self._unsettled - present]  # rolled back
        changes += [(kind, subject_id, packed) for kind, subject_id, packed, _ in rows]
        for kind in {kind for kind, _, _ in changes}:
            self._change(session, kind, {subject: packed for of, subject, packed in changes if of == kind})
        self._unsettled = {(kind, subject_id) for kind, subject_id, _, written in rows if written >= oldest}
        self._seen = oldest

    def _change(self, session: Session, kind: str, changes: dict[int, bytes]) -> None:
        kept = self._kinds.setdefault(kind, _Kind())
        if all(kept.recent.get(subject_id) == packed for subject_id, packed in changes.items()):
            return
        recent = {**kept.recent, **changes}
        if len(recent) > RECENT:
            everything = session.execute(
                select(MatchDocument.subject_id, MatchDocument.packed).where(MatchDocument.kind == kind)
            )
            self._kinds[kind] = _Kind(Pool((i, packed) for i, packed in everything if packed))
        else:
            self._kinds[kind] = _Kind(kept.settled, recent, Pool((i, p) for i, p in recent.items() if p))


_copies: WeakKeyDictionary[Engine, Copy] = WeakKeyDictionary()


def nearest(session: Session, kind: str, document: Document, among: Collection[int] | None = None) -> list[Near]:
    """The likeliest documents of a kind (some thousand at most), the best first; `among` limits them to these ids."""
    return _copies.setdefault(session.get_bind().engine, Copy()).nearest(session, kind, document, among)
