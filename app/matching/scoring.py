"""How well somebody fits a need: competence decides; territory, time, themes and fairness order near-equals; three
things exclude.

Every weight of the ranking is here, but those of the vectors themselves (`documents`, `translation`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.matching.documents import Document

DENSE = 0.75
"""What the dense vectors weigh beside the terms of the whole texts. From 0.5 to 1 they rank alike on `matching-dev`,
.02 better than none."""
CHANCE = 0.1
"""Dense vectors of texts that have nothing in common are often this alike; only what is above counts."""

BEST_CLAUSES = 0.5
"""What the clause-by-clause comparison weighs beside the whole texts. Half brings .01 to .02; one brings no more."""

NEAR_EQUAL = 0.03
"""How much competence the closest tie to a territory can make up for: about the error of the competence itself.
What follows is in shares of it."""


class Closeness(StrEnum):
    """The best tie between somebody and the territory of a project."""

    COMMUNE = "commune"
    PROVINCE = "province"
    REGION = "region"
    NONE = "none"


TIE = {Closeness.COMMUNE: 1.0, Closeness.PROVINCE: 0.6, Closeness.REGION: 0.3, Closeness.NONE: 0.0}
"""A neighbour of the commune knows it, somebody of the region may."""


class Timing(StrEnum):
    """When somebody is free, beside the period of a need."""

    UNKNOWN = "unknown"
    IN_TIME = "in_time"
    LATE = "late"  # once it has begun
    OTHER_MONTHS = "other_months"  # than those in which they said they come
    TOO_LATE = "too_late"  # once it is over


TIMELY = {Timing.IN_TIME: 0.3, Timing.LATE: -0.3, Timing.OTHER_MONTHS: -0.6}
"""Who said that they are free then can be counted on; who said nothing loses nothing. Months are said in passing, and
the period of a need is an intention: neither is worth a tie to the commune."""

THEME = 0.3
"""Of interest to somebody is the theme of the project: they will say yes more gladly, and are no abler for that."""

MOST_LIFTED = NEAR_EQUAL * (max(TIE.values()) + max(TIMELY.values()) + THEME)
"""What all of that together can make up for."""

ASKED = 0.5
"""Who was invited this month comes after those who were not, a neighbour of the commune still before a stranger."""
UNANSWERED = 0.8
"""For each invitation that somebody has not answered: with one more than `ASKED` it outweighs every tie…"""
MOST_UNANSWERED = 4
"""…and no more than so many count: the only one who is able stays in the list."""


class Exclusion(StrEnum):
    """Why two cannot work together, however competent."""

    LANGUAGE = "language"
    MUST_BE_ON_SITE = "must_be_on_site"
    """The need is on site, and the person only offers to help at a distance."""
    MUST_BE_REMOTE = "must_be_remote"
    FREE_TOO_LATE = "free_too_late"


@dataclass(frozen=True)
class Fit:
    competence: float
    closeness: Closeness = Closeness.NONE
    excluded: Exclusion | None = None
    timing: Timing = Timing.UNKNOWN
    likes_theme: bool = False
    asked: int = 0
    """Invitations of the last month, for other needs."""
    unanswered: int = 0
    """Those, of whatever age, that wait for an answer."""

    @property
    def score(self) -> float:
        asked = ASKED * (self.asked > 0) + UNANSWERED * min(self.unanswered, MOST_UNANSWERED)
        return self.lasting - NEAR_EQUAL * asked

    @property
    def lasting(self) -> float:
        """The score but for fairness, which changes with every invitation."""
        shares = TIE[self.closeness] + TIMELY.get(self.timing, 0) + THEME * self.likes_theme
        return self.competence + NEAR_EQUAL * shares


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
    return together(whole, dense, best.mean(axis=1) if best.shape[1] else np.zeros(len(whole)))


def together(
    whole: NDArray[np.floating], dense: NDArray[np.floating], clauses: NDArray[np.floating]
) -> NDArray[np.float64]:
    """`combine`, where the mean over the need's clauses is known."""
    summed = whole + DENSE * resembling(dense) + BEST_CLAUSES * clauses
    return np.asarray(summed / (1 + DENSE + BEST_CLAUSES), np.float64)


def resembling(dense: NDArray[np.floating]) -> NDArray[np.floating]:
    """How much likenesses of dense vectors say, from 0 to 1."""
    return np.asarray(np.maximum(dense - CHANCE, 0) / (1 - CHANCE))


def timing(
    starts_on: date | None, ends_on: date | None, free_from: date | None, months: Collection[int], today: date
) -> Timing:
    """`months`: those in which somebody said they come; none where they said nothing of it."""
    if ends_on and free_from and free_from > ends_on:
        return Timing.TOO_LATE
    if starts_on and free_from and free_from > max(starts_on, today):
        return Timing.LATE
    if starts_on and ends_on and months and not _months(max(starts_on, today), ends_on) & set(months):
        return Timing.OTHER_MONTHS
    known = (starts_on or ends_on) and (free_from or months)
    return Timing.IN_TIME if known else Timing.UNKNOWN


def _months(first: date, last: date) -> set[int]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return {(first.month + passed - 1) % 12 + 1 for passed in range(max(0, min(count, 12)))}


def exclusion(
    need_languages: Collection[str],
    need_mode: str,
    languages: Collection[str],
    on_site: bool,
    remote: bool,
    when: Timing = Timing.UNKNOWN,
) -> Exclusion | None:
    """`need_mode` is onsite, remote or either. Where nothing was said of languages, they exclude nobody."""
    if need_languages and languages and not set(need_languages) & set(languages):
        return Exclusion.LANGUAGE
    if need_mode == "onsite" and not on_site:
        return Exclusion.MUST_BE_ON_SITE
    if need_mode == "remote" and not remote:
        return Exclusion.MUST_BE_REMOTE
    return Exclusion.FREE_TOO_LATE if when is Timing.TOO_LATE else None
