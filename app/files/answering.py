"""Sending a file to a browser, once the domain that holds its number has let somebody see it."""

from urllib.parse import quote

from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import Response

from app.files.models import FileKind, StoredFile
from app.kernel.errors import NotFound


def answer(request: Request, session: Session, file_id: int, *, small: bool = False, public: bool = False) -> Response:
    """The picture, or the document to be saved; `public` lets caches on the way keep it. Raises NotFound."""
    etag = f'"{file_id}{"s" if small else ""}"'  # what a number names never changes
    headers = {
        "ETag": etag,
        "Cache-Control": "public, max-age=31536000, immutable" if public else "private, no-cache",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    wanted = StoredFile.small if small else StoredFile.content
    row = session.exec(
        select(StoredFile.kind, StoredFile.name, StoredFile.media_type, wanted).where(col(StoredFile.id) == file_id)
    ).one_or_none()
    if row is None or row[3] is None:
        raise NotFound
    kind, name, media_type, content = row
    if kind is FileKind.DOCUMENT:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media_type, headers=headers)
