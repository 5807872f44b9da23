"""Documents of one kind, laid out for comparing one with all, in stages: each looks closer at fewer.

Where they agree most by terms, by terms and dense vectors, by whole texts, clause by clause. The answer is that of
comparing everybody, but for one in some hundreds; of few documents (`EVERYBODY`) it is the same.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.matching.documents import SEGMENT_TERMS, TERMS, Document
from app.matching.retrieval.columns import Columns, places
from app.matching.retrieval.postings import Postings
from app.matching.retrieval.sparse import Matrix, Question, Vocabulary
from app.matching.scoring import DENSE, combine, resembling

EVERYBODY = 1000
"""So many are compared by their whole texts at least: all, where there are no more."""
LIKELY = 4000
"""Those whose terms agree most: their dense vectors are compared."""
CLOSE = 3
"""How many times those that are compared clause by clause are compared by their whole texts."""
SPARE = 100
"""Compared clause by clause beyond those that are asked for."""
_AT_ONCE = 500
"""Dense vectors compared at once: as many as the processor keeps near."""


@dataclass(frozen=True, eq=False)
class Layout:
    """Arrays only: `editions` writes them to files as they are."""

    ids: NDArray[np.int64]
    """In order."""
    dense: NDArray[np.int8]
    dense_scales: NDArray[np.float32]
    """What one of their numbers is worth: they are of length 1, or all zero."""
    wholes: Matrix
    clauses: Matrix
    clause_starts: NDArray[np.uint32]
    """Where the clauses of each document begin among the numbers; and the end."""
    clause_numbers: NDArray[np.uint32]
    vocabulary: Vocabulary
    postings: Postings

    @classmethod
    def of(cls, columns: Columns, whole: int = TERMS, clause: int = SEGMENT_TERMS) -> "Layout":
        """Of documents read in the order of their ids. Of each vector so many terms are kept, the strongest."""
        vocabulary = Vocabulary.of(columns.wholes.terms)
        wholes = Matrix.of(columns.wholes, vocabulary, whole)
        dense = columns.dense
        lengths = np.sqrt((dense.astype(np.int16) ** 2).sum(axis=1, dtype=np.float32))
        return cls(
            np.array(columns.ids, np.int64),
            dense,
            np.where(lengths == 0, 0, 1 / np.where(lengths == 0, 1, lengths)).astype(np.float32),
            wholes,
            Matrix.of(columns.clauses, vocabulary, clause),
            np.cumsum([0, *columns.clause_counts]).astype(np.uint32),
            np.array(columns.clause_numbers, np.uint32),
            vocabulary,
            Postings.of(wholes, len(vocabulary.common)),
        )

    def rows(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where those of these documents are that are here, in order."""
        asked = np.unique(ids)
        found = np.searchsorted(self.ids, asked)
        inside = found < len(self.ids)
        found, asked = found[inside], asked[inside]
        return np.asarray(found[self.ids[found] == asked])

    def nearest(
        self, document: Document, among: NDArray[np.bool_], limit: int, rows_ask: bool = False
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Ids and competences of the best; `among` says which rows are meant, `rows_ask` that they are needs."""
        question = Question([document.vector], self.vocabulary)
        compared = limit + SPARE
        rows = self.likely(document, question, among, max(EVERYBODY, CLOSE * compared))
        dense = self.resemblance(rows, document.dense)
        whole = self.wholes.cosines(rows, question)[:, 0]
        kept = best(whole + DENSE * resembling(dense), compared)
        rows, whole, dense = rows[kept], whole[kept], dense[kept]
        competence = combine(whole, dense, self.best_clauses(document, rows, rows_ask))
        order = np.lexsort((rows, -competence))[:limit]
        return self.ids[rows[order]], competence[order]

    def likely(self, document: Document, question: Question, among: NDArray[np.bool_], many: int) -> NDArray[np.int64]:
        """Rows whose whole texts may be nearest."""
        if np.count_nonzero(among) <= many:
            return np.flatnonzero(among)
        agreeing = np.zeros(len(self.ids), np.float32)
        np.add.at(agreeing, *self.agreements(question))
        touched = np.flatnonzero(agreeing != 0)  # ten times quicker than of the numbers themselves
        touched = touched[among[touched]]
        if len(touched) < many:
            # Hardly a term in common with anybody: the dense vectors of everybody are read.
            everybody = np.flatnonzero(among)
            return everybody[best(agreeing[everybody] + self.resemblance(everybody, document.dense), many)]
        likely = touched[best(agreeing[touched], LIKELY)]
        alike = agreeing[likely] + DENSE * resembling(self.resemblance(likely, document.dense))
        return likely[best(alike, many)]

    def agreements(self, question: Question) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        rows, worth = self.postings.agreements(question)
        term, rare_rows, weights = self.wholes.with_rare(question)
        rare_worth = weights * question.values[1 + term, 0]
        return np.concatenate([rows.astype(np.int64), rare_rows]), np.concatenate([worth, rare_worth])

    def resemblance(self, rows: NDArray[np.int64], dense: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosines of the dense vectors."""
        found = np.empty(len(rows), np.float32)
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            found[start : start + _AT_ONCE] = self.dense[some].astype(np.float32) @ dense * self.dense_scales[some]
        return found

    def best_clauses(self, document: Document, rows: NDArray[np.int64], rows_ask: bool) -> NDArray[np.float32]:
        """A row each: the cosine of their best clause for each clause of the document; or, where the rows ask, the
        mean of what the clauses of the document are for theirs."""
        clauses = document.segment_vectors
        if not clauses or not len(rows):
            return np.zeros((len(rows), len(clauses)), np.float32)
        starts = self.clause_starts[rows].astype(np.int64)
        many = self.clause_starts[rows + 1] - starts
        numbers, back = np.unique(self.clause_numbers[places(starts, many)], return_inverse=True)
        cosines = self.clauses.cosines(numbers.astype(np.int64), Question(clauses, self.vocabulary))
        begins = np.cumsum(many) - many
        if not rows_ask:
            return np.maximum.reduceat(cosines[back], begins, axis=0)
        asked = np.add.reduceat((numbers != 0)[back].astype(np.float32), begins)  # number 0 is empty
        summed = np.add.reduceat(cosines.max(axis=1)[back], begins)
        return np.asarray(summed / np.maximum(asked, 1), np.float32)[:, None]


def best(scores: NDArray[np.floating], many: int) -> NDArray[np.int64]:
    """The places of the best, in order of place. Of equals, those that come first."""
    if len(scores) <= many:
        return np.arange(len(scores))
    least = -np.partition(-scores, many - 1)[many - 1]
    above = np.flatnonzero(scores > least)
    equal = np.flatnonzero(scores == least)[: many - len(above)]
    return np.sort(np.concatenate([above, equal]))
