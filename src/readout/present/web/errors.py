"""Errors to statuses, in one table, and the plain page that tells of them. No trace of the program reaches a reader."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from readout.errors import (
    AmbiguousIdError,
    ForbiddenError,
    InputError,
    NotFoundError,
    ReadoutError,
    StoreError,
    TooOftenError,
)
from readout.present.web import render

STATUSES: tuple[tuple[type[ReadoutError], int], ...] = (
    (NotFoundError, 404),
    (AmbiguousIdError, 409),
    (InputError, 400),
    (ForbiddenError, 403),
    (TooOftenError, 429),
    (StoreError, 503),
    (ReadoutError, 500),
)
_TELLABLE = frozenset({400, 403, 404, 409, 429})  # the rest may name files of this machine: they go to the log only
_EXPLAINED = frozenset({403})  # our own words
_WORDS = {
    400: ("That is not something this page can be asked", ""),
    403: ("That is not for you", ""),
    404: ("Not here", "There is no such page on this site."),
    405: ("Pages here can only be read", "This address answers to reading, to nothing else."),
    413: ("That is too much at once", "A form can hold 16 KB, and a list of feeds 2 MB. Nothing was changed."),
    415: ("That is not a form of this site", ""),
    409: ("More than one fits", ""),
    429: ("Too often", ""),
    500: ("Something went wrong", "It is our fault, and it has been written to the log."),
    503: ("The archive cannot be read just now", "What is wrong has been written to the log."),
}
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure:
    """What a reader is told."""

    status: int
    heading: str
    detail: str


def told(request: Request, error: Exception) -> Response:
    """The page for one of our own errors."""
    status = next((status for kind, status in STATUSES if isinstance(error, kind)), 500)
    if status not in _TELLABLE:
        _LOG.error("%s: %s", request.url.path, error, exc_info=error)
    return _page(request, status, f"{error}." if status in _TELLABLE else "")


def refused(request: Request, error: Exception) -> Response:
    """The page for what the router refuses: no such address, no such method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) and status in _EXPLAINED else ""
    response = _page(request, status, detail)
    response.headers.update((isinstance(error, HTTPException) and error.headers) or {})
    return response


def broken(request: Request, _: Exception) -> Response:
    """The page for a bug; the framework raises it again, so that the server writes it to its log."""
    return _page(request, 500, "")


def _page(request: Request, status: int, detail: str) -> Response:
    heading, words = _WORDS.get(status, (HTTPStatus(status).phrase, ""))
    failure = Failure(status, heading, detail[:1].upper() + detail[1:] if detail else words)
    return render.page(request, "error.html", failure, status=status)
