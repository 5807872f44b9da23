"""What was learnt is checked before anybody is ranked with it."""

from pathlib import Path

import numpy as np
import pytest

from app.matching import artefacts, vectors
from app.matching.artefacts import ArtefactError, check
from app.matching.translation import translations
from app.matching.vectors import BUCKETS, DIMENSIONS

VALUES = np.ones((BUCKETS, DIMENSIONS), np.float32)


def test_the_shipped_ones_are_of_one_making() -> None:
    assert check().startswith(translations().version)


@pytest.mark.parametrize("table", ["another", ""])
def test_vectors_of_another_table_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str) -> None:
    vectors.write(VALUES, "names", table, tmp_path / "vectors")
    monkeypatch.setattr(artefacts, "vectors", lambda: vectors.read(tmp_path / "vectors"))
    with pytest.raises(ArtefactError, match="twiza match train"):
        check()


@pytest.mark.parametrize("content", [b"", b"version https://git-lfs.github.com/spec/v1", b"{}".ljust(128)])
def test_a_file_that_is_not_whole_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    (tmp_path / "vectors").write_bytes(content)
    monkeypatch.setattr(artefacts, "vectors", lambda: vectors.read(tmp_path / "vectors"))
    with pytest.raises(ArtefactError, match="twiza match train"):
        check()


def test_a_missing_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artefacts, "vectors", lambda: vectors.read(tmp_path / "vectors"))
    with pytest.raises(ArtefactError, match="No such file"):
        check()
