"""Models in, screens out: what each page of the web site shows, worked out and worded, before any markup.

Pure: no store, no clock, no addresses of our own, no escaping (the template engine's work). Everything is bounded here,
so that no input, however large, makes a screen that a browser cannot hold. The screens themselves are in `screens`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, islice

from readout.models import (
    IN_BODY,
    Article,
    ArticleKind,
    Edition,
    LossCount,
    OutletCount,
    Page,
    Paragraph,
    ParagraphKind,
    Rejection,
    Role,
    Sighting,
    Span,
    Totals,
    editions,
    outlet_id,
)
from readout.present.harmless import harmless
from readout.present.marks import Mark, excerpt
from readout.present.screens import (
    ArticleScreen,
    Block,
    Day,
    Front,
    Item,
    Jump,
    Losses,
    Origin,
    Outlets,
    OutletScreen,
    PageScreen,
    Paging,
    Piece,
    Place,
    Stretch,
)
from readout.present.setting import clipped, readable
from readout.present.versions import versions
from readout.present.when import captured, published

LIST_LENGTH = 30  # articles on one screen of a list
LOSSES_LENGTH = 100
_TITLE, _NAME, _LEAD = 400, 120, 200  # characters
_FIRST_LEAD = 300  # the first item of a front page has room for more
_TEXT = 240_000  # characters of one article on one screen: a long book chapter
_PARAGRAPHS = 1_200
_SHORT_LIST = 40  # related articles, sightings, names, tags, reasons
_JUMPS = 200
_OUTLETS = 2_000

_ROLES = {Role.MAIN: "main article", Role.RELATED: "related article", Role.LISTED: "listed article"}
_NOTES = {
    ArticleKind.ARTICLE: "",
    ArticleKind.HEADLINE: "Only the headline was captured.",
    ArticleKind.TEASER_LIST: "A list of other titles, not a text.",
}
_TOGETHER = frozenset({"aside", ParagraphKind.LIST_ITEM.value, ParagraphKind.TABLE_ROW.value})
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_OUTSIDE = re.compile(r"https?://[^\s/@\\<>\"'`]+(/[^\s\\<>\"'`]*)?", re.IGNORECASE)
_ADDRESS = 2_000


def front(
    articles: Sequence[Article],
    totals: Totals,
    outlets: Sequence[OutletCount],
    number: int,
    read: Collection[str] = (),
) -> Front:
    """The latest articles, screen `number`; those in `read` whoever asks has read."""
    articles = in_days(articles)
    first = articles[0] if articles and number == 1 else None
    lead = item(first, lead=_FIRST_LEAD, read=first.id in read) if first else None
    return Front(
        lead=lead,
        days=_days(articles[1:] if first else articles, after=lead, read=read),
        totals=totals,
        outlets=tuple(outlets[:12]),
        paging=paging(number, totals.articles, LIST_LENGTH),
    )


def in_days(articles: Sequence[Article]) -> list[Article]:
    """The latest articles in their order, but one that nobody can date after the others of the day it was captured."""
    found: list[Article] = []
    waiting: list[Article] = []
    day = next((one.published.at.date() for one in articles if one.published), None)
    for one in articles:
        if one.published and one.published.at.date() != day:
            found, waiting, day = [*found, *waiting], [], one.published.at.date()
        (found if one.published else waiting).append(one)
    return [*found, *waiting]


def outlet(count: OutletCount, articles: Sequence[Article], number: int) -> OutletScreen:
    """One outlet, screen `number` of its articles."""
    days = _days(in_days(articles))
    return OutletScreen(count.outlet, count.articles, days, paging(number, count.articles, LIST_LENGTH))


def outlets(counts: Sequence[OutletCount]) -> Outlets:
    """The list of outlets."""
    return Outlets(tuple(counts[:_OUTLETS]), max(0, len(counts) - _OUTLETS))


def losses(counts: Sequence[LossCount], rejections: Sequence[Rejection], number: int) -> Losses:
    """What was dropped, screen `number`, the latest first."""
    total = sum(count.count for count in counts)
    return Losses(tuple(counts), total, _legible(rejections), paging(number, total, LOSSES_LENGTH))


def paging(number: int, total: int, length: int) -> Paging:
    """Screen `number` of as many as `total` things take, `length` on each."""
    return Paging(number, max(1, -(-total // length)))


def item(article: Article, *, lead: int = _LEAD, read: bool = False) -> Item:
    """An article as a list shows it, with about `lead` characters of its text."""
    name = clipped(harmless(article.outlet or "").strip(), _NAME)
    return Item(
        id=article.id,
        title=title(article),
        lead=clipped(_beginning(article, lead), lead) if article.kind is not ArticleKind.TEASER_LIST else "",
        note=_NOTES[article.kind],
        outlet=name,
        outlet_id=outlet_id(article.outlet) if article.outlet and name else "",
        when=published(article.published),
        age=clipped(article.age or "", _NAME),
        role=_ROLES[article.role],
        credits=tuple(clipped(credit.name, _NAME) for credit in article.credits[:_SHORT_LIST]),
        language=_language(article.language),
        read=read,
    )


def title(article: Article) -> str:
    """The title in one line of at most 400 characters, or words that say there is none."""
    return clipped(" ".join(harmless(article.title[: 2 * _TITLE]).split()), _TITLE) or "No title"


def article(shown: Article, *, page: Page, on_page: Sequence[Article], sightings: Sequence[Sighting]) -> ArticleScreen:
    """An article as read: `page` holds it, `on_page` are the articles of that page, `sightings` all its sightings."""
    paragraphs, left_out = _bounded(shown.paragraphs)
    blocks = _blocks(paragraphs)
    heads = sum(1 for _ in _leading(blocks, "standfirst"))
    met = editions(sightings)
    places = _places(shown, sightings, met)
    return ArticleScreen(
        item=item(shown),
        description=clipped(_beginning(shown, _LEAD), _LEAD),
        authors=_names(shown.authors),
        modified=published(shown.modified),
        dateline=clipped(shown.dateline or "", _NAME),
        section=clipped(shown.section or "", _NAME),
        address=outside(shown.address),
        tags=_names(shown.tags),
        standfirst=tuple(blocks[:heads]),
        body=tuple(blocks[heads:]),
        left_out=left_out,
        direction="rtl" if _language(shown.language).partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr",
        origin=_origin(shown, page, sightings),
        places=places[:_SHORT_LIST],
        sightings=len(places),
        editions=max(1, len(met)),
        versions=versions(shown, met),
        others=tuple(item(other) for other in islice(_others(shown, on_page), _SHORT_LIST)),
        extractor=shown.extractor,
        reasons=tuple(clipped(reason, _TITLE) for reason in shown.reasons[:_SHORT_LIST]),
    )


def page(
    shown: Page,
    articles: Sequence[Article],
    rejections: Sequence[Rejection],
    *,
    start: int | Span = 0,
    whole: bool = False,
) -> PageScreen:
    """A captured page around character `start`, or around characters that are to be marked, with its articles marked;
    `whole` leaves no gap between the marks.
    """
    marks = [mark for held in articles for mark in _marks(held)]
    if isinstance(start, Span):
        marks += [Mark(start, "words", -1)] if start.start < start.end else []
        start = start.start
    return PageScreen(
        id=shown.id,
        name=clipped(shown.name, _TITLE),
        address=outside(shown.address),
        media="HTML" if shown.media.value == "text/html" else "text",
        encoding=shown.encoding,
        size=_size(len(shown.content)),
        captured=captured(shown.captured, shown.captured_basis),
        excerpt=excerpt(shown.text, marks, start=start, whole=whole),
        anchors=frozenset({start, *(mark.span.start for mark in marks)}),
        jumps=tuple(Jump(item(held), _begins(held)) for held in articles[:_JUMPS]),
        jumps_left_out=max(0, len(articles) - _JUMPS),
        rejections=_legible(rejections),
        whole=whole,
    )


def outside(address: str | None) -> str:
    """An address that may be made a link: http or https, no user name in it, of bearable length; else nothing."""
    if not address or len(address) > _ADDRESS or harmless(address) != address:
        return ""
    return address if _OUTSIDE.fullmatch(address) else ""


def _days(articles: Sequence[Article], after: Item | None = None, read: Collection[str] = ()) -> tuple[Day, ...]:
    """By date, in their order; one without a date stands where its capture put it, so under the date before it."""
    dated: list[tuple[str, str, Item]] = []
    when = after.when if after else None
    for one in (item(article, read=article.id in read) for article in articles):
        when = one.when or when
        dated.append((when.day if when else "", when.machine[:10] if when else "", one))
    days = groupby(dated, key=lambda held: held[:2])
    return tuple(Day(day, date, tuple(one for _, _, one in members)) for (day, date), members in days)


def _beginning(article: Article, limit: int) -> str:
    """Enough of the standfirst, or else of the body, for a lead of `limit` characters."""
    head = [p for p in article.paragraphs[:8] if p.kind is ParagraphKind.STANDFIRST]
    text = ""
    for paragraph in head or (p for p in article.paragraphs if p.kind in IN_BODY - {ParagraphKind.SUBHEAD}):
        text = f"{text} {paragraph.text[: 2 * limit]}"
        if len(text) > limit + 1:
            break
    return " ".join(text.split())


def _language(code: str | None) -> str:
    return code if code and _LANGUAGE.fullmatch(code) else ""


def _names(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(clipped(name, _NAME) for name in names[:_SHORT_LIST])


def _bounded(paragraphs: Sequence[Paragraph]) -> tuple[list[tuple[int, Paragraph, str]], int]:
    """What one screen can take of the paragraphs, numbered, and how many characters that leaves out."""
    kept: list[tuple[int, Paragraph, str]] = []
    left = _TEXT
    for number, paragraph in enumerate(paragraphs[:_PARAGRAPHS], 1):
        if left <= 0:
            break
        kept.append((number, paragraph, paragraph.text[:left]))
        left -= len(paragraph.text)
    shown = sum(len(text) for _, _, text in kept)
    return kept, sum(len(paragraph.text) for paragraph in paragraphs) - shown


def _blocks(paragraphs: Iterable[tuple[int, Paragraph, str]]) -> list[Block]:
    blocks: list[Block] = []
    for kind, members in groupby(paragraphs, key=lambda member: _set_as(member[1].kind)):
        held = list(members)
        pieces = tuple(Piece(number, _stretches(paragraph, text)) for number, paragraph, text in held)
        labels = tuple(paragraph.kind.value for _, paragraph, _ in held)
        if kind in _TOGETHER:
            blocks.append(Block(kind, pieces, labels))
        else:
            blocks.extend(Block(kind, (piece,), labels[:1]) for piece in pieces)
    return blocks


def _set_as(kind: ParagraphKind) -> str:
    return "aside" if kind in {ParagraphKind.CAPTION, ParagraphKind.PHOTO_CREDIT} else kind.value


def _stretches(paragraph: Paragraph, text: str) -> tuple[Stretch, ...]:
    if paragraph.kind is ParagraphKind.TABLE_ROW:
        return _cells(paragraph, text)
    parts = readable(text) if paragraph.kind in {ParagraphKind.BODY, ParagraphKind.QUOTE} else (text,)
    offsets = accumulate((len(part) for part in parts[:-1]), initial=0)
    return tuple(Stretch(part, _on_page(paragraph, offset)) for part, offset in zip(parts, offsets, strict=True))


def _cells(paragraph: Paragraph, text: str) -> tuple[Stretch, ...]:
    """A row's cells: one a span where the spans spell the text, else what tabs or bars part."""
    if len(paragraph.spans) > 1 and _spelt(paragraph) and text == paragraph.text:
        ends = list(accumulate(span.end - span.start + 1 for span in paragraph.spans))
        starts = [0, *ends[:-1]]
        return tuple(
            Stretch(text[start : end - 1], span.start)
            for start, end, span in zip(starts, ends, paragraph.spans, strict=True)
        )
    return tuple(Stretch(cell.strip(), _at(paragraph)) for cell in re.split(r"\t| \| ", text))


def _spelt(paragraph: Paragraph) -> bool:
    """Whether the text is the spans' characters joined by one space, so that each has its own place on the page."""
    joined = sum(span.end - span.start for span in paragraph.spans) + len(paragraph.spans) - 1
    return joined == len(paragraph.text)


def _on_page(paragraph: Paragraph, offset: int) -> int | None:
    """The character of the page that is the paragraph's `offset`th, or the paragraph's first where nobody can tell."""
    if _spelt(paragraph):
        for span in paragraph.spans:
            size = span.end - span.start
            if offset <= size:
                return span.start + offset
            offset -= size + 1
    return _at(paragraph)


def _leading(blocks: Iterable[Block], kind: str) -> Iterator[Block]:
    for block in blocks:
        if block.kind != kind:
            return
        yield block


def _at(paragraph: Paragraph) -> int | None:
    return min((span.start for span in paragraph.spans), default=None)


def _begins(article: Article) -> int | None:
    """The first character of an article on its page."""
    starts = [at for at in map(_at, article.paragraphs) if at is not None]
    if article.title_span:
        return article.title_span.start
    return min(starts, default=None)


def _others(shown: Article, on_page: Sequence[Article]) -> Iterator[Article]:
    return (other for other in on_page if other.id != shown.id)


def _origin(shown: Article, page: Page, sightings: Sequence[Sighting]) -> Origin:
    times = [met.captured for met in sightings if met.article.page == page.id]
    return Origin(
        page=page.id,
        name=clipped(page.name, _TITLE),
        address=outside(page.address),
        captured=captured(page.captured or next(iter(times), None), page.captured_basis),
        span=shown.body_span,
        start=_begins(shown),
    )


def _places(shown: Article, sightings: Sequence[Sighting], met: Iterable[Edition]) -> tuple[Place, ...]:
    numbers = {id_: edition.number for edition in met for id_ in edition.ids}
    places = []
    for one in sightings:
        held = one.article
        here = held.page == shown.page and held.position == shown.position
        number = numbers.get(held.edition, 0)
        places.append(
            Place(held.page, captured(one.captured), _ROLES[held.role], number, held.edition, _begins(held), here)
        )
    return tuple(places)


def _marks(article: Article) -> Iterator[Mark]:
    if article.title_span:
        yield Mark(article.title_span, "title", article.position)
    for paragraph in article.paragraphs:
        for span in paragraph.spans:
            yield Mark(span, paragraph.kind.value, article.position)
    for credit in article.credits:
        if credit.span:
            yield Mark(credit.span, "credit", article.position)
    for span in article.furniture:
        yield Mark(span, "furniture", article.position)


def _legible(rejections: Iterable[Rejection]) -> tuple[Rejection, ...]:
    return tuple(
        replace(one, subject=clipped(one.subject, _TITLE) or "no name", detail=clipped(one.detail, 2 * _TITLE))
        for one in rejections
    )


def _size(count: int) -> str:
    for unit, size in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} bytes"
