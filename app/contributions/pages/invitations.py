"""Inviting one of the people who could help; the page that lists them is in `relays/pages/people.py`."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.sessions import CurrentUser
from app.contributions import actions, cards, queries, suggestions
from app.contributions.actions import AlreadyThere
from app.contributions.forms import SubmittedInvitation
from app.contributions.models import State
from app.contributions.moving import last_entry
from app.contributions.suggestions import SuggestedPerson
from app.kernel.database import SessionDep
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.templating import Flash, path, render, see_other
from app.profiles.models import Profile
from app.profiles.solicitations import AskedOften, profiles_free_from
from app.projects.models import Need

router = APIRouter(prefix="/contributions")


@router.get("/invite/{need_id:int}/{profile_id:int}", name="invite")
def invite(request: Request, session: SessionDep, user: CurrentUser, need_id: int, profile_id: int) -> Response:
    ties, need = queries.looked_for(session, user, need_id)
    person = suggestions.person(session, need, ties, profile_id)
    return _page(request, session, need, person, blank(once=fresh_key()))


@router.post("/invite/{need_id:int}/{profile_id:int}", name="send_invitation")
def send_invitation(
    request: Request, session: SessionDep, user: CurrentUser, need_id: int, profile_id: int, form: SubmittedInvitation
) -> Response:
    if sent := first_time(session, form.values.get("once")):
        return see_other(request, sent)
    ties, need = queries.looked_for(session, user, need_id)
    person = suggestions.person(session, need, ties, profile_id)
    if form.refused:
        return _page(request, session, need, person, form)
    request.app.state.limits.hit("60 per hour", "invite", str(user.id))
    people = path(request, "need_people", need_id=need.id)
    try:
        contribution = actions.invite(session, user, need, session.get_one(Profile, profile_id), form.data.message)
    except AlreadyThere:
        return see_other(request, people, Flash(_("Cette personne et ce besoin sont déjà en relation."), "info"))
    except AskedOften as error:
        form.problem = error.sentence()
        return _page(request, session, need, person, form)
    led_to(session, form.data.once, people)
    if contribution.state is State.PROPOSED:
        return see_other(request, people, Flash(_("La modération lit votre invitation, puis l’envoie.")))
    undo = path(request, "undo_contribution", entry_id=last_entry(session, contribution).id, then=people)
    return see_other(request, people, Flash(_("L’invitation part dans dix minutes."), undo=undo))


def _page(request: Request, session: Session, need: Need, person: SuggestedPerson, form: Submitted[Any]) -> Response:
    return render(
        request,
        "contributions/invite.html",
        status=422 if form.refused else 200,
        need=cards.need_view(session, need),
        suggested=person,
        form=form,
        at_once=person.judged,
        free_from=profiles_free_from(session, [person.card.id]).get(person.card.id),
    )
