"""The page of a project, and what is done with the whole of it: endorse, correct its language, say that it is done."""

from collections import defaultdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser, MaybeUser
from app.journal.models import Subject
from app.kernel.database import SessionDep
from app.kernel.days import today
from app.kernel.errors import Invalid
from app.kernel.forms import Submitted, blank, submitted
from app.kernel.i18n import current_locale
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.projects import actions, beginnings, fiche, labels, listing, needs, queries, rules, story, talking, translating
from app.projects.chronogram import Chart, chart
from app.projects.fiche import FicheView
from app.projects.forms import LanguageForm, RealisedForm
from app.projects.models import Project, Stage
from app.projects.phases import CHRONOGRAM
from app.projects.rules import Standing
from app.projects.suggesting import queries as suggestions
from app.projects.suggesting import showing
from app.projects.suggesting.showing import SuggestionView
from app.threads import actions as threads
from app.threads import queries as talk

router = APIRouter(prefix="/projects")

SubmittedLanguage = Annotated[Submitted[LanguageForm], Depends(submitted(LanguageForm))]
SubmittedRealised = Annotated[Submitted[RealisedForm], Depends(submitted(RealisedForm))]


@router.get("/{project_id:int}", name="project")
def project(request: Request, session: SessionDep, viewer: MaybeUser, project_id: int) -> Response:
    return project_page(request, session, viewer, queries.get(session, viewer, project_id))


@router.post("/{project_id:int}/endorsement", name="endorse_project")
def endorse(request: Request, session: SessionDep, user: CurrentUser, project_id: int) -> Response:
    found = queries.get_for_change(session, user, project_id)
    actions.endorse(session, queries.standing(session, user, found), found)
    return see_other(request, _page(request, found), Flash(_("La commune soutient maintenant ce projet.")))


@router.post("/{project_id:int}/endorsement/withdraw", name="withdraw_endorsement")
def withdraw_endorsement(request: Request, session: SessionDep, user: CurrentUser, project_id: int) -> Response:
    found = queries.get_for_change(session, user, project_id)
    actions.withdraw_endorsement(session, queries.standing(session, user, found), found)
    return see_other(request, _page(request, found), Flash(_("La commune ne soutient plus ce projet.")))


@router.post("/{project_id:int}/language", name="correct_language")
def correct_language(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, form: SubmittedLanguage
) -> Response:
    found = queries.get_for_change(session, user, project_id)
    if form.refused:
        return see_other(request, _page(request, found))
    actions.correct_language(session, queries.standing(session, user, found), found, form.data.language)
    return see_other(request, _page(request, found), Flash(_("C’est corrigé.")))


@router.post("/{project_id:int}/realised", name="realise_project")
def realise(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, form: SubmittedRealised
) -> Response:
    found = queries.get_for_change(session, user, project_id)
    if not form.refused:
        try:
            actions.realise(session, queries.standing(session, user, found), found, form.data.words)
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        return project_page(request, session, user, found, realised=form)
    return see_other(request, _page(request, found), Flash(_("Bravo ! Ce projet est réalisé.")))


@router.post("/{project_id:int}/resumed", name="resume_project")
def resume(request: Request, session: SessionDep, user: CurrentUser, project_id: int) -> Response:
    found = queries.get_for_change(session, user, project_id)
    actions.resume(session, queries.standing(session, user, found), found)
    return see_other(request, _page(request, found), Flash(_("Ce projet continue.")))


def project_page(
    request: Request,
    session: Session,
    viewer: User | None,
    found: Project,
    move: str = "",
    form: Submitted[Any] | None = None,
    realised: Submitted[Any] | None = None,
) -> Response:
    """The whole page; after a refusal with the form of that `move`, as it was typed."""
    standing = queries.standing(session, viewer, found)
    can_edit = rules.can_edit(standing, found)
    written = fiche.view(session, found, standing, current_locale())
    wanted = needs.view(session, found, standing, current_locale())
    read = [written.idea.reading, *(one.reading for one in wanted.open)]
    read += [one.reading for one in written.sections] + [one.reading for one in wanted.past]  # these come folded
    refused = (form or realised or blank()).refused
    seat = talking.seat(standing, found)
    conversation = talk.thread(session, Subject.PROJECT, found.id, seat)
    threads.mark_read(session, conversation)
    about_needs = talk.threads(session, Subject.NEED, {one.need.id: seat for one in (*wanted.open, *wanted.past)})
    return render(
        request,
        "projects/project.html",
        status=422 if refused else 200,
        project=found,
        standing=standing,
        fiche=written,
        story=story.view(session, found, written, viewer, current_locale()),
        chart=_chart(found, written),
        needs=wanted,
        credited=translating.credited(read),
        next_step=rules.who_acts_next(standing, found, queries.stage_since(session, found)),
        can_edit=can_edit,
        writes=rules.writes(standing, found),
        suggested=_suggested(session, standing, found),
        thanked=suggestions.thanked(session, found),
        inspired_by=beginnings.origin_of(session, viewer, found),
        followers=listing.cards(session, beginnings.followers(session, found)),
        can_endorse=rules.can_endorse(standing, found),
        speaks_for_commune=found.commune_code in standing.communes,
        moves=rules.open_moves(standing, found),
        thread=queries.thread(session, found) if can_edit else [],
        refused_move=move,
        move_form=form or blank(),
        realised_form=realised or blank(),
        no_form=blank(),
        similar=listing.similar_projects(session, found),
        labels=labels,
        conversation=conversation,
        about_needs=about_needs,
        here=_page(request, found),
    )


def _chart(found: Project, written: FicheView) -> Chart | None:
    for one in written.sections:
        if one.kind is CHRONOGRAM:
            return chart(one.content.phases, today(), found.stage is Stage.REALISED)
    return None


def _suggested(session: Session, standing: Standing, found: Project) -> dict[str, list[SuggestionView]]:
    """Section → the suggestions that wait beside it."""
    waiting = suggestions.open_beside(session, standing, found)
    if not waiting:
        return {}
    present = fiche.of_project(session, found)
    views = showing.beside(session, standing, [one for several in waiting.values() for one in several], present)
    of_section: defaultdict[str, list[SuggestionView]] = defaultdict(list)
    for view in views:
        of_section[view.suggestion.section].append(view)
    return of_section


def _page(request: Request, found: Project) -> str:
    return path(request, "project", project_id=found.id)
