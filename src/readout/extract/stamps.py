"""When an article page says that it was published and changed: the sources of a date on a page, weighed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
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
_IS_MODIFIED = re.compile(r"modif|updat")
_DATES = re.compile(r"date(?:Published|Modified)")
_HAS_YEAR = re.compile(r"(?:19|20)\d\d|\bago\b")
_LONGEST_LINE = 120
_FINER = list(Precision)


class Stamps(NamedTuple):
    """When an article was published and last changed, as its page says, and why that was taken."""

    published: Moment | None
    modified: Moment | None
    reason: str


class _Source(NamedTuple):
    name: str
    moment: Moment

    @property
    def day(self) -> date:
        """The day where the page is at home."""
        return (self.moment.at + timedelta(minutes=self.moment.zone or 0)).date()


def stamps(declared: Declared, lines: Sequence[Line], page: Visible, setting: Setting, address: str | None) -> Stamps:
    """The published and modified times of a page; `lines` are those around its title.

    The first source counts unless two later ones agree against it. Of sources with one day the finest gives the moment.
    """
    sources = [one for one in _published(declared, lines, page, setting, address) if _is_possible(one, setting)]
    if not sources:
        return Stamps(None, None, "published: the page gives no date")
    days = Counter(one.day for one in sources)
    first = sources[0]
    day, votes = days.most_common(1)[0]
    if days[first.day] > 1 or votes < 2:  # noqa: PLR2004 - two against one
        day = first.day
    same = [one for one in sources if one.day == day]
    best = min(same, key=lambda one: (_FINER.index(one.moment.precision), one.moment.zone is None))
    return Stamps(
        best.moment,
        _modified(declared, _changes(lines, page), setting, best.moment),
        _reason(best, [*dict.fromkeys(s.name for s in same)]),
    )


def _reason(best: _Source, names: Sequence[str]) -> str:
    others = [name for name in names if name != best.name]
    return f"published: {best.name}" + (f", agrees with {others[0]}" if others else "")


def _is_possible(source: _Source, setting: Setting) -> bool:
    return setting.captured is None or source.moment.at <= setting.captured + timedelta(days=1)


def _published(
    declared: Declared, lines: Sequence[Line], page: Visible, setting: Setting, address: str | None
) -> Iterator[_Source]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield from _source("JSON-LD", clean(declared.article.get(key)), setting)
    for key in _PUBLISHED:
        for value in declared.repeated.get(key, ())[:2]:
            yield from _source(f"meta {key}", value, setting)
    yield from _times(lines, page, setting)
    yield from _lines(lines, setting)
    if day := day_in(address):
        yield from _source("the address", day, setting)


def _source(name: str, text: str, setting: Setting) -> Iterator[_Source]:
    moment = stated(text, setting) if text else None
    if moment:
        yield _Source(name, moment)


def _times(lines: Sequence[Line], page: Visible, setting: Setting) -> Iterator[_Source]:
    """The <time> elements that say they are the publication's, then the first that says nothing of a change."""
    found = [(attributes(tag), tag) for tag in _tags(lines, page)]
    said = [(one, f"{one.get('itemprop', '')} {one.get('class', '')} {one.get('id', '')}".lower()) for one, _ in found]
    named = [one for one, names in said if "pubdate" in one or _IS_PUBLISHED.search(names)]
    others = [one for one, names in said if not _IS_MODIFIED.search(names)]
    for one in (*named, *others[:1]):
        yield from _source("time", one.get("datetime", one.get("content", "")), setting)


def _changes(lines: Sequence[Line], page: Visible) -> list[str]:
    """The times of the <time> elements that say that something was changed."""
    said = [attributes(tag) for tag in _tags(lines, page)]
    names = [f"{one.get('itemprop', '')} {one.get('class', '')} {one.get('id', '')}".lower() for one in said]
    return [one.get("datetime", "") for one, name in zip(said, names, strict=True) if _IS_MODIFIED.search(name)]


def _tags(lines: Sequence[Line], page: Visible) -> Iterator[str]:
    """The opening tags of <time> elements and of dates in microdata among those lines."""
    if not lines:
        return
    start, _ = page.span(lines[0].block.start, lines[0].block.end)
    _, end = page.span(lines[-1].block.start, lines[-1].block.end)
    markup = page.markup
    for i, name in enumerate(markup.names):
        if start <= markup.starts[i] <= end and (name == "time" or _DATES.search(markup.tags[i])):
            yield markup.tags[i]


def _lines(lines: Sequence[Line], setting: Setting) -> Iterator[_Source]:
    """The first line beside the title that holds a whole date, or an age where the capture is known."""
    for line in lines:
        text = line.text
        if len(text) > _LONGEST_LINE or not _HAS_YEAR.search(text) or _IS_MODIFIED.search(text.lower()[:12]):
            continue
        moment = stated(text, setting) or (setting.captured and aged(text, setting.captured))
        if moment:
            yield _Source("the line beside the title", moment)
            return


def _modified(declared: Declared, shown: Sequence[str], setting: Setting, published: Moment) -> Moment | None:
    values = [clean(declared.article.get("dateModified")), *(declared.first(key) for key in _MODIFIED), *shown]
    moments = [moment for value in values if value and (moment := stated(value, setting))]
    later = [one for one in moments if one.at > published.at and _is_possible(_Source("", one), setting)]
    return later[0] if later else None
