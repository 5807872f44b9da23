"""Inviting people from outside, and what they find who were invited: joining, or never hearing of it again."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlmodel import Session
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from app.accounts import sessions
from app.accounts.models import User
from app.accounts.sessions import CurrentUser, MaybeUser
from app.invitations import actions, queries
from app.invitations.addresses import Read, read_addresses
from app.invitations.forms import AddressesForm, JoinForm, SubmittedAddresses, SubmittedJoin
from app.invitations.rules import AT_ONCE, SHOWN_FROM, may_invite
from app.journal import queries as journal
from app.journal.models import Subject
from app.kernel import once
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import current_locale, label, ngettext, number
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.organisations import queries as organisations
from app.organisations.models import Organisation

router = APIRouter(prefix="/invitations")

NAMED = 5
"""Wrong addresses that the sentence quotes."""


@router.get("/organisations/{organisation_id:int}", name="invite_outside")
def invite_outside(request: Request, session: SessionDep, user: CurrentUser, organisation_id: int) -> Response:
    organisation = _inviting(session, user, organisation_id)
    return _page(request, session, organisation, blank(locale=current_locale()))


def _inviting(session: Session, user: User, organisation_id: int) -> Organisation:
    organisation = organisations.get(session, user, organisation_id)
    if not may_invite(organisation, organisations.verified_organisation_ids(session, user)):
        raise NotFound
    return organisation


def _page(request: Request, session: Session, organisation: Organisation, form: Submitted[AddressesForm]) -> Response:
    form.values["once"] = once.fresh_key()
    return render(
        request,
        "invitations/invite.html",
        status=422 if form.refused else 200,
        organisation=organisation,
        form=form,
        counts=queries.counts(session, organisation),
        shown_from=SHOWN_FROM,
        at_once=AT_ONCE,
    )


@router.post("/organisations/{organisation_id:int}", name="send_invitations")
def send_invitations(
    request: Request, session: SessionDep, user: CurrentUser, organisation_id: int, form: SubmittedAddresses
) -> Response:
    organisation = _inviting(session, user, organisation_id)
    if done := once.first_time(session, form.values.get("once")):
        return see_other(request, done)
    if not form.refused:
        request.app.state.limits.hit("20 per hour", "invite_outside", str(user.id))
        read = read_addresses(form.data.addresses)
        try:
            _check(read)
            secret = request.app.state.settings.secret
            entry = actions.invite(session, user, organisation, read.good, form.data.locale, secret)
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        return _page(request, session, organisation, form)
    here = path(request, "invite_outside", organisation_id=organisation.id)
    once.led_to(session, form.data.once, here)
    count = len(read.good)
    said = ngettext(
        "%(n)s adresse reçue. L’invitation part dans dix minutes.",
        "%(n)s adresses reçues. Les invitations partent dans dix minutes.",
        count,
    ) % {"n": number(count)}
    return see_other(request, here, Flash(said, undo=path(request, "undo_invitations", entry_id=entry.id)))


def _check(read: Read) -> None:
    """Raises Invalid (`addresses`): what is wrong is quoted, so that it is found in the list."""
    if read.wrong:
        count = len(read.wrong)
        quoted = " · ".join(word[:60] for word in read.wrong[:NAMED])
        sentence = ngettext(
            "%(n)s adresse est à corriger ou à enlever : %(quoted)s",
            "%(n)s adresses sont à corriger ou à enlever : %(quoted)s",
            count,
        )
        raise Invalid(sentence % {"n": number(count), "quoted": quoted + (" …" if count > NAMED else "")}, "addresses")
    if not read.good:
        raise Invalid(_("Collez au moins une adresse e-mail."), "addresses")
    if len(read.good) > AT_ONCE:
        sentence = _("%(n)s adresses au plus à la fois : envoyez celles-ci en plusieurs fois.")
        raise Invalid(sentence % {"n": number(AT_ONCE)}, "addresses")


@router.post("/undo/{entry_id:int}", name="undo_invitations")
def undo(request: Request, session: SessionDep, user: CurrentUser, entry_id: int) -> Response:
    entry = journal.entry_of(session, entry_id, Subject.ORGANISATION)
    if entry.actor_id != user.id or entry.verb != "invite_outside":
        raise NotFound
    actions.undo(session, user, entry, request.app.state.settings.secret)
    here = path(request, "invite_outside", organisation_id=entry.subject_id)
    return see_other(request, here, Flash(_("C’est annulé : personne n’a rien reçu."), "info"))


@router.get("/refused", name="invitation_refused")
def refused(request: Request) -> Response:
    return render(request, "invitations/refused.html")


@router.get("/{code}", name="invitation")
def invitation(request: Request, session: SessionDep, viewer: MaybeUser, code: str) -> Response:
    if viewer is not None:
        return RedirectResponse(path(request, "my_page"), 303)
    return _invitation_page(request, session, code, blank())


def _invitation_page(request: Request, session: Session, code: str, form: Submitted[JoinForm]) -> Response:
    turn = queries.invitation_of(session, code).round
    return render(
        request,
        "invitations/invitation.html",
        status=422 if form.refused else 200,
        code=code,
        organisation=label(turn.organisation),
        organisation_id=turn.organisation_id,
        person=turn.invited_by.name,
        form=form,
        headers={"Referrer-Policy": "no-referrer"},
    )


@router.post("/{code}", name="join_by_invitation")
def join(request: Request, session: SessionDep, code: str, form: SubmittedJoin) -> Response:
    invited = queries.invitation_of(session, code)
    if form.refused:
        return _invitation_page(request, session, code, form)
    user = actions.join(session, invited, form.data.name, current_locale())
    word = Flash(
        _("Bienvenue, %(name)s. Dites ce que vous savez faire : les projets viennent à vous.") % {"name": user.name}
    )
    response = see_other(request, path(request, "contributor_profile"), word)
    sessions.open_session(session, request, response, user)
    return response


@router.get("/{code}/refuse", name="refuse_invitation")
def refuse_page(request: Request, code: str) -> Response:
    """A button, since mail programs look at links in advance. The same whether or not the code is one of ours."""
    return render(request, "invitations/refuse.html", code=code, headers={"Referrer-Policy": "no-referrer"})


OneClick = Annotated[str, Form(alias="List-Unsubscribe")]


@router.post("/{code}/refuse", name="send_refusal")
def refuse(request: Request, session: SessionDep, code: str, one_click: OneClick = "") -> Response:
    actions.refuse(session, code)
    if one_click:
        return PlainTextResponse(_("C’est fait."))
    return see_other(request, path(request, "invitation_refused"))
