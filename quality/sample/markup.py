"""Light inline markup of the sample articles: reads a source file and keeps every marked span beside its paragraph.

A source file has four parts divided by lines of three hyphens: header, body, statements, events.
Inside running text `{1:content}`, `{1?cue}` and `{1@source}` mark the spans of statement 1, `{cr:…}` a credit in the
text, and `[[…]]` a link. Block prefixes: `## ` subhead, `> ` block quotation, `- ` list item, `| ` table row,
`! ` promotion. A line `+key:1,3-5` takes over paragraphs of another article with their statements and events.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"
PREFIXES = {"## ": "subhead", "> ": "quote", "- ": "item", "| ": "row", "! ": "promo"}
KINDS = {"d": "direct", "i": "indirect", "m": "mixed"}
ACTS = {
    "claim",
    "commitment",
    "demand",
    "denial",
    "refusal",
    "condition",
    "prediction",
    "evaluation",
    "no comment",
}
WEAK = {"belief", "stance", "hedged", "label", "act", "nested", "caption", "headline", "teaser"}


@dataclass(frozen=True)
class Mark:
    """One marked span of a paragraph: which statement it belongs to, its role (`:`, `?`, `@`) and its offsets."""

    label: str
    role: str
    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """One paragraph, subhead, list item, table row or promotion, with its marks and link spans."""

    kind: str
    text: str
    marks: tuple[Mark, ...] = ()
    links: tuple[tuple[int, int], ...] = ()
    key: str = ""
    number: int = 0


@dataclass(frozen=True)
class Statement:
    """What the answers say of one marked statement, besides its spans."""

    label: str
    kind: str
    act: str
    speaker: str
    via: tuple[str, ...] = ()
    channel: str | None = None
    weak: str | None = None


@dataclass(frozen=True)
class Event:
    """A dated happening told in one paragraph of one article."""

    key: str
    number: int
    what: str
    participants: tuple[str, ...]
    date: str | None
    expression: str | None
    status: str
    quantities: tuple[str, ...]


@dataclass
class Article:
    """A source article after reading: header, blocks, and what the answers say of it."""

    key: str
    header: dict[str, str]
    title: Block
    blocks: list[Block]
    statements: dict[str, Statement]
    events: list[Event] = field(default_factory=list)
    standfirst: Block | None = None
    caption: Block | None = None

    def get(self, name: str) -> str | None:
        """A header value, or None where the header does not have it."""
        return self.header.get(name) or None


def parse_inline(raw: str, kind: str, key: str = "", number: int = 0) -> Block:
    """Strip the inline markup from one line and return the plain block with its spans."""
    text: list[str] = []
    marks: list[Mark] = []
    links: list[tuple[int, int]] = []
    stack: list[tuple[str, str, int]] = []
    opener = re.compile(r"\{([a-z]*\d*)([:?@])")
    at = 0
    while at < len(raw):
        found = opener.match(raw, at)
        if found:
            stack.append((found.group(1), found.group(2), len(text)))
            at = found.end()
        elif raw[at] == "}":
            label, role, start = stack.pop()
            marks.append(Mark(label, role, start, len(text)))
            at += 1
        elif raw.startswith("[[", at):
            stack.append(("", "link", len(text)))
            at += 2
        elif raw.startswith("]]", at):
            _, role, start = stack.pop()
            assert role == "link", raw
            links.append((start, len(text)))
            at += 2
        else:
            text.append(raw[at])
            at += 1
    assert not stack, f"{key}: unclosed mark in {raw!r}"
    return Block(kind, "".join(text), tuple(marks), tuple(links), key, number)


def curl(text: str) -> str:
    """Replace straight quotation marks and apostrophes by curly ones, one character for one."""
    text = re.sub(r'(^|[\s(\[—–‘])"', "\\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[—–“])'", "\\1‘", text).replace("'", "’")


def restyle(block: Block, style: str | None) -> Block:
    """Apply an outlet's style of quotation marks; the length never changes, so the marks stay right."""
    if style == "curly":
        return replace(block, text=curl(block.text))
    if style == "single":
        return replace(block, text=block.text.replace('"', "'"))
    return block


def read_statement(line: str, key: str) -> Statement:
    """Read `1 d claim | Speaker | via=A; B | channel=C | weak=D`."""
    head, speaker, *rest = [part.strip() for part in line.split("|")]
    label, kind, act = head.split(" ", 2)
    options = dict(part.split("=", 1) for part in rest)
    assert act in ACTS, f"{key}: act {act!r}"
    assert set(options) <= {"via", "channel", "weak"}, f"{key}: {line}"
    assert options.get("weak") in WEAK | {None}, f"{key}: {line}"
    via = tuple(name.strip() for name in options.get("via", "").split(";") if name.strip())
    return Statement(label, KINDS[kind], act, speaker, via, options.get("channel"), options.get("weak"))


def read_event(line: str, key: str) -> Event:
    """Read `3 | what | A; B | date | time expression | status | quantity; quantity` (a hyphen is nothing)."""
    number, what, who, date, expression, status, quantities = [part.strip() for part in line.split("|")]
    assert status in {"happened", "planned", "deadline"}, f"{key}: {line}"

    def names(text: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in text.split(";") if part.strip() not in {"", "-"})

    return Event(
        key,
        int(number),
        what,
        names(who),
        None if date == "-" else date,
        None if expression == "-" else expression,
        status,
        names(quantities),
    )


def read_raw(key: str) -> tuple[dict[str, str], list[str], list[str], list[str]]:
    """The four parts of a source file, as header and lists of lines."""
    parts = (ARTICLES / f"{key}.txt").read_text(encoding="utf-8").split("\n---\n")
    parts += [""] * (4 - len(parts))
    header = {}
    for line in parts[0].splitlines():
        name, value = line.split(":", 1)
        header[name.strip()] = value.strip()
    body, statements, events = ([line for line in part.splitlines() if line.strip()] for part in parts[1:4])
    return header, body, statements, events


def chosen(spec: str) -> list[int]:
    """Numbers named by `1,3-5`."""
    numbers: list[int] = []
    for part in spec.split(","):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def line_block(line: str, key: str, number: int) -> Block:
    """One line of the body part as a block."""
    for prefix, kind in PREFIXES.items():
        if line.startswith(prefix):
            return parse_inline(line[len(prefix) :], kind, key, number)
    return parse_inline(line, "p", key, number)


def body_blocks(key: str, lines: list[str]) -> list[Block]:
    """Blocks of a body, with the taken-over paragraphs of other articles in place."""
    blocks: list[Block] = []
    for number, line in enumerate(lines, 1):
        if line.startswith("+"):
            other, _, spec = line[1:].partition(":")
            wanted = chosen(spec)
            source = {block.number: block for block in body_blocks(other, read_raw(other)[1]) if block.key == other}
            blocks += [source[n] for n in wanted]
        else:
            blocks.append(line_block(line, key, number))
    return blocks


def load(key: str) -> Article:
    """Read one article with everything it takes over from others."""
    header, lines, statement_lines, event_lines = read_raw(key)
    style = header.get("quotes")
    raw_blocks = body_blocks(key, lines)
    statements = {f"{key}#{s.label}": s for s in (read_statement(line, key) for line in statement_lines)}
    events = [read_event(line, key) for line in event_lines]
    for other in sorted({block.key for block in raw_blocks} - {key}):
        _, _, more, happenings = read_raw(other)
        statements |= {f"{other}#{s.label}": s for s in (read_statement(line, other) for line in more)}
        numbers = {block.number for block in raw_blocks if block.key == other}
        events += [event for event in (read_event(line, other) for line in happenings) if event.number in numbers]

    def extra(name: str) -> Block | None:
        return restyle(parse_inline(header[name], name, key), style) if header.get(name) else None

    title = extra("title")
    assert title is not None, key
    article = Article(
        key,
        header,
        title,
        [restyle(block, style) for block in raw_blocks],
        statements,
        events,
        extra("standfirst"),
        extra("caption"),
    )
    check(article)
    return article


def check(article: Article) -> None:
    """Assert that marks and statements name each other and that time expressions stand in their paragraph."""
    parts = [article.title, *article.blocks]
    parts += [block for block in (article.standfirst, article.caption) if block]
    marked = {f"{block.key}#{mark.label}" for block in parts for mark in block.marks if mark.label != "cr"}
    content = {f"{block.key}#{mark.label}" for block in parts for mark in block.marks if mark.role == ":"}
    missing = marked - set(article.statements)
    assert not missing, f"{article.key}: no statement line for {sorted(missing)}"
    unused = {s for s in article.statements if s.startswith(f"{article.key}#")} - content
    assert not unused, f"{article.key}: statement without content {sorted(unused)}"
    for event in article.events:
        texts = [b.text for b in article.blocks if b.key == event.key and b.number == event.number]
        if event.number == 0:
            texts = [article.title.text]
        assert len(texts) == 1, f"{article.key}: event paragraph {event.number}"
        if event.expression:
            assert restyle(Block("p", event.expression), article.get("quotes")).text in texts[0], (
                f"{article.key}: {event.expression!r} not in paragraph {event.number}"
            )
