"""Time expressions of a text, found and resolved against its publication: English words, rules only, no clock.

One pass looks every word up among the words that name times; only around these are the readers of `dates`, `spells`
and `hours` asked, the later of two overlapping readings yields, and neighbours ("Thursday" and "night") are joined.
The method is HeidelTime's (Strötgen and Gertz, 2010): extraction and normalisation rules by word class, with the
publication, the day last spoken of in the paragraph and the tense to resolve what is left open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import compress

from readout.annotate import calendars, dates, hours, spells
from readout.annotate.calendars import Stretch
from readout.annotate.scene import Found, Scene
from readout.annotate.timewords import lexicon
from readout.annotate.tokens import Tokens
from readout.models import Moment, Precision, Span, TimeExpression

_YEAR_WORD = re.compile(r"(?:1[5-9]|20)\d\d")
_MOST_GAP = 2
_JOINTS = frozenset({",", "at", "on", "of", "in", "the", "early", "late"})
_LINKS = frozenset({"at", "on"})
_FINE = frozenset({Precision.SECOND, Precision.MINUTE, Precision.HOUR})
_ELISIONS = frozenset({"'", "’", "‘"})
_WORDS_KEPT = 1 << 14
_ROUNDINGS = frozenset({("at", "least"), ("more", "than"), ("less", "than"), ("up", "to")})
_DATELINE_WORDS = 12

_READERS: dict[str, Callable[[Scene, int], Found | None]] = {
    "month": dates.month,
    "weekday": dates.weekday,
    "season": dates.season,
    "holiday": dates.holiday,
    "decade": dates.decade,
    "unit": spells.unit,
    "day": hours.named_day,
    "daypart": hours.daypart,
    "clock": hours.clock,
}


def expressions(tokens: Tokens, anchor: Moment | None) -> tuple[TimeExpression, ...]:
    """The times that a text names, in order and apart from each other; offsets are characters of the text.

    `anchor` is the publication: its instant, and the zone in which its day is counted; where it states no zone, that of
    the text's dateline is taken if it is one of those we know. Without an anchor only what is stated in full is
    resolved; one known to the month or year is as good as none, since what is counted from it would look exact.
    `precision` is the finest unit that holds the whole stretch, so a week's is the month.
    """
    words = lexicon()
    anchor = None if anchor and anchor.precision in {Precision.MONTH, Precision.YEAR} else anchor
    zone = _zone(tokens, anchor, words.datelines)
    now = (anchor.at + timedelta(minutes=zone)).replace(tzinfo=None) if anchor else None
    scene = Scene(tokens, tokens.lower, tokens.sentences, words, now)
    return tuple(_expression(scene, found, zone) for found in _joined(scene, list(_found(scene))))


def _zone(tokens: Tokens, anchor: Moment | None, datelines: dict[str, int]) -> int:
    """Minutes east of Greenwich in which the publication's day is counted."""
    if anchor is None or anchor.zone is not None:
        return (anchor.zone or 0) if anchor else 0
    head = tokens.lower[:_DATELINE_WORDS]
    closing = next((i for i, word in enumerate(head) if word in {"-", "–", "—", "--"}), 0)
    if anchor.precision not in _FINE or not closing or not tokens.words[0].isupper():
        return 0
    return next((datelines[name] for name in (" ".join(head[:2]), head[0]) if name in datelines), 0)


def _found(scene: Scene) -> Iterator[Found]:
    """The readings in order, none overlapping the one before."""
    taken = -1
    for place, kind in _triggers(scene):
        if place <= taken:
            continue
        _begin_paragraph(scene, place)
        found = _reading(scene, place, kind)
        if found is None or found.last < place:
            continue
        found = _widened(scene, found)
        if found.first <= taken:
            found = found._replace(first=taken + 1)
        taken = found.last
        _remember(scene, found)
        yield found


def _triggers(scene: Scene) -> Iterator[tuple[int, str]]:
    kinds = {word: kind for word in set(scene.lower) if (kind := _trigger(word)) is not None}
    for place in compress(range(len(scene.lower)), map(kinds.__contains__, scene.lower)):
        kind = kinds[scene.lower[place]]
        if kind != "elision" or scene.word(place + 1).isdigit():
            yield place, kind


@lru_cache(maxsize=_WORDS_KEPT)
def _trigger(word: str) -> str | None:
    """The class of a word that may begin a reading; most words have none."""
    known = lexicon().triggers.get(word)
    if known:
        return known
    if word[0].isdigit():
        return "digits" if len(word) > 1 else None
    if "-" in word:
        return "compound" if len(word) > 1 else None
    return "elision" if word in _ELISIONS else None


def _reading(scene: Scene, place: int, kind: str) -> Found | None:
    if kind in _READERS:
        found = _READERS[kind](scene, place)
        return found or (dates.holiday(scene, place) if kind in {"month", "weekday"} else None)
    if kind == "digits":
        return _digits(scene, place)
    if kind == "elision":
        return dates.short_year(scene, place)
    if kind == "compound":
        return _compound(scene, place)
    return _vague(scene, place, kind)


def _digits(scene: Scene, place: int) -> Found | None:
    word = scene.word(place)
    if "/" in word or word.count(".") > 1:
        return dates.numeric(scene, place)
    found = hours.clock(scene, place)
    return found or (dates.year(scene, place) if _YEAR_WORD.fullmatch(word) else None)


def _compound(scene: Scene, place: int) -> Found | None:
    """A word with hyphens, or the month or year after its "mid-"."""
    head, _, tail = scene.word(place).partition("-")
    if head not in scene.lexicon.words["shifts"]:
        return spells.compound(scene, place) if tail else None
    if _YEAR_WORD.fullmatch(tail):
        return Found(place, place, calendars.year(int(tail)), "DATE", "year as stated")
    if tail not in scene.lexicon.months:
        return None
    lower = (*scene.lower[:place], tail, *scene.lower[place + 1 : place + 6])
    return dates.month(replace(scene, lower=lower), place)


def _vague(scene: Scene, place: int, kind: str) -> Found | None:
    """What names no date: "now", "recently", "the future", "weekly"."""
    word, words = scene.word(place), scene.lexicon
    if scene.ends_name(place) or (kind == "set" and scene.is_capital(place) and scene.is_name(place)):
        return None
    if kind == "set":
        return Found(place, place, Stretch(words.sets[word]), "SET", "each")
    if kind == "reference":
        if scene.word(place + 1) in {"after", "before", "thereafter", "afterwards", "as"}:
            return None
        return Found(place, place, Stretch(words.references[word]), "DATE", "about the publication")
    value, article = words.stretches[word]
    if scene.word(place - 1) != article or spells.is_quantity(scene, place + 1):
        return None
    return Found(place - 1, place, Stretch(value), "DATE", "about the publication")


def _begin_paragraph(scene: Scene, place: int) -> None:
    """Forget the day spoken of where it is more than one paragraph away."""
    number = scene.cut.paragraphs[place]
    if number > scene.paragraph + 1:
        scene.spoken = scene.named = None


def _remember(scene: Scene, found: Found) -> None:
    """Keep the day spoken of, for "the next day" and the like."""
    if found.kind not in {"DATE", "TIME"} or found.stretch.start is None:
        return
    scene.named, scene.paragraph = found.stretch.start.date(), scene.cut.paragraphs[found.first]
    if found.stretch.precision in _FINE | {Precision.DAY}:
        scene.spoken = scene.named


def _widened(scene: Scene, found: Found) -> Found:
    """The reading with what narrows it: "early", "later", "the end of"; the value stays, the stretch is cut."""
    first = found.first
    words = scene.lexicon.words
    if scene.word(first - 1) in words["shifts"] and scene.is_near(first - 1, first):
        return _narrowed(scene, found._replace(first=first - 1), scene.word(first - 1))
    if found.kind == "DURATION" and scene.word(first) != "the" and scene.is_near(first - 2, first):
        found = found._replace(first=first - _rounding(scene, first))
    at = first - 1 if scene.word(first - 1) == "the" else first
    if scene.word(at - 1) == "of" and scene.word(at - 2) in words["parts"] and scene.is_near(at - 2, first):
        begin = at - 2
        begin -= scene.word(begin - 1) in {"very", "latter", "early"}
        begin -= scene.word(begin - 1) == "the"
        return found._replace(first=begin)
    return found


def _rounding(scene: Scene, first: int) -> int:
    """How many words before `first` say that a length is not exact: "nearly", "more than"."""
    before, more = scene.word(first - 1), scene.word(first - 2)
    if before in {"least", "than", "to"}:
        return 2 if (more, before) in _ROUNDINGS else 0
    return int(scene.is_any(first - 1, "about"))


def _narrowed(scene: Scene, found: Found, word: str) -> Found:
    if scene.now is None or found.kind == "DURATION" or word not in {"earlier", "later"}:
        return found
    if word == "earlier":
        stretch = found.stretch.within(end=scene.now.replace(hour=0, minute=0, second=0) + timedelta(days=1))
    else:
        stretch = found.stretch.within(start=scene.now.replace(hour=0, minute=0, second=0))
    return found._replace(stretch=stretch)


def _joined(scene: Scene, found: list[Found]) -> list[Found]:
    """Readings with the hour or the part of a day joined to the day beside it."""
    joined: list[Found] = []
    for one in found:
        both = _join(scene, joined[-1], one) if joined else None
        if both:
            joined[-1] = both
        else:
            joined.append(one)
    return joined


def _join(scene: Scene, one: Found, other: Found) -> Found | None:
    gap = range(one.last + 1, other.first)
    if {one.kind, other.kind} != {"DATE", "TIME"} or len(gap) > _MOST_GAP or not scene.is_near(one.first, other.last):
        return None
    if not all(scene.word(place) in _JOINTS for place in gap):
        return None
    day, hour = (one, other) if one.kind == "DATE" else (other, one)
    if day.stretch.precision is not Precision.DAY or "T" not in hour.stretch.value:
        return None
    return Found(one.first, other.last, _on(day.stretch, hour.stretch), "TIME", day.basis)


def _on(day: Stretch, hour: Stretch) -> Stretch:
    """The hour or part of a day, of another day."""
    value = f"{day.value}T{hour.value.partition('T')[2]}"
    if day.start is None or hour.start is None or hour.end is None:
        return Stretch(value)
    midnight = hour.start.replace(hour=0, minute=0)
    by = day.start - midnight
    return Stretch(value, hour.start + by, hour.end + by, hour.precision)


def _expression(scene: Scene, found: Found, zone: int) -> TimeExpression:
    start, end = scene.cut.span(found.first, found.last)
    stretch = found.stretch
    stated = re.search(r"zone ([+-]\d+) minutes", found.basis)
    offset = timedelta(minutes=int(stated[1]) if stated else zone)
    return TimeExpression(
        Span(start, end),
        stretch.value,
        found.kind,
        _utc(stretch.start, offset),
        _utc(stretch.end, offset),
        stretch.precision,
        found.basis + _limit(scene, found),
    )


def _limit(scene: Scene, found: Found) -> str:
    before = scene.word(found.first - 1)
    if before in {"by", "until", "till", "before"} or scene.word(found.last + 1) == "deadline":
        return "; a deadline" if before != "before" else "; a time before it"
    return ""


def _utc(local: datetime | None, offset: timedelta) -> datetime | None:
    if local is None:
        return None
    try:
        return (local - offset).replace(tzinfo=UTC)
    except OverflowError:
        return None
