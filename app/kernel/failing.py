"""A fault of ours: the log has all of it, the person a page in their language, with the number to tell us."""

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kernel.templating import render

log = structlog.get_logger("fault")


class FaultMiddleware:
    """Innermost, so that the page has its language and its headers (Starlette's own handler stands outside of both)."""

    def __init__(self, app: ASGIApp, shown: bool = True) -> None:
        self.app = app
        self.shown = shown

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception:
            log.exception("fault", path=scope.get("path"))
            if not self.shown or started or scope["type"] != "http":
                raise
            request = Request(scope)
            page = render(request, "errors/broken.html", status=500, request_id=request.state.request_id)
            await page(scope, receive, send)
