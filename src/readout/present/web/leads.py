"""Where a visitor is led after signing in: to a page of this site, by its route, or to the front page. Nowhere else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.routing import Route

from readout.present.web.links import Links

_LONGEST = 500
_PLAIN = re.compile(r"/[!-\[\]-~]*")  # no space, no backslash, nothing that is not ASCII
_ELSEWHERE = frozenset({"sign-in", "first-run", "invited", "static"})


def links(request: Request) -> Links:
    """The addresses of this site as that request reaches it."""
    return Links(request.scope.get("root_path", "").rstrip("/"))


def asked(request: Request) -> str:
    """The address that was asked for, to come back to."""
    query = f"?{request.url.query}" if request.url.query else ""
    return safe(request, f"{request.url.path}{query}")


def safe(request: Request, address: str) -> str:
    """That address where it leads to a page of this site; else nothing."""
    if len(address) > _LONGEST or not _PLAIN.fullmatch(address):
        return ""
    root = links(request).root
    taken = urlsplit(address)
    if taken.scheme or taken.netloc or not taken.path.startswith(f"{root}/"):
        return ""
    path = taken.path.removeprefix(root)
    named = (route for route in request.app.routes if isinstance(route, Route) and route.name not in _ELSEWHERE)
    if not any("GET" in (route.methods or ()) and route.path_regex.fullmatch(path) for route in named):
        return ""
    return taken.path + (f"?{taken.query}" if taken.query else "")
