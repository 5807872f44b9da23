"""Prints the tables of quality, for the sets of a folder and for those of the project."""

import argparse
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.kernel.settings import ROOT
from app.matching import commands
from benchmarks.matching.report import table
from benchmarks.quality import answers, peers
from benchmarks.quality.answers import Answer
from benchmarks.quality.lexicon import without_lexicon
from benchmarks.quality.sets import LINKING, MATCHING, Missing, Score, scorer, sets

OWN_SETS = ROOT / "evaluation"
TUNED_ON = ("matching-dev", "linking-dev")
"""Sets that one may look at; of any other a little less is wanted, and the gap shows tuning."""
NOTHING_WANTED = ("linking-ar",)
"""What is wanted of linking was said of French phrases."""


@dataclass(frozen=True)
class Way:
    name: str
    answer: Answer
    inside: Callable[[], AbstractContextManager[None]] = nullcontext


@dataclass(frozen=True)
class Column:
    head: str
    path: tuple[str, ...]
    """Where the scorer puts the figure."""
    wanted: float | None = None
    kept_apart: float | None = None
    """Wanted on sets that nobody tunes on."""

    def figure(self, scored: Mapping[str, Any]) -> float | None:
        found: Any = scored
        for key in self.path:
            found = found.get(key) if found else None
        return None if found is None else float(found)


RANKING = (
    Column("nDCG@10 all", ("all", "ndcg@10"), 0.92, 0.88),
    Column("same language", ("same language", "ndcg@10")),
    Column("across", ("across languages", "ndcg@10"), 0.92, 0.88),
    Column("needs in French", ("need in fr", "ndcg@10")),
    Column("needs in Arabic", ("need in ar", "ndcg@10"), 0.91, 0.86),
    Column("recall@10", ("all", "recall@10")),
    Column("recall@20", ("all", "recall@20")),
    Column("success@3", ("all", "success@3")),
)
PHRASES = (
    Column("recall@1", ("recall@1",), 0.34, 0.33),
    Column("recall@5", ("recall@5",)),
    Column("recall@10", ("recall@10",), 0.60, 0.58),
    Column("MRR", ("mrr",), 0.43, 0.42),
)
COLUMNS = {MATCHING: RANKING, LINKING: PHRASES}


def ways(files: tuple[str, ...], lexicon: bool) -> list[Way]:
    """Ours, ours without the lexicon if `lexicon`, and the peers."""
    ours = answers.ours_ranked if files is MATCHING else answers.ours_linked
    made = [Way("ours", ours)]
    if lexicon:
        made.append(Way("ours without the lexicon", ours, without_lexicon))
    if files is MATCHING:
        comparisons = [("character n-grams", peers.ngrams), ("BM25", peers.bm25), ("RapidFuzz", peers.rapidfuzz)]
        return made + [Way(name, answers.ranked_by(peer)) for name, peer in comparisons]
    made.append(Way("ours, of ESCO alone", answers.of_esco_linked))
    comparisons = [("character n-grams over labels", peers.ngrams), ("RapidFuzz over labels", peers.rapidfuzz)]
    return made + [Way(name, answers.linked_by(peer)) for name, peer in comparisons]


def measure(folder: Path, score: Score, tried: Sequence[Way], columns: Sequence[Column]) -> dict[str, list[Any]]:
    """The figures of each way on one set, and those wanted."""
    found: dict[str, list[Any]] = {}
    with tempfile.TemporaryDirectory() as written:
        for way in tried:
            output = Path(written) / "answers.jsonl"
            with way.inside():
                way.answer(folder, output)
            scored = score(folder, output)
            found[way.name] = [column.figure(scored) for column in columns]
    if folder.name not in NOTHING_WANTED:
        tuned = folder.name in TUNED_ON
        found["wanted"] = [column.wanted if tuned else column.kept_apart for column in columns]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("folder", type=Path, help="holds sets, score.py and score_linking.py")
    parser.add_argument("--no-comparison", action="store_true", help="not without the lexicon: that trains anew")
    asked = parser.parse_args()
    commands.console.quiet = True
    figures: dict[str, dict[str, Any]] = {}
    for files, columns in COLUMNS.items():
        for folder in sets([asked.folder, OWN_SETS], files):
            try:
                score = scorer(asked.folder, files)
            except Missing as missing:
                parser.error(f"missing: {missing}")
            measured = measure(folder, score, ways(files, lexicon=not asked.no_comparison), columns)
            heads = [column.head for column in columns]
            print(f"\n{table((folder.name, *heads), [(name, *row) for name, row in measured.items()])}")
            figures[folder.name] = {name: dict(zip(heads, row, strict=True)) for name, row in measured.items()}
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
