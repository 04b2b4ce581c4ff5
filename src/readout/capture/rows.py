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

_SURROGATE = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]{1,4000}", re.IGNORECASE)
_NAME_LENGTH = 100
_HEAD = 4096


@dataclass(frozen=True)
class Fields:
    """What the fields of rows are called, the first that a row fills being taken: the text or the HTML of a page, when
    it was captured, its address, and what to name it by.
    """

    text: tuple[str, ...] = ("text", "content", "body")
    html: tuple[str, ...] = ("html", "source")
    captured: tuple[str, ...] = ("captured", "captured_at", "fetched_at", "date")
    address: tuple[str, ...] = ("url", "address", "link")
    name: tuple[str, ...] = ("id", "name")

    def __str__(self) -> str:
        return "" if self == USUAL else repr([getattr(self, one) for one in MEANINGS])

    @property
    def all(self) -> tuple[str, ...]:
        """Every field that counts, each once."""
        return tuple(dict.fromkeys(name for one in MEANINGS for name in getattr(self, one)))


MEANINGS = ("text", "html", "captured", "address", "name")
USUAL = Fields()
_ALSO = {"url": "address", "link": "address", "id": "name", "date": "captured"}


def fields(mapping: str) -> Fields:
    """The fields that "text=body,captured=crawl_date" names; the others keep their usual names.

    Who names the field of the text or of the HTML wants no other field to be taken for either. Raises ValueError where
    the mapping cannot be understood.
    """
    named: dict[str, tuple[str, ...]] = {}
    for pair in filter(None, mapping.split(",")):
        meaning, equals, name = (part.strip() for part in pair.partition("="))
        meaning = _ALSO.get(meaning, meaning)
        if not equals or not name or meaning not in MEANINGS:
            message = f"{pair.strip()!r}: write text=FIELD, with one of {', '.join(MEANINGS)} before the ="
            raise ValueError(message)
        named[meaning] = (*named.get(meaning, ()), name)
    if named.keys() & {"text", "html"}:
        named = {"text": (), "html": ()} | named
    return replace(USUAL, **named)


@dataclass(frozen=True)
class Origin:
    """Where content comes from: the name to show, and when it was captured as far as is known from outside it."""

    name: str
    captured: datetime | None = None
    basis: CaptureBasis = CaptureBasis.UNKNOWN


def pages(
    lines: Iterable[tuple[int, bytes | None]], origin: Origin, limit: int, fields: Fields = USUAL
) -> Iterator[Page | Rejection]:
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
            row = _row(line, f"{origin.name}#{number}")
            yield row if isinstance(row, Rejection) else _Reading(origin, limit, fields).page(row, number)


def pages_of(
    found: Iterable[Mapping[str, object]], origin: Origin, limit: int, fields: Fields = USUAL
) -> Iterator[Page | Rejection]:
    """The same from rows that were read already: a page for each."""
    reading = _Reading(origin, limit, fields)
    return (reading.page(row, number) for number, row in enumerate(found, 1))


def _row(line: bytes, subject: str) -> Mapping[str, object] | Rejection:
    try:
        row = json.loads(line)
    except UnicodeDecodeError:
        return Rejection(Stage.CAPTURE, subject, "not UTF-8", "JSON lines are read as UTF-8")
    except (ValueError, RecursionError) as error:
        return Rejection(Stage.CAPTURE, subject, "not JSON", str(error))
    if not isinstance(row, dict):
        return Rejection(Stage.CAPTURE, subject, "not a JSON object", "each line is one object")
    return row


@dataclass(frozen=True)
class _Reading:
    """What rows are read with."""

    origin: Origin
    limit: int
    fields: Fields

    def page(self, row: Mapping[str, object], number: int) -> Page | Rejection:
        name = f"{self.origin.name}#{self._called(row) or number}"
        html, text = self._html(row), _first_text(row, self.fields.text)
        content = _SURROGATE.sub("\ufffd", html or text or "").encode()
        if not content.strip():
            return Rejection(Stage.CAPTURE, name, "no text in the row", f"its fields are {self._listed(row)}")
        if len(content) > self.limit:
            return Rejection(Stage.CAPTURE, name, "too large", f"a page has at most {self.limit:,} bytes")
        captured, basis = self._captured(row)
        return Page(
            content=content,
            media=Media.HTML if html else _media(text or ""),
            name=name,
            address=self._address(row),
            captured=captured,
            captured_basis=basis,
        )

    def _html(self, row: Mapping[str, object]) -> str | None:
        """Many archives keep an outlet's name under "source": only markup counts there."""
        found = (_first_text(row, [field]) for field in self.fields.html)
        return next((text for text in found if text and "<" in text), None)

    def _captured(self, row: Mapping[str, object]) -> tuple[datetime | None, CaptureBasis]:
        if self.origin.basis is not CaptureBasis.DECLARED:
            own = next((moment for field in self.fields.captured if (moment := instant(row.get(field)))), None)
            if own:
                return own, CaptureBasis.DECLARED
        return self.origin.captured, self.origin.basis

    def _address(self, row: Mapping[str, object]) -> str | None:
        values = (row.get(field) for field in self.fields.address)
        found = (_ADDRESS.fullmatch(value.strip()) for value in values if isinstance(value, str))
        return next((match[0] for match in found if match), None)

    def _called(self, row: Mapping[str, object]) -> str:
        values = (row.get(field) for field in self.fields.name)
        named = (str(value).strip() for value in values if isinstance(value, str | int) and not isinstance(value, bool))
        return _SURROGATE.sub("\ufffd", next(filter(None, named), ""))[:_NAME_LENGTH]

    def _listed(self, row: Mapping[str, object]) -> str:
        names = ", ".join(list(row)[:12])
        return f"{names[:200]}; read are {', '.join((*self.fields.html, *self.fields.text))}" if names else "none"


def _media(text: str) -> Media:
    return Media.HTML if kinds.media(text[:_HEAD], "") is Media.HTML else Media.TEXT


def _first_text(row: Mapping[str, object], fields: Iterable[str]) -> str | None:
    values = (row.get(field) for field in fields)
    return next((value for value in values if isinstance(value, str) and value.strip()), None)
