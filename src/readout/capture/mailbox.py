"""Newsletters → Pages: one message, or the many of an mbox. Pure: bytes and lines in, pages and rejections out.

A message's page is its HTML part, else its text. What a mail program shows above the message is part of it: the subject
becomes the title, the sender the name of the site, the date the time of publication and of the capture. MIME is taken
apart here in few steps and to a small depth; the standard library's parser recurses as deep as a sender likes.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from html import escape
from typing import NamedTuple

from readout.capture import markup
from readout.capture.fields import resolved
from readout.capture.instant import instant
from readout.capture.rows import Origin
from readout.models import CaptureBasis, Media, Page, Rejection, Stage
from readout.text import decode

NOTHING = "no text in the message"

_DEPTH = 8
_PARTS = 100
_HEAD = 256 * 1024
_VALUE = 2_000
_SEPARATOR = re.compile(rb"From \S.{0,200}\d\d:\d\d.{0,40}\d{4}\s*\Z")
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_HTML_HEAD = re.compile(rb"<head\b[^<>]{0,500}>", re.IGNORECASE)
_TITLED = re.compile(rb"<title\b[^<>]{0,200}>\s*[^<\s]", re.IGNORECASE)
_HEADER = re.compile(rb"^([A-Za-z][\w-]{1,60}):[ \t]?", re.MULTILINE)
_TRACES = frozenset({b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to", b"list-id"})


class _Part(NamedTuple):
    """A text of a message: its type, its bytes as they were before they were coded for the mail, its charset."""

    media: Media
    content: bytes
    charset: str


def is_message(head: bytes) -> bool:
    """Whether content that begins so is a message: headers that mail has, before the first empty line."""
    if not _HEADER.match(head):
        return False
    names = {name.lower() for name in _HEADER.findall(_BLANK.split(head, 1)[0])}
    return {b"from", b"date"} <= names and not names.isdisjoint(_TRACES)


def is_mbox(head: bytes) -> bool:
    """Whether content that begins so is an mbox: a separator, and a message behind it."""
    first, ended, rest = head.partition(b"\n")
    return bool(ended) and _SEPARATOR.match(first) is not None and _HEADER.match(rest) is not None


def pages(lines: Iterable[bytes], origin: Origin, limit: int) -> Iterator[Page | Rejection]:
    """A page for each message of an mbox, named by its number. What cannot be used costs only itself.

    `lines` come with their ends; `limit` is the size of the largest message, in bytes.
    """
    for number, message in enumerate(_messages(lines, limit), 1):
        one = replace(origin, name=f"{origin.name}#{number}")
        if message is None:
            yield Rejection(Stage.CAPTURE, one.name, "too large", f"a page has at most {limit:,} bytes")
        else:
            yield page(_QUOTED_FROM.sub(rb"\1", message), one)


def page(content: bytes, origin: Origin) -> Page | Rejection:
    """The page that a message is. Never raises."""
    headers, _ = _opened(content)
    parts = [one for one in _parts(content, _DEPTH) if one.content.strip()]
    parts.sort(key=lambda one: one.media is not Media.HTML)
    if not parts:
        return Rejection(Stage.CAPTURE, origin.name, NOTHING, "neither HTML nor plain text")
    part = parts[0]
    text, codec = _readable(part)
    sent = instant(_value(headers, "Date")) if origin.basis is not CaptureBasis.DECLARED else None
    return Page(
        content=(_titled if part.media is Media.HTML else _subjected)(text, codec, headers),
        media=part.media,
        name=origin.name,
        encoding=codec,
        address=resolved(_value(headers, "Archived-At").strip("<> "), None),
        captured=sent or origin.captured,
        captured_basis=CaptureBasis.DECLARED if sent else origin.basis,
    )


def sender(content: bytes) -> tuple[str, str]:
    """The name and the domain that a message is from, as it says; "" for what it does not say."""
    return _sender(_opened(content)[0])


def _messages(lines: Iterable[bytes], limit: int) -> Iterator[bytes | None]:
    """The messages one by one; None for one that is too large, which is not held in memory."""
    held: list[bytes] = []
    size, begun, blank = 0, False, True
    for line in lines:
        if blank and _SEPARATOR.match(line):
            if begun:
                yield b"".join(held) if size <= limit else None
            held, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= limit:
                held.append(line)
        blank = not line.strip()
    if begun:
        yield b"".join(held) if size <= limit else None


def _opened(content: bytes) -> tuple[Message, bytes]:
    """The headers of a message or a part, and what follows them."""
    if content.startswith((b"\n", b"\r\n")):
        return Message(), content
    found = _BLANK.search(content)
    head, body = (content[: found.start()], content[found.end() :]) if found else (content, b"")
    return BytesHeaderParser().parsebytes(head[:_HEAD]), body


def _parts(content: bytes, depth: int) -> Iterator[_Part]:
    """The texts of a message, its attachments left out."""
    headers, body = _opened(content)
    kind = headers.get_content_type()
    if headers.get_content_maintype() == "multipart":
        boundary = _parameter(headers, "boundary")
        if depth and boundary:
            yield from (one for piece in _pieces(body, boundary) for one in _parts(piece, depth - 1))
    elif kind in ("text/html", "text/plain") and headers.get_content_disposition() != "attachment":
        media = Media.HTML if kind == "text/html" else Media.TEXT
        yield _Part(media, _decoded(body, _value(headers, "Content-Transfer-Encoding")), _parameter(headers, "charset"))


def _pieces(body: bytes, boundary: str) -> list[bytes]:
    mark = re.escape(boundary.encode("utf-8", "surrogateescape"))
    return re.split(rb"(?:\A|\r?\n)--" + mark + rb"(?:--)?[ \t]*(?:\r?\n|\Z)", body, maxsplit=_PARTS)[1:_PARTS]


def _parameter(headers: Message, name: str) -> str:
    try:
        found = headers.get_param(name)
    except (MessageError, ValueError, LookupError, IndexError):
        return ""
    return str(found[2] if isinstance(found, tuple) else found or "")[:_VALUE]


def _decoded(body: bytes, coding: str) -> bytes:
    match coding.strip().lower():
        case "base64":
            return _from_base64(body)
        case "quoted-printable":
            return quopri.decodestring(body)
    return body


def _from_base64(body: bytes) -> bytes:
    """What is not of the alphabet is passed over, and a cut end is read as far as it goes."""
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    try:
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return b""


def _readable(part: _Part) -> tuple[bytes, str]:
    """The bytes and their codec: what the message declares, when the bytes agree; else what the bytes look like.

    Where ASCII is not written as ASCII (UTF-16) the text is written anew in UTF-8, so that headers can be put in.
    """
    declared = markup.named(part.charset) if part.charset else None
    codec = declared if declared and _is_plain(declared) and _fits(part.content, declared) else None
    found = codec or decode.codec(part.content) or "utf-8"
    if _is_plain(found):
        return part.content, found
    return part.content.decode(found, "replace").encode("utf-8", "replace"), "utf-8"


def _is_plain(codec: str) -> bool:
    return codec != "ascii" and "<a".encode(codec, "replace") == b"<a"


def _fits(content: bytes, codec: str) -> bool:
    try:
        content.decode(codec)
    except (UnicodeError, LookupError):
        return False
    return True


def _titled(content: bytes, codec: str, headers: Message) -> bytes:
    """The HTML with what the headers say at the beginning of its head, where it does not say it itself."""
    name, _ = _sender(headers)
    date, subject = _value(headers, "Date"), _value(headers, "Subject")
    said = [] if _TITLED.search(content) or not subject else [f"<title>{escape(subject)}</title>"]
    if name:
        said.append(f'<meta property="og:site_name" content="{escape(name)}">')
    if moment := instant(date):
        said.append(f'<meta property="article:published_time" content="{moment.isoformat()}">')
    head = _HTML_HEAD.search(content[:_HEAD])
    at = head.end() if head else 0
    return content[:at] + "".join(said).encode(codec, "xmlcharrefreplace") + content[at:]


def _subjected(content: bytes, codec: str, headers: Message) -> bytes:
    """The text below its subject, as a mail program shows it."""
    subject = _value(headers, "Subject").encode(codec, "replace")
    return content if not subject or content.lstrip().startswith(subject) else subject + b"\n\n" + content


def _sender(headers: Message) -> tuple[str, str]:
    """`Name <address>`, `address (Name)` or an address; the standard library's reader recurses into brackets."""
    said = _value(headers, "From")
    name, _, rest = said.rpartition("<") if "<" in said else ("", "", said.partition("(")[0])
    domain = rest.partition(">")[0].strip().rpartition("@")[2].lower()
    name = name or said.partition("(")[2].rpartition(")")[0]
    return name.strip(" \"'") or domain, domain


def _value(headers: Message, name: str) -> str:
    """A header on one line, its encoded words decoded where they can be."""
    raw = str(headers.get(name, ""))[:_VALUE]
    try:
        text = str(make_header(decode_header(raw)))
    except (MessageError, ValueError, LookupError):
        text = raw
    return " ".join(text.encode("utf-8", "replace").decode().replace("\x00", "").split())
