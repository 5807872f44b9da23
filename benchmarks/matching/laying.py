"""The application's own copy of many people, made as `editions` makes it but without a database: kept for the next run.

Only the reading from PostgreSQL is missing from its time; what multiplying takes is not counted.
"""

import hashlib
import json
import multiprocessing
import re
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from app.kernel.settings import ROOT
from app.matching.retrieval import editions
from app.matching.retrieval.columns import Columns
from app.matching.retrieval.layout import Layout
from benchmarks.matching import multiplying, storing
from benchmarks.matching.multiplying import Originals, Packed

T = TypeVar("T")

FOLDER = ROOT / "var" / "tenfold"
_MADE = "made.json"


@dataclass(frozen=True)
class Made:
    """Seconds, and megabytes of 2^20 bytes."""

    documents: int
    clauses: int
    """Different ones."""
    read_in: float
    laid_out_in: float
    written_in: float
    peak_mb: float
    """The most that the process held: as it laid out, when what it multiplies was gone."""
    file_mb: float


def alone(work: Callable[..., T], *arguments: Any) -> T:
    """In a process of its own, whose memory goes with it."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def laid_out(documents: Path, times: int) -> tuple[Path, Made]:
    """The folder of the copy of so many times everybody, made now unless it is there."""
    folder = FOLDER / f"{times}-{_digest(documents)}"
    if not (folder / _MADE).exists():
        for old in FOLDER.glob(f"{times}-*"):
            shutil.rmtree(old)
        alone(_make, documents, times, folder)
    return folder, Made(**json.loads((folder / _MADE).read_text()))


def opened(folder: Path) -> Layout:
    """Mapped, as each process of the server does."""
    layout: Layout = editions.read(Layout, folder)
    return layout


def _make(documents: Path, times: int, folder: Path) -> None:
    folder.mkdir(parents=True)
    columns, read_in = Columns(), 0.0
    for some in _everybody(documents, times):
        began = time.perf_counter()
        columns.add(some)
        read_in += time.perf_counter() - began
        if len(columns.ids) % 100_000 < len(some):
            print(f"\r  reading {len(columns.ids):,}", end="", flush=True)
    print()
    began = time.perf_counter()
    layout = Layout.of(columns, editions.WHOLE_TERMS, editions.CLAUSE_TERMS)
    laid_out_in = time.perf_counter() - began
    began = time.perf_counter()
    editions.save(layout, folder)
    written_in = time.perf_counter() - began
    # Not `ru_maxrss`: that begins with what the process that started this one held.
    said = re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    peak = int(said[1]) / 1024 if said else 0.0
    size = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
    made = Made(
        documents=len(layout.ids),
        clauses=len(layout.clauses.scales),
        read_in=round(read_in, 1),
        laid_out_in=round(laid_out_in, 1),
        written_in=round(written_in, 1),
        peak_mb=round(peak),
        file_mb=round(size),
    )
    (folder / _MADE).write_text(json.dumps(asdict(made)))


def _everybody(documents: Path, times: int) -> Iterator[Packed]:
    yield from multiplying.kept(documents)
    if times > 1:
        originals = Originals(documents)
        for number in range(1, times):
            yield from originals.copies(number)


def _digest(documents: Path) -> str:
    """Of everything that decides what is in the files."""
    code = [Path(multiplying.__file__), *sorted((ROOT / "app/matching/retrieval").glob("*.py"))]
    said = f"{storing.digest()} {documents.stat().st_size} ".encode() + b"".join(path.read_bytes() for path in code)
    return hashlib.sha256(said).hexdigest()[:12]
