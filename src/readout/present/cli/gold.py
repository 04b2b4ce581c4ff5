"""Articles → the fields of the annotation guide that Readout's answers are scored with. Pure.

Offsets count the characters of the page's text, as in `open(path, encoding="utf-8", newline="").read()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from readout.models import IN_BODY, Article, ArticleKind, Basis, Moment, Page, ParagraphKind, Span


def row(article: Article, page: Page) -> dict[str, Any]:
    """One article of a page. A bare headline is an article without a body."""
    body = article.body_span
    return {
        "file": PurePosixPath(page.name).name,
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
