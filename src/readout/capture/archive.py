"""Files, folders and standard input → Pages: what was captured earlier, by whatever means. Reads, and never writes.

Everything comes lazily and in one order: the paths as given, a folder's entries by name. One page is in memory at a
time. A file or row that cannot be used is a Rejection that names it, and the rest goes on; only a path that does not
exist is an InputError, because nothing was there to be lost.

A file that was named is read whatever its ending. In a folder, files with the endings of captures are expected to be
captures; any other file counts as one when it begins like an HTML page or a mail (the files of a Maildir have names of
their own) and is passed over otherwise (`PASSED_OVER`).
Hidden files, and the clutter that desktops leave in folders, are not mentioned at all.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import BinaryIO

from readout.capture import kinds, mailbox, rows
from readout.capture.rows import Origin
from readout.errors import InputError
from readout.models import CaptureBasis, Media, Page, Rejection, Stage
from readout.text import decode

STANDARD_INPUT = "-"
PASSED_OVER = "not a kind of file that is read"
PAGE_LIMIT = 16 * 1024 * 1024
ROW_LIMIT = 2 * PAGE_LIMIT + 64 * 1024  # JSON writes many a character as two

_HEAD = 64 * 1024
_CLUTTER = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r"})
_EXPECTED = kinds.HTML_NAMES | kinds.TEXT_NAMES | kinds.ROW_NAMES | kinds.MAIL_NAMES
_FACTS = {
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ENOENT: "no such file or folder",
    errno.ENOTDIR: "no such file or folder",
    errno.ELOOP: "a link that leads back to itself",
    errno.ENAMETOOLONG: "a name that is too long",
}

Arrival = Page | Rejection


@dataclass(frozen=True)
class _File:
    """A file to read: `wanted` when it was named or has the ending of a capture, so that being no page is a loss."""

    path: str
    name: str
    wanted: bool

    @property
    def suffix(self) -> str:
        return PurePath(self.path).suffix.lower()

    def rejected(self, reason: str, detail: str = "") -> Rejection:
        return Rejection(Stage.CAPTURE, self.name, reason, detail)


def pages(path: str, *, captured: datetime | None = None) -> Iterator[Arrival]:
    """The pages of one path: a file, a folder or "-" for standard input.

    `captured` (UTC) is the capture time of all of them; without it a row's own field counts, then the file's time of
    change. Raises InputError at once when there is no such path.
    """
    if path == STANDARD_INPUT:
        return _piped(captured)
    _require(path)
    return _everything(_File(path, shown(path), wanted=True), captured)


def count(path: str) -> int:
    """About how many pages `pages` will find: files, and lines where a file is named as JSON lines. Opens little."""
    if path == STANDARD_INPUT:
        return 0
    return sum(_count(found) for found in _files(_File(path, path, wanted=True)))


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


def _piped(captured: datetime | None) -> Iterator[Arrival]:
    origin = Origin("standard input", captured, CaptureBasis.DECLARED if captured else CaptureBasis.UNKNOWN)
    if sys.stdin is None:  # a program started with its standard input closed
        raise InputError(origin.name, "it is closed")
    return _content(sys.stdin.buffer, _File("", origin.name, wanted=True), origin, 0)


def _everything(start: _File, captured: datetime | None) -> Iterator[Arrival]:
    for found in _files(start):
        if isinstance(found, Rejection):
            yield found
        else:
            yield from _read(found, captured)


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


def _read(file: _File, captured: datetime | None) -> Iterator[Arrival]:
    try:
        with open(file.path, "rb") as stream:  # noqa: PTH123 - as above
            status = os.fstat(stream.fileno())
            origin = _origin(file.name, captured, status.st_mtime)
            size = status.st_size if stat.S_ISREG(status.st_mode) else 0
            yield from _content(stream, file, origin, size)
    except OSError as error:
        yield file.rejected(_fact(error), _detail(error))


def _content(stream: BinaryIO, file: _File, origin: Origin, size: int) -> Iterator[Arrival]:
    """`size` is what the file system says, 0 where it does not say."""
    head = stream.read(_HEAD)
    if kinds.is_rows(head, file.suffix):
        yield from rows.pages(_lines(head, stream), origin, PAGE_LIMIT)
        return
    if mailbox.is_mbox(head):
        yield from mailbox.pages(_whole_lines(head, stream), origin, PAGE_LIMIT)
        return
    is_mail = mailbox.is_message(head)
    rejection = None if is_mail else _unusable_head(head, file)
    if rejection:
        yield rejection
    elif size > PAGE_LIMIT or len(content := head + stream.read(PAGE_LIMIT + 1 - len(head))) > PAGE_LIMIT:
        yield file.rejected("too large", f"{f'{size:,} bytes; ' if size else ''}a page has at most {PAGE_LIMIT:,}")
    else:
        yield mailbox.page(content, origin) if is_mail else _page(content, file, origin)


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


def _count(found: _File | Rejection) -> int:
    if isinstance(found, Rejection) or found.suffix not in kinds.ROW_NAMES:
        return 1
    try:
        with open(found.path, "rb") as stream:  # noqa: PTH123 - as above
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b"")) or 1
    except OSError:
        return 1
