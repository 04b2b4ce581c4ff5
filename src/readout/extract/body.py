"""The text of one article, line by line, cut into what is body and what is not: title repeated, captions, photo
credits, promotions, pointers to other articles, trailing credits, an author's biography.

Works on characters and offsets only, so that everything kept can be found again on the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from readout.extract import credits as crediting
from readout.extract import endings, furniture, photos
from readout.extract.lines import Line
from readout.extract.looks import Marks
from readout.models import Credit, Paragraph, ParagraphKind, Span, folded
from readout.text import sentences

_LEADING = 500  # how far into a body a leading caption can reach
_CAPTION_WORDS = 60
_LONGEST_CAPTION = 600
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
    first = next((i for i, (kind, _) in enumerate(lines) if kind is ParagraphKind.BODY), -1)
    tail = _tail(lines)
    paragraphs: list[Paragraph] = []
    dropped = list(tail.dropped)
    credited = list(tail.credits)
    dateline = None
    for i, (kind, line) in enumerate(lines):
        if kind is not ParagraphKind.BODY:
            paragraphs.append(Paragraph(line.text, (Span(line.start, line.end),), kind))
        elif i <= tail.last:
            pieces = _pieces(line, tail.end if i == tail.last else len(line.text), context, leading=i == first)
            made, lost = _paragraphs(line, pieces)
            paragraphs += made
            dropped += lost
            if i == first and (opening := _opening(line, pieces)):
                dateline = opening.place
                credited[:0] = opening.credits
    return Body(tuple(paragraphs), tuple(sorted(dropped)), _credited(credited, context.outlet), dateline, tail.author)


@dataclass(frozen=True)
class _Tail:
    """Where a body ends: the line that holds its last words and the offset of their end, and what stands after them."""

    last: int
    end: int
    dropped: tuple[Span, ...]
    credits: tuple[Credit, ...]
    author: str | None


def _tail(lines: Sequence[tuple[ParagraphKind, Line]]) -> _Tail:
    """The tail of a body, which may take up more than one line."""
    dropped: list[Span] = []
    credited: list[Credit] = []
    author = None
    for i in range(len(lines) - 1, -1, -1):
        kind, line = lines[i]
        if kind is not ParagraphKind.BODY:
            continue
        end = _ending(line)
        credited[:0] = end.credits
        author = end.author or author
        if end.start < len(line.text):
            dropped.append(Span(line.start + end.start, line.end))
        if end.start:
            return _Tail(i, end.start, tuple(dropped), tuple(credited), author)
    return _Tail(-1, 0, tuple(dropped), tuple(credited), author)


def _credited(found: Sequence[Credit], outlet: str | None) -> tuple[Credit, ...]:
    """Each credit once, by its name where initials stand for it too; "Tidende and Meridian" in the Tidende credits the
    other alone.
    """
    own = folded(outlet or "")
    others = [credit for credit in found if folded(credit.name) not in own] if len(found) > 1 else []
    named = {credit.name.casefold(): credit for credit in reversed(others or found)}
    each = tuple(named.values())[::-1]
    return tuple(one for one in each if not any(endings.is_short_for(one.name, other.name) for other in each))


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
    pictured = [at - line.start for at in context.marks.pictures.between(line.start, line.end)]
    if leading:
        cuts, start = _leading(text, context, pictured)
    if hints := context.marks.promotions.between(line.start + start, line.end):
        inside = [hint - line.start - start for hint in hints]
        cuts += [(None, start + a, start + b) for a, b in furniture.promotions(text[start:], inside)]
    if context.marks.pointers.within(line.start, line.end):
        cuts += [(None, a, b) for a, b in furniture.pointers(text, context.titles) if a >= start]
    if pictured:
        cuts += [piece for piece in _captions(text, pictured, context.outlet) if piece[1] >= start]
    return _fill(text, cuts)


def _leading(text: str, context: Context, pictured: Sequence[int]) -> tuple[list[Piece], int]:
    """What stands before the first word of a body: the title again, a caption, whose picture it is."""
    cuts: list[Piece] = []
    at = 0
    opening = text[: 2 * len(context.title)]
    if context.title and opening.casefold().startswith(context.title.casefold()):
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
    filed = crediting.opening(text[at:]) is not None  # a caption opens with no dateline
    near = [hint - at for hint in pictured if at <= hint < at + _LEADING]
    for start, cut in photos.inline(text[at : at + _LEADING], near) if near and not filed else ():
        end = _with_name(text, at + start, at + cut, context.outlet) - at
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
        if (
            name
            and text.startswith(name, at)
            and re.match(r"[ /:]+[A-ZÀ-Þ]", text[at + len(name) : at + len(name) + 4])
        ):
            return at + len(name)
    return None


def _captions(text: str, pictured: Sequence[int], outlet: str | None) -> list[Piece]:
    """Captions in the middle of a body that was flattened into one line: the sentence before a photo credit."""
    found: list[Piece] = []
    for start, cut in photos.inline(text, pictured):
        end = _with_name(text, start, cut, outlet)
        lead = _opening_of(text, start)
        if text[lead:start].strip() and len(text[lead:start].split()) <= _CAPTION_WORDS:
            found.append((ParagraphKind.CAPTION, lead, start))
        found.append((ParagraphKind.PHOTO_CREDIT, start, end))
    return found


def _with_name(text: str, start: int, end: int, outlet: str | None) -> int:
    """Where a photo credit ends whose owner is the outlet itself: after all words of its name."""
    named = text.find(outlet, start, end + len(outlet)) if outlet else -1
    return max(end, named + len(outlet)) if outlet and 0 <= named < end else end


def _opening_of(text: str, end: int) -> int:
    """Where the sentence opens that closes before `end`; `end` itself where it is too long for a caption."""
    near = max(0, end - _LONGEST_CAPTION)
    before = text[near:end].rstrip()
    ends = [stop for stop in sentences.ends(before) if stop < len(before)]
    if not ends and near:
        return end
    opening = near + (ends[-1] if ends else 0)
    return opening + len(text[opening:end]) - len(text[opening:end].lstrip())


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
