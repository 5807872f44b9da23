"""The concepts of a profile, and what matching keeps of its words."""

from sqlmodel import Session

from app.kernel.i18n import label
from app.matching import actions as matching
from app.matching import choosing, objections
from app.matching.chips import ChipState
from app.matching.choosing import ConceptsChoice, Shown
from app.matching.linking import Link
from app.matching.queries import links
from app.profiles.models import Profile, ProfileChip
from app.profiles.rules import is_withdrawn
from app.taxonomy.models import Concept

KIND = "profile"
MOST = 30


def read_again(session: Session, profile: Profile) -> None:
    """To call when the words of a profile have changed."""
    profile.chips = choosing.read_again(profile.chips, _links(session, profile), _maker(profile), MOST)
    session.flush()


def correct(session: Session, profile: Profile, ticked: list[str]) -> None:
    """Keeps what is ticked, shown or added, and removes what was shown and is not. Raises Invalid (`concepts`)."""
    asked = _likely(session, profile)
    profile.chips = choosing.corrected(session, profile.chips, asked, ticked, _maker(profile), MOST)
    session.flush()


def object_to_removed(session: Session, profile: Profile, by_id: int) -> None:
    """Keep, for everybody’s texts, that these words were found not to mean these concepts."""
    removed = choosing.objected(profile.chips, _found(session, profile))
    objections.object_to_links(session, by_id, removed, profile.language, profile_id=profile.id)


def shown(session: Session, profile: Profile, choice: ConceptsChoice | None = None) -> list[Shown]:
    """For the page that asks whether we have understood; `choice` is what a refused form had."""
    return choosing.shown(profile.chips, _likely(session, profile), choice)


def remember(session: Session, profile: Profile) -> None:
    """Hand the words to matching; whoever is hidden is not among the people who could help."""
    if is_withdrawn(profile):
        forget(session, profile)
        return
    matching.store(session, KIND, profile.id, parts(profile), profile.language)


def parts(profile: Profile) -> list[str]:
    """What matching reads: what the person wrote, and the concepts that they confirmed."""
    kept = [chip.concept for chip in profile.chips if chip.state is ChipState.KEPT]
    labels = [getattr(concept, f"label_{profile.language}") or label(concept) for concept in kept]
    return [part for part in (profile.abilities, profile.occupation, *labels, profile.other) if part]


def forget(session: Session, profile: Profile) -> None:
    matching.forget(session, KIND, profile.id)


def _likely(session: Session, profile: Profile) -> list[tuple[Concept, str]]:
    return choosing.likely(session, profile.chips, _links(session, profile))


def _found(session: Session, profile: Profile) -> list[Link]:
    return links(session, f"{profile.abilities}\n{profile.occupation}", profile.language)


def _links(session: Session, profile: Profile) -> list[Link]:
    return objections.with_doubts(session, _found(session, profile), profile.language, profile_id=profile.id)


def _maker(profile: Profile) -> choosing.Make[ProfileChip]:
    return lambda concept_id, mention: ProfileChip(profile_id=profile.id, concept_id=concept_id, mention=mention)
