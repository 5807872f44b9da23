"""How long linking takes, beside RapidFuzz over the same names: `python -m benchmarks.linking`; last, one JSON line.

Mentions are names of concepts drawn with a fixed seed, 15 % of them with one letter left out, doubled or swapped;
a whole fiche is twelve of them in sentences. What a linker holds is measured in one process, then in four at a time.
"""

import json
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

os.environ |= {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}

import numpy as np
from rapidfuzz import fuzz, process, utils

from app.matching.index import NameIndex
from app.matching.linking import Linker
from app.matching.names import Named
from app.matching.text import LANGUAGES, LONGEST_TEXT, Language
from app.matching.translation import translations
from app.matching.vectors import vectors
from app.taxonomy.actions import corrected_concepts
from benchmarks.memory import Memory, memory

MENTIONS, FICHES, COMPARED = 4_000, 200, 40
MISTAKES = 0.15

Mention = tuple[str, Language]


def main() -> None:
    concepts = [Named.of(row) for row in corrected_concepts() if row["kind"] != "group"]
    names: list[Mention] = [(name, one) for one in LANGUAGES for concept in concepts for name in concept.names[one]]
    random = Random(20261122)
    mentions = [(_typed(name, random), one) for name, one in random.choices(names, k=MENTIONS)]
    table = translations()
    figures: dict[str, Any] = {"names": len(names)}
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept, "index")
        figures["made_s"], index = _timed(lambda: NameIndex.made(concepts, table))
        index.keep(folder)
        figures["load_s"], linker = _timed(lambda: Linker(NameIndex.kept(folder, table)))
        for processes in (1, 4):
            figures |= _held(folder, mentions[:200], processes)
        for name, one in mentions[:20]:
            linker.link(name, one)
            linker.nearest(name, one)
        figures |= _percentiles("mention", [_timed(lambda m=m: linker.link(*m))[0] for m in mentions])
        figures |= _percentiles("field", [_timed(lambda m=m: linker.nearest(*m))[0] for m in mentions[:FICHES]])
        figures |= _percentiles("fiche", [_timed(lambda f=f: linker.link(*f))[0] for f in _fiches(names, random)])
        pasted = " ".join(name for name, one in random.choices(names, k=2000) if one == "fr").ljust(LONGEST_TEXT, "x")
        figures["pasted_ms"] = round(1000 * _timed(lambda: linker.link(pasted, "fr"))[0], 1)
    labels = [utils.default_process(name) for name, _ in names]
    peer = [
        _timed(lambda m=m: process.extractOne(utils.default_process(m[0]), labels, scorer=fuzz.ratio))[0]
        for m in mentions[:COMPARED]
    ]
    figures |= _percentiles("rapidfuzz", peer)
    figures["times_rapidfuzz"] = round(float(np.mean(peer)) * 1000 / figures["mention_mean_ms"])
    print(json.dumps(figures))


def _held(folder: Path, mentions: Sequence[Mention], processes: int) -> dict[str, float]:
    """MB that linkers bring to a process that has read the artefacts, after some questions: its own, and in all."""
    with ExitStack() as stack:
        spawning = multiprocessing.get_context("spawn")
        pools = [stack.enter_context(ProcessPoolExecutor(1, spawning)) for _ in range(processes)]
        before = [pool.submit(_read).result() for pool in pools]
        for pool in pools:
            pool.submit(_ask, folder, mentions).result()
        after = [pool.submit(memory).result() for pool in pools]
    own = max(one.private - other.private for one, other in zip(after, before, strict=True))
    together = sum(one.pss - other.pss for one, other in zip(after, before, strict=True))
    return {f"own_mb_of_{processes}": round(own, 1), f"together_mb_of_{processes}": round(together, 1)}


def _read() -> Memory:
    translations()
    vectors()
    return memory()


def _ask(folder: Path, mentions: Sequence[Mention]) -> None:
    linker = _Here.linker = Linker(NameIndex.kept(folder, translations()))
    for name, one in mentions:
        linker.link(name, one)
        linker.nearest(name, one)


class _Here:
    """What a process keeps between two questions."""

    linker: Linker


def _typed(name: str, random: Random) -> str:
    if random.random() >= MISTAKES or len(name) < 4:
        return name
    place = random.randrange(1, len(name) - 1)
    kept = random.choice(
        (name[place + 1 :], name[place] * 2 + name[place + 1 :], name[place + 1] + name[place] + name[place + 2 :])
    )
    return name[:place] + kept


def _fiches(names: Sequence[Mention], random: Random) -> list[Mention]:
    fiches: list[Mention] = []
    for _ in range(FICHES):
        one = random.choice(LANGUAGES[:2])
        said = [name for name, language in random.choices(names, k=60) if language == one][:12]
        fiches.append((". ".join(", ".join(said[start : start + 3]) for start in range(0, 12, 3)), one))
    return fiches


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = perf_counter()
    result = work()
    return round(perf_counter() - start, 7), result


def _percentiles(name: str, seconds: Sequence[float]) -> dict[str, float]:
    ms = 1000 * np.array(seconds)
    return {
        f"{name}_p50_ms": round(float(np.percentile(ms, 50)), 4),
        f"{name}_p95_ms": round(float(np.percentile(ms, 95)), 4),
        f"{name}_mean_ms": round(float(ms.mean()), 4),
    }


if __name__ == "__main__":
    main()
