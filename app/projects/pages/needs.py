"""Needs: added, said otherwise, understood through their concepts, closed and opened again."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser
from app.kernel import once
from app.kernel.database import SessionDep
from app.kernel.days import today
from app.kernel.errors import Invalid
from app.kernel.forms import Submitted, blank, submitted
from app.kernel.i18n import format_date, number
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.kernel.text import Key
from app.matching.choosing import ConceptsChoice, chosen_concepts
from app.projects import chips, contents, labels, needs
from app.projects.comparing import Compared, words_changed
from app.projects.models import Duration, Mode, Need, NeedKind, Project
from app.projects.need_form import ANSWERS, KIND_HINTS, TEXT_LENGTH, NeedForm
from app.projects.needs import StaleNeed
from app.projects.pages.fiche import editable
from app.projects.rules import Standing

router = APIRouter(prefix="/projects/{project_id:int}/needs")


class ChipsForm(BaseModel):
    concepts: list[Key] = []
    concepts_new: list[str] = []


SubmittedNeed = Annotated[Submitted[NeedForm], Depends(submitted(NeedForm))]
SubmittedChips = Annotated[Submitted[ChipsForm], Depends(submitted(ChipsForm))]


@router.get("/new", name="new_need")
def new_need(request: Request, session: SessionDep, user: CurrentUser, project_id: int) -> Response:
    project, _standing = editable(session, user, project_id)
    return _form_page(request, project, blank(people_wanted=1, mode="either", duration="one_off", language=""))


@router.post("/new", name="add_need")
def add_need(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, form: SubmittedNeed
) -> Response:
    project, standing = editable(session, user, project_id)
    if form.refused:
        return _form_page(request, project, form)
    if done := once.first_time(session, form.data.once):
        return see_other(request, done)
    request.app.state.limits.hit("60 per hour", "add_need", str(user.id))
    try:
        need = needs.add(session, standing, project, form.data)
    except Invalid as error:
        form.refuse(error)
        return _form_page(request, project, form)
    url = path(request, "need_chips", project_id=project.id, need_id=need.id)
    once.led_to(session, form.data.once, url)
    return see_other(request, url, Flash(_("Votre besoin est enregistré.")))


@router.get("/{need_id:int}/edit", name="edit_need")
def edit_need(request: Request, session: SessionDep, user: CurrentUser, project_id: int, need_id: int) -> Response:
    project, _standing, need = _editable(session, user, project_id, need_id)
    values = need.model_dump()
    values["language"] = need.language if need.language != contents.recognised(need.text) else ""
    return _form_page(request, project, blank(**values), need)


@router.post("/{need_id:int}/edit", name="save_need")
def save_need(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, need_id: int, form: SubmittedNeed
) -> Response:
    project, standing, need = _editable(session, user, project_id, need_id)
    if form.refused:
        return _form_page(request, project, form, need)
    request.app.state.limits.hit("200 per hour", "save_need", str(user.id))
    before = need.text
    try:
        needs.edit(session, standing, need, form.data)
    except Invalid as error:
        form.refuse(error)
        return _form_page(request, project, form, need)
    except StaleNeed as stale:
        form.values["version"] = stale.current.version
        return _form_page(request, project, form, need, stale)
    if need.text == before:
        return see_other(request, _place(request, need), Flash(_("C’est enregistré.")))
    url = path(request, "need_chips", project_id=project.id, need_id=need.id)
    return see_other(request, url, Flash(_("C’est enregistré.")))


@router.get("/{need_id:int}/chips", name="need_chips")
def need_chips(request: Request, session: SessionDep, user: CurrentUser, project_id: int, need_id: int) -> Response:
    _project, _standing, need = _editable(session, user, project_id, need_id)
    return _chips_page(request, session, need, blank())


@router.post("/{need_id:int}/chips", name="save_need_chips")
def save_need_chips(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, need_id: int, form: SubmittedChips
) -> Response:
    _project, standing, need = _editable(session, user, project_id, need_id)
    request.app.state.limits.hit("200 per hour", "save_need_chips", str(user.id))
    choice = chosen_concepts(session, form)
    if not form.refused:
        try:
            needs.correct_chips(session, standing, need, [concept.id for concept in choice.concepts])
            return see_other(request, _place(request, need), Flash(_("Merci : les mots-clés sont à jour.")))
        except Invalid as error:
            form.refuse(error)
    return _chips_page(request, session, need, form, choice)


@router.post("/{need_id:int}/close", name="close_need")
def close_need(request: Request, session: SessionDep, user: CurrentUser, project_id: int, need_id: int) -> Response:
    project, _standing, need = _editable(session, user, project_id, need_id)
    needs.close(session, user, need)
    undo = path(request, "reopen_need", project_id=project.id, need_id=need.id)
    return see_other(request, _place(request, need), Flash(_("Ce besoin est fermé."), undo=undo))


@router.post("/{need_id:int}/reopen", name="reopen_need")
def reopen_need(request: Request, session: SessionDep, user: CurrentUser, project_id: int, need_id: int) -> Response:
    _project, _standing, need = _editable(session, user, project_id, need_id)
    needs.reopen(session, user, need)
    return see_other(request, _place(request, need), Flash(_("Ce besoin est de nouveau ouvert.")))


def _editable(session: Session, user: User, project_id: int, need_id: int) -> tuple[Project, Standing, Need]:
    project, standing = editable(session, user, project_id)
    return project, standing, needs.get(session, project, need_id)


def _place(request: Request, need: Need) -> str:
    return f"{path(request, 'project', project_id=need.project_id)}#need-{need.id}"


def _form_page(
    request: Request,
    project: Project,
    form: Submitted[Any],
    need: Need | None = None,
    stale: StaleNeed | None = None,
) -> Response:
    form.values["once"] = once.fresh_key()
    return render(
        request,
        "projects/need.html",
        status=409 if stale else 422 if form.refused else 200,
        project=project,
        need=need,
        form=form,
        compared=_compared(form, stale.current) if stale else [],
        kinds=[(kind.value, _(words), _(KIND_HINTS[kind])) for kind, words in labels.KINDS.items()],
        modes=[(mode.value, _(words)) for mode, words in labels.MODES.items()],
        durations=[(duration.value, _(words)) for duration, words in labels.DURATIONS.items()],
        answers=ANSWERS,
        text_length=TEXT_LENGTH,
        today=today(),
    )


def _compared(form: Submitted[Any], theirs: Need) -> list[Compared]:
    """The answers that differ from what somebody else saved meanwhile: theirs before, mine after."""
    mine = form.data.model_dump()
    pairs = ((_(words), _said(getattr(theirs, name)), _said(mine[name])) for name, words in ANSWERS.items())
    return [Compared(words, old, new, words_changed(old, new)) for words, old, new in pairs if old != new]


def _said(value: Any) -> str:
    match value:
        case NeedKind():
            return _(labels.KINDS[value])
        case Mode():
            return _(labels.MODES[value])
        case Duration():
            return _(labels.DURATIONS[value])
        case date():
            return format_date(value)
        case int():
            return number(value)
    return value or ""


def _chips_page(
    request: Request, session: Session, need: Need, form: Submitted[Any], choice: ConceptsChoice | None = None
) -> Response:
    return render(
        request,
        "projects/need_chips.html",
        status=422 if form.refused else 200,
        project=need.project,
        need=need,
        form=form,
        shown=chips.shown(session, need, choice),
    )
