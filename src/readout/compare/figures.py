"""What the texts of a story report of one quantity, over outlets and time: series of figures. Pure.

Figures belong to one series that count the same with the same fate ("killed"), or that have one kind of unit and a
telling word of their clause in common. Lengths of time are put in minutes and distances in metres. Copies count once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from readout.compare.told import Report, originals, telling
from readout.models import Article, Figure, Reading, Reported, Series, reading

_UNITS = {
    "second": ("minute", 1 / 60),
    "minute": ("minute", 1.0),
    "hour": ("minute", 60.0),
    "mm": ("m", 0.001),
    "cm": ("m", 0.01),
    "m": ("m", 1.0),
    "km": ("m", 1000.0),
}
_UNTOLD = frozenset({"number", "numb", "peopl", "person", "still"})  # stems that say nothing of what is counted
_CLAUSE = re.compile(r"[.;:!?\n“”\"]|, (?:and|but|while)\b")
_WORDS = 2  # of their clauses that figures of one series share
_FAR, _ENOUGH = 5.0, 4  # times the usual distance from the middle; values from which that can be said
_LONG = timedelta(days=180)
_LATE = datetime.max.replace(tzinfo=UTC)


def series(reports: Sequence[Report]) -> tuple[Series, ...]:
    """Every quantity that two texts report, or one text twice with different values; those most reported first."""
    found: list[tuple[frozenset[str], Figure, Reported]] = []
    for report in originals(reports):
        read = reading(report.article)
        found += [
            (_keys(one, read), one, _reported(one, report.article, read))
            for one in report.annotation.figures
            if not _is_history(one, report.article)
        ]
    made = [_series(group) for group in _grouped(found) if _is_series([one for _, one in group])]
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


def _is_series(values: Sequence[Reported]) -> bool:
    return len({one.article for one in values}) > 1 or len({(one.low, one.high) for one in values}) > 1


def _series(group: Sequence[tuple[Figure, Reported]]) -> Series:
    ordered = sorted(group, key=lambda item: (item[1].at or _LATE, item[1].article, item[1].span))
    values = tuple(dict.fromkeys(one for _, one in ordered))
    first = ordered[0][0]
    what = max((figure.scope or figure.what for figure, _ in ordered), key=len)
    unit = _UNITS.get(first.unit, (first.unit, 1.0))[0]
    return Series(what, unit, first.fate, values, _revisions(values), tuple(_outliers(values)))


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
