"""What was measured, beside what the issue wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Figures = dict[str, Any]


@dataclass(frozen=True)
class Target:
    what: str
    figure: str
    """A key of the figures."""
    most: float | None = None
    least: float | None = None

    def met(self, figures: Mapping[str, Any]) -> bool | None:
        """None when it was not measured."""
        value = figures.get(self.figure)
        if value is None:
            return None
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)


TARGETS = (
    Target("20 people with reasons, p50 ms", "people_p50_ms", most=6),
    Target("20 people with reasons, p95 ms", "people_p95_ms", most=15),
    Target("recall@20 of the oracle, by competence", "nearest_recall", least=0.98),
    Target("recall@20 of the oracle, as the pages rank", "ranked_recall", least=0.98),
    Target("p50 beside reading the vectors once", "times_floor", most=10),
    Target("MB of what is searched, four workers", "machine_mb_4_workers", most=300),
    Target("ready, s", "ready_s", most=10),
    Target("saved by one process, found by another", "found_by_another_process", least=1),
    Target("20 needs with reasons, p95 ms", "needs_p95_ms", most=3),
    Target("all lists made again by two processes, s", "recompute_s", most=180),
    Target("saved, and in the lists, ms", "followed_p50_ms", most=1000),
    Target("times faster than RapidFuzz", "times_rapidfuzz", least=200),
    Target("times faster than PostgreSQL full text", "times_postgresql", least=50),
    Target("peers both faster and as right", "peers_faster_and_as_right", most=0),
    Target("p50 at full size beside a hundredth of it", "growth", most=40),
    Target("linking a mention, p50 ms", "mention_p50_ms", most=0.05),
    Target("linking a mention, p95 ms", "mention_p95_ms", most=0.5),
    Target("times faster than RapidFuzz over all labels", "mention_times_rapidfuzz", least=50),
    Target("linking a whole text, p95 ms", "whole_text_p95_ms", most=30),
    Target("linker loads, s", "linker_s", most=2),
    Target("MB of a linker", "linker_mb", most=250),
)


def percentile(times: Sequence[float], share: int) -> float:
    return round(float(np.percentile(times, share)), 3)


def table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Columns as wide as what they hold; numbers to the right."""
    said = [list(head), *([_said(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in said) for column in range(len(head))]
    sides = [str.ljust, *[str.rjust] * (len(head) - 1)]
    lines = ("  ".join(side(cell, width) for side, cell, width in zip(sides, row, widths, strict=True)) for row in said)
    first, *others = (line.rstrip() for line in lines)
    return "\n".join([first, "-" * len(first), *others])


def targets(figures: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    rows = []
    for target in TARGETS:
        wanted = f"≤ {target.most:g}" if target.most is not None else f"≥ {target.least:g}"
        met = {None: "–", True: "yes", False: "NO"}[target.met(figures)]
        rows.append((target.what, _said(figures.get(target.figure)), wanted, met))
    return rows


def _said(cell: Any) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:,.3f}" if abs(cell) < 1 else f"{cell:,.2f}" if abs(cell) < 100 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
