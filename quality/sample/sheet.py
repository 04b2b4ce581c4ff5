"""Writes one page of the sample piece by piece and remembers where every marked span landed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from quality.sample.markup import Article, Block

Span = list[int]


@dataclass
class Placed:
    """One article as it stands in one file: offsets of its parts and of its marked spans."""

    file: str
    n: int
    article: Article
    role: str
    outlet: str | None
    age: str | None
    form: str = "article"
    published: str | None = None
    basis: str | None = None
    start: int = -1
    end: int = -1
    author: str | None = None
    show_title: bool = True
    title_copies: list[Span] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    subheads: list[Span] = field(default_factory=list)
    captions: list[Span] = field(default_factory=list)
    photo_credits: list[Span] = field(default_factory=list)
    credit_spans: list[Span] = field(default_factory=list)
    marks: dict[str, dict[str, list[Span]]] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Dress:
    """How running text is written on a page: escaping, tags around links, what divides the cells of a table row."""

    escape: Callable[[str], str] = lambda character: character
    link: tuple[str, str] = ("", "")
    cell: str = "\t"

    def row(self, character: str) -> str:
        """Escape a character of a table row."""
        return self.cell if character == "|" else self.escape(character)


class Sheet:
    """A page under construction; `pos` is the offset of the next character."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.pos = 0

    def write(self, text: str) -> Span:
        """Append text and return its span."""
        start = self.pos
        self.parts.append(text)
        self.pos += len(text)
        return [start, self.pos]

    def text(self) -> str:
        """The whole page."""
        return "".join(self.parts)

    def block(
        self,
        placed: Placed,
        block: Block,
        place: str = "body",
        escape: Callable[[str], str] = lambda character: character,
        link: tuple[str, str] = ("", ""),
    ) -> Span:
        """Write a block character by character, so that its marks can be carried to the page."""
        base = self.pos
        first: list[int] = []
        last: list[int] = []
        out = ""
        opens = {start for start, _ in block.links}
        closes = {end for _, end in block.links}
        for at, character in enumerate(block.text):
            out += (link[1] if at in closes else "") + (link[0] if at in opens else "")
            first.append(base + len(out))
            out += escape(character)
            last.append(base + len(out))
        out += link[1] if len(block.text) in closes else ""
        for mark in block.marks:
            span = [first[mark.start], last[mark.end - 1]]
            if mark.label == "cr":
                placed.credit_spans.append(span)
                continue
            label = f"{block.key}#{mark.label}"
            placed.marks.setdefault(label, {}).setdefault(mark.role, []).append(span)
            placed.where.setdefault(label, place)
        return self.write(out)

    def body(
        self,
        placed: Placed,
        wrap: Callable[[Block], tuple[str, str]],
        between: str = "",
        dress: Dress = Dress(),
    ) -> None:
        """Write the blocks of an article body and record its bounds, promotions and subheads."""
        blocks = placed.article.blocks
        for number, block in enumerate(blocks):
            before, after = wrap(block)
            self.write((between if number else "") + before)
            escape = dress.row if block.kind == "row" else dress.escape
            span = self.block(placed, block, "body", escape, dress.link)
            self.write(after)
            if placed.start < 0:
                placed.start = span[0]
            placed.end = span[1]
            if block.kind == "promo":
                placed.furniture.append(span)
            if block.kind == "subhead":
                placed.subheads.append(span)
        if not blocks:
            placed.start = placed.end = self.pos
