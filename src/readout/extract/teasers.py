"""Lists of titles that stand where a body should be: a broadcaster's programme, "more videos", a row of headlines."""

from __future__ import annotations

import re

_DATE = re.compile(r"\b(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}:\d{2})\b")
_STOP = re.compile(r"[.!?。！？][\"'”’»)]*(?:\s|\Z)")
_FEWEST = 3
_WORDS_A_DATE = 30
_WORDS_A_STOP = 60


def is_list(text: str) -> bool:
    """Whether a body is a list of titles: dates at the pace of headlines, and hardly a sentence that ends."""
    words = text.count(" ") + text.count("\n") + 1
    dates = sum(1 for _ in _DATE.finditer(text))
    stops = sum(1 for _ in _STOP.finditer(text))
    if dates >= _FEWEST and words <= dates * _WORDS_A_DATE:
        return stops * 2 <= dates
    lines = text.split("\n")
    return len(lines) >= 2 * _FEWEST and stops * _WORDS_A_STOP < words and max(map(len, lines)) < 4 * _WORDS_A_STOP
