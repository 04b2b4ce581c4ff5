"""The text of one article, line by line, cut into what is body and what is not: title repeated, captions, photo
credits, promotions, pointers to other articles, trailing credits, an author's biography.

Works on characters and offsets only, so that everything kept can be found again on the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from readout.extract import credits as crediting
from readout.extract import furniture, photos
from readout.extract.looks import Line, Marks
from readout.models import Credit, Paragraph, ParagraphKind, Span, folded
from readout.text import sentences

_LEADING = 500  # how far into a body a leading caption can reach
_CAPTION_WORDS = 60
_OPENS = re.compile(r"\s+(?=[A-ZÀ-Þ0-9\"“‘'(])")


@dataclass(frozen=True)
class Context:
    """What is known of the article whose text is read, and of the page it stands on."""

    marks: Marks
    title: str = ""
    outlet: str | None = None
    titles: Collection[str] = ()  # of every article on the page


@dataclass(frozen=True)
class Body:
    """The paragraphs of an article, what its text credits and where it was filed; spans count in the page."""

    paragraphs: tuple[Paragraph, ...]
    furniture: tuple[Span, ...] = ()
    credits: tuple[Credit, ...] = ()
    dateline: str | None = None
    author: str | None = None


Piece = tuple[ParagraphKind | None, int, int]  # None: furniture; offsets in the line


def read(lines: Sequence[tuple[ParagraphKind, Line]], context: Context) -> Body:
    """Paragraphs out of the lines of one article, in order. Lines of other kinds than BODY are kept as they are."""
    last = max((i for i, (kind, _) in enumerate(lines) if kind is ParagraphKind.BODY), default=-1)
    first = next((i for i, (kind, _) in enumerate(lines) if kind is ParagraphKind.BODY), -1)
    paragraphs: list[Paragraph] = []
    dropped: list[Span] = []
    credited: list[Credit] = []
    dateline = author = None
    stop = len(lines)
    for i in range(last, -1, -1):  # the ending may take up more than one line
        kind, line = lines[i]
        if kind is not ParagraphKind.BODY:
            continue
        end = _ending(line)
        credited[:0] = end.credits
        author = end.author or author
        if end.start < len(line.text):
            dropped.append(Span(line.start + end.start, line.end))
        if end.start:
            stop = i
            break
    for i, (kind, line) in enumerate(lines):
        if kind is not ParagraphKind.BODY:
            paragraphs.append(Paragraph(line.text, (Span(line.start, line.end),), kind))
            continue
        if i > stop:
            continue
        until = _ending(line).start if i == stop else len(line.text)
        pieces = _pieces(line, until, context, leading=i == first)
        made, lost = _paragraphs(line, pieces)
        paragraphs += made
        dropped += lost
        if i == first and (opening := _opening(line, pieces)):
            dateline = opening.place
            credited[:0] = opening.credits
    own = folded(context.outlet or "")
    if len(credited) > 1:  # "Tidende and Meridian" in the Tidende credits the other
        credited = [credit for credit in credited if folded(credit.name) not in own] or credited
    return Body(tuple(paragraphs), tuple(sorted(dropped)), _unique(credited), dateline, author)


def _ending(line: Line) -> crediting.Ending:
    """The ending of a body's last line, words left over from a link included."""
    cut = furniture.leftover(line.text)
    end = crediting.ending(line.text if cut is None else line.text[:cut], line.start)
    if end.start and (again := furniture.leftover(line.text[: end.start])) is not None:
        return crediting.Ending(len(line.text[:again].rstrip()), end.credits, end.author)
    return end


def _opening(line: Line, pieces: Sequence[Piece]) -> crediting.Opening | None:
    start = next((start for kind, start, _ in pieces if kind is ParagraphKind.BODY), None)
    return None if start is None else crediting.opening(line.text[start:], line.start + start)


def _pieces(line: Line, end: int, context: Context, *, leading: bool) -> list[Piece]:
    """The pieces of a body's line up to `end`, in order, without gaps other than white space."""
    text = line.text[:end]
    cuts: list[Piece] = []
    start = 0
    pictured = context.marks.pictures.within(line.start, line.end)
    if leading:
        cuts, start = _leading(text, context, pictured=pictured)
    if context.marks.promotions.within(line.start, line.end):
        cuts += [(None, start + a, start + b) for a, b in furniture.promotions(text[start:])]
    if context.marks.pointers.within(line.start, line.end):
        cuts += [(None, a, b) for a, b in furniture.pointers(text, context.titles) if a >= start]
    if pictured:
        cuts += [piece for piece in _captions(text) if piece[1] >= start]
    return _fill(text, cuts)


def _leading(text: str, context: Context, *, pictured: bool) -> tuple[list[Piece], int]:
    """What stands before the first word of a body: the title again, a caption, whose picture it is."""
    cuts: list[Piece] = []
    at = 0
    if context.title and text.casefold().startswith(context.title.casefold()):
        gap = _OPENS.match(text, len(context.title))
        if gap:
            cuts.append((None, 0, len(context.title)))
            at = gap.end()
    owner = _leading_owner(text, at, context.outlet)
    if owner:
        cuts.append((ParagraphKind.PHOTO_CREDIT, at, owner))
        end = owner + sentences.ends(text[owner : owner + _LEADING])[0]
        if end < len(text) and len(text[owner:end].split()) <= _CAPTION_WORDS:
            lead = owner + len(text[owner:end]) - len(text[owner:end].lstrip())
            cuts.append((ParagraphKind.CAPTION, lead, end))
            at = end
        return cuts, at
    for start, end in photos.inline(text[at : at + _LEADING]) if pictured else ():
        if end + at >= len(text) or not _OPENS.match(text, at + end):
            continue
        if len(text[at : at + start].split()) <= _CAPTION_WORDS:
            cuts += [(ParagraphKind.CAPTION, at, at + start)] if text[at : at + start].strip() else []
            cuts.append((ParagraphKind.PHOTO_CREDIT, at + start, at + end))
            return cuts, at + end
    return cuts, at


def _leading_owner(text: str, at: int, outlet: str | None) -> int | None:
    """The end of the outlet's own name where it stands before a caption as the owner of the picture."""
    for name in (outlet, f"The {outlet}") if outlet else ():
        end = at + len(name)
        if name and text.startswith(name, at) and re.match(r"[ /:]+[A-ZÀ-Þ]", text[end : end + 4]):
            return end
    return None


def _captions(text: str) -> list[Piece]:
    """Captions in the middle of a body that was flattened into one line: the sentence before a photo credit."""
    found: list[Piece] = []
    for start, end in photos.inline(text):
        before = [e for e in sentences.ends(text[:start]) if e < len(text[:start].rstrip())]
        opening = before[-1] if before else 0
        lead = opening + len(text[opening:start]) - len(text[opening:start].lstrip())
        if text[lead:start].strip() and len(text[lead:start].split()) <= _CAPTION_WORDS:
            found.append((ParagraphKind.CAPTION, lead, start))
        found.append((ParagraphKind.PHOTO_CREDIT, start, end))
    return found


def _fill(text: str, cuts: list[Piece]) -> list[Piece]:
    """The cuts in order, without overlap, and the body between them."""
    pieces: list[Piece] = []
    at = 0
    for kind, start, end in sorted(cuts, key=lambda cut: (cut[1], -cut[2])):
        if start < at:
            continue
        pieces.append((ParagraphKind.BODY, at, start))
        pieces.append((kind, start, end))
        at = end
    pieces.append((ParagraphKind.BODY, at, len(text)))
    return [trimmed for kind, a, b in pieces if (trimmed := _trim(text, kind, a, b))]


def _trim(text: str, kind: ParagraphKind | None, start: int, end: int) -> Piece | None:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    trail = len(piece) - len(piece.rstrip())
    return (kind, start + lead, end - trail) if lead < len(piece) else None


def _paragraphs(line: Line, pieces: Sequence[Piece]) -> tuple[list[Paragraph], list[Span]]:
    """One paragraph for the body of the line, however many cuts it has, and one for each caption and credit."""
    spans = [Span(line.start + a, line.start + b) for kind, a, b in pieces if kind is ParagraphKind.BODY]
    body = [line.text[a:b] for kind, a, b in pieces if kind is ParagraphKind.BODY]
    aside = [
        Paragraph(line.text[a:b], (Span(line.start + a, line.start + b),), kind)
        for kind, a, b in pieces
        if kind is not None and kind is not ParagraphKind.BODY
    ]
    lost = [Span(line.start + a, line.start + b) for kind, a, b in pieces if kind is None]
    return [*aside, Paragraph(" ".join(body), tuple(spans))] if spans else aside, lost


def _unique(credited: Sequence[Credit]) -> tuple[Credit, ...]:
    return tuple({credit.name.casefold(): credit for credit in reversed(credited)}.values())[::-1]
