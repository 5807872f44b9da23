"""What somebody sees when the way is barred: a page in their language; the way in, when only signing in lacks."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from app.accounts import actions
from app.accounts.pages.access import PENDING_COOKIE
from app.kernel.errors import NotFound, Refusal, SignInNeeded, TooLarge
from app.kernel.forms import read_form
from app.kernel.templating import path, render

_MAX_KEPT = 100_000  # characters


async def sign_in_needed(request: Request, _error: Exception) -> Response:
    """To the sign-in page and back; what was being sent is kept until then."""
    if request.method != "POST":
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{path(request, 'sign_in')}?{urlencode({'then': here})}", 303)
    try:
        posted = await read_form(request)
    except TooLarge as error:
        return refused(request, error)
    fields = [(name, value) for name, value in posted.multi_items() if isinstance(value, str) and "\x00" not in value]
    response = RedirectResponse(path(request, "sign_in"), 303)
    if fields and sum(len(value) for _, value in fields) <= _MAX_KEPT:
        code = await run_in_threadpool(_keep, request, fields)
        secure = request.app.state.settings.secure_cookies
        response.set_cookie(
            PENDING_COOKIE, code, max_age=86_400, path="/", httponly=True, samesite="lax", secure=secure
        )
    return response


def _keep(request: Request, fields: list[tuple[str, str]]) -> str:
    with Session(request.app.state.engine) as session:
        code = actions.keep_submission(session, request.url.path, fields)
        session.commit()
        return code


def refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return render(
        request, "errors/refusal.html", status=error.status, sentence=error.sentence(), status_code=int(error.status)
    )


def not_understood(request: Request, _error: Exception) -> Response:
    """A path or query that no link of ours contains."""
    return refused(request, NotFound())


def http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refused(request, NotFound()) if error.status_code in (404, 405) else _other_error(error)


def _other_error(error: HTTPException) -> Response:
    return PlainTextResponse(error.detail, error.status_code, headers=error.headers)


HANDLERS: dict[int | type[Exception], Callable[[Request, Exception], Response | Awaitable[Response]]] = {
    SignInNeeded: sign_in_needed,
    Refusal: refused,
    RequestValidationError: not_understood,
    HTTPException: http_error,
}
