"""One contribution and what is done with it, and the list of those in which somebody has a part."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts import disclosures
from app.accounts.models import User
from app.accounts.queries import names_of
from app.accounts.sessions import CurrentUser
from app.contributions import (
    actions,
    comparing,
    documents,
    filling,
    queries,
    reasons,
    rules,
    sides,
    talking,
    wording,
)
from app.contributions.actions import NoPlace
from app.contributions.cards import card, contact, history_lines, need_view, person_for, titles_of
from app.contributions.forms import AnswerForm, SubmittedAnswer
from app.contributions.models import Contribution, State
from app.contributions.moving import AlreadyMoved
from app.contributions.reasons import Why
from app.contributions.rules import Party, Ties, Verb
from app.journal import queries as journal
from app.journal.models import Subject
from app.kernel.database import SessionDep
from app.kernel.errors import Forbidden, Invalid
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import N_
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, render, see_other
from app.profiles.rules import Level
from app.projects.models import NeedState
from app.threads import actions as threads
from app.threads import queries as talk

router = APIRouter(prefix="/contributions")

_DONE = {
    Verb.APPROVE: N_("Approuvée : l’autre côté le sait dans dix minutes."),
    Verb.REFUSE: N_("Non retenue : la personne lira vos mots dans dix minutes."),
    Verb.DECLINE: N_("C’est dit : l’autre côté lira votre réponse."),
    Verb.PUT_ON_WAITING_LIST: N_("Sur la liste d’attente : la personne le sait."),
    Verb.WITHDRAW: N_("C’est retiré."),
    Verb.CLOSE: N_("C’est fermé : les deux côtés lisent vos mots dans dix minutes."),
}


@router.get("", name="my_contributions")
def my_contributions(request: Request, session: SessionDep, user: CurrentUser, after: str | None = None) -> Response:
    ties = sides.ties(session, user)
    mine = queries.mine(session, ties, after)
    shown = [*mine.waiting, *mine.others.rows]
    titles = titles_of(session, shown)
    cards = {contribution.id: card(ties, contribution, titles) for contribution in shown}
    return render(request, "contributions/mine.html", mine=mine, cards=cards)


@router.get("/{contribution_id:int}", name="contribution")
def contribution(request: Request, session: SessionDep, user: CurrentUser, contribution_id: int) -> Response:
    ties = sides.ties(session, user)
    return contribution_page(request, session, ties, queries.get(session, ties, contribution_id))


@router.post("/{contribution_id:int}/{verb}", name="answer_contribution")
def answer_contribution(
    request: Request, session: SessionDep, user: CurrentUser, contribution_id: int, verb: Verb, form: SubmittedAnswer
) -> Response:
    """`then` in the form is a page of ours to go back to: the desk."""
    if sent := first_time(session, form.values.get("once")):
        return see_other(request, sent)
    ties = sides.ties(session, user)
    found = queries.get(session, ties, contribution_id)
    if form.refused:
        return contribution_page(request, session, ties, found, verb, form)
    request.app.state.limits.hit("200 per hour", "answer_contribution", str(user.id))
    try:
        word = _answer(request, session, user, found, verb, form.data)
    except Invalid as error:
        form.refuse(error)
        return contribution_page(request, session, ties, found, verb, form)
    except (AlreadyMoved, NoPlace) as error:
        form.problem = error.sentence()
        found = queries.get(session, ties, contribution_id)
        return contribution_page(request, session, ties, found, verb, form, status=409)
    page = local_path(form.data.then, path(request, "contribution", contribution_id=contribution_id))
    led_to(session, form.data.once, page)
    return see_other(request, page, word)


def _answer(
    request: Request, session: Session, user: User, contribution: Contribution, verb: Verb, data: AnswerForm
) -> Flash:
    if verb is Verb.ACCEPT:
        reached = actions.accept(session, user, contribution, data.word, data.one_more, data.seen, data.pledged)
        if reached is State.WAITING_LIST:
            return Flash(_("La dernière place vient d’être prise : cette réponse mène à la liste d’attente."), "info")
        return Flash(_("C’est oui ! Les coordonnées sont maintenant sur cette page."))
    undo = None
    match verb:
        case Verb.APPROVE:
            entry = actions.approve(session, user, contribution, data.seen)
            undo = path(request, "undo_contribution", entry_id=entry.id, then=data.then)
        case Verb.REFUSE:
            entry = actions.refuse(session, user, contribution, data.word, data.reason, data.seen)
            undo = path(request, "undo_contribution", entry_id=entry.id, then=data.then)
        case Verb.DECLINE:
            actions.decline(session, user, contribution, data.reason, data.word, data.seen)
        case Verb.PUT_ON_WAITING_LIST:
            actions.put_on_waiting_list(session, user, contribution, data.word, data.seen)
        case Verb.WITHDRAW:
            actions.withdraw(session, user, contribution, data.reason, data.word, data.seen)
        case Verb.CLOSE:
            entry = actions.close(session, user, contribution, data.reason, data.word)
            undo = path(request, "undo_contribution", entry_id=entry.id, then=data.then)
        case _:  # an offer or an invitation begins elsewhere
            raise Forbidden
    return Flash(_(_DONE[verb]), undo=undo)


@router.post("/undo/{entry_id:int}", name="undo_contribution")
def undo_contribution(
    request: Request, session: SessionDep, user: CurrentUser, entry_id: int, then: str = ""
) -> Response:
    entry = journal.entry_of(session, entry_id, Subject.CONTRIBUTION)
    found = queries.get(session, sides.ties(session, user), entry.subject_id)
    actions.undo(session, user, found, entry)
    page = local_path(then, path(request, "contribution", contribution_id=found.id))
    return see_other(request, page, Flash(_("Annulé : tout est comme avant."), "info"))


def contribution_page(
    request: Request,
    session: Session,
    ties: Ties,
    found: Contribution,
    refused: str | None = None,
    form: Submitted[Any] | None = None,
    status: int = 200,
) -> Response:
    """The whole page; after a refusal with the form of that verb (or `documents`), as it was typed."""
    sides = rules.parties(ties, found)
    history = journal.history(session, Subject.CONTRIBUTION, found.id, [*Verb, wording.RELAYED])
    team = Party.TEAM in sides
    answers_as = rules.answers_as(ties, found) or Party.TEAM
    missing = filling.missing(session, found.need)
    conversation = talk.thread(session, Subject.CONTRIBUTION, found.id, talking.seat(ties, found))
    threads.mark_read(session, conversation)
    return render(
        request,
        "contributions/contribution.html",
        status=422 if form and form.refused and status == 200 else status,
        contribution=found,
        summary=card(ties, found, titles_of(session, [found])),
        next_step=wording.next_step(found, sides),
        summer_hint=wording.summer_hint(found),
        path_steps=wording.path_of(found, history),
        verbs=rules.open_verbs(ties, found),
        decline_reasons=[(one.value, wording.reason_label(one)) for one in rules.REASONS[answers_as]],
        person=queries.card_of(session, found, rules.level(ties, found)),
        contacts=[contact(user) for user in _reachable(session, ties, found)],
        places_left=found.need.state is NeedState.OPEN,
        missing=missing,
        need=need_view(session, found.need),
        withdraw_words=wording.withdrawing(found, team),
        documents=documents.of_contributions(session, ties, [found])[found.id],
        adds_documents=rules.adds_documents(ties, found),
        why=_why(session, found, rules.level(ties, found)),
        history=history_lines(ties, found, history, names_of(session, (entry.actor_id for entry in history))),
        refused=refused,
        form=form or blank(),
        no_form=blank(),
        agreed=blank(pledged=min(found.pledged or missing, missing) or found.pledged),
        once=fresh_key(),
        is_team=team,
        is_contributor=Party.CONTRIBUTOR in sides,
        is_over=found.state not in rules.LIVE,
        working=_working(session, ties, found),
        parts=[part for of in request.app.state.contribution_parts if (part := of(session, ties, found))],
        conversation=conversation,
        here=path(request, "contribution", contribution_id=found.id),
    )


def _working(session: Session, ties: Ties, found: Contribution) -> list[tuple[bool, str, str]]:
    """Whether it is this one, who, and what they do; nameless where this reader may not know the name."""
    if found.state is not State.ACCEPTED:
        return []
    return [(one.id == found.id, person_for(ties, one), one.part) for one in comparing.working(session, found)]


def _why(session: Session, found: Contribution, level: Level) -> Why:
    return reasons.say(
        found.reasons,
        reasons.concepts_of(session, [found.reasons]),
        level,
        found.profile.owner.name,
        found.profile.name,
    )


def _reachable(session: Session, ties: Ties, found: Contribution) -> Sequence[User]:
    """Whose addresses this person may see: the other side's, once both agreed; who read them is noted for them."""
    if not rules.exchanges_addresses(ties, found):
        return []
    is_team = Party.TEAM in rules.parties(ties, found)
    people = [found.profile.owner] if is_team else sides.contacts_of(session, found)
    disclosures.note(session, ties.user, Subject.CONTRIBUTION, {person.id: found.id for person in people})
    return people
