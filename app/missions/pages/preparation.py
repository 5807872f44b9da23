"""Getting ready for a mission, and the documents that it produced."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.accounts.sessions import CurrentUser
from app.contributions import sides
from app.files.answering import answer as answer_file
from app.files.receiving import Received, received
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, see_other
from app.missions import preparing, queries
from app.missions.forms import SubmittedAnswer, SubmittedDocument, SubmittedPreparation
from app.missions.pages.missions import mission_page

router = APIRouter(prefix="/missions")

Sent = Annotated[list[Received], Depends(received("file"))]


@router.post("/{mission_id:int}/preparation", name="ask_before_mission")
def ask_before_mission(
    request: Request, session: SessionDep, user: CurrentUser, mission_id: int, form: SubmittedPreparation
) -> Response:
    ties = sides.ties(session, user)
    found = queries.get(session, ties, mission_id)
    if not form.refused:
        try:
            preparing.ask(session, user, found, form.data.text, form.data.asked_of)
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        return mission_page(request, session, ties, found, "preparation", form)
    page = path(request, "mission", mission_id=mission_id) + "#preparation"
    return see_other(request, page, Flash(_("Ajouté à la liste.")))


@router.post("/{mission_id:int}/preparation/{point_id:int}", name="answer_before_mission")
def answer_before_mission(
    request: Request, session: SessionDep, user: CurrentUser, mission_id: int, point_id: int, form: SubmittedAnswer
) -> Response:
    ties = sides.ties(session, user)
    found = queries.get(session, ties, mission_id)
    if form.refused:
        return mission_page(request, session, ties, found, f"point-{point_id}", form)
    preparing.answer(session, user, found, point_id, form.data.answer)
    return see_other(request, path(request, "mission", mission_id=mission_id) + "#preparation")


@router.post("/{mission_id:int}/documents", name="add_mission_document")
def add_mission_document(
    request: Request, session: SessionDep, user: CurrentUser, mission_id: int, form: SubmittedDocument, sent: Sent
) -> Response:
    ties = sides.ties(session, user)
    found = queries.get(session, ties, mission_id)
    if not sent:
        form.errors.setdefault("file", _("Choisissez un PDF ou une photo."))
    if not form.refused:
        try:
            preparing.add_document(session, user, found, form.data.title, sent[0])
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        return mission_page(request, session, ties, found, "documents", form)
    page = path(request, "mission", mission_id=mission_id) + "#documents"
    return see_other(request, page, Flash(_("Le document est gardé ici, pour vous et pour l’autre côté.")))


@router.get("/{mission_id:int}/documents/{document_id:int}", name="mission_document")
def mission_document(
    request: Request, session: SessionDep, user: CurrentUser, mission_id: int, document_id: int
) -> Response:
    found = queries.get(session, sides.ties(session, user), mission_id)
    return answer_file(request, session, preparing.document_of(session, found, document_id).file_id)


@router.post("/{mission_id:int}/documents/{document_id:int}/remove", name="remove_mission_document")
def remove_mission_document(
    request: Request, session: SessionDep, user: CurrentUser, mission_id: int, document_id: int
) -> Response:
    found = queries.get(session, sides.ties(session, user), mission_id)
    preparing.remove_document(session, user, found, document_id)
    page = path(request, "mission", mission_id=mission_id) + "#documents"
    return see_other(request, page, Flash(_("Le document est retiré."), "info"))
