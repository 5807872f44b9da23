"""Grouped calls: the list, one of them, its booklet and its meeting for a telephone."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.queries import names_of
from app.accounts.sessions import MaybeUser
from app.contributions import sides
from app.contributions.cards import TitledNeed, need_views
from app.journal.models import Subject
from app.journal.queries import history
from app.kernel.database import SessionDep
from app.kernel.days import today
from app.kernel.errors import NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import LOCALES, current_locale, format_moment, speaking
from app.kernel.i18n import gettext as _
from app.kernel.templating import render
from app.relays.calls import booklet, calendars, queries, rules, wording
from app.relays.calls.models import CalledNeed, GroupedCall, PlaceState
from app.territories.models import Commune

router = APIRouter(prefix="/relays/calls")


@router.get("", name="grouped_calls")
def grouped_calls(request: Request, session: SessionDep, viewer: MaybeUser, after: str | None = None) -> Response:
    page = queries.page(session, after)
    maker = queries.maker(session, viewer) if viewer else None
    drafts = queries.drafts(session, maker) if maker and not after and rules.may_make(maker) else []
    return render(
        request,
        "relays/calls.html",
        page=page,
        drafts=drafts,
        communes=queries.communes_of(session, [call.id for call in (*drafts, *page.rows)]),
        may_make=maker is not None and rules.may_make(maker),
        wording=wording,
    )


@router.get("/{call_id:int}", name="grouped_call")
def grouped_call(request: Request, session: SessionDep, viewer: MaybeUser, call_id: int) -> Response:
    maker = queries.maker(session, viewer) if viewer else None
    return call_page(request, session, viewer, queries.get(session, maker, call_id))


@router.get("/{call_id:int}/booklet", name="call_booklet")
def call_booklet(request: Request, session: SessionDep, viewer: MaybeUser, call_id: int, paper: str = "") -> Response:
    """Both languages side by side, on A4 or, for the pocket, A5."""
    call = queries.get(session, queries.maker(session, viewer) if viewer else None, call_id)
    return booklet.answer(request, session, call, small=paper == "a5")


@router.get("/{call_id:int}/meeting", name="call_meeting")
def call_meeting(request: Request, session: SessionDep, viewer: MaybeUser, call_id: int) -> Response:
    call = queries.get(session, queries.maker(session, viewer) if viewer else None, call_id)
    if call.meets_on is None:
        raise NotFound
    headers = {
        "Content-Disposition": f'attachment; filename="twiza-appel-{call.id}.ics"',
        "Cache-Control": "private, no-cache",
    }
    content = calendars.calendar(call, link_of(request, call), request.url.hostname or "twiza")
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def call_page(
    request: Request,
    session: Session,
    viewer: User | None,
    call: GroupedCall,
    form: Submitted[Any] | None = None,
) -> Response:
    """`form`: what came back of telling what came of it."""
    maker = queries.maker(session, viewer) if viewer else None
    makes = maker is not None and rules.makes(maker, call)
    ties = sides.ties(session, viewer) if viewer else None
    called = queries.called(session, call)
    asked = queries.called(session, call, PlaceState.ASKED) if makes else []
    entries = history(session, Subject.GROUPED_CALL, call.id, wording.MOVES) if makes else []
    names = names_of(session, (entry.actor_id for entry in entries))
    sentence, kind = wording.next_sentence(call, today(), makes)
    return render(
        request,
        "relays/call.html",
        status=422 if form and form.refused else 200,
        call=call,
        next_sentence=sentence,
        next_kind=kind,
        by_commune=by_commune(session, called),
        asked=list(zip(asked, need_views(session, [one.need for one in asked]), strict=True)),
        own={one.need_id for one in called if ties and rules.may_leave(ties, one)},
        takes_answers=rules.takes_answers(call, today()),
        makes=makes,
        verbs=rules.open_verbs(maker, call) if maker else [],
        lacking=wording.lacking(call, [one.need.project.commune_code for one in called]) if makes else [],
        figures=queries.figures(session, call),
        sendings=_sendings(request, call) if rules.is_public(call) else [],
        history=[
            (format_moment(entry.at), wording.move_label(entry.verb), names.get(entry.actor_id or 0, ""), entry.note)
            for entry in entries
        ],
        wording=wording,
        form=form or blank(),
    )


def by_commune(session: Session, called: Sequence[CalledNeed]) -> list[tuple[Commune, list[TitledNeed]]]:
    """Each commune with its needs, as this reader reads them."""
    views = need_views(session, [one.need for one in called])
    groups = groupby(views, key=lambda view: view.need.project.commune_code)
    found = [list(group) for _code, group in groups]
    return [(group[0].need.project.commune, group) for group in found]


def link_of(request: Request, call: GroupedCall) -> str:
    """Without a language: each reader gets their own."""
    return f"{request.app.state.settings.base_url}/relays/calls/{call.id}"


def _sendings(request: Request, call: GroupedCall) -> list[tuple[str, str, str]]:
    """For each language: its code, the subject, and the words to send."""
    found = []
    for locale in (current_locale(), *(one for one in LOCALES if one != current_locale())):
        with speaking(locale):
            words = _("%(title)s\n\nDes communes cherchent ensemble de l’aide. Tout est là, en deux langues :\n%(url)s")
            values = {"title": wording.title(call), "url": link_of(request, call)}
            found.append((locale, wording.title(call), words % values))
    return found
