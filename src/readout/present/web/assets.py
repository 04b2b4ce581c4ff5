"""The static files: read once, served under names that carry their digest, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
}
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@dataclass(frozen=True)
class Asset:
    """A static file: `name` is the one it is served under ("style.1f2e3d4c5b6a.css")."""

    name: str
    kind: str
    content: bytes


@cache
def assets() -> MappingProxyType[str, Asset]:
    """The static files by the names they have in the source tree."""
    folder = files("readout.present.web") / "static"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.rpartition(".")[2] in _KINDS)
    return MappingProxyType({name: _asset(name, (folder / name).read_bytes()) for name in names})


def serve(request: Request) -> Response:
    """`/static/{name}`: that file, for ever; 404 for any other name."""
    for asset in assets().values():
        if asset.name == request.path_params["name"]:
            return Response(asset.content, media_type=asset.kind, headers=_FOR_EVER)
    raise HTTPException(404)


def _asset(name: str, content: bytes) -> Asset:
    stem, _, suffix = name.rpartition(".")
    return Asset(f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}", _KINDS[suffix], content)
