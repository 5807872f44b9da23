"""What goes out of the site: the card of a link, the QR code, the poster, the short address, and a page with all."""

from base64 import b64encode
from io import BytesIO

import segno
from fastapi import APIRouter, Request
from sqlmodel import Session, col, select
from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import RedirectResponse, Response

from app.files.models import StoredFile
from app.kernel import documents
from app.kernel.database import SessionDep
from app.kernel.i18n import LOCALES, current_locale, speaking
from app.kernel.templating import path, render
from app.projects.models import Need
from app.sharing import shown
from app.sharing.drawing import draw
from app.sharing.keeping import Kept
from app.sharing.shown import LETTERS, Kind, Shared

router = APIRouter()

CARDS, POSTERS = Kept(), Kept(50)
FOR_EVER, A_WHILE = "public, max-age=31536000, immutable", "public, max-age=3600"


class _Short(Convertor[str]):
    """p12, b5, a3, c09.581.11.03: short enough to be typed from a poster."""

    regex = r"[pba][0-9]{1,10}|c[0-9]{2}\.[0-9]{3}\.[0-9]{2}\.[0-9]{1,2}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("short", _Short())


@router.get("/{short:short}", name="short_link")
def short_link(request: Request, session: SessionDep, short: str) -> Response:
    shared = shown.get(session, LETTERS[short[0]], short[1:])
    return RedirectResponse(_page(request, shared), 302)


@router.get("/share/needs/{need_id:int}", name="shared_need")
def shared_need(request: Request, session: SessionDep, need_id: int) -> Response:
    """One need by itself: what somebody who follows a link to it reads first."""
    shared = shown.get(session, Kind.NEED, str(need_id))
    need = session.get_one(Need, need_id)
    return render(request, "sharing/need.html", shared=shared, need=need, project=need.project)


@router.get("/share/{kind}/{key}", name="share")
def share(request: Request, session: SessionDep, kind: Kind, key: str) -> Response:
    """Everything with which one can make it known, and how the link will look."""
    shared = shown.get(session, kind, key)
    return render(
        request,
        "sharing/share.html",
        shared=shared,
        page=_page(request, shared),
        short=_short_address(request, shared),
        can_print=documents.can_write(),
    )


@router.get("/share/{kind}/{key}/card.jpg", name="share_card")
def share_card(request: Request, session: SessionDep, kind: Kind, key: str, v: str = "") -> Response:
    """Under its version (`v`) it never changes; under another one it is the present card, to be asked for again."""
    shared = shown.get(session, kind, key)
    headers = {"ETag": f'"{shared.version}"', "Cache-Control": FOR_EVER if v == shared.version else A_WHILE}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    card = CARDS.get(shared.version, lambda: draw(shared, _photo(session, shared)))
    return Response(card, media_type="image/jpeg", headers=headers)


@router.get("/share/{kind}/{key}/qr.svg", name="share_qr")
def share_qr(request: Request, session: SessionDep, kind: Kind, key: str) -> Response:
    shared = shown.get(session, kind, key)
    headers = {"Cache-Control": A_WHILE, "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return Response(_qr(_short_address(request, shared)), media_type="image/svg+xml", headers=headers)


@router.get("/share/{kind}/{key}/poster.pdf", name="poster")
def poster(request: Request, session: SessionDep, kind: Kind, key: str) -> Response:
    """One A4 sheet in both languages, for the wall of the commune."""
    said = {}
    for locale in LOCALES:
        with speaking(locale):
            said[locale] = shown.get(session, kind, key)
    address = _short_address(request, said["fr"])
    version = "-".join((*(one.version for one in said.values()), current_locale()))
    written = POSTERS.get(version, lambda: _poster(request, session, said, address))
    headers = {
        "Content-Disposition": f'inline; filename="twiza-{said["fr"].short or "affiche"}.pdf"',
        "Cache-Control": A_WHILE,
        "ETag": f'"{version}"',
    }
    return Response(written, media_type="application/pdf", headers=headers)


def _poster(request: Request, session: Session, said: dict[str, Shared], address: str) -> bytes:
    picture = _photo(session, said["fr"])
    titles = {one.title for one in said.values()}
    return documents.pdf(
        request,
        "sharing/poster.html",
        halves=[
            documents.in_language(
                request, one, "sharing/_half.html", shared=half, titled=half.language == one or len(titles) > 1
            )
            for one, half in said.items()
        ],
        address=address.split("://", 1)[-1],
        qr=segno.make(address, error="m").svg_data_uri(border=0, dark="#1d2730"),
        picture=_data_uri(picture) if picture else None,
    )


def _data_uri(picture: bytes) -> str:
    return f"data:image/webp;base64,{b64encode(picture).decode()}"


def _qr(address: str) -> bytes:
    buffer = BytesIO()
    segno.make(address, error="m").save(buffer, kind="svg", border=2, dark="#1d2730", light="#ffffff", scale=8)
    return buffer.getvalue()


def _photo(session: Session, shared: Shared) -> bytes | None:
    if shared.photo is None:
        return None
    return session.exec(select(StoredFile.content).where(col(StoredFile.id) == shared.photo)).one_or_none()


def _short_address(request: Request, shared: Shared) -> str:
    """Without a language: whoever scans it reads it in their own."""
    return f"{request.app.state.settings.base_url.rstrip('/')}/{shared.short}"


def _page(request: Request, shared: Shared) -> str:
    """The page that is shared."""
    match shared.kind:
        case Kind.PROJECT:
            return path(request, "project", project_id=int(shared.key))
        case Kind.NEED:
            return path(request, "shared_need", need_id=int(shared.key))
        case Kind.NEWS:
            return path(request, "news_item", news_id=int(shared.key))
        case Kind.COMMUNE:
            return path(request, "commune", code=shared.key)
        case Kind.HOME:
            return path(request, "home")
