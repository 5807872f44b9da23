"""Learns the vectors of names: as `vector_training` does, but so that a phrase finds its concept among thousands.

What differs was measured on `linking-dev` and on French aliases that the learner had not seen: a lower temperature,
more rounds over larger batches, a smaller start, and concepts that meet those they are under. Several tables, each from
another seed, find more than one; they are laid side by side and brought to their principal axes, one table again.
The seeds are fixed: the same names on the same machine give the same vectors.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from app.matching.resemblance import DIMENSIONS
from app.matching.text import Language
from app.matching.training import Names
from app.matching.translation import Translations
from app.matching.vector_training import numbered, softmax, through, unit
from app.matching.vectors import BUCKETS, RARITY, features
from app.taxonomy.actions import corrected_concepts
from app.taxonomy.sources import DATA, read

TABLES = 3
OF_A_TABLE = 128
"""Dimensions before they are brought together."""
ROUNDS = 20
BATCH = 2048
TEMPERATURE = 0.1
"""For names; .2, which texts are ranked with, finds .03 less among the first ten, .05 as much less."""
RATE = 0.12
START = 0.03
"""Of the numbers before the first step. Ten times as much leaves rare pieces of words that mean nothing: .02 less."""
FROM_LABEL = 0.5
"""How often a name of a pair is the label rather than any of the names."""
SAME_LANGUAGE = 0.5
"""How often a label also meets an alias of its own language in a round."""
BROADER = 0.3
"""How often a concept also meets the one that it is under, in a round."""
APART = -1e4
"""The likeness of two texts of one concept that are not a pair: nobody learns that they differ."""

Pair = tuple[int, int, int]
"""Two names and the concept that both must find."""


class _Texts(NamedTuple):
    """Names as rows of words, words as rows of buckets: a word of many names is summed once a step."""

    names: csr_array
    words: csr_array


def broader() -> Iterator[tuple[int, int]]:
    """Of `training.all_names`, by number: a concept of ESCO and one that it is under."""
    numbers = {concept["id"]: number for number, concept in enumerate(corrected_concepts(lexicon=False))}
    return ((numbers[row["concept_id"]], numbers[row["broader_id"]]) for row in read(DATA / "broader.tsv.xz"))


def train(
    concepts: Sequence[Names],
    related: Sequence[tuple[int, int]],
    table: Translations,
    progress: Callable[[float], None],
) -> NDArray[np.float32]:
    """A row of numbers for each bucket; `related` are numbers of concepts that meet too (`broader`)."""
    names, places = numbered(concepts)
    texts = _texts(names, table)
    tables = []
    for seed in range(TABLES):
        learnt = _one_table(texts, places, related, seed, lambda done, seed=seed: progress((seed + done) / TABLES))  # type: ignore[misc]
        tables.append(learnt / np.sqrt((_embedded(texts, learnt) ** 2).sum(axis=1).mean()))
    return _together(texts, np.concatenate(tables, axis=1))


def _texts(names: Sequence[tuple[str, Language]], table: Translations) -> _Texts:
    known: dict[tuple[str, str], int] = {}
    words, ends = [], [0]
    for name, language in names:
        words += [known.setdefault((word.form, term), len(known)) for word, term in table.content(name, language)]
        ends.append(len(words))
    buckets, weights, starts = [], [], [0]
    for form, term in known:
        where, weight = features(form, term)
        buckets.append(where)
        weights.append(weight * np.float32(table.rarity(term) ** RARITY))
        starts.append(starts[-1] + len(where))
    said = csr_array((np.ones(len(words), np.float32), words, ends), shape=(len(names), len(known)))
    made = csr_array((np.concatenate(weights), np.concatenate(buckets), starts), shape=(len(known), BUCKETS))
    return _Texts(said, made)


def _embedded(texts: _Texts, values: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(texts.names @ (texts.words @ values), np.float32)


def _one_table(
    texts: _Texts,
    places: Sequence[Mapping[Language, range]],
    related: Sequence[tuple[int, int]],
    seed: int,
    progress: Callable[[float], None],
) -> NDArray[np.float32]:
    random = np.random.default_rng(seed)
    empty = np.diff(texts.names.indptr) == 0
    values = (random.standard_normal((BUCKETS, OF_A_TABLE)) * START).astype(np.float32)
    squares = np.full((BUCKETS, 1), 1e-6, np.float32)
    for turn in range(ROUNDS):
        pairs = np.array([pair for pair in _pairs(places, related, random) if not empty[list(pair[:2])].any()])
        random.shuffle(pairs)
        batches = [pairs[start : start + BATCH] for start in range(0, len(pairs), BATCH)]
        for place, batch in enumerate(batches):
            done = (turn + place / len(batches)) / ROUNDS
            _step(values, squares, texts, batch, RATE * (1 - done))
            progress(done)
    return values


def _pairs(
    places: Sequence[Mapping[Language, range]], related: Sequence[tuple[int, int]], random: np.random.Generator
) -> Iterator[Pair]:
    def one(names: range) -> int:
        return names[0] if random.random() < FROM_LABEL else int(random.integers(names.start, names.stop))

    def any_of(number: int) -> int:
        names = list(places[number].values())
        return one(names[int(random.integers(len(names)))])

    for number, concept in enumerate(places):
        languages = list(concept)
        for i, left in enumerate(languages):
            for right in languages[i + 1 :]:
                yield one(concept[left]), one(concept[right]), number
            if len(concept[left]) > 1 and random.random() < SAME_LANGUAGE:
                yield int(random.integers(concept[left][1], concept[left].stop)), concept[left][0], number
    for number, under in related:
        if places[number] and places[under] and random.random() < BROADER:
            yield any_of(number), any_of(under), under


def _step(
    values: NDArray[np.float32],
    squares: NDArray[np.float32],
    texts: _Texts,
    batch: NDArray[np.int64],
    rate: float,
) -> None:
    """Names of the same row come nearer to each other than to those of the other rows."""
    names, words = _used(texts.names[np.concatenate([batch[:, 0], batch[:, 1]])])
    pieces, buckets = _used(texts.words[words])
    taken = values[buckets]
    rows, lengths = unit(np.asarray(names @ (pieces @ taken), np.float32))
    one, other = rows[: len(batch)], rows[len(batch) :]
    likeness = one @ other.T / np.float32(TEMPERATURE)
    same = batch[:, 2, None] == batch[None, :, 2]
    np.fill_diagonal(same, False)
    likeness[same] = APART
    wrong = (softmax(likeness, 1) + softmax(likeness, 0)) / 2
    wrong[np.diag_indices(len(wrong))] -= 1
    wrong /= np.float32(TEMPERATURE)
    towards = np.concatenate([wrong @ other, wrong.T @ one])
    gradient = np.asarray(pieces.T @ (names.T @ through(towards, rows, lengths)), np.float32)
    squares[buckets] += (gradient * gradient).mean(axis=1, keepdims=True)
    values[buckets] = taken - rate * gradient / np.sqrt(squares[buckets])


def _used(rows: csr_array) -> tuple[csr_array, NDArray[np.int64]]:
    """The same rows over only the columns that they have, and which columns these are."""
    used, where = np.unique(rows.indices, return_inverse=True)
    return csr_array((rows.data, where, rows.indptr), shape=(rows.shape[0], len(used))), used


def _together(texts: _Texts, values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Along the principal axes of all names, turned at random: no number of a name is far greater than others."""
    rows, _ = unit(_embedded(texts, values))
    _, axes = np.linalg.eigh(rows.T @ rows)
    kept = axes[:, ::-1][:, :DIMENSIONS]
    turned, _ = np.linalg.qr(np.random.default_rng(TABLES).standard_normal((kept.shape[1], kept.shape[1])))
    return np.asarray(values @ kept @ turned, np.float32)
