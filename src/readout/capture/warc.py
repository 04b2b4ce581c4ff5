"""WARC files, as a stream of bytes → Pages, one record at a time. Pure apart from reading the stream it is given.

Only answers that hold an HTML page become pages: a crawl holds images, scripts, redirects and requests as well. They
are counted, and told of once for each file. A record that is broken is a rejection and costs only itself: reading goes
on at the next place where a record begins. So that a file made to deceive cannot keep us busy, this is done only so
often, and no more than a fixed amount of bytes is looked at twice.

Source: the WARC format, ISO 28500:2017 (1.1), and what crawlers make of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from readout.capture import kinds, recorded
from readout.capture.instant import instant
from readout.capture.packed import BombError, PackedError
from readout.capture.rows import Origin
from readout.models import CaptureBasis, Media, Page, Rejection, Stage
from readout.text import addresses, decode

PASSED_OVER = "records that are no pages"
BROKEN = "a broken record"
CUT_SHORT = "a record that was cut short"
HTML = frozenset({"text/html", "application/xhtml+xml"})

_MAGIC = b"WARC/"
_END = b"\r\n\r\n"
_PIECE = 64 * 1024
_HEAD_LIMIT = 64 * 1024
_MOST_BREAKS = 1_000
_MOST_TWICE = 64 * 1024 * 1024  # bytes read again in search of a record
_SUCCESS = range(200, 300)
_SHOWN = 200
_START = b"\n" + _MAGIC
_NO_BREAK = re.compile(rb"[^\r\n]")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


class Source(Protocol):
    """Where the bytes come from."""

    def read(self, size: int, /) -> bytes | None: ...
    def recover(self) -> bool:
        """After damage: go on where that is possible."""


@dataclass(frozen=True)
class Plain:
    """A stream that is not compressed: nothing in it can be damaged so that it cannot be read."""

    stream: _Readable

    def read(self, size: int, /) -> bytes | None:
        return self.stream.read(size)

    def recover(self) -> bool:
        return True


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


def is_warc(head: bytes) -> bool:
    """Whether content that begins so is a WARC file."""
    return head.lstrip(b"\r\n").startswith(_MAGIC)


def pages(source: Source, origin: Origin, limit: int, most: int) -> Iterator[Page | Rejection]:
    """The pages of a WARC file, of at most `limit` bytes each, and what was wrong. Raises BombError.

    `most` is how many bytes the source can hold: a record that claims more is broken.
    """
    other: Counter[str] = Counter()
    for found in _Records(source, limit, most):
        if isinstance(found, _Break):
            yield Rejection(Stage.CAPTURE, f"{origin.name}@{found.at}", found.reason, found.detail)
            continue
        arrival = _arrival(found, origin, limit)
        if isinstance(arrival, str):
            other[arrival] += 1
        elif arrival:
            yield arrival
    if other:
        yield Rejection(Stage.CAPTURE, origin.name, PASSED_OVER, _listed(other))


@dataclass(frozen=True)
class _Record:
    """A record with its block, or with the beginning of one that is larger than any page may be."""

    at: int
    headers: Mapping[str, str]
    block: bytes
    whole: bool

    @property
    def kind(self) -> str:
        return self.headers.get("warc-type", "").lower()

    @property
    def address(self) -> str | None:
        return addresses.clean(self.headers.get("warc-target-uri", "").strip("<> \t"))


@dataclass(frozen=True)
class _Break:
    """Where reading could not go on as it should, and why."""

    at: int
    reason: str
    detail: str = ""


def _arrival(record: _Record, origin: Origin, limit: int) -> Page | Rejection | str | None:
    """A page, a rejection, or in a word what else it is; None for records about other records."""
    match record.kind:
        case "response":
            return _response(record, origin, limit)
        case "resource":
            return _resource(record, origin, limit)
        case "revisit" | "conversion" | "continuation":
            return record.kind
    return None


def _response(record: _Record, origin: Origin, limit: int) -> Page | Rejection | str:
    subject = _subject(record, origin)
    answer = recorded.recorded(record.block)
    if answer is None:
        return "not http" if record.address is None else Rejection(Stage.CAPTURE, subject, BROKEN, "its HTTP head")
    if answer.status not in _SUCCESS:
        return f"status {answer.status}"
    if answer.media not in HTML and answer.media:
        return answer.media[:_SHOWN]
    if not record.whole:
        return _too_large(subject, limit)
    content = recorded.body(answer, limit)
    if not isinstance(content, bytes):
        return Rejection(Stage.CAPTURE, subject, *content)
    return _page(record, content, answer.charset, replace(origin, name=subject))


def _resource(record: _Record, origin: Origin, limit: int) -> Page | Rejection | str:
    said = record.headers.get("content-type", "")
    media = said.partition(";")[0].strip().lower()
    if media not in HTML:
        return media[:_SHOWN] or "no type"
    subject = _subject(record, origin)
    if not record.whole or len(record.block) > limit:
        return _too_large(subject, limit)
    return _page(record, record.block, recorded.charset(said), replace(origin, name=subject))


def _too_large(subject: str, limit: int) -> Rejection:
    return Rejection(Stage.CAPTURE, subject, "too large", f"a page has at most {limit:,} bytes")


def _page(record: _Record, content: bytes, charset: str | None, origin: Origin) -> Page | Rejection | str:
    if not content.strip():
        return Rejection(Stage.CAPTURE, origin.name, "empty")
    codec = decode.codec(content, charset)
    if codec is None:
        return Rejection(Stage.CAPTURE, origin.name, "not text", "binary content")
    head = content[:_PIECE].decode(codec, "replace")
    if kinds.media(head, ".html") is not Media.HTML:
        return "text that is not HTML"
    captured = instant(record.headers.get("warc-date"))
    declared = origin.basis is CaptureBasis.DECLARED or captured is None
    return Page(
        content,
        Media.HTML,
        origin.name,
        codec,
        record.address,
        origin.captured if declared else captured,
        origin.basis if declared else CaptureBasis.DECLARED,
    )


def _subject(record: _Record, origin: Origin) -> str:
    named = record.address or record.headers.get("warc-target-uri") or f"@{record.at}"
    return f"{origin.name}#{named[:_SHOWN]}"


def _listed(other: Counter[str]) -> str:
    named = ", ".join(f"{count:,} {what}" for what, count in other.most_common(6))
    return f"{other.total():,}: {named}{', …' if len(other) > 6 else ''}"  # noqa: PLR2004 - as many as were named


class _CutShortError(Exception):
    """The stream ended inside a record."""


@dataclass
class _Tape:
    """A stream that can be wound back by what was just read. `at` counts the bytes passed."""

    source: Source
    at: int = 0
    ended: bool = False
    _held: bytes = b""
    _next: int = 0  # the first of the held bytes that was not passed

    @property
    def left(self) -> int:
        """How many bytes are held."""
        return len(self._held) - self._next

    def more(self) -> bool:
        """Hold another piece; False at the end."""
        piece = b"" if self.ended else self.source.read(_PIECE)
        self.ended = not piece
        self._held = self._held[self._next :] + (piece or b"")
        self._next = 0
        return not self.ended

    def find(self, pattern: re.Pattern[bytes], within: int | None = None) -> re.Match[bytes] | None:
        """Where the pattern is in what is held."""
        return pattern.search(self._held, self._next, self._next + (self.left if within is None else within))

    def passed(self, mark: bytes) -> bool:
        """Whether the mark is in what is held; its first byte is then the last that was passed."""
        found = self._held.find(mark, self._next)
        self.drop(found + 1 - self._next if found >= 0 else 0)
        return found >= 0

    def starts(self, prefix: bytes) -> bool:
        """Whether the next bytes are these."""
        while self.left < len(prefix) and self.more():
            pass
        return self._held.startswith(prefix, self._next)

    def pass_to(self, found: int) -> bytes:
        """Up to a place that `find` found; what was passed."""
        passed = self._held[self._next : found]
        self.drop(len(passed))
        return passed

    def drop(self, size: int) -> None:
        self._next += size
        self.at += size

    def take(self, size: int) -> bytes:
        """Exactly so many bytes. Raises _CutShortError where there are fewer; nothing is passed then."""
        if self.left < size and not self.ended:
            pieces, wanted = [self._held[self._next :]], size - self.left
            while wanted > 0 and (piece := self.source.read(min(wanted, 1 << 20))):
                pieces.append(piece)
                wanted -= len(piece)
            self._held, self._next, self.ended = b"".join(pieces), 0, wanted > 0
        if self.left < size:
            raise _CutShortError
        return self.pass_to(self._next + size)

    def skip(self, size: int) -> None:
        """Pass over so many bytes. Raises _CutShortError where there are fewer."""
        while size > self.left:
            size -= self.left
            self.drop(self.left)
            if not self.more():
                raise _CutShortError
        self.drop(size)

    def wind_back(self, content: bytes) -> None:
        self._held, self._next = content + self._held[self._next :], 0
        self.at -= len(content)

    def forget(self) -> None:
        self.drop(self.left)


@dataclass
class _Records:
    """The records of a stream of at most `most` bytes, in order, with a break wherever one could not be read."""

    source: Source
    limit: int
    most: int
    breaks: int = 0
    twice: int = 0
    damage: PackedError | None = None  # met while looking ahead

    def __post_init__(self) -> None:
        self.tape = _Tape(self.source)

    def __iter__(self) -> Iterator[_Record | _Break]:
        lost = False  # in the middle of something, to be left behind
        while self.breaks <= _MOST_BREAKS:
            begun = self.tape.at
            try:
                if self.damage:
                    raise self.damage
                if lost:
                    self._regain()
                    lost = False
                if not self._blank_lines_passed():
                    return
                begun = self.tape.at
                yield self._record()
            except _CutShortError:
                yield _Break(begun, CUT_SHORT)
                lost = True
            except BombError:
                raise
            except PackedError as error:
                yield _Break(begun, BROKEN, str(error))
                self.damage = None
                self.tape.forget()
                if not self.source.recover():
                    return
                lost = True
        yield _Break(self.tape.at, "too many broken records", f"nothing is read after {_MOST_BREAKS:,}")

    def _record(self) -> _Record | _Break:
        """The record that begins here, or what is wrong with it."""
        begun = self.tape.at
        head = self._head()
        length = _length(head)
        if head is None or length is None or length > self.most - self.tape.at:
            self._regain(1)
            return _Break(begun, BROKEN, "it has no head that can be used")
        whole = length <= self.limit + _HEAD_LIMIT
        block = self.tape.take(length if whole else _HEAD_LIMIT)
        self.tape.skip(0 if whole else length - _HEAD_LIMIT)
        if self._ends():
            return _Record(begun, head, block, whole)
        self._regain_in(block)
        return _Break(begun, BROKEN, "its length is wrong")

    def _ends(self) -> bool:
        """Whether the record ends here: with its two blank lines, at the next record, or because nothing follows.

        What is damaged behind it is the next one's affair.
        """
        try:
            return self.tape.starts(_END) or not self._blank_lines_passed() or self.tape.starts(_MAGIC)
        except PackedError as error:
            self.damage = error
            return True

    def _blank_lines_passed(self) -> bool:
        """Whether anything else is left."""
        while True:
            found = self.tape.find(_NO_BREAK)
            if found:
                self.tape.pass_to(found.start())
                return True
            self.tape.forget()
            if not self.tape.more():
                return False

    def _head(self) -> dict[str, str] | None:
        """The headers, with the record's block next on the tape; None, and nothing passed, where there are none."""
        while not (end := self.tape.find(_HEAD_END, _HEAD_LIMIT)):
            if self.tape.left >= _HEAD_LIMIT or not self.tape.more():
                return None
        if not self.tape.starts(_MAGIC):
            return None
        lines = self.tape.pass_to(end.end()).decode("utf-8", "replace").splitlines()
        parts = (line.partition(":") for line in lines[1:])
        return {name.strip().lower(): value.strip() for name, _, value in parts}

    def _regain_in(self, block: bytes) -> None:
        """Go on at the next record, looking for it in this block too: its length may span others."""
        if self.twice + len(block) <= _MOST_TWICE:
            self.twice += len(block)
            self.tape.wind_back(block)
        self._regain()

    def _regain(self, after: int = 0) -> None:
        """Go on at the next place where a record seems to begin, or at the end."""
        self.breaks += 1
        if not after and self.tape.starts(_MAGIC):
            return
        self.tape.drop(min(after, self.tape.left))
        while not self.tape.passed(_START):
            self.tape.drop(max(self.tape.left - len(_START), 0))
            if not self.tape.more():
                self.tape.forget()
                return


def _length(head: Mapping[str, str] | None) -> int | None:
    """The length that a record's headers give; None where they give none that can be."""
    said = (head or {}).get("content-length", "")
    return int(said) if re.fullmatch(r"[0-9]{1,15}", said) else None
