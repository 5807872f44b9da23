"""Vectors of names, by which phrases are linked: sharper than those that rank texts (`vectors`), and apart from them,
so that what is stored of people and needs stays valid. `resemblance_training` learns them.
"""

from functools import cache

from app.matching.text import DATA
from app.matching.vectors import Vectors, read

ARTEFACT = DATA / "linking_vectors.bin"
DIMENSIONS = 192
"""128 find a little less, on `linking-dev` and on aliases kept apart, 256 no more; 12.8 MB, a byte a number."""


@cache
def name_vectors() -> Vectors:
    """Those that this installation uses, read once."""
    return read(ARTEFACT)
