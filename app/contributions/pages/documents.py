"""Documents of an offer: added later, read by those who decide, removed by whoever sent them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.accounts.sessions import CurrentUser
from app.contributions import documents, queries, sides
from app.contributions.pages.answers import contribution_page
from app.files.answering import answer
from app.files.receiving import Received, received
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid
from app.kernel.forms import blank
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, see_other

router = APIRouter(prefix="/contributions")

Documents = Annotated[list[Received], Depends(received(documents.FIELD))]


@router.post("/{contribution_id:int}/documents", name="attach_documents")
def attach_documents(
    request: Request, session: SessionDep, user: CurrentUser, contribution_id: int, sent: Documents
) -> Response:
    ties = sides.ties(session, user)
    contribution = queries.get(session, ties, contribution_id)
    request.app.state.limits.hit("30 per hour", "attach_documents", str(user.id))
    try:
        with session.begin_nested():
            documents.attach(session, ties, contribution, sent)
    except Invalid as error:
        form = blank()
        form.refuse(error)
        return contribution_page(request, session, ties, contribution, "documents", form)
    page = path(request, "contribution", contribution_id=contribution_id)
    return see_other(request, page, Flash(_("C’est joint : seules les personnes qui décident peuvent le lire.")))


@router.get("/documents/{document_id:int}", name="read_document")
def read_document(request: Request, session: SessionDep, user: CurrentUser, document_id: int) -> Response:
    ties = sides.ties(session, user)
    document, contribution = documents.get(session, ties, document_id)
    documents.note_reading(session, ties, document, contribution)
    return answer(request, session, document.file_id)


@router.post("/documents/{document_id:int}/remove", name="remove_document")
def remove_document(request: Request, session: SessionDep, user: CurrentUser, document_id: int) -> Response:
    ties = sides.ties(session, user)
    document, contribution = documents.get(session, ties, document_id)
    documents.remove(session, ties, document, contribution)
    page = path(request, "contribution", contribution_id=contribution.id)
    return see_other(request, page, Flash(_("Ce document est retiré, pour tout le monde.")))
