"""Texts in the other language: what is wanted, what a project has, and the form in which anybody bilingual writes."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.sessions import CurrentUser, MaybeUser
from app.kernel.database import SessionDep
from app.kernel.errors import Forbidden, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import LOCALES, current_locale
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.projects import contents, fiche, needs, photos, queries, translating
from app.projects.models import Project, Translation
from app.projects.pages.fiche import Posted, number_in
from app.projects.translating import Reading, StaleTranslation, Text

router = APIRouter(prefix="/projects")


@router.get("/translations", name="translations_wanted")
def translations_wanted(request: Request, session: SessionDep, into: str = "", after: str = "") -> Response:
    """Published projects that cannot be read in a language; at first in the reader's."""
    into = into if into in LOCALES else current_locale()
    page = translating.wanted(session, into, after)
    return render(request, "projects/translations_wanted.html", into=into, page=page)


@router.get("/{project_id:int}/translate", name="project_translations")
def project_translations(request: Request, session: SessionDep, viewer: MaybeUser, project_id: int) -> Response:
    """Every text of a project, each with its translation where there is one."""
    project = queries.get(session, viewer, project_id)
    standing = queries.standing(session, viewer, project)
    readings = _readings(session, project)
    may = {
        reading.original.name: viewer is None or translating.can_translate(standing, project, reading.translation)
        for reading in readings
    }
    return render(request, "projects/project_translations.html", project=project, readings=readings, may=may)


@router.get("/{project_id:int}/translate/{text}", name="translate")
def translate(request: Request, session: SessionDep, user: CurrentUser, project_id: int, text: str) -> Response:
    project = queries.get(session, user, project_id)
    reading = _reading(session, project, text)
    if not translating.can_translate(queries.standing(session, user, project), project, reading.translation):
        raise Forbidden
    said = reading.translation.content if reading.translation else {}
    meta = {"of_version": reading.original.version, "seen": reading.seen}
    return _form_page(request, project, reading, blank(**said, **meta))


@router.post("/{project_id:int}/translate/{text}", name="save_translation")
def save_translation(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, text: str, posted: Posted
) -> Response:
    project = queries.get(session, user, project_id)
    reading = _reading(session, project, text)
    form = contents.read_words(reading.original.kind, reading.original.parts, posted)
    form.values |= {"of_version": posted.get("of_version", ""), "seen": posted.get("seen", "")}
    if form.refused:
        return _form_page(request, project, reading, form)
    request.app.state.limits.hit("200 per hour", "translate", str(user.id))
    standing = queries.standing(session, user, project)
    try:
        translating.translate(
            session,
            standing,
            project,
            reading.original,
            form.data.model_dump(),
            of_version=number_in(form.values["of_version"]),
            seen=form.values["seen"],
        )
    except StaleTranslation as stale:
        may = translating.can_translate(standing, project, stale.current)
        form.values["seen"] = stale.current.written_at.isoformat()
        return _form_page(request, project, reading, form, stale.current, may)
    return see_other(request, _next(request, session, project), Flash(_("Merci ! Votre traduction est en ligne.")))


def _next(request: Request, session: Session, project: Project) -> str:
    """On to the next text that has no translation, then to all of them."""
    for reading in _readings(session, project):
        if reading.translation is None:
            return path(request, "translate", project_id=project.id, text=reading.original.name)
    return path(request, "project_translations", project_id=project.id)


def _readings(session: Session, project: Project) -> list[Reading]:
    known = {into: translating.of_project(session, project, into) for into in LOCALES}
    texts = [text for text in _texts(session, project) if text.parts]
    return [translating.reading(text, known[text.other_language], text.other_language) for text in texts]


def _reading(session: Session, project: Project, name: str) -> Reading:
    for reading in _readings(session, project):
        if reading.original.name == name:
            return reading
    raise NotFound


def _texts(session: Session, project: Project) -> list[Text]:
    return [*fiche.texts(session, project), *needs.texts(session, project), *photos.texts(session, project)]


def _form_page(
    request: Request,
    project: Project,
    reading: Reading,
    form: Submitted[Any],
    theirs: Translation | None = None,
    may: bool = True,
) -> Response:
    """`theirs` is what somebody else wrote meanwhile."""
    return render(
        request,
        "projects/translate.html",
        status=409 if theirs else 422 if form.refused else 200,
        project=project,
        text=reading.original,
        fields=contents.word_fields(reading.original.kind, reading.original.parts),
        has_moved=reading.has_moved,
        form=form,
        theirs=theirs,
        may=may,
    )
