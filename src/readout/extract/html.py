"""Articles out of HTML pages: one page, one article, every paragraph with its place in the source.

trafilatura says which words are the article's; `passages` finds them on the page, `sifting` takes furniture out and
tells the kinds, `metadata` reads the rest, `gate` judges. Never fetches. What a tree builder could choke on is turned
away first, by counting.
"""

from __future__ import annotations

import logging
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import NamedTuple

from trafilatura import bare_extraction

from readout.extract import credits as crediting
from readout.extract import dates, gate
from readout.extract.captions import captions
from readout.extract.cards import cards
from readout.extract.endings import signed
from readout.extract.liveblog import Live, posts
from readout.extract.metadata import Metadata, metadata
from readout.extract.passages import Found, Passage, Range, Unit, densest, find, merged, passage, passages
from readout.extract.rows import rows
from readout.extract.sifting import TEASER, WORDING, Known, Sifted, asks_to_pay, sift
from readout.extract.slimming import slim
from readout.models import (
    IN_BODY,
    Article,
    ArticleKind,
    CaptureBasis,
    Credit,
    Moment,
    Page,
    Paragraph,
    ParagraphKind,
    Rejection,
    Role,
    Span,
    Stage,
)
from readout.text.blocks import MAX_DEPTH, Block, Outline, outline
from readout.text.html import BREAKS, Markup, Visible, cut, text_of, visible
from readout.text.language import language

EXTRACTOR = "html/2"
TOO_LARGE = "page too large"
TOO_DEEP = "page nested too deep"
NOT_ON_PAGE = "paragraph not on the page"

_MAX_CHARACTERS = 8_000_000
_MAX_TAGS = 20_000  # twice what the largest of 421 news pages has; tree builders take quadratic time in siblings,
_MAX_IN_LINE = 6_000  # and worse within one line, where the most of those pages is 1,730
_MOST_FURNITURE = 400
_LONGEST_STUB = 900  # characters without white space
_MOST_AROUND = 12  # blocks
_GLIMPSE = 80  # characters of a text that was dropped, which tell what it was
_LEAST_DENSE = 600  # characters of a text that nobody took for an article at first
_LINKED = 0.7  # of the words of an article; above, it is a list of others
_FEWEST_LINKS = 4
_LEAST_TEXT = 300  # characters without white space of a text beside titles of others
_BEFORE_FIRST = 3  # blocks, in which the first card may have its title
_TRUSTED = frozenset({CaptureBasis.DECLARED, CaptureBasis.FETCHED})
_MISREAD = frozenset({gate.LIST, gate.TOO_SHORT, gate.NO_ARTICLE})
_PARTING = (BREAKS | {f"/{name}" for name in BREAKS}) - {"br"}

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it tells its misses here; ours are Rejections


def articles(page: Page) -> tuple[tuple[Article, ...], tuple[Rejection, ...]]:
    """The article of an HTML page, and what was dropped with its reason."""
    if len(page.text) > _MAX_CHARACTERS:
        return (), (_rejection(page, TOO_LARGE, f"{len(page.text)} characters"),)
    markup = cut(page.text)
    shown = visible(markup)
    shape = outline(shown)
    if shape.depth > MAX_DEPTH:
        return (), (_rejection(page, TOO_DEEP, f"more than {MAX_DEPTH} elements inside each other"),)
    if len(markup.tags) > _MAX_TAGS or _longest_line(markup) > _MAX_IN_LINE:
        return (), (_rejection(page, TOO_LARGE, f"{len(markup.tags)} tags"),)
    return _chosen(_Ground(page, shown, shape, metadata(page, shown, shape.blocks)))


def _longest_line(markup: Markup) -> int:
    """The most tags that stand together with nothing between them that begins a new line."""
    breaks = [-1, *(i for i, name in enumerate(markup.names) if name in _PARTING), len(markup.names)]
    return max(after - before for before, after in pairwise(breaks)) - 1


class _Ground(NamedTuple):
    """What everything below stands on: a page, its visible words, its blocks, what it says about itself."""

    page: Page
    shown: Visible
    shape: Outline
    about: Metadata


_Kept = tuple[Passage, ParagraphKind]


class _Reading(NamedTuple):
    """An article with what speaks against it, None where nothing does, and the paragraphs that are not on the page."""

    article: Article
    fault: str | None
    lost: list[Rejection]


def _chosen(ground: _Ground) -> tuple[tuple[Article, ...], tuple[Rejection, ...]]:
    """The reading by trafilatura, or where that is no article the densest part of the page, if that is one."""
    found = find(list(_units(ground.shown.markup)), ground.shown)
    live = _live(ground, found)
    first = _told(_read(ground, Found(merged([*found.ranges, *live.ranges]), found.missing), live.times), live)
    if first.fault is None:
        return (first.article,), tuple(first.lost)
    if first.fault in _MISREAD:
        second = _read(ground, Found(densest(ground.shape.blocks), []))
        if second.fault is None and len(second.article.body) >= _LEAST_DENSE:
            reasons = (*second.article.reasons, f"text: the densest part of the page; by trafilatura {first.fault}")
            return (replace(second.article, reasons=reasons),), tuple(first.lost)
    body = first.article.body
    detail = f"begins: {_beginning(body)}" if body else "no text"
    return (), (*first.lost, _rejection(ground.page, first.fault, detail, first.article.title))


def _beginning(body: str) -> str:
    """The first words of a text."""
    words = " ".join(body[: 2 * _GLIMPSE].split())
    return words if len(words) <= _GLIMPSE else words[:_GLIMPSE].rpartition(" ")[0] + "…"


def _live(ground: _Ground, found: Found) -> Live:
    """The posts of a live blog where they are most of its text; none elsewhere."""
    live = posts(ground.shape.blocks, ground.shown) if ground.about.live else None
    if live is None:
        return Live(0, (), ())
    first, last = live.ranges[0][0], live.ranges[-1][1]
    outside = sum(end - start for start, end in found.ranges if end <= first or start >= last)
    return live if sum(end - start for start, end in live.ranges) >= outside else Live(0, (), ())


def _told(reading: _Reading, live: Live) -> _Reading:
    """The reading, with a word about the posts it is made of."""
    if not live.number:
        return reading
    reasons = (*reading.article.reasons, f"text: a live blog, {live.number} posts with their times")
    return reading._replace(article=replace(reading.article, reasons=reasons))


def _rejection(page: Page, reason: str, detail: str, subject: str = "") -> Rejection:
    return Rejection(Stage.EXTRACT, subject or page.name, reason, detail, page.id)


def _read(ground: _Ground, found: Found, times: Sequence[Block] = ()) -> _Reading:
    """The article made of what was found on the page, however poor; `times` are blocks that head a post each."""
    page, shown, shape, about = ground
    claimed = passages(found.ranges, shape.blocks, shown)
    others = {block.start for block in cards(_among(shape.blocks, found.ranges), about.address or page.address)}
    sifted = sift(claimed, Known(about.title, about.description, about.body, others))
    rest = _timed(list(rows(sifted.kept, shown)), times, shown)
    kept = sorted([*rest, *captions(_pictured(about, rest, shape), shown)], key=lambda one: one[0].spans[0])
    article = _article(page, about, [Paragraph(one.text, one.spans, kind) for one, kind in kept])
    credited = _credits(article, (one.text for one, why in sifted.dropped if why == WORDING))
    article = replace(article, furniture=tuple(_inside(kept, shape.blocks, shown)), credits=credited)
    lost = [_rejection(page, NOT_ON_PAGE, " ".join("".join(unit.pieces).split())[:200]) for unit in found.missing]
    around = _around(rest, shape.blocks, shown)
    fault = gate.fault(article, around=around)
    if fault in _MISREAD or fault is None:
        fault = gate.LIST if _is_links(rest) or _is_teasers(sifted) else fault or _wall(about, around)
    return _Reading(article, fault, lost)


def _wall(about: Metadata, around: str) -> str | None:
    """Whether what stands around a short text asks for money to go on, unless the page says that all of it is free."""
    return gate.PAYWALL if not about.free and asks_to_pay(around) else None


def _among(blocks: Sequence[Block], ranges: Sequence[Range]) -> Sequence[Block]:
    """The blocks from a little before the first of these ranges to the last."""
    if not ranges:
        return ()
    first = bisect_left(blocks, ranges[0][0], key=lambda block: block.start)
    return blocks[max(0, first - _BEFORE_FIRST) : bisect_left(blocks, ranges[-1][1], key=lambda block: block.start)]


def _is_teasers(sifted: Sifted) -> bool:
    """Whether what was found are the titles and first words of other articles, with hardly a text of its own."""
    teasers = sum(one.size for one, why in sifted.dropped if why == TEASER)
    kept = sum(one.size for one, _ in sifted.kept)
    return teasers > kept < _LEAST_TEXT


def _timed(rest: list[_Kept], times: Sequence[Block], shown: Visible) -> list[_Kept]:
    """What was kept, with the times of posts as subheads, also where they were taken for furniture."""
    if not times:
        return rest
    marks = {one.start for one in times}
    others = [(one, kind) for one, kind in rest if one.block.start not in marks]
    heads = [(passage(one, [(one.start, one.end)], shown), ParagraphKind.SUBHEAD) for one in times]
    return sorted([*others, *heads], key=lambda one: one[0].block.start)


def _is_links(rest: Sequence[_Kept]) -> bool:
    """Whether most words of an article are links to others."""
    linked = sum(min(one.block.linked, one.size) for one, _ in rest)
    return len(rest) >= _FEWEST_LINKS and linked > _LINKED * sum(one.size for one, _ in rest)


def _credits(article: Article, dropped: Iterable[str]) -> tuple[Credit, ...]:
    """The article's credits with those of lines that were dropped, such as "Republished from …"."""
    more = (credit.name.rstrip(".") for text in dropped for credit in crediting.ending(text).credits)
    known = {credit.name for credit in article.credits}
    return (*article.credits, *(Credit(name) for name in dict.fromkeys(more) if name not in known))


def _around(rest: Sequence[_Kept], blocks: Sequence[Block], shown: Visible) -> str:
    """What a short text has around it: the page's other words near it, where a wall would say so."""
    if sum(one.size for one, _ in rest) > _LONGEST_STUB:
        return ""
    start = rest[0][0].block.start if rest else 0
    near = [block for block in blocks if block.start >= start][:_MOST_AROUND]
    return "\n".join(text_of(shown.markup.source, *shown.span(block.start, block.end)) for block in near)


def _article(page: Page, about: Metadata, paragraphs: Sequence[Paragraph]) -> Article:
    paragraphs, credited, dateline, author = signed(paragraphs, page.text)
    body = "\n".join(p.text for p in paragraphs if p.kind in IN_BODY)
    written = language(body) or about.language
    published, inferred = _published(page, about, body, written)
    named = tuple(Credit(name) for name in about.organisations if name not in {credit.name for credit in credited})
    return Article(
        page=page.id,
        position=0,
        role=Role.MAIN,
        kind=ArticleKind.ARTICLE,
        title=about.title,
        title_span=about.title_span,
        paragraphs=tuple(paragraphs),
        extractor=EXTRACTOR,
        outlet=about.outlet,
        published=published,
        modified=about.modified,
        authors=about.authors or ((author,) if author else ()),
        dateline=dateline,
        credits=(*credited, *named),
        tags=about.tags,
        section=about.section,
        language=written,
        address=about.address,
        reasons=(*about.reasons, *inferred),
    )


def _published(page: Page, about: Metadata, body: str, written: str | None) -> tuple[Moment | None, tuple[str, ...]]:
    """When it was published: as the page says, or else as the text tells."""
    if about.published:
        return about.published, ()
    trusted = page.captured_basis in _TRUSTED
    moment = dates.inferred(body, page.captured, trusted=trusted, language=written)
    return moment, (f"published: inferred from “{moment.clue}”",) if moment else ()


def _units(markup: Markup) -> Iterator[Unit]:
    """The paragraphs that trafilatura takes for the article's. It sees no scripts but the article's own."""
    document = bare_extraction(slim(markup), fast=True, include_comments=False)
    body = getattr(document, "body", None)
    for element in body if body is not None else ():
        pieces = list(element.itertext())
        if any(piece.strip() for piece in pieces):
            yield Unit(pieces)


def _pictured(about: Metadata, kept: Sequence[_Kept], shape: Outline) -> Iterator[Block]:
    """The blocks from the title to the end of the body that trafilatura left out."""
    if not kept:
        return
    start = min(about.at[1] if about.at else len(shape.blocks), kept[0][0].block.start)
    end = kept[-1][0].block.end
    taken = {one.block.start for one, _ in kept}
    yield from (block for block in shape.blocks if start <= block.start < end and block.start not in taken)


def _inside(kept: Sequence[_Kept], blocks: Iterable[Block], shown: Visible) -> Iterator[Span]:
    """What stands between the first and the last block of the body and is neither of it nor of a picture."""
    body = [one for one, kind in kept if kind in IN_BODY]
    if not body:
        return
    start, end = body[0].ranges[0][0], body[-1].ranges[0][0]
    taken = sorted(part for one, _ in kept for part in one.ranges)
    left = (block for block in blocks if start < block.start < end and not _holds(taken, block.start))
    yield from (Span(*shown.span(block.start, block.end)) for block in islice(left, _MOST_FURNITURE))


def _holds(ranges: Sequence[Range], at: int) -> bool:
    """Whether one of these ascending ranges holds that offset."""
    before = bisect_right(ranges, at, key=lambda part: part[0]) - 1
    return before >= 0 and ranges[before][1] > at
