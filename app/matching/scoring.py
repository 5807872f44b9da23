"""How well somebody fits a need: competence decides, territory orders near-equals, two things exclude.

Every weight of the ranking is here, but those of the vectors themselves (`documents`, `translation`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.matching.documents import Document, Vector

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
    NO_COMMON_LANGUAGE = "no_common_language"
    ON_SITE_ONLY = "on_site_only"
    """The need is on site, and the person only offers to help at a distance."""
    REMOTE_ONLY = "remote_only"
    """The reverse."""


@dataclass(frozen=True)
class Fit:
    competence: float
    closeness: Closeness = Closeness.NONE
    excluded: Exclusion | None = None

    @property
    def score(self) -> float:
        return self.competence + NEAR_EQUAL * TIE[self.closeness]


def competence(need: Document, person: Document) -> float:
    """Between 0 and 1."""
    return of_vectors(need.vector, need.segment_vectors, person.vector, person.segment_vectors)


def of_vectors(need: Vector, need_clauses: Sequence[Vector], person: Vector, person_clauses: Sequence[Vector]) -> float:
    best = [max((asked.cosine(said) for said in person_clauses), default=0.0) for asked in need_clauses]
    clauses = sum(best) / len(best) if best else 0.0
    return (need.cosine(person) + BEST_CLAUSES * clauses) / (1 + BEST_CLAUSES)


def excluded(
    need_languages: Collection[str],
    need_mode: str,
    languages: Collection[str],
    on_site: bool,
    remote: bool,
) -> Exclusion | None:
    """Why these two cannot work together, if they cannot. `need_mode`: onsite, remote or either; nothing said, nothing excludes."""
    if need_languages and languages and not set(need_languages) & set(languages):
        return Exclusion.NO_COMMON_LANGUAGE
    if need_mode == "onsite" and remote and not on_site:
        return Exclusion.ON_SITE_ONLY
    if need_mode == "remote" and on_site and not remote:
        return Exclusion.REMOTE_ONLY
    return None
