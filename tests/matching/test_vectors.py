"""Dense vectors: what means the same is near, in whatever language, spelled as people do."""

from pathlib import Path

import numpy as np
import pytest

from app.matching import vectors
from app.matching.documents import analyse
from app.matching.training import all_names, digest, related
from app.matching.training import train as train_table
from app.matching.vector_training import train
from app.matching.vectors import BUCKETS, DIMENSIONS, features

NAMES = [
    {"fr": ["gestion des déchets"], "ar": ["تدبير النفايات"], "en": ["waste management"]},
    {"fr": ["élevage d’abeilles", "apiculture"], "ar": ["تربية النحل"], "en": ["beekeeping"]},
    {"fr": ["comptabilité"], "ar": ["المحاسبة"], "en": ["accounting"]},
]


def near(one: str, other: str) -> float:
    return float(analyse([one]).dense @ analyse([other]).dense)


@pytest.mark.parametrize(
    ("said", "meant", "other"),
    [
        ("gestion des déchets ménagers", "تدبير النفايات المنزلية", "طب الأسنان"),
        ("apiculture", "تربية النحل", "تربية الأبقار"),
        ("comptabilitée", "المحاسبة", "الحلاقة"),
        ("مهندس الماء الصالح للشرب", "drinking water engineer", "pastry chef"),
    ],
)
def test_what_means_the_same_is_nearest(said: str, meant: str, other: str) -> None:
    assert near(said, meant) > 0.5
    assert near(said, meant) > near(said, other) + 0.2


def test_it_is_of_length_one_or_nothing() -> None:
    assert np.linalg.norm(analyse(["eau potable"]).dense) == pytest.approx(1, abs=1e-5)
    assert not analyse(["…"]).dense.any()


def test_words_spelled_alike_share_buckets() -> None:
    right, wrong = (set(features(form, f"?:{form}")[0]) for form in ("comptabilite", "comptabilitee"))
    assert len(right & wrong) > len(right) / 2


def test_the_same_names_give_the_same_vectors_and_they_meet() -> None:
    table = train_table(NAMES)
    one, other = (train(NAMES * 30, [(0, 1)], table, lambda done: None) for _ in range(2))
    assert one.shape == (BUCKETS, DIMENSIONS) and np.array_equal(one, other)


def test_they_are_read_as_they_were_written(tmp_path: Path) -> None:
    values = np.random.default_rng(0).standard_normal((BUCKETS, DIMENSIONS)).astype(np.float32)
    vectors.write(values, "abc", "def", tmp_path / "vectors")
    again = vectors.read(tmp_path / "vectors")
    assert (again.learnt_from, again.table) == ("abc", "def") and again.version
    buckets, weights = features("eau", "fr:eau")
    exact = weights @ values[buckets]
    found = again.embed([("eau", "fr:eau", 1.0)])
    assert found @ exact / np.linalg.norm(exact) == pytest.approx(1, abs=1e-3)


def test_the_shipped_ones_were_learnt_from_the_shipped_names() -> None:
    assert vectors.vectors().learnt_from == digest(all_names(), related())
