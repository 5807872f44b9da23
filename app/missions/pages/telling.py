"""After a mission: that it was held and for whom, how it went, and what came of it."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.sessions import CurrentUser
from app.contributions import sides
from app.contributions.rules import Ties
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.templating import Flash, path, render, see_other
from app.missions import actions, queries, rules, wording
from app.missions.forms import TEXT_LENGTH, SubmittedEvaluation, SubmittedFollowUp, SubmittedHeld
from app.missions.models import CRITERIA, Mission, Side
from app.missions.pages.missions import mission_page
from app.missions.rules import Verb

router = APIRouter(prefix="/missions")


@router.post("/{mission_id:int}/held", name="hold_mission")
def hold_mission(
    request: Request, session: SessionDep, user: CurrentUser, mission_id: int, form: SubmittedHeld
) -> Response:
    ties = sides.ties(session, user)
    found = queries.get(session, ties, mission_id)
    if not form.refused:
        try:
            form.data.check()
            actions.hold(session, user, found, form.data)
        except Invalid as error:
            form.refuse(error)
        except actions.MovedMeanwhile as error:
            form.problem = error.sentence()
    if form.refused:
        return mission_page(request, session, ties, found, Verb.HOLD, form)
    page = path(request, "evaluate_mission", mission_id=mission_id)
    return see_other(request, page, Flash(_("Bravo ! Dites maintenant, en trois minutes, comment cela s’est passé.")))


@router.get("/{mission_id:int}/evaluation", name="evaluate_mission")
def evaluate_mission(request: Request, session: SessionDep, user: CurrentUser, mission_id: int) -> Response:
    ties = sides.ties(session, user)
    found = _to_tell(session, ties, mission_id, Verb.EVALUATE)
    said = queries.evaluations(session, found).get(_side(ties, found))
    form = blank(**said.model_dump() if said else {}, once=fresh_key())
    return _evaluation_page(request, found, _side(ties, found), form)


@router.post("/{mission_id:int}/evaluation", name="save_mission_evaluation")
def save_evaluation(
    request: Request, session: SessionDep, user: CurrentUser, mission_id: int, form: SubmittedEvaluation
) -> Response:
    if sent := first_time(session, form.values.get("once")):
        return see_other(request, sent)
    ties = sides.ties(session, user)
    found = _to_tell(session, ties, mission_id, Verb.EVALUATE)
    if form.refused:
        return _evaluation_page(request, found, _side(ties, found), form)
    actions.evaluate(session, user, found, form.data)
    page = path(request, "mission", mission_id=mission_id)
    led_to(session, form.data.once, page)
    return see_other(request, page, Flash(_("Merci ! Vos mots aident ceux qui viendront après vous.")))


def _evaluation_page(request: Request, mission: Mission, side: Side, form: Submitted[Any]) -> Response:
    return render(
        request,
        "missions/evaluation.html",
        status=422 if form.refused else 200,
        mission=mission,
        side=side,
        form=form,
        wording=wording,
        criteria=[(name, _(wording.CRITERIA[name])) for name in CRITERIA],
        text_length=TEXT_LENGTH,
    )


@router.get("/{mission_id:int}/follow-up", name="follow_up_mission")
def follow_up_mission(request: Request, session: SessionDep, user: CurrentUser, mission_id: int) -> Response:
    found = _to_tell(session, sides.ties(session, user), mission_id, Verb.FOLLOW_UP)
    return _follow_up_page(request, session, found, blank(once=fresh_key()))


@router.post("/{mission_id:int}/follow-up", name="save_follow_up")
def save_follow_up(
    request: Request, session: SessionDep, user: CurrentUser, mission_id: int, form: SubmittedFollowUp
) -> Response:
    if sent := first_time(session, form.values.get("once")):
        return see_other(request, sent)
    found = _to_tell(session, sides.ties(session, user), mission_id, Verb.FOLLOW_UP)
    due = rules.follow_up_due(found, queries.followed_up(session, found))
    if form.refused or due is None:
        return _follow_up_page(request, session, found, form)
    actions.follow_up(session, user, found, due[0], form.data)
    page = path(request, "mission", mission_id=mission_id)
    led_to(session, form.data.once, page)
    return see_other(request, page, Flash(_("Merci ! La personne qui a aidé lira ce que sa mission est devenue.")))


def _follow_up_page(request: Request, session: Session, mission: Mission, form: Submitted[Any]) -> Response:
    due = rules.follow_up_due(mission, queries.followed_up(session, mission))
    if due is None:
        raise NotFound
    return render(
        request,
        "missions/follow_up.html",
        status=422 if form.refused else 200,
        mission=mission,
        months=due[0],
        form=form,
        wording=wording,
        text_length=TEXT_LENGTH,
    )


def _to_tell(session: Session, ties: Ties, mission_id: int, verb: Verb) -> Mission:
    """Raises NotFound, also for whoever may not say it now."""
    found = queries.get(session, ties, mission_id)
    if not rules.can(rules.side_of(ties, found.contribution), found, verb):
        raise NotFound
    return found


def _side(ties: Ties, mission: Mission) -> Side:
    side = rules.side_of(ties, mission.contribution)
    assert side is not None  # `_to_tell` let nobody else through
    return side
