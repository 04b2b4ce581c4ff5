"""The lines of a text capture that are not blank, each with its place on the page. Knows nothing of what they say."""

from __future__ import annotations

import re
from typing import NamedTuple

from readout.text.scripts import may_be_unspaced

_LINE_END = re.compile(r"[\r\n]")
_WIDE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uff5e]")
_TELLING = 400  # characters that show the script
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
    at = end = 0
    for raw in _LINE_END.split(text) if "\r" in text else text.split("\n"):
        words = raw.strip()
        if words:
            start = at if words is raw else at + len(raw) - len(raw.lstrip())
            blank = start > end + 1 and (text.count("\n", end, start) > 1 or text.count("\r", end, start) > 1)
            end = start + len(words)
            found.append(Line(start, end, words, blank))
        at += len(raw) + 1
    return found


def count_words(text: str) -> int:
    """How many words a line has; two signs count as one in scripts that set no spaces."""
    spaced = text.count(" ") + text.count("\t") + 1
    if not may_be_unspaced(text[:_TELLING]) or not _WIDE.search(text):
        return max(spaced, len(text) // _CHARACTERS_A_WORD)
    return spaced + len(_WIDE.findall(text)) // _SIGNS_A_WORD
