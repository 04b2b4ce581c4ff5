"""Files, folders and standard input → Pages: what was captured earlier, by whatever means. Reads, and never writes.

Everything comes lazily and in one order: the paths as given, a folder's entries by name. One page is in memory at a
time. A file or row that cannot be used is a Rejection that names it, and the rest goes on; only a path that does not
exist is an InputError, because nothing was there to be lost.

A file that was named is read whatever its ending. In a folder, files with the endings of captures are expected to be
captures; any other file counts as one when it begins like an HTML page or a mail (the files of a Maildir have names of
their own) and is passed over otherwise (`PASSED_OVER`).
Hidden files, and the clutter that desktops leave in folders, are not mentioned at all.

A file may hold others: what is compressed, tarred or zipped is opened as it is read, and what lies in it is treated as
the files of a folder are, to a depth and to an amount (`packed.Budget`). Such files, and those of many rows or records,
are shards: one that was read to its end says so with a Shard, and a ledger may say that one need not be read again.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from readout.capture import kinds, mailbox, members, packed, parquet, rows, warc
from readout.capture.packed import BombError, Budget, PackedError
from readout.capture.rows import Fields, Origin
from readout.capture.shards import Ledger, Sight
from readout.errors import InputError
from readout.models import Arrival, CaptureBasis, Media, Page, Rejection, Shard, Stage
from readout.text import decode

STANDARD_INPUT = "-"
PASSED_OVER = "not a kind of file that is read"
NO_LOSS = frozenset({PASSED_OVER, warc.PASSED_OVER})
PAGE_LIMIT = 16 * 1024 * 1024
HELD_LIMIT = 64 * 1024 * 1024  # of a file inside another that cannot be read from its beginning to its end
DEPTH_LIMIT = 4
COUNTED = 64 * 1024 * 1024  # a file of rows that is larger is not read twice, only to know how many there are
ROW_LIMIT = 2 * PAGE_LIMIT + 64 * 1024  # JSON writes many a character as two

PIPED = 1024 * 1024 * 1024  # standard input counts as so much, when what it unpacks to is limited

_HEAD = 64 * 1024
_NAME_LIMIT = 1_000
_TRY_AGAIN = frozenset({packed.NEEDS_LIBRARY, "cannot be read"})  # another time it may well be read
_CLUTTER = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r"})
_EXPECTED = kinds.HTML_NAMES | kinds.TEXT_NAMES | kinds.ROW_NAMES | kinds.MAIL_NAMES | kinds.PACK_NAMES
_FACTS = {
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ENOENT: "no such file or folder",
    errno.ENOTDIR: "no such file or folder",
    errno.ELOOP: "a link that leads back to itself",
    errno.ENAMETOOLONG: "a name that is too long",
}


if TYPE_CHECKING:
    _Disk = io.BufferedReader[io.FileIO]


@dataclass(frozen=True)
class _File:
    """A file to read: `wanted` when it was named or has the ending of a capture, so that being no page is a loss."""

    path: str
    name: str
    wanted: bool

    @property
    def suffix(self) -> str:
        return PurePath(self.path).suffix.lower()

    @property
    def unwrapped(self) -> _File:
        """What is left of it when it is decompressed: "page.html" of "page.html.gz"."""
        stem = PurePath(self.path).stem if self.suffix in kinds.WRAPPINGS else self.path
        return replace(self, path=stem)

    def rejected(self, reason: str, detail: str = "") -> Rejection:
        return Rejection(Stage.CAPTURE, self.name, reason, detail)


@dataclass(frozen=True)
class Way:
    """How files are read. `captured` (UTC) is the capture time of all of them; without it a record's or row's own
    counts, then the file's time of change. `fields` says what the fields of rows are called.
    """

    captured: datetime | None = None
    fields: Fields = rows.USUAL

    def __str__(self) -> str:
        return f"{self.captured.isoformat() if self.captured else ''}{self.fields}"


@dataclass(frozen=True)
class _Opened:
    """How deep inside a file reading is, and how much the file may unpack to."""

    way: Way
    budget: Budget
    depth: int = 0
    size: int = 0  # what the file system says of what is read, 0 where it does not say

    @property
    def deeper(self) -> _Opened:
        return replace(self, depth=self.depth + 1, size=0)


def pages(
    path: str, *, captured: datetime | None = None, fields: Fields = rows.USUAL, ledger: Ledger | None = None
) -> Iterator[Arrival]:
    """The pages of one path: a file, a folder or "-" for standard input.

    `captured` (UTC) is the capture time of all of them; without it a record's or row's own counts, then the file's time
    of change. `fields` says what the fields of rows are called. With a `ledger`, files of many pages are read only
    where it does not know them, and each is followed by its Shard. Raises InputError at once when the path does not
    exist.
    """
    way = Way(captured, fields)
    if path == STANDARD_INPUT:
        return _piped(way)
    _require(path)
    return _everything(_File(path, shown(path), wanted=True), way, ledger)


def count(path: str) -> int:
    """About how many pages `pages` will find: files, and lines where a file is named as JSON lines. Opens little."""
    if path == STANDARD_INPUT:
        return 0
    return sum(_count(found) for found in _files(_File(path, path, wanted=True)))


def extent(path: str) -> tuple[int, int | None]:
    """How many bytes the files of a path have, and about how many pages, None where only reading them would tell."""
    size, pages = 0, 0
    packs = path == STANDARD_INPUT
    for found in () if packs else _files(_File(path, path, wanted=True)):
        own = _size(found)
        size += own
        packs = packs or _is_unforeseen(found, own)
        pages += 0 if packs else _count(found)
    return size, None if packs else pages


def shown(path: str) -> str:
    """A path as people read it; bytes that are no UTF-8 are spelled out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _require(path: str) -> None:
    try:
        os.stat(path)  # noqa: PTH116 - a path may be a name that pathlib changes, such as "./a"
    except PermissionError:
        return  # it may be there: what cannot be read is told as a rejection
    except (OSError, ValueError) as error:
        raise InputError(shown(path) or "(an empty name)", _fact(error)) from error


def _piped(way: Way) -> Iterator[Arrival]:
    basis = CaptureBasis.DECLARED if way.captured else CaptureBasis.UNKNOWN
    origin = Origin("standard input", way.captured, basis)
    if sys.stdin is None:  # a program started with its standard input closed
        raise InputError(origin.name, "it is closed")
    return _told(sys.stdin.buffer, _File("", origin.name, wanted=True), origin, _Opened(way, Budget(PIPED)))


def _everything(start: _File, way: Way, ledger: Ledger | None) -> Iterator[Arrival]:
    for found in _files(start):
        if isinstance(found, Rejection):
            yield found
        else:
            yield from _read(found, way, ledger)


def _files(start: _File) -> Iterator[_File | Rejection]:
    """The file itself, or a folder's files in order of names; each folder once, however often links lead to it."""
    entered: set[tuple[int, int]] = set()
    waiting = [start]
    while waiting:
        found = waiting.pop()
        try:
            status = os.stat(found.path)  # noqa: PTH116 - as above
            if stat.S_ISREG(status.st_mode) or (found is start and not stat.S_ISDIR(status.st_mode)):
                yield found
            elif not stat.S_ISDIR(status.st_mode):
                yield found.rejected(PASSED_OVER, "a pipe, a socket or a device")
            elif (status.st_dev, status.st_ino) not in entered:
                entered.add((status.st_dev, status.st_ino))
                waiting.extend(reversed(_entries(found)))
        except (OSError, ValueError) as error:
            yield found.rejected(_fact(error), _detail(error))


def _entries(folder: _File) -> list[_File]:
    names = sorted(name for name in os.listdir(folder.path) if not _unmentioned(name))  # noqa: PTH208 - as above
    return [
        _File(
            os.path.join(folder.path, name),  # noqa: PTH118 - as above
            f"{folder.name.rstrip('/')}/{shown(name)}",
            wanted=PurePath(name).suffix.lower() in _EXPECTED,
        )
        for name in names
    ]


def _unmentioned(name: str) -> bool:
    return name.startswith(".") or name.casefold() in _CLUTTER


def _read(file: _File, way: Way, ledger: Ledger | None) -> Iterator[Arrival]:
    try:
        with io.BufferedReader(io.FileIO(file.path), _HEAD) as stream:
            status = os.fstat(stream.fileno())
            origin = _origin(file.name, way.captured, status.st_mtime)
            opened = _Opened(way, Budget(status.st_size), size=status.st_size if stat.S_ISREG(status.st_mode) else 0)
            if ledger:
                yield from _metered(_marked(stream, file, origin, opened, ledger), stream, opened.size, ledger)
            else:
                yield from _told(stream, file, origin, opened)
    except OSError as error:
        yield file.rejected(_fact(error), _detail(error))


def _metered(arrivals: Iterator[Arrival], stream: _Disk, size: int, ledger: Ledger) -> Iterator[Arrival]:
    """The same, and the ledger learns how far reading is. What is read in another order goes to and fro."""
    furthest = 0
    for arrival in arrivals:
        at = min(stream.tell(), size) if size else 0
        ledger.read(max(at - furthest, 0))
        furthest = max(at, furthest)
        yield arrival
    ledger.read(size - furthest)


def _marked(stream: _Disk, file: _File, origin: Origin, opened: _Opened, ledger: Ledger) -> Iterator[Arrival]:
    many = file.wanted and opened.size and _holds_many(stream.peek(_HEAD), file.suffix)
    return _shard(stream, file, origin, opened, ledger) if many else _told(stream, file, origin, opened)


def _holds_many(head: bytes, suffix: str) -> bool:
    return kinds.is_pack(head) or kinds.is_rows(head, suffix) or mailbox.is_mbox(head)


def _shard(stream: _Disk, file: _File, origin: Origin, opened: _Opened, ledger: Ledger) -> Iterator[Arrival]:
    """The pages of a file, then the file itself where it was read to its end and is still what it was."""
    sight = _sight(stream, file, opened.way, ledger)
    if ledger.known(sight, lambda: _digest(file)):
        return
    pages, whole = 0, True
    for arrival in _told(stream, file, origin, opened):
        pages += isinstance(arrival, Page)
        whole = whole and not (isinstance(arrival, Rejection) and arrival.reason in _TRY_AGAIN)
        yield arrival
    if whole and sight == _sight(stream, file, opened.way, ledger):
        yield Shard(_digest(file), sight.way, sight.name, sight.size, sight.changed, pages)


def _sight(stream: _Disk, file: _File, way: Way, ledger: Ledger) -> Sight:
    status = os.fstat(stream.fileno())
    return Sight(shown(os.path.realpath(file.path)), status.st_size, status.st_mtime_ns, f"{way}{ledger.also}")


def _digest(file: _File) -> str:
    with open(file.path, "rb") as stream:  # noqa: PTH123 - as above
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _told(stream: BinaryIO, file: _File, origin: Origin, opened: _Opened) -> Iterator[Arrival]:
    """The content; where it cannot be unpacked any further, that is told of the file."""
    try:
        yield from _content(stream, file, origin, opened)
    except PackedError as error:
        yield file.rejected(error.reason, error.detail)


def _content(stream: BinaryIO, file: _File, origin: Origin, opened: _Opened) -> Iterator[Arrival]:
    """Raises PackedError."""
    head = stream.read(_HEAD)
    if file.wanted and kinds.is_pack(head):
        yield from _pack(head, stream, file, origin, opened)
        return
    if kinds.is_rows(head, file.suffix):
        yield from rows.pages(_lines(head, stream), origin, PAGE_LIMIT, opened.way.fields)
        return
    if mailbox.is_mbox(head):
        yield from mailbox.pages(_whole_lines(head, stream), origin, PAGE_LIMIT)
        return
    is_mail = mailbox.is_message(head)
    rejection = None if is_mail else _unusable_head(head, file)
    size = opened.size
    if rejection:
        yield rejection
    elif size > PAGE_LIMIT or len(content := head + stream.read(PAGE_LIMIT + 1 - len(head))) > PAGE_LIMIT:
        yield file.rejected("too large", f"{f'{size:,} bytes; ' if size else ''}a page has at most {PAGE_LIMIT:,}")
    else:
        yield mailbox.page(content, origin) if is_mail else _page(content, file, origin)


def _pack(head: bytes, stream: BinaryIO, file: _File, origin: Origin, opened: _Opened) -> Iterator[Arrival]:
    """What a file holds that is made of others. Raises PackedError."""
    if opened.depth == DEPTH_LIMIT:
        raise PackedError("packed too deeply", f"what lies in {DEPTH_LIMIT} others is not opened")
    whole = io.BufferedReader(packed.Rejoined(head, stream), _HEAD)
    most = opened.size or packed.most(opened.size)
    how = packed.coding(head)
    if how and warc.is_warc(packed.peek(head, how)):
        source = packed.unpacked(whole, how, opened.budget)
        yield from warc.pages(source, origin, PAGE_LIMIT, packed.most(opened.size))
    elif how:
        inner = io.BufferedReader(packed.unpacked(whole, how, opened.budget), _HEAD)
        yield from _content(inner, file.unwrapped, origin, opened.deeper)
    elif warc.is_warc(head):
        yield from warc.pages(warc.Plain(whole), origin, PAGE_LIMIT, most)
    elif members.is_tar(head):
        yield from _members(members.tarred(whole), file, origin, opened)
    elif members.is_zip(head):
        yield from _members(members.zipped(_seekable(whole, stream, opened), opened.budget), file, origin, opened)
    elif parquet.is_parquet(head):
        found = parquet.rows(_seekable(whole, stream, opened), opened.way.fields)
        yield from rows.pages_of(found, origin, PAGE_LIMIT, opened.way.fields)
    else:
        raise PackedError("an ARC file, which is not read", "convert it: warcio recompress")


def _members(found: Iterator[members.Member], file: _File, origin: Origin, opened: _Opened) -> Iterator[Arrival]:
    """The files that lie in another, as those of a folder."""
    for member in found:
        parts = member.name.replace("\\", "/").split("/")
        if any(map(_unmentioned, parts)) or (file.suffix == ".wacz" and parts[0] != "archive"):
            continue
        name = f"{file.name}/{member.name[:_NAME_LIMIT]}"
        inner = _File(parts[-1], name, wanted=PurePath(parts[-1]).suffix.lower() in _EXPECTED)
        try:
            if member.fault or member.stream is None:
                raise member.fault or PackedError("cannot be read")
            yield from _content(member.stream, inner, replace(origin, name=name), opened.deeper)
        except BombError:
            raise
        except PackedError as error:
            yield inner.rejected(error.reason, error.detail)


def _seekable(whole: BinaryIO, stream: BinaryIO, opened: _Opened) -> BinaryIO:
    """The stream from its beginning, for what must be read in another order; held in memory if it is no file."""
    if opened.depth == 0 and stream.seekable():
        stream.seek(0)
        return stream
    held = whole.read(HELD_LIMIT + 1)
    if len(held) > HELD_LIMIT:
        raise PackedError("too large", f"inside another file, one of its kind may have {HELD_LIMIT:,} bytes")
    return io.BytesIO(held)


def _unusable_head(head: bytes, file: _File) -> Rejection | None:
    """What shows in the first characters already, before a large file is read whole."""
    codec = decode.codec(head)
    media = kinds.media(head.decode(codec, "ignore"), file.suffix) if codec else None
    if not file.wanted and media is not Media.HTML:
        return file.rejected(PASSED_OVER, file.suffix)
    if codec is None:
        return file.rejected("not text", "binary content")
    if media is None:
        return file.rejected("neither a text capture, nor HTML, nor JSON lines", "it begins as other markup or JSON")
    return None


def _page(content: bytes, file: _File, origin: Origin) -> Arrival:
    codec = decode.codec(content) or "utf-8"
    page = Page(content, Media.TEXT, origin.name, codec, None, origin.captured, origin.basis)
    if not page.text.strip():
        return file.rejected("empty")
    html = kinds.media(page.text[:_HEAD], file.suffix) is Media.HTML
    return replace(page, media=Media.HTML) if html else page


def _lines(head: bytes, stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for one longer than any row may be, which is passed over without being held in memory."""
    *whole, rest = head.split(b"\n")
    yield from enumerate(whole, 1)
    number = len(whole) + 1
    while line := rest + stream.readline(ROW_LIMIT - len(rest)):
        fits = line.endswith(b"\n") or len(line) < ROW_LIMIT
        yield number, line if fits else None
        while not fits and not (more := stream.readline(ROW_LIMIT)).endswith(b"\n") and more:
            pass
        rest, number = b"", number + 1


def _whole_lines(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """Lines with their ends; a very long one in pieces."""
    *whole, rest = head.split(b"\n")
    yield from (line + b"\n" for line in whole)
    while line := rest + stream.readline(_HEAD):
        yield line
        rest = b""


def _origin(name: str, captured: datetime | None, changed: float) -> Origin:
    if captured:
        return Origin(name, captured, CaptureBasis.DECLARED)
    try:
        return Origin(name, datetime.fromtimestamp(changed, UTC), CaptureBasis.FILE_TIME)
    except (ValueError, OverflowError, OSError):  # a clock of another age: years before 1 or after 9999
        return Origin(name)


def _fact(error: Exception) -> str:
    if isinstance(error, OSError):
        return _FACTS.get(error.errno or 0, "cannot be read")
    return "not a usable name"


def _detail(error: Exception) -> str:
    return "" if isinstance(error, OSError) and error.errno in _FACTS else str(error)


def _size(found: _File | Rejection) -> int:
    try:
        return 0 if isinstance(found, Rejection) else os.stat(found.path).st_size  # noqa: PTH116 - as above
    except (OSError, ValueError):
        return 0


def _is_unforeseen(found: _File | Rejection, size: int) -> bool:
    if isinstance(found, Rejection):
        return False
    return found.suffix in kinds.PACK_NAMES or (found.suffix in kinds.ROW_NAMES and size > COUNTED)


def _count(found: _File | Rejection) -> int:
    if isinstance(found, Rejection) or found.suffix not in kinds.ROW_NAMES:
        return 1
    try:
        with open(found.path, "rb") as stream:  # noqa: PTH123 - as above
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b"")) or 1
    except OSError:
        return 1
