"""Hashed n-gram vectors: a text as 128 numbers, close to those of texts that mean the same in another language.

Each word is its stem and the pieces of its letters, hashed into buckets; a text is the sum of its words, of length 1.
Where the translation table knows a word or not at all, pieces of letters still tell what it resembles (a mistake,
an ending, a word of the same root). Learnt by `vector_training`; here they are read and applied.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from app.kernel.folding import has_arabic
from app.matching.text import DATA, stem

ARTEFACT = DATA / "vectors.bin"
BUCKETS = 1 << 16
DIMENSIONS = 128
"""96 and less rank worse (MATCHING.md); 8.6 MB with one byte a number, which loses nothing."""

SHORTEST, LONGEST = 3, 5
"""Letters of a piece."""
STEM = 2.0
"""What the stem weighs beside the pieces, which weigh the square root of their number together."""
RARITY = 0.5
"""Exponent of the rarity of a word. 0 and 1 rank worse by .01 to .05 on `matching-dev`."""

_HEADER = 128


def _row(dimensions: int) -> np.dtype[np.void]:
    return np.dtype([("scale", "<f4"), ("values", "i1", dimensions)])


@lru_cache(maxsize=1 << 15)
def features(form: str, term: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The buckets of a folded word and what each weighs."""
    written = f"<{stem(form, 'ar') if has_arabic(form) else form}>"
    pieces = {
        crc32(f"#{written[start : start + length]}".encode()) % BUCKETS
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(written) - length + 1)
    }
    buckets = [crc32(f"={term}".encode()) % BUCKETS, *sorted(pieces)]
    weights = np.full(len(buckets), 1 / np.sqrt(max(1, len(pieces))), np.float32)
    weights[0] = STEM
    return np.array(buckets), weights


@dataclass(frozen=True, eq=False)
class Vectors:
    rows: NDArray[np.void]
    """A `scale` and 128 or more `values` in 127ths for each bucket; mapped from the file, which all processes share."""
    learnt_from: str
    """Digest of the names and relations (`training.digest`)."""
    table: str
    """`learnt_from` of the translation table that said which words the names are made of."""
    version: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "word", lru_cache(maxsize=1 << 14)(self.word))

    def embed(self, words: Iterable[tuple[str, str, float]]) -> NDArray[np.float32]:
        """Of folded words with their terms and rarities. Of length 1, or all zero when nothing was said."""
        total = np.zeros(self.rows["values"].shape[1], np.float32)
        for form, term, rarity in words:
            total += rarity**RARITY * self.word(form, term)
        return total / (np.linalg.norm(total) or np.float32(1))

    def word(self, form: str, term: str) -> NDArray[np.float32]:
        """Of one folded word, as it was learnt: not of length 1."""
        buckets, weights = features(form, term)
        rows = self.rows[buckets]
        return np.asarray((weights * rows["scale"]) @ rows["values"].astype(np.float32) / 127, np.float32)


def write(values: NDArray[np.float32], learnt_from: str, table: str, path: Path = ARTEFACT) -> None:
    """`values` has a row for each bucket."""
    rows = np.zeros(len(values), _row(values.shape[1]))
    rows["scale"] = np.abs(values).max(axis=1)
    rows["values"] = np.rint(127 * values / np.where(rows["scale"] == 0, 1, rows["scale"])[:, None])
    header = json.dumps({"learnt_from": learnt_from, "table": table}).encode().ljust(_HEADER)
    path.write_bytes(header + rows.tobytes())


def read(path: Path = ARTEFACT) -> Vectors:
    with path.open("rb") as file:
        header = json.loads(file.read(_HEADER))
        version = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    dimensions = (path.stat().st_size - _HEADER) // BUCKETS - 4  # a scale takes four bytes, a number one
    return Vectors(np.memmap(path, _row(dimensions), "r", _HEADER), header["learnt_from"], header["table"], version)


@cache
def vectors() -> Vectors:
    """Those that this installation uses, read once."""
    return read()
