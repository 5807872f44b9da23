"""Pages: the Jinja environment, `render`, and `see_other`, the redirection that follows every accepted form."""

import json
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.kernel import i18n, tokens
from app.kernel.assets import Assets
from app.kernel.database import now
from app.kernel.settings import ROOT
from app.kernel.text import prose, text_direction

FLASH_COOKIE = "twiza_flash"


@dataclass(frozen=True)
class Flash:
    """A word after an action, shown once; `undo` is where a post takes the action back."""

    text: str
    level: str = "done"  # done · info · problem
    undo: str | None = None


def create_environment(assets: Assets) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "frontend" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        i18n.gettext, i18n.ngettext, newstyle=True, pgettext=i18n.pgettext, npgettext=i18n.npgettext
    )
    environment.policies["ext.i18n.trimmed"] = True  # as the extraction does (catalogues.py)
    environment.globals.update(
        static=assets.url, language_name=i18n.language_name, country_name=i18n.country_name, now=now
    )
    environment.filters.update(
        date=i18n.format_date,
        moment=i18n.format_moment,
        since=i18n.since,
        number=i18n.number,
        label=i18n.label,
        prose=prose,
        text_direction=text_direction,
        translated=i18n.gettext,
    )
    return environment


def render(
    request: Request,
    template: str,
    status: int = HTTPStatus.OK,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page, with what every page needs: languages, paths, who is looking, and the words left by the last action."""
    locale = i18n.current_locale()
    page = request.app.state.templates.get_template(template).render(
        request=request,
        locale=locale,
        direction=i18n.direction(),
        switch_url=switch_url(request, "ar" if locale == "fr" else "fr"),
        viewer=getattr(request.state, "viewer", None),
        waiting_count=getattr(request.state, "waiting_count", 0),
        unread_count=getattr(request.state, "unread_count", 0),
        message_count=getattr(request.state, "message_count", 0),
        path=lambda name, **params: path(request, name, **params),
        flashes=_flashes(request),
        **context,
    )
    response = HTMLResponse(page, status_code=status, headers={"Cache-Control": "private, no-cache", **(headers or {})})
    response.headers["Content-Language"] = locale
    if FLASH_COOKIE in request.cookies:
        response.delete_cookie(FLASH_COOKIE, path="/")
    return response


def path(request: Request, name: str, **params: Any) -> str:
    """The path of a route in the language of the page; parameters that the route does not take become the query."""
    known = request.app.state.route_parameters[name]
    inside = {key: value for key, value in params.items() if key in known}
    query = {key: value for key, value in params.items() if key not in known and value not in (None, "")}
    url = request.url_for(name, **inside)
    return str((url.include_query_params(**query) if query else url).replace(scheme="", netloc=""))


def switch_url(request: Request, locale: str) -> str:
    """The page being looked at, in the other language."""
    here = request.url.path
    rest = here[3:] if here[:4] in ("/fr/", "/ar/") else "/"
    # A refused form is shown at an address that only takes posts: the switch leads to the page it came from.
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/{locale}{rest}{query}"


def see_other(request: Request, url: str, *words: Flash) -> Response:
    """After an accepted form: go and look (303), with a word about what was done."""
    response = RedirectResponse(url, HTTPStatus.SEE_OTHER)
    if words:
        settings = request.app.state.settings
        content = json.dumps([[flash.text, flash.level, flash.undo] for flash in words])
        signed = tokens.sign({"flashes": content}, settings.secret, now() + timedelta(minutes=10))
        response.set_cookie(
            FLASH_COOKIE,
            signed,
            max_age=600,
            path="/",
            httponly=True,
            samesite="lax",
            secure=settings.secure_cookies,
        )
    return response


def _flashes(request: Request) -> list[Flash]:
    claims = tokens.read(request.cookies.get(FLASH_COOKIE, ""), request.app.state.settings.secret)
    return [Flash(*flash) for flash in json.loads(claims["flashes"])] if claims else []
