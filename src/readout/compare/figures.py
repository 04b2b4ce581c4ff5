"""What the texts of a story report of one quantity, over outlets and time: series of figures. Pure.

Figures belong to one series that count the same with the same fate ("killed"), that measure the same in one kind of
unit, or where no text names what is measured, that have a telling word of their clause in common. What one text gives
more than once of one time, from one mouth, is more than one quantity, and of none of these series. Lengths of time are
put in minutes and distances in metres. Copies count once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from readout.compare.told import Report, originals, reading_of, telling
from readout.models import Article, Figure, Reading, Reported, Series

_UNITS = {
    "second": ("minute", 1 / 60),
    "minute": ("minute", 1.0),
    "hour": ("minute", 60.0),
    "mm": ("m", 0.001),
    "cm": ("m", 0.01),
    "m": ("m", 1.0),
    "km": ("m", 1000.0),
}
_EMPTY = frozenset({"number", "numb", "point", "still", "unit"})  # stems that do not even name what is counted
_UNTOLD = _EMPTY | {"peopl", "person"}  # stems that say nothing of what is counted
_BEFORE = re.compile(r".*\b(?:and|but|or|that|which|who|while|whilst|plus|says?|said|known)\b", re.IGNORECASE)
_ENDS = re.compile(r"(?: (?:an?|the|its?|their))+$", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;:!?\n“”\"]|, (?:and|but|while)\b")
_WORDS = 2  # of their clauses that figures of one series share
_FAR, _ENOUGH = 5.0, 4  # times the usual distance from the middle; values from which that can be said
_LONG = timedelta(days=180)
_LATE = datetime.max.replace(tzinfo=UTC)


def series(reports: Sequence[Report]) -> tuple[Series, ...]:
    """Every quantity that two texts report, or one text twice with the values of two; those most reported first."""
    found: list[tuple[frozenset[str], Figure, Reported]] = []
    for report in originals(reports):
        read = reading_of(report)
        found += [
            (_keys(one, read), one, _reported(one, report.article, read))
            for one in report.annotation.figures
            if not _is_history(one, report.article)
        ]
    groups = map(_plain, _grouped(found))
    made = [one for one in map(_series, filter(_is_series, groups)) if _is_of_something(one)]
    return tuple(sorted(made, key=lambda one: (-len(one.values), one.what, one.unit)))


def _is_history(one: Figure, article: Article) -> bool:
    """Whether it is of an occasion long before the article."""
    if not (one.time and one.time.start and article.published):
        return False
    return article.published.at - one.time.start > _LONG


def _keys(one: Figure, read: Reading) -> frozenset[str]:
    """By each of these a figure may meet others of its series."""
    unit = _UNITS.get(one.unit, (one.unit, 1.0))[0]
    if not unit:
        scope = [stem for stem in telling(one.scope) if stem not in _UNTOLD]
        if one.fate:
            return frozenset({f"/{one.fate}/{scope[-1] if scope else ''}", f"/{one.fate}/"})
        return frozenset({f"//{scope[-1]}"} if scope else ())
    measured = tuple(telling(one.scope))
    if measured:
        return frozenset({f"{unit}//{measured[-1]}"})
    return frozenset(f"{unit}/{stem}" for stem in telling(_clause(one, read)) if not stem[0].isdigit())


def _clause(one: Figure, read: Reading) -> str:
    """The words around a figure up to the next mark, the figure's own left out."""
    start, end = one.span
    part = read.part(start)
    before = [part.start, *(found.end() for found in _CLAUSE.finditer(read.text, part.start, start))]
    after = _CLAUSE.search(read.text, end, part.end)
    return f"{read.text[before[-1] : start]} {read.text[end : after.start() if after else part.end]}"


def _reported(one: Figure, article: Article, read: Reading) -> Reported:
    times = _UNITS.get(one.unit, (one.unit, 1.0))[1]
    at = one.time.start if one.time and one.time.start else (article.published.at if article.published else None)
    words = read.text[one.span.start : one.span.end]
    return Reported(
        article.id, article.outlet, one.span, words, one.low * times, one.high * times, one.modifier, one.by, at
    )


def _grouped(
    found: Sequence[tuple[frozenset[str], Figure, Reported]],
) -> Iterator[list[tuple[Figure, Reported]]]:
    """Figures by the key that most of theirs have; each belongs to one series."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, (keys, _, _) in enumerate(found):
        for key in keys:
            by_key[key].append(number)
    taken: set[int] = set()
    all_keys = [keys for keys, _, _ in found]
    for _, numbers in sorted(by_key.items(), key=lambda item: (-len(item[1]), item[0])):
        left = [number for number in numbers if number not in taken]
        for near in _near(left, all_keys):
            if len(near) > 1:
                taken.update(near)
                yield [found[number][1:] for number in near]


def _near(numbers: Sequence[int], keys: Sequence[frozenset[str]]) -> Iterator[list[int]]:
    """Of figures with one key those that share more: two words of their clauses, where they have so many."""
    groups: list[tuple[set[str], list[int]]] = []
    for number in numbers:
        own = keys[number]
        words = 1 if all(key.startswith("minute/") for key in own) else _WORDS
        fit = next((each for each in groups if len(own & each[0]) >= min(words, len(own), len(each[0]))), None)
        if fit:
            fit[0].update(own)
            fit[1].append(number)
        else:
            groups.append((set(own), [number]))
    return (each for _, each in groups)


def _plain(group: Sequence[tuple[Figure, Reported]]) -> list[tuple[Figure, Reported]]:
    """Those that are the only value which their text gives of that time, from that mouth."""
    said: dict[tuple[object, ...], set[tuple[float, float]]] = defaultdict(set)
    for _, one in group:
        said[one.article, one.by, one.at].add((one.low, one.high))
    return [(figure, one) for figure, one in group if len(said[one.article, one.by, one.at]) == 1]


def _is_series(group: Sequence[tuple[Figure, Reported]]) -> bool:
    """Whether two texts give it, or one gives what two tell of one measure or fate."""
    if len({one.article for _, one in group}) > 1:
        return True
    tellers = {one.by for _, one in group if one.by}
    return len(tellers) > 1 and all(figure.unit or figure.fate for figure, _ in group)


def _series(group: Sequence[tuple[Figure, Reported]]) -> Series:
    ordered = sorted(group, key=lambda item: (item[1].at or _LATE, item[1].article, item[1].span))
    values = tuple(dict.fromkeys(one for _, one in ordered))
    first = ordered[0][0]
    unit = _UNITS.get(first.unit, (first.unit, 1.0))[0]
    made = Series("", unit, first.fate, values, _revisions(values), tuple(_outliers(values)))
    latest = next(figure for figure, one in ordered if one == made.latest)
    return replace(made, what=_named(latest, [figure for figure, _ in ordered]))


def _is_of_something(series: Series) -> bool:
    """Whether anything says of what it is; a share or a sum of money of nothing in particular tells nothing."""
    return bool(series.what or series.fate) or not (series.unit == "percent" or series.unit.isupper())


def _named(latest: Figure, series: Sequence[Figure]) -> str:
    """What is counted or measured, by the text that tells it last; of a toll by any, as some leave it out; else the
    clause that leads up to the last.
    """
    if latest.fate:
        scopes = Counter(one.scope for one in series if set(telling(one.scope)) - _EMPTY)
        return scopes.most_common(1)[0][0] if scopes else ""
    led = latest.scope or _ENDS.sub("", _BEFORE.sub("", latest.what)).strip(" '\"‘’“”,-")
    return led if any(telling(led)) else ""


def _revisions(values: Iterable[Reported]) -> int:
    said = [(one.low, one.high) for one in values]
    return sum(one != other for one, other in pairwise(said))


def _outliers(values: Sequence[Reported]) -> Iterator[int]:
    """Far from the middle, measured by the usual distance from it (median absolute deviation)."""
    if len(values) < _ENOUGH:
        return
    middle = median(one.low for one in values)
    usual = median(abs(one.low - middle) for one in values) or abs(middle) / 10 or 1.0
    yield from (at for at, one in enumerate(values) if abs(one.low - middle) > _FAR * usual)
