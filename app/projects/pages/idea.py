"""Posting an idea: anybody reads the form, a member sends it."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser, MaybeUser
from app.kernel import once
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid
from app.kernel.forms import Submitted, blank, submitted
from app.kernel.i18n import N_, label
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.organisations import queries as organisations
from app.organisations.models import Organisation
from app.projects import actions, contents, queries
from app.projects.forms import IdeaForm
from app.projects.models import Moderation, Project
from app.territories import queries as territories
from app.territories.forms import chosen_commune
from app.territories.models import Commune

router = APIRouter(prefix="/projects")

SubmittedIdea = Annotated[Submitted[IdeaForm], Depends(submitted(IdeaForm))]


@router.get("/new", name="new_project")
def new_project(request: Request, session: SessionDep, viewer: MaybeUser, commune: str = "") -> Response:
    """`commune` is a code: the page of a commune leads here."""
    form = blank()
    here = territories.get(session, commune)
    if isinstance(here, Commune):
        form = blank(commune=here.full_name, commune_code=here.code)
    return _form_page(request, session, viewer, form)


@router.post("/new", name="post_idea")
def post_idea(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedIdea) -> Response:
    if done := once.first_time(session, form.values.get("once")):
        return see_other(request, done)
    choice = chosen_commune(session, form)
    organisation = _in_whose_name(session, user, form)
    recognised = contents.recognised(*(str(form.values.get(name) or "") for name in ("title", "summary")))
    if form.refused or choice.commune is None:
        form.values.setdefault("language", recognised)
        return _form_page(request, session, user, form, choice.choices, asks_language=True)
    similar = queries.near_identical(session, user, choice.commune.code, form.data.title)
    if similar and not form.data.similar_seen:
        form.values["similar_seen"] = "yes"
        return _form_page(request, session, user, form, similar=similar)
    request.app.state.limits.hit("20 per hour", "post_idea", str(user.id))
    project = actions.post_idea(
        session,
        user,
        title=form.data.title,
        summary=form.data.summary,
        commune=choice.commune,
        language=form.data.language or recognised,
        organisation=organisation,
    )
    url = path(request, "project", project_id=project.id)
    once.led_to(session, form.data.once, url)
    if project.moderation is Moderation.PUBLISHED:
        return see_other(request, url, Flash(_("Votre projet est publié.")))
    return see_other(request, url, Flash(_("Merci ! Votre idée est enregistrée : un modérateur va la lire.")))


def _in_whose_name(session: Session, user: User, form: Submitted[IdeaForm]) -> Organisation | None:
    wanted = str(form.values.get("organisation") or "")
    if not wanted:
        return None
    for organisation in organisations.speaks_for(session, user):
        if str(organisation.id) == wanted:
            return organisation
    form.refuse(Invalid(N_("Vous ne parlez pas pour cette organisation."), "organisation"))
    return None


def _form_page(
    request: Request,
    session: Session,
    viewer: User | None,
    form: Submitted[IdeaForm],
    choices: Sequence[tuple[str, str]] = (),
    similar: Sequence[Project] = (),
    asks_language: bool = False,
) -> Response:
    form.values["once"] = once.fresh_key()
    spoken_for = organisations.speaks_for(session, viewer) if viewer else []
    return render(
        request,
        "projects/new.html",
        status=422 if form.refused or similar else 200,
        form=form,
        choices=choices,
        similar=similar,
        asks_language=asks_language,
        names=[(organisation.id, label(organisation)) for organisation in spoken_for],
    )
