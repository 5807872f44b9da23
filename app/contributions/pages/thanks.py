"""Thanks for what was done: the team asks those who helped, each answers, and may take the name back at any time."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.sessions import CurrentUser
from app.contributions import thanking
from app.contributions.forms import SubmittedThanks, SubmittedThanksAnswer
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, Refusal
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import N_, current_locale, ngettext, number
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.projects import queries as projects
from app.projects import translating
from app.projects.models import Project, Thanks
from app.projects.pages.fiche import editable

router = APIRouter(prefix="/contributions/thanks")


@router.get("/{project_id:int}/people", name="thank_people")
def thank_people(request: Request, session: SessionDep, user: CurrentUser, project_id: int) -> Response:
    project, _standing = editable(session, user, project_id)
    return _people_page(request, session, project)


@router.post("/{project_id:int}/people", name="ask_thanks")
def ask_thanks(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, form: SubmittedThanks
) -> Response:
    project, standing = editable(session, user, project_id)
    projects.get_for_change(session, user, project.id)  # nobody is asked twice, though two of the team ask at once
    if form.refused:
        return _people_page(request, session, project, form)
    try:
        asked = thanking.ask(session, standing, project, form.data.words)
    except (thanking.NotDoneYet, thanking.NobodyToAsk) as refusal:
        form.problem = refusal.sentence()
        return _people_page(request, session, project, form, refusal)
    told = ngettext(
        "C’est parti : %(n)s personne dira si elle veut être nommée.",
        "C’est parti : %(n)s personnes diront si elles veulent être nommées.",
        len(asked),
    )
    return see_other(
        request, path(request, "thank_people", project_id=project.id), Flash(told % {"n": number(len(asked))})
    )


@router.get("/{project_id:int}", name="my_thanks")
def my_thanks(request: Request, session: SessionDep, user: CurrentUser, project_id: int) -> Response:
    row, project = thanking.asked_of(session, user, project_id)
    return _page(request, session, row, project)


@router.post("/{project_id:int}", name="answer_thanks")
def answer_thanks(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, form: SubmittedThanksAnswer
) -> Response:
    row, project = thanking.asked_of(session, user, project_id)
    if not form.refused and form.data.answer == "yes" and not form.data.name:
        form.refuse(Invalid(N_("Écrivez le nom que tout le monde lira."), "name"))
    if form.refused:
        return _page(request, session, row, project, form)
    agrees = form.data.answer == "yes"
    thanking.answer(session, row, agrees, form.data.name)
    word = _("Merci ! Votre nom est sur la page.") if agrees else _("Bien noté : votre nom n’y apparaît pas.")
    return see_other(request, path(request, "my_thanks", project_id=project_id), Flash(word))


def _page(
    request: Request, session: Session, row: Thanks, project: Project, form: Submitted[Any] | None = None
) -> Response:
    titles = translating.titles(session, [project], current_locale())
    return render(
        request,
        "contributions/thanks.html",
        status=422 if form else 200,
        thanks=row,
        project=project,
        project_title=titles.get(project.id, project.title),
        form=form or blank(name=row.name),
    )


def _people_page(
    request: Request,
    session: Session,
    project: Project,
    form: Submitted[Any] | None = None,
    refusal: Refusal | None = None,
) -> Response:
    return render(
        request,
        "contributions/thank_people.html",
        status=int(refusal.status) if refusal else 422 if form else 200,
        project=project,
        helpers=thanking.helpers(session, project),
        form=form or blank(),
    )
