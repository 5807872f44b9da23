"""The application as it would be without the lexicon: what it brings is the difference."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from app.kernel.settings import ROOT
from app.matching import (
    commands,
    resemblance,
    resemblance_training,
    text,
    training,
    translation,
    vector_training,
    vectors,
)
from app.taxonomy.actions import corrected_concepts

KEPT = ROOT / "var" / "benchmarks"


@contextmanager
def without_lexicon() -> Iterator[None]:
    """Inside, artefacts that never saw it are used, and concepts have only the names that ESCO and corrections give."""
    folder = learnt_without()
    with (
        patch.object(translation, "read", partial(translation.read, folder / translation.ARTEFACT.name)),
        patch.object(vectors, "read", partial(vectors.read, folder / vectors.ARTEFACT.name)),
        patch.object(resemblance, "ARTEFACT", folder / resemblance.ARTEFACT.name),
        patch.object(commands, "corrected_concepts", partial(corrected_concepts, lexicon=False)),
    ):
        _read_anew()
        try:
            yield
        finally:
            _read_anew()


def learnt_without() -> Path:
    """Ten minutes on one core the first time, then kept for as long as names and learners are the same."""
    names = list(training.all_names(lexicon=False))
    learners = (commands, training, vector_training, resemblance_training, translation, resemblance, vectors, text)
    decided = hashlib.sha256(b"".join(Path(str(one.__file__)).read_bytes() for one in learners)).hexdigest()
    folder = KEPT / f"without-lexicon-{training.digest(names)}-{decided[:8]}"
    done = folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        print("learning without the lexicon, in some ten minutes…", flush=True)
        # The application's own command; what one concept takes of another is said by the lexicon alone.
        with patch.object(training, "all_names", lambda: iter(names)), patch.object(training, "related", list):
            commands.train(folder)
        done.touch()
    return folder


def _read_anew() -> None:
    translation.translations.cache_clear()
    vectors.vectors.cache_clear()
    resemblance.name_vectors.cache_clear()
