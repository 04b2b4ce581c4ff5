"""What a form sent, taken apart: its fields, each once, and one small file. Bounded before anything is read.

Whether the form may be sent at all is not asked here; `changes` asks that. Source: RFC 7578 for forms with a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

LARGEST = 16 * 1024  # bytes of a form,
LARGEST_FILE = 2 * 1024 * 1024  # and of one with a file

FIELDS = 20
MANY = 500  # fields of a form with a list to choose from
_PLAIN = "application/x-www-form-urlencoded"
_PARTED = re.compile(
    r"""multipart/form-data\s*;\s*boundary=("?)(?P<boundary>[0-9A-Za-z'()+_,./:=?-]{1,70})\1\s*""", re.IGNORECASE
)
_NAMED = re.compile(rb"""content-disposition:\s*form-data\s*;\s*name="([a-z]{1,20})"(?:\s*;\s*filename="([^"]*)")?""")


@dataclass(frozen=True)
class Sent:
    """The fields of a form, and its file with the name that it had."""

    fields: Mapping[str, str]
    file: bytes = b""
    name: str = ""


async def sent(request: Request, *, file: bool = False, most: int = FIELDS) -> Sent:
    """What the form sent, at most so many fields; a file only where one is asked for. Raises HTTPException (400, 413,
    415) where it is none.
    """
    said = request.headers.get("content-type", "").strip()
    if file:
        parted = _PARTED.fullmatch(said)
        if parted is None:
            raise HTTPException(415)
        return _parted(await _body(request, LARGEST_FILE), parted["boundary"].encode())
    if said.partition(";")[0].strip().lower() != _PLAIN:
        raise HTTPException(415)
    return Sent(_fields(await _body(request, LARGEST), most))


async def _body(request: Request, most: int) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise HTTPException(413)
    return bytes(body)


def _fields(body: bytes, most: int) -> Mapping[str, str]:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=most)
    except ValueError as error:
        raise HTTPException(400) from error
    return _once(pairs)


def _parted(body: bytes, boundary: bytes) -> Sent:
    parts = list(_parts(body, boundary))
    files = [(name, content) for _, name, content in parts if name is not None]
    try:
        fields = _once([(field, content.decode()) for field, name, content in parts if name is None])
        name, content = ((files[0][0] or b"").decode(), files[0][1]) if files else ("", b"")
    except UnicodeDecodeError as error:
        raise HTTPException(400) from error
    if len(files) > 1:
        raise HTTPException(400)
    return Sent(fields, content, name)


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[str, bytes | None, bytes]]:
    """Each part: its field, its file's name where it has one, and its content."""
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary, FIELDS + 1)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):  # noqa: PLR2004 - before the first and after the last
        raise HTTPException(400)
    for piece in pieces[1:-1]:
        head, _, content = piece.partition(b"\r\n\r\n")
        named = _NAMED.search(head.lower())
        if named is None:
            raise HTTPException(400)
        name = None if named[2] is None else head[named.start(2) : named.end(2)]
        yield named[1].decode("ascii"), name, content


def _once(pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    if len(dict(pairs)) != len(pairs):
        raise HTTPException(400, "A field is given more than once.")
    return dict(pairs)
