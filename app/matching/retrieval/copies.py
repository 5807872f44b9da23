"""What each process searches: the shared edition or a layout of its own, and beside it what changed since.

What changed is told by transactions, not by clocks: whatever a snapshot had not seen was written by a transaction that
is not older than the oldest one then under way. What such a transaction wrote is read again until it is settled, so
that nothing remains of what was rolled back.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from subprocess import Popen
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, BIGINT
from sqlmodel import Session

from app.matching.documents import Document
from app.matching.retrieval.columns import read
from app.matching.retrieval.editions import MANY, Edition, Shelf
from app.matching.retrieval.layout import Layout

LIMIT = 1000
WORN = 5000
"""After how many changes another edition is made."""
GROWN = 4
"""How many times larger than the next each layer is at least: a change lays out few documents again."""

# One statement, so one snapshot: what it sees and the oldest transaction that it may not see.
_CHANGES = text(
    """
    SELECT NULL AS subject_id, NULL AS packed, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS written
    UNION ALL
    SELECT subject_id, packed, changed_in FROM match_document
    WHERE kind = :kind AND (changed_in >= :seen OR subject_id = ANY(:unsettled))
    """
).bindparams(bindparam("unsettled", type_=ARRAY(BIGINT)))

_HOW_MANY = text("SELECT count(*) FROM (SELECT 1 FROM match_document WHERE kind = :kind LIMIT :most) AS found")


@dataclass(frozen=True)
class Near:
    subject_id: int
    competence: float


@dataclass(frozen=True, eq=False)
class Layer:
    layout: Layout
    valid: NDArray[np.bool_]
    """Which of its documents did not change since."""

    @classmethod
    def of(cls, documents: Mapping[int, bytes]) -> "Layer":
        return cls.whole(Layout.of(read(sorted((i, packed) for i, packed in documents.items() if packed))))

    @classmethod
    def whole(cls, layout: Layout) -> "Layer":
        return cls(layout, np.ones(len(layout.ids), np.bool_))

    def without(self, ids: NDArray[np.int64]) -> "Layer":
        rows = self.layout.rows(ids)
        if not self.valid[rows].any():
            return self
        valid = self.valid.copy()
        valid[rows] = False
        return Layer(self.layout, valid)

    def among(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        rows = self.layout.rows(ids)
        chosen = np.zeros(len(self.valid), np.bool_)
        chosen[rows] = self.valid[rows]
        return chosen


class Copy:
    """What this process knows of the documents of one kind in one database."""

    def __init__(self, engine: Engine, kind: str) -> None:
        self._lock = Lock()
        self._kind = kind
        self._shelf = Shelf(engine, kind)
        self._edition: Edition | None = None
        self._making: Popen[bytes] | None = None
        self._stored: dict[int, bytes] = {}
        """All that may not be as it is in the edition; empty bytes: forgotten."""
        self._layers: list[Layer] = []
        """The edition, then what changed, the latest last: a document is valid in one of them at most."""
        self._seen = 0
        """Every transaction before this one was over when the copy was last refreshed."""
        self._unsettled: set[int] = set()

    def layers(self, session: Session) -> list[Layer]:
        """All documents as this session sees them now."""
        with self._lock:
            self._take_edition(session)
            self._refresh(session)
            idle = self._making is None or self._making.poll() is not None
            if self._edition is not None and len(self._stored) > WORN and idle:
                self._making = self._shelf.start_making(after=self._edition.name)
            return list(self._layers)

    def _take_edition(self, session: Session) -> None:
        if self._edition is not None:
            edition = self._shelf.newer(self._edition)
        else:
            many = len(self._stored) or session.execute(_HOW_MANY, {"kind": self._kind, "most": MANY}).scalar_one()
            edition = self._shelf.current() if many >= MANY else None
        if edition is not None:
            self._edition, self._seen, self._unsettled = edition, edition.seen, set()
            self._stored, self._layers = {}, [Layer.whole(edition.layout)]

    def _refresh(self, session: Session) -> None:
        asked = {"kind": self._kind, "seen": self._seen, "unsettled": list(self._unsettled)}
        (_, _, oldest), *rows = sorted(session.execute(_CHANGES, asked), key=lambda row: row.subject_id is not None)
        present = {subject_id: packed for subject_id, packed, _ in rows}
        read_again = dict.fromkeys(self._unsettled, b"") | present  # what is not there was rolled back
        self._change({i: packed for i, packed in read_again.items() if self._stored.get(i) != packed})
        self._unsettled = {subject_id for subject_id, _, written in rows if written >= oldest}
        self._seen = oldest

    def _change(self, changed: dict[int, bytes]) -> None:
        if not changed:
            return
        self._stored |= changed
        ids = np.array(list(changed), np.int64)
        layers = [layer.without(ids) for layer in self._layers]
        latest = {subject_id: packed for subject_id, packed in changed.items() if packed}
        while len(layers) > (self._edition is not None) and layers[-1].valid.sum() <= GROWN * len(latest):
            last = layers.pop()
            latest |= {int(i): self._stored[int(i)] for i in last.layout.ids[last.valid]}
        self._layers = [*layers, Layer.of(latest)] if latest else layers


_copies: WeakKeyDictionary[Engine, dict[str, Copy]] = WeakKeyDictionary()
_one_at_a_time = Lock()


def nearest(
    session: Session,
    kind: str,
    document: Document,
    among: Collection[int] | None = None,
    limit: int = LIMIT,
    rows_ask: bool = False,
) -> list[Near]:
    """The likeliest documents of a kind, the best first; `among` limits them to these ids.

    `rows_ask`: the competence is that of whoever wrote the document, for the needs that are stored.
    """
    engine = session.get_bind().engine
    with _one_at_a_time:
        known = _copies.setdefault(engine, {})
        copy = known.get(kind) or known.setdefault(kind, Copy(engine, kind))
    wanted = None if among is None else np.fromiter(among, np.int64, len(among))
    found = [
        layer.layout.nearest(document, layer.valid if wanted is None else layer.among(wanted), limit, rows_ask)
        for layer in copy.layers(session)
    ]
    ids = np.concatenate([np.empty(0, np.int64), *(ids for ids, _ in found)])
    competence = np.concatenate([np.empty(0), *(competence for _, competence in found)])
    best = np.lexsort((ids, -competence))[:limit]
    return [Near(i, c) for i, c in zip(ids[best].tolist(), competence[best].tolist(), strict=True)]
