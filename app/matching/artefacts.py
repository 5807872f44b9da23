"""What was learnt and is shipped: is it there, whole, and of one making? Asked at each start and by `twiza doctor`."""

from lzma import LZMAError

from app.matching.resemblance import name_vectors
from app.matching.translation import translations
from app.matching.vectors import BUCKETS, vectors


class ArtefactError(RuntimeError):
    """Nobody can be ranked; the message says how to mend it."""


def check() -> str:
    """The version in use. Raises ArtefactError."""
    try:
        table, rows, names = translations(), vectors(), name_vectors()
    except (OSError, ValueError, KeyError, EOFError, LZMAError) as error:
        raise ArtefactError(f"what matching learnt cannot be read ({error}): run twiza match train") from error
    if any(one.rows.shape != (BUCKETS,) or one.table != table.learnt_from for one in (rows, names)):
        raise ArtefactError("vectors and translation table are not of one making: run twiza match train")
    return f"{table.version}+{rows.version}"
