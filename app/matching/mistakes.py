"""Words that are typed wrong: the word of the vocabulary that is one letter away."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from app.kernel.folding import has_arabic
from app.matching.forms import without_clitics

SHORTEST = 6
"""Shorter words are one letter away from too many others."""
SHORTEST_ARABIC = 5
ALIKE = 0.8


class Vocabulary:
    def __init__(self, forms: Iterable[str]) -> None:
        self._buckets: dict[tuple[str, int], list[str]] = defaultdict(list)
        for form in forms:
            for part in _kept(form):
                self._buckets[part, len(form)].append(form)
        self.nearest = lru_cache(maxsize=1 << 14)(self._nearest)

    def _nearest(self, form: str) -> tuple[str, float] | None:
        """The word that was meant and how like it this one is (below 1), if there is one that begins like it."""
        tried = (form, *without_clitics(form)) if has_arabic(form) else (form,)
        found = (self._one_letter_away(one) for one in tried)
        return max(filter(None, found), key=lambda meant: meant[1], default=None)

    def _one_letter_away(self, form: str) -> tuple[str, float] | None:
        if len(form) < (SHORTEST_ARABIC if has_arabic(form) else SHORTEST):
            return None
        near: list[str] = []
        for length in (len(form), len(form) - 1, len(form) + 1):
            for part in _kept(form):
                near += self._buckets.get((part, length), ())
        # Letters that were swapped are two changes to Levenshtein, which sifts thousands of words in half the time.
        within = process.extract(form, near, scorer=Levenshtein.distance, score_cutoff=2, limit=None)
        sifted = [word for word, _, _ in sorted(within, key=itemgetter(2))]
        found = process.extractOne(form, sifted, scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
        if found is None or OSA.distance(form, found[0]) > 1:
            return None
        return found[0], float(found[1])


def _kept(form: str) -> tuple[str, str]:
    """What one letter too many, missing, changed or swapped leaves one of, beside the first letter."""
    return form[:2], f"{form[0]}*{form[-2:]}"
