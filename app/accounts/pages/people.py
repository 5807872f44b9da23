"""Other people's accounts: an ambassador enrols somebody who does not write, an administrator gives rights."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts import disclosures, queries, rights
from app.accounts.contact import parse_contact
from app.accounts.forms import RightsForm, SubmittedEnrol, SubmittedRights
from app.accounts.models import User
from app.accounts.rules import can_enrol
from app.accounts.sessions import CurrentAdministrator, CurrentUser
from app.journal.models import Subject
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import current_locale
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.territories.queries import regions

router = APIRouter(prefix="/account")

UserId = Annotated[int, Path(ge=1, le=2**31 - 1)]
COUNTRIES = ("FR", "BE", "ES", "IT", "NL", "DE", "CA", "US", "GB", "CH", "SE", "NO", "DK", "AE", "SA", "QA", "TN", "SN")
"""Where moderators of the diaspora are asked for, the largest communities first."""


@router.get("/enrol", name="enrol")
def enrol_form(request: Request, user: CurrentUser) -> Response:
    if not can_enrol(user):
        raise NotFound
    return render(request, "accounts/enrol.html", form=blank(locale=current_locale()))


@router.post("/enrol", name="send_enrol")
def enrol(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedEnrol) -> Response:
    if not can_enrol(user):
        raise NotFound
    request.app.state.limits.hit("60 per hour", "enrol", str(user.id))
    if not form.refused:
        data = form.data
        try:
            contact = parse_contact(data.contact)
            person = rights.enrol(session, user, data.name, contact, data.password, data.locale, data.consent)
        except Invalid as error:
            form.refuse(error)
        else:
            word = Flash(_("Le compte de %(name)s est ouvert.") % {"name": person.name})
            return see_other(request, path(request, "enrol"), word)
    return render(request, "accounts/enrol.html", status=422, form=form)


@router.get("/people", name="people")
def people(
    request: Request, session: SessionDep, administrator: CurrentAdministrator, q: str = "", after: str | None = None
) -> Response:
    words = " ".join(q.replace("\x00", "").split())[:80]
    page = queries.people(session, words, after)
    disclosures.note(session, administrator, Subject.USER, {user.id: user.id for user in page.rows})
    return render(request, "accounts/people.html", page=page, words=words, form=blank(q=words))


@router.get("/people/{user_id}", name="person")
def person(request: Request, session: SessionDep, administrator: CurrentAdministrator, user_id: UserId) -> Response:
    user = queries.person(session, user_id)
    disclosures.note(session, administrator, Subject.USER, {user.id: user.id})
    scopes = user.scopes
    form = blank(
        role=user.role.value,
        everywhere="yes" if any(scope.is_everything for scope in scopes) else None,
        regions=[scope.region_code for scope in scopes if scope.region_code],
        countries=[scope.country for scope in scopes if scope.country],
        grants=[grant.kind.value for grant in user.grants],
    )
    return _person_page(request, session, user, form)


@router.post("/people/{user_id}", name="save_rights")
def save_rights(
    request: Request, session: SessionDep, administrator: CurrentAdministrator, user_id: UserId, form: SubmittedRights
) -> Response:
    user = queries.person(session, user_id)
    if not form.refused:
        data = form.data
        known = {region.code for region, _provinces in regions(session)}
        if unknown := set(data.regions) - known:
            form.refuse(Invalid(_("Cette région n’existe pas : %(code)s.") % {"code": sorted(unknown)[0]}, "regions"))
        else:
            scopes: list[tuple[str | None, str | None]] = (
                [(None, None)]
                if data.everywhere
                else [*((code, None) for code in data.regions), *((None, code) for code in data.countries)]
            )
            try:
                rights.set_rights(session, administrator, user, data.role, scopes, data.grants)
            except Invalid as error:
                form.refuse(error)
            else:
                return see_other(request, path(request, "person", user_id=user.id), Flash(_("C’est enregistré.")))
    return _person_page(request, session, user, form, 422)


def _person_page(
    request: Request, session: Session, user: User, form: Submitted[RightsForm], status: int = 200
) -> Response:
    return render(
        request,
        "accounts/person.html",
        status=status,
        user=user,
        form=form,
        regions=[region for region, _provinces in regions(session)],
        countries=COUNTRIES,
    )
