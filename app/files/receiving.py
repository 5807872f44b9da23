"""Reading the files of a form, as a dependency of a route.

`Photos = Annotated[list[Received], Depends(received("photos"))]`; the form says `enctype="multipart/form-data"`.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import PurePath

from fastapi import Request
from starlette.datastructures import UploadFile

from app.kernel.forms import read_form
from app.kernel.text import UNSHOWN, UNWANTED

LARGEST = 10_000_000
"""Bytes: what a telephone's photograph or a scanned page takes, and more."""
LONGEST_NAME = 120


@dataclass(frozen=True)
class Received:
    """One file as it was sent; `content` is None if it is larger than `LARGEST`."""

    name: str
    content: bytes | None


def received(field: str) -> Callable[[Request], Coroutine[None, None, list[Received]]]:
    async def read(request: Request) -> list[Received]:
        posted = await read_form(request)
        sent = [await _received(one) for one in posted.getlist(field) if isinstance(one, UploadFile)]
        return [one for one in sent if one.name]

    return read


async def _received(sent: UploadFile) -> Received:
    """Without a name where nothing was chosen: a browser sends the field all the same."""
    last = PurePath((sent.filename or "").replace("\\", "/")).name
    name = UNWANTED.sub("", UNSHOWN.sub("", last))[-LONGEST_NAME:] or ("fichier" if sent.filename else "")
    too_large = sent.size is None or sent.size > LARGEST
    content = None if too_large else await sent.read()
    await sent.close()
    return Received(name, content)
