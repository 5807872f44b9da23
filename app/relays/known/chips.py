"""The concepts of what known people do, and what matching keeps of it."""

from collections.abc import Sequence

from sqlmodel import Session

from app.kernel.i18n import label
from app.matching import actions as matching
from app.matching import choosing, objections
from app.matching.chips import ChipState
from app.matching.choosing import ConceptsChoice, Shown
from app.matching.linking import Link
from app.matching.queries import links
from app.relays.models import KnownPerson, KnownPersonChip, KnownState
from app.taxonomy.models import Concept

KIND = "known_person"
MOST = 10


def read_again(session: Session, known: KnownPerson) -> None:
    """To call when the words have changed."""
    known.chips = choosing.read_again(known.chips, _links(session, known), _maker(known), MOST)
    session.flush()


def correct(session: Session, known: KnownPerson, ticked: list[str]) -> None:
    """Keeps what is ticked, shown or added, and removes what was shown and is not. Raises Invalid (`concepts`)."""
    known.chips = choosing.corrected(session, known.chips, _likely(session, known), ticked, _maker(known), MOST)
    session.flush()


def shown(session: Session, known: KnownPerson, choice: ConceptsChoice | None = None) -> list[Shown]:
    """For the page that asks whether we have understood."""
    return choosing.shown(known.chips, _likely(session, known), choice)


def read_as(known: KnownPerson) -> Sequence[Concept]:
    return [chip.concept for chip in known.chips if chip.state is not ChipState.REMOVED]


def remember(session: Session, known: KnownPerson) -> None:
    """Hand the words to matching, as long as somebody can reach these people."""
    if known.state is not KnownState.LISTED:
        matching.forget(session, KIND, known.id)
        return
    matching.store(session, KIND, known.id, parts(known), known.language)


def parts(known: KnownPerson) -> list[str]:
    """What matching reads: what they do, and the concepts that somebody confirmed."""
    kept = [chip.concept for chip in known.chips if chip.state is ChipState.KEPT]
    return [known.occupation, *(getattr(concept, f"label_{known.language}") or label(concept) for concept in kept)]


def _likely(session: Session, known: KnownPerson) -> list[tuple[Concept, str]]:
    return choosing.likely(session, known.chips, _links(session, known))


def _links(session: Session, known: KnownPerson) -> list[Link]:
    return objections.with_doubts(session, links(session, known.occupation, known.language), known.language)


def _maker(known: KnownPerson) -> choosing.Make[KnownPersonChip]:
    return lambda concept_id, mention: KnownPersonChip(known_person_id=known.id, concept_id=concept_id, mention=mention)
