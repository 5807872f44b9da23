"""The concepts of a need, and what matching keeps of it all."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from app.kernel.i18n import label, speaking
from app.matching import actions as matching
from app.matching import choosing, objections
from app.matching.chips import ChipState
from app.matching.choosing import ConceptsChoice, Shown
from app.matching.linking import Link
from app.matching.queries import links
from app.projects.models import Need, NeedChip, NeedState, Project
from app.taxonomy.models import Concept

DOCUMENT = "need"
MOST = 20


def read_again(session: Session, need: Need) -> None:
    """After its words changed. What somebody removed does not come back."""
    need.chips = choosing.read_again(need.chips, _links(session, need), _maker(need), MOST)
    session.flush()


def correct(session: Session, need: Need, ticked: Iterable[str]) -> None:
    """Keep the concepts that are ticked, remove the others that were shown. Raises Invalid (`concepts`)."""
    need.chips = choosing.corrected(session, need.chips, likely(session, need), ticked, _maker(need), MOST)
    session.flush()


def object_to_removed(session: Session, need: Need, by_id: int) -> None:
    """Keep, for everybody’s texts, that these words were found not to mean these concepts."""
    removed = choosing.objected(need.chips, _found(session, need))
    objections.object_to_links(session, by_id, removed, need.language, need_id=need.id)


def likely(session: Session, need: Need) -> list[tuple[Concept, str]]:
    """Concepts to ask about, with the words that made us think of them."""
    return choosing.likely(session, need.chips, _links(session, need))


def shown(session: Session, need: Need, choice: ConceptsChoice | None = None) -> list[Shown]:
    """For the page that asks whether the need was understood."""
    return choosing.shown(need.chips, likely(session, need), choice)


def read_as(need: Need) -> Sequence[Concept]:
    """The concepts that readers see, in the order of the words."""
    return [chip.concept for chip in need.chips if chip.state is not ChipState.REMOVED]


def remember(session: Session, need: Need) -> None:
    """Hand its words to matching, as long as somebody is looked for."""
    if need.state is not NeedState.OPEN:
        matching.forget(session, DOCUMENT, need.id)
        return
    matching.store(session, DOCUMENT, need.id, parts(need), need.language)


def parts(need: Need) -> list[str]:
    """What matching reads: the title of the project, what is wanted, and the concepts that people confirmed.

    Not the kind of need: *compétence* or *étude* would find whoever writes these words of themselves.
    """
    kept = [chip.concept for chip in need.chips if chip.state is ChipState.KEPT]
    with speaking(need.language):
        return [need.project.title, need.text, *(label(concept) for concept in kept)]


def remember_all(session: Session, project: Project) -> None:
    """After the title of the project changed."""
    open_ones = select(Need).where(Need.project_id == project.id, Need.state == NeedState.OPEN)
    for need in session.exec(open_ones.order_by(col(Need.id))).all():
        remember(session, need)


def _found(session: Session, need: Need) -> list[Link]:
    return links(session, need.text, need.language)


def _links(session: Session, need: Need) -> list[Link]:
    return objections.with_doubts(session, _found(session, need), need.language, need_id=need.id)


def _maker(need: Need) -> choosing.Make[NeedChip]:
    return lambda concept_id, mention: NeedChip(need_id=need.id, concept_id=concept_id, mention=mention)
