"""PDF documents from templates: the agreement, the certificate, the poster. WeasyPrint is known here alone."""

from functools import cache
from typing import Any
from urllib.parse import quote

from fastapi import Request
from markupsafe import Markup
from starlette.responses import Response

from app.kernel import i18n
from app.kernel.errors import Refusal
from app.kernel.i18n import N_
from app.kernel.settings import ROOT

FONTS = (ROOT / "frontend" / "fonts").as_uri() + "/"


class NoDocuments(Refusal):
    """The system libraries of WeasyPrint (Pango) are missing: `twiza doctor` says so."""

    status = 503
    message = N_("Ce serveur ne sait pas encore faire de PDF. Dites-le-nous : nous y veillerons.")


def can_write() -> bool:
    return _weasyprint() is not None


@cache
def _weasyprint() -> Any:
    try:
        import weasyprint  # only here: it takes half a second, and a machine without Pango still serves pages
    except OSError:
        return None
    return weasyprint


def pdf(request: Request, template: str, **context: Any) -> bytes:
    """A document, written by a template that extends `documents/base.html`, in the reader's language.

    Raises NoDocuments.
    """
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise NoDocuments
    source = request.app.state.templates.get_template(template).render(
        locale=i18n.current_locale(), direction=i18n.direction(), fonts=FONTS, **context
    )
    # Nothing is fetched but our own fonts and what is written in the page itself.
    fetcher = weasyprint.URLFetcher(allowed_protocols=("file", "data"))
    return bytes(weasyprint.HTML(string=source, base_url=FONTS, url_fetcher=fetcher).write_pdf())


def pdf_answer(request: Request, name: str, template: str, **context: Any) -> Response:
    """The same, as a file that a browser shows and keeps under `name`.pdf."""
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}.pdf",
        "Cache-Control": "private, no-cache",
    }
    return Response(pdf(request, template, **context), media_type="application/pdf", headers=headers)


def in_language(request: Request, locale: str, template: str, **context: Any) -> Markup:
    """A part of a document in one language, to be put beside the other: an agreement speaks both at once."""
    with i18n.speaking(locale):
        part = request.app.state.templates.get_template(template)
        return Markup(part.render(locale=locale, direction=i18n.direction(), **context))  # noqa: S704  escaped by the template
