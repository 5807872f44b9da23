"""How well somebody fits a need: competence decides, territory orders near-equals, two things exclude.

Every weight of the ranking is here, but those of the vectors themselves (`documents`, `translation`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.matching.documents import Document

DENSE = 0.5
"""What the dense vectors weigh beside the terms of the whole texts: .02 on `matching-dev`; one brings no more."""
CHANCE = 0.1
"""Dense vectors of texts that have nothing in common are often this alike; only what is above counts."""

BEST_CLAUSES = 0.5
"""What the clause-by-clause comparison weighs beside the whole texts. Half brings .01 to .02; one brings no more."""

NEAR_EQUAL = 0.03
"""How much competence the closest tie to a territory can make up for: about the error of the competence itself."""


class Closeness(StrEnum):
    """The best tie between somebody and the territory of a project."""

    COMMUNE = "commune"
    PROVINCE = "province"
    REGION = "region"
    NONE = "none"


TIE = {Closeness.COMMUNE: 1.0, Closeness.PROVINCE: 0.6, Closeness.REGION: 0.3, Closeness.NONE: 0.0}
"""Shares of `NEAR_EQUAL`: a neighbour of the commune knows it, somebody of the region may."""


class Exclusion(StrEnum):
    """Why two cannot work together, however competent."""

    LANGUAGE = "language"
    MUST_BE_ON_SITE = "must_be_on_site"
    """The need is on site, and the person only offers to help at a distance."""
    MUST_BE_REMOTE = "must_be_remote"


@dataclass(frozen=True)
class Fit:
    competence: float
    closeness: Closeness = Closeness.NONE
    excluded: Exclusion | None = None

    @property
    def score(self) -> float:
        return self.competence + NEAR_EQUAL * TIE[self.closeness]


def competence(need: Document, person: Document) -> float:
    """Between 0 and 1: how much of what the need says the person says too, in whatever language."""
    clauses = [
        [max((asked.cosine(said) for said in person.segment_vectors), default=0.0)] for asked in need.segment_vectors
    ]
    best = np.array(clauses).reshape(1, -1)
    whole, dense = need.vector.cosine(person.vector), float(need.dense @ person.dense)
    return float(combine(np.array([whole]), np.array([dense]), best)[0])


def combine(
    whole: NDArray[np.floating], dense: NDArray[np.floating], best: NDArray[np.floating]
) -> NDArray[np.float64]:
    """Of several people: the cosines of the whole texts by terms and by dense vectors, and, a row each, of their best
    clause for each of the need's."""
    clauses = best.mean(axis=1) if best.shape[1] else np.zeros(len(whole))
    together = whole + DENSE * resembling(dense) + BEST_CLAUSES * clauses
    return np.asarray(together / (1 + DENSE + BEST_CLAUSES), np.float64)


def resembling(dense: NDArray[np.floating]) -> NDArray[np.floating]:
    """How much likenesses of dense vectors say, from 0 to 1."""
    return np.asarray(np.maximum(dense - CHANCE, 0) / (1 - CHANCE))


def exclusion(
    need_languages: Collection[str], need_mode: str, languages: Collection[str], on_site: bool, remote: bool
) -> Exclusion | None:
    """`need_mode` is onsite, remote or either. Where nothing was said of languages, they exclude nobody."""
    if need_languages and languages and not set(need_languages) & set(languages):
        return Exclusion.LANGUAGE
    if need_mode == "onsite" and not on_site:
        return Exclusion.MUST_BE_ON_SITE
    if need_mode == "remote" and not remote:
        return Exclusion.MUST_BE_REMOTE
    return None
