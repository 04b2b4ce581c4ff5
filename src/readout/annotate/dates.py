"""Days, months, years and hours as dates name them: "June 5", "last September", "Thursday night", "the 1990s", "'82".

Each reader takes the scene and the place of its trigger word, and gives a reading or None.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, timedelta

from readout.annotate import calendars
from readout.annotate.calendars import Stretch
from readout.annotate.scene import AHEAD, BEHIND, OPEN, Found, Scene, nearest

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_NUMERIC = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})")
_DASHES = frozenset({"-", "–", "—", "‐", "‑"})
_RANGE = _DASHES | {"to", "through"}
_IN = frozenset(
    {
        "in",
        "since",
        "by",
        "until",
        "till",
        "from",
        "to",
        "for",
        "during",
        "before",
        "after",
        "of",
        "last",
        "this",
        "next",
        "early",
        "late",
        "mid",
        "and",
        "between",
        "through",
        "end",
        "the",
        "every",
        "late-",
        "on",
        "earlier",
        "as",
        "or",
        "around",
    }
)
_SEASON_TOLD = frozenset({"last", "this", "next", "in", "by", "since", "during", "until", "over", "of"})
_VERB_LIKE = frozenset({"may", "march"})
_MONEY = frozenset("$€£¥#")
_ATTACKS = (9, 11)
_FIRST_DECADE, _LAST_DECADE = 150, 210
_ABBREVIATED = 4
_SHORT_MONTHS = frozenset({"may", "june", "july"})
_SEASON_DAYS = 90
_GREGORIAN = 1583  # the first whole year of that calendar
_APART = 15  # years: a two-digit year this far ahead is of the century before
_FIRST_CERTAIN, _LAST_CERTAIN = 1800, 2060


def month(scene: Scene, place: int) -> Found | None:
    """A month with its day and year where they stand beside it, as "June 5 , 2025", "5 June" or "last September"."""
    if not scene.is_capital(place) or (scene.word(place) in _VERB_LIKE and not _is_month(scene, place)):
        return None
    number = scene.lexicon.months[scene.word(place)]
    after = place + 1
    after += _is_abbreviated(scene, place)
    day, end_day, last = _day_after(scene, after)
    first = place
    if day is None:
        day, first = _day_before(scene, place)
        last = after - 1
    year, last = year_after(scene, last + 1, last)
    if day is None:
        return _whole_month(scene, (first, last), number, year)
    return _day_of_month(scene, (first, last), number, (day, end_day, year))


def _is_abbreviated(scene: Scene, place: int) -> bool:
    """Whether a stop follows that belongs to the month and ends no sentence."""
    word = scene.word(place)
    is_short = len(word) <= _ABBREVIATED and word not in _SHORT_MONTHS
    return is_short and scene.word(place + 1) == "." and scene.touches(place) and scene.is_near(place, place + 2)


def _is_month(scene: Scene, place: int) -> bool:
    beside = scene.word(place + 1), scene.word(place - 1)
    return bool(
        _DAY.fullmatch(beside[0]) or _YEAR.fullmatch(beside[0]) or _DAY.fullmatch(beside[1]) or beside[1] in _IN
    )


def _day_after(scene: Scene, place: int) -> tuple[int | None, int | None, int]:
    """The day of the month at `place`, the last day of a range, and the last token taken (`place - 1` for none)."""
    found = _DAY.fullmatch(scene.word(place)) if scene.is_near(place - 1, place) else None
    if not found or scene.word(place + 1) in {"%", "percent", "million", "billion"}:
        return None, None, place - 1
    more = _DAY.fullmatch(scene.word(place + 2)) if scene.word(place + 1) in _RANGE else None
    if more and int(more[1]) > int(found[1]):
        return int(found[1]), int(more[1]), place + 2
    return int(found[1]), None, place


def _day_before(scene: Scene, place: int) -> tuple[int | None, int]:
    before = place - 2 if scene.word(place - 1) == "of" else place - 1
    found = _DAY.fullmatch(scene.word(before))
    if not found or (before < place - 1 and not scene.word(before)[-1].isalpha()):
        return None, place
    return int(found[1]), before - 1 if scene.word(before - 1) == "the" and before < place - 1 else before


def year_after(scene: Scene, place: int, last: int) -> tuple[int | None, int]:
    """The year that stands at `place` ("2008", ", 2008", "of next year"), and the last token of it, else `last`."""
    at = place + 1 if scene.word(place) in {",", "of", "in"} else place
    if not scene.is_near(last, at):
        return None, last
    if _YEAR.fullmatch(scene.word(at)):
        return int(scene.word(at)), at
    offsets = {"last": -1, "next": 1, "this": 0, "same": None, "that": None}
    at += scene.word(at) == "the" and scene.word(at + 2) == "year"
    if scene.word(at + 1) != "year" or scene.word(at) not in offsets:
        return None, last
    offset, base = offsets[scene.word(at)], scene.today
    if offset is None:
        base, offset = scene.reference, 0
    return (base.year + offset, at + 1) if base else (None, last)


def _whole_month(scene: Scene, ends: tuple[int, int], number: int, year: int | None) -> Found | None:
    first, last = ends
    relation = scene.word(first - 1)
    if relation in {"last", "next", "this", "past"}:
        first -= 1
    if year is not None:
        return Found(first, last, calendars.month(year, number), "DATE", "month and year as stated")
    if scene.today is None:
        return Found(first, last, Stretch(f"XXXX-{number:02}"), "DATE", "no year stated and no publication date")
    direction = {"last": BEHIND, "past": BEHIND, "next": AHEAD}.get(relation, OPEN) or scene.direction(first, last)
    options = _in_years(scene.today, number, 1)
    if relation in {"last", "next"}:
        options = [one for one in options if one.month != scene.today.month or one.year != scene.today.year]
    chosen = nearest(options, scene.today, direction)
    if chosen is None:
        return None
    return Found(first, last, calendars.month(chosen.year, number), "DATE", _basis("month", direction))


def _day_of_month(
    scene: Scene, ends: tuple[int, int], number: int, stated: tuple[int, int | None, int | None]
) -> Found | None:
    first, last = ends
    day, end_day, year = stated
    basis = "day, month and year as stated"
    if (number, day) == _ATTACKS and any(scene.is_any(place, "attacks") for place in (last + 1, last + 2)):
        year = 2001
    if year is not None:
        chosen = calendars.dated(year, number, day)
    elif scene.today is None:
        value = f"XXXX-{number:02}-{day:02}"
        return Found(first, last, Stretch(value), "DATE", "no year stated and no publication date")
    else:
        direction = scene.direction(first, last)
        chosen = nearest(_in_years(scene.today, number, day), scene.today, direction)
        basis = _basis("day", direction)
    if chosen is None:
        return None
    until = calendars.dated(chosen.year, number, end_day) if end_day else None
    stretch = calendars.days(chosen, until) if until else calendars.day(chosen)
    return Found(first, last, stretch, "DATE", basis)


def _in_years(today: date, number: int, day: int) -> list[date]:
    years = range(max(1, today.year - 1), min(9999, today.year + 1) + 1)
    return [one for year in years if (one := calendars.dated(year, number, day))]


def _basis(what: str, direction: int) -> str:
    way = {AHEAD: "ahead of", BEHIND: "up to", OPEN: "nearest to"}[direction]
    return f"{what} of that name {way} the publication"


def weekday(scene: Scene, place: int) -> Found | None:
    """A day of the week, with its date or part of the day where they follow."""
    if not scene.is_capital(place):
        return None
    after = place + 1 + (scene.word(place + 1) in {",", "."})
    if scene.is_near(place, after):
        if scene.word(after) in scene.lexicon.months and (found := month(scene, after)) and found.first == after:
            return found._replace(first=place)
        if _DAY.fullmatch(scene.word(after)) and scene.word(after + 1) in scene.lexicon.months:
            dated = month(scene, after + 1)
            return dated._replace(first=place) if dated else None
    if scene.word(place).endswith("s"):
        return Found(place, place, Stretch(f"XXXX-WXX-{scene.lexicon.weekdays[scene.word(place)] + 1}"), "SET", "each")
    return _weekday_alone(scene, place)


def _weekday_alone(scene: Scene, place: int) -> Found:
    number = scene.lexicon.weekdays[scene.word(place)]
    relation = scene.word(place - 1)
    first = place - 1 if relation in {"last", "next", "this", "coming", "past", "following"} else place
    if scene.today is None:
        return Found(first, place, Stretch(f"XXXX-WXX-{number + 1}"), "DATE", "no publication date")
    fixed = {"last": BEHIND, "past": BEHIND, "next": AHEAD, "coming": AHEAD, "following": AHEAD}.get(relation)
    direction = fixed or scene.direction(first, place)
    ahead = (number - scene.today.weekday()) % 7
    offset = ahead if direction == AHEAD else -((-ahead) % 7)
    if fixed and offset == 0:
        offset = 7 * fixed
    chosen = calendars.shifted(scene.today, "D", offset)
    if chosen is None:
        return Found(first, place, Stretch(f"XXXX-WXX-{number + 1}"), "DATE", "out of the calendar")
    way = "on or after" if direction == AHEAD else "on or before"
    return Found(first, place, calendars.day(chosen), "DATE", f"that day of the week {way} the publication")


def year(scene: Scene, place: int) -> Found | None:
    """A year standing alone, a range of years, or the beginning of an ISO date."""
    number, before, after = int(scene.word(place)), scene.word(place - 1), scene.word(place + 1)
    if before in _MONEY or (before in _DASHES and scene.touches(place - 1) and scene.touches(place - 2)):
        return None
    if after in _DASHES and scene.touches(place) and (found := _dashed(scene, place)):
        return found
    if after in scene.lexicon.words["notyears"] or (scene.touches(place) and after in {"%", "/"}):
        return None
    if not _FIRST_CERTAIN <= number < _LAST_CERTAIN and before not in _IN:
        return None
    first = place - 1 if before == "fiscal" else place
    if before == "year" and scene.is_near(place - 1, place):
        first = place - 2 if scene.word(place - 2) == "the" else place - 1
    return Found(first, place, calendars.year(number), "DATE", "year as stated")


def _dashed(scene: Scene, place: int) -> Found | None:
    head, tail = int(scene.word(place)), scene.word(place + 2)
    if not tail.isdigit():
        return None
    if scene.word(place + 3) in _DASHES and scene.word(place + 4)[:2].isdigit() and len(tail) == len("01"):
        chosen = calendars.dated(head, int(tail), int(scene.word(place + 4)[:2]))
        return Found(place, place + 4, calendars.day(chosen), "DATE", "date as stated") if chosen else None
    until = int(tail) if len(tail) == len("2008") else head // 100 * 100 + int(tail)
    if head < until < head + 100 and len(tail) in {2, 4}:
        return Found(place, place + 2, calendars.years(head, until), "DATE", "years as stated")
    return None


def short_year(scene: Scene, place: int) -> Found | None:
    """A year as "'82", the mark of elision at `place`."""
    tail = scene.word(place + 1)
    if not (scene.touches(place) and len(tail) == len("82") and tail.isdigit()):
        return None
    if scene.touches(place + 1) and scene.word(place + 2) in {"'", "’", "s"}:
        return None
    base = scene.today.year if scene.today else None
    if base is None:
        return Found(place, place + 1, Stretch(f"XX{tail}"), "DATE", "no publication date to tell the century")
    number = base // 100 * 100 + int(tail)
    number -= 100 if number > base + _APART else 0
    return Found(place, place + 1, calendars.year(number), "DATE", "year of that ending nearest to the publication")


def decade(scene: Scene, place: int) -> Found | None:
    """A decade: "the 1990s", "the 70s"; the word array cuts them before the last nought."""
    head = scene.word(place - 1)
    if not (scene.touches(place - 1) and head.isdigit() and len(head) in {1, 3}):
        return None
    first = place - 1 if scene.word(place - 2) not in {"'", "’"} else place - 2
    if scene.word(first - 1) == "the":
        first -= 1
    number = int(head) if len(head) == len("199") else 190 + int(head)
    if not _FIRST_DECADE <= number <= _LAST_DECADE:
        return None
    return Found(first, place, calendars.decade(number), "DATE", "decade as stated")


def numeric(scene: Scene, place: int) -> Found | None:
    """A date in digits, "05/06/2025"; which is the day is told by the publication where both could be."""
    found = _NUMERIC.fullmatch(scene.word(place))
    if not found:
        return None
    one, other, number = int(found[1]), int(found[3]), int(found[4])
    options = [made for d, m in {(one, other), (other, one)} if (made := calendars.dated(number, m, d))]
    if len(options) == 1:
        return Found(place, place, calendars.day(options[0]), "DATE", "date as stated")
    today = scene.today
    if len(options) > 1 and today is not None and any(abs(made - today) <= timedelta(days=7) for made in options):
        chosen = min(options, key=lambda made: abs(made - today))
        return Found(place, place, calendars.day(chosen), "DATE", "day and month as they agree with the publication")
    return Found(place, place, calendars.year(number), "DATE", "day and month could be either way round")


def season(scene: Scene, place: int) -> Found | None:
    """A season with what tells that it is one: "last summer", "in the spring of 2009"."""
    code, before = scene.lexicon.seasons[scene.word(place)], scene.word(place - 1)
    number, last = year_after(scene, place + 1, place)
    told_by = scene.word(place - 2) if before == "the" else before
    if number is None and told_by not in _SEASON_TOLD:
        return None
    first = place - 1 if before in {"last", "this", "next", "the"} else place
    if number is None and scene.today is None:
        return Found(first, last, Stretch(f"XXXX-{code}"), "DATE", "no publication date")
    if number is None and scene.today is not None:
        direction = {"last": BEHIND, "next": AHEAD}.get(before, OPEN) or scene.direction(first, last)
        starts = [one.date() for back in (-1, 0, 1) if (one := calendars.season(scene.today.year + back, code).start)]
        if before in {"last", "next"}:
            starts = [one for one in starts if not one <= scene.today < one + timedelta(days=_SEASON_DAYS)]
        chosen = nearest(starts, scene.today, direction)
        number = chosen.year if chosen else None
    return Found(first, last, calendars.season(number, code), "DATE", "season") if number is not None else None


def holiday(scene: Scene, place: int) -> Found | None:
    """A holiday by name, in the year stated or the one nearest to the publication on the side the tense tells."""
    if not scene.is_capital(place):
        return None
    for length in (4, 3, 2, 1):
        name = " ".join(scene.lower[place : place + length]).replace("’", "'")
        if name in scene.lexicon.holidays and scene.is_near(place, place + length - 1):
            break
    else:
        return None
    if scene.is_name(place + length - 1):
        return None
    number, last = year_after(scene, place + length, place + length - 1)
    rule = scene.lexicon.holidays[name]
    if number is not None:
        chosen = _celebrated(rule, number)
        return Found(place, last, calendars.day(chosen), "DATE", "holiday of the year stated") if chosen else None
    if scene.today is None:
        return Found(place, last, Stretch("XXXX-XX-XX"), "DATE", "no publication date")
    years = (scene.today.year - 1, scene.today.year, scene.today.year + 1)
    direction = {"last": BEHIND, "next": AHEAD}.get(scene.word(place - 1), OPEN) or scene.direction(place, last)
    options = [one for each in years if (one := _celebrated(rule, each))]
    chosen = nearest(options, scene.today, direction)
    return (
        Found(place, last, calendars.day(chosen), "DATE", "the holiday nearest to the publication") if chosen else None
    )


def _celebrated(rule: int | list[int], number: int) -> date | None:
    if not _GREGORIAN <= number < MAXYEAR:
        return None
    if isinstance(rule, int):
        return calendars.easter(number) + timedelta(days=rule)
    if len(rule) == len(("month", "day")):
        return calendars.dated(number, rule[0], rule[1])
    month_number, weekday_number, which = rule
    if which < 0:
        end = date(number + month_number // 12, month_number % 12 + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday_number) % 7)
    begin = date(number, month_number, 1)
    return begin + timedelta(days=(weekday_number - begin.weekday()) % 7 + 7 * (which - 1))
