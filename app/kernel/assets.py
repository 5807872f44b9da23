"""The files a browser asks for: read once, compressed once, kept for ever by the browser under their content's hash."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.kernel.errors import NotFound

SERVED = {".css", ".js", ".svg", ".png", ".jpg", ".webp", ".woff2", ".ico", ".webmanifest"}
COMPRESSED = {".css", ".js", ".svg", ".webmanifest"}
STYLESHEETS = ("css/tokens.css", "css/base.css", "css/layout.css", "css/components/*.css")
_IMPORT = re.compile(r"""((?:from|import)\s*\(?\s*["'])(\./[\w./-]+\.js)(["'])""")


@dataclass(frozen=True)
class Asset:
    body: bytes
    gzipped: bytes | None
    media_type: str
    version: str


class Assets:
    """All of `frontend/` except the templates; `twiza.css` is the stylesheets in the order of the cascade."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._assets: dict[str, Asset] = {}
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.suffix in SERVED and not name.startswith(("templates/", "css/", "js/")):
                self._add(name, path.read_bytes())
        sheets = [path for pattern in STYLESHEETS for path in sorted(folder.glob(pattern))]
        self._add("twiza.css", b"\n".join(self._relocated(path) for path in sheets))
        scripts = {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in sorted(folder.glob("js/*.js"))}
        # A module that imports another must name its version too, or browsers would keep an old one.
        release = hashlib.sha256("".join(scripts.values()).encode()).hexdigest()[:10]
        for name, source in scripts.items():
            self._add(name, _IMPORT.sub(rf"\1\2?v={release}\3", source).encode(), release)

    def _add(self, name: str, body: bytes, version: str = "") -> None:
        suffix = Path(name).suffix
        self._assets[name] = Asset(
            body=body,
            gzipped=gzip.compress(body, 9) if suffix in COMPRESSED else None,
            media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            version=version or hashlib.sha256(body).hexdigest()[:10],
        )

    def url(self, name: str) -> str:
        """The address of an asset with its version; a name that does not exist is a mistake of ours."""
        return f"/static/{name}?v={self._assets[name].version}"

    def _relocated(self, sheet: Path) -> bytes:
        """A stylesheet whose relative addresses are those of the assets, with their versions."""

        def versioned(match: re.Match[str]) -> str:
            target = (sheet.parent / match[2]).resolve().relative_to(self._folder.resolve()).as_posix()
            return f"{match[1]}{self.url(target)}{match[3]}"

        return re.sub(r"""(url\(["']?)(\.[^"')]+)(["']?\))""", versioned, sheet.read_text("utf-8")).encode()

    def answer(self, request: Request) -> Response:
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            raise NotFound
        headers = {"ETag": f'"{asset.version}"', "Vary": "Accept-Encoding"}
        fresh = request.query_params.get("v") == asset.version
        headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        body = asset.body
        if asset.gzipped and "gzip" in request.headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = asset.gzipped, "gzip"
        return Response(body, media_type=asset.media_type, headers=headers)

    def route(self) -> Route:
        return Route("/static/{name:path}", self.answer, name="static")
