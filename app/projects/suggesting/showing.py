"""A suggestion as a page shows it: in words, beside what is written now and what changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from app.deadlines import queries as deadlines
from app.deadlines.wording import Next
from app.deadlines.wording import next_step as words_of_step
from app.journal.models import Subject
from app.kernel.i18n import N_, current_locale, gettext
from app.kernel.i18n import gettext as _
from app.projects import fiche, translating
from app.projects import rules as projects
from app.projects.comparing import Run, words_changed
from app.projects.models import Section
from app.projects.rules import Standing
from app.projects.sections import BY_NAME, SectionKind
from app.projects.suggesting import rules
from app.projects.suggesting.models import Suggestion, SuggestionKind, SuggestionState
from app.projects.suggesting.rules import Verb

KINDS = {
    SuggestionKind.REMARK: (N_("Une idée, une remarque"), N_("Un conseil, une expérience d’ailleurs, une piste.")),
    SuggestionKind.ADDITION: (N_("Des lignes à ajouter"), N_("Elles viendront sous ce qui est déjà écrit.")),
    SuggestionKind.REWRITING: (
        N_("Le texte, dit autrement"),
        N_("Le texte actuel est ci-dessous : changez ce que vous diriez autrement."),
    ),
}
"""What a tab says, and the hint below it."""

STATES = {
    SuggestionState.OPEN: (N_("En attente de réponse"), "idea"),
    SuggestionState.ACCEPTED: (N_("Reprise telle quelle"), "done"),
    SuggestionState.ADAPTED: (N_("Reprise, adaptée"), "done"),
    SuggestionState.DECLINED: (N_("Pas reprise"), "quiet"),
    SuggestionState.WITHDRAWN: (N_("Retirée"), "quiet"),
}


@dataclass(frozen=True)
class SuggestionView:
    """What `projects/_suggestion.html` shows in a list or beside a section."""

    suggestion: Suggestion
    verbs: Sequence[Verb]
    due: date | None = None
    section_version: int = 0
    """The version on the screen, from which it would be accepted."""

    @property
    def section(self) -> SectionKind:
        return BY_NAME[self.suggestion.section]

    @property
    def form(self) -> str:
        return gettext(KINDS[self.suggestion.kind][0])

    @property
    def state(self) -> tuple[str, str]:
        words, kind = STATES[self.suggestion.state]
        return gettext(words), kind


@dataclass(frozen=True)
class SuggestionPage(SuggestionView):
    """The whole of it, for its own page."""

    written: str = ""
    """What the section says now."""
    proposed: Sequence[Run] = ()
    """What a rewriting changes in the text that its author was reading."""
    since: Sequence[Run] = ()
    """What others changed after that."""
    does_not_fit: str = ""
    """Why it cannot be taken as it is."""


@dataclass(frozen=True)
class Listed(SuggestionView):
    """In a list, which says of which project."""

    title: str = ""
    title_language: str = ""


def listed(session: Session, suggestions: Sequence[Suggestion]) -> list[Listed]:
    """Cards of a list, in the reader's language where somebody translated the titles."""
    locale = current_locale()
    titles = translating.titles(session, [one.project for one in suggestions], locale)
    due = _due(session, suggestions)
    return [
        Listed(
            one,
            [],
            due.get(one.id),
            title=titles.get(one.project_id, one.project.title),
            title_language=locale if one.project_id in titles else one.project.language,
        )
        for one in suggestions
    ]


def beside(
    session: Session, standing: Standing, suggestions: Sequence[Suggestion], sections: Mapping[str, Section]
) -> list[SuggestionView]:
    """Cards beside the sections of one project, with what may be done with each of them there."""
    due = _due(session, suggestions)
    return [
        SuggestionView(
            one,
            _verbs(standing, one, sections.get(one.section)),
            due.get(one.id),
            sections[one.section].version if one.section in sections else 0,
        )
        for one in suggestions
    ]


def _due(session: Session, suggestions: Sequence[Suggestion]) -> dict[int, date]:
    waiting = [one.id for one in suggestions if one.state is SuggestionState.OPEN]
    steps = deadlines.under_way(session, Subject.SUGGESTION, waiting)
    return {number: step.due_on for number, step in steps.items()}


def page(session: Session, standing: Standing, suggestion: Suggestion) -> SuggestionPage:
    project, kind = suggestion.project, BY_NAME[suggestion.section]
    present = fiche.section(session, project, kind)
    base = fiche.base_version(session, project, kind, suggestion.of_version)
    read = str((base.content.get(str(kind.prose)) if base else "") or "")
    written = rules.text_in(kind.name, present)
    waits = suggestion.state is SuggestionState.OPEN
    rewrites = suggestion.kind is SuggestionKind.REWRITING
    shown = beside(session, standing, [suggestion], {kind.name: present})[0]
    return SuggestionPage(
        suggestion,
        shown.verbs,
        shown.due,
        shown.section_version,
        written=written if waits else "",
        proposed=words_changed(read, suggestion.text) if rewrites else (),
        since=words_changed(read, written)
        if waits and rules.has_moved(suggestion, present) and read != written
        else (),
        does_not_fit=_why_not(suggestion, present) if projects.can_edit(standing, project) and waits else "",
    )


def _verbs(standing: Standing, suggestion: Suggestion, present: Section | None) -> list[Verb]:
    open_now = [verb for verb in Verb if rules.may(standing, suggestion, verb)]
    return [verb for verb in open_now if verb is not Verb.ACCEPT or _takes(suggestion, present)]


def _takes(suggestion: Suggestion, present: Section | None) -> bool:
    if present is None:
        return suggestion.kind is SuggestionKind.ADDITION
    if suggestion.kind is SuggestionKind.REWRITING and rules.has_moved(suggestion, present):
        return False
    return rules.fits_as_it_is(suggestion, present)


def _why_not(suggestion: Suggestion, present: Section) -> str:
    if suggestion.kind is SuggestionKind.REMARK or _takes(suggestion, present):
        return ""
    if suggestion.language != present.language and rules.text_in(suggestion.section, present):
        return _("Cette partie est dans l’autre langue : adaptez la suggestion, en la traduisant.")
    return _("La partie a changé depuis que cette suggestion a été écrite : adaptez-la à ce qu’on lit maintenant.")


def next_step(session: Session, standing: Standing, suggestion: Suggestion) -> Next:
    """Who acts next and by when, in the reader's language."""
    row = deadlines.under_way(session, Subject.SUGGESTION, [suggestion.id]).get(suggestion.id)
    if suggestion.state is not SuggestionState.OPEN or row is None:
        return Next(_over(suggestion), "over")
    return words_of_step(row, mine=projects.writes(standing, suggestion.project))


def _over(suggestion: Suggestion) -> str:
    match suggestion.state:
        case SuggestionState.ACCEPTED:
            return _("Cette suggestion est dans la fiche, telle quelle.")
        case SuggestionState.ADAPTED:
            return _("Cette suggestion a fait changer la fiche.")
        case SuggestionState.DECLINED:
            return _("Cette suggestion n’est pas reprise cette fois.")
        case _:
            return _("Cette suggestion a été retirée par son auteur.")
