"""Quantities of time and times told by a unit: "two days after", "last month", "the past decade", "a 12-year low".

Each reader takes the scene and the place of its trigger word, and gives a reading or None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from readout.annotate import calendars, dates
from readout.annotate.calendars import Stretch
from readout.annotate.dates import year_after
from readout.annotate.scene import AHEAD, Found, Scene
from readout.models import Precision

_NUMBER = re.compile(r"\d{1,4}(?:\.\d)?")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_HYPHENS = frozenset({"-", "‐", "‑"})
_AFTER_DAY = frozenset({"of", "when", "after", "before", "he", "she", "they", "that", "this", "it", "we", "i"})
_LASTING = frozenset({"for", "in", "over", "of", "after"})
_PER = frozenset({"per", "each", "every"})
_BACK = frozenset({"ago", "earlier", "before", "since", "after", "later", "previously"})
_RATE_WORDS = frozenset({"times", "once", "twice", "million", "billion", "percent", "%", "thousand"})
_DAY_UNITS = frozenset({"TS", "TM", "TH"})
_ORDERS = {"H": 2, "Q": 4}
_DATED = "unit as counted from the publication"


@dataclass(frozen=True)
class _Phrase:
    """What stands around a unit: the tokens taken, how many (None: unsaid, 0: some), the unit and its relation."""

    first: int
    last: int
    count: float | None
    letter: str
    relation: str
    article: str


def unit(scene: Scene, place: int) -> Found | None:
    """A reading around a unit of time."""
    phrase = _phrase(scene, place)
    if phrase is None:
        return None
    if phrase.relation in _PER or _is_rate(scene, phrase):
        return Found(phrase.first, phrase.last, Stretch(_period(phrase)), "SET", "each")
    if phrase.count is not None:
        return _counted(scene, phrase)
    return _named(scene, phrase)


def compound(scene: Scene, place: int) -> Found | None:
    """One word with hyphens that holds a time: "twelve-year", "third-quarter", "mid-March", "decades-long"."""
    parts = re.split(r"[-‐‑]", scene.word(place))
    head, tail = parts[0], parts[1]
    lexicon = scene.lexicon
    if tail == "old" or parts[-1] == "old":
        return None
    if tail in lexicon.units:
        if head in lexicon.ordinals and lexicon.units[tail] in _ORDERS:
            return _ordered(scene, (place, place), lexicon.ordinals[head], lexicon.units[tail])
        count = _number(scene, head)
        relation = "about" if count is None else ""
        if count is not None:
            phrase = _Phrase(place, place, count, lexicon.units[tail], relation, "")
            return Found(place, place, Stretch(_period(phrase)), "DURATION", "length as stated")
    if head in lexicon.units and tail == "long":
        phrase = _Phrase(place, place, 0, lexicon.units[head], "", "")
        return Found(place, place, Stretch(_period(phrase)), "DURATION", "length unsaid")
    return None


def is_quantity(scene: Scene, place: int) -> bool:
    """Whether the word at `place` begins a number of units or is a unit."""
    word = scene.word(place)
    return (
        word in scene.lexicon.units
        or _number(scene, word) is not None
        or scene.is_any(place, "several")
        or scene.is_any(place, "between")
    )


def _phrase(scene: Scene, place: int) -> _Phrase | None:
    lexicon, letter = scene.lexicon, scene.lexicon.units[scene.word(place)]
    if letter in {"H", "TS"} and scene.word(place) in {"half", "second"} and not _is_order(scene, place):
        return None
    last, first = place, place
    if scene.word(place + 1) in _HYPHENS and scene.touches(place) and scene.touches(place + 1):
        if scene.word(place + 2) == "old":
            return None
        last = place + 2 if scene.word(place + 2) == "long" else place
    if scene.word(place + 1) == "old" or (scene.word(place + 1) == "of" and scene.word(place + 2) == "age"):
        return None
    if scene.is_any(first - 1, "between") and scene.is_near(first - 1, place):
        first -= 1
    if scene.word(first - 1) in _HYPHENS and scene.touches(first - 1):
        first -= 1
    first, count = _count_before(scene, first)
    relation, article = "", ""
    if scene.is_near(first - 1, place) and (
        _is_relation(scene, first - 1) or scene.word(first - 1) in lexicon.ordinals
    ):
        first -= 1
        relation = scene.word(first)
    if scene.word(first - 1) in {"the", "a", "an", "that", "this", "these", "very"} and scene.is_near(first - 1, place):
        first -= 1
        article = scene.word(first)
    return _Phrase(first, last, count, letter, relation, article)


def _is_order(scene: Scene, place: int) -> bool:
    return scene.word(place - 1) in {"first", "second", "last"} and scene.word(place) == "half"


def _is_relation(scene: Scene, place: int) -> bool:
    if scene.word(place) in _PER or scene.word(place) == "same":
        return True
    return any(scene.is_any(place, group) for group in ("last", "next", "this"))


def _count_before(scene: Scene, first: int) -> tuple[int, float | None]:
    """Where a number of units begins before `first`, and the number: None for none, 0 for "several"."""
    before = scene.word(first - 1)
    if not scene.is_near(first - 1, first):
        return first, None
    if before == "of" and scene.is_any(first - 2, "several"):
        return first - 2 - (scene.word(first - 3) == "a"), 0
    if scene.is_any(first - 1, "several"):
        return first - 1 - (scene.word(first - 2) == "a"), 0
    if before in {"a", "an"} and scene.word(first - 2) == "half":
        return first - 2, 0.5
    count = _number(scene, before)
    return (first, None) if count is None else (first - 1, count)


def _number(scene: Scene, word: str) -> float | None:
    if _YEAR.fullmatch(word):
        return None
    if _NUMBER.fullmatch(word):
        return float(word)
    if word in scene.lexicon.numbers:
        return scene.lexicon.numbers[word]
    tens, _, ones = word.replace("‑", "-").partition("-")
    if ones and tens in scene.lexicon.numbers and ones in scene.lexicon.numbers:
        return scene.lexicon.numbers[tens] + scene.lexicon.numbers[ones]
    return None


def _is_rate(scene: Scene, phrase: _Phrase) -> bool:
    if scene.word(phrase.first) not in {"a", "an"} or phrase.count != 1 or scene.word(phrase.last + 1) in _BACK:
        return False
    before = scene.word(phrase.first - 1)
    return bool(before[:1].isdigit() and before != "0") or before in _RATE_WORDS


def _period(phrase: _Phrase) -> str:
    """The TIMEX3 value of a length of time."""
    scale = {"F": (2, "W"), "E": (10, "Y"), "C": (100, "Y"), "WE": (1, "WE"), "H": (6, "M")}
    factor, letter = scale.get(phrase.letter, (1, phrase.letter))
    count = 1 if phrase.count is None else phrase.count
    amount = f"{count * factor:g}" if count else "X"
    return f"PT{amount}{letter[1]}" if letter in _DAY_UNITS else f"P{amount}{letter}"


def _counted(scene: Scene, phrase: _Phrase) -> Found | None:
    """A number of units, and where it says so from or to when."""
    after, count = scene.word(phrase.last + 1), phrase.count or 0
    if count and (found := _told(scene, phrase, after)):
        return found
    is_one_day = phrase.letter == "D" and scene.word(phrase.last - 1) == "one"
    if count == 1 and after not in _BACK and (phrase.letter in _ORDERS or is_one_day):
        return None
    is_hyphened = phrase.article in {"a", "an"} and scene.word(phrase.last - 1) in _HYPHENS
    first = phrase.first + is_hyphened
    if not count or scene.now is None:
        return Found(first, phrase.last + (after == "ago"), Stretch(_period(phrase)), "DURATION", "length as stated")
    return _placed(scene, phrase, first, after)


def _told(scene: Scene, phrase: _Phrase, after: str) -> Found | None:
    """A time that is told by its distance: "two days ago", "a year earlier", "in two years' time"."""
    count = phrase.count or 0
    if after == "ago":
        return _dated(scene, phrase, scene.today, -count)
    if after in {"earlier", "previously", "later"}:
        base = (scene.named if after == "later" else scene.of_unit(phrase.letter)) or None
        return _dated(scene, phrase, base, count if after == "later" else -count)
    end = scene.word(phrase.last + 2)
    if (after in {"'", "’", "'s"} and end == "time") or (after == "from" and end in {"now", "today"}):
        return _dated(scene, phrase, scene.today, count)._replace(last=phrase.last + 2)
    return None


def _placed(scene: Scene, phrase: _Phrase, first: int, after: str) -> Found:
    """A length of time, with its beginning and end where it touches the publication."""
    now, count, length = scene.now, phrase.count or 0, Stretch(_period(phrase))
    before = scene.word(phrase.first - 1)
    if now is not None and (phrase.relation in scene.lexicon.words["last"] or after in {"since", "after"}):
        stretch = _between(length.value, _moved(now, phrase.letter, -count), now)
        basis = "counted back from the publication"
        return Found(first, phrase.last, stretch, "DURATION", basis)
    is_ahead = phrase.relation in scene.lexicon.words["next"] or (
        before in {"in", "within"} and scene.direction(phrase.first, phrase.last) == AHEAD
    )
    if now is not None and is_ahead:
        stretch = _between(length.value, now, _moved(now, phrase.letter, count))
        return Found(first, phrase.last, stretch, "DURATION", "counted from the publication")
    return Found(first, phrase.last, length, "DURATION", "length as stated")


def _between(value: str, start: datetime | None, end: datetime | None) -> Stretch:
    if start is None or end is None:
        return Stretch(value)
    units = {"H": Precision.HOUR, "D": Precision.DAY, "W": Precision.MONTH, "M": Precision.MONTH}
    precision = (
        Precision.MINUTE if value.startswith("PT") and value[-1] in "MS" else units.get(value[-1], Precision.YEAR)
    )
    return Stretch(value, start, end, precision)


def _moved(now: datetime, letter: str, count: float) -> datetime | None:
    if letter in _DAY_UNITS:
        seconds = {"TS": 1, "TM": 60, "TH": 3600}[letter] * count
        return now + timedelta(seconds=seconds) if seconds < timedelta(days=366).total_seconds() else None
    when = calendars.shifted(now.date(), letter, count)
    return datetime(when.year, when.month, when.day) if when else None  # noqa: DTZ001 - local time


def _dated(scene: Scene, phrase: _Phrase, base: date | None, count: float) -> Found:
    """The time that lies `count` units from `base`, as exact as its unit; weeks are exact to the day when it is one."""
    ends = phrase.first, phrase.last + 1
    when = calendars.shifted(base, phrase.letter, count) if base else None
    if when is None:
        return Found(*ends, Stretch(_period(phrase)), "DURATION", "nothing to count from")
    letter = "D" if phrase.letter == "W" and abs(count) == 1 else phrase.letter
    is_spoken = base != scene.today
    basis = "counted from the day spoken of" if is_spoken else _DATED
    if letter in _DAY_UNITS:
        return Found(*ends, calendars.day(when), "DATE", basis)
    return Found(*ends, calendars.around(when, {"E": "Y", "F": "W", "C": "Y"}.get(letter, letter)), "DATE", basis)


def _named(scene: Scene, phrase: _Phrase) -> Found | None:
    """One unit without a number: "last month", "the third quarter", "the weekend", "that day"; or a bare plural."""
    relation, words = phrase.relation, scene.lexicon.words
    if relation in {"first", "last"} and phrase.letter in {"W", "D", "WE"} and (found := _of_month(scene, phrase)):
        return found
    if relation in scene.lexicon.ordinals:
        return _numbered(scene, phrase)
    if scene.word(phrase.last).endswith("s"):
        return _plural(scene, phrase)
    if relation in words["last"] or relation in words["next"]:
        return _neighbour(scene, phrase)
    if relation in words["this"] or phrase.article == "this":
        return _around(phrase, scene.today, "unit that holds the publication")
    return _spoken(scene, phrase) if relation == "same" or phrase.article in {"the", "that"} else None


def _numbered(scene: Scene, phrase: _Phrase) -> Found | None:
    if phrase.letter not in _ORDERS or (phrase.relation == "final" and phrase.letter != "Q"):
        return None
    return _ordered(scene, (phrase.first, phrase.last), scene.lexicon.ordinals[phrase.relation], phrase.letter)


def _of_month(scene: Scene, phrase: _Phrase) -> Found | None:
    """The first or last day, week or weekend of a month."""
    at = phrase.last + 2
    if scene.word(at - 1) != "of" or scene.word(at) not in scene.lexicon.months:
        return None
    found = dates.month(scene, at)
    if found is None or found.stretch.start is None or found.stretch.end is None:
        return None
    inner = timedelta(days=3 if phrase.letter == "W" else 0)  # a week is its Thursday's month's
    is_first = phrase.relation == "first"
    when = found.stretch.start + inner if is_first else found.stretch.end - timedelta(days=1) - inner
    stretch = calendars.around(when.date(), phrase.letter)
    return Found(phrase.first, found.last, stretch, "DATE", f"of the {found.basis}")


def _plural(scene: Scene, phrase: _Phrase) -> Found | None:
    if phrase.relation in scene.lexicon.words["this"] or phrase.article == "these":
        return Found(phrase.first, phrase.last, Stretch("PRESENT_REF"), "DATE", "about the publication")
    first = phrase.first
    is_told = bool(phrase.relation) or phrase.article == "the" or scene.word(first - 1) in _LASTING
    if not is_told and phrase.letter not in {"E", "C"}:
        return None
    some = _Phrase(first, phrase.last, 0, phrase.letter, phrase.relation, phrase.article)
    return Found(first, phrase.last, Stretch(_period(some)), "DURATION", "length unsaid")


def _neighbour(scene: Scene, phrase: _Phrase) -> Found | None:
    """The unit before or after the one that holds the publication, or the day spoken of."""
    is_next = phrase.relation in scene.lexicon.words["next"]
    is_spoken = phrase.article == "the" and phrase.relation in {"previous", "preceding", "following", "next"}
    base = scene.of_unit(phrase.letter) if is_spoken else scene.today
    if (phrase.relation == "past" and phrase.article == "the") or (phrase.letter in {"E", "C"} and not is_next):
        return _placed(scene, _Phrase(phrase.first, phrase.last, 1, phrase.letter, "last", "the"), phrase.first, "")
    if phrase.letter in _DAY_UNITS:
        return Found(phrase.first, phrase.last, Stretch(_period(phrase)), "DURATION", "length as stated")
    when = calendars.shifted(base, phrase.letter, 1 if is_next else -1) if base else None
    side = "after" if is_next else "before"
    of = "the day spoken of" if is_spoken and base != scene.today else "the publication"
    return _around(phrase, when, f"unit {side} the one that holds {of}")


def _around(phrase: _Phrase, when: date | None, basis: str) -> Found | None:
    if phrase.letter in _DAY_UNITS:
        return None
    last = phrase.last
    if when is None:
        return Found(phrase.first, last, Stretch("XXXX-XX-XX"), "DATE", "no publication date")
    return Found(phrase.first, last, calendars.around(when, phrase.letter), "DATE", basis)


def _spoken(scene: Scene, phrase: _Phrase) -> Found | None:
    """The unit that holds the day spoken of: "the same day", "the day", "the weekend"."""
    if phrase.letter in {"E", "C", "H"} or phrase.letter in _DAY_UNITS or _YEAR.fullmatch(scene.word(phrase.last + 1)):
        return None
    if phrase.letter == "D" and scene.word(phrase.last + 1) in _AFTER_DAY:
        return None
    if phrase.letter == "WE" and scene.reference == scene.today and scene.today:
        back = 0 if scene.today.weekday() >= len("MTWTF") or scene.direction(phrase.first, phrase.last) == AHEAD else -1
        when = calendars.shifted(scene.today, "W", back)
        return _around(phrase, when, "weekend nearest to the publication")
    return _around(phrase, scene.reference, "unit that holds the day spoken of")


def _ordered(scene: Scene, ends: tuple[int, int], number: int, letter: str) -> Found:
    """A quarter or half by its number: of the year stated, else the one last over at the publication."""
    number = min(number, _ORDERS[letter])
    make = calendars.quarter if letter == "Q" else calendars.half
    year, last = year_after(scene, ends[1] + 1, ends[1])
    if year is not None:
        return Found(ends[0], last, make(year, number), "DATE", "year as stated")
    if scene.today is None:
        return Found(*ends, Stretch(f"XXXX-{letter}{number}"), "DATE", "no publication date")
    direction = scene.direction(*ends)
    options = [make(scene.today.year + back, number) for back in (1, 0, -1)]
    over = [one for one in options if one.start is not None and one.start.date() <= scene.today]
    chosen = options[1] if direction == AHEAD or not over else over[0]
    return Found(*ends, chosen, "DATE", "the latest of that number at the publication")
