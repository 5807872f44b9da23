"""What matching keeps, made again from the words themselves once the translation table is another."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from app.matching.actions import forget
from app.matching.queries import stale
from app.profiles import chips as profile_chips
from app.profiles.models import Profile
from app.projects import chips as need_chips
from app.projects import indexing
from app.projects.models import Need, Project
from app.relays.known import chips as known_chips
from app.relays.models import KnownPerson

KINDS: tuple[tuple[str, type[Any], Callable[[Session, Any], None]], ...] = (
    (profile_chips.KIND, Profile, profile_chips.remember),
    (need_chips.DOCUMENT, Need, need_chips.remember),
    (indexing.KIND, Project, indexing.reindex),
    (known_chips.KIND, KnownPerson, known_chips.remember),
)
BATCH = 200


def store_again(session: Session) -> int:
    """Stores all that another table made, a batch a transaction: until then it is still found. Says how many."""
    done = 0
    for kind, model, remember in KINDS:
        for number, subject_id in enumerate(stale(session, kind), start=1):
            row = session.get(model, subject_id)
            if row is None:
                forget(session, kind, subject_id)
            else:
                remember(session, row)
            done += 1
            if number % BATCH == 0:
                session.commit()
        session.commit()
    return done
