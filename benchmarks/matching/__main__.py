"""Runs it all; the last line is JSON. See the package for what is measured."""

import argparse
import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

# One core each, before numpy is imported here or in a process that this one starts.
os.environ |= {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMBA")}
os.environ.setdefault("TWIZA_ENVIRONMENT", "test")

from sqlmodel import Session

from app.contributions import keeping
from app.kernel.catalogues import compile_catalogues
from app.kernel.database import create_database_engine
from app.rematching import keep_all
from benchmarks.matching import oracle, ours, peers, report
from benchmarks.matching.corpus import corpus
from benchmarks.matching.floor import floor_ms
from benchmarks.matching.ours import Timed
from benchmarks.matching.report import Figures, percentile
from benchmarks.matching.storing import Stored, stored

T = TypeVar("T")

WARM_UP = 5
PROCESSES = 2
MENTIONS = 4000
SAVED = 20
SMALLEST = 400
"""Profiles below which a figure says nothing of growth."""


class Worker:
    """A process as one of the server's: what it loads stays in it from call to call."""

    def __init__(self) -> None:
        self.pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))

    def __call__(self, work: Callable[..., T], *arguments: Any) -> T:
        return self.pool.submit(work, *arguments).result()


@contextmanager
def worker() -> Iterator[Worker]:
    made = Worker()
    with made.pool:
        yield made


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--profiles", type=int, default=425_000)
    parser.add_argument("--needs", type=int, default=20_000)
    parser.add_argument("--quick", action="store_true", help="one size, few questions")
    asked = parser.parse_args()
    compile_catalogues()
    questions, judged = (30, 4) if asked.quick else (200, 10)
    figures: Figures = {"profiles": asked.profiles, "needs": asked.needs, "quick": asked.quick}
    figures["load_at_start"] = round(os.getloadavg()[0], 2)  # what else the machine does spoils every time
    numbers = range(min(questions, asked.needs - WARM_UP))
    if not asked.quick:
        grow(asked.profiles, numbers, figures)
    with stored(asked.profiles, asked.needs) as kept:
        print(f"{asked.profiles:,} profiles, {asked.needs:,} needs (built in {kept.built_in:,.0f} s)")
        rows = run(kept, numbers, judged, figures)
    print()
    print(report.table(("way", "asked", "p50 ms", "busy", "p95 ms", "recall@20", "build s", "MB"), rows))
    print()
    print(report.table(("wanted", "measured", "target", "met"), report.targets(figures)))
    if missing := peers.missing():
        print(f"\nNot measured, as {', '.join(missing)} is missing: {peers.INSTALL}")
    met = {target.figure: target.met(figures) for target in report.TARGETS}
    print(json.dumps(figures | {"met": met}, ensure_ascii=False))


def grow(profiles: int, numbers: range, figures: Figures) -> None:
    """The same questions to a hundredth and a tenth of the people."""
    figures["people_p50_ms_by_size"] = {}
    for size in (size for size in (profiles // 100, profiles // 10) if size >= SMALLEST):
        with stored(size, numbers.stop + WARM_UP) as kept, worker() as one:
            recompute(kept)
            one(ours.search, kept.url)
            one(ours.people, warm_up(numbers))
            p50 = percentile(one(ours.people, numbers).times, 50)
            figures["people_p50_ms_by_size"][size] = p50
            print(f"{size:,} profiles: p50 {p50} ms")


def recompute(kept: Stored) -> tuple[float, float]:
    """Seconds in which two processes make all lists again: the order, and with the reasons."""
    engine = create_database_engine(kept.url)
    with Session(engine) as session:
        keeping.outdate(session)
        session.commit()
        keeping.follow(session, 0, {})
        session.commit()
    began = time.perf_counter()
    ordered = 0.0

    def said(left: int, unexplained: int) -> None:
        nonlocal ordered
        passed = time.perf_counter() - began
        ordered = ordered or (passed if not left else 0.0)
        print(f"\r  making lists: {left:,} left, {unexplained:,} to explain, {passed:.0f} s", end="", flush=True)

    keep_all(engine, PROCESSES, said)
    seconds = time.perf_counter() - began
    print()
    engine.dispose()
    return round(ordered, 1), round(seconds, 1)


def warm_up(numbers: range) -> range:
    return range(numbers.stop, numbers.stop + WARM_UP)


def run(kept: Stored, numbers: range, judged: int, figures: Figures) -> list[Sequence[Any]]:
    """Every measure at one size: the rows of the table."""
    scores = oracle.competences(numbers[:judged], kept.profiles)
    near = [oracle.by_competence(row) for row in scores]
    fit = [oracle.by_fit(row, number, kept) for number, row in zip(numbers, scores, strict=False)]
    figures["build_s"] = kept.built_in
    figures["floor_ms"] = floor_ms(kept.profiles)
    rows = measure_ours(kept, numbers, near, fit, figures)
    rows.append(("floor: the vectors read once", 0, figures["floor_ms"], None, None, None, None, None))
    rows += measure_peers(kept, numbers, near, figures)
    return rows


def measure_ours(
    kept: Stored,
    numbers: range,
    near: Sequence[oracle.Truth],
    fit: Sequence[oracle.Truth],
    figures: Figures,
) -> list[Sequence[Any]]:
    with ExitStack() as stack:
        first, second = (stack.enter_context(worker()) for _ in range(2))
        bare, alone = first(ours.memory), first(ours.search, kept.url)
        again = second(ours.search, kept.url)
        # What processes share is counted once: the difference is what each further worker costs.
        together = sum(one(ours.memory).pss for one in (first, second)) - 2 * alone.before.pss
        one_worker = alone.after.pss - alone.before.pss
        figures["worker_mb"] = round(alone.after.rss - bare.rss, 1)
        figures["machine_mb_4_workers"] = round(one_worker + 3 * max(0.0, together - one_worker), 1)
        # Where this machine has no copy of the documents yet, the first process waits until one is made.
        figures["ready_with_the_first_copy_s"] = round(alone.ready_in, 2)
        figures["ready_s"] = round(again.ready_in, 2)
        second(ours.keep_names)
        linking = first(ours.load_linker)
        figures["linker_private_mb"] = round(linking.private, 1)
        figures["linker_s"], figures["linker_mb"] = round(linking.ready_in, 2), round(linking.grown, 1)
        figures["recompute_s"], figures["recompute_with_reasons_s"] = recompute(kept)
        for warm in (ours.people, ours.anew, ours.needs):
            first(warm, warm_up(numbers))
        ways = (ours.people, ours.ranked, ours.anew, ours.nearness)
        people, ranked, anew, nearness = (first(way, numbers) for way in ways)
        first(ours.withdraw, numbers)
        first_needs = first(ours.needs, numbers)
        first(ours.keep_asked)
        first(ours.needs, warm_up(numbers))
        needs = first(ours.needs, numbers)
        figures |= saved_and_found(first, second, numbers[:SAVED])
        mention, whole = first(ours.linked, MENTIONS), first(ours.read_whole, numbers)
    measured = {
        "people": people,
        "ranked": ranked,
        "nearest": nearness,
        "anew": anew,
        "needs": needs,
        "first_needs": first_needs,
        "mention": mention,
        "whole_text": whole,
    }
    for name, timed in measured.items():
        figures |= {f"{name}_p{share}_ms": percentile(timed.times, share) for share in (50, 95)}
        figures[f"{name}_busy_p50_ms"] = percentile(timed.busy, 50)
    figures["nearest_recall"] = recall(near, nearness)
    figures["ranked_recall"] = recall(fit, ranked)
    figures["people_recall"] = recall(fit, people)
    figures["times_floor"] = round(figures["people_p50_ms"] / figures["floor_ms"], 1)
    if p50 := figures.get("people_p50_ms_by_size", {}).get(kept.profiles // 100):
        figures["growth"] = round(figures["people_p50_ms"] / p50, 1)
    made = (kept.built_in, figures["worker_mb"])
    return [
        row("ours: 20 people, reasons, cards", people, figures["people_recall"], *made),
        row("ours: their order", ranked, figures["ranked_recall"], *made),
        row("ours: 20 people, reasons, anew", anew, recall(fit, anew), *made),
        row("ours: the nearest", nearness, figures["nearest_recall"], *made),
        row("ours: 20 needs for a person", needs, None, *made),
        row("ours: the same, at the first look", first_needs, None, *made),
        row("ours: linking a mention", mention, None, figures["linker_s"], figures["linker_mb"]),
        row("ours: linking a whole text", whole, None, figures["linker_s"], figures["linker_mb"]),
    ]


def saved_and_found(first: Worker, second: Worker, numbers: range) -> Figures:
    """Somebody says, in one process, what a need asks for: another must find them at once. Then all is as before."""
    saving, finding, following, found = [], [], [], 0
    for number in numbers:
        need, person = corpus().need(number), corpus().person(number)
        if person.visibility == "hidden":
            continue
        saving.append(first(ours.save, number, need.parts, need.language))
        nearest = second(ours.nearness, [number])
        finding += nearest.times
        found += number + 1 in nearest.found[0]
        following.append(first(ours.follow))
        first(ours.save, number, person.parts, person.language)
    return {
        "save_p50_ms": percentile(saving, 50),
        "followed_p50_ms": percentile(following, 50),
        "nearest_after_a_save_p50_ms": percentile(finding, 50),
        "found_by_another_process": round(found / len(saving), 3),
    }


def measure_peers(kept: Stored, numbers: range, near: Sequence[oracle.Truth], figures: Figures) -> list[Sequence[Any]]:
    missing = peers.missing()
    pool = peers.everybody(kept.profiles)
    engine = create_database_engine(kept.url)
    measured = [peers.rapidfuzz(pool, numbers), peers.postgresql(pool, numbers[: len(near)], engine)]
    if "tantivy" not in missing:
        measured.append(peers.tantivy(pool, numbers))
    if not {"bm25s", "numba"} & set(missing):
        measured.append(peers.bm25s(pool, numbers))
    if "usearch" not in missing:
        measured.append(peers.usearch(kept.profiles, numbers, engine))
    engine.dispose()
    figures["peers"] = {
        peer.name: {
            "p50_ms": percentile(peer.timed.times, 50),
            "p95_ms": percentile(peer.timed.times, 95),
            "recall": recall(near, peer.timed),
            "build_s": round(peer.built_in, 1),
            "mb": round(peer.mb, 1),
        }
        for peer in measured
    }
    said = list(figures["peers"].values())
    figures["times_rapidfuzz"] = round(said[0]["p50_ms"] / figures["people_p50_ms"], 1)
    figures["times_postgresql"] = round(said[1]["p50_ms"] / figures["people_p50_ms"], 1)
    figures["peers_faster_and_as_right"] = sum(
        one["p50_ms"] < figures["people_p50_ms"] and one["recall"] >= figures["nearest_recall"] for one in said
    )
    labels = peers.rapidfuzz_labels()
    figures["rapidfuzz_labels_p50_ms"] = percentile(labels.times, 50)
    figures["mention_times_rapidfuzz"] = round(figures["rapidfuzz_labels_p50_ms"] / figures["mention_p50_ms"], 1)
    return [
        *(row(peer.name, peer.timed, recall(near, peer.timed), peer.built_in, peer.mb) for peer in measured),
        row(f"RapidFuzz WRatio over {labels.found[0][0]:,} labels", labels, None, None, None),
    ]


def recall(truths: Sequence[oracle.Truth], timed: Timed) -> float:
    """Over the needs that both the oracle and this way were asked about."""
    both = min(len(truths), len(timed.found))
    return round(oracle.mean_recall(truths[:both], timed.found[:both]), 3)


def row(name: str, timed: Timed, right: float | None, built_in: float | None, mb: float | None) -> Sequence[Any]:
    p50, p95, busy = percentile(timed.times, 50), percentile(timed.times, 95), percentile(timed.busy, 50)
    return name, len(timed.times), p50, busy, p95, right, built_in, mb


if __name__ == "__main__":
    main()
