"""What a request may ask for: identifiers and small numbers, matched whole, bounded, never repeated."""

from __future__ import annotations

import re

from starlette.requests import Request

from readout.errors import InputError, NotFoundError
from readout.store.base import MIN_PREFIX

_REST = MIN_PREFIX - 1
_IDS = {
    "article": re.compile(rf"a[a-z2-7]{{{_REST},16}}"),
    "name": re.compile(r"e[a-z2-7]{16}"),
    "outlet": re.compile(rf"o[a-z2-7]{{{_REST},16}}"),
    "edition": re.compile(r"e[a-z2-7]{16}"),
    "story": re.compile(rf"s[a-z2-7]{{{_REST},16}}"),
    "judgement": re.compile(r"j[a-z2-7]{16}"),
    "feed": re.compile(rf"f[a-z2-7]{{{_REST},16}}"),
    "page": re.compile(rf"[0-9a-f]{{{MIN_PREFIX},64}}"),
}
_SCREEN = re.compile(r"[1-9][0-9]{0,5}")
_WHICH = re.compile(r"[1-9][0-9]?")
_CHARACTER = re.compile(r"0|[1-9][0-9]{0,9}")


def identifier(request: Request, kind: str) -> str:
    """The id in the path. Raises NotFoundError where it has not the shape of one."""
    return _shaped(kind, request.path_params["id"])


def edition(request: Request) -> str | None:
    """The edition asked for, if any. Raises NotFoundError where it has not the shape of one."""
    asked = _single(request, "edition")
    return None if asked is None else _shaped("edition", asked)


def screen(request: Request) -> int:
    """The screen of a list asked for, from 1 to 999,999. Raises InputError."""
    return _number(request, "screen", _SCREEN, 1)


def which(request: Request) -> int:
    """Which of several namesakes is asked for, from 1. Raises InputError."""
    return _number(request, "which", _WHICH, 1)


def character(request: Request) -> int:
    """The character of a page asked for, from 0. Raises InputError."""
    return _number(request, "at", _CHARACTER, 0)


def end(request: Request) -> int:
    """The character up to which a page is to be marked, 0 where it is not to be. Raises InputError."""
    return _number(request, "to", _CHARACTER, 0)


def whole(request: Request) -> bool:
    """Whether every character is asked for. Raises InputError."""
    return _yes(request, "whole")


def saved(request: Request) -> bool:
    """Whether the page is to say that a change was kept. Raises InputError."""
    return _yes(request, "saved")


def unsent(request: Request) -> bool:
    """Whether the page is to say that something could not be sent. Raises InputError."""
    return _yes(request, "unsent")


def text(request: Request, name: str) -> str:
    """What was typed; nothing where nothing was. Raises InputError where it is given more than once."""
    return _single(request, name) or ""


def _shaped(kind: str, asked: str) -> str:
    if not _IDS[kind].fullmatch(asked):
        raise NotFoundError(kind, asked[:80])
    return asked


def _yes(request: Request, name: str) -> bool:
    asked = _single(request, name)
    if asked not in {None, "yes"}:
        raise InputError(name, "it can only be yes")
    return asked is not None


def _number(request: Request, name: str, shape: re.Pattern[str], default: int) -> int:
    asked = _single(request, name)
    if asked is None:
        return default
    if not shape.fullmatch(asked):
        raise InputError(name, "it must be a whole number within bounds")
    return int(asked)


def _single(request: Request, name: str) -> str | None:
    asked = request.query_params.getlist(name)
    if len(asked) > 1:
        raise InputError(name, "it is given more than once")
    return asked[0] if asked else None
