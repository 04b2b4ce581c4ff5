"""Where sentences end, in plain running text of news. Rules only; abbreviations and initials do not end one.

Western, Arabic, Indic and CJK stops are known. Linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_STOP = re.compile(r"""(?<![.!?…؟۔।])[.!?…؟۔।]++["'”’»)\]]*+(?=\s)|[。！？]+[」』”’"]*""")
_STOPS = re.compile("[.!?…؟۔।。！？]")  # what the other begins with, which is found faster
_OPENING = re.compile(r"[(\[\"'“‘«]")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?|[A-Za-z]")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st sr jr gen col lt capt sgt maj adm gov sen rep pres hon rev corp inc ltd co bros vs no vol"
    " fig art sec dept est approx etc e.g i.e cf al jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu"
    " fri sat sun mt ft ave blvd".split()
)
_OPENS_SENTENCE = re.compile(r"\s*[\"'“‘«(\[¿¡]*(?:[^\W_a-z]|\d)")
_LONGEST_WORD = 40
_NEAR = 500  # characters on either side within which a sentence mostly begins and ends


def ends(text: str) -> list[int]:
    """The offsets just after each sentence of `text`, in order; the end of the text closes the last one."""
    found = []
    done = 0
    for stop in _STOPS.finditer(text):
        if stop.start() >= done and (match := _STOP.match(text, stop.start())) is not None:
            done = match.end()
            if _closes(text, match):
                found.append(done)
    length = len(text.rstrip())
    if length and (not found or found[-1] < length):
        found.append(length)
    return found


def around(text: str, at: int) -> tuple[int, int]:
    """Where the sentence that holds the character `at` starts and ends; `text` may be long, `at` must lie in it."""
    begin, stop = max(0, at - _NEAR), min(len(text), at + _NEAR)
    found = [begin + end for end in ends(text[begin:stop])]
    before = [end for end in found if end <= at and (end > begin + _LONGEST_WORD or not begin)]
    after = [end for end in found if end > at and (end < stop - _LONGEST_WORD or stop == len(text))]
    if (before or not begin) and after:
        return (before[-1] if before else 0), after[0]
    return _around(text, at)


def _around(text: str, at: int) -> tuple[int, int]:
    found = ends(text)
    number = bisect_right(found, at)
    return (found[number - 1] if number else 0), (found[number] if number < len(found) else len(text))


def _closes(text: str, match: re.Match[str]) -> bool:
    if match[0][0] in "。！？":
        return True
    if not _OPENS_SENTENCE.match(text, match.end()):
        return False
    if match[0][0] != "." or len(match[0]) > 1:
        return True
    return not _is_abbreviation(_last_word(text, match.start()))


def _last_word(text: str, end: int) -> str:
    """What stands right before `end`, back to a space or an opening mark."""
    near = text[max(0, end - _LONGEST_WORD) : end]
    words = near.split()
    if not words or near[-1].isspace():
        return ""
    return words[-1] if words[-1].isalnum() else _OPENING.split(words[-1])[-1]


def _is_abbreviation(word: str) -> bool:
    return word.casefold() in _ABBREVIATIONS or _INITIALS.fullmatch(word) is not None
