"""What makes the site an application of its own: manifest, worker for reading without a network, stand-in."""

from __future__ import annotations

import hashlib
import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from readout.present.web import parameters, render
from readout.present.web.assets import assets

_SHELL = ("style.css", "readout.js", "icon.svg")
_FRESH = {"Cache-Control": "no-cache"}


def manifest(request: Request) -> Response:
    """`/manifest.webmanifest`: name, icons and colours of the application."""
    link = render.links(request)
    icons = [("icon-192.png", "192x192", "image/png"), ("icon-512.png", "512x512", "image/png")]
    told = {
        "name": "Readout",
        "short_name": "Readout",
        "description": "Every account of a story, side by side.",
        "id": link.front(),
        "start_url": link.front(),
        "scope": link.front(),
        "display": "standalone",
        "background_color": "#fbf9f4",
        "theme_color": "#fbf9f4",
        "icons": [
            {"src": link.static(assets()[name].name), "sizes": sizes, "type": kind, "purpose": "any"}
            for name, sizes, kind in [*icons, ("icon.svg", "any", "image/svg+xml")]
        ],
    }
    return JSONResponse(told, media_type="application/manifest+json", headers=_FRESH)


def worker(request: Request) -> Response:
    """`/sw.js`: the worker, told which files every page needs."""
    link = render.links(request)
    shell = [link.static(assets()[name].name) for name in _SHELL]
    script = assets()["worker.js"].content.decode()
    version = hashlib.sha256("\n".join([*shell, script]).encode()).hexdigest()[:12]
    pages = {"OFFLINE": link.offline(), "UNSENT": link.offline(unsent=True), "ROOT": link.front()}
    named = {"SHELL": shell, **pages, "VERSION": version}
    first = " ".join(f"const {name} = {json.dumps(value)};" for name, value in named.items())
    return Response(f"{first}\n{script}", media_type="text/javascript", headers=_FRESH)


def offline(request: Request) -> Response:
    """`/offline?unsent=yes`: what is shown where there is neither a network nor a kept page; or no network to send what
    was to be sent.
    """
    return render.page(request, "offline.html", parameters.unsent(request))
