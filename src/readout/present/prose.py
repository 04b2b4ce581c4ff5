"""What somebody wrote → what a page sets: a small part of Markdown, taken apart, never turned into markup here.

Paragraphs, quotations (`> `), lists (`- `), *emphasis*, **strong**, `code` and http(s) addresses. Everything else is
shown as it was typed. Linear in the length of the text. Source: CommonMark 0.31, of which this is a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_RUN = re.compile(
    r"`(?P<code>[^`\n]{1,300})`"
    r"|\*\*(?P<strong>[^*\s](?:[^*\n]{0,300}[^*\s])?)\*\*"
    r"|\*(?P<em>[^*\s](?:[^*\n]{0,300}[^*\s])?)\*"
    r"|(?P<link>https?://[^\s<>\"'`*()\[\]]{1,300}[^\s<>\"'`*()\[\].,;:!?])"
)
_KINDS = (("quote", re.compile(r"> ?")), ("item", re.compile(r"[-*] ")))


@dataclass(frozen=True)
class Run:
    """Words set in one way: `how` is plain, em, strong, code or link."""

    how: str
    text: str


@dataclass(frozen=True)
class Block:
    """A paragraph, a quotation or a list: its lines, or its items."""

    kind: str
    lines: tuple[tuple[Run, ...], ...]


def blocks(text: str) -> tuple[Block, ...]:
    """What a page sets, in its order; together it holds every word of the text."""
    found: list[Block] = []
    for (kind, _), lines in groupby(_kinds(text), lambda one: one[0]):
        held = tuple(tuple(_runs(line)) for _, line in lines if line.strip())
        if held:
            found.append(Block(kind, held))
    return tuple(found)


def _kinds(text: str) -> Iterator[tuple[tuple[str, int], str]]:
    """Each line with what it belongs to: its kind, and the number of the paragraph."""
    number = 0
    for line in text.splitlines():
        number += not line.strip()
        kind, rest = "paragraph", line
        for name, mark in _KINDS:
            met = mark.match(line)
            if met:
                kind, rest = name, line[met.end() :]
                break
        yield (kind, number), rest


def _runs(line: str) -> Iterator[Run]:
    at = 0
    for met in _RUN.finditer(line):
        if met.start() > at:
            yield Run("plain", line[at : met.start()])
        yield Run(met.lastgroup or "plain", met[met.lastgroup or 0])
        at = met.end()
    if at < len(line):
        yield Run("plain", line[at:])
