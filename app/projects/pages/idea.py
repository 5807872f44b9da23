"""Posting an idea: anybody reads the form, a member sends it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Any

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
from app.projects import actions, beginnings, contents, labels, listing, queries
from app.projects.beginnings import Beginning, Outline
from app.projects.forms import IdeaForm
from app.projects.listing import FilterForm
from app.projects.models import Moderation, Project, Stage
from app.projects.pages.fiche import number_in
from app.projects.sections import TEXT_LENGTH
from app.taxonomy import queries as taxonomy
from app.territories import queries as territories
from app.territories.forms import chosen_commune
from app.territories.models import Commune

router = APIRouter(prefix="/projects")

DONE = 6

SubmittedIdea = Annotated[Submitted[IdeaForm], Depends(submitted(IdeaForm))]


@router.get("/new", name="new_project")
def new_project(
    request: Request,
    session: SessionDep,
    viewer: MaybeUser,
    commune: str = "",
    outline: str = "",
    like: str = "",
) -> Response:
    """`commune` is a code: the page of a commune leads here. `outline` and `like`: what it starts from."""
    values: dict[str, Any] = {}
    begun = _begun(session, viewer, outline, like)
    if begun is not None:
        values = {"title": begun.title, "summary": begun.summary, "objective": begun.objective}
        values |= {"outline": outline if begun.outline else "", "like": begun.origin.id if begun.origin else ""}
        commune = commune or _own_commune(session, viewer, begun)
    here = territories.get(session, commune)
    if isinstance(here, Commune):
        values |= {"commune": here.full_name, "commune_code": here.code}
    return _form_page(request, session, viewer, blank(**values))


@router.get("/models", name="outlines")
def outlines(request: Request, session: SessionDep, commune: str = "") -> Response:
    """What one can start from: a model of each theme, and what other communes carried out."""
    of_theme: defaultdict[str, list[Outline]] = defaultdict(list)
    for one in beginnings.outlines():
        of_theme[one.theme].append(one)
    done = listing.page(session, FilterForm(stage=Stage.REALISED), None, "")
    return render(
        request,
        "projects/outlines.html",
        themes=[(theme, of_theme[theme.code]) for theme in taxonomy.themes(session)],
        done=done.rows[:DONE],
        commune=commune,
        labels=labels,
    )


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
    data, begun = form.data, _begun(session, user, form.data.outline, form.data.like)
    language = data.language or recognised
    project = actions.post_idea(
        session,
        user,
        title=data.title,
        summary=data.summary,
        commune=choice.commune,
        language=language,
        organisation=organisation,
        inspired_by=begun.origin if begun else None,
    )
    if begun is not None:
        beginnings.carry_on(
            session,
            queries.standing(session, user, project),
            project,
            objective=data.objective,
            language=contents.recognised(data.objective) if data.objective else language,
            theme_code=begun.theme_code,
            wanted=[(one.kind, one.text) for n, one in enumerate(begun.needs) if str(n) in data.needs],
        )
    url = path(request, "project", project_id=project.id)
    once.led_to(session, data.once, url)
    if project.moderation is Moderation.PUBLISHED:
        return see_other(request, url, Flash(_("Votre projet est publié.")))
    return see_other(request, url, Flash(_("Merci ! Votre idée est enregistrée : un modérateur va la lire.")))


def _begun(session: Session, viewer: User | None, outline: str, like: str) -> Beginning | None:
    """What no longer exists, or is not to be seen, is as if nothing had been asked for."""
    return beginnings.of_outline(outline) or beginnings.of_project(session, viewer, number_in(like))


def _own_commune(session: Session, viewer: User | None, begun: Beginning) -> str:
    """Whoever does the same does it at home: the commune for which this person speaks, if it is one only."""
    spoken_for = organisations.speaks_for(session, viewer) if viewer else []
    codes = {one.commune_code for one in spoken_for if one.commune_code}
    if begun.origin is not None:
        codes.discard(begun.origin.commune_code)
    return codes.pop() or "" if len(codes) == 1 else ""


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
    begun = _begun(session, viewer, str(form.values.get("outline") or ""), str(form.values.get("like") or ""))
    return render(
        request,
        "projects/new.html",
        status=422 if form.refused or similar else 200,
        form=form,
        choices=choices,
        similar=similar,
        asks_language=asks_language,
        begun=begun,
        proposed=[(n, one.text, _(labels.KINDS[one.kind])) for n, one in enumerate(begun.needs)] if begun else [],
        objective_length=TEXT_LENGTH,
        names=[(organisation.id, label(organisation)) for organisation in spoken_for],
    )
