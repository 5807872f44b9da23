"""The concepts of a profile: found in what the person wrote, and corrected by them; and what matching keeps of it all.

Sure links become chips at once, and are shown until the person says otherwise. Likely ones are only asked about. What
was said to be wrong does not come back, whatever the text becomes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlmodel import Session

from app.kernel.errors import Invalid
from app.kernel.forms import Submitted
from app.kernel.i18n import N_, label
from app.kernel.i18n import gettext as _
from app.matching.chips import ChipState
from app.matching.linking import Link
from app.matching.text import Language
from app.matching.translation import translations
from app.profiles._soon import forget as forget_document
from app.profiles._soon import linker, store
from app.profiles.models import Profile, ProfileChip
from app.profiles.rules import is_withdrawn
from app.taxonomy.models import Concept, ConceptKind
from app.taxonomy.queries import concepts

KIND = "profile"
MOST = 30
PROPOSALS = 6
LONGEST_NAME = 100


def language_of(text: str) -> Language:
    return translations().language_of(text)


def read_again(session: Session, profile: Profile) -> None:
    """New sure links become chips; those that the text no longer holds go, unless the person kept them."""
    found = {link.concept_id: link for link in _links(session, profile) if link.sure}
    said = [chip for chip in profile.chips if chip.state is not ChipState.PROPOSED or chip.concept_id in found]
    known = {chip.concept_id for chip in said}
    room = max(0, MOST - sum(chip.state is not ChipState.REMOVED for chip in said))
    new = [link for link in found.values() if link.concept_id not in known][:room]
    for chip in said:
        if chip.concept_id in found:
            chip.mention = found[chip.concept_id].mention
    _put(session, profile, [*said, *(_chip(profile, link.concept_id, link.mention) for link in new)])


def likely(session: Session, profile: Profile) -> list[tuple[Concept, str]]:
    """Concepts to ask about, with the words that made us think of them."""
    known = {chip.concept_id for chip in profile.chips}
    asked = {
        link.concept_id: link.mention
        for link in _links(session, profile)
        if not link.sure and link.concept_id not in known
    }
    found = concepts(session, asked)
    return [(found[concept_id], mention) for concept_id, mention in asked.items() if concept_id in found]


def correct(session: Session, profile: Profile, ticked: Iterable[str]) -> None:
    """Keeps what is ticked, shown or added, and removes what was shown and is not. Raises Invalid (`concepts`)."""
    kept = list(dict.fromkeys(ticked))
    known = concepts(session, kept)
    if len(known) < len(kept) or any(concept.kind is ConceptKind.GROUP for concept in known.values()):
        raise Invalid(N_("Choisissez une des réponses proposées."), "concepts")
    if len(kept) > MOST:
        raise Invalid(
            _("Gardez les %(n)s mots-clés qui disent le mieux ce que vous savez faire.") % {"n": MOST}, "concepts"
        )
    asked = [_chip(profile, concept.id, mention) for concept, mention in likely(session, profile)]
    chips = [*profile.chips, *asked]
    shown = {chip.concept_id for chip in chips}
    chips += [_chip(profile, concept_id) for concept_id in kept if concept_id not in shown]
    for chip in chips:
        chip.state = ChipState.KEPT if chip.concept_id in kept else ChipState.REMOVED
    _put(session, profile, chips)


@dataclass(frozen=True)
class Shown:
    """A concept on the page that asks whether it was understood."""

    concept: Concept
    mention: str
    ticked: bool


@dataclass(frozen=True)
class ConceptsChoice:
    """What was chosen, and what is proposed for the words that could be several."""

    concepts: Sequence[Concept]
    proposed: Sequence[Concept] = ()


def chosen_concepts(session: Session, form: Submitted[Any], name: str = "concepts") -> ConceptsChoice:
    """The concepts ticked, and those typed in `name`_new; words that could be several, or nothing, refuse the form."""
    ticked = [str(one) for one in form.values.get(name) or []]
    chosen = concepts(session, ticked)
    proposed: dict[str, Concept] = {}
    unknown: list[str] = []
    for words in _typed(form, f"{name}_new"):
        meant = named(session, words)
        if isinstance(meant, Concept):
            chosen[meant.id] = meant
        elif meant:
            proposed.update((concept.id, concept) for concept in meant)
        else:
            unknown.append(words)
    if unknown:
        said = _("Nous ne connaissons pas « %(words)s » : essayez un autre mot.") % {"words": unknown[0][:60]}
        form.refuse(Invalid(said, name))
    elif proposed:
        form.refuse(Invalid(N_("Cochez les mots-clés que vous voulez dire."), name))
    form.values[name], form.values[f"{name}_new"] = list(chosen), ", ".join(unknown)
    return ConceptsChoice(list(chosen.values()), [one for one in proposed.values() if one.id not in chosen])


def shown(session: Session, profile: Profile, choice: ConceptsChoice | None = None) -> list[Shown]:
    """The chips and the likely concepts, with what a refused form had ticked, added and could not tell."""
    ticked = {concept.id for concept in choice.concepts} if choice else None
    rows = [
        Shown(chip.concept, chip.mention, ticked is None or chip.concept_id in ticked)
        for chip in profile.chips
        if chip.state is not ChipState.REMOVED
    ]
    rows += [
        Shown(concept, mention, ticked is not None and concept.id in ticked)
        for concept, mention in likely(session, profile)
    ]
    there = {row.concept.id for row in rows}
    if choice:
        rows += [Shown(concept, "", True) for concept in choice.concepts if concept.id not in there]
        rows += [Shown(concept, "", False) for concept in choice.proposed if concept.id not in there]
    return rows


def named(session: Session, words: str) -> Concept | list[Concept]:
    """The concept that these words clearly name, in any of the three languages; else those to choose from."""
    language = translations().language_of(words)
    whole = [link for link in linker(session).link(words, language) if link.sure and link.mention == words.strip()]
    if whole:
        return concepts(session, [whole[0].concept_id])[whole[0].concept_id]
    return nearest(session, words)


def nearest(session: Session, words: str, limit: int = PROPOSALS) -> list[Concept]:
    """Skills and occupations whose names resemble these words, the likeliest first."""
    ids = [
        concept_id
        for concept_id, _similarity in linker(session).nearest(words, translations().language_of(words), limit)
    ]
    found = concepts(session, ids)
    return [found[concept_id] for concept_id in ids]


def remember(session: Session, profile: Profile) -> None:
    """Hand the words to matching; whoever is hidden is not among the people who could help."""
    if is_withdrawn(profile):
        forget(session, profile)
        return
    kept = [chip.concept for chip in profile.chips if chip.state is ChipState.KEPT]
    labels = [getattr(concept, f"label_{profile.language}") or label(concept) for concept in kept]
    parts = [profile.abilities, profile.occupation, *labels, profile.other]
    store(session, KIND, profile.id, [part for part in parts if part], profile.language)


def forget(session: Session, profile: Profile) -> None:
    forget_document(session, KIND, profile.id)


def _typed(form: Submitted[Any], name: str) -> list[str]:
    value = form.values.get(name) or []
    texts = value if isinstance(value, list) else [value]
    parts = (part.strip() for text in texts for part in str(text).replace("،", ",").replace("\n", ",").split(","))
    return list(dict.fromkeys(part[:LONGEST_NAME] for part in parts if part))[:MOST]


def _chip(profile: Profile, concept_id: str, mention: str = "") -> ProfileChip:
    return ProfileChip(profile_id=profile.id, concept_id=concept_id, mention=mention)


def _links(session: Session, profile: Profile) -> list[Link]:
    text = f"{profile.abilities}\n{profile.occupation}"
    return linker(session).link(text, cast(Language, profile.language))


def _put(session: Session, profile: Profile, chips: list[ProfileChip]) -> None:
    for position, chip in enumerate(chips):
        chip.position = position
    profile.chips = chips
    session.flush()
