"""What somebody was told, and what they want to be told, how often and at what hours."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from app.accounts.forms import ChoicesForm, SubmittedChoices
from app.accounts.models import User
from app.accounts.sessions import CurrentUser, MaybeUser
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import N_, day_names, hour_name
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.notifications import actions, choosing, queries
from app.notifications.families import FAMILIES, RHYTHMS, Rhythm
from app.notifications.hours import zone_of_country, zone_options
from app.notifications.models import Message
from app.notifications.unsubscribing import Stop, read_stop

router = APIRouter(prefix="/account/messages")

PROFILES_ZONE = ""
"""The answer that leaves the time zone to where the profile says that somebody lives."""


def count_messages(request: Request, session: SessionDep, viewer: MaybeUser) -> None:
    """For the header of every page: one number, what there is to know and what there is to do.

    What waits is counted where it waits, its message besides; the larger of the two says it. A page that messages lead
    to has been seen once it is looked at.
    """
    if viewer is None or "application/json" in request.headers.get("accept", ""):
        return
    here = request.url.path[3:] if request.method == "GET" else ""
    unread = queries.unread(session, viewer.id, here)
    if unread.about_here:
        actions.mark_read(session, viewer.id, queries.leads_to(here))
        unread = queries.unread(session, viewer.id, "")
    waiting = getattr(request.state, "waiting_count", 0)
    request.state.message_count = unread.to_know + max(unread.to_do, waiting)


@router.get("", name="messages")
def messages(request: Request, session: SessionDep, user: CurrentUser, after: str | None = None) -> Response:
    return render(
        request,
        "accounts/messages.html",
        page=queries.messages_of(session, user.id, after),
        first=after is None,
        bouncing=queries.bouncing(session, user.email),
    )


@router.get("/{message_id:int}", name="message")
def message(session: SessionDep, user: CurrentUser, message_id: int) -> Response:
    """To the page that it is about; it is read then."""
    found = queries.message_of(session, user.id, message_id)
    actions.mark_read(session, user.id, Message.id == found.id)  # type: ignore[arg-type]
    return RedirectResponse(found.link or f"/{user.locale}/account/messages", 303)


@router.post("/read", name="read_messages")
def read_all(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    actions.mark_read(session, user.id)
    return see_other(request, path(request, "messages"), Flash(_("Tout est marqué comme lu.")))


@router.post("/address", name="try_address")
def try_address(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    if user.email:
        actions.try_again(session, user.email)
    word = Flash(_("C’est noté : nous vous écrivons à nouveau à cette adresse."))
    return see_other(request, path(request, "messages"), word)


@router.get("/choices", name="message_choices")
def choices(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    hours = choosing.hours_of(session, user.id)
    known = {
        "zone": hours.time_zone or PROFILES_ZONE,
        "quiet_from": hours.quiet_from,
        "quiet_until": hours.quiet_until,
        "digest_hour": hours.digest_hour,
        "digest_weekday": hours.digest_weekday,
    }
    rhythms = {family.value: rhythm.value for family, rhythm in choosing.rhythms_of(session, user.id).items()}
    return _choices_page(request, session, user, blank(**rhythms, **known))


def _choices_page(request: Request, session: SessionDep, user: User, form: Submitted[ChoicesForm]) -> Response:
    usual = zone_of_country(choosing.hours_of(session, user.id).country)
    zones = zone_options(str(form.values.get("zone") or ""))
    named = dict(zones).get(usual, usual)
    return render(
        request,
        "accounts/message_choices.html",
        status=422 if form.refused else 200,
        form=form,
        user=user,
        families=[(family.value, _(about.title), _(about.what)) for family, about in FAMILIES.items()],
        rhythms=[(rhythm.value, _(words)) for rhythm, words in RHYTHMS.items()],
        zones=[(PROFILES_ZONE, _("Celui d’où j’habite : %(place)s") % {"place": named}), *zones],
        hours=[(hour, hour_name(hour)) for hour in range(24)],
        days=list(enumerate(day_names())),
    )


@router.post("/choices", name="save_message_choices")
def save_choices(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedChoices) -> Response:
    zone = str(form.values.get("zone") or "")
    if zone and zone not in {name for name, _label in zone_options()}:
        form.refuse(Invalid(N_("Choisissez une des réponses proposées."), "zone"))
    if form.refused:
        return _choices_page(request, session, user, form)
    chosen = form.data.model_dump()
    rhythms = {family: Rhythm(chosen.pop(family.value)) for family in FAMILIES}
    chosen["time_zone"] = chosen.pop("zone") or None
    choosing.choose(session, user.id, rhythms, chosen)
    return see_other(request, path(request, "message_choices"), Flash(_("C’est enregistré.")))


@router.get("/stop/{token}", name="stop_messages")
def stop_page(request: Request, session: SessionDep, token: str) -> Response:
    """Shows a button: mail programs look at links in advance. Says nothing of whose account it is."""
    stop = _stop(request, token)
    return render(
        request,
        "accounts/stop_messages.html",
        token=token,
        family=_(FAMILIES[stop.family].title) if stop.family in FAMILIES else "",
        stopped=choosing.is_stopped(session, stop.user_id, stop.family),
        headers={"Referrer-Policy": "no-referrer"},
    )


OneClick = Annotated[str, Form(alias="List-Unsubscribe")]


@router.post("/stop/{token}", name="send_stop")
def stop(request: Request, session: SessionDep, token: str, one_click: OneClick = "") -> Response:
    """By the button of the page, or by a program that reads mail (RFC 8058): that one is not led anywhere."""
    wanted = _stop(request, token)
    choosing.stop(session, wanted.user_id, wanted.family)
    if one_click:
        return PlainTextResponse(_("C’est fait."))
    return see_other(request, path(request, "stop_messages", token=token))


@router.post("/start/{token}", name="start_messages")
def start(request: Request, session: SessionDep, token: str) -> Response:
    wanted = _stop(request, token)
    choosing.start_again(session, wanted.user_id, wanted.family)
    return see_other(request, path(request, "stop_messages", token=token), Flash(_("C’est annulé."), "info"))


def _stop(request: Request, token: str) -> Stop:
    found = read_stop(token, request.app.state.settings.secret)
    if found is None:
        raise NotFound
    return found
