"""Whom the villagers know: noting, douar by douar, what people who left do, and who can reach them."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser
from app.contributions import sides
from app.contributions.rules import Ties
from app.deadlines.queries import under_way
from app.journal.models import Subject
from app.kernel import countries
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import N_
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.templating import Flash, path, render, see_other
from app.matching import choosing
from app.matching.choosing import ConceptsChoice
from app.relays import wording
from app.relays.known import actions, chips, queries, rules
from app.relays.known.actions import ChangedMeanwhile, Content
from app.relays.known.forms import LONGEST, SubmittedChips, SubmittedKnown
from app.relays.known.rules import Verb
from app.relays.models import KnownPerson
from app.taxonomy.naming import concept_name
from app.territories.forms import CommuneChoice, chosen_commune

router = APIRouter(prefix="/relays/known")

_DONE = {
    Verb.AGREE: N_("Merci : on pourra vous demander de leur faire passer le mot."),
    Verb.REFUSE: N_("C’est dit : on cherchera quelqu’un d’autre."),
    Verb.END: N_("Ces lignes ne sont plus sur la liste."),
    Verb.LIST_AGAIN: N_("Ces lignes sont à nouveau sur la liste."),
}


@router.get("", name="known_people")
def known_people(request: Request, session: SessionDep, user: CurrentUser, after: str | None = None) -> Response:
    ties = sides.ties(session, user)
    page = queries.page(session, ties, after)
    return render(
        request,
        "relays/known_people.html",
        page=page,
        may_note=bool(queries.noting_codes(session, user)),
        wording=wording,
        viewer_id=user.id,
    )


@router.get("/new", name="new_known_person")
def new_known_person(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    return _form(request, session, user, blank(once=fresh_key(), how_many=1, country="MA", reach=user.id))


@router.post("/new", name="note_known_person")
def note_known_person(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedKnown) -> Response:
    if sent := first_time(session, form.values.get("once")):
        return see_other(request, sent)
    request.app.state.limits.hit("60 per hour", "note_known_person", str(user.id))
    place = chosen_commune(session, form)
    if not form.refused and place.commune:
        try:
            known = actions.note(session, user, _content(form, place), form.data.reach)
        except Invalid as error:
            form.refuse(error)
        else:
            page = path(request, "known_chips", known_id=known.id)
            led_to(session, form.data.once, page)
            return see_other(request, page, Flash(_("C’est noté.")))
    return _form(request, session, user, form, place)


@router.get("/{known_id:int}", name="known_person")
def known_person(request: Request, session: SessionDep, user: CurrentUser, known_id: int) -> Response:
    ties = sides.ties(session, user)
    known = queries.get(session, ties, known_id)
    step = under_way(session, Subject.KNOWN_PERSON, [known.id]).get(known.id)
    return render(
        request,
        "relays/known_person.html",
        known=known,
        concepts=[concept_name(concept) for concept in chips.read_as(known)],
        verbs=rules.open_verbs(ties, known),
        can_edit=rules.can_edit(ties, known),
        is_reach=user.id == known.reach_id,
        due=step.due_on if step else None,
        wording=wording,
    )


@router.get("/{known_id:int}/edit", name="edit_known_person")
def edit_known_person(request: Request, session: SessionDep, user: CurrentUser, known_id: int) -> Response:
    known = _editable(session, sides.ties(session, user), known_id)
    form = blank(
        occupation=known.occupation,
        how_many=known.how_many,
        country=known.country,
        town=known.town,
        commune=known.commune.full_name,
        commune_code=known.commune_code,
        douar=known.douar,
        reach=known.reach_id,
        version=known.version,
    )
    return _form(request, session, user, form, known=known)


@router.post("/{known_id:int}/edit", name="save_known_person")
def save_known_person(
    request: Request, session: SessionDep, user: CurrentUser, known_id: int, form: SubmittedKnown
) -> Response:
    known = _editable(session, sides.ties(session, user), known_id)
    place = chosen_commune(session, form)
    if not form.refused and place.commune:
        try:
            actions.edit(session, user, known, _content(form, place), form.data.reach, form.data.version)
        except Invalid as error:
            form.refuse(error)
        except ChangedMeanwhile as error:
            form.problem = error.sentence()
            form.values["version"] = known.version
        else:
            return see_other(request, path(request, "known_chips", known_id=known.id), Flash(_("C’est enregistré.")))
    return _form(request, session, user, form, place, known)


@router.get("/{known_id:int}/chips", name="known_chips")
def chips_form(request: Request, session: SessionDep, user: CurrentUser, known_id: int) -> Response:
    return _chips(request, session, _editable(session, sides.ties(session, user), known_id), blank())


@router.post("/{known_id:int}/chips", name="save_known_chips")
def save_chips(
    request: Request, session: SessionDep, user: CurrentUser, known_id: int, form: SubmittedChips
) -> Response:
    known = _editable(session, sides.ties(session, user), known_id)
    named = choosing.chosen_concepts(session, form)
    if not form.refused:
        try:
            actions.correct_chips(session, user, known, [concept.id for concept in named.concepts])
        except Invalid as error:
            form.refuse(error)
        else:
            word = Flash(_("Merci : les besoins qui leur vont les trouveront."))
            return see_other(request, path(request, "known_person", known_id=known.id), word)
    return _chips(request, session, known, form, named)


@router.post("/{known_id:int}/{verb}", name="move_known_person")
def move_known_person(request: Request, session: SessionDep, user: CurrentUser, known_id: int, verb: Verb) -> Response:
    known = queries.get(session, sides.ties(session, user), known_id)
    actions.move(session, user, known, verb)
    return see_other(request, path(request, "known_person", known_id=known.id), Flash(_(_DONE[verb])))


def _editable(session: Session, ties: Ties, known_id: int) -> KnownPerson:
    known = queries.get(session, ties, known_id)
    if not rules.can_edit(ties, known):
        raise NotFound
    return known


def _content(form: SubmittedKnown, place: CommuneChoice) -> Content:
    data = form.data
    assert place.commune is not None
    return Content(
        data.occupation,
        data.how_many,
        data.country,
        data.town,
        place.commune,
        data.douar,
        data.language,
        data.no_name,
    )


def _form(
    request: Request,
    session: Session,
    user: User,
    form: Submitted[Any],
    place: CommuneChoice | None = None,
    known: KnownPerson | None = None,
) -> Response:
    others = queries.colleagues(session, sides.ties(session, user).organisations, user.id)
    if known and known.reach_id not in (user.id, *(number for number, _name in others)):
        others.append((known.reach_id, known.reach.name))
    return render(
        request,
        "relays/known_form.html",
        status=422 if form.refused else 200,
        form=form,
        known=known,
        choices=place.choices if place else [],
        countries=countries.options(),
        reaches=[(user.id, _("Moi")), *others],
        longest=LONGEST,
        asks_about_name=form.errors.get("occupation") == _(actions.MAY_BE_NAME) or form.values.get("no_name"),
        may_note=bool(known or queries.noting_codes(session, user)),
    )


def _chips(
    request: Request, session: Session, known: KnownPerson, form: Submitted[Any], named: ConceptsChoice | None = None
) -> Response:
    return render(
        request,
        "relays/known_chips.html",
        status=422 if form.refused else 200,
        form=form,
        known=known,
        shown=chips.shown(session, known, named),
        wording=wording,
    )
