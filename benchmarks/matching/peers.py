"""The same people looked for by others, over the same texts, in the same run.

Peers are given what helps them: texts folded, stemmed and without stop words by our own functions, and reading the need
is not counted. Those that are too slow are asked about fewer needs, never over fewer people.
"""

import importlib.util
import multiprocessing
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.kernel.folding import fold
from app.matching.documents import analyse, unpack
from app.matching.models import MatchDocument
from app.matching.text import STOP_WORDS, Language, stem, words
from app.matching.vectors import DIMENSIONS
from app.profiles import chips as profile_chips
from benchmarks.matching import storing
from benchmarks.matching.corpus import corpus, mentions
from benchmarks.matching.ours import LIMIT, Memory, Timed, memory, timing, within_time

CANDIDATES = 100
RAPIDFUZZ_NEEDS = 3
RAPIDFUZZ_MENTIONS = 15
INSTALL = ".venv/bin/python -m pip install --constraint constraints.txt --editable '.[bench]'"


@dataclass(frozen=True)
class Peer:
    name: str
    timed: Timed
    built_in: float
    """Seconds."""
    mb: float


@dataclass(frozen=True)
class Pool:
    """Everybody who may be found, as texts."""

    ids: Sequence[int]
    texts: Sequence[str]
    """Folded."""
    stems: Sequence[str]


def missing() -> list[str]:
    return [name for name in ("tantivy", "bm25s", "numba", "usearch") if importlib.util.find_spec(name) is None]


def everybody(profiles: int) -> Pool:
    chunks = [range(start, min(start + storing.CHUNK, profiles)) for start in range(0, profiles, storing.CHUNK)]
    with ProcessPoolExecutor(storing.PROCESSES, multiprocessing.get_context("spawn")) as pool:
        rows = [row for chunk in pool.map(_texts, chunks) for row in chunk]
    ids, texts, stems = zip(*rows, strict=True)
    return Pool(ids, texts, stems)


def _texts(numbers: range) -> list[tuple[int, str, str]]:
    people = (person for person in map(corpus().person, numbers) if person.visibility != "hidden")
    return [(one.number + 1, *_said(one.parts, one.language)) for one in people]


def _said(parts: Sequence[str], language: Language) -> tuple[str, str]:
    text = ". ".join(parts)
    kept = [word.form for word in words(text) if word.form not in STOP_WORDS[language]]
    return fold(text), " ".join(stem(form, language) for form in kept)


def rapidfuzz(pool: Pool, needs: Sequence[int]) -> Peer:
    def find(text: str, _: str) -> list[int]:
        found = process.extract(text, pool.texts, scorer=fuzz.token_set_ratio, limit=LIMIT)
        return [pool.ids[place] for _, _, place in found]

    return Peer("RapidFuzz token_set_ratio", _asked(needs[:RAPIDFUZZ_NEEDS], find), 0.0, 0.0)


def postgresql(pool: Pool, needs: Sequence[int], engine: Engine) -> Peer:
    """French and Arabic words in one GIN index, any of the need's words, the best by `ts_rank`."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        run = connection.exec_driver_sql
        run("SET statement_timeout = 0")
        run("SET max_parallel_workers_per_gather = 0")
        run("DROP TABLE IF EXISTS peer_text")
        run("CREATE TABLE peer_text (id int, said text, words tsvector)")
        raw: Any = connection.connection.cursor()
        with raw.copy("COPY peer_text (id, said) FROM STDIN") as copying:
            for row in zip(pool.ids, pool.texts, strict=True):
                copying.write_row(row)
        began = time.perf_counter()
        run("UPDATE peer_text SET words = to_tsvector('french', said) || to_tsvector('arabic', said)")
        run("CREATE INDEX ON peer_text USING gin (words)")
        built_in = time.perf_counter() - began
        run("VACUUM ANALYZE peer_text")
        size = run("SELECT pg_total_relation_size('peer_text')").scalar_one() / 2**20
        any_of = " || ".join(
            f"replace(plainto_tsquery('{name}', %(text)s)::text, '&', '|')::tsquery" for name in ("french", "arabic")
        )
        query = f"""SELECT id FROM peer_text, (SELECT {any_of} AS asked) AS need WHERE words @@ asked
            ORDER BY ts_rank(words, asked) DESC LIMIT {LIMIT}"""
        timed = _asked(needs, lambda text, _: list(run(query, {"text": text}).scalars()))
        run("DROP TABLE peer_text")
    return Peer("PostgreSQL full text", timed, built_in, size)


def tantivy(pool: Pool, needs: Sequence[int]) -> Peer:
    import tantivy as t

    before, began = memory(), time.perf_counter()
    fields = t.SchemaBuilder().add_integer_field("id", stored=True)
    schema = fields.add_text_field("said", tokenizer_name="whitespace", index_option="freq").build()
    with tempfile.TemporaryDirectory(prefix="twiza-tantivy-") as folder:
        index = t.Index(schema, path=folder)
        writer = index.writer(heap_size=512 << 20, num_threads=1)
        for number, said in zip(pool.ids, pool.stems, strict=True):
            writer.add_document(t.Document(id=number, said=said))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        searcher = index.searcher()
        built_in = time.perf_counter() - began

        def find(_: str, said: str) -> list[int]:
            any_of = [(t.Occur.Should, t.Query.term_query(schema, "said", one, "freq")) for one in set(said.split())]
            hits = searcher.search(t.Query.boolean_query(any_of), CANDIDATES, count=False).hits
            return [searcher.doc(address)["id"][0] for _, address in hits[:LIMIT]]

        timed = _asked(needs, find)
    return Peer("tantivy BM25, k=100", timed, built_in, _grown(before))


def bm25s(pool: Pool, needs: Sequence[int]) -> Peer:
    import bm25s as b  # type: ignore[import-untyped]

    before, began = memory(), time.perf_counter()
    index = b.BM25(backend="numba")
    index.index([said.split() for said in pool.stems], show_progress=False)
    built_in = time.perf_counter() - began

    def find(_: str, said: str) -> list[int]:
        places, _scores = index.retrieve([said.split()], k=min(CANDIDATES, len(pool.ids)), show_progress=False)
        return [pool.ids[place] for place in places[0][:LIMIT]]

    find("", pool.stems[0])  # compiles
    return Peer("bm25s, numba", _asked(needs, find), built_in, _grown(before))


def usearch(profiles: int, needs: Sequence[int], engine: Engine) -> Peer:
    """HNSW over the vectors that our own ranking uses, without its terms and clauses."""
    from usearch.index import Index

    keys, vectors = np.empty(profiles, np.uint64), np.empty((profiles, DIMENSIONS), np.float32)
    documents = select(MatchDocument.subject_id, MatchDocument.packed).where(
        MatchDocument.kind == profile_chips.KIND, col(MatchDocument.packed) != b""
    )
    there = 0
    with Session(engine) as session:
        for number, packed in session.exec(documents, execution_options={"yield_per": storing.CHUNK}):
            keys[there], vectors[there] = number, unpack(packed).dense
            there += 1
    began = time.perf_counter()
    index = Index(ndim=DIMENSIONS, metric="cos", dtype="i8")
    index.add(keys[:there], vectors[:there], threads=storing.PROCESSES)
    built_in = time.perf_counter() - began
    timed = Timed()
    for need in map(corpus().need, needs):
        asked = analyse(need.parts, need.language).dense
        with timing(timed):
            found = index.search(asked, CANDIDATES)
        timed.found.append([int(key) for key in found.keys[:LIMIT]])
    return Peer("usearch HNSW, same vectors", timed, built_in, index.memory_usage / 2**20)


def rapidfuzz_labels() -> Timed:
    """One mention against every name of every concept."""
    known = (*corpus().skills.things, *corpus().occupations.things)
    names = [fold(name) for concept in known for listed in concept.names.values() for name in listed]
    timed = Timed()
    for mention, _ in mentions(corpus(), RAPIDFUZZ_MENTIONS):
        with timing(timed):
            process.extractOne(fold(mention), names, scorer=fuzz.WRatio)
    timed.found = [[len(names)]]
    return timed


def _asked(needs: Sequence[int], find: Callable[[str, str], list[int]]) -> Timed:
    timed = Timed()
    for need in map(corpus().need, within_time(needs)):
        text, said = _said(need.parts, need.language)
        with timing(timed):
            found = find(text, said)
        timed.found.append(found)
    return timed


def _grown(before: Memory) -> float:
    return memory().rss - before.rss
