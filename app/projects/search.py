"""Search: projects by what they are about, in whichever language, and by where they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from app.kernel.folding import words
from app.matching import queries as matching
from app.matching.text import STOP_WORDS
from app.projects.indexing import KIND
from app.territories import queries as territories
from app.territories.models import Commune, Province, Territory

LEAST = 0.05
"""Below it nothing that was asked for is in the text."""
SHARE = 0.4
"""Of the best answer: what answers less well than this only holds one of the words by the way."""
LONGEST_NAME = 4
"""Words of the longest name of a territory that is looked for in what was typed."""
SHORTEST_NAME = 3
_NOT_A_NAME = frozenset[str]().union(*STOP_WORDS.values())


@dataclass(frozen=True)
class Hit:
    project_id: int
    score: float


def ranked(session: Session, q: str, among: Mapping[int, str]) -> list[Hit]:
    """The projects of `among` (number → code of the commune) that answer, the best first."""
    document = matching.analyse([" ".join([q, *_meant(session, q)])])
    about = {near.subject_id: near.competence for near in matching.nearest(session, KIND, document, among)}
    hits = _scored(about, list(_places(session, q)), among)
    if not hits:  # perhaps a place, typed wrong
        hits = _scored({}, territories.find_territories(session, q, limit=3), among)
    return sorted(hits, key=lambda hit: (-hit.score, -hit.project_id))


def _scored(about: Mapping[int, float], places: list[Territory], among: Mapping[int, str]) -> list[Hit]:
    scores = {
        project_id: about.get(project_id, 0.0) + max((_closeness(place, code) for place in places), default=0.0)
        for project_id, code in among.items()
    }
    least = max(LEAST, SHARE * max(scores.values(), default=0.0))
    return [Hit(project_id, round(score, 6)) for project_id, score in scores.items() if score >= least]


def _closeness(place: Territory, commune_code: str) -> float:
    """A place that is named counts more than most words do."""
    if isinstance(place, Commune):
        return 0.5 if commune_code == place.code else 0.0
    inside = commune_code.startswith(f"{place.code}.")
    return (0.4 if isinstance(place, Province) else 0.3) if inside else 0.0


def _meant(session: Session, q: str) -> Iterator[str]:
    """For each word that no concept knows, the known one that is a letter away: it is added, what was typed stays."""
    linker = matching.linker(session)
    for word, term in linker.table.content(q, linker.table.language_of(q)):
        if term not in linker.index.terms and (nearest := linker.vocabulary.nearest(word.form)):
            yield nearest[0]


def _places(session: Session, q: str) -> Iterator[Territory]:
    """The territories that are named in it; the longest names first, no word twice."""
    typed = words(q)
    spans = [
        range(start, start + length)
        for length in range(min(LONGEST_NAME, len(typed)), 0, -1)
        for start in range(len(typed) - length + 1)
    ]
    names = {span: " ".join(typed[span.start : span.stop]) for span in spans}
    found = territories.named(session, {n for n in names.values() if len(n) >= SHORTEST_NAME and n not in _NOT_A_NAME})
    taken: set[int] = set()
    for span in spans:
        if not taken.intersection(span) and names[span] in found:
            taken.update(span)
            yield from found[names[span]]
