"""Days named from the publication, parts of a day and hours of the clock: "today", "overnight", "16:00 UTC", "8 p.m.".

Each reader takes the scene and the place of its trigger word, and gives a reading or None.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from readout.annotate import calendars
from readout.annotate.calendars import Stretch
from readout.annotate.scene import AHEAD, Found, Scene
from readout.models import Precision

CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.][0-5]\d)?")
GLUED = re.compile(r"(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))?([ap])\.?m\.?")
_PLAIN = re.compile(r"0?[1-9]|1[0-2]")
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_NIGHT = 18, 30  # hours; the second is six in the morning after
_LAST_ZONE = 14
_OF_A_DAY = frozenset({"meeting", "summit", "announcement", "vote", "talks", "call", "news", "attack", "hearing"})
_HALF_DAY = 12
_MIDNIGHT = "T00:00"


def named_day(scene: Scene, place: int) -> Found | None:
    """Read "today", "yesterday", "tonight", "overnight", counted from the publication."""
    word = scene.word(place)
    if scene.ends_name(place):
        return None
    if word == "today" and scene.word(place + 1) in {"'s", "’s"} and scene.word(place + 2) not in _OF_A_DAY:
        return Found(place, place, Stretch("PRESENT_REF"), "DATE", "about the publication")
    if scene.today is None:
        return Found(place, place, Stretch("XXXX-XX-XX"), "DATE", "no publication date")
    when = calendars.shifted(scene.today, "D", scene.lexicon.days[word][0])
    return _day_or_night(scene, place, when) if when else None


def _day_or_night(scene: Scene, place: int, when: date) -> Found:
    code = scene.lexicon.days[scene.word(place)][1]
    if not code:
        return Found(place, place, calendars.day(when), "DATE", "counted from the publication")
    if scene.word(place) == "overnight" and scene.direction(place, place) != AHEAD:
        return Found(place, place, _night_before(when), "TIME", "the night before the publication")
    stretch = calendars.part(when, code, *_NIGHT)
    return Found(place, place, stretch, "TIME", "night of the publication")


def _night_before(when: date) -> Stretch:
    before = calendars.shifted(when, "D", -1)
    return calendars.part(before or when, "NI", *_NIGHT)


def daypart(scene: Scene, place: int) -> Found | None:
    """Read "this morning", "Thursday night" (joined to its day later), "the evening"."""
    code, start, end = scene.lexicon.dayparts[scene.word(place)]
    before = scene.word(place - 1)
    if scene.word(place).endswith("s"):
        return None
    is_dated = before in scene.lexicon.weekdays or before in {"yesterday", "tomorrow"}
    if before not in {"this", "that", "the", "last", "in", "same", "early", "late", "at"} and not is_dated:
        return None
    if before in {"the", "at"} and not (code == "NI" or scene.word(place - 2) in {"in", "during", "of", "by", "later"}):
        return None
    first = place - 1 if before in {"this", "that", "the", "last", "same"} else place
    base = scene.today if before in {"this", "last"} else scene.reference
    when = calendars.shifted(base, "D", -1 if before == "last" else 0) if base else None
    if when is None:
        return Found(first, place, Stretch(f"XXXX-XX-XXT{code}"), "TIME", "no publication date")
    return Found(first, place, calendars.part(when, code, start, end), "TIME", "part of the day spoken of")


def clock(scene: Scene, place: int) -> Found | None:
    """An hour of the clock: "6:40 p.m. (GMT +8)", "0800 UTC", "8 pm", "noon"."""
    word = scene.word(place)
    if word in {"noon", "midnight"}:
        return _at(scene, (place, place), (12 if word == "noon" else 0, 0), exact=False)
    if glued := GLUED.fullmatch(word):
        hour, minute = _hour(int(glued[1]), glued[3]), int(glued[2] or 0)
        return _at(scene, (place, place), (hour, minute), exact=bool(glued[2]))
    if word[:1] in "ap" and word[-1:] in ".m":
        return _half_day(scene, place)
    full = CLOCK.fullmatch(word)
    if full and ":" in word and scene.word(place + 1)[:3] not in {"a.m", "p.m", "am", "pm"}:
        return _at(scene, (place, place), (int(full[1]), int(full[2])), exact=True)
    military = _MILITARY.fullmatch(word)
    if military and (scene.word(place + 1) in scene.lexicon.zones or scene.word(place + 1) in {"hours", "hrs"}):
        return _at(scene, (place, place), (int(military[1]), int(military[2])), exact=True)
    return None


def _half_day(scene: Scene, place: int) -> Found | None:
    before, letter = scene.word(place - 1), scene.word(place)[0]
    if scene.word(place) in {"am", "pm"} and not before[:1].isdigit():
        return None
    last = (
        place + 1
        if scene.word(place + 1) == "." and scene.touches(place) and scene.is_near(place, place + 1)
        else place
    )
    if full := CLOCK.fullmatch(before):
        return _at(scene, (place - 1, last), (_hour(int(full[1]), letter), int(full[2])), exact=True)
    if _PLAIN.fullmatch(before):
        return _at(scene, (place - 1, last), (_hour(int(before), letter), 0), exact=False)
    return None


def _hour(hour: int, letter: str) -> int:
    return hour % _HALF_DAY + (_HALF_DAY if letter == "p" else 0) if hour <= _HALF_DAY else hour


def _at(scene: Scene, ends: tuple[int, int], when: tuple[int, int], *, exact: bool) -> Found:
    """An instant of the day spoken of; its zone is the one stated beside it, else the scene's."""
    last, zone = _zone_after(scene, ends[1])
    hour, minute = when
    mark = (
        ""
        if zone is None
        else "Z"
        if zone == 0
        else f"{'+' if zone > 0 else '-'}{abs(zone) // 60:02}:{abs(zone) % 60:02}"
    )
    tail = f"T{hour:02}:{minute:02}{mark}"
    day = scene.reference
    if day is None:
        return Found(ends[0], last, Stretch(f"XXXX-XX-XX{tail}"), "TIME", "no publication date")
    start = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - local time
    basis = "hour of the day spoken of" + ("" if zone is None else f", zone {zone:+} minutes as stated")
    length, precision = (timedelta(minutes=1), Precision.MINUTE) if exact else (timedelta(hours=1), Precision.HOUR)
    try:
        end = start + length
    except OverflowError:
        end = start
    return Found(ends[0], last, Stretch(f"{day.isoformat()}{tail}", start, end, precision), "TIME", basis)


def _zone_after(scene: Scene, last: int) -> tuple[int, int | None]:
    """The last token of a zone after `last`, and its minutes east of Greenwich; (last, None) where none is stated."""
    at = last + 1
    is_bracketed = scene.word(at) == "("
    at += is_bracketed
    if scene.word(at) in {"local", "eastern", "hours", "hrs"}:
        return (at + (scene.word(at + 1) == "time"), None) if not is_bracketed else (last, None)
    if scene.word(at) not in scene.lexicon.zones or not scene.is_near(last, at) or not scene.cut.words[at].isupper():
        return last, None
    zone, sign, hours = scene.lexicon.zones[scene.word(at)], scene.word(at + 1), scene.word(at + 2)
    if sign in {"+", "-"} and hours.isdigit() and len(hours) <= len("14") and int(hours) <= _LAST_ZONE:
        zone, at = int(f"{sign}{hours}") * 60, at + 2
    if is_bracketed and scene.word(at + 1) == ")":
        at += 1
    elif is_bracketed:
        return last, zone
    return at, zone
