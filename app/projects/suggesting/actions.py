"""A suggestion is written, taken as it is or adapted, declined or withdrawn; and an answer is taken back."""

from typing import Any

from sqlmodel import Session, col, select

from app.accounts.models import User
from app.deadlines import actions as deadlines
from app.deadlines.steps import Step
from app.journal import actions as journal
from app.journal.actions import TooLateToUndo
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid, Refusal
from app.kernel.forms import validate
from app.kernel.i18n import N_
from app.notifications import actions as notifications
from app.projects import contents, fiche
from app.projects.fiche import StaleSection
from app.projects.models import Project, Section
from app.projects.rules import Standing
from app.projects.sections import BY_NAME, SectionKind
from app.projects.suggesting import rules
from app.projects.suggesting.messages import AFTER_ANSWER, AboutSuggestion, SuggestionReceived
from app.projects.suggesting.models import Suggestion, SuggestionKind, SuggestionState
from app.projects.suggesting.rules import MOVES, Verb
from app.projects.team import team_of

MOST_OPEN = 10


class AlreadyAnswered(Refusal):
    message = N_("Cette suggestion a déjà reçu une réponse, ou a été retirée.")


class TooManyOpen(Refusal):
    message = N_(
        "Dix de vos suggestions attendent déjà une réponse dans ce projet : laissez d’abord le temps de les lire."
    )


class DoesNotFit(Refusal):
    """It cannot be taken as it is; adapting it is still possible."""

    message = N_("Cette suggestion ne peut pas être reprise telle quelle : adaptez-la.")


def suggest(
    session: Session,
    author: User,
    project: Project,
    kind: SectionKind,
    form: SuggestionKind,
    text: str,
    language: str,
    of_version: int,
) -> Suggestion:
    """Who may see the project, the caller knows. Raises Invalid (`text`, `kind`), TooManyOpen."""
    _hold(session, project)
    present = fiche.section(session, project, kind)
    if form not in rules.kinds_for(kind, present):
        raise Invalid(N_("Choisissez une des réponses proposées."), "kind")
    if form is SuggestionKind.REWRITING and text == rules.text_in(kind.name, present):
        raise Invalid(N_("Ce texte est celui qu’on lit déjà : changez ce que vous diriez autrement."), "text")
    waiting = select(Suggestion.id).where(
        Suggestion.project_id == project.id,
        Suggestion.author_id == author.id,
        Suggestion.state == SuggestionState.OPEN,
    )
    if len(session.exec(waiting.limit(MOST_OPEN)).all()) == MOST_OPEN:
        raise TooManyOpen
    suggestion = Suggestion(
        project_id=project.id,
        section=kind.name,
        kind=form,
        text=text,
        language=language,
        of_version=min(of_version, present.version),
        author_id=author.id,
    )
    suggestion.project, suggestion.author = project, author
    session.add(suggestion)
    session.flush()
    due = deadlines.begin(session, Subject.SUGGESTION, suggestion.id, Step.SUGGESTION_ANSWERED)
    moved = (None, suggestion.state.value)
    entry = journal.record(session, author.id, Subject.SUGGESTION, suggestion.id, Verb.SUGGEST, moved=moved)
    for member in team_of(session, project):
        if member.id != author.id:
            notifications.queue(session, member, SuggestionReceived.of(suggestion, member, due=due), entry=entry)
    return suggestion


def accept(session: Session, standing: Standing, suggestion: Suggestion, seen: int) -> Entry:
    """Take it into the section as it is; `seen` is the version of the section that was on the screen.

    Raises AlreadyAnswered, Forbidden, DoesNotFit, and StaleSection where the section was changed meanwhile.
    """
    user = _check(session, standing, suggestion, Verb.ACCEPT)
    kind, project = BY_NAME[suggestion.section], suggestion.project
    present = fiche.section(session, project, kind)
    if not rules.fits_as_it_is(suggestion, present):
        raise DoesNotFit
    if suggestion.kind is SuggestionKind.REWRITING and rules.has_moved(suggestion, present):
        raise StaleSection(present)
    form = validate(kind.form, {**present.content, str(kind.prose): rules.with_suggestion(suggestion, present)})
    if form.refused:  # too long by now
        raise DoesNotFit
    language = present.language if rules.text_in(kind.name, present) else suggestion.language
    return _take(session, user, standing, suggestion, Verb.ACCEPT, contents.stored(form.data), language, seen)


def adapt(
    session: Session, standing: Standing, suggestion: Suggestion, content: dict[str, Any], language: str, version: int
) -> Entry:
    """The section as an editor wrote it with the suggestion in mind, from `version`.

    Raises AlreadyAnswered, Forbidden, StaleSection.
    """
    user = _check(session, standing, suggestion, Verb.ADAPT)
    return _take(session, user, standing, suggestion, Verb.ADAPT, content, language, version)


def decline(session: Session, standing: Standing, suggestion: Suggestion, word: str) -> Entry:
    """Raises AlreadyAnswered, Forbidden, and Invalid (`word`) when no word is said."""
    user = _check(session, standing, suggestion, Verb.DECLINE)
    if not word:
        raise Invalid(N_("Écrivez quelques mots : c’est ce que l’autre lira."), "word")
    suggestion.word = word
    return _answer(session, user, suggestion, Verb.DECLINE)


def withdraw(session: Session, standing: Standing, suggestion: Suggestion) -> None:
    """Raises AlreadyAnswered, Forbidden."""
    user = _check(session, standing, suggestion, Verb.WITHDRAW)
    _move(session, user, suggestion, Verb.WITHDRAW)
    first = session.exec(
        select(Entry)
        .where(Entry.subject_kind == Subject.SUGGESTION, Entry.subject_id == suggestion.id)
        .order_by(col(Entry.id))
    ).first()
    if first is not None:  # what the team has not been told yet, it need not be told
        notifications.cancel(session, first)


def withdraw_all(session: Session, user: User) -> None:
    """Of somebody who leaves: nobody waits for them any more."""
    waiting = select(Suggestion).where(Suggestion.author_id == user.id, Suggestion.state == SuggestionState.OPEN)
    for suggestion in session.exec(waiting.order_by(col(Suggestion.id)).with_for_update()).all():
        _move(session, user, suggestion, Verb.WITHDRAW)


def undo(session: Session, standing: Standing, suggestion: Suggestion, entry: Entry) -> None:
    """Take back one's own answer: it waits again, and the section is as it was. Raises TooLateToUndo."""
    if standing.user is None or entry.subject_id != suggestion.id or entry.verb not in AFTER_ANSWER:
        raise TooLateToUndo
    _hold(session, suggestion.project)
    session.refresh(suggestion)
    journal.take_back(session, standing.user.id, entry)
    notifications.cancel(session, entry)
    before, taken = entry.data.get("before"), suggestion.taken_version
    if before and taken is not None and before["version"] != taken:
        kind = BY_NAME[suggestion.section]
        try:
            fiche.save(session, standing, suggestion.project, kind, before["content"], before["language"], taken)
        except StaleSection as stale:
            raise TooLateToUndo from stale
    suggestion.state, suggestion.state_since = SuggestionState.OPEN, suggestion.created_at
    suggestion.word, suggestion.taken_version, suggestion.answered_by_id = "", None, None
    session.add(suggestion)
    session.flush()
    deadlines.begin(session, Subject.SUGGESTION, suggestion.id, Step.SUGGESTION_ANSWERED, since=suggestion.created_at)


def _hold(session: Session, project: Project) -> None:
    """Answers on one fiche come one after the other. Rows that point to the project may still be added meanwhile."""
    session.exec(select(Project.id).where(Project.id == project.id).with_for_update(key_share=True)).one()


def _check(session: Session, standing: Standing, suggestion: Suggestion, verb: Verb) -> User:
    _hold(session, suggestion.project)
    session.refresh(suggestion, ["state", "word", "taken_version", "answered_by_id", "state_since"])
    if (suggestion.state, verb) not in MOVES:
        raise AlreadyAnswered
    if standing.user is None or not rules.may(standing, suggestion, verb):
        raise Forbidden
    return standing.user


def _take(
    session: Session,
    user: User,
    standing: Standing,
    suggestion: Suggestion,
    verb: Verb,
    content: dict[str, Any],
    language: str,
    version: int,
) -> Entry:
    kind = BY_NAME[suggestion.section]
    before = _as_it_is(fiche.section(session, suggestion.project, kind))
    saved = fiche.save(session, standing, suggestion.project, kind, content, language, version)
    suggestion.taken_version = saved.version
    return _answer(session, user, suggestion, verb, before=before)


def _as_it_is(section: Section) -> dict[str, Any]:
    """All that undoing needs."""
    return {"version": section.version, "content": dict(section.content), "language": section.language}


def _answer(session: Session, user: User, suggestion: Suggestion, verb: Verb, **data: Any) -> Entry:
    suggestion.answered_by_id = user.id
    entry = _move(session, user, suggestion, verb, **data)
    author = suggestion.author
    if author.id != user.id and author.closed_at is None:
        notice: type[AboutSuggestion] = AFTER_ANSWER[verb]
        notifications.queue(session, author, notice.of(suggestion, author), entry=entry, after=journal.UNDO_WITHIN)
    return entry


def _move(session: Session, user: User, suggestion: Suggestion, verb: Verb, **data: Any) -> Entry:
    to = MOVES[suggestion.state, verb].to
    moved = (suggestion.state.value, to.value)
    suggestion.state, suggestion.state_since = to, now()
    session.add(suggestion)
    session.flush()
    deadlines.end(session, Subject.SUGGESTION, suggestion.id)
    return journal.record(
        session, user.id, Subject.SUGGESTION, suggestion.id, verb, moved=moved, note=suggestion.word, **data
    )
