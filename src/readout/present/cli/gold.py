"""Articles, statements, events → the fields of the annotation guide that Readout's answers are scored with. Pure.

Offsets count the characters of the page's text, as in `open(path, encoding="utf-8", newline="").read()`. Statements
that are not core ones are left out: a scorer would count them as mistakes wherever its own answers lack them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from readout.models import (
    IN_BODY,
    Annotation,
    Article,
    ArticleKind,
    Basis,
    Event,
    Moment,
    Page,
    PageId,
    ParagraphKind,
    Precision,
    Span,
    Statement,
)
from readout.present.accounts import Row, Words
from readout.present.traced import Traced

_DATES = {Precision.YEAR: "%Y", Precision.MONTH: "%Y-%m"}  # any other is known to the day


def row(article: Article, page: Page) -> dict[str, Any]:
    """One article of a page. A bare headline is an article without a body."""
    body = article.body_span
    return {
        "file": _file(page),
        "n": article.position,
        "kind": str(ArticleKind.TEASER_LIST if article.kind is ArticleKind.TEASER_LIST else ArticleKind.ARTICLE),
        "role": str(article.role),
        "title": article.title,
        "outlet": article.outlet,
        "age": article.age,
        "start": body and body.start,
        "end": body and body.end,
        "furniture_inside": [list(span) for span in _between(article, page.text)],
        "captions": [p.text for p in article.paragraphs if p.kind is ParagraphKind.CAPTION],
        "credits": [credit.name for credit in article.credits],
        "dateline": article.dateline,
        "author": ", ".join(article.authors) or None,
        "published": _day(article.published),
        "published_basis": _basis(article.published),
    }


def statements(traced: Traced, annotation: Annotation) -> Iterator[dict[str, Any]]:
    """The core statements of an article of a page."""
    return (_statement(one, traced) for one in annotation.statements if one.core)


def events(traced: Traced, annotation: Annotation) -> Iterator[dict[str, Any]]:
    """The events of an article of a page that are dated."""
    return (_event(one, traced) for one in annotation.events if one.time)


def point(row: Row, pages: Mapping[PageId, Page]) -> dict[str, Any]:
    """A point of a story, with the characters of the pages that its accounts' statements are."""
    return {
        "id": row.point.id,
        "matter": row.point.heading,
        "relation": str(row.point.relation),
        "accounts": [
            {
                "party": cell.account.party,
                "spans": [
                    {
                        "file": _file(pages[one.article.page]),
                        "content": [list(span) for span in _traced(one, pages).spans(one.statement.content)],
                    }
                    for one in cell.told
                ],
            }
            for cell in row.cells
        ],
    }


def _traced(one: Words, pages: Mapping[PageId, Page]) -> Traced:
    return Traced(one.article, pages[one.article.page])


def _statement(statement: Statement, traced: Traced) -> dict[str, Any]:
    return {
        "id": statement.id,
        "file": _file(traced.page),
        "article": traced.article.position,
        "core": statement.core,
        "kind": str(statement.kind),
        "content": [list(span) for span in traced.spans(statement.content)],
        "cue": _first(traced, [statement.cue]),
        "source": _first(traced, [statement.source]),
        "speaker": statement.speaker.name,
        "speaker_type": str(statement.speaker.type),
        "via": list(statement.via),
        "channel": statement.channel,
        "act": str(statement.act),
    }


def _event(event: Event, traced: Traced) -> dict[str, Any]:
    time = event.time
    start = time and time.start
    return {
        "id": event.id,
        "file": _file(traced.page),
        "article": traced.article.position,
        "what": event.what,
        "spans": [list(span) for span in traced.spans(event.spans)],
        "participants": list(event.participants),
        "place": event.place,
        "date": start and start.strftime(_DATES.get(time.precision or Precision.DAY, "%Y-%m-%d")) if time else None,
        "time_expression": traced.words(time.span) if time else None,
        "status": str(event.status),
    }


def _first(traced: Traced, spans: Sequence[Span | None]) -> list[int] | None:
    found = traced.spans([span for span in spans if span])
    return list(found[0]) if found else None


def _file(page: Page) -> str:
    return PurePosixPath(page.name).name


def _between(article: Article, text: str) -> Iterator[Span]:
    """What lies between the body's first and last character and is no part of it; white space is nobody's."""
    spans = sorted(span for p in article.paragraphs if p.kind in IN_BODY for span in p.spans)
    reached = spans[0].start if spans else 0
    for span in spans:
        if text[reached : span.start].strip():
            yield Span(reached, span.start)
        reached = max(reached, span.end)


def _day(moment: Moment | None) -> str | None:
    """The date where it was published, if the page says how far from UTC that is."""
    return (moment.at + timedelta(minutes=moment.zone or 0)).date().isoformat() if moment else None


def _basis(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    return "stated" if moment.basis is Basis.STATED else "inferred"
