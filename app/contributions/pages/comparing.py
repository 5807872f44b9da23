"""The offers of a need side by side: several are accepted or declined at once, and those who help share the work."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.sessions import CurrentUser
from app.contributions import cards, comparing, deciding, filling, queries, rules, wording
from app.contributions.deciding import Decided, Outcome
from app.contributions.forms import SubmittedDecision, SubmittedParts, own_words
from app.contributions.models import State
from app.contributions.rules import Party, Ties
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import current_locale, ngettext, number
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.templating import Flash, path, render, see_other
from app.projects.models import Need, NeedState

router = APIRouter(prefix="/contributions/needs/{need_id:int}")


@router.get("/compare", name="compare_offers")
def compare_offers(request: Request, session: SessionDep, user: CurrentUser, need_id: int) -> Response:
    ties, need = queries.looked_for(session, user, need_id)
    return _page(request, session, ties, need)


@router.post("/decide", name="decide_offers")
def decide_offers(
    request: Request, session: SessionDep, user: CurrentUser, need_id: int, form: SubmittedDecision
) -> Response:
    if done := first_time(session, form.values.get("once")):
        return see_other(request, done)
    ties, need = queries.looked_for(session, user, need_id)
    compared = {one.contribution.id: one for one in comparing.comparison(session, ties, need).offers if one.can_decide}
    words = own_words(form, "word", compared)
    if form.refused:
        return _page(request, session, ties, need, form)
    chosen = [compared[one].contribution for one in dict.fromkeys(form.data.chosen) if one in compared]
    if not chosen:
        form.errors["chosen"] = _("Cochez au moins une personne.")
        return _page(request, session, ties, need, form)
    names = {one.id: compared[one.id].person for one in chosen}
    said = {one.id: words.get(one.id) or form.data.word for one in chosen}
    seen = {one.id: State(state) for one in chosen if (state := form.values.get(f"seen_{one.id}")) in set(State)}
    request.app.state.limits.hit("200 per hour", "answer_contribution", str(user.id))
    try:
        if form.data.decision == "accept":
            results = deciding.accept_all(session, user, chosen, said, seen, form.data.one_more)
        else:
            results = deciding.decline_all(session, user, chosen, form.data.reason, said, seen)
    except Invalid as error:
        form.refuse(error)
        return _page(request, session, ties, need, form)
    page = path(request, "compare_offers", need_id=need.id)
    led_to(session, form.data.once, page)
    return see_other(request, page, *_told(results, names))


@router.post("/parts", name="share_work")
def share_work(
    request: Request, session: SessionDep, user: CurrentUser, need_id: int, form: SubmittedParts
) -> Response:
    if done := first_time(session, form.values.get("once")):
        return see_other(request, done)
    ties, need = queries.looked_for(session, user, need_id)
    accepted = queries.accepted(session, need.id)
    parts = own_words(form, "part", [one.id for one in accepted])
    if form.refused:
        return _page(request, session, ties, need, form)
    changed = deciding.share(session, user, accepted, parts)
    page = path(request, "compare_offers", need_id=need.id)
    led_to(session, form.values.get("once"), page)
    if not changed:
        return see_other(request, page)
    return see_other(request, page, Flash(_("C’est noté : chaque personne dont la part a changé le sait.")))


def _told(results: Sequence[Decided], names: dict[int, str]) -> list[Flash]:
    """What became of each, those of whom the same is true together."""
    alike: dict[tuple[Outcome, int], list[str]] = defaultdict(list)
    for one in results:
        alike[one.outcome, one.missing].append(names[one.contribution.id])
    return [_said(outcome, missing, _listed(people)) for (outcome, missing), people in alike.items()]


def _said(outcome: Outcome, missing: int, people: str) -> Flash:
    values = {"people": people, "n": number(missing)}
    match outcome:
        case Outcome.ACCEPTED:
            return Flash(_("C’est oui : %(people)s. Les coordonnées sont sur la page de chaque contribution.") % values)
        case Outcome.DECLINED:
            return Flash(_("C’est dit à %(people)s, avec votre raison et vos mots.") % values)
        case Outcome.WAITING:
            return Flash(_("Toutes les places sont prises : sur la liste d’attente, %(people)s.") % values, "info")
        case Outcome.MOVED:
            return Flash(_("Quelqu’un a répondu entre-temps : %(people)s. Regardez où cela en est.") % values, "info")
        case Outcome.TOO_MANY:
            told = ngettext(
                "Sans réponse encore, %(people)s : il n’en manque plus que %(n)s. Prenez-en moins, ou tout.",
                "Sans réponse encore, %(people)s : il n’en manque plus que %(n)s. Prenez-en moins, ou tout.",
                missing,
            )
            return Flash(told % values, "problem")


def _listed(people: Sequence[str]) -> str:
    return ("، " if current_locale() == "ar" else ", ").join(people)


def _page(request: Request, session: Session, ties: Ties, need: Need, form: Submitted[Any] | None = None) -> Response:
    compared = comparing.comparison(session, ties, need)
    accepted = [one for one in compared.offers if one.contribution.state is State.ACCEPTED]
    shares = len(accepted) > 1 and any(Party.TEAM in rules.parties(ties, one.contribution) for one in accepted)
    lines = {f"part_{one.contribution.id}": one.contribution.part for one in accepted}
    return render(
        request,
        "contributions/compare.html",
        status=422 if form and form.refused else 200,
        need=cards.need_view(session, need),
        compared=compared,
        accepted=accepted,
        shares=shares,
        missing=filling.missing(session, need),
        is_open=need.state is NeedState.OPEN,
        reasons=[(one.value, wording.reason_label(one)) for one in rules.REASONS[Party.TEAM]],
        form=form or blank(),
        parts=form if form and form.values.keys() & lines.keys() else blank(**lines),
        once=fresh_key(),
        here=path(request, "compare_offers", need_id=need.id),
    )
