"""Learns the n-gram vectors: the names of one concept in two languages must meet, those of others must not.

The loss is InfoNCE (van den Oord et al., 2018) over the concepts of a batch, both ways; the steps are Adagrad's, one
rate a bucket. The seed is fixed and so is the order: the same names on the same machine give the same vectors.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from app.matching.text import LANGUAGES, Language
from app.matching.training import Names
from app.matching.translation import Translations
from app.matching.vectors import BUCKETS, DIMENSIONS, RARITY, features

SEED = 1
ROUNDS = 8
"""Over all concepts; 5 rank .01 worse on `matching-dev`, 12 no better."""
BATCH = 512
TEMPERATURE = 0.2
"""Sharper ones (.06, .1) learn the labels by heart and rank .05 to .09 worse."""
RATE = 0.08
ALIASES = 6
FROM_LABEL = 0.5
"""How often a name of a pair is the label rather than any of the names."""
SAME_LANGUAGE = 0.5
"""How often a label also meets an alias of its own language in a round."""


def train(
    concepts: Sequence[Names],
    related: Sequence[tuple[int, int]],
    table: Translations,
    progress: Callable[[float], None],
) -> NDArray[np.float32]:
    """A row of 128 numbers for each bucket; `progress` is told the share that is done.

    `related` are numbers of concepts that are not the same but meet too: a cistern and the storing of water. It brings
    .01 to the vectors alone on `matching-dev`; ESCO's own relations (broader, skills of occupations) take as much away.
    """
    random = np.random.default_rng(SEED)
    names, listed = numbered(concepts)
    texts = _texts(names, table)
    empty = np.diff(texts.indptr) == 0
    values = (random.standard_normal((BUCKETS, DIMENSIONS)) * 0.1).astype(np.float32)
    squares = np.full((BUCKETS, 1), 1e-6, np.float32)
    for turn in range(ROUNDS):
        pairs = np.array([pair for pair in _pairs(listed, related, random) if not empty[list(pair)].any()])
        random.shuffle(pairs)
        batches = [pairs[start : start + BATCH] for start in range(0, len(pairs), BATCH)]
        for place, batch in enumerate(batches):
            done = (turn + place / len(batches)) / ROUNDS
            _step(values, squares, texts[batch[:, 0]], texts[batch[:, 1]], RATE * (1 - done))
            progress(done)
    return values


def numbered(concepts: Sequence[Names]) -> tuple[list[tuple[str, Language]], list[dict[Language, range]]]:
    """All names, and for each concept and language the numbers of its own: the label first."""
    names: list[tuple[str, Language]] = []
    listed: list[dict[Language, range]] = []
    for concept in concepts:
        listed.append({})
        for language in LANGUAGES:
            first = len(names)
            names.extend((name, language) for name in concept.get(language, ())[: 1 + ALIASES])
            if len(names) > first:
                listed[-1][language] = range(first, len(names))
    return names, listed


def _texts(names: Sequence[tuple[str, Language]], table: Translations) -> csr_matrix:
    """A row for each name: its buckets with their weights."""
    buckets: list[NDArray[np.int64]] = []
    weights: list[NDArray[np.float32]] = []
    lengths = [0]
    for name, language in names:
        length = 0
        for word, term in table.content(name, language):
            where, weight = features(word.form, term)
            buckets.append(where)
            weights.append(weight * np.float32(table.rarity(term) ** RARITY))
            length += len(where)
        lengths.append(length)
    made = csr_matrix(
        (np.concatenate(weights), np.concatenate(buckets), np.cumsum(lengths)), shape=(len(names), BUCKETS)
    )
    made.sum_duplicates()
    return made


def _pairs(
    listed: Sequence[Mapping[Language, range]], related: Sequence[tuple[int, int]], random: np.random.Generator
) -> Iterator[tuple[int, int]]:
    def one(names: range) -> int:
        return names[0] if random.random() < FROM_LABEL else int(random.integers(names.start, names.stop))

    for concept in listed:
        languages = list(concept)
        for i, left in enumerate(languages):
            for right in languages[i + 1 :]:
                yield one(concept[left]), one(concept[right])
            if len(concept[left]) > 1 and random.random() < SAME_LANGUAGE:
                yield concept[left][0], int(random.integers(concept[left][1], concept[left].stop))
    for pair in related:
        both = [list(listed[number].values()) for number in pair]
        if all(both):
            left_name, right_name = (one(names[int(random.integers(len(names)))]) for names in both)
            yield left_name, right_name


def _step(
    values: NDArray[np.float32], squares: NDArray[np.float32], left: csr_matrix, right: csr_matrix, rate: float
) -> None:
    """Texts of the same row come nearer to each other than to those of the other rows."""
    used, where = np.unique(np.concatenate([left.indices, right.indices]), return_inverse=True)
    shape = (left.shape[0], len(used))
    left = csr_matrix((left.data, where[: left.nnz], left.indptr), shape=shape)
    right = csr_matrix((right.data, where[left.nnz :], right.indptr), shape=shape)
    taken = values[used]
    one, one_length = unit(left @ taken)
    other, other_length = unit(right @ taken)
    likeness = one @ other.T / TEMPERATURE
    wrong = (softmax(likeness, 1) + softmax(likeness, 0)) / 2
    wrong[np.diag_indices(len(wrong))] -= 1
    wrong /= TEMPERATURE
    towards, back = np.asarray(wrong @ other, np.float32), np.asarray(wrong.T @ one, np.float32)
    gradient = left.T @ through(towards, one, one_length)
    gradient += right.T @ through(back, other, other_length)
    squares[used] += (gradient * gradient).mean(axis=1, keepdims=True)
    values[used] = taken - rate * gradient / np.sqrt(squares[used])


def unit(rows: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True) + np.float32(1e-6)
    return rows / lengths, lengths


def softmax(likeness: NDArray[np.float32], axis: int) -> NDArray[np.float32]:
    raised = np.exp(likeness - likeness.max(axis=axis, keepdims=True))
    return np.asarray(raised / raised.sum(axis=axis, keepdims=True), np.float32)


def through(
    gradient: NDArray[np.float32], unit: NDArray[np.float32], lengths: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The gradient before the rows were brought to length 1."""
    return np.asarray((gradient - unit * (gradient * unit).sum(axis=1, keepdims=True)) / lengths, np.float32)
