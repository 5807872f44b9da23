"""What others would answer: texts compared by pieces of letters, by words, by edit distance. No language is known."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy.sparse import csr_matrix, diags

from app.kernel.folding import fold

Scores = NDArray[np.floating]
Compare = Callable[[Sequence[str], Sequence[str]], Scores]
"""From questions and texts to a score for each question (row) and text (column)."""

SHORTEST, LONGEST = 3, 5
K1, B = 1.5, 0.75
"""Okapi's usual."""


def ngrams(questions: Sequence[str], texts: Sequence[str]) -> Scores:
    """Cosine of bags of character n-grams within words, weighted by TF-IDF."""
    counts = _counts([_pieces(text) for text in (*questions, *texts)])
    document_frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    counts = counts @ diags(1 + np.log((1 + counts.shape[0]) / (1 + document_frequency)))
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    unit = csr_matrix(diags(1 / np.maximum(lengths, 1e-9)) @ counts)
    return np.asarray((unit[: len(questions)] @ unit[len(questions) :].T).toarray())


def bm25(questions: Sequence[str], texts: Sequence[str]) -> Scores:
    counts = _counts([_words(text) for text in (*texts, *questions)])
    said, asked = counts[: len(texts)], counts[len(texts) :].sign()
    document_frequency = np.bincount(said.indices, minlength=counts.shape[1])
    rarity = np.log(1 + (len(texts) - document_frequency + 0.5) / (document_frequency + 0.5))
    lengths = np.asarray(said.sum(axis=1)).ravel()
    weights = said.tocoo()
    longer = K1 * (1 - B + B * lengths[weights.row] / max(lengths.mean(), 1e-9))
    weights.data = rarity[weights.col] * weights.data * (K1 + 1) / (weights.data + longer)
    return np.asarray((asked @ weights.tocsr().T).toarray())


def rapidfuzz(questions: Sequence[str], texts: Sequence[str]) -> Scores:
    folded = [[fold(text) for text in side] for side in (questions, texts)]
    return np.asarray(process.cdist(*folded, scorer=fuzz.token_set_ratio, dtype=np.float32))


def best(scores: Scores, most: int) -> list[list[int]]:
    """The columns of each row, the best first; of equals the one that was given first."""
    return [np.argsort(-row, kind="stable")[:most].tolist() for row in scores]


def _counts(bags: Sequence[Iterable[str]]) -> csr_matrix:
    numbers: dict[str, int] = {}
    rows, columns, values = [], [], []
    for row, bag in enumerate(bags):
        for piece, times in Counter(bag).items():
            rows.append(row)
            columns.append(numbers.setdefault(piece, len(numbers)))
            values.append(float(times))
    return csr_matrix((values, (rows, columns)), shape=(len(bags), max(1, len(numbers))))


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()


def _pieces(text: str) -> Iterable[str]:
    for word in _words(text):
        padded = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            yield from (padded[start : start + length] for start in range(max(1, len(padded) - length + 1)))
