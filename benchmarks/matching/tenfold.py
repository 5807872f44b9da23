"""Ten times the diaspora: `python -m benchmarks.matching.tenfold`. The last line is JSON.

The documents of the stored corpus (425,000 profiles, less the hidden) are multiplied (`multiplying`), laid out by the
application's own code (`laying`) and asked by it, at both sizes in one run on one core, without PostgreSQL. Then the
likely are found by other engines (`engines`, `in_postgresql`), and compared by the same code of the application.

Recall@20 is of the ranking of everybody by all that the files keep; `lost` is by how much the mean competence of the
twenty falls short of that. `docs/growth.md` says what came out. It takes a quarter of an hour, 12 GB of memory and 4 of
disk; what is laid out is kept under `var/tenfold` for the next run.
"""

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# One core, before numpy is imported here or in a process that this one starts.
os.environ |= {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMBA")}
os.environ.setdefault("TWIZA_ENVIRONMENT", "test")

from sqlmodel import Session, col, select

from app.kernel.database import create_database_engine
from app.matching.documents import Document, analyse
from app.matching.models import MatchDocument
from app.matching.retrieval.layout import LIKELY, Layout
from app.matching.retrieval.postings import LOOKED_UP
from app.profiles import chips as profile_chips
from benchmarks.matching import in_postgresql, laying, multiplying, peers, report
from benchmarks.matching.asking import Asked, Way, breakdown, judge, ready, timed
from benchmarks.matching.corpus import corpus
from benchmarks.matching.engines import (
    Both,
    Deeper,
    Dense,
    Gathered,
    Graph,
    Inverted,
    Parts,
    arrays,
    in_parts,
    read_all,
)
from benchmarks.matching.floor import floor_ms
from benchmarks.matching.report import Figures, percentile
from benchmarks.matching.storing import CHUNK, stored

TIMES = 10
CANDIDATES = (2000, 10_000)
CENTRES = {1: 1024, TIMES: 4096}
WIDER = 4
LISTS = ((64, 1000), (64, 2000), (16, 2000), (16, 10_000), (4, 10_000))
"""One list in so many is read, and so many candidates are taken from them."""
PART_LIMITS = (200, 1000)
"""Asked of each of ten parts: the first is enough where a thousand are asked of the whole."""
HEAD = ("way", "people", "candidates", "p50 ms", "busy", "p95 ms", "recall@20", "lost", "build s", "MB")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.tenfold", description=__doc__)
    parser.add_argument("--profiles", type=int, default=425_000)
    parser.add_argument("--needs", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--judged", type=int, default=30, help="of those, how many are compared with everybody")
    asked = parser.parse_args()
    if find_spec("faiss") is None or find_spec("usearch") is None:
        parser.error(f"faiss and usearch are asked too: {peers.INSTALL}")
    laying.FOLDER.mkdir(parents=True, exist_ok=True)
    documents = laying.FOLDER / f"documents-{asked.profiles}.npz"
    multiplying.keep(documents, read(asked.profiles, asked.needs))
    run(documents, asked.questions, asked.judged, asked.needs)


def read(profiles: int, needs: int) -> multiplying.Packed:
    statement = select(MatchDocument.subject_id, MatchDocument.packed).where(
        MatchDocument.kind == profile_chips.KIND, col(MatchDocument.packed) != b""
    )
    with stored(profiles, needs) as kept:
        engine = create_database_engine(kept.url)
        with Session(engine) as session:
            found = [
                (i, bytes(packed)) for i, packed in session.exec(statement, execution_options={"yield_per": CHUNK})
            ]
        engine.dispose()
    return found


def run(documents: Path, questions: int, judged: int, needs: int) -> None:
    load = round(os.getloadavg()[0], 2)  # what else the machine does spoils every time
    sizes: dict[int, Figures] = {}
    folders = {times: laying.laid_out(documents, times) for times in (1, TIMES)}
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    asked = [analyse(need.parts, need.language) for need in map(corpus().need, range(questions))]
    rows: list[Sequence[Any]] = []
    for times, (folder, made) in folders.items():
        layout = laying.opened(folder)
        sizes[made.documents] = asdict(made) | measured(layout, folder, asked, needs)
        judge_all(ways(layout, times), layout, asked[:judged], rows)
    # Graphs are built for the smaller size only: ten times as many would take hours.
    layout = laying.opened(folders[1][0])
    judge_all(slow_to_build(layout), layout, asked[:judged], rows)
    print("\n" + report.table(("figure", *map(str, sizes)), side_by_side(*sizes.values())))
    print("\n" + report.table(HEAD, rows))
    print(json.dumps({"load_at_start": load, **sizes, "ways": [dict(zip(HEAD, one, strict=True)) for one in rows]}))


def measured(layout: Layout, folder: Path, asked: Sequence[Document], needs: int) -> Figures:
    found: Figures = {"ready_s": laying.alone(ready, folder, asked[0].segments, asked[0].language)}
    found["floor_ms"] = floor_ms(len(layout.ids))
    found |= timed(layout, asked)
    found["part_p50_ms"] = timed(layout, asked, PART_LIMITS[0])["p50_ms"]
    found |= {f"inside_{stage}_ms": spent for stage, spent in breakdown(layout, asked).items()}
    found["nearest_of_all_needs_two_cores_s"] = round(needs * found["p50_ms"] / 2000, 1)
    return found


def side_by_side(*sizes: Figures) -> list[Sequence[Any]]:
    return [(name, *(size[name] for size in sizes)) for name in sizes[0]]


def judge_all(many: Iterator[Way], layout: Layout, asked: Sequence[Document], rows: list[Sequence[Any]]) -> None:
    right = [Asked.of(layout, document) for document in asked]
    for way in many:
        rows.append(row(way, layout, right))
        print("  " + "  ".join(map(str, rows[-1])), flush=True)


def ways(layout: Layout, times: int) -> Iterator[Way]:
    same = arrays(layout)
    yield Way("the application", layout)
    for depth in (1, TIMES):
        yield Way(f"gathered, looked up × {depth}", Gathered(**same, looked_up=depth * LOOKED_UP))
        wide = Gathered(**same, looked_up=depth * LOOKED_UP, wide=WIDER * LIKELY)
        yield Way(f"gathered, × {depth}, {WIDER} times as many likely", wide)
    yield Way(f"the application, looked up × {TIMES}", Deeper(**same, looked_up=TIMES * LOOKED_UP))
    if times > 1:
        parts = in_parts(layout, times)
        for limit in PART_LIMITS:
            yield Way(f"{times} parts, {limit} asked of each", Parts(**same, parts=parts, limit=limit))
        del parts
    for many in CANDIDATES:
        yield Way("all dense vectors read", Dense(**same, index=read_all(layout, many)), many)
    inverted = Inverted.of(layout, CENTRES[times])
    for share, many in LISTS:
        lists = CENTRES[times] // share
        index = inverted.reading(lists, many)
        name = f"faiss IVF, {lists} of {CENTRES[times]} lists"
        yield Way(name, Dense(**same, index=index), many, inverted.built_in, inverted.mb)
        both = Both(**same, looked_up=LOOKED_UP, index=index)
        yield Way(f"gathered and {name}", both, many, inverted.built_in, inverted.mb)


def slow_to_build(layout: Layout) -> Iterator[Way]:
    """One after another, so that what one needs is gone before the next is built."""
    same = arrays(layout)
    with in_postgresql.table(layout) as table:
        for name, how, settings in in_postgresql.INDEXES:
            built_in, mb = table.index(how)
            for setting in settings:
                for many in CANDIDATES:
                    index = table.reading(setting, many)
                    said = f"pgvector {name}, {setting.split('SET ')[-1]}"
                    yield Way(said, Dense(**same, index=index), many, built_in, mb)
    graph = Graph.of(layout)
    for many in CANDIDATES:
        yield Way("usearch HNSW", Dense(**same, index=graph.reading(many)), many, graph.built_in, graph.mb)


def row(way: Way, layout: Layout, right: Sequence[Asked]) -> Sequence[Any]:
    times, recall, lost = judge(way.layout, layout, right)
    p50, p95, busy = percentile(times.times, 50), percentile(times.times, 95), percentile(times.busy, 50)
    built_in, mb = (None if one is None else round(one, 1) for one in (way.built_in, way.mb))
    return way.name, len(layout.ids), way.candidates, p50, busy, p95, recall, lost, built_in, mb


if __name__ == "__main__":
    main()
