"""JSON lines → Pages: one object a line, one page an object. Pure: lines in, pages and rejections out.

A row's text becomes the page as it stands, in UTF-8. Which field means what is one table below; the first of its names
that a row fills is taken, so archives of most crawlers and newsrooms load without being told anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from readout.capture import kinds
from readout.capture.instant import instant
from readout.models import CaptureBasis, Media, Page, Rejection, Stage

TEXT_FIELDS = ("text", "content", "body")
HTML_FIELDS = ("html", "source")
TIME_FIELDS = ("captured", "captured_at", "fetched_at", "date")
ADDRESS_FIELDS = ("url", "address", "link")
NAME_FIELDS = ("id", "name")

_SURROGATE = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]{1,4000}", re.IGNORECASE)
_NAME_LENGTH = 100
_HEAD = 4096


@dataclass(frozen=True)
class Origin:
    """Where content comes from: the name to show, and when it was captured as far as is known from outside it."""

    name: str
    captured: datetime | None = None
    basis: CaptureBasis = CaptureBasis.UNKNOWN


def pages(lines: Iterable[tuple[int, bytes | None]], origin: Origin, limit: int) -> Iterator[Page | Rejection]:
    """A page for each row. A row that cannot be used is a rejection and costs only itself; empty lines are nothing.

    `lines` are numbered from 1; None stands for a line that was too long to be read. `limit` is the size of the largest
    page, in bytes.
    """
    for number, line in lines:
        if line is None:
            yield Rejection(
                Stage.CAPTURE, f"{origin.name}#{number}", "too large", f"a page has at most {limit:,} bytes"
            )
        elif line.strip():
            yield _page(line, number, origin, limit)


def _page(line: bytes, number: int, origin: Origin, limit: int) -> Page | Rejection:
    subject = f"{origin.name}#{number}"
    try:
        row = json.loads(line)
    except UnicodeDecodeError:
        return Rejection(Stage.CAPTURE, subject, "not UTF-8", "JSON lines are read as UTF-8")
    except (ValueError, RecursionError) as error:
        return Rejection(Stage.CAPTURE, subject, "not JSON", str(error))
    if not isinstance(row, dict):
        return Rejection(Stage.CAPTURE, subject, "not a JSON object", "each line is one object")
    return _from_row(row, replace(origin, name=f"{origin.name}#{_called(row) or number}"), limit)


def _from_row(row: Mapping[str, object], origin: Origin, limit: int) -> Page | Rejection:
    html, text = _html(row), _first_text(row, TEXT_FIELDS)
    content = _SURROGATE.sub("\ufffd", html or text or "").encode()
    if not content.strip():
        return Rejection(Stage.CAPTURE, origin.name, "no text in the row", f"its fields are {_listed(row)}")
    if len(content) > limit:
        return Rejection(Stage.CAPTURE, origin.name, "too large", f"a page has at most {limit:,} bytes")
    captured, basis = _captured(row, origin)
    return Page(
        content=content,
        media=Media.HTML if html else _media(text or ""),
        name=origin.name,
        address=_address(row),
        captured=captured,
        captured_basis=basis,
    )


def _html(row: Mapping[str, object]) -> str | None:
    """Many archives keep an outlet's name under "source": only markup counts there."""
    return next((text for field in HTML_FIELDS if (text := _first_text(row, [field])) and "<" in text), None)


def _media(text: str) -> Media:
    return Media.HTML if kinds.media(text[:_HEAD], "") is Media.HTML else Media.TEXT


def _captured(row: Mapping[str, object], origin: Origin) -> tuple[datetime | None, CaptureBasis]:
    if origin.basis is not CaptureBasis.DECLARED:
        own = next((moment for field in TIME_FIELDS if (moment := instant(row.get(field)))), None)
        if own:
            return own, CaptureBasis.DECLARED
    return origin.captured, origin.basis


def _address(row: Mapping[str, object]) -> str | None:
    found = (_ADDRESS.fullmatch(value.strip()) for field in ADDRESS_FIELDS if isinstance(value := row.get(field), str))
    return next((match[0] for match in found if match), None)


def _called(row: Mapping[str, object]) -> str:
    values = (row.get(field) for field in NAME_FIELDS)
    named = (str(value).strip() for value in values if isinstance(value, str | int) and not isinstance(value, bool))
    return _SURROGATE.sub("\ufffd", next(filter(None, named), ""))[:_NAME_LENGTH]


def _first_text(row: Mapping[str, object], fields: Iterable[str]) -> str | None:
    values = (row.get(field) for field in fields)
    return next((value for value in values if isinstance(value, str) and value.strip()), None)


def _listed(row: Mapping[str, object]) -> str:
    names = ", ".join(list(row)[:12])
    return f"{names[:200]}; read are {', '.join((*HTML_FIELDS, *TEXT_FIELDS))}" if names else "none"
