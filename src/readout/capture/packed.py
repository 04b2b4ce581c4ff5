"""Compressed streams, opened as they are read and never further than is reasonable. Knows no file, page or record.

A few kilobytes can unpack to terabytes. So everything that one file unpacks to is counted against one allowance: an
amount that every file may have, and beyond it a multiple of the file's own size that no text reaches (`Budget`). All
that is opened inside the file, at whatever depth, draws on the same allowance. Nothing is written to a disk, and every
decompressor is asked for one bounded piece at a time.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from abc import abstractmethod
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO, Protocol

import zstandard

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

FREE = 64 * 1024 * 1024  # bytes that any file may unpack to,
MOST_TIMES = 100  # and this many times its own size: pages come to 5 or 10, a bomb to 1,000 and more
XZ_MEMORY = 96 * 1024 * 1024
ZSTANDARD_WINDOW = 64 * 1024 * 1024
NEEDS_LIBRARY = "needs a library that is not installed"

_PIECE = 64 * 1024
_PEEKED = 1024


class Coding(StrEnum):
    """How a stream is compressed."""

    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTANDARD = "zstandard"


_MAGIC = {
    Coding.GZIP: b"\x1f\x8b\x08",
    Coding.BZIP2: b"BZh",
    Coding.XZ: b"\xfd7zXZ\x00",
    Coding.ZSTANDARD: b"\x28\xb5\x2f\xfd",
}


class PackedError(Exception):
    """What is packed cannot be unpacked any further: `reason` is a short fact, `detail` is for people."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class BombError(PackedError):
    """It unpacks to more than any archive of pages: nothing more of the whole file is to be read."""


class Budget:
    """How much one file of `size` bytes may unpack to, all its parts together."""

    def __init__(self, size: int) -> None:
        self._left = most(size)

    def spend(self, amount: int) -> None:
        """Count `amount` bytes that were unpacked. Raises BombError when they are too many."""
        self._left -= amount
        if self._left < 0:
            raise BombError("unpacks to too much", f"more than {MOST_TIMES} times its own size")


def most(size: int) -> int:
    """How many bytes a file of so many may unpack to."""
    return FREE + MOST_TIMES * size


def peek(head: bytes, how: Coding) -> bytes:
    """What the content that begins so begins with when it is unpacked; b"" where that cannot be told."""
    try:
        return unpacked(io.BytesIO(head), how, Budget(len(head))).read(_PEEKED) or b""
    except PackedError:
        return b""


def coding(head: bytes) -> Coding | None:
    """How content that begins so is compressed, if it is."""
    return next((found for found, magic in _MAGIC.items() if head.startswith(magic)), None)


def unpacked(stream: BinaryIO, how: Coding, budget: Budget) -> Unpacked:
    """What `stream` holds, unpacked as it is read; reading raises PackedError where it is damaged or too much.

    Raises PackedError where the library that could unpack it is not installed.
    """
    return _Zstandard(stream, budget) if how is Coding.ZSTANDARD else _Members(stream, how, budget)


class Rejoined(io.RawIOBase):
    """A stream whose first bytes were read already, from its beginning again."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._head[: len(view)] or self._stream.read(len(view)) or b""
        self._head = self._head[len(piece) :]
        view[: len(piece)] = piece
        return len(piece)


class _Engine(Protocol):
    """A decompressor as the standard library makes them."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class Unpacked(io.RawIOBase):
    """What a stream holds, counted against a budget."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._piece(len(view))
        self._budget.spend(len(piece))
        view[: len(piece)] = piece
        return len(piece)

    def recover(self) -> bool:
        """After damage: go on at the next place that can be read; False where there is none."""
        return False

    @abstractmethod
    def _piece(self, most: int) -> bytes:
        """At most so many of the bytes that come next; none at the end."""


class _Members(Unpacked):
    """Members one after the other, as one stream; what follows the last one and is no member is nobody's."""

    def __init__(self, stream: BinaryIO, how: Coding, budget: Budget) -> None:
        super().__init__(stream, budget)
        self._how = how
        self._engine = _ENGINES[how]()
        self._waiting = b""  # compressed, of the present member, not given to the engine
        self._given = b""  # the last that was, for `recover`
        self._ended = False

    def recover(self) -> bool:
        """See above. A member that broke off runs into the next one before the damage shows: so look there as well."""
        seen = (self._given + self._waiting)[1:]
        self._given = b""
        while (at := seen.find(_MAGIC[self._how])) < 0:
            more = self._stream.read(_PIECE)
            if not more:
                return False
            seen = seen[-8:] + more
        self._begin(seen[at:])
        return True

    def _piece(self, most: int) -> bytes:
        while True:
            if self._ended or (self._engine.eof and not self._next()):
                self._ended = True
                return b""
            given = self._take() if self._engine.needs_input else b""
            piece = self._decompressed(given, most)
            if piece:
                return piece
            if not given and not self._engine.eof and self._engine.needs_input:
                raise PackedError("cut short", "it ends in the middle of what is packed")

    def _take(self) -> bytes:
        given = self._waiting or self._stream.read(_PIECE) or b""
        self._waiting = b""
        self._given = self._given[-_PIECE:] + given
        return given

    def _decompressed(self, given: bytes, most: int) -> bytes:
        try:
            return self._engine.decompress(given, most)
        except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError) as error:
            raise PackedError("damaged", str(error)) from error

    def _next(self) -> bool:
        """Go on to another member, where there is one."""
        rest = (self._engine.unused_data or self._stream.read(_PIECE) or b"").lstrip(b"\0")
        self._begin(rest if len(rest) >= _PIECE // 2 else rest + (self._stream.read(_PIECE) or b""))
        if coding(self._waiting) is not self._how and _MAGIC[self._how] in self._waiting:
            self._given = b" "
            raise PackedError("damaged", "something that is not packed lies in between")
        return coding(self._waiting) is self._how

    def _begin(self, waiting: bytes) -> None:
        self._engine, self._waiting, self._given = _ENGINES[self._how](), waiting, b""


class _Gunzip:
    """gzip, in the way of the other two: zlib leaves it to its user to keep what it was given too much."""

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._engine.eof

    @property
    def unused_data(self) -> bytes:
        return self._engine.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._engine.unconsumed_tail

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._engine.decompress(self._engine.unconsumed_tail + data, max_length)


class _Zstandard(Unpacked):
    """Zstandard, by a library that bounds what it gives by itself."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        super().__init__(stream, budget)
        engine = zstandard.ZstdDecompressor(max_window_size=ZSTANDARD_WINDOW)
        self._reader = engine.stream_reader(stream, read_across_frames=True, closefd=False)

    def _piece(self, most: int) -> bytes:
        try:
            piece: bytes = self._reader.read(most)
        except zstandard.ZstdError as error:
            raise PackedError("damaged", str(error)) from error
        return piece


_ENGINES: dict[Coding, Callable[[], _Engine]] = {
    Coding.GZIP: _Gunzip,
    Coding.BZIP2: bz2.BZ2Decompressor,
    Coding.XZ: lambda: lzma.LZMADecompressor(memlimit=XZ_MEMORY),
}
