"""Where the list of people is questioned: why not this person, and this is wrong."""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.sessions import CurrentModerator, CurrentUser
from app.contributions import cards, queries, wrong
from app.contributions.forms import SubmittedWrong
from app.contributions.why_not import why_not as answers
from app.kernel.database import SessionDep
from app.kernel.errors import NotFound
from app.kernel.forms import blank
from app.kernel.i18n import gettext as _
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, render, see_other
from app.matching import objections
from app.profiles.models import Profile

router = APIRouter(prefix="/contributions")


@router.get("/needs/{need_id:int}/why-not", name="why_not")
def why_not(request: Request, session: SessionDep, user: CurrentUser, need_id: int, who: str = "") -> Response:
    """`who`: somebody who is missed in the list."""
    ties, need = queries.looked_for(session, user, need_id)
    words = " ".join(who.replace("\x00", "").split())[:80]
    return render(
        request,
        "contributions/why_not.html",
        need=cards.need_view(session, need),
        who=blank(who=words),
        answers=answers(session, need, ties, words) if words else None,
    )


@router.post("/needs/{need_id:int}/wrong/{profile_id:int}", name="say_wrong")
def say_wrong(
    request: Request,
    session: SessionDep,
    moderator: CurrentModerator,
    need_id: int,
    profile_id: int,
    form: SubmittedWrong,
) -> Response:
    """One tap, and one to take it back."""
    _ties, need = queries.looked_for(session, moderator, need_id)
    profile = _profile(session, profile_id)
    key, then = str(form.values.get("reason") or ""), form.values.get("then")
    if key:
        said = wrong.reason_is_wrong(session, moderator, need, profile, key)
        word = _("Merci : cette raison ne compte plus ici.")
    else:
        said = wrong.match_is_wrong(session, moderator, need, profile)
        word = _("Merci : cette personne n’est plus proposée pour ce besoin.")
    page = local_path(then, path(request, "need_people", need_id=need.id))
    return see_other(request, page, Flash(word, undo=path(request, "take_back_wrong", objection_id=said.id, then=page)))


@router.post("/wrong/{objection_id:int}/take-back", name="take_back_wrong")
def take_back_wrong(
    request: Request, session: SessionDep, moderator: CurrentModerator, objection_id: int, then: str = ""
) -> Response:
    objection = objections.get(session, objection_id)
    wrong.take_back(session, moderator, objection)
    page = local_path(then, path(request, "desk"))
    return see_other(request, page, Flash(_("Annulé : tout est comme avant."), "info"))


def _profile(session: Session, profile_id: int) -> Profile:
    found = session.get(Profile, profile_id) if 0 < profile_id <= queries.MAX_ID else None
    if found is None:
        raise NotFound
    return found
