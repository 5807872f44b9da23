"""The multiplied people of `benchmarks.matching.tenfold`, and the right answer that its engines are judged by."""

from pathlib import Path

import numpy as np
import pytest

from app.matching.documents import Packed, analyse, pack, unpack
from app.matching.retrieval.columns import read
from app.matching.retrieval.layout import Layout
from benchmarks.matching import engines, multiplying
from benchmarks.matching.corpus import corpus
from benchmarks.matching.multiplying import APART, Originals

PEOPLE = 60


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tenfold") / "documents.npz"
    people = (corpus().person(number) for number in range(PEOPLE))
    multiplying.keep(path, [(one.number + 1, pack(analyse(one.parts, one.language))) for one in people])
    return path


def test_a_copy_is_its_original_but_for_one_clause(documents: Path) -> None:
    originals = {i: unpack(packed) for some in multiplying.kept(documents) for i, packed in some}
    copies = {i: unpack(packed) for some in Originals(documents).copies(1) for i, packed in some}
    assert sorted(copies) == sorted(i + APART for i in originals)
    for i, original in originals.items():
        copy = copies[i + APART]
        pairs = zip(_clauses(original), _clauses(copy), strict=True)
        assert sum(one != other for one, other in pairs) <= 1
        assert np.all(np.diff(copy.whole.terms.astype(np.int64)) > 0)
        assert np.linalg.norm(copy.whole.weights) == pytest.approx(1, abs=0.01)
        assert np.linalg.norm(copy.dense) == pytest.approx(1, abs=0.01)


def test_the_right_answer_is_the_order_of_the_application(documents: Path) -> None:
    layout = Layout.of(read([one for some in multiplying.kept(documents) for one in some]))
    need = corpus().need(0)
    document = analyse(need.parts, need.language)
    ids, competences = layout.nearest(document, np.ones(PEOPLE, np.bool_), 20)
    right = engines.everybody(layout, document)
    assert np.sort(right)[-20:] == pytest.approx(competences[::-1], abs=1e-6)
    by_vectors = engines.Dense(**engines.arrays(layout), index=engines.read_all(layout, PEOPLE - 1))
    found, _ = by_vectors.nearest(document, np.ones(PEOPLE, np.bool_), 20)
    assert set(found[:15]) == set(ids[:15])


def _clauses(packed: Packed) -> list[bytes]:
    return [one.terms.tobytes() for one in packed.segments]
