"""Vectors of names, by which phrases are linked: sharper than those that rank texts (`vectors`), and apart from them,
so that what is stored of people and needs stays valid. `resemblance_training` learns them.
"""

from functools import cache

from app.matching.text import DATA
from app.matching.vectors import Vectors, read

ARTEFACT = DATA / "linking_vectors.bin"
DIMENSIONS = 192
"""128 find .01 less among the first ten (`linking-dev`), 256 no more; 12.8 MB with one byte a number."""


@cache
def name_vectors() -> Vectors:
    """Those that this installation uses, read once."""
    return read(ARTEFACT)
