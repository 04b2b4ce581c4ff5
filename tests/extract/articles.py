"""HTML pages to extract from: a plain news page, built around what a test is about."""

from __future__ import annotations

from datetime import UTC, datetime

from readout.models import Article, CaptureBasis, Media, Page, ParagraphKind, Rejection
from readout.text.html import plain

CAPTURED = datetime(2025, 6, 20, 12, tzinfo=UTC)
TITLE = "Harbour council agrees on the new ferry line"
BODY = (
    "HALMAR (Meridian) -- The harbour council agreed on Thursday to open a line to the northern islands.",
    "“We have waited eleven years for this day,” said Ann Lee, who chairs the council and lives on one of the islands.",
    "The line will run twice a day with a boat that was bought in March for 4.2 million crowns, the council said.",
    "Two members voted against it, among them Bo Ek, who called the price “a bad joke & worse arithmetic”.",
    "The boat needs new engines before it can sail, and a yard in Port Ansel has been asked to fit them by autumn.",
)
HEAD = """<meta property="og:title" content="Harbour council agrees on the new ferry line">
<meta property="og:site_name" content="The Harbour Post">
<meta property="article:published_time" content="2025-06-19T18:05:00+02:00">
<link rel="canonical" href="https://post.example/news/ferry-line">"""


def source(*, head: str = HEAD, title: str = TITLE, before: str = "", body: str | None = None, after: str = "") -> str:
    """The source of a news page."""
    paragraphs = "\n".join(f"<p>{text.replace('&', '&amp;')}</p>" for text in BODY) if body is None else body
    return f"""<!DOCTYPE html><html lang="en"><head><title>{title} | The Harbour Post</title>{head}</head><body>
<nav><a href="/">Front page</a> <a href="/news">News</a> <a href="/sea">At sea</a></nav>
<main><article><h1>{title}</h1>{before}<div class="story">{paragraphs}</div>{after}</article></main>
<footer>© The Harbour Post, Quay 1, Halmar. All rights reserved.</footer></body></html>"""


def page(text: str, *, address: str | None = None, basis: CaptureBasis = CaptureBasis.DECLARED) -> Page:
    """A page of that source."""
    return Page(text.encode("utf-8", "surrogatepass"), Media.HTML, "page.html", "utf-8", address, CAPTURED, basis)


def lawful(captured: Page, found: tuple[tuple[Article, ...], tuple[Rejection, ...]]) -> bool:
    """Whether every span of what was found points at its text, and every rejection has its reason and its page."""
    articles, rejections = found
    for article in articles:
        for paragraph in article.paragraphs:
            between = "\t" if paragraph.kind is ParagraphKind.TABLE_ROW else " "
            assert paragraph.text == between.join(plain(captured.text, *span)[0] for span in paragraph.spans)
            assert paragraph.text
        if article.title_span:
            assert article.title == plain(captured.text, *article.title_span)[0]
        for credit in article.credits:
            assert credit.span is None or credit.name in plain(captured.text, *credit.span)[0]
        for span in article.furniture:
            assert 0 <= span.start < span.end <= len(captured.text)
        assert article.page == captured.id
        assert article.reasons
    assert all(one.reason and one.subject and one.page == captured.id for one in rejections)
    return True
