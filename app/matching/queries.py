"""What the other domains ask: the concepts of a text, the concept of a name, who or what is nearest to a text."""

import hashlib
import multiprocessing
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.kernel import loaded
from app.kernel.alone import alone
from app.kernel.folding import fold
from app.kernel.loaded import LoadedData
from app.kernel.settings import Settings
from app.matching import names, text
from app.matching.documents import Document, analyse, made_with
from app.matching.index import NameIndex
from app.matching.linking import Link, Linker
from app.matching.models import MatchDocument
from app.matching.names import Named
from app.matching.resemblance import name_vectors
from app.matching.retrieval import Near, nearest
from app.matching.translation import translations
from app.taxonomy import queries as taxonomy
from app.taxonomy.models import Concept
from app.taxonomy.naming import genders

__all__ = ["Document", "Link", "Near", "analyse", "links", "named", "nearest", "recognised", "resembling", "stale"]

_linkers: WeakKeyDictionary[Engine, tuple[str, Linker]] = WeakKeyDictionary()
_one_at_a_time = Lock()


def linker(session: Session) -> Linker:
    """Over the taxonomy of this database; another edition of it that was loaded is read at once."""
    edition = session.scalar(select(LoadedData.digest).where(LoadedData.name == "taxonomy")) or ""
    engine = session.get_bind().engine
    with _one_at_a_time:
        made = _linkers.get(engine)
        if made is None or made[0] != edition:
            made = _linkers[engine] = (edition, Linker(_index(session, edition)))
    return made[1]


def _index(session: Session, edition: str) -> NameIndex:
    """Mapped from the files that all processes share; for the first one they are made, in ten seconds."""
    with_what = f"{made_with()}+{name_vectors().version}"
    made_of = f"{edition}+{with_what}+{loaded.edition([Path(names.__file__), Path(text.__file__)])}"
    folder = Settings().var / "linker" / hashlib.sha256(made_of.encode()).hexdigest()[:16]
    with suppress(OSError, ValueError, KeyError):
        return NameIndex.kept(folder, translations())
    concepts = [Named.of(row._asdict()) for row in taxonomy.linkable(session)]
    if edition:
        # What making them takes goes with the process that did: of 300 MB this one would have kept most for good.
        maker = multiprocessing.get_context("spawn").Process(target=_keep, args=(concepts, folder), daemon=True)
        maker.start()
        maker.join()
        with suppress(OSError, ValueError, KeyError):  # nowhere to write: each process has its own
            return NameIndex.kept(folder, translations())
    return NameIndex.made(concepts, translations())


def _keep(concepts: Sequence[Named], folder: Path) -> None:
    with alone(folder.parent.with_suffix(".lock")):
        try:
            NameIndex.kept(folder, translations())  # several workers began at once: the first made them for all
        except (OSError, ValueError, KeyError):
            NameIndex.made(concepts, translations()).keep(folder)


def recognised(text: str) -> str:
    """The language of a text: fr, ar or en."""
    return translations().language_of(text)


def links(session: Session, text: str, language: str | None = None) -> list[Link]:
    """The concepts of a text in the order of its words. `link.sure`, or else to be asked about."""
    return linker(session).link(text, translations().spoken(language, text))


def resembling(session: Session, words: str, limit: int = 6) -> list[Concept]:
    """Skills and occupations whose names resemble a few words in any language, the likeliest first."""
    near = linker(session).nearest(words, translations().language_of(words), limit)
    found = taxonomy.concepts(session, [concept_id for concept_id, _ in near])
    return [found[concept_id] for concept_id, _ in near if concept_id in found]


def named(session: Session, words: str, limit: int = 6) -> list[Concept]:
    """The one concept that has this name in French, Arabic or English; else those that resemble it, to choose from."""
    candidates = resembling(session, words, limit)
    exact = [concept for concept in candidates if fold(words.strip()) in _folded_names(concept)]
    return exact if len(exact) == 1 else candidates


def stale(session: Session, kind: str) -> list[int]:
    """What was stored with other artefacts: it is still found, and better once stored again."""
    statement = select(MatchDocument.subject_id).where(
        MatchDocument.kind == kind,
        MatchDocument.made_with != made_with(),
        col(MatchDocument.packed) != b"",
    )
    return list(session.exec(statement.order_by(col(MatchDocument.subject_id))))


def _folded_names(concept: Concept) -> set[str]:
    return {
        fold(spelled)
        for names in Named.of(vars(concept)).names.values()
        for name in names
        for spelled in (name, *genders(name))
    }
