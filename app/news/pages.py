from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser, MaybeUser
from app.deadlines.wording import next_step
from app.journal import queries as journal
from app.journal.models import Subject
from app.kernel import once
from app.kernel.database import SessionDep
from app.kernel.days import today
from app.kernel.errors import Invalid, NotFound
from app.kernel.folding import is_mostly_arabic
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import LOCALES, N_
from app.kernel.i18n import gettext as _
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, render, see_other
from app.news import actions, queries, rules, talking
from app.news.actions import ChangedMeanwhile, Content
from app.news.forms import TEXT_LENGTH, TITLE_LENGTH, NewsForm, SubmittedMove, SubmittedNews
from app.news.models import NewsItem, NewsState
from app.news.rules import MOVES
from app.territories.forms import TerritoryChoice, chosen_territory
from app.threads import actions as threads
from app.threads import queries as talk

router = APIRouter(prefix="/news")

DONE = {
    "publish": N_("Publiée. Tout le monde peut maintenant la lire."),
    "return": N_("Rendue à son auteur avec vos mots."),
    "unpublish": N_("Cette actualité n’est plus publiée."),
}


@router.get("", name="news")
def news(
    request: Request,
    session: SessionDep,
    viewer: MaybeUser,
    show: str = "",
    language: str = "",
    place: str = "",
    place_code: str = "",
    after: str | None = None,
) -> Response:
    """`show` is `calls` (open funding calls) or `mine`; the other words narrow the list."""
    form = blank(place=place.replace("\x00", "")[:100], place_code=place_code, language=language)
    choice = chosen_territory(session, form, "place")
    language = language if language in LOCALES else ""
    mine = show == "mine" and viewer is not None
    page = queries.published_news(
        session, territory=choice.territory, language=language or None, calls=show == "calls", cursor=after
    )
    return render(
        request,
        "news/news.html",
        show="mine" if mine else "calls" if show == "calls" else "",
        mine=queries.news_of(session, viewer) if mine and viewer else [],
        page=page,
        form=form,
        territory=choice.territory,
        choices=choice.choices,
        language=language,
        calls=queries.open_calls(session),
        today=today(),
    )


@router.get("/new", name="new_news")
def new_news(request: Request, session: SessionDep, _user: CurrentUser, place_code: str = "") -> Response:
    """`place_code`: the page of a territory leads here."""
    form = blank(territory="", territory_code=place_code)
    chosen_territory(session, form)
    return _form_page(request, form)


@router.post("/new", name="post_news")
def post_news(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedNews) -> Response:
    if done := once.first_time(session, form.values.get("once")):
        return see_other(request, done)
    choice = chosen_territory(session, form)
    if not form.refused:
        request.app.state.limits.hit("20 per hour", "post_news", str(user.id))
        try:
            item = actions.write(session, user, _content(form, choice))
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        return _form_page(request, form, choice.choices)
    url = path(request, "news_item", news_id=item.id)
    once.led_to(session, form.data.once, url)
    if item.state is NewsState.PUBLISHED:
        return see_other(request, url, Flash(_("Votre actualité est publiée.")))
    return see_other(request, url, Flash(_("Merci ! Un modérateur va la lire, puis la publier.")))


def _content(form: Submitted[NewsForm], choice: TerritoryChoice) -> Content:
    data = form.data
    recognised = "ar" if is_mostly_arabic(f"{data.title} {data.text}") else "fr"
    return Content(data.title, data.text, data.language or recognised, choice.territory, data.happens_on, data.deadline)


def _form_page(
    request: Request,
    form: Submitted[NewsForm],
    choices: Sequence[tuple[str, str]] = (),
    item: NewsItem | None = None,
) -> Response:
    form.values["once"] = once.fresh_key()
    return render(
        request,
        "news/form.html",
        status=422 if form.refused else 200,
        form=form,
        choices=choices,
        item=item,
        today=today(),
        title_length=TITLE_LENGTH,
        text_length=TEXT_LENGTH,
    )


@router.get("/{news_id:int}", name="news_item")
def news_item(request: Request, session: SessionDep, viewer: MaybeUser, news_id: int) -> Response:
    return _item_page(request, session, viewer, queries.get(session, viewer, news_id))


def _item_page(
    request: Request,
    session: Session,
    viewer: User | None,
    item: NewsItem,
    refused: dict[str, Submitted[Any]] | None = None,
) -> Response:
    """`refused`: a decision whose words were missing or too long comes back open, as typed."""
    moves = rules.open_moves(viewer, item) if viewer else []
    then = next((str(form.values.get("then") or "") for form in (refused or {}).values()), "")
    here = path(request, "news_item", news_id=item.id)
    conversation = talk.thread(session, Subject.NEWS, item.id, talking.seat(viewer, item))
    threads.mark_read(session, conversation)
    return render(
        request,
        "news/item.html",
        status=422 if refused else 200,
        item=item,
        moves=moves,
        can_edit=viewer is not None and rules.can_edit(viewer, item),
        is_author=viewer is not None and viewer.id == item.author_id,
        returned=_returned(session, item),
        waits=next_step(item.open_step, "publish" in moves) if item.open_step else None,
        today=today(),
        refused=refused or {},
        then=then or here,
        here=here,
        conversation=conversation,
    )


def _returned(session: Session, item: NewsItem) -> str:
    """The words with which it was returned."""
    if item.state is not NewsState.RETURNED:
        return ""
    said = journal.history(session, Subject.NEWS, item.id, ["return", "unpublish"])
    return said[-1].note if said else ""


@router.get("/{news_id:int}/edit", name="edit_news")
def edit_form(request: Request, session: SessionDep, user: CurrentUser, news_id: int) -> Response:
    item = _editable(session, user, news_id)
    place = item.commune or item.province or item.region
    form = blank(
        title=item.title,
        text=item.text,
        territory=place.full_name if place else "",
        territory_code=place.code if place else "",
        happens_on=item.happens_on,
        deadline=item.deadline,
        language=item.language,
        version=item.version,
    )
    return _form_page(request, form, item=item)


@router.post("/{news_id:int}/edit", name="save_news")
def save_news(request: Request, session: SessionDep, user: CurrentUser, news_id: int, form: SubmittedNews) -> Response:
    item = _editable(session, user, news_id)
    choice = chosen_territory(session, form)
    if not form.refused:
        try:
            actions.edit(session, user, item, _content(form, choice), form.data.version)
        except Invalid as error:
            form.refuse(error)
        except ChangedMeanwhile:
            form.problem = _("Quelqu’un a changé cette actualité entre-temps : son texte actuel est ci-dessous.")
            form.values["version"] = item.version
            return _form_page(request, form, choice.choices, item)
    if form.refused:
        return _form_page(request, form, choice.choices, item)
    word = _("C’est enregistré.")
    if item.state is NewsState.WAITING and user.id == item.author_id:
        word = _("C’est enregistré : un modérateur va la lire, puis la publier.")
    return see_other(request, path(request, "news_item", news_id=item.id), Flash(word))


def _editable(session: Session, user: User, news_id: int) -> NewsItem:
    item = queries.get_for_change(session, user, news_id)
    if not rules.can_edit(user, item):
        raise NotFound
    return item


@router.post("/{news_id:int}/{verb}", name="move_news")
def move_news(
    request: Request, session: SessionDep, user: CurrentUser, news_id: int, verb: str, form: SubmittedMove
) -> Response:
    item = queries.get_for_change(session, user, news_id)
    if verb not in MOVES or not rules.may_move(user, item, verb):
        raise NotFound
    if not form.refused:
        try:
            entry = actions.move(session, user, item, verb, form.data.words, form.data.version)
        except Invalid as error:
            form.refuse(error)
    if form.refused:
        return _item_page(request, session, user, item, {verb: form})
    undo = path(request, "undo_news", entry_id=entry.id, then=form.data.then)
    url = local_path(form.data.then, path(request, "news_item", news_id=item.id))
    return see_other(request, url, Flash(_(DONE[verb]), undo=undo))


@router.post("/undo/{entry_id:int}", name="undo_news")
def undo_news(request: Request, session: SessionDep, user: CurrentUser, entry_id: int, then: str = "") -> Response:
    entry = journal.entry_of(session, entry_id, Subject.NEWS)
    item = queries.get_for_change(session, user, entry.subject_id)
    actions.undo(session, user, item, entry)
    url = local_path(then, path(request, "news_item", news_id=item.id))
    return see_other(request, url, Flash(_("C’est annulé."), "info"))
