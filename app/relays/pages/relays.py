"""Passing the word on: the link to a need, what came of it, and what one was asked to relay."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.queries import names_of
from app.accounts.sessions import CurrentUser
from app.contributions import queries as contributions
from app.contributions import sides
from app.contributions.actions import NoLongerSought
from app.contributions.cards import need_view
from app.contributions.rules import Ties, takes_people
from app.contributions.wording import STATE_KINDS, shortened, state_label
from app.deadlines.queries import under_way
from app.journal.models import Subject
from app.journal.queries import history
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import LOCALES, N_, current_locale, format_moment, speaking
from app.kernel.i18n import gettext as _
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, render, see_other
from app.projects import translating
from app.relays import actions, queries, rules, wording
from app.relays.actions import AlreadyMoved, AlreadyRelayed
from app.relays.forms import SubmittedAnswer, SubmittedRelay
from app.relays.models import Relay, RelayState
from app.relays.rules import Party, Verb

router = APIRouter(prefix="/relays")

_DONE = {
    Verb.ACCEPT: N_("Merci ! Voici le lien et les mots à envoyer."),
    Verb.DECLINE: N_("C’est dit, merci d’avoir répondu."),
    Verb.WITHDRAW: N_("La demande est retirée."),
    Verb.STOP: N_("Le lien est arrêté : il montre encore le besoin, mais plus rien n’est compté."),
    Verb.RESUME: N_("Le lien sert à nouveau."),
}


@router.get("", name="my_relays")
def my_relays(request: Request, session: SessionDep, user: CurrentUser, after: str | None = None) -> Response:
    waiting = [] if after else queries.waiting(session, user.id)
    page = queries.mine(session, user.id, after)
    shown = [*waiting, *page.rows]
    return render(
        request,
        "relays/mine.html",
        waiting=waiting,
        page=page,
        relayed=queries.figures(session, user.id),
        offers={number: len(found) for number, found in queries.led_to(session, [one.id for one in shown]).items()},
        titles=translating.titles(session, [one.need.project for one in shown], current_locale()),
        due=under_way(session, Subject.RELAY, [one.id for one in waiting]),
        wording=wording,
        shortened=shortened,
    )


@router.get("/needs/{need_id:int}", name="relay_need")
def relay_need(request: Request, session: SessionDep, user: CurrentUser, need_id: int) -> Response:
    need = contributions.need(session, user, need_id)
    if not takes_people(need):
        raise NoLongerSought
    if (existing := queries.live(session, need.id, user.id)) and existing.state is not RelayState.STOPPED:
        return see_other(request, path(request, "relay", relay_id=existing.id))
    return render(
        request,
        "relays/new.html",
        need=need_view(session, need),
        form=blank(),
        relayers=queries.relayers_of(session, need.id),
    )


@router.post("/needs/{need_id:int}", name="make_relay")
def make_relay(
    request: Request, session: SessionDep, user: CurrentUser, need_id: int, form: SubmittedRelay
) -> Response:
    need = contributions.need(session, user, need_id)
    request.app.state.limits.hit("40 per day", "relay", str(user.id))
    try:
        relay = actions.relay(session, user, need, bool(form.values.get("is_named")))
    except AlreadyRelayed as error:  # two clicks: the link of the first
        return see_other(request, path(request, "relay", relay_id=error.relay.id))
    word = Flash(_("Merci ! Faire passer le mot est déjà une contribution. Voici le lien et les mots à envoyer."))
    return see_other(request, path(request, "relay", relay_id=relay.id), word)


@router.get("/{relay_id:int}", name="relay")
def relay(request: Request, session: SessionDep, user: CurrentUser, relay_id: int) -> Response:
    ties = sides.ties(session, user)
    return _page(request, session, ties, queries.get(session, ties, relay_id), blank())


@router.post("/{relay_id:int}/name", name="name_relayer")
def name_relayer(
    request: Request, session: SessionDep, user: CurrentUser, relay_id: int, form: SubmittedRelay
) -> Response:
    found = queries.get(session, sides.ties(session, user), relay_id)
    is_named = bool(form.values.get("is_named"))
    actions.show_name(session, user, found, is_named)
    word = _("Votre nom accompagne le lien.") if is_named else _("Le lien ne dit plus votre nom.")
    return see_other(request, path(request, "relay", relay_id=found.id), Flash(word))


@router.post("/{relay_id:int}/{verb}", name="move_relay")
def move_relay(
    request: Request, session: SessionDep, user: CurrentUser, relay_id: int, verb: Verb, form: SubmittedAnswer
) -> Response:
    ties = sides.ties(session, user)
    found = queries.get(session, ties, relay_id)
    if form.refused:
        return _page(request, session, ties, found, form)
    try:
        match verb:
            case Verb.ACCEPT:
                actions.accept(session, user, found, form.data.is_named)
            case Verb.DECLINE:
                actions.decline(session, user, found, form.data.reason, form.data.word)
            case Verb.WITHDRAW:
                actions.withdraw(session, user, found)
            case Verb.STOP:
                actions.stop(session, user, found)
            case Verb.RESUME:
                actions.resume(session, user, found)
            case _:  # a relay begins elsewhere
                raise AlreadyMoved
    except Invalid as error:
        form.refuse(error)
        return _page(request, session, ties, found, form)
    page = local_path(form.data.then, path(request, "relay", relay_id=found.id))
    return see_other(request, page, Flash(_(_DONE[verb])))


def _page(request: Request, session: Session, ties: Ties, found: Relay, form: Submitted[Any]) -> Response:
    entries = history(session, Subject.RELAY, found.id, wording.MOVES)
    names = names_of(session, (entry.actor_id for entry in entries))
    is_own = rules.parties(ties, found) == {Party.RELAYER}
    step = under_way(session, Subject.RELAY, [found.id]).get(found.id)
    offers = queries.led_to(session, [found.id]).get(found.id, [])
    return render(
        request,
        "relays/relay.html",
        status=422 if form.refused else 200,
        relay=found,
        is_own=is_own,
        verbs=rules.open_verbs(ties, found),
        need=need_view(session, found.need),
        is_sought=takes_people(found.need),
        sendings=_sendings(request, session, found) if is_own and found.state is RelayState.OPEN else [],
        url=link_of(request, found),
        due=step.due_on if step else None,
        offers=[(state_label(one.state), STATE_KINDS[one.state]) for one in offers],
        reasons=[(reason.value, wording.reason_label(reason)) for reason in rules.REASONS],
        history=[
            (format_moment(entry.at), wording.move_label(entry.verb), names.get(entry.actor_id or 0, ""), entry.note)
            for entry in entries
        ],
        wording=wording,
        form=form,
    )


def link_of(request: Request, relay: Relay) -> str:
    """Without a language: each reader gets their own."""
    return f"{request.app.state.settings.base_url}/r/{relay.code}"


def _sendings(request: Request, session: Session, relay: Relay) -> list[tuple[str, str, str]]:
    """For each language: its code, the subject, and the words to send."""
    found = []
    for locale in (current_locale(), *(one for one in LOCALES if one != current_locale())):
        with speaking(locale):
            view = need_view(session, relay.need)
            words = wording.invitation(relay, shortened(view.text), link_of(request, relay))
            found.append((locale, view.title, words))
    return found
