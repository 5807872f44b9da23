"""The concepts of somebody’s text, as people correct them: alike for what a person can do and what a project
needs.

Sure links become chips at once, and are shown until somebody says otherwise. Likely ones are only asked about.
What was said to be wrong does not come back, whatever the text becomes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlmodel import Session

from app.kernel.errors import Invalid
from app.kernel.folding import fold
from app.kernel.forms import Submitted
from app.kernel.i18n import N_
from app.kernel.i18n import gettext as _
from app.matching.chips import ChipState
from app.matching.linking import Link
from app.matching.queries import named
from app.taxonomy.models import Concept, ConceptKind
from app.taxonomy.naming import concept_name, genders
from app.taxonomy.queries import concepts

LONGEST_NAME = 100
MOST_TYPED = 30

NOT_PROPOSED = N_("Choisissez une des réponses proposées.")
WHICH = N_("Cochez les mots-clés que vous voulez dire.")
RETIRED = N_("« %(name)s » n’est plus proposé : ajoutez un autre mot-clé.")


class Chip(Protocol):
    """A row of the domain whose text it is."""

    concept_id: str
    mention: str
    state: ChipState
    position: int
    concept: Concept


Row = TypeVar("Row", bound=Chip)
Make = Callable[[str, str], Row]
"""A new row for a concept, with the words that made us think of it."""


def read_again(chips: Sequence[Row], links: Iterable[Link], make: Make[Row], most: int) -> list[Row]:
    """After the text changed: new sure links become chips; those it no longer holds go, unless somebody kept them."""
    found = {link.concept_id: link for link in links if link.sure}
    said = [chip for chip in chips if chip.state is not ChipState.PROPOSED or chip.concept_id in found]
    known = {chip.concept_id for chip in said}
    room = max(0, most - sum(chip.state is not ChipState.REMOVED for chip in said))
    for chip in said:
        if chip.concept_id in found:
            chip.mention = found[chip.concept_id].mention
    new = [link for link in found.values() if link.concept_id not in known][:room]
    return _in_order([*said, *(make(link.concept_id, link.mention) for link in new)])


def likely(session: Session, chips: Sequence[Chip], links: Iterable[Link]) -> list[tuple[Concept, str]]:
    """Concepts to ask about, with the words that made us think of them."""
    known = {chip.concept_id for chip in chips}
    asked = {link.concept_id: link.mention for link in links if not link.sure and link.concept_id not in known}
    found = concepts(session, asked)
    return [(found[concept_id], mention) for concept_id, mention in asked.items() if concept_id in found]


def corrected(
    session: Session,
    chips: Sequence[Row],
    asked: Iterable[tuple[Concept, str]],
    ticked: Iterable[str],
    make: Make[Row],
    most: int,
) -> list[Row]:
    """Keeps what is ticked, shown or added, and removes what was shown and is not. Raises Invalid (`concepts`)."""
    kept = list(dict.fromkeys(ticked))
    known = concepts(session, kept)
    if len(known) < len(kept) or any(concept.kind is ConceptKind.GROUP for concept in known.values()):
        raise Invalid(NOT_PROPOSED, "concepts")
    there = {chip.concept_id for chip in chips}
    for concept in known.values():
        if concept.retired and concept.id not in there:  # whoever has it keeps it
            raise Invalid(_(RETIRED) % {"name": concept_name(concept)}, "concepts")
    if len(kept) > most:
        raise Invalid(_("Gardez les %(n)s mots-clés les plus importants.") % {"n": most}, "concepts")
    rows = [*chips, *(make(concept.id, mention) for concept, mention in asked)]
    there |= {concept.id for concept, _mention in asked}
    rows += [make(concept_id, "") for concept_id in kept if concept_id not in there]
    for chip in rows:
        chip.state = ChipState.KEPT if chip.concept_id in kept else ChipState.REMOVED
    return _in_order(rows)


def objected(chips: Iterable[Chip], found: Iterable[Link]) -> list[tuple[str, str]]:
    """Concepts that were removed though we had been sure, with the words that they were found in.

    Not to tick what was merely asked about says little.
    """
    sure = {link.concept_id for link in found if link.sure}
    return [
        (chip.concept_id, chip.mention) for chip in chips if chip.state is ChipState.REMOVED and chip.concept_id in sure
    ]


@dataclass(frozen=True)
class Shown:
    """A concept on the page that asks whether it was understood."""

    concept: Concept
    mention: str
    ticked: bool

    @property
    def name(self) -> str:
        return concept_name(self.concept)

    @property
    def because(self) -> str:
        """The words that made us think of it, where they are not its very name."""
        labels = (self.concept.label_fr, self.concept.label_ar, self.concept.label_en)
        names = {fold(form) for text in labels for form in (text, *genders(text))}
        return "" if fold(self.mention) in names else self.mention


@dataclass(frozen=True)
class ConceptsChoice:
    """What was chosen, and what is proposed for the words that could be several."""

    concepts: Sequence[Concept]
    proposed: Sequence[Concept] = ()


def shown(
    chips: Sequence[Chip], asked: Sequence[tuple[Concept, str]], choice: ConceptsChoice | None = None
) -> list[Shown]:
    """The chips and the likely concepts, with what a refused form had ticked, added and could not tell."""
    ticked = {concept.id for concept in choice.concepts} if choice else None
    rows = [
        Shown(chip.concept, chip.mention, ticked is None or chip.concept_id in ticked)
        for chip in chips
        if chip.state is not ChipState.REMOVED
    ]
    rows += [Shown(concept, mention, ticked is not None and concept.id in ticked) for concept, mention in asked]
    there = {row.concept.id for row in rows}
    if choice:
        rows += [Shown(concept, "", True) for concept in choice.concepts if concept.id not in there]
        rows += [Shown(concept, "", False) for concept in choice.proposed if concept.id not in there]
    return rows


def chosen_concepts(session: Session, form: Submitted[Any], name: str = "concepts") -> ConceptsChoice:
    """The concepts ticked, and those typed in `name`_new; words that could be several, or nothing, refuse the form."""
    ticked = [str(one) for one in form.values.get(name) or [] if str(one).isprintable()]
    chosen = concepts(session, ticked)
    if len(chosen) < len(set(ticked)):
        form.refuse(Invalid(NOT_PROPOSED, name))
    proposed: dict[str, Concept] = {}
    unknown: list[str] = []
    for words in _typed(form, f"{name}_new"):
        meant = named(session, words)
        if len(meant) == 1:
            chosen[meant[0].id] = meant[0]
        elif meant:
            proposed.update((concept.id, concept) for concept in meant)
        else:
            unknown.append(words)
    if unknown:
        said = _("Nous ne connaissons pas « %(words)s » : essayez un autre mot.") % {"words": unknown[0][:60]}
        form.refuse(Invalid(said, name))
    elif proposed:
        form.refuse(Invalid(WHICH, name))
    form.values[name], form.values[f"{name}_new"] = list(chosen), ", ".join(unknown)
    return ConceptsChoice(list(chosen.values()), [one for one in proposed.values() if one.id not in chosen])


def _typed(form: Submitted[Any], name: str) -> list[str]:
    value = form.values.get(name) or []
    texts = value if isinstance(value, list) else [value]
    parts = (part.strip() for text in texts for part in str(text).replace("،", ",").replace("\n", ",").split(","))
    return list(dict.fromkeys(part[:LONGEST_NAME] for part in parts if part))[:MOST_TYPED]


def _in_order(chips: list[Row]) -> list[Row]:
    for position, chip in enumerate(chips):
        chip.position = position
    return chips
