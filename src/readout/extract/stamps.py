"""When an article page says that it was published and changed: the sources of a date on a page, weighed.

What a page shows its readers counts for more than what it tells machines, as far as the two speak of the same: a clock
time shown beside the title tells the zone in which the declared instant has its day, and where the date shown is that
of the last change and nothing says so, it is the date under which the page is published.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from readout.extract.addresses import day_in
from readout.extract.bylines import Line
from readout.extract.clocks import Setting, stated
from readout.extract.dates import aged
from readout.extract.declared import Declared, clean
from readout.models import Moment, Precision
from readout.text.html import Visible, attributes

_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "dcterms.issued", "dc.date.created", "parsely-pub-date", "pubdate",
    "publishdate", "publish-date", "publish_date", "sailthru.date", "article.published", "article:published",
    "cxenseparse:recs:publishtime", "citation_publication_date", "originalpublicationdate",
    "article_date_original", "rnews:datepublished",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod")
_IS_PUBLISHED = re.compile(r"publi|posted|created|entry-date|date-?line|timestamp|pub-?date|original")
_IS_MODIFIED = re.compile(
    r"modif|updat|aktualisi|mis à jour|actualiz|atualiz|aggiorna|bijgewerkt|обновл", re.IGNORECASE
)
_AGAIN_PUBLISHED = re.compile(r"publi|posted|veröffentl|pubbli|gepubliceerd|опублик", re.IGNORECASE)
_DATES = re.compile(r"date(?:Published|Modified)")
_HAS_YEAR = re.compile(r"(?:19|20)\d\d|\bago\b")
_BEFORE_MARK = re.compile(r" +(?=[,.:;])")
_NAMED = "time of publication"
_LONGEST_LINE = 120
_FINER = list(Precision)
_ZONE_STEP = 15  # minutes by which clocks of the world differ,
_FURTHEST_WEST, _FURTHEST_EAST = -12 * 60, 14 * 60
_ODD_ZONES = frozenset({345, 525, 765})  # those that differ from Greenwich by no whole or half hour


class Stamps(NamedTuple):
    """When an article was published and last changed, as its page says, and why that was taken."""

    published: Moment | None
    modified: Moment | None
    reason: str


class Beside(NamedTuple):
    """The short lines around a title, the page they stand on, and where on it the title begins."""

    lines: Sequence[Line]
    page: Visible
    title: int = 0


class _Source(NamedTuple):
    """A date with the name of what gave it; `face` where a reader sees it, with nothing that speaks of a change."""

    name: str
    moment: Moment
    face: bool = False

    @property
    def day(self) -> date:
        """The day where the page is at home."""
        return (self.moment.at + timedelta(minutes=self.moment.zone or 0)).date()


def stamps(declared: Declared, beside: Beside, setting: Setting, address: str | None) -> Stamps:
    """The published and modified times of a page; `address` is its canonical one.

    The first source counts unless two later ones agree against it. Of sources with one day the finest gives the moment.
    """
    elements = list(_elements(beside))
    found = [*_published(declared, beside, elements, setting), *_addressed(address, setting)]
    changed = _changed(declared, elements, setting)
    sources = _at_home([one for one in found if _is_possible(one.moment, setting)])
    if not sources:
        return _only_changed(changed, setting)
    day = _reissued(sources, changed) or _agreed(sources)
    same = [one for one in sources if one.day == day]
    best = min(same, key=lambda one: (_FINER.index(one.moment.precision), one.moment.zone is None))
    first = sources[0]
    reason = _reason(best, [*dict.fromkeys(one.name for one in same)])
    if best.face and first.day != day:
        reason += f"; {first.name} says {first.day}"
    return Stamps(best.moment, _modified(changed, setting, best.moment), reason)


def _reason(best: _Source, names: Sequence[str]) -> str:
    others = [name for name in names if name != best.name]
    return f"published: {best.name}" + (f", agrees with {others[0]}" if others else "")


def _only_changed(changed: Sequence[Moment], setting: Setting) -> Stamps:
    """A page that tells only when it was changed was published no later."""
    possible = [moment for moment in changed if _is_possible(moment, setting)]
    if not possible:
        return Stamps(None, None, "published: the page gives no date")
    return Stamps(possible[0], None, "published: the page tells only when it was changed")


def _is_possible(moment: Moment, setting: Setting) -> bool:
    return setting.captured is None or moment.at <= setting.captured + timedelta(days=1)


def _agreed(sources: Sequence[_Source]) -> date:
    days = Counter(one.day for one in sources)
    first = sources[0]
    day, votes = days.most_common(1)[0]
    return first.day if days[first.day] > 1 or votes < 2 else day  # noqa: PLR2004 - two against one


def _reissued(sources: Sequence[_Source], changed: Sequence[Moment]) -> date | None:
    """The day that the page shows as its own where that is the day of its last change, and no other is shown."""
    shown = [one for one in sources if one.face or one.name == _NAMED]
    days = {one.day for one in shown}
    if len(days) != 1 or shown[0].day == sources[0].day:
        return None
    return shown[0].day if any(_Source("", moment).day == shown[0].day for moment in changed) else None


def _at_home(sources: Sequence[_Source]) -> list[_Source]:
    """The sources, those with a zone in the one that the page shows its readers, where a clock time tells which."""
    instant = next((one.moment for one in sources if one.moment.zone is not None and _has_clock(one.moment)), None)
    if instant is None:
        return list(sources)
    shown = (_offset(one.moment, instant) for one in sources if one.face)
    told = (_offset(one.moment, instant) for one in sources if one.moment.zone is None)
    home = next((zone for zone in shown if zone is not None), None)
    home = next((zone for zone in told if zone), None) if home is None else home
    if home is None:
        return list(sources)
    return [one if one.moment.zone is None else one._replace(moment=replace(one.moment, zone=home)) for one in sources]


def _has_clock(moment: Moment) -> bool:
    return moment.precision in (Precision.SECOND, Precision.MINUTE)


def _offset(local: Moment, instant: Moment) -> int | None:
    """The zone in minutes that makes a local clock time the same as an instant; None where none can."""
    if not _has_clock(local):
        return None
    minutes = (local.at.replace(second=0) - instant.at.replace(second=0)) // timedelta(minutes=1)
    if local.zone is not None:
        return local.zone if minutes == 0 else None
    if not _FURTHEST_WEST <= minutes <= _FURTHEST_EAST or minutes % _ZONE_STEP:
        return None
    return minutes if minutes % (2 * _ZONE_STEP) == 0 or minutes in _ODD_ZONES else None


def _published(
    declared: Declared, beside: Beside, elements: Sequence[Mapping[str, str]], setting: Setting
) -> Iterator[_Source]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield from _source("JSON-LD", clean(declared.article.get(key)), setting)
    for key in _PUBLISHED:
        for value in declared.repeated.get(key, ())[:2]:
            yield from _source(f"meta {key}", value, setting)
    yield from _times(elements, setting)
    yield from _lines(beside, setting)


def _addressed(address: str | None, setting: Setting) -> Iterator[_Source]:
    if day := day_in(address):
        yield from _source("the address", day, setting)


def _source(name: str, text: str, setting: Setting) -> Iterator[_Source]:
    moment = stated(text, setting) if text else None
    if moment:
        yield _Source(name, moment)


def _elements(beside: Beside) -> Iterator[Mapping[str, str]]:
    """The attributes of <time> elements and of dates in microdata among those lines."""
    if not beside.lines:
        return
    page, markup = beside.page, beside.page.markup
    start, _ = page.span(beside.lines[0].block.start, beside.lines[0].block.end)
    _, end = page.span(beside.lines[-1].block.start, beside.lines[-1].block.end)
    first, last = bisect_left(markup.starts, start), bisect_right(markup.starts, end)
    for name, tag in zip(markup.names[first:last], markup.tags[first:last], strict=False):
        if name == "time" or (name and "date" in tag and _DATES.search(tag)):
            yield attributes(tag)


def _names(element: Mapping[str, str]) -> str:
    return f"{element.get('itemprop', '')} {element.get('class', '')} {element.get('id', '')}".lower()


def _times(elements: Sequence[Mapping[str, str]], setting: Setting) -> Iterator[_Source]:
    """The elements that say they are the publication's, then the first that says nothing of a change."""
    named = [one for one in elements if "pubdate" in one or _IS_PUBLISHED.search(_names(one))]
    others = [one for one in elements if not _IS_MODIFIED.search(_names(one))]
    for name, one in (*((_NAMED, one) for one in named), *(("time", one) for one in others[:1])):
        yield from _source(name, one.get("datetime", one.get("content", "")), setting)


def _lines(beside: Beside, setting: Setting) -> Iterator[_Source]:
    """The first line beside the title that holds a whole date, or an age where the capture is known."""
    for line in beside.lines:
        if len(line.text) > _LONGEST_LINE or not _HAS_YEAR.search(line.text):
            continue
        text = _unlabelled(_parted(line, beside.page))
        moment = stated(text, setting) or (setting.captured and aged(text, setting.captured)) if text else None
        if moment:
            yield _Source("the line beside the title", moment, face=line.block.start >= beside.title)
            return


def _parted(line: Line, page: Visible) -> str:
    """A line with a space wherever a tag stands in it: "Ann ReedDec 5, 2023" is a name and a date."""
    markup = page.markup
    first = max(0, bisect_right(page.edges, line.block.start) - 1)
    last = bisect_left(page.edges, line.block.end)
    pieces = " ".join(" ".join(markup.texts[first:last]).split())
    return _BEFORE_MARK.sub("", clean(pieces)) or line.text


def _unlabelled(text: str) -> str:
    """A line from where it speaks of the publication; "" where its first date is that of a change."""
    digit = next((at for at, sign in enumerate(text) if sign.isdecimal()), 0)
    if not _IS_MODIFIED.search(text[:digit]):
        return text
    again = _AGAIN_PUBLISHED.search(text, digit)
    return text[again.start() :] if again else ""


def _changed(declared: Declared, elements: Sequence[Mapping[str, str]], setting: Setting) -> list[Moment]:
    """The times at which the page says it was changed, the declared ones first."""
    values = [clean(declared.article.get("dateModified")), *(declared.first(key) for key in _MODIFIED)]
    said = (one for one in elements if _IS_MODIFIED.search(_names(one)))
    values += [one.get("datetime", one.get("content", "")) for one in said]
    return [moment for value in values if value and (moment := stated(value, setting))]


def _modified(changed: Sequence[Moment], setting: Setting, published: Moment) -> Moment | None:
    return next((one for one in changed if one.at > published.at and _is_possible(one, setting)), None)
