"""The booklet of a grouped call: what is taken along to a meeting, and left on a table."""

from dataclasses import dataclass
from itertools import groupby

import segno
from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from app.contributions.cards import TitledNeed, need_views
from app.kernel.documents import in_language, pdf_answer
from app.kernel.i18n import LOCALES, format_date, speaking
from app.kernel.i18n import gettext as _
from app.relays.calls import queries, wording
from app.relays.calls.models import GroupedCall
from app.territories.models import Commune


@dataclass(frozen=True)
class Spoken:
    """A text in one language."""

    language: str
    text: str


@dataclass(frozen=True)
class BookletNeed:
    titles: list[Spoken]
    texts: list[Spoken]
    """In both languages where somebody translated it, else in its own alone."""
    about: list[Spoken]
    """Its kind, how and how long, in both."""
    url: str
    code: str
    """A picture of the address, for a telephone."""


@dataclass(frozen=True)
class BookletCommune:
    commune: Commune
    needs: list[BookletNeed]


def answer(request: Request, session: Session, call: GroupedCall, small: bool) -> Response:
    base = request.app.state.settings.base_url
    link = f"{base}/relays/calls/{call.id}"
    with speaking("fr"):
        name = wording.title(call)
    said = {locale: _said(call, locale) for locale in LOCALES}
    shown = _shown(link)
    return pdf_answer(
        request,
        name,
        "documents/booklet.html",
        call=call,
        said=said,
        halves=[
            in_language(
                request, locale, "documents/_how_to_answer.html", shown_link=shown, answers=said[locale]["answers"]
            )
            for locale in LOCALES
        ],
        communes=_communes(session, call, base),
        small=small,
        shown_link=shown,
        code=_picture(link),
    )


def _said(call: GroupedCall, locale: str) -> dict[str, str]:
    with speaking(locale):
        return {
            "theme": getattr(call.theme, f"label_{locale}"),
            "meeting": wording.meeting(call),
            "answers": _("Répondre avant le %(day)s") % {"day": format_date(call.answers_by)},
        }


def _communes(session: Session, call: GroupedCall, base: str) -> list[BookletCommune]:
    needs = [one.need for one in queries.called(session, call)]
    views: dict[str, list[TitledNeed]] = {}
    for locale in LOCALES:
        with speaking(locale):
            views[locale] = need_views(session, needs)
    pairs = list(zip(*(views[locale] for locale in LOCALES), strict=True))
    made = []
    for _code, group in groupby(pairs, key=lambda pair: pair[0].need.project.commune_code):
        found = list(group)
        made.append(BookletCommune(found[0][0].need.project.commune, [_need(pair, base) for pair in found]))
    return made


def _need(pair: tuple[TitledNeed, ...], base: str) -> BookletNeed:
    need = pair[0].need
    url = f"{base}/projects/{need.project_id}#need-{need.id}"
    about = []
    for locale, view in zip(LOCALES, pair, strict=True):
        with speaking(locale):
            about.append(Spoken(locale, " · ".join([view.kind, view.mode, view.duration])))
    return BookletNeed(
        titles=_distinct([Spoken(view.title_language, view.title) for view in pair]),
        texts=_distinct([Spoken(view.reading.language, view.text) for view in pair]),
        about=about,
        url=url,
        code=_picture(url),
    )


def _distinct(spoken: list[Spoken]) -> list[Spoken]:
    return list(dict.fromkeys(spoken))


def _picture(url: str) -> str:
    return str(segno.make(url, error="m").svg_data_uri(border=0, dark="#1d2730"))


def _shown(url: str) -> str:
    return url.partition("://")[2]
