"""The missions of a contribution: proposing one, agreeing to it, changing it, and its page."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.queries import names_of
from app.accounts.sessions import CurrentUser
from app.contributions import queries as contributions
from app.contributions import sides
from app.contributions.cards import need_view, person_for
from app.contributions.models import Contribution
from app.contributions.rules import Ties
from app.deadlines import queries as deadlines
from app.journal import queries as journal
from app.journal.models import Subject
from app.kernel.database import SessionDep
from app.kernel.days import today
from app.kernel.errors import NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import format_moment
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.templating import Flash, path, render, see_other
from app.missions import actions, preparing, queries, rules, wording
from app.missions.actions import MovedMeanwhile
from app.missions.forms import TEXT_LENGTH, SubmittedAgree, SubmittedCancel, SubmittedMission
from app.missions.models import Mission, MissionMode
from app.missions.rules import Verb
from app.projects.models import Mode

router = APIRouter()


@router.get("/contributions/{contribution_id:int}/missions/new", name="new_mission")
def new_mission(request: Request, session: SessionDep, user: CurrentUser, contribution_id: int) -> Response:
    contribution = _for_a_mission(session, sides.ties(session, user), contribution_id)
    need = contribution.need
    form = blank(
        objective=need.text,
        mode={Mode.ON_SITE: MissionMode.ON_SITE, Mode.REMOTE: MissionMode.REMOTE}.get(need.mode),
        place=need.project.commune.full_name,
        image_rights="ask",
        once=fresh_key(),
    )
    return _form_page(request, session, contribution, form)


@router.post("/contributions/{contribution_id:int}/missions/new", name="propose_mission")
def propose_mission(
    request: Request, session: SessionDep, user: CurrentUser, contribution_id: int, form: SubmittedMission
) -> Response:
    if sent := first_time(session, form.values.get("once")):
        return see_other(request, sent)
    contribution = _for_a_mission(session, sides.ties(session, user), contribution_id)
    if form.refused:
        return _form_page(request, session, contribution, form)
    request.app.state.limits.hit("30 per hour", "propose_mission", str(user.id))
    mission = actions.propose(session, user, contribution, form.data.terms())
    page = path(request, "mission", mission_id=mission.id)
    led_to(session, form.data.once, page)
    return see_other(request, page, Flash(_("Proposée : l’autre côté est prévenu, et répond ici.")))


def _for_a_mission(session: Session, ties: Ties, contribution_id: int) -> Contribution:
    """Raises NotFound, also for whoever has no side in it and once nothing more is done together."""
    contribution = contributions.get(session, ties, contribution_id)
    if not rules.may_propose(rules.side_of(ties, contribution), contribution):
        raise NotFound
    return contribution


@router.get("/missions/{mission_id:int}", name="mission")
def mission(request: Request, session: SessionDep, user: CurrentUser, mission_id: int) -> Response:
    ties = sides.ties(session, user)
    return mission_page(request, session, ties, queries.get(session, ties, mission_id))


@router.get("/missions/{mission_id:int}/edit", name="edit_mission")
def edit_mission(request: Request, session: SessionDep, user: CurrentUser, mission_id: int) -> Response:
    found = _to_change(session, sides.ties(session, user), mission_id)
    shown = found.model_dump(exclude={"starts_at", "days"})
    hour = found.starts_at.strftime("%H:%M") if found.starts_at else ""
    # Every day between the dates is what an empty field says: it must not contradict dates that are then changed.
    days = "" if found.days == (found.ends_on - found.starts_on).days + 1 else found.days
    form = blank(**shown, starts_at=hour, days=days, seen=found.version)
    return _form_page(request, session, found.contribution, form, found)


@router.post("/missions/{mission_id:int}/edit", name="change_mission")
def change_mission(
    request: Request, session: SessionDep, user: CurrentUser, mission_id: int, form: SubmittedMission
) -> Response:
    found = _to_change(session, sides.ties(session, user), mission_id)
    if form.refused:
        return _form_page(request, session, found.contribution, form, found)
    try:
        actions.change(session, user, found, form.data.terms(), form.data.seen)
    except MovedMeanwhile as error:
        form.problem, form.values["seen"] = error.sentence(), found.version
        return _form_page(request, session, found.contribution, form, found, status=409)
    page = path(request, "mission", mission_id=mission_id)
    return see_other(request, page, Flash(_("Changée : l’autre côté relit, et dit oui à nouveau.")))


def _to_change(session: Session, ties: Ties, mission_id: int) -> Mission:
    """Raises NotFound, also for whoever may not change it now."""
    found = queries.get(session, ties, mission_id)
    if not rules.can(rules.side_of(ties, found.contribution), found, Verb.CHANGE):
        raise NotFound
    return found


@router.post("/missions/{mission_id:int}/agree", name="agree_to_mission")
def agree_to_mission(
    request: Request, session: SessionDep, user: CurrentUser, mission_id: int, form: SubmittedAgree
) -> Response:
    ties = sides.ties(session, user)
    found = queries.get(session, ties, mission_id)
    if not form.refused:
        try:
            actions.agree(session, user, found, form.data.word, form.data.seen)
        except MovedMeanwhile as error:
            form.problem = error.sentence()
    if form.refused:
        return mission_page(request, session, ties, found, Verb.AGREE, form)
    page = path(request, "mission", mission_id=mission_id)
    return see_other(request, page, Flash(_("C’est convenu ! La convention et la date pour votre agenda sont ici.")))


@router.post("/missions/{mission_id:int}/cancel", name="cancel_mission")
def cancel_mission(
    request: Request, session: SessionDep, user: CurrentUser, mission_id: int, form: SubmittedCancel
) -> Response:
    ties = sides.ties(session, user)
    found = queries.get(session, ties, mission_id)
    if not form.refused:
        try:
            actions.cancel(session, user, found, form.data.reason, form.data.word, form.data.seen)
        except MovedMeanwhile as error:
            form.problem = error.sentence()
    if form.refused:
        return mission_page(request, session, ties, found, Verb.CANCEL, form)
    page = path(request, "mission", mission_id=mission_id)
    return see_other(
        request, page, Flash(_("Annulée : l’autre côté le sait. Vous pouvez en proposer une autre."), "info")
    )


def mission_page(
    request: Request,
    session: Session,
    ties: Ties,
    found: Mission,
    refused: Verb | str | None = None,
    form: Submitted[Any] | None = None,
) -> Response:
    """The whole page; `refused` says which of its forms comes back, as it was typed."""
    contribution = found.contribution
    side = rules.side_of(ties, contribution)
    history = journal.history(session, Subject.MISSION, found.id)
    names = names_of(session, (entry.actor_id for entry in history))
    evaluated = queries.evaluations(session, found)
    step = deadlines.under_way(session, Subject.MISSION, [found.id]).get(found.id)
    return render(
        request,
        "missions/mission.html",
        status=(409 if form.problem else 422) if form and form.refused else 200,
        mission=found,
        contribution=contribution,
        need=need_view(session, contribution.need),
        person=person_for(ties, contribution),
        side=side,
        verbs=rules.open_verbs(side, found),
        next_step=wording.next_step(found, step, side, evaluated),
        path_steps=wording.path_of(found, history),
        state=wording.state_of(found),
        wording=wording,
        points=[
            (point, preparing.question(point), blank(answer=point.answer))
            for point in queries.preparations(session, found)
            if point.done_at or found.state in rules.LIVE
        ],
        prepares=side is not None and found.state in rules.LIVE,
        documents=queries.documents(session, found),
        evaluations=evaluated,
        follow_ups=queries.follow_ups(session, found),
        follow_up=rules.follow_up_due(found, queries.followed_up(session, found)),
        agreements=queries.agreements(session, found),
        history=[
            (format_moment(entry.at), wording.move_label(entry), names.get(entry.actor_id or 0, ""), entry.note)
            for entry in history
        ],
        refused=refused,
        form=form or blank(),
        no_form=blank(asked_of=side.other if side else None),
        today=today(),
        proposes_another=rules.may_propose(side, contribution) and found.state not in rules.LIVE,
    )


def _form_page(
    request: Request,
    session: Session,
    contribution: Contribution,
    form: Submitted[Any],
    mission: Mission | None = None,
    status: int | None = None,
) -> Response:
    return render(
        request,
        "missions/form.html",
        status=status or (422 if form.refused else 200),
        contribution=contribution,
        need=need_view(session, contribution.need),
        mission=mission,
        form=form,
        wording=wording,
        today=today(),
        text_length=TEXT_LENGTH,
    )
