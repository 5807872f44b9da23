"""The way of a suggestion as one table: what may happen in each state, and who may do it. Pure functions."""

from dataclasses import dataclass
from enum import StrEnum

from app.projects import rules
from app.projects.models import Section
from app.projects.rules import Standing
from app.projects.sections import BY_NAME, SectionKind
from app.projects.suggesting.models import Suggestion, SuggestionKind, SuggestionState


class Verb(StrEnum):
    SUGGEST = "suggest"
    ACCEPT = "accept"
    ADAPT = "adapt"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


class By(StrEnum):
    READER = "reader"  # anybody who may see the project, with an account
    AUTHOR = "author"  # of the suggestion
    EDITORS = "editors"  # of the fiche: those who write it, and its moderators


@dataclass(frozen=True)
class Move:
    to: SuggestionState
    by: By


MOVES: dict[tuple[SuggestionState | None, Verb], Move] = {
    (None, Verb.SUGGEST): Move(SuggestionState.OPEN, By.READER),
    (SuggestionState.OPEN, Verb.ACCEPT): Move(SuggestionState.ACCEPTED, By.EDITORS),
    (SuggestionState.OPEN, Verb.ADAPT): Move(SuggestionState.ADAPTED, By.EDITORS),
    (SuggestionState.OPEN, Verb.DECLINE): Move(SuggestionState.DECLINED, By.EDITORS),
    (SuggestionState.OPEN, Verb.WITHDRAW): Move(SuggestionState.WITHDRAWN, By.AUTHOR),
}

TAKEN = (SuggestionState.ACCEPTED, SuggestionState.ADAPTED)


def may(standing: Standing, suggestion: Suggestion, verb: Verb) -> bool:
    """Whether this person may do it now."""
    move = MOVES.get((suggestion.state, verb))
    if move is None or standing.user is None:
        return False
    if move.by is By.AUTHOR:
        return standing.user.id == suggestion.author_id
    return rules.can_edit(standing, suggestion.project)


def sees(standing: Standing, suggestion: Suggestion) -> bool:
    """The condition that goes with `queries.visible_to`."""
    if standing.user is None:
        return False
    return standing.user.id == suggestion.author_id or rules.can_edit(standing, suggestion.project)


def kinds_for(kind: SectionKind, present: Section) -> list[SuggestionKind]:
    """In which ways something can be suggested: a date or a theme is only remarked upon."""
    if kind.prose is None:
        return [SuggestionKind.REMARK]
    if not present.content.get(kind.prose):
        return [SuggestionKind.REMARK, SuggestionKind.ADDITION]
    return [SuggestionKind.REMARK, SuggestionKind.ADDITION, SuggestionKind.REWRITING]


def fits_as_it_is(suggestion: Suggestion, present: Section) -> bool:
    """A remark is put into words first, and a section speaks one language."""
    if suggestion.kind is SuggestionKind.REMARK:
        return False
    return suggestion.language == present.language or not text_in(suggestion.section, present)


def has_moved(suggestion: Suggestion, present: Section) -> bool:
    """The section was changed after its author read it."""
    return suggestion.of_version != present.version


def text_in(section: str, present: Section) -> str:
    """What is written there, where it is a text."""
    prose = BY_NAME[section].prose
    return str(present.content.get(prose) or "") if prose else ""


def with_suggestion(suggestion: Suggestion, present: Section) -> str:
    """The text of the section once the suggestion is in it; a remark changes none."""
    written = text_in(suggestion.section, present)
    match suggestion.kind:
        case SuggestionKind.REMARK:
            return written
        case SuggestionKind.ADDITION:
            return f"{written}\n\n{suggestion.text}" if written else suggestion.text
        case SuggestionKind.REWRITING:
            return suggestion.text
