"""The lines of a text capture that are not blank, each with its place on the page. Knows nothing of what they say."""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n]+")
_WIDE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uff5e]")
_SIGNS_A_WORD = 2  # in scripts without spaces
_CHARACTERS_A_WORD = 40  # no language has longer words, and a long address is still long


class Line(NamedTuple):
    """A line that is not blank: `text` is `page.text[start:end]`, without the white space around it."""

    start: int
    end: int
    text: str
    after_blank: bool = False


def lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, in order."""
    found = []
    end = 0
    for match in _LINE.finditer(text):
        words = match[0].strip()
        if not words:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        blank = text.count("\n", end, start) > 1 or text.count("\r", end, start) > 1
        end = start + len(words)
        found.append(Line(start, end, words, blank))
    return found


def count_words(text: str) -> int:
    """How many words a line has; two signs count as one in scripts that set no spaces."""
    spaced = text.count(" ") + text.count("\t") + 1
    if text.isascii() or not _WIDE.search(text):
        return max(spaced, len(text) // _CHARACTERS_A_WORD)
    return spaced + len(_WIDE.findall(text)) // _SIGNS_A_WORD
