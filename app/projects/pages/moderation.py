"""The steps of moderation, from the page of a project or from the desk, and their undo."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.accounts.sessions import CurrentUser
from app.journal import queries as journal
from app.journal.models import Subject
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid
from app.kernel.forms import Submitted, submitted
from app.kernel.i18n import N_
from app.kernel.i18n import gettext as _
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, see_other
from app.projects import actions, queries
from app.projects.actions import AlreadyMoved
from app.projects.forms import MoveForm
from app.projects.pages.project import project_page

router = APIRouter(prefix="/projects")

SubmittedMove = Annotated[Submitted[MoveForm], Depends(submitted(MoveForm))]

DONE = {
    "publish": N_("Publié. Tout le monde peut maintenant le lire."),
    "ask": N_("Votre question est posée."),
    "return": N_("Rendu à son auteur avec vos mots."),
    "help": N_("Vous écrivez maintenant ce projet avec son auteur."),
    "unpublish": N_("Ce projet n’est plus publié."),
    "answer": N_("Merci : votre réponse est transmise."),
    "send_again": N_("Envoyé : un modérateur va le lire."),
    "withdraw": N_("Votre projet est retiré. Vous pouvez l’envoyer à nouveau quand vous voulez."),
}


@router.post("/{project_id:int}/moderation/{verb}", name="move_project")
def move_project(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, verb: str, form: SubmittedMove
) -> Response:
    """`then` in the form is a page of ours to go back to: the desk."""
    project = queries.get_for_change(session, user, project_id)
    if form.refused:
        return project_page(request, session, user, project, verb, form)
    request.app.state.limits.hit("200 per hour", "move_project", str(user.id))
    standing = queries.standing(session, user, project)
    try:
        entry = actions.move(session, standing, project, verb, form.data.words, form.data.since)
    except Invalid as error:
        form.refuse(error)
    except AlreadyMoved as error:
        form.problem = error.sentence()
    if form.refused:
        return project_page(request, session, user, project, verb, form)
    undo = path(request, "undo_project_move", entry_id=entry.id, then=form.data.then)
    url = local_path(form.data.then, path(request, "project", project_id=project.id))
    return see_other(request, url, Flash(_(DONE[verb]), undo=undo))


@router.post("/moderation/{entry_id:int}/undo", name="undo_project_move")
def undo_project_move(
    request: Request, session: SessionDep, user: CurrentUser, entry_id: int, then: str = ""
) -> Response:
    entry = journal.entry_of(session, entry_id, Subject.PROJECT)
    project = queries.get_for_change(session, user, entry.subject_id)
    actions.undo(session, user, project, entry)
    url = local_path(then, path(request, "project", project_id=project.id))
    return see_other(request, url, Flash(_("Annulé : tout est comme avant."), "info"))
