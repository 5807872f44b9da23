"""Where a contributor begins: offering help on one need."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from app.accounts.sessions import CurrentUser
from app.contributions import actions, documents, filling, queries, sides, suggestions
from app.contributions.actions import AlreadyThere
from app.contributions.cards import need_view
from app.contributions.forms import SubmittedOffer
from app.contributions.pages.documents import Documents
from app.contributions.rules import gives_objects
from app.contributions.wording import person_name, state_label
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import current_locale
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.templating import Flash, path, render, see_other
from app.profiles import rules as profiles
from app.profiles.models import Profile
from app.profiles.queries import tied
from app.projects import labels, translating
from app.projects.models import Need
from app.territories.models import Commune

router = APIRouter(prefix="/contributions")

LONGEST_CODE = 20
"""Of a link by which somebody comes; whether there is such a link, `relays` knows."""


@router.get("/for-me", name="projects_for_me")
def projects_for_me(request: Request, session: SessionDep, user: CurrentUser, profile: int | None = None) -> Response:
    """`profile`: of a group or association, for its contact."""
    mine = sides.profiles_of(session, user)
    chosen = next((one for one in mine if one.id == profile), mine[0] if mine else None)
    found = suggestions.needs_for(session, chosen, sides.ties(session, user)) if chosen else []
    return render(
        request,
        "contributions/for_me.html",
        profiles=[(one.id, person_name(one, named=True)) for one in mine],
        chosen=chosen,
        suggested=found,
        titles=translating.titles(session, [one.need.project for one in found], current_locale()),
        labels=labels,
        state_label=state_label,
        together=_together(session, chosen, mine) if chosen else [],
    )


def _together(session: Session, chosen: Profile, mine: Sequence[Profile]) -> list[tuple[Commune, int]]:
    """The communes of this person for which no group of theirs answers yet, and how many people are tied to each."""
    answered = {place.commune_code for one in mine if profiles.is_shared(one) for place in one.places}
    communes = [place.commune for place in chosen.places if place.commune and place.commune_code not in answered]
    found = tied(session, [commune.code for commune in communes])
    return [(commune, found[commune.code]) for commune in communes if found.get(commune.code, 0) > 1]


@router.get("/offer/{need_id:int}", name="offer")
def offer(request: Request, session: SessionDep, user: CurrentUser, need_id: int, relay: str = "") -> Response:
    """`relay`: the code of the link by which the person came. It stands in the address, which outlives signing up."""
    need = queries.need(session, user, need_id)
    mine = {profile.id: profile for profile in sides.profiles_of(session, user)}
    under_way = [existing for number in mine if (existing := queries.live(session, need.id, number))]
    if under_way and len(under_way) == len(mine):
        return RedirectResponse(path(request, "contribution", contribution_id=under_way[0].id), 303)
    actions.check_offer(session, user, need)
    return _page(
        request, session, need, blank(once=fresh_key(), profile=next(iter(mine), None), relay=_code(relay)), mine
    )


def _code(relay: str) -> str:
    return relay if relay.isascii() and relay.isalnum() and len(relay) <= LONGEST_CODE else ""


@router.post("/offer/{need_id:int}", name="send_offer")
def send_offer(
    request: Request, session: SessionDep, user: CurrentUser, need_id: int, form: SubmittedOffer, sent: Documents
) -> Response:
    if done := first_time(session, form.values.get("once")):
        return see_other(request, done)
    need = queries.need(session, user, need_id)
    mine = {profile.id: profile for profile in sides.profiles_of(session, user)}
    if not form.refused and form.data.profile not in mine:
        form.errors["profile"] = _("Choisissez au nom de qui vous proposez votre aide.")
    if not form.refused and gives_objects(need) and form.data.pledged is None:
        form.errors["pledged"] = _("Dites combien vous en donnez.")
    if form.refused:
        return _page(request, session, need, form, mine)
    request.app.state.limits.hit("30 per hour", "offer", str(user.id))
    profile = mine[form.data.profile or 0]
    try:
        with session.begin_nested():  # nothing is offered without the documents that were to go with it
            contribution = actions.offer(
                session,
                user,
                need,
                profile,
                form.data.message,
                pledged=form.data.pledged,
                relay_code=form.data.relay,
                relayer_told=form.data.relayer_told,
            )
            if sent:
                documents.attach(session, sides.ties(session, user), contribution, sent)
    except AlreadyThere as error:
        word = Flash(_("Vous êtes déjà en relation pour ce besoin : voici où cela en est."), "info")
        return see_other(request, path(request, "contribution", contribution_id=error.contribution.id), word)
    except Invalid as error:
        form.refuse(error)
        return _page(request, session, need, form, mine)
    page = path(request, "contribution", contribution_id=contribution.id)
    led_to(session, form.data.once, page)
    return see_other(request, page, Flash(_("Merci ! La modération lit votre offre, puis la transmet à l’équipe.")))


def _page(
    request: Request, session: Session, need: Need, form: Submitted[Any], mine: Mapping[int, Profile]
) -> Response:
    return render(
        request,
        "contributions/offer.html",
        status=422 if form.refused else 200,
        need=need_view(session, need),
        missing=filling.missing(session, need),
        form=form,
        profiles=[(number, person_name(profile, named=True)) for number, profile in mine.items()],
    )
