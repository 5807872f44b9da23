"""One's own account: name and language, ways to be reached, password, devices."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts import actions, queries, sessions
from app.accounts.contact import shown_phone
from app.accounts.devices import device_name
from app.accounts.forms import SubmittedEmail, SubmittedIdentity, SubmittedPassword, SubmittedPhone
from app.accounts.sessions import CurrentUser
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import gettext as _
from app.kernel.i18n import speaking
from app.kernel.templating import Flash, path, render, see_other

router = APIRouter(prefix="/account")


@router.get("", name="account")
def account(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    return _page(request, session, user)


def _page(
    request: Request, session: SessionDep, user: CurrentUser, status: int = 200, **refused: Submitted[Any]
) -> Response:
    """The page with its four forms; the one that was refused comes back as it was typed."""
    return render(
        request,
        "accounts/account.html",
        status=status,
        user=user,
        phone=shown_phone(user.phone) if user.phone else "",
        identity=refused.get("identity", blank(name=user.name, locale=user.locale)),
        email=refused.get("email", blank(email="")),
        phone_form=refused.get("phone", blank(phone="")),
        password=refused.get("password", blank()),
        devices=queries.open_sessions(session, user),
        device_name=device_name,
        this_device=sessions.session_id(request),
    )


@router.post("", name="save_identity")
def save_identity(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedIdentity) -> Response:
    if form.refused:
        return _page(request, session, user, 422, identity=form)
    actions.rename(user, form.data.name, form.data.locale)
    with speaking(user.locale):
        word = Flash(_("C’est enregistré."))
    return see_other(request, f"/{user.locale}/account", word)


@router.post("/email", name="save_email")
def save_email(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedEmail) -> Response:
    request.app.state.limits.hit("5 per hour", "change_email", str(user.id))
    if not form.refused:
        try:
            actions.ask_to_change_email(session, user, form.data.email, form.data.current)
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        form.values.pop("current", None)
        return _page(request, session, user, 422, email=form)
    return see_other(request, path(request, "check_mail"))


@router.post("/phone", name="save_phone")
def save_phone(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedPhone) -> Response:
    if not form.refused:
        try:
            actions.change_phone(session, user, form.data.phone)
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        return _page(request, session, user, 422, phone=form)
    return see_other(request, path(request, "account"), Flash(_("C’est enregistré.")))


@router.post("/password", name="save_password")
def save_password(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedPassword) -> Response:
    request.app.state.limits.hit("10 per hour", "change_password", str(user.id))
    if not form.refused:
        try:
            actions.change_password(session, user, form.data.current, form.data.password, sessions.session_id(request))
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        form.values.clear()
        return _page(request, session, user, 422, password=form)
    word = Flash(_("Le mot de passe est changé. Vos autres appareils sont déconnectés."))
    return see_other(request, path(request, "account"), word)


@router.post("/devices/{device}/end", name="end_device")
def end_device(request: Request, session: SessionDep, user: CurrentUser, device: UUID) -> Response:
    actions.end_session(session, device, user)
    return see_other(request, path(request, "account"), Flash(_("Cet appareil est déconnecté.")))


@router.post("/devices/end", name="sign_out_everywhere")
def sign_out_everywhere(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    actions.sign_out_everywhere(session, user)
    response = see_other(
        request, path(request, "home"), Flash(_("Vous êtes déconnecté de tous vos appareils."), "info")
    )
    response.delete_cookie(sessions.COOKIE, path="/")
    return response
