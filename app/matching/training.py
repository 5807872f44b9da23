"""Learns the translation table from the names of concepts: IBM model 1 (Brown et al., 1993).

It is told only that the names of one concept mean the same; that is enough to tell which of their words do.
Nothing is drawn at random: the same names give the same table.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack

from app.kernel.folding import has_arabic
from app.matching.names import Named
from app.matching.text import LANGUAGES, STOP_WORDS, Language, stem, words
from app.matching.translation import PAIRS, Table, Translations
from app.taxonomy.actions import corrected_concepts
from app.taxonomy.lexicon import terms

Names = Mapping[Language, Sequence[str]]
"""Of one concept, by language: the label first, then the aliases."""
Stemmed = Mapping[Language, Sequence[list[int]]]

SAME_FAMILY = 0.7
"""How alike (cosine) the translations of two stems must be; lower, *anim(er)* joins *animal*."""
SAME_START = 2
"""Letters that the stems of a family share."""
ROUNDS = 5
"""Of expectation-maximisation; the ranking is the same from 3 to 12."""
ALIASES = 6
ALIAS_WEIGHT = 0.3
"""Aliases are loose, and English has many: a pair with one counts less than the pair of labels."""
SAID_AGAIN = 3
"""What each term of the lexicon counts: here a *douar* is a village before it is anything that turns."""
LEAST, MOST = 0.02, 20
"""Less probable is noise, and more translations of one stem are too: what remains is 0.7 MB."""


def all_names(lexicon: bool = True) -> Iterator[Names]:
    """What the shipped artefacts are learnt from; without the lexicon, to measure what it brings."""
    yield from (Named.of(concept).names for concept in corrected_concepts(lexicon=lexicon))
    for term in terms() if lexicon else ():
        yield from [cast(Names, term.names)] * (SAID_AGAIN - 1)


def related() -> Iterator[tuple[int, int]]:
    """Of `all_names`, by number: a term of the lexicon and each concept that says what it takes to deal with it."""
    numbers = {concept["id"]: number for number, concept in enumerate(corrected_concepts())}
    for term in terms():
        for own in term.same_as or (term.concept()["id"],):
            yield from ((numbers[own], numbers[under]) for under in term.under)


def digest(concepts: Iterable[Names], related: Iterable[tuple[int, int]] = ()) -> str:
    """Tells whether an artefact was learnt from these names and relations."""
    found = hashlib.sha256()
    for one in (*concepts, *related):
        found.update(json.dumps(one, ensure_ascii=False).encode())
    return found.hexdigest()[:16]


def train(concepts: Iterable[Names]) -> Translations:
    concepts = list(concepts)
    numbers: dict[Language, dict[str, int]] = {language: {} for language in LANGUAGES}
    frequencies: dict[Language, Counter[int]] = {language: Counter() for language in LANGUAGES}
    forms: dict[Language, dict[str, int]] = {language: {} for language in LANGUAGES}
    stemmed: list[Stemmed] = []
    for names in concepts:
        stemmed.append(
            {
                language: [list(_stems(name, language, numbers[language], forms[language])) for name in listed]
                for language, listed in names.items()
            }
        )
        for language, lists in stemmed[-1].items():
            frequencies[language].update({number for found in lists for number in found})
    stems = {language: list(known) for language, known in numbers.items()}
    counted = {
        language: np.array([frequencies[language][i] for i in range(len(known))], np.uint16)
        for language, known in stems.items()
    }
    tables = {
        (source, target): _table(list(_pairs(stemmed, source, target)), len(stems[source]), len(stems[target]))
        for source, target in PAIRS
    }
    families = {language: _families(language, known, counted[language], tables) for language, known in stems.items()}
    return Translations(len(stemmed), stems, counted, tables, families, forms, digest(concepts))


def _stems(name: str, language: Language, numbers: dict[str, int], forms: dict[str, int]) -> dict[int, None]:
    """The stems of a name by their numbers, each once; new ones get the next number."""
    found: dict[int, None] = {}
    for word in words(name):
        # A product's name inside an Arabic label is not Arabic.
        if len(word.form) > 1 and word.form not in STOP_WORDS[language] and has_arabic(word.form) == (language == "ar"):
            number = forms.get(word.form)
            if number is None:
                number = forms[word.form] = numbers.setdefault(stem(word.form, language), len(numbers))
            found[number] = None
    return found


def _pairs(
    concepts: Iterable[Stemmed], source: Language, target: Language
) -> Iterator[tuple[list[int], list[int], float]]:
    """Label with label, and each label with the aliases of the other language."""
    for concept in concepts:
        for i, left in enumerate(concept[source][: 1 + ALIASES]):
            for j, right in enumerate(concept[target][: 1 + ALIASES]):
                if left and right and not (i and j):
                    yield left, right, ALIAS_WEIGHT if i or j else 1.0


def _table(pairs: Sequence[tuple[list[int], list[int], float]], sources: int, targets: int) -> Table:
    """Each target word of a pair is explained by one of its source words, or by none (number 0)."""
    lefts = [[0, *(number + 1 for number in left)] for left, _, _ in pairs]
    left, left_length = np.concatenate(lefts), np.array([len(one) for one in lefts])
    right, pair = (
        np.concatenate([one for _, one, _ in pairs]),
        np.repeat(np.arange(len(pairs)), [len(one) for _, one, _ in pairs]),
    )
    # One line for each word to be explained and each word that may explain it.
    choices = left_length[pair]
    explained = np.repeat(np.arange(len(right)), choices)
    place = np.arange(len(explained)) - np.repeat(np.cumsum(choices) - choices, choices)
    source = left[(np.cumsum(left_length) - left_length)[pair][explained] + place]
    target = right[explained]
    weight = np.array([one for _, _, one in pairs])[pair][explained]
    cells, cell = np.unique(source * targets + target, return_inverse=True)
    source_of_cell = cells // targets
    probability = np.ones(len(cells))
    for _ in range(ROUNDS):
        likely = probability[cell]
        share = weight * likely / np.bincount(explained, likely)[explained]
        counted = np.bincount(cell, share)
        probability = counted / np.bincount(source_of_cell, counted)[source_of_cell]
    return _strongest(source_of_cell - 1, cells % targets, probability, sources)


def _strongest(
    source: NDArray[np.int64], target: NDArray[np.int64], probability: NDArray[np.float64], sources: int
) -> Table:
    kept = (source >= 0) & (probability >= LEAST)
    source, target, probability = source[kept], target[kept], probability[kept]
    order = np.lexsort((target, -probability, source))
    source, target, probability = source[order], target[order], probability[order]
    starts = np.searchsorted(source, np.arange(sources + 1))
    kept = np.arange(len(source)) - starts[source] < MOST
    return Table(
        starts=np.searchsorted(source[kept], np.arange(sources + 1)).astype(np.uint32),
        columns=target[kept].astype(np.uint16),
        probabilities=np.rint(probability[kept] * 255).astype(np.uint8),
    )


def _families(
    language: Language,
    stems: Sequence[str],
    frequencies: NDArray[np.uint16],
    tables: Mapping[tuple[Language, Language], Table],
) -> NDArray[np.uint16]:
    """Stems that begin alike and translate alike are forms of one word; the most frequent is the head."""
    rows = hstack(
        [
            csr_matrix(
                (table.probabilities / 255, table.columns.astype(int), table.starts.astype(int)), (len(stems), 1 << 16)
            )
            for (source, _), table in tables.items()
            if source == language
        ]
    ).tocsr()
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows = diags(1 / np.maximum(lengths, 1e-9)) @ rows
    heads = np.arange(len(stems), dtype=np.uint16)
    starts: dict[str, list[int]] = defaultdict(list)
    for number in np.argsort(-frequencies.astype(int), kind="stable"):
        starts[stems[number][:SAME_START]].append(int(number))
    for group in starts.values():
        alike = (rows[group] @ rows[group].T).toarray() >= SAME_FAMILY
        free = np.ones(len(group), bool)
        for place, number in enumerate(group):
            if free[place]:
                members = alike[place] & free
                heads[np.array(group)[members]] = number
                free &= ~members
                free[place] = False
    return heads
