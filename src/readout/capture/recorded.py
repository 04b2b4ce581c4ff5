"""An HTTP answer as an archive recorded it, byte for byte → its status, headers and body. Pure, bounded and lenient.

Archives hold what servers sent, or what the crawler made of it: a body may be called chunked or compressed and be
neither any more. What fits is undone; a body that does not fit what is said of it is taken as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message

from readout.capture import coding
from readout.capture.answers import Reason
from readout.capture.packed import NEEDS_LIBRARY

HEAD_LIMIT = 64 * 1024

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(r"HTTP/[\d.]+ +(\d{3})", re.IGNORECASE)
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_TEXT = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<")


@dataclass(frozen=True)
class Recorded:
    """`status` is 0 where there is none; `headers` have names in lower case; the first of a name counts."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """The type that the server gave, "text/html", in lower case; "" for none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server gave."""
        return charset(self.headers.get("content-type", ""))


def charset(content_type: str) -> str | None:
    """The encoding that a Content-Type names."""
    if "charset" not in content_type.lower():
        return None
    message = Message()
    message["content-type"] = content_type[:1_000].replace("\r", " ").replace("\n", " ")
    found = message.get_param("charset")
    return found if isinstance(found, str) else None


def recorded(block: bytes) -> Recorded | None:
    """The answer that `block` is, its body as it was sent; None where its head is no head of HTTP or has no end."""
    end = _HEAD_END.search(block, 0, HEAD_LIMIT)
    if end is None:
        return None
    lines = block[: end.start()].decode("utf-8", "replace").splitlines()
    status = _STATUS.match(lines[0]) if lines else None
    if status is None:
        return None
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return Recorded(int(status[1]), headers, block[end.end() :])


def body(found: Recorded, limit: int) -> bytes | tuple[str, str]:
    """The body as a browser would have it, at most `limit` bytes; or why there is none, in words and details."""
    content = found.body
    if "chunked" in found.headers.get("transfer-encoding", "").lower():
        content = _unchunked(content)
    for one in reversed(found.headers.get("content-encoding", "").lower().split(",")[-3:]):
        undone = _undone(one.strip(), content, limit)
        if not isinstance(undone, bytes):
            return undone
        content = undone
    return content if len(content) <= limit else (Reason.TOO_LARGE.value, f"a page has at most {limit:,} bytes")


def _unchunked(content: bytes) -> bytes:
    """Without the lengths of its chunks; what is no chunk, from there on, is content."""
    pieces: list[bytes] = []
    at = 0
    while head := _CHUNK.match(content, at):
        size = int(head[1], 16)
        if not size:
            return b"".join(pieces)
        pieces.append(content[head.end() : head.end() + size])
        at = head.end() + size
        at += 2 if content.startswith(b"\r\n", at) else content.startswith(b"\n", at)
    return b"".join([*pieces, content[at:]])


def _undone(how: str, content: bytes, limit: int) -> bytes | tuple[str, str]:
    if _TEXT.match(content):
        return content  # undone by whoever archived it
    if how == "br":
        return _unbrotli(content, limit)
    found = coding.undo(how, content, limit)
    return found if isinstance(found, bytes) else (found.value, how)


def _unbrotli(content: bytes, limit: int) -> bytes | tuple[str, str]:
    try:
        import brotli
    except ImportError:
        return NEEDS_LIBRARY, "for Brotli: pip install 'readout-news[archives]'"
    engine = brotli.Decompressor()
    try:
        found: bytes = engine.process(content, output_buffer_limit=limit + 1)
    except brotli.error as error:
        return Reason.BAD_CODING.value, str(error)
    return found
