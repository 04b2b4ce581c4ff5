"""What reaches the terminal: results on standard output, everything else on standard error, nothing harmful on either.

Text from outside may hold characters that move a terminal's cursor or reverse its writing; all text passes `harmless`
on its way out. JSON and exports keep every character, escaped where JSON escapes. A stream that is not a terminal is
UTF-8, whatever the locale says, so that an export is the same everywhere; a terminal gets what it can show.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import datetime
from typing import TextIO

from readout.present.harmless import harmless

_RETURN = "\r"


def prepare() -> None:
    """Make both streams able to take any text."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            _widen(stream)


def _widen(stream: io.TextIOWrapper) -> None:
    if stream.isatty():
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8")


def say(*lines: str) -> None:
    """Results for people."""
    _write(sys.stdout, lines)


def note(*lines: str) -> None:
    """What people should know besides the results."""
    _write(sys.stderr, lines)


def give(value: object) -> None:
    """A result for programs: one JSON document."""
    sys.stdout.write(as_json(value, indent=2) + "\n")


def out(content: bytes) -> None:
    """A result for programs that is no JSON: a text in UTF-8, as it is."""
    sys.stdout.write(content.decode())


def as_json(value: object, indent: int | None = None) -> str:
    """JSON as Readout writes it: UTF-8, moments in ISO 8601, spans as [start, end]."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def counted(number: int, word: str) -> str:
    """A number with its word: "1 page", "1,204 pages"."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _write(stream: TextIO, lines: tuple[str, ...]) -> None:
    """A carriage return is harmless on a page and not on a terminal, where it lets a line write over itself."""
    stream.write("".join(f"{harmless(line).replace(_RETURN, ' ')}\n" for line in lines))
