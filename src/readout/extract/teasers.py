"""Lists of titles that stand where a body should be: a broadcaster's programme, "more videos", a row of headlines."""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = re.compile(r"[0-9][0-9:/.-]{3,9}")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}:\d{2}")
_STOP = re.compile(r"[.!?。！？][\"'”’»)]*(?:\s|\Z)")
_FEWEST = 3
_WORDS_A_DATE = 30
_WORDS_A_STOP = 60


@lru_cache(maxsize=8)  # asked twice of a text
def is_list(text: str) -> bool:
    """Whether a body is a list of titles: dates at the pace of headlines, and hardly a sentence that ends."""
    words = text.count(" ") + text.count("\n") + 1
    dates = _dates(text, max(_FEWEST, words // _WORDS_A_DATE))
    if dates >= _FEWEST and words <= dates * _WORDS_A_DATE:
        return _stops(text) * 2 <= dates
    lines = text.split("\n")
    if len(lines) < 2 * _FEWEST:
        return False
    return max(map(len, lines)) < 4 * _WORDS_A_STOP and _stops(text) * _WORDS_A_STOP < words


def _dates(text: str, enough: int) -> int:
    """How many dates and clock times; 0 where a text has not the marks for enough of them."""
    stops = text.count(".") - text.count(". ")
    if text.count(":") + (text.count("/") + text.count("-") + stops) // 2 < enough:
        return 0
    return sum(1 for digits in _DIGITS.findall(text) if _DATE.fullmatch(digits))


def _stops(text: str) -> int:
    return sum(1 for _ in _STOP.finditer(text))
