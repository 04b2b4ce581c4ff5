"""A small world to test in: an outlet, a page, an article, a harvest, and a clock that stands until it is set.

Everything has a sensible default; a test names only what it is about. A harvest's page holds its articles' words, and
every span points at them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from readout.models import (
    Article,
    ArticleKind,
    Basis,
    CaptureBasis,
    Harvest,
    Media,
    Moment,
    Outlet,
    Page,
    PageId,
    Paragraph,
    Precision,
    Rejection,
    Role,
    Span,
    Stage,
)

NOON = datetime(2025, 7, 19, 12, tzinfo=UTC)
NOWHERE = PageId("0" * 64)


@dataclass
class Clock:
    """A clock to hand over where a function wants one: `clock()` is `clock.now`."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, passed: timedelta) -> datetime:
        """Let that much time pass."""
        self.now += passed
        return self.now


def outlet(name: str = "The Harbour Post") -> Outlet:
    """An outlet."""
    return Outlet(name)


def page(text: str | bytes = "Talks resume\nThe two sides met.", *, captured: datetime | None = NOON) -> Page:
    """A text capture of that content; bytes are kept as they are."""
    content = text.encode() if isinstance(text, str) else text
    basis = CaptureBasis.DECLARED if captured else CaptureBasis.UNKNOWN
    return Page(content, Media.TEXT, "capture.txt", captured=captured, captured_basis=basis)


def published(at: datetime = NOON, basis: Basis = Basis.STATED) -> Moment:
    """A moment known to the minute."""
    return Moment(at, Precision.MINUTE, basis, at.isoformat())


def article(  # noqa: PLR0913 - what tests are most often about
    title: str = "Talks resume",
    *body: str,
    outlet: str | None = "The Harbour Post",
    published: Moment | None = None,
    role: Role = Role.MAIN,
    kind: ArticleKind = ArticleKind.ARTICLE,
    address: str | None = None,
) -> Article:
    """An article of no page yet; `harvest` or `on` gives it one."""
    return Article(
        page=NOWHERE,
        position=0,
        role=role,
        kind=kind,
        title=title,
        title_span=None,
        paragraphs=tuple(Paragraph(text, ()) for text in body or ("The two sides met on Friday.",)),
        extractor="builders/1",
        outlet=outlet,
        published=published,
        address=address,
    )


def on(page: Page, article: Article, position: int = 0) -> Article:
    """The article at that position of the page, its spans pointing at its words where the page has them."""
    paragraphs = tuple(replace(one, spans=_found(page, one.text)) for one in article.paragraphs)
    title = next(iter(_found(page, article.title)), None)
    return replace(article, page=page.id, position=position, title_span=title, paragraphs=paragraphs)


def harvest(*articles: Article, captured: datetime | None = NOON, rejections: Iterable[Rejection] = ()) -> Harvest:
    """A page that holds those articles, one below the other, and what was dropped from it."""
    words = "\n\n".join("\n".join([one.title, *(p.text for p in one.paragraphs)]) for one in articles)
    held = page(words.encode("utf-8", "replace"), captured=captured)
    dropped = tuple(replace(one, page=held.id) for one in rejections)
    return Harvest(held, tuple(on(held, one, position) for position, one in enumerate(articles)), dropped)


def rejection(subject: str = "capture.txt", reason: str = "too short", *, page: PageId | None = None) -> Rejection:
    """Something dropped by the extractor."""
    return Rejection(Stage.EXTRACT, subject, reason, page=page)


def _found(page: Page, words: str) -> tuple[Span, ...]:
    start = page.text.find(words)
    return (Span(start, start + len(words)),) if words and start >= 0 else ()
