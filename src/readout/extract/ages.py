"""The ages and dates that pages show beside an outlet: how to tell one, alone on a line or glued to the outlet's name.

Only recognises; `dates` turns what was recognised into a Moment.
"""

from __future__ import annotations

import re

_UNITS = r"(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?)"
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_CLOCK = r"(?:[,\s]+(?:at\s+)?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,5})?)?"
_RELATIVE = (
    rf"(?:an?|one|a few|\d{{1,3}})\s+{_UNITS}\s+ago|\d{{1,3}}\s?(?:m|h|d|w|mo|y|min|hr)s?\s+ago|yesterday|just now"
)
_NUMERIC = (
    r"(?:\d{1,2}(?P<dmy>[-/.])\d{1,2}(?P=dmy)(?:19|20)\d{2}|(?:19|20)\d{2}(?P<ymd>[-/.])\d{1,2}(?P=ymd)\d{1,2})"
    rf"{_CLOCK}"
)
_WRITTEN = (
    rf"(?:{_MONTHS}\.?\s+\d{{1,2}}(?:,?\s+(?:19|20)\d{{2}})?|\d{{1,2}}\s+{_MONTHS}\.?(?:\s+(?:19|20)\d{{2}})?)" + _CLOCK
)
_LABEL = r"(?:time|date|clock|published|updated|posted|last updated)?\s?:?\s*(?:on\s+)?"

_ALONE = re.compile(rf"{_LABEL}(?P<age>{_RELATIVE}|{_NUMERIC}|{_WRITTEN})", re.IGNORECASE)

# Glued: no space between the name and the age. Two digits are taken where both fit the unit (59 minutes, 23 hours, 31
# days), because sites switch to the next unit there; so "News2413 hours ago" is News24, 13 hours.
_GLUED_RELATIVE = re.compile(
    r"(?:(?:[1-5]\d|\d)\s+(?:second|minute)s?|(?:1\d|2[0-3]|\d)\s+hours?|(?:[12]\d|3[01]|\d)\s+days?|\d\s+weeks?"
    r"|(?:1[01]|\d)\s+months?|\d{1,2}\s+years?|an?\s+(?:second|minute|hour|day|week|month|year))\s+ago\Z"
    r"|(?:yesterday|just now)\Z",
    re.IGNORECASE,
)
_GLUED_DATE = re.compile(
    r"(?:(?:0[1-9]|[12]\d|3[01])(?P<dmy>[-/.])(?:0[1-9]|1[0-2])(?P=dmy)(?:19|20)\d{2}"
    r"|(?:19|20)\d{2}(?P<ymd>[-/.])(?:0[1-9]|1[0-2])(?P=ymd)\d{2})\Z"
)
_AGE_ENDS = (*"0123456789", "ago", "day", "now")
_LONGEST_OUTLET = 60
_MOST_WORDS = 7  # in the name of an outlet
_LONGEST_AGE = 40


def alone(line: str) -> str | None:
    """The age or date that is all there is on a line, without a label such as "time" or "Updated:"; None otherwise."""
    if len(line) > _LONGEST_AGE + 15:
        return None
    match = _ALONE.fullmatch(line)
    return match["age"] if match else None


def glued(line: str) -> tuple[str, str] | None:
    """An outlet's name and the age or date that follows it on one line: "RTHK13 hours ago" gives ("RTHK", "13 hours
    ago"). None for anything else, a sentence that happens to end so included.
    """
    if not 0 < len(line) <= _LONGEST_OUTLET + _LONGEST_AGE or not line.endswith(_AGE_ENDS):
        return None
    for start in range(max(1, len(line) - _LONGEST_AGE), len(line)):
        if not (_GLUED_RELATIVE.match(line, start) or _GLUED_DATE.match(line, start)):
            continue
        outlet = line[:start].rstrip(" ·|,•–—-")
        return (outlet, line[start:]) if _is_name(outlet) else None
    return None


def _is_name(outlet: str) -> bool:
    words = outlet.split()
    short = 0 < len(words) <= _MOST_WORDS and len(outlet) <= _LONGEST_OUTLET
    return short and not outlet.endswith((".", "?", "!", ":"))
