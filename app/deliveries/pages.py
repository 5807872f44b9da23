"""The objects of one contribution and what is done with them, and for a team those of all the givers of a need."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.queries import names_of
from app.accounts.sessions import CurrentUser
from app.contributions import cards, sides
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.contributions.moving import AlreadyMoved
from app.contributions.rules import Party, Ties, gives_objects
from app.deliveries import actions, queries, rules, views, wording
from app.deliveries.forms import SubmittedCancel, SubmittedPledge, SubmittedReceive, SubmittedSend
from app.deliveries.models import Delivery, DeliveryState
from app.deliveries.rules import Verb
from app.files.answering import answer
from app.files.receiving import Received, received
from app.journal import queries as journal
from app.journal.models import Entry, Subject
from app.kernel.database import SessionDep
from app.kernel.days import today
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.templating import Flash, path, render, see_other

router = APIRouter(prefix="/deliveries")

Photo = Annotated[list[Received], Depends(received("photo"))]


@router.get("/{contribution_id:int}", name="deliveries")
def deliveries(request: Request, session: SessionDep, user: CurrentUser, contribution_id: int) -> Response:
    ties = sides.ties(session, user)
    return _page(request, session, ties, queries.contribution(session, ties, contribution_id))


@router.get("/needs/{need_id:int}", name="need_deliveries")
def need_deliveries(request: Request, session: SessionDep, user: CurrentUser, need_id: int) -> Response:
    ties, need = contributions.looked_for(session, user, need_id)
    if not gives_objects(need):
        raise NotFound
    return render(
        request,
        "deliveries/need.html",
        need=cards.need_view(session, need),
        gifts=views.gifts(session, ties, need),
    )


@router.post("/{contribution_id:int}/send", name="send_objects")
def send_objects(
    request: Request, session: SessionDep, user: CurrentUser, contribution_id: int, form: SubmittedSend
) -> Response:
    return _part(request, session, user, contribution_id, Verb.SEND, form)


@router.post("/{contribution_id:int}/receive", name="receive_objects")
def receive_objects(
    request: Request, session: SessionDep, user: CurrentUser, contribution_id: int, form: SubmittedReceive, photo: Photo
) -> Response:
    """They arrived, and nobody had said that they left."""
    return _part(request, session, user, contribution_id, Verb.RECEIVE, form, photo)


@router.post("/{contribution_id:int}/cancel", name="give_up_objects")
def give_up_objects(
    request: Request, session: SessionDep, user: CurrentUser, contribution_id: int, form: SubmittedCancel
) -> Response:
    return _part(request, session, user, contribution_id, Verb.CANCEL, form)


@router.post("/{contribution_id:int}/promise", name="promise_objects")
def promise_objects(
    request: Request, session: SessionDep, user: CurrentUser, contribution_id: int, form: SubmittedPledge
) -> Response:
    ties = sides.ties(session, user)
    contribution = queries.contribution(session, ties, contribution_id)
    if not form.refused:
        try:
            actions.promise(session, user, contribution, form.data)
            return see_other(request, _url(request, contribution), Flash(_("C’est noté : l’autre côté le saura.")))
        except Invalid as error:
            form.refuse(error)
    return _page(request, session, ties, contribution, "promise", form)


@router.post("/parcels/{delivery_id:int}/receive", name="receive_delivery")
def receive_delivery(
    request: Request, session: SessionDep, user: CurrentUser, delivery_id: int, form: SubmittedReceive, photo: Photo
) -> Response:
    return _whole(request, session, user, delivery_id, Verb.RECEIVE, form, photo)


@router.post("/parcels/{delivery_id:int}/cancel", name="cancel_delivery")
def cancel_delivery(
    request: Request, session: SessionDep, user: CurrentUser, delivery_id: int, form: SubmittedCancel
) -> Response:
    return _whole(request, session, user, delivery_id, Verb.CANCEL, form)


@router.get("/parcels/{delivery_id:int}/photo", name="delivery_photo")
def delivery_photo(
    request: Request, session: SessionDep, user: CurrentUser, delivery_id: int, small: bool = False
) -> Response:
    delivery, _contribution = queries.get(session, sides.ties(session, user), delivery_id)
    if delivery.photo_id is None:
        raise NotFound
    return answer(request, session, delivery.photo_id, small=small)


@router.post("/undo/{entry_id:int}", name="undo_delivery")
def undo_delivery(request: Request, session: SessionDep, user: CurrentUser, entry_id: int) -> Response:
    entry = journal.entry_of(session, entry_id, Subject.DELIVERY)
    delivery, contribution = queries.get(session, sides.ties(session, user), entry.subject_id)
    actions.undo(session, user, delivery, entry)
    return see_other(request, _url(request, contribution), Flash(_("Annulé : tout est comme avant."), "info"))


def _part(
    request: Request,
    session: Session,
    user: User,
    contribution_id: int,
    verb: Verb,
    form: Submitted[Any],
    photo: list[Received] | None = None,
) -> Response:
    """Of what is promised and has not left yet, some."""
    if sent := first_time(session, form.values.get("once")):
        return see_other(request, sent)
    ties = sides.ties(session, user)
    contribution = queries.contribution(session, ties, contribution_id)
    if not rules.can(ties, contribution, DeliveryState.PROMISED, verb):
        raise NotFound
    if not form.refused:
        try:
            with session.begin_nested():
                delivery = actions.part_of(session, user, contribution, form.data.quantity)
                entry = _act(session, user, delivery, verb, form.data, photo)
            return _done(request, session, contribution, verb, form, entry)
        except Invalid as error:
            form.refuse(error)
    return _page(request, session, ties, contribution, verb, form)


def _whole(
    request: Request,
    session: Session,
    user: User,
    delivery_id: int,
    verb: Verb,
    form: Submitted[Any],
    photo: list[Received] | None = None,
) -> Response:
    """What left together, and arrives or is given up together."""
    if sent := first_time(session, form.values.get("once")):
        return see_other(request, sent)
    ties = sides.ties(session, user)
    delivery, contribution = queries.get(session, ties, delivery_id)
    if not form.refused:
        try:
            with session.begin_nested():
                entry = _act(session, user, delivery, verb, form.data, photo)
            return _done(request, session, contribution, verb, form, entry)
        except AlreadyMoved as error:
            form.problem = error.sentence()
        except Invalid as error:
            form.refuse(error)
    return _page(request, session, ties, contribution, f"{verb}-{delivery_id}", form)


def _act(
    session: Session, user: User, delivery: Delivery, verb: Verb, data: Any, photo: list[Received] | None
) -> Entry:
    match verb:
        case Verb.SEND:
            return actions.send(session, user, delivery, data)
        case Verb.RECEIVE:
            return actions.receive(session, user, delivery, data, photo[0] if photo else None)
        case Verb.CANCEL:
            return actions.cancel(session, user, delivery, data)


def _done(
    request: Request, session: Session, contribution: Contribution, verb: Verb, form: Submitted[Any], entry: Entry
) -> Response:
    page = _url(request, contribution)
    led_to(session, form.data.once, page)
    words = {
        Verb.SEND: _("C’est noté : l’autre côté le sait dans dix minutes."),
        Verb.RECEIVE: _("Bien reçu ! La personne qui donne le sait dans dix minutes."),
        Verb.CANCEL: _("C’est noté : l’autre côté lira la raison dans dix minutes."),
    }
    return see_other(request, page, Flash(words[verb], undo=path(request, "undo_delivery", entry_id=entry.id)))


def _page(
    request: Request,
    session: Session,
    ties: Ties,
    contribution: Contribution,
    refused: str = "",
    form: Submitted[Any] | None = None,
) -> Response:
    """The whole page; `refused` names the form that came back as it was typed."""
    found = queries.of_contributions(session, [contribution.id])[contribution.id]
    side = rules.side(ties, contribution)
    history = views.history(session, found)
    left = rules.remainder(contribution)
    return render(
        request,
        "deliveries/deliveries.html",
        status=422 if form and form.refused else 200,
        contribution=contribution,
        need=cards.need_view(session, contribution.need),
        person=cards.person_for(ties, contribution),
        count=rules.count(found),
        left=left,
        parcels=[views.parcel(ties, contribution, one) for one in found],
        verbs=rules.open_verbs(ties, contribution, DeliveryState.PROMISED),
        next_step=wording.next_step(contribution, found, side, queries.waited_for(session, contribution, found)),
        reasons=[(one.value, wording.reason_label(one)) for one in rules.REASONS[side or Party.MODERATOR]],
        history=wording.history_lines(history, names_of(session, (entry.actor_id for entry in history))),
        is_giver=side is Party.CONTRIBUTOR,
        is_team=side is Party.TEAM,
        today=today(),
        reader=ties.user.name,
        refused=refused,
        form=form or blank(),
        blank=blank,
        once=fresh_key(),
    )


def _url(request: Request, contribution: Contribution) -> str:
    return path(request, "deliveries", contribution_id=contribution.id)
