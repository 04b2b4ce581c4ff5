"""A page: what was captured, byte for byte. Never changed after it was made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from readout.models.ids import PageId, digest

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 0x7F, 0xC2, 0xED])  # how they begin in UTF-8, with few others
# NUL and other control characters have no shape to show; each becomes one replacement character, so offsets hold.


class Span(NamedTuple):
    """A half-open range of characters of a page's text: `text[start:end]`."""

    start: int
    end: int


class Media(StrEnum):
    """What kind of content a page holds."""

    TEXT = "text/plain"
    HTML = "text/html"


class CaptureBasis(StrEnum):
    """How we know when a page was captured."""

    DECLARED = "declared"  # whoever captured it says so
    FETCHED = "fetched"  # we fetched it ourselves
    INFERRED = "inferred"  # worked out from the ages and days that the page shows, to the day
    FILE_TIME = "file time"  # the file's own time of change: an upper bound at best
    UNKNOWN = "unknown"

    @property
    def sure(self) -> bool:
        """Whether the time is right, to the day at least."""
        return self not in {CaptureBasis.FILE_TIME, CaptureBasis.UNKNOWN}


@dataclass(frozen=True)
class Page:
    """A captured page.

    `name` says where it came from in a person's words (a file name, an address); `encoding` is the codec that turns
    `content` into `text`; `captured` is in UTC, or None where nobody knows.
    """

    content: bytes
    media: Media
    name: str
    encoding: str = "utf-8"
    address: str | None = None
    captured: datetime | None = None
    captured_basis: CaptureBasis = CaptureBasis.UNKNOWN

    @cached_property
    def id(self) -> PageId:
        """The digest of the content."""
        return digest(self.content)

    @cached_property
    def text(self) -> str:
        """The content as characters: what every span of the page counts in.

        For HTML this is the source, tags and all. Line ends are kept as they were; each control character is
        replaced by one U+FFFD.
        """
        text = self.content.decode(self.encoding, "replace")
        return _CONTROL.sub("\ufffd", text) if _may_be_controlled(text) else text


def _may_be_controlled(text: str) -> bool:
    """False where no character of a text is one that `_CONTROL` finds."""
    encoded = text.encode("utf-8", "surrogatepass")
    return len(encoded.translate(None, _CONTROLS)) < len(encoded)
