"""Zips and tarballs → their members, in order, each as a name and a stream. Nothing is ever written to a disk.

A member's name is a word to show, never a path to open, so that a name such as "../../etc/passwd" can do nothing; links
and devices are no members. Both formats are read here rather than by the standard library, which holds a list of all
members in memory and believes what they say of themselves: here one member at a time is known, sizes are checked
against what is there, and everything unpacked is counted against a `Budget`. Pure apart from reading the stream.

Sources: PKWARE's APPNOTE 6.3.10 (zip), POSIX.1-2017 pax and GNU tar (tar).
"""

from __future__ import annotations

import io
import os
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from readout.capture.packed import Budget, PackedError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BLOCK = 512
_PIECE = 64 * 1024
_NAME_LIMIT = 64 * 1024
_FOLDER_LIMIT = 256 * 1024 * 1024

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_LOCATOR_64 = b"PK\x06\x07"
_ENTRY = b"PK\x01\x02"
_LOCAL = b"PK\x03\x04"
_END_SIZE, _LOCATOR_SIZE, _END_64_SIZE, _ENTRY_SIZE, _LOCAL_SIZE = 22, 20, 56, 46, 30
_COMMENT_MOST = 0xFFFF
_MAX_16, _MAX_32 = 0xFFFF, 0xFFFFFFFF
_LOCKED, _UTF8 = 0x1, 0x800
_STORED, _DEFLATED = 0, 8


@dataclass(frozen=True)
class Member:
    """One file of a pack: its name as people read it, its content, and why that cannot be had, where it cannot."""

    name: str
    stream: BinaryIO | None
    fault: PackedError | None = None


def is_zip(head: bytes) -> bool:
    """Whether content that begins so is a zip."""
    return head.startswith((_LOCAL, _END))


def is_tar(head: bytes) -> bool:
    """Whether content that begins so is a tarball."""
    return len(head) >= _BLOCK and head[257:262] == b"ustar" and _checks(head[:_BLOCK])


class _Part(io.RawIOBase):
    """So many bytes of another stream, from where it stands."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._stream.read(min(len(view), self.left)) or b""
        if not piece and self.left and len(view):
            raise PackedError("cut short", "a file ends before its time")
        self.left -= len(piece)
        view[: len(piece)] = piece
        return len(piece)


# Tarballs


def tarred(stream: BinaryIO) -> Iterator[Member]:
    """The files of a tarball; each is to be read before the next is asked for. Raises PackedError where it breaks off.

    `stream` is one that was unpacked, if it had to be: what comes out of it is counted already.
    """
    longer = ""
    while (head := _block(stream)) and head.strip(b"\0"):
        if not _checks(head):
            raise PackedError("damaged", "the head of a file in it does not check")
        kind, size = head[156:157], _number(head[124:136])
        part = _Part(stream, size)
        if kind in b"xL":
            longer = _longer(kind, part, size) or longer
        elif kind in b"0\0" and not _is_folder(head):
            yield Member(longer or _tar_name(head), io.BufferedReader(part, _PIECE))
        if kind not in b"xgLK":
            longer = ""
        _pass_over(stream, part.left + -size % _BLOCK)


def _block(stream: BinaryIO) -> bytes:
    block = _exactly(stream, _BLOCK)
    if block and len(block) < _BLOCK:
        raise PackedError("cut short", "it ends in the head of a file")
    return block


def _exactly(stream: BinaryIO, size: int) -> bytes:
    pieces = []
    while size and (piece := stream.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _pass_over(stream: BinaryIO, size: int) -> None:
    while size > 0 and (piece := stream.read(min(size, _PIECE))):
        size -= len(piece)


def _checks(head: bytes) -> bool:
    try:
        return sum(head) - sum(head[148:156]) + 8 * 32 == _number(head[148:156])
    except PackedError:
        return False


def _number(field: bytes) -> int:
    """An octal number, or a binary one as GNU tar writes large sizes."""
    if field[0] == 0x80:  # noqa: PLR2004 - the mark of a binary one
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0")
    if not re.fullmatch(rb"[0-7]*", digits):
        raise PackedError("damaged", "a number in it is none")
    return int(digits or b"0", 8)


def _is_folder(head: bytes) -> bool:
    return _text(head[:100]).endswith("/")


def _tar_name(head: bytes) -> str:
    prefix = _text(head[345:500]) if head[257:263] == b"ustar\0" else ""
    return f"{prefix}/{_text(head[:100])}" if prefix else _text(head[:100])


def _longer(kind: bytes, part: _Part, size: int) -> str:
    """The name that an extra header gives to the file after it; "" for none."""
    if size > _NAME_LIMIT:
        raise PackedError("damaged", "a name in it is too long")
    content = _exactly(io.BufferedReader(part), size)
    if kind == b"L":
        return _text(content)
    found = re.search(rb"(?:^|\n)\d+ path=([^\n]*)\n", content)
    return _text(found[1]) if found else ""


def _text(name: bytes) -> str:
    return name.partition(b"\0")[0].decode("utf-8", "backslashreplace")


# Zips


def zipped(stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """The files of a zip, which must be seekable; each is to be read before the next is asked for.

    Raises PackedError where its list of files cannot be read. A file that cannot be is a member with a fault.
    """
    size = stream.seek(0, os.SEEK_END)
    start, length = _folder(stream, size)
    at, end = start, start + length
    while at + _ENTRY_SIZE <= end:
        stream.seek(at)
        entry = stream.read(_ENTRY_SIZE)
        if len(entry) < _ENTRY_SIZE or not entry.startswith(_ENTRY):
            raise PackedError("damaged", "its list of files breaks off")
        name_size, extra_size, comment_size = struct.unpack_from("<HHH", entry, 28)
        name, extra = stream.read(name_size), stream.read(extra_size)
        at += _ENTRY_SIZE + name_size + extra_size + comment_size
        if not name.endswith(b"/"):
            yield _zip_member(stream, entry, name, extra, budget)


def _folder(stream: BinaryIO, size: int) -> tuple[int, int]:
    """Where the list of files begins, and how long it is."""
    tail_start = max(0, size - _END_SIZE - _COMMENT_MOST)
    stream.seek(tail_start)
    tail = stream.read(_END_SIZE + _COMMENT_MOST)
    found = tail.rfind(_END)
    if found < 0 or len(tail) - found < _END_SIZE:
        raise PackedError("cut short", "its list of files is missing")
    length, start = struct.unpack_from("<LL", tail, found + 12)
    if _MAX_32 in (length, start):
        length, start = _folder_64(stream, tail_start + found)
    if start + length > size or length > _FOLDER_LIMIT:
        raise PackedError("damaged", "its list of files is not where it should be")
    return start, length


def _folder_64(stream: BinaryIO, end: int) -> tuple[int, int]:
    stream.seek(max(0, end - _LOCATOR_SIZE))
    locator = stream.read(_LOCATOR_SIZE)
    if len(locator) == _LOCATOR_SIZE and locator.startswith(_LOCATOR_64):
        stream.seek(min(struct.unpack_from("<Q", locator, 8)[0], end))
        record = stream.read(_END_64_SIZE)
        if len(record) == _END_64_SIZE and record.startswith(_END_64):
            length, start = struct.unpack_from("<QQ", record, 40)
            return length, start
    raise PackedError("damaged", "its list of files is not where it should be")


def _zip_member(stream: BinaryIO, entry: bytes, name: bytes, extra: bytes, budget: Budget) -> Member:
    flags, method = struct.unpack_from("<HH", entry, 8)
    packed, full = struct.unpack_from("<LL", entry, 20)
    (at,) = struct.unpack_from("<L", entry, 42)
    shown = name.decode("utf-8" if flags & _UTF8 else "cp437", "backslashreplace")
    if flags & _LOCKED:
        return Member(shown, None, PackedError("locked with a password"))
    if method not in {_STORED, _DEFLATED}:
        return Member(shown, None, PackedError("packed in a way that is not read", f"method {method}"))
    packed, at = _wide(extra, full, packed, at)
    stream.seek(at)
    local = stream.read(_LOCAL_SIZE)
    if len(local) < _LOCAL_SIZE or not local.startswith(_LOCAL):
        return Member(shown, None, PackedError("damaged", "it is not where the list of files says"))
    stream.seek(sum(struct.unpack_from("<HH", local, 26)), os.SEEK_CUR)
    return Member(shown, io.BufferedReader(_ZipPart(stream, packed, budget, deflated=method == _DEFLATED), _PIECE))


def _wide(extra: bytes, full: int, packed: int, at: int) -> tuple[int, int]:
    """The packed size and the place, from the extra field where the entry has no room for them."""
    field, rest = b"", extra
    while len(rest) >= 4:  # noqa: PLR2004 - an id and a size
        kind, size = struct.unpack_from("<HH", rest)
        if kind == 1:
            field = rest[4 : 4 + size]
        rest = rest[4 + size :]
    wide = list(struct.unpack_from(f"<{len(field) // 8}Q", field))
    for value in (full, packed, at):
        if value == _MAX_32 and not wide:
            raise PackedError("damaged", "a size in it is missing")
    if full == _MAX_32:
        wide.pop(0)
    packed = wide.pop(0) if packed == _MAX_32 and wide else packed
    return packed, wide.pop(0) if at == _MAX_32 and wide else at


class _ZipPart(io.RawIOBase):
    """A file of a zip. Keeps its place itself, since others may read the same stream in between."""

    def __init__(self, stream: BinaryIO, size: int, budget: Budget, *, deflated: bool) -> None:
        self._stream = stream
        self._at = stream.tell()
        self._left = size
        self._budget = budget
        self._engine = zlib.decompressobj(-15) if deflated else None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._inflated(len(view)) if self._engine else self._packed(len(view))
        self._budget.spend(len(piece))
        view[: len(piece)] = piece
        return len(piece)

    def _packed(self, most: int) -> bytes:
        self._stream.seek(self._at)
        piece = self._stream.read(min(most, self._left))
        if not piece and self._left:
            raise PackedError("cut short", "a file ends before its time")
        self._at += len(piece)
        self._left -= len(piece)
        return piece

    def _inflated(self, most: int) -> bytes:
        engine = self._engine
        while engine and not engine.eof:
            given = engine.unconsumed_tail or self._packed(_PIECE)
            try:
                piece = engine.decompress(given, most)
            except zlib.error as error:
                raise PackedError("damaged", str(error)) from error
            if piece:
                return piece
            if not given:
                raise PackedError("cut short", "a file ends before its time")
        return b""
