"""Phrases are linked by vectors of their own: people's texts are not ranked with them."""

from pathlib import Path

import numpy as np
import pytest

from app.matching import artefacts, resemblance_training, vectors
from app.matching.artefacts import ArtefactError, check
from app.matching.linking import Linker
from app.matching.resemblance import DIMENSIONS, name_vectors
from app.matching.training import all_names, digest
from app.matching.training import train as train_table
from app.matching.translation import translations
from app.matching.vectors import BUCKETS

NAMES = [
    {"fr": ["gestion des déchets"], "ar": ["تدبير النفايات"], "en": ["waste management", "handle waste"]},
    {"fr": ["élevage d’abeilles", "apiculture"], "ar": ["تربية النحل"], "en": ["beekeeping"]},
    {"fr": ["comptabilité"], "ar": ["المحاسبة"], "en": ["accounting"]},
]


def test_the_shipped_ones_were_learnt_from_the_shipped_names() -> None:
    assert name_vectors().learnt_from == digest(all_names(), resemblance_training.broader())
    assert name_vectors().table == translations().learnt_from


def test_the_same_names_give_the_same_vectors_and_those_of_a_concept_meet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resemblance_training, "ROUNDS", 4)
    table = train_table(NAMES)
    one, other = (resemblance_training.train(NAMES, [(0, 2)], table, lambda done: None) for _ in range(2))
    assert one.shape == (BUCKETS, DIMENSIONS) and np.array_equal(one, other)
    vectors.write(one, "names", "table", tmp_path / "learnt")
    learnt = vectors.read(tmp_path / "learnt")
    apiculture, bees, waste = (
        learnt.embed((word.form, term, 1.0) for word, term in table.content(name, "fr"))
        for name in ("apiculture", "élevage d’abeilles", "gestion des déchets")
    )
    assert apiculture @ bees > apiculture @ waste + 0.2


def test_a_concept_without_names_is_met_by_none() -> None:
    named, nameless = {"fr": range(1), "en": range(1, 3)}, {}
    drawn = np.random.default_rng(0)
    pairs = list(resemblance_training._pairs([named, nameless], [(0, 1), (1, 0)] * 9, drawn))
    assert {concept for _, _, concept in pairs} == {0}
    assert all(one != other for one, other, _ in pairs)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("tenir la caisse d’un magasin", "caisse"),
        ("entretien des plantes du jardin", "jardin"),
        ("accueillir les visiteurs à la réception", "accueil"),
    ],
)
def test_a_phrase_that_is_no_name_finds_what_it_resembles(
    linker: Linker, label_of: dict[str, str], said: str, meant: str
) -> None:
    labels = [label_of[concept] for concept, _ in linker.nearest(said, "fr", 10)]
    assert any(meant[:5] in label for label in labels), labels


def test_vectors_of_names_of_another_table_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.ones((BUCKETS, DIMENSIONS), np.float32)
    vectors.write(values, "names", "another", tmp_path / "vectors")
    monkeypatch.setattr(artefacts, "name_vectors", lambda: vectors.read(tmp_path / "vectors"))
    with pytest.raises(ArtefactError, match="twiza match train"):
        check()
