"""“I have an idea for this part”: the form, the page on which it is answered, and the list of one's own."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser, MaybeUser
from app.journal import queries as journal
from app.journal.models import Subject
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, NotFound, Refusal
from app.kernel.forms import Submitted, blank, submitted
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, render, see_other
from app.projects import contents, fiche, queries, sections
from app.projects.fiche import StaleSection
from app.projects.models import Moderation, Project
from app.projects.pages.fiche import Posted, number_in, section_kind
from app.projects.rules import Standing
from app.projects.sections import SectionKind
from app.projects.suggesting import actions, rules, showing
from app.projects.suggesting import queries as suggestions
from app.projects.suggesting.actions import AlreadyAnswered, DoesNotFit
from app.projects.suggesting.forms import WORD_LENGTH, DeclineForm, SuggestionForm
from app.projects.suggesting.models import Suggestion, SuggestionKind

router = APIRouter(prefix="/projects")

SubmittedSuggestion = Annotated[Submitted[SuggestionForm], Depends(submitted(SuggestionForm))]
SubmittedDecline = Annotated[Submitted[DeclineForm], Depends(submitted(DeclineForm))]


@router.get("/suggestions", name="my_suggestions")
def my_suggestions(request: Request, session: SessionDep, user: CurrentUser, after: str = "") -> Response:
    page = suggestions.of_author(session, user, after)
    to_answer = suggestions.to_answer(session, user) if not after else []
    return render(
        request,
        "projects/my_suggestions.html",
        to_answer=showing.listed(session, to_answer),
        mine=showing.listed(session, page.rows),
        next=page.next,
    )


@router.get("/{project_id:int}/sections/{section}/suggest", name="suggest")
def suggest(
    request: Request, session: SessionDep, viewer: MaybeUser, project_id: int, section: str, form: str = ""
) -> Response:
    """`form` says in which way; anybody reads the page, a member sends it."""
    project, kind = queries.get(session, viewer, project_id), section_kind(section)
    present = fiche.section(session, project, kind)
    offered = rules.kinds_for(kind, present)
    chosen = next((one for one in offered if one.value == form), offered[0])
    written = rules.text_in(kind.name, present)
    values = {"kind": chosen, "text": written if chosen is SuggestionKind.REWRITING else "", "version": present.version}
    return _form_page(request, session, project, kind, blank(**values))


@router.post("/{project_id:int}/sections/{section}/suggest", name="send_suggestion")
def send_suggestion(
    request: Request,
    session: SessionDep,
    user: CurrentUser,
    project_id: int,
    section: str,
    posted: Posted,
    form: SubmittedSuggestion,
) -> Response:
    if sent := first_time(session, form.values.get("once")):
        return see_other(request, sent)
    project, kind = queries.get(session, user, project_id), section_kind(section)
    form.values["version"] = posted.get("version", "")
    if form.refused:
        return _form_page(request, session, project, kind, form)
    request.app.state.limits.hit("30 per hour", "suggest", str(user.id))
    data = form.data
    language = data.language or contents.recognised(data.text)
    version = number_in(form.values["version"])
    try:
        made = actions.suggest(session, user, project, kind, data.kind, data.text, language, version)
    except Invalid as error:
        form.refuse(error)
        return _form_page(request, session, project, kind, form)
    except Refusal as refusal:
        form.problem = refusal.sentence()
        return _form_page(request, session, project, kind, form)
    page = path(request, "suggestion", project_id=project.id, suggestion_id=made.id)
    led_to(session, data.once, page)
    return see_other(request, page, Flash(_("Merci pour votre idée ! L’équipe du projet la lit et vous répond.")))


@router.get("/{project_id:int}/suggestions/{suggestion_id:int}", name="suggestion")
def suggestion(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, suggestion_id: int
) -> Response:
    return _page(request, session, *_found(session, user, project_id, suggestion_id))


@router.post("/{project_id:int}/suggestions/{suggestion_id:int}/accept", name="accept_suggestion")
def accept(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, suggestion_id: int, posted: Posted
) -> Response:
    found, standing = _found(session, user, project_id, suggestion_id)
    try:
        entry = actions.accept(session, standing, found, number_in(posted.get("version", "")))
    except (AlreadyAnswered, DoesNotFit) as refusal:
        return _page(request, session, found, standing, problem=refusal.sentence())
    except StaleSection:
        moved = _("La partie a changé entre-temps : relisez-la, puis décidez.")
        return _page(request, session, found, standing, problem=moved)
    undo = path(request, "undo_suggestion", entry_id=entry.id)
    said = Flash(_("C’est dans la fiche. Son auteur le saura dans dix minutes."), undo=undo)
    return see_other(request, _section_of(request, found), said)


@router.post("/{project_id:int}/suggestions/{suggestion_id:int}/decline", name="decline_suggestion")
def decline(
    request: Request,
    session: SessionDep,
    user: CurrentUser,
    project_id: int,
    suggestion_id: int,
    form: SubmittedDecline,
) -> Response:
    found, standing = _found(session, user, project_id, suggestion_id)
    entry = None
    if not form.refused:
        try:
            entry = actions.decline(session, standing, found, form.data.word)
        except Invalid as error:
            form.refuse(error)
        except AlreadyAnswered as refusal:
            return _page(request, session, found, standing, form, refusal.sentence())
    if entry is None:
        return _page(request, session, found, standing, form)
    undo = path(request, "undo_suggestion", entry_id=entry.id)
    said = Flash(_("C’est dit : son auteur lira vos mots dans dix minutes."), undo=undo)
    return see_other(request, local_path(form.data.then, _section_of(request, found)), said)


@router.post("/{project_id:int}/suggestions/{suggestion_id:int}/withdraw", name="withdraw_suggestion")
def withdraw(request: Request, session: SessionDep, user: CurrentUser, project_id: int, suggestion_id: int) -> Response:
    found, standing = _found(session, user, project_id, suggestion_id)
    try:
        actions.withdraw(session, standing, found)
    except AlreadyAnswered as refusal:
        return _page(request, session, found, standing, problem=refusal.sentence())
    return see_other(request, path(request, "my_suggestions"), Flash(_("C’est retiré.")))


@router.post("/suggestions/undo/{entry_id:int}", name="undo_suggestion")
def undo(request: Request, session: SessionDep, user: CurrentUser, entry_id: int, then: str = "") -> Response:
    entry = journal.entry_of(session, entry_id, Subject.SUGGESTION)
    found = suggestions.get(session, user, None, entry.subject_id)
    actions.undo(session, queries.standing(session, user, found.project), found, entry)
    page = path(request, "suggestion", project_id=found.project_id, suggestion_id=found.id)
    return see_other(request, local_path(then, page), Flash(_("Annulé : tout est comme avant."), "info"))


def _found(session: Session, user: User, project_id: int, suggestion_id: int) -> tuple[Suggestion, Standing]:
    found = suggestions.get(session, user, project_id, suggestion_id)
    return found, queries.standing(session, user, found.project)


def _section_of(request: Request, found: Suggestion) -> str:
    page = path(request, "project", project_id=found.project_id)
    return page if found.section == sections.IDEA.name else f"{page}#section-{found.section}"


def _form_page(
    request: Request, session: Session, project: Project, kind: SectionKind, form: Submitted[Any]
) -> Response:
    present = fiche.section(session, project, kind)
    form.values["once"] = fresh_key()
    chosen = str(form.values.get("kind") or "")
    words = {one.value: (_(title), _(hint)) for one, (title, hint) in showing.KINDS.items()}
    return render(
        request,
        "projects/suggest.html",
        status=422 if form.refused else 200,
        project=project,
        kind=kind,
        form=form,
        present=present,
        written=rules.text_in(kind.name, present),
        tabs=[(one.value, words[one.value][0], one.value == chosen) for one in rules.kinds_for(kind, present)],
        chosen=chosen,
        hint=words.get(chosen, ("", ""))[1],
        wanted=suggestions.ideas_wanted(session, project),
        maximum=sections.TEXT_LENGTH,
    )


def _page(
    request: Request,
    session: Session,
    found: Suggestion,
    standing: Standing,
    form: Submitted[Any] | None = None,
    problem: str = "",
) -> Response:
    """The whole page; after a refusal with the words that were typed."""
    shown = showing.page(session, standing, found)
    project = found.project
    form = form or blank()
    if problem:
        form.problem = problem
    return render(
        request,
        "projects/suggestion.html",
        status=409 if problem else 422 if form.refused else 200,
        project=project,
        shown=shown,
        suggestion=found,
        next_step=showing.next_step(session, standing, found),
        is_mine=standing.user is not None and standing.user.id == found.author_id,
        readable=project.moderation is Moderation.PUBLISHED or _still_sees(session, standing, project),
        form=form,
        word_length=WORD_LENGTH,
    )


def _still_sees(session: Session, standing: Standing, project: Project) -> bool:
    try:
        queries.get(session, standing.user, project.id)
    except NotFound:
        return False
    return True
