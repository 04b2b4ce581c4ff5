"""Undoing what a server packed a body in (Content-Encoding), never to more than a given size. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from readout.capture.answers import Reason

ACCEPTED = "gzip, deflate"

_GZIP, _ZLIB, _RAW = 31, 15, -15  # zlib's words for the three wrappings
_MAGIC = b"\x1f\x8b"
_MEMBERS = 100  # of one gzip body; some servers join a few, and each costs a copy of the rest


def undo(coding: str, content: bytes, limit: int) -> bytes | Reason:
    """`content` without its one layer of `coding` ("" for none), at most `limit` bytes; or why that cannot be had.

    Also for content that is itself a gzip file, such as a sitemap: `undo("gzip", content, limit)`.
    """
    match coding.strip().lower():
        case "" | "identity":
            return content if len(content) <= limit else Reason.TOO_LARGE
        case "gzip" | "x-gzip":
            return _inflated(content, _GZIP, limit) if content else content
        case "deflate":
            return _deflated(content, limit) if content else content
    return Reason.BAD_CODING


def _deflated(content: bytes, limit: int) -> bytes | Reason:
    """Servers mean one of two things by "deflate"; RFC 9110 means the first."""
    wrapped = _inflated(content, _ZLIB, limit)
    return _inflated(content, _RAW, limit) if wrapped is Reason.BAD_CODING else wrapped


def _inflated(content: bytes, bits: int, limit: int) -> bytes | Reason:
    try:
        pieces = list(_members(content, bits, limit))
    except zlib.error:
        return Reason.BAD_CODING
    return Reason.TOO_LARGE if sum(map(len, pieces)) > limit else b"".join(pieces)


def _members(content: bytes, bits: int, limit: int) -> Iterator[bytes]:
    """The members of a gzip body one after the other, until `limit` is passed. Raises zlib.error."""
    left = limit + 1
    for _ in range(_MEMBERS):
        engine = zlib.decompressobj(bits)
        piece = engine.decompress(content, left)
        yield piece
        left -= len(piece)
        if left <= 0:
            return
        if not engine.eof:
            raise zlib.error("ends early")
        content = engine.unused_data
        if not content.startswith(_MAGIC):
            return  # what some servers leave behind the end is nobody's content
    raise zlib.error("too many members")
