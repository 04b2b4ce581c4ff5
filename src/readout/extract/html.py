"""Articles out of HTML pages: one page, one article, every paragraph with its place in the source.

trafilatura says which words are the article's; `passages` finds them on the page, `sifting` takes furniture out and
tells the kinds, `metadata` reads the rest, `gate` judges. Never fetches. What a tree builder could choke on is turned
away first, by counting.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from trafilatura import bare_extraction

from readout.extract import dates, gate, photos
from readout.extract.endings import signed
from readout.extract.metadata import Metadata, metadata
from readout.extract.passages import Passage, Unit, find, passage, passages
from readout.extract.sifting import Known, is_caption, sift
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
from readout.text.html import Markup, Visible, cut, visible
from readout.text.language import language

EXTRACTOR = "html/1"
TOO_LARGE = "page too large"
TOO_DEEP = "page nested too deep"
NOT_ON_PAGE = "paragraph not on the page"

_MAX_CHARACTERS = 16_000_000
_MAX_TAGS = 40_000  # four times what the largest of 421 news pages has; tree builders take quadratic time in siblings
_MOST_CAPTIONS = 60
_LONGEST_CAPTION = 1_500
_TRUSTED = frozenset({CaptureBasis.DECLARED, CaptureBasis.FETCHED})
_UNREAD = frozenset((  # trafilatura deletes them unread
    "aside", "audio", "button", "canvas", "dialog", "footer", "map", "menu", "nav", "object", "picture", "select",
    "svg", "video",
))  # fmt: skip
_ROW = frozenset({"td", "th"})

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it tells its misses here; ours are Rejections


def articles(page: Page) -> tuple[tuple[Article, ...], tuple[Rejection, ...]]:
    """The article of an HTML page, and what was dropped with its reason."""
    if len(page.text) > _MAX_CHARACTERS:
        return (), (_rejection(page, TOO_LARGE, f"{len(page.text)} characters"),)
    markup = cut(page.text)
    if len(markup.tags) > _MAX_TAGS:
        return (), (_rejection(page, TOO_LARGE, f"{len(markup.tags)} tags"),)
    shown = visible(markup)
    shape = outline(shown)
    if shape.depth > MAX_DEPTH:
        return (), (_rejection(page, TOO_DEEP, f"more than {MAX_DEPTH} elements inside each other"),)
    return _judged(page, *_read(page, shown, shape))


def _judged(
    page: Page, article: Article, lost: Sequence[Rejection]
) -> tuple[tuple[Article, ...], tuple[Rejection, ...]]:
    fault = gate.fault(article)
    if fault is None:
        return (article,), tuple(lost)
    beginning = article.body[:80]
    return (), (*lost, _rejection(page, fault, f"begins: {beginning}" if beginning else "no text", article.title))


def _rejection(page: Page, reason: str, detail: str, subject: str = "") -> Rejection:
    return Rejection(Stage.EXTRACT, subject or page.name, reason, detail, page.id)


def _read(page: Page, shown: Visible, shape: Outline) -> tuple[Article, list[Rejection]]:
    """The article that the page holds, however poor, and the paragraphs that could not be found on the page."""
    about = metadata(page, shown, shape.blocks)
    found = find(list(_units(shown.markup)), shown)
    claimed = passages(found.ranges, shape.blocks, shown)
    sifted = sift(claimed, Known(about.title, about.description, about.body))
    rest = _rows(sifted.kept, shown)
    kept = sorted([*rest, *_captions(about, rest, shape, shown)], key=lambda one: one[0].spans[0])
    furniture = [span for one, _ in sifted.dropped for span in one.spans]
    lost = [_rejection(page, NOT_ON_PAGE, " ".join("".join(unit.pieces).split())[:200]) for unit in found.missing]
    article = _article(page, about, [Paragraph(one.text, one.spans, kind) for one, kind in kept])
    return replace(article, furniture=_inside(article, furniture)), lost


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
    document = bare_extraction(_slim(markup), fast=True, include_comments=False)
    body = getattr(document, "body", None)
    for element in body if body is not None else ():
        pieces = list(element.itertext())
        if any(piece.strip() for piece in pieces):
            yield Unit(pieces)


def _slim(markup: Markup) -> str:
    """The source without what trafilatura leaves out in any case: it then takes a third less time."""
    counts = Counter(markup.names)
    unread = {name for name in _UNREAD if counts[name] == counts[f"/{name}"]}
    kept: list[str] = []
    inside, depth = "", 0
    for text, tag, name in zip(markup.texts, [*markup.tags, ""], [*markup.names, ""], strict=True):
        if not inside:
            kept.append(text)
            if name in unread:
                inside, depth = name, 1
            elif name or "ld+json" in tag[:300]:
                kept.append(tag)
        elif name in (inside, f"/{inside}"):
            depth += 1 if name == inside else -1
            inside = inside if depth else ""
    return "".join(kept)


def _rows(kept: Iterable[tuple[Passage, ParagraphKind]], shown: Visible) -> list[tuple[Passage, ParagraphKind]]:
    """The passages with the cells of each table row joined into one."""
    rows: list[tuple[Passage, ParagraphKind]] = []
    last_row: object = None
    for one, kind in kept:
        row = _row(one) if kind is ParagraphKind.TABLE_ROW else None
        if row is not None and row is last_row:
            whole = (*rows[-1][0].ranges, *one.ranges)
            rows[-1] = passage(one.block, [(whole[0][0], whole[-1][1])], shown), kind
        else:
            rows.append((one, kind))
        last_row = row
    return rows


def _row(one: Passage) -> object:
    around = list(one.around())
    return next((element.parent for element in around if element.name in _ROW), None)


def _captions(
    about: Metadata, kept: Sequence[tuple[Passage, ParagraphKind]], shape: Outline, shown: Visible
) -> Iterator[tuple[Passage, ParagraphKind]]:
    """The captions of pictures from the title to the end of the body, which trafilatura leaves out."""
    if not kept:
        return
    start = min(about.at[1] if about.at else len(shown.text), kept[0][0].block.start)
    taken = {one.block.start for one, _ in kept}
    found = 0
    for block in _between(shape.blocks, start, kept[-1][0].block.end):
        if block.start in taken or block.end - block.start > _LONGEST_CAPTION or not _in_caption(block):
            continue
        one = passage(block, ((block.start, block.end),), shown)
        credit = photos.ends_in_credit(one.text) and len(one.text) < 60  # noqa: PLR2004 - longer, it is a caption too
        yield one, ParagraphKind.PHOTO_CREDIT if credit else ParagraphKind.CAPTION
        found += 1
        if found >= _MOST_CAPTIONS:
            return


def _between(blocks: Sequence[Block], start: int, end: int) -> Iterator[Block]:
    return (block for block in blocks if start <= block.start and block.end <= end)


def _in_caption(block: Block) -> bool:
    around = block.element.around() if block.element else ()
    return any(is_caption(element) for _, element in zip(range(4), around, strict=False))


def _inside(article: Article, furniture: Iterable[Span]) -> tuple[Span, ...]:
    """The furniture that stands between the first and the last word of the body."""
    body = article.body_span
    if body is None:
        return ()
    return tuple(sorted({span for span in furniture if body.start <= span.start and span.end <= body.end}))
