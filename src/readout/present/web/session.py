"""The cookie that holds the secret of a session, and nothing else: not for scripts, not for other sites.

Source: RFC 6265bis (draft), 4.1.3, for the prefix that binds a cookie to this very host and to https.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from readout.run.users import LASTS, Ticket

_PLAIN, _BOUND = "readout", "__Host-readout"
_LONGEST = 100


def secret(request: Request) -> str:
    """The secret that a request brings; nothing where it brings none."""
    names = (_BOUND,) if request.url.scheme == "https" else (_BOUND, _PLAIN)
    found = next((request.cookies[name] for name in names if name in request.cookies), "")
    return found if len(found) <= _LONGEST else ""


def start(request: Request, response: Response, ticket: Ticket) -> None:
    """Hand the secret of a new session to the browser."""
    bound = is_encrypted(request)
    response.set_cookie(
        _BOUND if bound else _PLAIN,
        ticket.secret,
        max_age=int(LASTS.total_seconds()),
        secure=bound,
        httponly=True,
        samesite="lax",
    )


def stop(request: Request, response: Response) -> None:
    """Take it back."""
    for name in {_PLAIN, _BOUND} & request.cookies.keys():
        response.delete_cookie(name, secure=name == _BOUND, httponly=True, samesite="lax")


def is_encrypted(request: Request) -> bool:
    """Whether the browser reaches this site by https, by its own word where a web server stands in between: whoever
    sends a form has said where from, and that was compared with the name of this site.
    """
    return request.url.scheme == "https" or request.headers.get("origin", "").startswith("https://")
