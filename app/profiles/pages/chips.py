"""The concepts found in the words of a profile: have we understood?"""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import JSONResponse, Response

from app.accounts.sessions import CurrentUser
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import gettext as _
from app.kernel.security import local_path
from app.kernel.templating import Flash, render, see_other
from app.matching import choosing
from app.matching.choosing import ConceptsChoice
from app.matching.queries import resembling
from app.profiles import actions, chips
from app.profiles.forms import SubmittedChips
from app.profiles.models import Profile
from app.profiles.pages.profile import OwnProfile, home_of
from app.taxonomy.naming import concept_name

router = APIRouter(prefix="/profiles")

# The same for everybody until the taxonomy changes: a phone asks once for what it types again.
CACHED = {"Cache-Control": "public, max-age=3600"}


@router.get("/{profile_id:int}/chips", name="profile_chips")
def chips_form(request: Request, session: SessionDep, profile: OwnProfile, then: str = "") -> Response:
    return _chips(request, session, profile, blank(then=local_path(then, "")))


@router.post("/{profile_id:int}/chips", name="save_profile_chips")
def correct_chips(
    request: Request, session: SessionDep, user: CurrentUser, profile: OwnProfile, form: SubmittedChips
) -> Response:
    request.app.state.limits.hit("60 per hour", "save_profile_chips", str(user.id))
    named = choosing.chosen_concepts(session, form)
    if not form.refused:
        try:
            actions.correct_chips(session, user, profile, [concept.id for concept in named.concepts])
            where = local_path(form.data.then, home_of(request, profile))
            return see_other(request, where, Flash(_("Merci : vos mots-clés sont à jour.")))
        except Invalid as error:
            form.refuse(error)
    return _chips(request, session, profile, form, named, status=422)


@router.get("/concepts", name="find_concepts")
def find_concepts(session: SessionDep, q: str = "") -> JSONResponse:
    """Skills and occupations whose names resemble what is being typed, in the reader's language."""
    found = resembling(session, q[:100]) if q.strip() else []
    return JSONResponse([{"code": concept.id, "label": concept_name(concept)} for concept in found], headers=CACHED)


def _chips(
    request: Request,
    session: Session,
    profile: Profile,
    form: Submitted[Any],
    named: ConceptsChoice | None = None,
    status: int = 200,
) -> Response:
    return render(
        request,
        "profiles/chips.html",
        status=status,
        form=form,
        profile=profile,
        home=local_path(str(form.values.get("then", "")), home_of(request, profile)),
        shown=chips.shown(session, profile, named),
    )
