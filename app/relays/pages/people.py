"""Where a team and moderators look for help with a need: people with a profile, and those whom the villagers know."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.sessions import CurrentUser
from app.contributions import cards, queries, rules, suggestions, wording
from app.kernel.database import SessionDep
from app.kernel.forms import blank
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.templating import Flash, path, render, see_other
from app.profiles.solicitations import AskedOften, profiles_free_from
from app.relays import actions
from app.relays import wording as relay_wording
from app.relays.actions import AlreadyRelayed
from app.relays.forms import SubmittedAsk
from app.relays.known import finding
from app.relays.known import queries as known

router = APIRouter(prefix="/contributions")


@router.get("/needs/{need_id:int}", name="need_people")
def need_people(request: Request, session: SessionDep, user: CurrentUser, need_id: int) -> Response:
    ties, need = queries.looked_for(session, user, need_id)
    view, found = cards.need_view(session, need), queries.of_need(session, ties, need)
    titles = {need.project_id: view.title} if view.title_language != need.project.language else {}
    people = suggestions.people_for(session, need, ties)
    listed = [one.card.id for one in (*people.suggested, *people.set_aside)]
    return render(
        request,
        "contributions/need_people.html",
        need=view,
        contributions=[cards.card(ties, contribution, titles) for contribution in found],
        accepted=queries.accepted_on(session, need.id),
        takes_people=rules.takes_people(need),
        people=people,
        free_from=profiles_free_from(session, listed),
        known_people=finding.people_for(session, need),
        state_label=wording.state_label,
        relay_wording=relay_wording,
        who=blank(who=""),
        once=fresh_key(),
    )


@router.post("/needs/{need_id:int}/ask/{known_id:int}", name="ask_to_relay")
def ask_to_relay(
    request: Request, session: SessionDep, user: CurrentUser, need_id: int, known_id: int, form: SubmittedAsk
) -> Response:
    """The member who can reach some known people is asked to pass the word on to them."""
    if sent := first_time(session, form.values.get("once")):
        return see_other(request, sent)
    _ties, need = queries.looked_for(session, user, need_id)
    people, page = known.one_listed(session, known_id), path(request, "need_people", need_id=need.id)
    if form.refused:
        return see_other(request, page, Flash(next(iter(form.errors.values()), form.problem or ""), "problem"))
    request.app.state.limits.hit("60 per hour", "ask_to_relay", str(user.id))
    try:
        relay = actions.ask(session, user, need, people, form.data.message)
    except (AlreadyRelayed, AskedOften) as error:
        return see_other(request, page, Flash(error.sentence(), "info"))
    led_to(session, form.data.once, page)
    word = _("Demandé à %(name)s : le message part dans dix minutes.") % {"name": people.reach.name}
    undo = path(request, "move_relay", relay_id=relay.id, verb="withdraw", then=page)
    return see_other(request, page, Flash(word, undo=undo))
