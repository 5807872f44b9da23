"""What others would answer: texts compared by pieces of letters, by words, by edit distance. No language is known."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy.sparse import csr_matrix, diags

from app.kernel.folding import fold

Scores = NDArray[np.floating]
Search = Callable[[Sequence[str]], Scores]
"""From questions to a score for each question (row) and text (column)."""
Peer = Callable[[Sequence[str]], Search]
"""From texts to a search in them."""

SHORTEST, LONGEST = 3, 5
K1, B = 1.5, 0.75
"""Okapi's usual."""


def ngrams(texts: Sequence[str]) -> Search:
    """Cosine of bags of character n-grams within words, weighted by TF-IDF."""
    known: dict[str, int] = {}
    counts = _counts([_pieces(text) for text in texts], known)
    rarity = 1 + np.log((1 + len(texts)) / (1 + np.bincount(counts.indices, minlength=counts.shape[1])))
    there = _unit(counts @ diags(rarity)).T.tocsr()

    def search(questions: Sequence[str]) -> Scores:
        # What no text holds cannot be found; leaving it out changes the order of nothing.
        asked = _counts([[piece for piece in _pieces(one) if piece in known] for one in questions], known)
        return np.asarray((_unit(asked @ diags(rarity)) @ there).toarray())

    return search


def bm25(texts: Sequence[str]) -> Search:
    known: dict[str, int] = {}
    weights = _counts([_words(text) for text in texts], known).tocoo()
    document_frequency = np.bincount(weights.col, minlength=weights.shape[1])
    rarity = np.log(1 + (len(texts) - document_frequency + 0.5) / (document_frequency + 0.5))
    lengths = np.asarray(weights.sum(axis=1)).ravel()
    longer = K1 * (1 - B + B * lengths[weights.row] / max(lengths.mean(), 1e-9))
    weights.data = rarity[weights.col] * weights.data * (K1 + 1) / (weights.data + longer)
    there = weights.T.tocsr()

    def search(questions: Sequence[str]) -> Scores:
        asked = _counts([[word for word in _words(one) if word in known] for one in questions], known)
        return np.asarray((asked.sign() @ there).toarray())

    return search


def rapidfuzz(texts: Sequence[str]) -> Search:
    folded = [fold(text) for text in texts]

    def search(questions: Sequence[str]) -> Scores:
        asked = [fold(text) for text in questions]
        return np.asarray(process.cdist(asked, folded, scorer=fuzz.token_set_ratio, dtype=np.float32))

    return search


def best(scores: Scores, most: int) -> list[list[int]]:
    """The columns of each row, the best first; of equals the one that was given first."""
    return [np.argsort(-row, kind="stable")[:most].tolist() for row in scores]


def _counts(bags: Sequence[Iterable[str]], numbers: dict[str, int]) -> csr_matrix:
    """A row for each bag; new pieces get the next number."""
    rows, columns, values = [], [], []
    for row, bag in enumerate(bags):
        for piece, times in Counter(bag).items():
            rows.append(row)
            columns.append(numbers.setdefault(piece, len(numbers)))
            values.append(float(times))
    return csr_matrix((values, (rows, columns)), shape=(len(bags), max(1, len(numbers))))


def _unit(rows: csr_matrix) -> csr_matrix:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return csr_matrix(diags(1 / np.maximum(lengths, 1e-9)) @ rows)


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()


def _pieces(text: str) -> Iterable[str]:
    for word in _words(text):
        padded = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            yield from (padded[start : start + length] for start in range(max(1, len(padded) - length + 1)))
