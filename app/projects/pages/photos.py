"""The photographs of a project: sent, described, put in order, taken away; and the pictures themselves."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.sessions import CurrentUser, MaybeUser
from app.files.answering import answer
from app.files.receiving import Received, received
from app.journal import queries as journal
from app.journal.models import Subject
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank, submitted, validate
from app.kernel.i18n import N_, current_locale, gettext, ngettext, number
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.templating import Flash, path, render, see_other
from app.projects import photos, queries, rules, translating
from app.projects.forms import MoveForm, PhotoForm, PhotosForm
from app.projects.labels import PHOTO_KINDS
from app.projects.models import PhotoKind, Project
from app.projects.pages.fiche import Posted, editable
from app.projects.photos import PhotoView
from app.projects.rules import Standing
from app.projects.sections import LINE_LENGTH

router = APIRouter(prefix="/projects")

Sent = Annotated[list[Received], Depends(received("photos"))]
SubmittedPhotos = Annotated[Submitted[PhotosForm], Depends(submitted(PhotosForm))]
SubmittedReason = Annotated[Submitted[MoveForm], Depends(submitted(MoveForm))]


@router.get("/{project_id:int}/photos", name="project_photos")
def project_photos(request: Request, session: SessionDep, user: CurrentUser, project_id: int) -> Response:
    project, standing = editable(session, user, project_id)
    return _page(request, session, project, standing)


@router.post("/{project_id:int}/photos", name="add_photos")
def add_photos(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, sent: Sent, form: SubmittedPhotos
) -> Response:
    if done := first_time(session, form.values.get("once")):
        return see_other(request, done)
    project, standing = editable(session, user, project_id)
    if not form.refused and not sent:
        form.refuse(Invalid(N_("Choisissez une ou plusieurs photos."), "photos"))
    if form.refused:
        return _page(request, session, project, standing, adding=form)
    request.app.state.limits.hit("60 per hour", "add_photos", str(user.id))
    added = photos.add(session, standing, project, sent, form.data.kind)
    if added.refused and not added.photos:
        form.errors["photos"] = " ".join(f"{name} : {error.sentence()}" for name, error in added.refused)
        return _page(request, session, project, standing, adding=form)
    url = path(request, "project_photos", project_id=project.id)
    led_to(session, form.data.once, url)
    words = [Flash(_received(len(added.photos)))]
    words += [Flash(f"{name} : {error.sentence()}", "problem") for name, error in added.refused]
    return see_other(request, url, *words)


def _received(n: int) -> str:
    told = ngettext(
        "%(n)s photo est arrivée : dites ce qu’elle montre.",
        "%(n)s photos sont arrivées : dites ce que chacune montre.",
        n,
    )
    return told % {"n": number(n)}


@router.post("/{project_id:int}/photos/describe", name="describe_photos")
def describe_photos(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, posted: Posted
) -> Response:
    """All of them at once; what one of them still lacks keeps back that one alone."""
    project, standing = editable(session, user, project_id)
    views = _all(session, project)
    form: Submitted[Any] = blank()
    for one in views:
        number_ = one.photo.id
        if f"words-{number_}" not in posted:
            continue
        names = ("words", "kind", "consent")
        line = validate(PhotoForm, {name: posted.get(f"{name}-{number_}", "") for name in names})
        form.values |= {f"{name}-{number_}": posted.get(f"{name}-{number_}", "") for name in names}
        form.errors |= {f"{name}-{number_}": sentence for name, sentence in line.errors.items()}
        if not line.refused:
            data = line.data
            photos.describe(session, standing, project, one.photo, data.words, data.kind, data.consent == "yes")
    if form.refused:
        return _page(request, session, project, standing, described=form)
    waiting = sum(not one.is_shown and one.photo.hidden_at is None for one in views)
    if waiting:
        told = ngettext(
            "C’est enregistré. %(n)s photo attend encore.", "C’est enregistré. %(n)s photos attendent encore.", waiting
        )
        return see_other(request, _address(request, project), Flash(told % {"n": number(waiting)}, "info"))
    return see_other(request, _address(request, project), Flash(_("C’est enregistré : vos photos sont prêtes.")))


@router.get("/{project_id:int}/photos/{photo_id:int}", name="photo")
def photo(
    request: Request, session: SessionDep, viewer: MaybeUser, project_id: int, photo_id: int, small: str = ""
) -> Response:
    """The picture itself; kept by caches only if everybody may see it."""
    project = queries.get(session, viewer, project_id)
    found = photos.get(session, project, queries.standing(session, viewer, project), photo_id)
    return answer(request, session, found.file_id, small=bool(small), public=photos.is_public(project, found))


@router.post("/{project_id:int}/photos/{photo_id:int}/{verb}", name="move_photo")
def move_photo(
    request: Request,
    session: SessionDep,
    user: CurrentUser,
    project_id: int,
    photo_id: int,
    verb: str,
    form: SubmittedReason,
) -> Response:
    """`earlier`, `later`, `remove`; and for moderators `hide`, `show`."""
    project, standing = editable(session, user, project_id)
    found = photos.get(session, project, standing, photo_id)
    word: list[Flash] = []
    match verb:
        case "earlier" | "later":
            photos.shift(session, standing, project, found, verb == "later")
            return see_other(request, f"{_address(request, project)}#photo-{found.id}")
        case "remove":
            photos.remove(session, standing, project, found)
            word = [Flash(_("Cette photo est effacée."))]
        case "hide":
            if not form.refused:
                try:
                    entry = photos.hide(session, standing, project, found, form.data.words)
                except Invalid as error:
                    form.refuse(error)
            if form.refused:
                return _page(request, session, project, standing, hiding=(found.id, form))
            word = [Flash(_("Cette photo est cachée."), undo=path(request, "undo_photo", entry_id=entry.id))]
        case "show":
            photos.show_again(session, standing, project, found)
            word = [Flash(_("Cette photo est de nouveau montrée."))]
        case _:
            raise NotFound
    return see_other(request, _address(request, project), *word)


@router.post("/photos/undo/{entry_id:int}", name="undo_photo")
def undo_photo(request: Request, session: SessionDep, user: CurrentUser, entry_id: int) -> Response:
    entry = journal.entry_of(session, entry_id, Subject.PROJECT)
    project = queries.get_for_change(session, user, entry.subject_id)
    photos.undo_hiding(session, user.id, project, entry)
    return see_other(request, _address(request, project), Flash(_("C’est annulé."), "info"))


def _address(request: Request, project: Project) -> str:
    return path(request, "project_photos", project_id=project.id)


def _all(session: Session, project: Project) -> list[PhotoView]:
    locale = current_locale()
    return photos.all_of(session, project, translating.of_project(session, project, locale), locale)


def _page(
    request: Request,
    session: Session,
    project: Project,
    standing: Standing,
    adding: Submitted[Any] | None = None,
    described: Submitted[Any] | None = None,
    hiding: tuple[int, Submitted[Any]] | None = None,
) -> Response:
    """After a refusal with what was typed; photographs that wait for their words come first."""
    views = _all(session, project)
    form = described or blank()
    for one in views:
        form.values.setdefault(f"words-{one.photo.id}", one.photo.words)
        form.values.setdefault(f"kind-{one.photo.id}", one.photo.kind.value)
        form.values.setdefault(f"consent-{one.photo.id}", "yes" if one.photo.consent_at else "")
    adding = adding or blank(kind=PhotoKind.AFTER.value)
    adding.values["once"] = fresh_key()
    refused = adding.refused or form.refused or hiding is not None
    return render(
        request,
        "projects/photos.html",
        status=422 if refused else 200,
        project=project,
        waiting=[one for one in views if not one.is_shown],
        shown=[one for one in views if one.is_shown],
        order=[one.photo.id for one in views],
        form=form,
        adding=adding,
        hidden_id=hiding[0] if hiding else 0,
        reason=hiding[1] if hiding else blank(),
        no_form=blank(),
        may_moderate=rules.can_moderate(standing, project),
        room=photos.MOST - len(views),
        most=photos.MOST,
        words_length=LINE_LENGTH,
        kinds=[(kind.value, gettext(words)) for kind, words in PHOTO_KINDS.items()],
    )
