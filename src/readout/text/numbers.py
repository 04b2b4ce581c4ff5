"""Numbers as English news writes them: "53,000", "1.5 million", "$3bn", "three dozen", "two and a half", "10-15".

A number is read at a place in a text, with its scale, its currency sign and the second end of a range; what it counts
is not looked at. Dates, clock times, scores, ordinals, telephone and version numbers give none. Linear in what is read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: number for number, word in enumerate(_ONES.split())} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), 2)
}
_SCALES = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "tn": 1e12,
}
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_VAGUE = {"dozens": 12.0, "tens": 10.0, "scores": 20.0} | {f"{word}s": _SCALES[word] for word in list(_SCALES)[1:6]}
_HUNDRED, _THOUSAND = 1e2, 1e3
THOUSANDS = 1e4
_WHOLE_TENS = frozenset(_SMALL[word] for word in _TENS.split())
_WORD = re.compile(r"[a-z]+")
AFTER_ARTICLE = frozenset({*_PARTS, "dozen", "hundred", "thousand", "million", "billion", "trillion", "few"})
_MOST_OF = 9  # "hundreds" are fewer than ten hundred
_TELL_BY_WORD = frozenset({*_SMALL, *_VAGUE, "half", "a", "an", "several", "few"}) - {"zero"}
_SIGNS = frozenset("$€£¥₹₽₴₩₺₪")
_LONGEST = 24  # characters of digits; a longer run is no quantity
_WORDS_KEPT = 1 << 14

_AMOUNT = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NOT_ONE = re.compile(
    r"\d+(?:[-‐‑–]\d+){2,}|\d+(?:\.\d+){2,}|\d+[:/]\d+|\d+[^\W\d_]{1,2}\d|\d{1,2}(?:st|nd|rd|th)\b|\d{25}"
    r"|\d{3}[ \u00a0-]\d{3}[ \u00a0-]\d{4}|\d+['’]?s\b"
)
_DIGITS = re.compile(
    rf"({_AMOUNT})(?:(bn|mn|tn|[mk])(?![^\W_])|[ \u00a0\n-]?(hundred|thousand|million|billion|trillion|dozen)\b(?!s))?",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?:US|AU|NZ|HK|[ACS])?\$|[€£¥₹₽₴₩₺₪]")
_HALF_A = re.compile(r"half[ -]an?[ -](dozen|hundred|thousand|million|billion|trillion)\b", re.IGNORECASE)
_AND_PART = re.compile(
    r"[ ]and[ -](?:(?:a|one)[ -](half|quarter|third)|(two|three)[ -](third|quarter)s)\b", re.IGNORECASE
)
_SCALED_A = re.compile(r"an?[ ](dozen|hundred|thousand|million|billion|trillion)\b", re.IGNORECASE)
_FRACTION = re.compile(
    rf"(an?|{'|'.join(_ONES.split()[1:])})[ -](half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)(s?)\b(?!-)",
    re.IGNORECASE,
)
_WHOLE_PART = re.compile(r"[ ]of\b|[ ](?:less|more|fewer|higher|lower)\b", re.IGNORECASE)
_HALF = re.compile(r"half(?=[ ](?:of|the|its|their|his|her|our|all)\b)", re.IGNORECASE)
_LARGE = r"hundred|thousand|million|billion|trillion"
_ANY = rf"(?:{'|'.join(_SMALL)}|{_LARGE}|dozen)"
_RUN = re.compile(rf"{_ANY}\b(?:(?:[ -]|[ ]and[ ]){_ANY}\b){{0,12}}", re.IGNORECASE)
_ONE_IN = re.compile(r"(one|two|three|four)[ ]in[ ](two|three|four|five|six|seven|eight|ten|\d{1,4})\b", re.IGNORECASE)
_MANY = re.compile(
    r"(?:(tens|dozens|scores|hundreds|thousands)[ ]of[ ](thousands|millions|billions)|(dozens|scores|hundreds|thousands"
    r"|millions|billions|trillions)|(?:several|(?:a[ ])?few)[ ](dozen|hundred|thousand|million|billion))\b",
    re.IGNORECASE,
)
_SCALE = re.compile(r"[ ](hundred|thousand|million|billion|trillion|dozen)\b", re.IGNORECASE)
_SCALE_LAST = re.compile(r"(?:hundred|thousand|million|billion|trillion|dozen|bn|mn|tn|(?<=\d)[mk])$", re.IGNORECASE)
_TO = re.compile(r"[ \u00a0]?[-‐‑–—][ \u00a0]?|[ ](?:to|or)[ ]", re.IGNORECASE)
_AND = re.compile(r"[ ]and[ ]", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween[ ]\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom[ ](?:about[ ]|around[ ]|[$€£])?\Z", re.IGNORECASE)
_LEFT = re.compile(r"[\w#]\Z|[^\W_][-‐‑.,:/'’]\Z|\d[-‐‑–.,:/+]\Z|[ ]No\.?[ ]\Z")


class Number(NamedTuple):
    """`text[start:end]` says a number from `low` to `high`, the same where it is one.

    `sign` is the currency sign that stands before it ("$"), `said` how it is written: "digits", "words", "share" (a
    part of a whole, its value between 0 and 1, "a third") or "vague" ("dozens"). `metres` marks "20m" without a sign,
    which may be metres.
    """

    start: int
    end: int
    low: float
    high: float
    said: str
    sign: str = ""
    metres: bool = False


@lru_cache(maxsize=_WORDS_KEPT)
def begins(word: str) -> bool:
    """Whether a word in lower case, or a sign, may begin a number."""
    return word[:1].isdecimal() or word in _TELL_BY_WORD or word in _SIGNS or _is_compound(word)


def _is_compound(word: str) -> bool:
    """Whether words joined by hyphens begin with a number: "twenty-one", "two-thirds", "half-a-million"."""
    head, hyphen, _ = word.partition("-")
    return bool(hyphen) and head in _TELL_BY_WORD


def read(text: str, start: int) -> Number | None:
    """The number that begins at `start`, with its range where it has one; None for what is no quantity."""
    if _LEFT.search(text, max(0, start - 4), start):
        return None
    one = _single(text, start)
    return one if one is None or one.said in {"share", "vague"} else _ranged(text, one)


def _single(text: str, start: int) -> Number | None:
    sign = _SIGN.match(text, start)
    begin = sign.end() if sign else start
    if text[begin : begin + 1].isdecimal():
        return _digits(text, start, begin, sign[0] if sign else "")
    return None if sign else _spelled(text, start)


def _digits(text: str, start: int, begin: int, sign: str) -> Number | None:
    found = _DIGITS.match(text, begin)
    if found is None or len(found[1]) > _LONGEST or _NOT_ONE.match(text, begin):
        return None
    scale = (found[2] or found[3] or "").lower()
    after = text[found.end() : found.end() + 2]
    if not scale and after[:1] in {",", "."} and after[1:].isdecimal():
        return None
    value = float(re.sub(r"[,\u00a0\u202f]", "", found[1]))
    end = found.end()
    if scale in {"m", "k"} and not sign:
        return Number(start, end, value, value, "digits", metres=True) if scale == "m" else None
    value *= _SCALES.get(scale, 1.0)
    if not scale and (part := _AND_PART.match(text, end)):
        value, end = value + _part(part), part.end()
    return Number(start, end, value, value, "digits", sign)


def _part(found: re.Match[str]) -> float:
    if found[1]:
        return 1 / _PARTS[found[1].lower()]
    return _SMALL[found[2].lower()] / _PARTS[found[3].lower()]


def _spelled(text: str, start: int) -> Number | None:
    return _share(text, start) or _half_a(text, start) or _many(text, start) or _run(text, start)


def _share(text: str, start: int) -> Number | None:
    found = _FRACTION.match(text, start)
    if found:
        top = _SMALL.get(found[1].lower(), 1)
        if (top > 1) == bool(found[3]) and (top > 1 or _WHOLE_PART.match(text, found.end())):
            value = top / _PARTS[found[2].lower()]
            return Number(start, found.end(), value, value, "share") if value <= 1 else None
    out_of = _ONE_IN.match(text, start)
    if out_of:
        whole = _SMALL.get(out_of[2].lower()) or int(out_of[2])
        value = _SMALL[out_of[1].lower()] / max(1, whole)
        return Number(start, out_of.end(), value, value, "share") if value < 1 else None
    half = _HALF.match(text, start)
    return Number(start, half.end(), 0.5, 0.5, "share") if half else None


def _half_a(text: str, start: int) -> Number | None:
    found = _HALF_A.match(text, start)
    value = 0.5
    if found is None:
        found, value = _SCALED_A.match(text, start), 1.0
    if found is None:
        return None
    value *= _SCALES[found[1].lower()]
    return Number(start, found.end(), value, value, "words")


def _many(text: str, start: int) -> Number | None:
    found = _MANY.match(text, start)
    if found is None:
        return None
    unit = _VAGUE[(found[1] or found[3] or f"{found[4]}s").lower()] * (_VAGUE[found[2].lower()] if found[2] else 1)
    return Number(start, found.end(), 2 * unit, _MOST_OF * unit, "vague")


def _run(text: str, start: int) -> Number | None:
    found = _RUN.match(text, start)
    if found is None:
        return None
    taken, value = _valued(found[0])
    end = start + taken
    part = _AND_PART.match(text, end)
    if part:
        value, end = value + _part(part), part.end()
        scale = _SCALE.match(text, end)
        if scale:
            value, end = value * _SCALES[scale[1].lower()], scale.end()
    return Number(start, end, value, value, "words")


def _valued(words: str) -> tuple[int, float]:
    """How many characters of the words make one number, and which: "two three" is cut after the first."""
    total, part, last, end = 0.0, 0.0, float("inf"), 0
    for found in _WORD.finditer(words.lower()):
        word = found[0]
        if word == "and":
            continue
        if word in _SCALES:
            last = _SCALES[word]
            if last >= _THOUSAND:
                total, part = total + (part or 1) * last, 0.0
            else:
                part = (part or 1) * last
        elif _follows(_SMALL[word], last):
            part, last = part + _SMALL[word], _SMALL[word]
        else:
            break
        end = found.end()
    return end, total + part


def _follows(value: float, last: float) -> bool:
    """Whether a small number goes on with one whose last word was `last`: "forty two", not "two three"."""
    if last < _HUNDRED:
        return last in _WHOLE_TENS and 0 < value < 10  # noqa: PLR2004 - a digit
    return value > 0 or last == float("inf")


def _ranged(text: str, one: Number) -> Number | None:
    """The number with the second end of its range; None for a score, "3-1"."""
    head = text[max(0, one.start - 16) : one.start]
    link = _AND.match(text, one.end) if _BETWEEN.search(head) else _TO.match(text, one.end)
    if link is None:
        return one
    other = _single(text, link.end())
    return one if other is None else _both(text, one, other, head, link[0])


def _both(text: str, one: Number, other: Number, head: str, link: str) -> Number | None:
    is_dash = not link.strip().isalpha()
    if other.said not in {"digits", "words"} or (is_dash and other.said != one.said):
        return one
    low = one.low
    scale = _scale_said(text[other.start : other.end])
    if scale and not _scale_said(text[one.start : one.end]) and low * scale < other.low * (1 + 1e-9):
        low *= scale
    if low >= other.low or (link.strip().lower() == "to" and _FROM.search(head)):
        return None if is_dash else one
    return Number(one.start, other.end, low, other.high, one.said, one.sign or other.sign, other.metres)


def _scale_said(words: str) -> float:
    found = _SCALE_LAST.search(words)
    return _SCALES[found[0].lower()] if found else 0.0
