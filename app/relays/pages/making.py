"""Making a grouped call, joining it, and answering for several needs at once."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser
from app.contributions import queries as contributions
from app.contributions import sides
from app.contributions.cards import card, need_views, titles_of
from app.contributions.wording import person_name
from app.kernel.database import SessionDep
from app.kernel.days import today
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import N_, label, ngettext
from app.kernel.i18n import gettext as _
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.templating import Flash, path, render, see_other
from app.profiles.models import Profile
from app.relays.calls import actions, answering, queries, rules, wording
from app.relays.calls.actions import AlreadyMoved, ChangedMeanwhile, Content, NotReady
from app.relays.calls.forms import (
    LONGEST_INTRO,
    CallForm,
    SubmittedCall,
    SubmittedChoice,
    SubmittedJoin,
    SubmittedJoinAnswer,
    SubmittedReport,
    SubmittedSeveral,
)
from app.relays.calls.models import GroupedCall, PlaceState
from app.relays.calls.rules import Verb
from app.relays.pages.calls import by_commune, call_page
from app.taxonomy.queries import themes
from app.territories import queries as territories

router = APIRouter(prefix="/relays/calls")

SAID = 3
"""Of the needs for which no offer could be sent, how many are told one by one: a cookie carries the words."""

_DONE = {
    Verb.OPEN: N_("L’appel est ouvert : tout le monde peut le lire, y répondre, en être."),
    Verb.CLOSE: N_("L’appel est clos."),
    Verb.REOPEN: N_("L’appel est rouvert."),
    Verb.REPORT: N_("C’est raconté, merci."),
}


@router.get("/new", name="new_call")
def new_call(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    maker = queries.maker(session, user)
    if not rules.may_make(maker):
        raise NotFound
    partner = next(iter(sorted(maker.partners)), None)
    return _form(request, session, user, blank(once=fresh_key(), organisation=partner, meets_zone="Africa/Casablanca"))


@router.post("/new", name="create_call")
def create_call(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedCall) -> Response:
    if not rules.may_make(queries.maker(session, user)):
        raise NotFound
    if sent := first_time(session, form.values.get("once")):
        return see_other(request, sent)
    if content := _content(session, form):
        try:
            call = actions.create(session, user, content)
        except Invalid as error:
            form.refuse(error)
        else:
            page = path(request, "choose_called", call_id=call.id)
            led_to(session, form.data.once, page)
            return see_other(request, page, Flash(_("C’est enregistré. Choisissez maintenant les besoins.")))
    return _form(request, session, user, form)


@router.get("/{call_id:int}/edit", name="edit_call")
def edit_call(request: Request, session: SessionDep, user: CurrentUser, call_id: int) -> Response:
    call = _made_by(session, user, call_id)
    own = {name: getattr(call, name) for name in CallForm.model_fields if name in GroupedCall.model_fields}
    form = blank(**own, theme=call.theme_code, organisation=call.organisation_id)
    if call.meets_at:
        form.values["meets_at"] = call.meets_at.strftime("%H:%M")
    return _form(request, session, user, form, call)


@router.post("/{call_id:int}/edit", name="save_call")
def save_call(request: Request, session: SessionDep, user: CurrentUser, call_id: int, form: SubmittedCall) -> Response:
    call = _made_by(session, user, call_id)
    if content := _content(session, form):
        try:
            actions.edit(session, user, call, content, form.data.version)
        except Invalid as error:
            form.refuse(error)
        except ChangedMeanwhile as error:
            form.problem = error.sentence()
            form.values["version"] = call.version
        else:
            return see_other(request, path(request, "grouped_call", call_id=call.id), Flash(_("C’est enregistré.")))
    return _form(request, session, user, form, call)


@router.get("/{call_id:int}/needs", name="choose_called")
def choose_called(request: Request, session: SessionDep, user: CurrentUser, call_id: int, place: str = "") -> Response:
    """`place`: the code of a territory, to see the needs of one only."""
    call = _made_by(session, user, call_id)
    territory = territories.get(session, place)
    return render(
        request,
        "relays/call_needs.html",
        call=call,
        form=blank(needs=[]),
        inside=by_commune(session, queries.called(session, call)),
        proposed=need_views(session, queries.proposed(session, call, territory.code if territory else "")),
        territory=territory,
        wording=wording,
    )


@router.post("/{call_id:int}/needs", name="save_called")
def save_called(
    request: Request, session: SessionDep, user: CurrentUser, call_id: int, form: SubmittedChoice
) -> Response:
    call = _made_by(session, user, call_id)
    chosen = set(form.data.needs) if not form.refused else set()
    there = {one.need_id for one in queries.called(session, call)}
    actions.choose(session, user, call, chosen - there, there - chosen if not form.refused else ())
    return see_other(request, path(request, "grouped_call", call_id=call.id), Flash(_("Les besoins sont choisis.")))


@router.post("/{call_id:int}/move/{verb}", name="move_call")
def move_call(
    request: Request, session: SessionDep, user: CurrentUser, call_id: int, verb: Verb, form: SubmittedReport
) -> Response:
    call = _made_by(session, user, call_id)
    if verb is Verb.REPORT and form.refused:
        return call_page(request, session, user, call, form)
    page = path(request, "grouped_call", call_id=call.id)
    try:
        actions.move(session, user, call, verb, form.data.report if verb is Verb.REPORT else "")
    except NotReady as error:
        return see_other(request, page, Flash(error.sentence(), "problem"))
    return see_other(request, page, Flash(_(_DONE[verb])))


@router.get("/{call_id:int}/join", name="join_call")
def join_call(request: Request, session: SessionDep, user: CurrentUser, call_id: int) -> Response:
    call = _open(session, user, call_id)
    ties = sides.ties(session, user)
    return render(
        request,
        "relays/call_join.html",
        call=call,
        own=need_views(session, queries.own_needs(session, ties, call)),
        wording=wording,
    )


@router.post("/{call_id:int}/join", name="send_join")
def send_join(request: Request, session: SessionDep, user: CurrentUser, call_id: int, form: SubmittedJoin) -> Response:
    call = _open(session, user, call_id)
    page = path(request, "grouped_call", call_id=call.id)
    if form.refused:
        word = Flash(_("Choisissez d’abord un de vos besoins."), "problem")
        return see_other(request, path(request, "join_call", call_id=call.id), word)
    request.app.state.limits.hit("30 per hour", "join_call", str(user.id))
    state = actions.join(session, user, call, contributions.need(session, user, form.data.need))
    if state is PlaceState.IN:
        return see_other(request, page, Flash(_("Votre commune en est.")))
    return see_other(request, page, Flash(_("C’est demandé : qui prépare l’appel vous répond sous une semaine.")))


@router.post("/{call_id:int}/needs/{need_id:int}/{answer}", name="answer_join")
def answer_join(
    request: Request,
    session: SessionDep,
    user: CurrentUser,
    call_id: int,
    need_id: int,
    answer: str,
    form: SubmittedJoinAnswer,
) -> Response:
    """`answer`: take-in and turn-down by those who make the call, leave by the team of the need."""
    call = queries.get(session, queries.maker(session, user), call_id)
    page = path(request, "grouped_call", call_id=call.id)
    number = need_id if need_id <= contributions.MAX_ID else 0
    word = "" if form.refused else form.data.word
    if answer == "leave":
        actions.leave(session, user, call, number)
        return see_other(request, page, Flash(_("Votre besoin n’est plus dans cet appel.")))
    if answer not in ("take-in", "turn-down") or not rules.makes(queries.maker(session, user), call):
        raise NotFound
    actions.answer_join(session, user, call, number, answer == "take-in", word)
    other = "turn-down" if answer == "take-in" else "take-in"
    undo = path(request, "answer_join", call_id=call.id, need_id=number, answer=other)
    said = _("Cette commune en est.") if answer == "take-in" else _("Cette commune n’en est pas.")
    return see_other(request, page, Flash(said, undo=undo))


@router.get("/{call_id:int}/answer", name="answer_call")
def answer_call(request: Request, session: SessionDep, user: CurrentUser, call_id: int) -> Response:
    call = _open(session, user, call_id)
    if not rules.takes_answers(call, today()):
        raise AlreadyMoved
    mine = {profile.id: profile for profile in sides.profiles_of(session, user)}
    return _several(request, session, call, blank(once=fresh_key(), profile=_usual(mine)), mine)


@router.post("/{call_id:int}/answer", name="send_answers")
def send_answers(
    request: Request, session: SessionDep, user: CurrentUser, call_id: int, form: SubmittedSeveral
) -> Response:
    if sent := first_time(session, form.values.get("once")):
        return see_other(request, sent)
    call = _open(session, user, call_id)
    mine = {profile.id: profile for profile in sides.profiles_of(session, user)}
    if not form.refused and form.data.profile not in mine:
        form.errors["profile"] = _("Choisissez au nom de qui vous proposez votre aide.")
    if not form.refused:
        request.app.state.limits.hit("10 per hour", "send_answers", str(user.id))
        try:
            profile = mine[form.data.profile or 0]
            results = answering.answer(session, user, call, profile, form.data.needs, form.data.message)
        except Invalid as error:
            form.refuse(error)
        else:
            page = path(request, "my_answers", call_id=call.id)
            led_to(session, form.data.once, page)
            return see_other(request, page, *_words(results))
    return _several(request, session, call, form, mine)


@router.get("/{call_id:int}/answers", name="my_answers")
def my_answers(request: Request, session: SessionDep, user: CurrentUser, call_id: int) -> Response:
    call = queries.get(session, queries.maker(session, user), call_id)
    ties = sides.ties(session, user)
    found = queries.answers_of(session, ties, call)
    titles = titles_of(session, found)
    return render(
        request,
        "relays/call_answers.html",
        call=call,
        cards=[card(ties, one, titles) for one in found],
        takes_answers=rules.takes_answers(call, today()),
        wording=wording,
    )


def _made_by(session: Session, user: User, call_id: int) -> GroupedCall:
    """One that this person makes. Raises NotFound."""
    maker = queries.maker(session, user)
    call = queries.get(session, maker, call_id)
    if not rules.makes(maker, call):
        raise NotFound
    return call


def _open(session: Session, user: User, call_id: int) -> GroupedCall:
    """One that everybody may read. Raises NotFound."""
    call = queries.get(session, queries.maker(session, user), call_id)
    if not rules.is_public(call):
        raise NotFound
    return call


def _content(session: Session, form: SubmittedCall) -> Content | None:
    if not form.refused and form.data.theme not in {theme.code for theme in themes(session)}:
        form.errors["theme"] = _("Choisissez une des réponses proposées.")
    if form.refused:
        return None
    data = form.data
    return Content(
        data.title_fr,
        data.title_ar,
        data.intro_fr,
        data.intro_ar,
        data.theme,
        data.organisation,
        data.answers_by,
        data.meets_on,
        data.meets_at,
        data.meets_zone,
        data.place,
        data.link,
    )


def _form(
    request: Request, session: Session, user: User, form: Submitted[Any], call: GroupedCall | None = None
) -> Response:
    return render(
        request,
        "relays/call_form.html",
        status=422 if form.refused else 200,
        form=form,
        call=call,
        themes=[(theme.code, label(theme)) for theme in themes(session)],
        organisations=[(one.id, label(one)) for one in queries.partners(session, user)],
        zones=[(zone, _(words)) for zone, words in wording.ZONES.items()],
        longest=LONGEST_INTRO,
        today=today(),
    )


def _usual(mine: Mapping[int, Profile]) -> int | None:
    """A group or an association first: it is they who answer for several needs."""
    return [*mine][-1] if mine else None


def _several(
    request: Request, session: Session, call: GroupedCall, form: Submitted[Any], mine: Mapping[int, Profile]
) -> Response:
    return render(
        request,
        "relays/call_answer.html",
        status=422 if form.refused else 200,
        call=call,
        form=form,
        profiles=[(number, person_name(profile, named=True)) for number, profile in mine.items()],
        by_commune=by_commune(session, queries.called(session, call)),
        wording=wording,
    )


def _words(results: list[answering.Answered]) -> list[Flash]:
    sent = [one for one in results if not one.why]
    words = []
    if sent:
        words.append(Flash(_("Merci ! Vos offres sont parties : la modération les lit, puis les transmet.")))
    unsent = [one for one in results if one.why]
    for one in unsent[:SAID]:
        words.append(Flash(f"{one.need.project.commune.full_name} : {one.why}", "info"))
    if (more := len(unsent) - SAID) > 0:
        said = ngettext("Et %(n)s autre besoin, de même.", "Et %(n)s autres besoins, de même.", more)
        words.append(Flash(said % {"n": more}, "info"))
    return words
