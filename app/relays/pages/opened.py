"""Where a link that somebody sent on leads: the need, in the reader's language, without an account."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.sessions import MaybeUser
from app.contributions.cards import need_view
from app.contributions.rules import takes_people
from app.kernel.database import SessionDep
from app.kernel.errors import TooMany
from app.kernel.i18n import current_locale
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.templating import path, render, see_other
from app.projects import labels, translating
from app.projects.models import Moderation
from app.relays import actions, queries, rules
from app.relays.forms import SubmittedOpening
from app.relays.models import Relay, RelayState

router = APIRouter(prefix="/r")


@router.get("/{code}", name="opened_relay")
def opened(request: Request, session: SessionDep, viewer: MaybeUser, code: str) -> Response:
    relay = queries.by_code(session, code)
    is_open = takes_people(relay.need)
    others = [] if is_open else queries.other_needs(session, relay.need)
    return render(
        request,
        "relays/opened.html",
        relay=relay,
        need=need_view(session, relay.need) if relay.need.project.moderation is Moderation.PUBLISHED else None,
        is_open=is_open,
        is_active=relay.state is RelayState.OPEN,
        is_own=rules.is_own(viewer, relay),
        others=others,
        titles=translating.titles(session, [one.project for one in others], current_locale()),
        labels=labels,
        once=fresh_key(),
        headers={"X-Robots-Tag": "noindex"},
    )


@router.post("/{code}/opened", name="count_opening")
def count_opening(
    request: Request, session: SessionDep, viewer: MaybeUser, code: str, form: SubmittedOpening
) -> Response:
    """Told by a script of ours, or by a button that was pressed: once for each page that was shown.

    What fetches a page to show a preview of it does neither.
    """
    relay = queries.by_code(session, code)
    once = str(form.values.get("once") or "")
    if _may_count(request, once) and first_time(session, once) is None:
        actions.count_opening(session, relay, viewer)
        led_to(session, once, path(request, "opened_relay", code=relay.code))
    to = str(form.values.get("to") or "")
    if not to:
        return Response(status_code=204)
    return see_other(request, _leads_to(request, relay, to))


def _may_count(request: Request, once: str) -> bool:
    try:
        request.app.state.limits.hit("60 per hour", "opening", request.client.host if request.client else "")
    except TooMany:  # not counted; whoever pressed a button goes on all the same
        return False
    return bool(once)


def _leads_to(request: Request, relay: Relay, to: str) -> str:
    active = relay.code if relay.state is RelayState.OPEN else ""
    match to:
        case "offer":
            return path(request, "offer", need_id=relay.need_id, relay=active)
        case "relay":
            return path(request, "relay_need", need_id=relay.need_id)
        case _:
            return path(request, "project", project_id=relay.need.project_id, relay=active)
