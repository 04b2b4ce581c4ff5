"""The ages and dates that pages show beside an outlet: how to tell one that is all there is to a line, or to a part.

Only recognises; `dates` turns what was recognised into a Moment. The words are in `ages.toml` and `dates.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from readout.extract import almanac
from readout.text.occurrences import Finder

LONGEST = 90  # characters

_UNITS = r"(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|wks?|months?|years?|yrs?)"
_RELATIVE = (
    rf"(?:(?:about|over|almost|around|more than|less than) )?(?:an?|one|a few|a couple of|\d{{1,3}})\s+{_UNITS}\s+ago"
    r"|\d{1,3}\s?(?:mo|min|hr|sec|yr|wk|[smhdwy])s?\.?\s+ago|\d{1,2}(?:[mhdw]|mo|min|hr)s?"
)
_CLOCK = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?"
_NUMERIC = (
    r"(?:\d{1,2}(?P<dmy>[-/.])\d{1,2}(?P=dmy)(?:19|20)?\d{2}|(?:19|20)\d{2}(?P<ymd>[-/.])\d{1,2}(?P=ymd)\d{1,2})"
    rf"(?:[,\sT]+(?:at\s+)?{_CLOCK}(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{{2,5}}|Z)?)?"
)
_CJK_DATE = rf"(?:19|20)\d{{2}} ?[年년] ?\d{{1,2}} ?[月월] ?\d{{1,2}} ?[日일]?(?:\s*\(?\w\)?)?(?:\s*{_CLOCK})?"

# One word, number or sign of a written date such as "Tue, June 10, 2025 at 5:31 PM GMT".
_TOKEN = re.compile(
    rf"(?P<clock>{_CLOCK}(?!\d))|(?P<number>(?:19|20)\d{{2}}(?=\d{{1,2}}:\d)|\d+)(?:st|nd|rd|th|º|er|\.(?=\s))?(?![^\W\d_])|(?P<word>[^\W\d_]+)\.?"
    r"|(?P<sign>[,()+–-])|\s+"
)
_TWO_NUMBERS = re.compile(r"\d\D+\d")  # as two dates have
_DIGIT = re.compile(r"\d")
_SMALL_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_NEAR_END = 28  # characters: a clock and a zone may follow a date's last digit
_SMALL_WORDS = frozenset("at on of the de del di le el il den am pm a p m um à as à uhr h klo kl г в".split())
_ZONE = re.compile(r"[A-Z]{2,4}")
_LONGEST_CLOCK = 24  # hours, and so the largest offset of a zone


def alone(text: str) -> str | None:
    """The age or date that is all there is to a text, without a label such as "time" or "Updated:"; None otherwise.

    Of a date and a later one ("Published 3 June, updated 4 June") it is the first.
    """
    if not 1 < len(text) <= LONGEST or not may_hold(text):
        return None
    if _is_age(text):
        return text
    label = _labels().match(text)
    bare = text[label.end() :] if label else text
    later = _later().search(bare, 1) if _TWO_NUMBERS.search(bare) else None
    if later and _is_age(bare[later.end() :]):
        bare = bare[: later.start()].rstrip(" ,;|(-–—")
    return bare if _is_age(bare) else None


def may_hold(text: str) -> bool:
    """False where a short text cannot hold an age: it has neither a digit nor a word that ages without one need."""
    return _DIGIT.search(text) is not None or (len(text) <= 2 * LONGEST and _is_hinted(text))


def may_end(text: str) -> bool:
    """False where no age or date can be the last words of a text: these have a digit, a month or a word that ages need
    close to their end.
    """
    if _SMALL_NUMBER.search(text, max(0, len(text) - _NEAR_END)):
        return True
    words = text.rsplit(maxsplit=2)[-2:]
    if any(almanac.month(word.strip(".,()")) is not None for word in words):
        return True
    return _is_hinted(text[-LONGEST:])


def is_label(text: str) -> bool:
    """Whether a text is only what pages put before a date: "Published"."""
    return len(text) <= LONGEST and _labels().fullmatch(text) is not None


def is_date(age: str) -> bool:
    """Whether an age is a date, and not a time counted back from now."""
    return _is_written(age) or _date().match(age) is not None


def _is_age(text: str) -> bool:
    return _simple().fullmatch(text) is not None or _is_written(text)


def _is_written(text: str) -> bool:
    """Whether every word of a text belongs to a date whose month is a word, and its day and month are there."""
    days = months = clocks = at = 0
    for match in _TOKEN.finditer(text):
        if match.start() != at:
            return False
        at = match.end()
        kind = match.lastgroup
        if kind == "number":
            number = int(match["number"][:5])
            if not (1900 <= number < 2100 or 0 < number <= 31):  # noqa: PLR2004 - years and days
                return False
            days += number <= 31  # noqa: PLR2004
        elif kind == "word":
            word = match["word"]
            if almanac.month(word) is not None:
                months += 1
            elif word.casefold() in _SMALL_WORDS or almanac.weekday(word) is not None:
                continue
            elif clocks and _ZONE.fullmatch(word):
                clocks = 0
            else:
                return False
        elif kind == "clock":
            clocks += 1
    return at == len(text) and months == 1 and 0 < days <= 2  # noqa: PLR2004 - a zone's offset may be the second


@cache
def _simple() -> re.Pattern[str]:
    words = _words()
    clock = rf"(?:,| at|,? um| à| alle)? {_CLOCK}(?:\s*[ap]\.?m\.?)?"
    near = rf"(?:{'|'.join(words['spoken'])})(?:{clock})?|(?:{'|'.join(words['spoken_with_clock'])}){clock}"
    return re.compile("|".join([_RELATIVE, *words["ago"], near, _NUMERIC, _CJK_DATE]), re.IGNORECASE)


@cache
def _date() -> re.Pattern[str]:
    return re.compile(rf"{_NUMERIC}|{_CJK_DATE}", re.IGNORECASE)


@cache
def _labels() -> re.Pattern[str]:
    words = _words()
    return re.compile(rf"(?:{'|'.join(words['labels'] + words['short_labels'])})\s?:?\s*", re.IGNORECASE)


@cache
def _later() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_words()['labels'])})(?![^\W\d_])\s?:?\s*", re.IGNORECASE)


def _is_hinted(text: str) -> bool:
    """Whether a text holds a word that ages without a digit need; "fa" only at its end, or every "father" would."""
    lower = text.lower()
    return lower.endswith(" fa") or bool(_hints().places(lower))


@cache
def _hints() -> Finder:
    return Finder(word for line in _words()["hints"] for word in line.split("|"))


@cache
def _words() -> dict[str, list[str]]:
    with files("readout.extract").joinpath("ages.toml").open("rb") as stream:
        return tomllib.load(stream)
