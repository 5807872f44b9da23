"""Until matching has its own: a linker of this process."""

from sqlmodel import Session

from app.matching.linking import Linker
from app.matching.names import Named
from app.matching.translation import translations
from app.taxonomy.queries import linkable

_made: list[Linker] = []


def linker(session: Session) -> Linker:
    if not _made:
        _made.append(
            Linker(
                [
                    Named(
                        c.id,
                        c.kind.value,
                        {
                            "fr": [c.label_fr, *c.aliases_fr],
                            "ar": [c.label_ar, *c.aliases_ar],
                            "en": [c.label_en, *c.aliases_en],
                        },
                    )
                    for c in linkable(session)
                ],
                translations(),
            )
        )
    return _made[0]


def store(session: Session, kind: str, subject_id: int, parts: list[str], language: str) -> None: ...


def forget(session: Session, kind: str, subject_id: int) -> None: ...
