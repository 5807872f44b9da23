"""The answers of each way to a set, in the files that scorers read. Ours come from the application’s own commands."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.matching import commands
from app.matching.names import Named
from app.matching.text import LANGUAGES
from app.taxonomy.actions import corrected_concepts
from app.taxonomy.lexicon import terms
from benchmarks.quality import peers, sets
from benchmarks.quality.peers import Peer, Search
from benchmarks.quality.sets import Row

RANKED = 100
LINKED = 20
AT_ONCE = 100
"""Mentions compared with all names at a time."""

Answer = Callable[[Path, Path], None]
"""Writes the answers to the set of a folder into a file."""


def ours_ranked(folder: Path, output: Path) -> None:
    commands.rank(folder / "needs.jsonl", folder / "profiles.jsonl", output)


def ours_linked(folder: Path, output: Path) -> None:
    commands.link(folder / "mentions.tsv", output, kind_of(folder))


def of_esco_linked(folder: Path, output: Path) -> None:
    """Ours, but for the lexicon's own concepts: sets judge those of ESCO alone, and count any other as wrong."""
    ours_linked(folder, output)
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    own = {term.concept()["id"] for term in terms() if not term.same_as}
    _write(output, [row | {"concepts": [one for one in row["concepts"] if one not in own]} for row in rows])


def ranked_by(peer: Peer) -> Answer:
    def answer(folder: Path, output: Path) -> None:
        needs, profiles = sets.needs(folder), sets.profiles(folder)
        found = peers.best(peer(_texts(profiles))(_texts(needs)), RANKED)
        answers = zip(needs, found, strict=True)
        _write(output, [{"need": need.id, "profiles": [profiles[i].id for i in listed]} for need, listed in answers])

    return answer


Concepts = Callable[[str], list[Named]]
"""Those of a kind."""


def linked_by(peer: Peer, concepts_of: Concepts | None = None) -> Answer:
    """Each mention against the names of its language: the score of a concept is that of its best name."""

    def answer(folder: Path, output: Path) -> None:
        mentions, concepts = sets.mentions(folder), (concepts_of or linkable)(kind_of(folder))
        languages = [one for one in LANGUAGES if any(mention.language == one for mention in mentions)]
        rows: list[dict[str, object]] = []
        for language in languages:
            asked = [mention for mention in mentions if mention.language == language]
            named = [one for one in concepts if one.names.get(language)]
            search, starts = _by_names(peer, [one.names[language] for one in named])
            for first in range(0, len(asked), AT_ONCE):
                some = asked[first : first + AT_ONCE]
                scores = np.maximum.reduceat(search(_texts(some)), starts, axis=1)
                answers = zip(some, peers.best(scores, LINKED), strict=True)
                rows += [{"mention": one.id, "concepts": [named[i].id for i in found]} for one, found in answers]
        _write(output, rows)

    return answer


def _by_names(peer: Peer, names: Sequence[Sequence[str]]) -> tuple[Search, NDArray[np.int64]]:
    """A search in all names, and where those of each concept begin."""
    starts = np.cumsum([0, *(len(listed) for listed in names[:-1])])
    return peer([name for listed in names for name in listed]), starts


def kind_of(folder: Path) -> str:
    """A set that only judges skills is only asked for skills."""
    wanted = sets.wanted_concepts(folder)
    kinds = {row["kind"] for row in corrected_concepts() if row["id"] in wanted}
    return "skill" if kinds == {"skill"} else ""


def linkable(kind: str) -> list[Named]:
    rows = (row for row in corrected_concepts() if row["kind"] != "group" and kind in ("", row["kind"]))
    return [Named.of(row) for row in rows]


def _texts(rows: Sequence[Row]) -> list[str]:
    return [row.text for row in rows]


def _write(output: Path, rows: Sequence[Mapping[str, object]]) -> None:
    output.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
