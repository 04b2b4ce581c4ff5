"""An entry, or what its address gave, → a Page. Pure: values in, a Page or a Rejection out.

An entry that carries its article becomes a page of its own: the entry's words as they came, in the smallest HTML that
says what the feed said of them. That page is what is kept; the feed around it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from readout.capture import kinds
from readout.capture.answers import Failure, Response
from readout.models import CaptureBasis, Entry, Media, Page, Rejection, Stage
from readout.text import decode

NOT_FETCHED = "not fetched"
NOT_HTML = "not a page of HTML"

_HEAD = 4096
_TAG_SIGNS = ("</", "/>", "<p", "<br")


def missed(failure: Failure) -> Rejection:
    """Why there is no page for an entry."""
    return Rejection(Stage.CAPTURE, failure.address, NOT_FETCHED, str(failure))


def fetched(answer: Response, captured: datetime) -> Page | Rejection:
    """The page that was fetched for an entry, or why there is none."""
    codec = decode.codec(answer.content)
    said = answer.header("content-type") or "no content type"
    if codec is None or kinds.media(answer.content[:_HEAD].decode(codec, "ignore"), ".html") is not Media.HTML:
        return Rejection(Stage.CAPTURE, answer.address, NOT_HTML, f"{said}, {len(answer.content):,} bytes")
    return Page(
        content=answer.content,
        media=Media.HTML,
        name=answer.answered,
        encoding=codec,
        address=answer.answered,
        captured=captured,
        captured_basis=CaptureBasis.FETCHED,
    )


def carried(entry: Entry, source: str, captured: datetime) -> Page:
    """The page of an entry that carries its article, met in the feed at `source`."""
    return Page(
        content="\n".join(_lines(entry)).encode("utf-8", "replace"),
        media=Media.HTML,
        name=entry.address or f"{source}#{entry.identifier or entry.title or ''}",
        address=entry.address,
        captured=captured,
        captured_basis=CaptureBasis.FETCHED,
    )


def _lines(entry: Entry) -> Iterator[str]:
    title = escape(entry.title or "", quote=False)
    yield f'<!doctype html>\n<html lang="{escape(entry.language or "")}">'
    yield f'<head><meta charset="utf-8"><title>{title}</title>'
    if entry.address:
        yield f'<link rel="canonical" href="{escape(entry.address)}">'
    yield from _marks(entry)
    yield f"</head>\n<body><article><h1>{title}</h1>"
    yield _marked_up(entry.content or entry.summary or "")
    yield "</article></body></html>"


def _marks(entry: Entry) -> Iterator[str]:
    """What the feed says, as pages say it."""
    if entry.published:
        yield f'<meta property="article:published_time" content="{entry.published.at.isoformat()}">'
    if entry.updated:
        yield f'<meta property="article:modified_time" content="{entry.updated.at.isoformat()}">'
    yield from (f'<meta name="author" content="{escape(one)}">' for one in entry.authors)


def _marked_up(words: str) -> str:
    if any(sign in words.lower() for sign in _TAG_SIGNS):
        return words
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in words.splitlines() if line.strip())
