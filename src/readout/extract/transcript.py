"""Articles out of text captures: the text of a page as a person would copy it, furniture and all.

A capture holds a main article and often whole articles of other outlets below it. `lines` cuts it, `looks` says what
each line looks like, `layout` what it is, `drafts` gathers the lines into articles, `body` cleans their text, `dates`
works out when they were published, and `gate` says what is no article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readout.extract import body, dates, gate, looks, teasers, vintage
from readout.extract.drafts import Draft, drafts
from readout.extract.layout import labels
from readout.extract.lines import lines
from readout.models import Article, ArticleKind, Page, Paragraph, ParagraphKind, Rejection, Span, Stage
from readout.text import language

EXTRACTOR = "transcript/2"
_TITLES = 100  # a link inside a body leads to one of the first of them
_TEXT = frozenset({ParagraphKind.BODY, ParagraphKind.LIST_ITEM, ParagraphKind.QUOTE})


def articles(page: Page) -> tuple[tuple[Article, ...], tuple[Rejection, ...]]:
    """The articles of a text capture in the order of the page, and what was dropped with its reason."""
    cut = lines(page.text)
    marks = looks.marks(page.text)
    gathered = drafts(cut, labels(looks.looks(cut, marks)))
    titles = [draft.title.text for draft in gathered[:_TITLES] if draft.title]
    context = body.Context(marks, titles=titles)
    page = _dated(page, gathered)
    made: list[Article] = []
    dropped = []
    for draft in gathered:
        article = _article(page, draft, context, len(made))
        fault = gate.fault(article)
        if fault is None:
            made.append(article)
        elif fault == gate.OTHER_TITLE:  # where the title stands proves more than which words it shares
            made.append(replace(article, reasons=(*article.reasons, f"kept: {fault}")))
        else:
            dropped.append(Rejection(Stage.EXTRACT, article.title or page.name, fault, page.name, page.id))
    return tuple(made), tuple(dropped)


def _dated(page: Page, gathered: Sequence[Draft]) -> Page:
    """The page with the capture time that its items bear out."""
    items = [(draft.age, "\n".join(line.text for _, line in draft.lines)) for draft in gathered]
    captured, basis = vintage.captured(items, page.captured, page.captured_basis)
    return page if basis is page.captured_basis else replace(page, captured=captured, captured_basis=basis)


def _article(page: Page, draft: Draft, context: body.Context, position: int) -> Article:
    title = draft.title
    read = body.read(draft.lines, replace(context, title=title.text if title else "", outlet=draft.outlet))
    text = "\n".join(p.text for p in read.paragraphs if p.kind in _TEXT)
    return Article(
        page=page.id,
        position=position,
        role=draft.role,
        kind=_kind(read.paragraphs, text),
        title=title.text if title else "",
        title_span=Span(title.start, title.end) if title else None,
        paragraphs=read.paragraphs,
        extractor=EXTRACTOR,
        outlet=draft.outlet,
        age=draft.age,
        published=dates.published(draft.age, text, page.captured, page.captured_basis),
        authors=draft.authors or tuple(filter(None, [read.author])),
        dateline=read.dateline,
        credits=read.credits,
        section=next((topic for topic in draft.topics if topic != draft.outlet), None),
        language=language.language(text or (title.text if title else "")),
        furniture=tuple(sorted({*read.furniture, *(Span(line.start, line.end) for line in draft.asides)})),
    )


def _kind(paragraphs: Sequence[Paragraph], text: str) -> ArticleKind:
    if not any(p.kind in _TEXT for p in paragraphs):
        return ArticleKind.HEADLINE
    return ArticleKind.TEASER_LIST if teasers.is_list(text) else ArticleKind.ARTICLE
