"""What search engines ask for, outside any language."""

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from app.home import sitemap
from app.kernel.database import SessionDep
from app.kernel.i18n import LOCALES

router = APIRouter()

PRIVATE = (
    "/me",
    "/account",
    "/desk",
    "/contributions",
    "/profiles",
    "/relays/needs",
    "/organisations/join",
    "/feedback",
    "/call-me",
)
A_DAY = {"Cache-Control": "public, max-age=86400"}


@router.get("/robots.txt", name="robots")
def robots(request: Request) -> Response:
    lines = [f"Disallow: /{locale}{path}" for locale in LOCALES for path in PRIVATE]
    where = f"Sitemap: {request.app.state.settings.base_url}/sitemap.xml"
    return PlainTextResponse("\n".join(["User-agent: *", *lines, "", where, ""]), headers=A_DAY)


@router.get("/sitemap.xml", name="sitemap")
def site_map(request: Request, session: SessionDep) -> Response:
    """Every public page, each in both languages."""
    page = request.app.state.templates.get_template("home/sitemap.xml")
    written = page.render(
        base=request.app.state.settings.base_url, locales=LOCALES, pages=sitemap.public_pages(session)
    )
    return Response(written, media_type="application/xml", headers=A_DAY)


@router.get("/favicon.ico", name="favicon")
def favicon(request: Request) -> Response:
    """For those who ask without having read the page, which names it."""
    return RedirectResponse(request.app.state.templates.globals["static"]("icons/logo.svg"), 301)
