"""Numbers over time, and who takes from whom → pictures: shapes in the units of a drawing, with what they say in words.

Pure: no markup (the template `pictures.html` draws), no colour. Every picture has a label that says what it shows and
rows that hold the same as a table. Everything is bounded, so that no input makes a drawing that a browser cannot hold.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter

from readout.models import DayCount, EventStatus, Reported, Series, Timeline
from readout.present import ties
from readout.present.harmless import harmless
from readout.present.setting import clipped

WIDE, HIGH = 320, 48  # of columns, dots and timelines, in units of the drawing
SPARK_WIDE, SPARK_HIGH = 96, 16
_BARS, _SPARKS = 64, 24
_FEWEST = 12  # no bar is broader than where there are so many, so that few do not look like blocks
_NAME, _WHAT = 15, 160
_VALUES, _COURSE, _ROWS = 40, 3, 120
_LINKS = 40
_ROW, _TOP, _SIDE, _NET = 22, 14, 104, 264
_STACK = 5  # marks above each other
_PERIODS = ((1, "day"), (7, "week"), (30, "30 days"), (365, "year"))
_GREAT = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_GROUPED = 1000  # from here on without what comes after the point
_DAY_OF = attrgetter("day")
_COUNTABLE = {"nautical mile", "percentage point"}
_COUNTABLE |= set(
    "second minute hour day week month year decade hectare acre litre gallon barrel gram ton tonne".split()
)


@dataclass(frozen=True)
class Bar:
    """A stretch of time: where it stands, how high, and what it says."""

    x: float
    y: float
    wide: float
    high: float
    told: str


@dataclass(frozen=True)
class Columns:
    """How many over time, a bar a `period`; `first` and `last` are the ends of the axis, `rows` the table behind."""

    bars: tuple[Bar, ...]
    label: str
    period: str
    first: str
    last: str
    most: int
    rows: tuple[tuple[str, str], ...]
    wide: int = WIDE
    high: int = HIGH


@dataclass(frozen=True)
class Mark:
    """A point of a picture with what it says; `kind` is how it is drawn, `to` the article that it leads to."""

    x: float
    y: float
    kind: str
    told: str
    to: str = ""
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True)
class Figures:
    """One quantity over outlets and time. `top` and `bottom` are the ends of its axis, in words."""

    what: str
    label: str
    latest: str
    marks: tuple[Mark, ...]
    top: str
    bottom: str
    first: str
    last: str
    wide: int = WIDE
    high: int = 2 * HIGH


@dataclass(frozen=True)
class Line:
    """What happened and what is expected on a line of time; `now` is where the past ends."""

    marks: tuple[Mark, ...]
    label: str
    first: str
    last: str
    now: float | None
    wide: int = WIDE
    high: int = HIGH


@dataclass(frozen=True)
class Node:
    """An outlet in the graph, with the name in full where it is cut."""

    x: int
    y: int
    name: str
    full: str


@dataclass(frozen=True)
class Tie:
    """Texts that went from one outlet to another: the curve as a path, and how strong it is (1 to 5)."""

    path: str
    strength: int
    told: str


@dataclass(frozen=True)
class Graph:
    """Who takes texts from whom: on the left whose they are, on the right who prints them."""

    sources: tuple[Node, ...]
    takers: tuple[Node, ...]
    ties: tuple[Tie, ...]
    rows: tuple[tuple[str, str, int], ...]
    label: str
    left_out: int
    wide: int
    high: int


def spark(days: Sequence[DayCount]) -> Columns | None:
    """A picture of the size of a word; None where there is one day or none."""
    if len(days) < 2:  # noqa: PLR2004 - one day is no course of time
        return None
    return _columns(days, "article", (_SPARKS, SPARK_WIDE, SPARK_HIGH))


def columns(days: Sequence[DayCount], noun: str = "article") -> Columns | None:
    """How many there are over time; None where there is one day or none."""
    if len(days) < 2:  # noqa: PLR2004 - as above
        return None
    return _columns(days, noun, (_BARS, WIDE, HIGH))


def _columns(days: Sequence[DayCount], noun: str, size: tuple[int, int, int]) -> Columns:
    bars, wide, high = size
    length, period = _period((days[-1].day - days[0].day).days + 1, bars)
    first = max(days[0].day, _before(days[-1].day, length * bars - 1))
    counts = _bucketed(days[bisect_left(days, first, key=_DAY_OF) :], first, length)
    most = max(counts)
    step = wide / len(counts)
    broad = max(1.0, min(step, wide / _FEWEST) * 0.82)
    starts = [first + timedelta(days=place * length) for place in range(len(counts))]
    told = [f"{_span(start, length)}: {_counted(number, noun)}" for start, number in zip(starts, counts, strict=True)]
    drawn = [
        Bar(round((place + 0.5) * step - broad / 2, 1), round(high - tall, 1), round(broad, 1), tall, told[place])
        for place, number in enumerate(counts)
        if (tall := round(max(1.5, number * high / most), 1)) and number
    ]
    total, peak = sum(counts), starts[counts.index(most)]
    label = (
        f"{_counted(total, noun)} from {_day(first)} to {_day(days[-1].day)}, by {period}; "
        f"most, {most:,}, {'on' if length == 1 else 'from'} {_day(peak)}"
    )
    rows = tuple((_span(start, length), f"{number:,}") for start, number in zip(starts, counts, strict=True) if number)
    return Columns(tuple(drawn), label, period, _day(first), _day(days[-1].day), most, rows, wide, high)


def _period(days: int, bars: int) -> tuple[int, str]:
    return next(((length, name) for length, name in _PERIODS if days <= length * bars), _PERIODS[-1])


def _before(day: date, days: int) -> date:
    return day - timedelta(days=min(days, (day - date.min).days))


def _bucketed(days: Sequence[DayCount], first: date, length: int) -> list[int]:
    begins = first.toordinal()
    counts = [0] * ((days[-1].day.toordinal() - begins) // length + 1)
    for day, number in days:
        counts[(day.toordinal() - begins) // length] += number
    return counts


def plot(one: Series) -> Figures | None:
    """A quantity as texts report it over time; None where there is no course to be seen."""
    values = one.values[-_VALUES:]
    low, high = min(value.low for value in values), max(value.high for value in values)
    at = [value.at for value in values if value.at]
    if low == high or len(set(at)) < 2 or len(values) < _COURSE:  # noqa: PLR2004 - one moment is no course
        return None
    what = clipped(harmless(" ".join(f"{one.what} {one.fate}".split())), _WHAT)
    return Figures(
        what=what,
        label=f"{what}: from {number(low, one.unit)} to {number(high, one.unit)}, {_counted(len(values), 'report')}",
        latest=clipped(harmless(one.latest.of), _WHAT),
        marks=_valued(values, (low, high), (min(at), max(at))),
        top=number(high, one.unit),
        bottom=number(low, one.unit),
        first=_day(min(at).date()),
        last=_day(max(at).date()),
    )


def _valued(
    values: Sequence[Reported], ends: tuple[float, float], times: tuple[datetime, datetime]
) -> tuple[Mark, ...]:
    high, pad = 2 * HIGH, 8
    spread = ends[1] - ends[0]

    def place(value: float) -> float:
        return round(high - pad - (value - ends[0]) / spread * (high - 2 * pad), 1)

    return tuple(
        Mark(
            _along(one.at, times),
            place((one.low + one.high) / 2),
            _modified(one.modifier),
            f"{harmless(one.of)}, {harmless(one.outlet or 'outlet not shown')}",
            one.article,
            place(one.low),
            place(one.high),
        )
        for one in values
    )


def _modified(modifier: str | None) -> str:
    """How a value is drawn: as a point, as a point that may be passed, or as one that is only near."""
    words = (modifier or "").casefold()
    if any(word in words for word in ("least", "more", "over", "minimum", "above")):
        return "least"
    if any(word in words for word in ("most", "up to", "under", "fewer", "less", "below", "almost", "nearly")):
        return "most"
    return "about" if words else "exact"


def _along(at: datetime | None, times: tuple[datetime, datetime]) -> float:
    pad = 8
    return WIDE - pad if at is None else round(pad + (at - times[0]) / (times[1] - times[0]) * (WIDE - 2 * pad), 1)


def line(found: Timeline) -> Line | None:
    """A line of time with what happened and what is expected; None where there are not two days."""
    dated = [(one.start, one) for one in (*found.past, *found.ahead)]
    days = sorted({day for day, _ in dated})
    if len(days) < 2:  # noqa: PLR2004 - as above
        return None
    first, last = days[0], days[-1]
    held: dict[int, int] = {}
    marks = []
    for day, one in sorted(dated, key=lambda each: each[0]):
        x = _on_line(day, first, last)
        row = held.get(round(x / 8), 0)
        held[round(x / 8)] = row + 1
        if row < _STACK:
            told = f"{ties.day(one.when)}: {clipped(' '.join(harmless(one.first.what).split()), _WHAT)}"
            marks.append(Mark(x, HIGH - 10 - row * 8, _KINDS[one.status], told, one.first.article))
    ahead = sum(one.status is not EventStatus.HAPPENED for _, one in dated)
    past = len(dated) - ahead
    label = f"{_counted(past, 'event')} that happened and {ahead:,} expected, from {_day(first)} to {_day(last)}"
    now = found.as_of
    between = now is not None and first <= now <= last
    return Line(tuple(marks), label, _day(first), _day(last), _on_line(now, first, last) if between and now else None)


_KINDS = {EventStatus.HAPPENED: "past", EventStatus.PLANNED: "ahead", EventStatus.DEADLINE: "due"}


def _on_line(day: date, first: date, last: date) -> float:
    return round(8 + (day - first).days / max(1, (last - first).days) * (WIDE - 16), 1)


def graph(links: Iterable[tuple[str, str, int]]) -> Graph | None:
    """Who takes from whom, of (source, taker, texts); the strongest ties first. None where nobody does."""
    found = sorted((one for one in links if one[0] != one[1]), key=lambda one: (-one[2], one[0], one[1]))
    if not found:
        return None
    shown = found[:_LINKS]
    sources = {name: place for place, name in enumerate(dict.fromkeys(one[0] for one in shown))}
    takers = {name: place for place, name in enumerate(dict.fromkeys(one[1] for one in shown))}
    high = _TOP * 2 + _ROW * (max(len(sources), len(takers)) - 1)
    left = _nodes(sources, _SIDE - 6, high)
    right = _nodes(takers, _NET - _SIDE + 6, high)
    most = shown[0][2]
    drawn = [
        Tie(
            _curve(left[sources[source]], right[takers[taker]]),
            1 + round(4 * number / most) if number > 1 else 1,
            f"{harmless(taker)} prints {_counted(number, 'text')} of {harmless(source)}",
        )
        for source, taker, number in shown
    ]
    others = "outlet" if len(sources) == 1 else "outlets"
    label = f"{_counted(len(takers), 'outlet')} printing texts of {len(sources):,} {others}"
    rows = tuple((harmless(source), harmless(taker), number) for source, taker, number in found[:_ROWS])
    return Graph(tuple(left), tuple(right), tuple(drawn), rows, label, len(found) - len(shown), _NET, high)


def _nodes(names: Iterable[str], x: int, high: int) -> list[Node]:
    listed = list(names)
    top = (high - _ROW * (len(listed) - 1)) // 2
    return [
        Node(x, top + _ROW * place, clipped(harmless(name), _NAME), harmless(name)) for place, name in enumerate(listed)
    ]


def _curve(one: Node, other: Node) -> str:
    start, end = one.x + 4, other.x - 4
    middle = (start + end) // 2
    return f"M{start} {one.y}C{middle} {one.y} {middle} {other.y} {end} {other.y}"


def number(value: float, unit: str = "") -> str:
    """A figure as it is read, with its unit: "35 minutes", "4.6 billion USD"."""
    scale, word = next(((scale, word) for scale, word in _GREAT if abs(value) >= scale), (1, ""))
    scaled = value / scale
    shown = f"{scaled:,.0f}" if scaled == int(scaled) or abs(scaled) >= _GROUPED else f"{scaled:,.4g}"
    plural = "s" if unit in _COUNTABLE and value != 1 else ""
    return " ".join(filter(None, (shown, word, unit + plural)))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def _day(day: date) -> str:
    return ties.day(day.isoformat())


def _span(start: date, length: int) -> str:
    if length == 1:
        return _day(start)
    try:
        return f"{_day(start)} to {_day(start + timedelta(days=length - 1))}"
    except OverflowError:
        return f"from {_day(start)}"
