"""Asking to speak for an organisation: one that is known, or one that is declared."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser
from app.kernel import countries, once
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid
from app.kernel.folding import has_arabic
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import N_
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.organisations import actions, finding, queries
from app.organisations.actions import Where
from app.organisations.finding import Candidate
from app.organisations.forms import (
    ABOUT_LENGTH,
    ABROAD,
    DECLARED,
    IN_MOROCCO,
    DeclareForm,
    JoinForm,
    SubmittedDeclaration,
    SubmittedJoin,
)
from app.organisations.models import MembershipState, Organisation
from app.organisations.rules import MOROCCO
from app.organisations.wording import KINDS, STATE_KINDS, STATES
from app.territories.forms import chosen_commune

router = APIRouter(prefix="/organisations")


@router.get("/join", name="join_organisation")
def join(request: Request, session: SessionDep, user: CurrentUser, q: str = "", choice: str = "") -> Response:
    """`choice` comes from the page of an organisation or of a commune: it is ticked already."""
    return _join_page(request, session, user, blank(q=q.replace("\x00", "")[:200], choice=choice))


@router.post("/join", name="ask_to_speak")
def ask_to_speak(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedJoin) -> Response:
    if done := once.first_time(session, form.values.get("once")):
        return see_other(request, done)
    if form.refused:
        return _join_page(request, session, user, form)
    request.app.state.limits.hit("30 per hour", "ask_to_speak", str(user.id))
    chosen = finding.named(session, user, form.data.choice)
    if chosen is None:
        form.refuse(Invalid(N_("Choisissez une organisation de la liste."), "choice"))
        return _join_page(request, session, user, form)
    organisation = chosen if isinstance(chosen, Organisation) else actions.of_territory(session, user, chosen)
    return _asked(request, session, user, organisation, form.data.function, form.data.once)


def _asked(
    request: Request, session: Session, user: User, organisation: Organisation, function: str, key: str
) -> Response:
    membership = actions.ask_to_speak(session, user, organisation, function)
    url = path(request, "organisation", organisation_id=organisation.id)
    once.led_to(session, key, url)
    if membership.state is MembershipState.VERIFIED:
        return see_other(request, url, Flash(_("Vous parlez déjà pour cette organisation."), "info"))
    return see_other(request, url, Flash(_("C’est noté : un modérateur vérifie, puis vous écrit.")))


def _join_page(request: Request, session: Session, user: User, form: Submitted[JoinForm]) -> Response:
    words, choice = str(form.values.get("q") or ""), str(form.values.get("choice") or "")
    found = finding.find(session, words)
    if choice and choice not in {candidate.choice for candidate in found}:
        ticked = finding.named(session, user, choice)
        found = [finding.candidate_of(ticked), *found] if ticked else found
    form.values["once"] = once.fresh_key()
    return render(
        request,
        "organisations/join.html",
        status=422 if form.refused else 200,
        form=form,
        words=words,
        found=found,
        mine=queries.memberships_of(session, user),
        states={state.value: _(text) for state, text in STATES.items()},
        state_kinds={state.value: kind for state, kind in STATE_KINDS.items()},
    )


@router.get("/new", name="declare_organisation")
def declare_form(request: Request, _user: CurrentUser, q: str = "") -> Response:
    """`q` is the name that was looked for in vain."""
    typed = q.replace("\x00", "")[:200]
    return _declare_page(request, blank(**{"name_ar" if has_arabic(typed) else "name_fr": typed, "where": "morocco"}))


@router.post("/new", name="send_declaration")
def declare(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedDeclaration) -> Response:
    if done := once.first_time(session, form.values.get("once")):
        return see_other(request, done)
    in_morocco = form.values.get("where") == "morocco"
    choice = chosen_commune(session, form, required=in_morocco)
    _check_declaration(form)
    if form.refused:
        return _declare_page(request, form, choice.choices)
    data = form.data
    alike = finding.alike(session, [data.name_fr, data.name_ar])
    if alike and not data.alike_seen:
        form.values["alike_seen"] = "yes"
        return _declare_page(request, form, alike=alike)
    request.app.state.limits.hit("20 per hour", "declare_organisation", str(user.id))
    organisation = actions.declare(
        session,
        user,
        kind=data.kind,
        name_fr=data.name_fr,
        name_ar=data.name_ar,
        where=Where(commune=choice.commune) if in_morocco else Where(country=data.country, town=data.town),
        about=data.about,
    )
    return _asked(request, session, user, organisation, data.function, data.once)


def _check_declaration(form: Submitted[DeclareForm]) -> None:
    """What one field says of another."""
    values = form.values
    kind, where = values.get("kind"), values.get("where")
    if not (values.get("name_fr") or values.get("name_ar")):
        form.refuse(Invalid(N_("Écrivez son nom, dans une langue au moins."), "name_fr"))
    if kind in IN_MOROCCO and where == "abroad":
        form.refuse(Invalid(N_("Une association locale ou une coopérative est au Maroc."), "where"))
    if kind in ABROAD and where == "morocco":
        form.refuse(Invalid(N_("Les communes du Maroc sont dans la liste : cherchez-la par son nom."), "where"))
    if where == "abroad":
        if values.get("country") not in countries.codes() - {MOROCCO}:
            form.refuse(Invalid(N_("Choisissez le pays."), "country"))
        if not values.get("town"):
            form.refuse(Invalid(N_("Écrivez la ville."), "town"))


def _declare_page(
    request: Request,
    form: Submitted[DeclareForm],
    choices: Sequence[tuple[str, str]] = (),
    alike: Sequence[Candidate] = (),
) -> Response:
    form.values["once"] = once.fresh_key()
    return render(
        request,
        "organisations/new.html",
        status=422 if form.refused or alike else 200,
        form=form,
        choices=choices,
        alike=alike,
        kinds=[(kind.value, _(KINDS[kind])) for kind in DECLARED],
        countries=[(code, name) for code, name in countries.options() if code != MOROCCO],
        about_length=ABOUT_LENGTH,
    )
