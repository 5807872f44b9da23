"""Coming in and going out: sign up, sign in, the links sent by e-mail, and going on with what was typed before."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.accounts import actions, departures, sessions
from app.accounts.contact import parse_contact, parse_email
from app.accounts.forms import SubmittedForgotten, SubmittedSignIn, SubmittedSignUp
from app.accounts.models import LinkPurpose, User
from app.accounts.sessions import CurrentUser, MaybeUser
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid
from app.kernel.forms import blank
from app.kernel.i18n import LOCALES, current_locale
from app.kernel.i18n import gettext as _
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, render, see_other

router = APIRouter(prefix="/account")

PENDING_COOKIE = "twiza_pending"


@router.get("/sign-up", name="sign_up")
def sign_up_form(request: Request, user: MaybeUser, then: str = "") -> Response:
    if user is not None:
        return RedirectResponse(path(request, "my_page"), 303)
    return render(request, "accounts/sign_up.html", form=blank(then=then), pending=PENDING_COOKIE in request.cookies)


@router.post("/sign-up", name="send_sign_up")
def sign_up(request: Request, session: SessionDep, form: SubmittedSignUp) -> Response:
    if not form.refused:
        try:
            return _sign_up(request, session, form)
        except Invalid as error:
            form.refuse(error)
    pending = PENDING_COOKIE in request.cookies
    return render(request, "accounts/sign_up.html", status=422, form=form, pending=pending)


def _sign_up(request: Request, session: SessionDep, form: SubmittedSignUp) -> Response:
    data = form.data
    limits = request.app.state.limits
    limits.hit("60 per hour", "sign_up", _address(request))
    contact = parse_contact(data.contact)
    limits.hit("5 per hour", "sign_up", contact.email or contact.phone or "")
    if data.contact_again:  # a machine: it is told what everybody is told
        return see_other(request, path(request, "check_mail"))
    then = _destination(request, data.then)
    user = actions.sign_up(session, data.name, contact, data.password, current_locale(), then)
    if user is None:
        return see_other(request, path(request, "check_mail"))
    return _signed_in(request, session, user, then)


@router.get("/check-mail", name="check_mail")
def check_mail(request: Request) -> Response:
    settings = request.app.state.settings
    shown_here = settings.environment != "production" and not settings.smtp_url
    return render(request, "accounts/check_mail.html", shown_here=shown_here)


@router.get("/sign-in", name="sign_in")
def sign_in_form(request: Request, user: MaybeUser, then: str = "") -> Response:
    if user is not None:
        return RedirectResponse(_destination(request, then), 303)
    pending = PENDING_COOKIE in request.cookies
    return render(request, "accounts/sign_in.html", form=blank(then=then), pending=pending)


@router.post("/sign-in", name="send_sign_in")
def sign_in(request: Request, session: SessionDep, form: SubmittedSignIn) -> Response:
    if not form.refused:
        try:
            return _sign_in(request, session, form)
        except Invalid as error:
            form.refuse(error)
    form.values.pop("password", None)
    pending = PENDING_COOKIE in request.cookies
    return render(request, "accounts/sign_in.html", status=422, form=form, pending=pending)


def _sign_in(request: Request, session: SessionDep, form: SubmittedSignIn) -> Response:
    """With a password at once; without, by a link to the e-mail."""
    limits = request.app.state.limits
    limits.hit("120 per 15 minutes", "sign_in", _address(request))
    contact = parse_contact(form.data.contact)
    limits.hit("10 per 15 minutes", "sign_in", contact.email or contact.phone or "")
    then = _destination(request, form.data.then)
    if form.data.password:
        user = actions.check_sign_in(session, contact, form.data.password)
        return _signed_in(request, session, user, then)
    if contact.email is None:
        raise Invalid(_("Écrivez le mot de passe choisi avec ce numéro."), "password")
    actions.ask_for_link(session, contact.email, LinkPurpose.SIGN_IN, then)
    return see_other(request, path(request, "check_mail"))


@router.get("/forgotten", name="forgotten")
def forgotten_form(request: Request) -> Response:
    return render(request, "accounts/forgotten.html", form=blank())


@router.post("/forgotten", name="send_forgotten")
def forgotten(request: Request, session: SessionDep, form: SubmittedForgotten) -> Response:
    if not form.refused:
        try:
            email = parse_email(form.data.email)
        except Invalid as error:
            form.refuse(error)
        else:
            request.app.state.limits.hit("5 per hour", "forgotten", email)
            actions.ask_for_link(session, email, LinkPurpose.RESET)
            return see_other(request, path(request, "check_mail"))
    return render(request, "accounts/forgotten.html", status=422, form=form)


@router.get("/link/{code}", name="link")
def link(request: Request, session: SessionDep, code: str) -> Response:
    """Shows a button: mail programs that look at links in advance must not use them up."""
    leaves = actions.purpose_of(session, code) is LinkPurpose.LEAVE
    return render(request, "accounts/link.html", code=code, leaves=leaves, headers={"Referrer-Policy": "no-referrer"})


@router.post("/link/{code}", name="use_link")
def use_link(request: Request, session: SessionDep, code: str) -> Response:
    request.app.state.limits.hit("60 per 15 minutes", "link", _address(request))
    user, used = actions.use_link(session, code)
    if used.purpose is LinkPurpose.LEAVE:
        departures.check_may_leave(session, user)
        departures.begin(session, user)
    default = "account" if used.purpose in (LinkPurpose.RESET, LinkPurpose.CHANGE_EMAIL) else "my_page"
    then = local_path(used.then, path(request, default))
    return _signed_in(request, session, user, then)


@router.post("/sign-out", name="sign_out")
def sign_out(request: Request, session: SessionDep) -> Response:
    if identity := sessions.session_id(request):
        actions.end_session(session, identity)
    response = see_other(request, path(request, "home"), Flash(_("Vous êtes déconnecté."), "info"))
    response.delete_cookie(sessions.COOKIE, path="/")
    return response


@router.get("/continue", name="continue_submission")
def continue_submission(request: Request, session: SessionDep, _user: CurrentUser) -> Response:
    """What was typed before signing in, one button away from where it was going."""
    kept = actions.kept_submission(session, request.cookies.get(PENDING_COOKIE, ""))
    if kept is None:
        return RedirectResponse(path(request, "my_page"), 303)
    response = render(request, "accounts/continue.html", target=kept.path, fields=kept.fields)
    response.delete_cookie(PENDING_COOKIE, path="/")
    return response


def _signed_in(request: Request, session: SessionDep, user: User, then: str) -> Response:
    pending = PENDING_COOKIE in request.cookies
    target = path(request, "continue_submission") if pending else then
    if departures.asked_by(session, user):  # whoever comes back is asked whether they stay
        target = path(request, "leaving")
    if target[1:3] in LOCALES and target[1:3] != user.locale and not pending:
        target = f"/{user.locale}{target[3:]}"
    response = see_other(request, target, Flash(_("Bonjour %(name)s.") % {"name": user.name}))
    sessions.open_session(session, request, response, user)
    return response


def _destination(request: Request, then: str) -> str:
    return local_path(then, path(request, "my_page"))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
