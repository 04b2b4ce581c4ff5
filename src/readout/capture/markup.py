"""XML from outside made fit for a parser: decoded, without prologue, capped in depth and in number. Pure; no parser.

Whoever wrote the XML may want to hurt whoever parses it. One scan, linear in its length, walks the tags before any
parser does and cuts the text where a cap is met, at the last entry that is whole, so that what stands before the cut is
still read. The prologue goes altogether: without a DTD there is no entity to expand, and no address to follow.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Container
from dataclasses import dataclass
from typing import NamedTuple

from readout.text import decode

LIMIT = 10 * 1024 * 1024  # bytes, as they came and again as UTF-8
MAX_DEPTH = 256
MAX_TAGS = 100_000
LONGEST_TAG = 64 * 1024
MAX_PREFIXES = 100
MAX_LABELS = 60  # categories and authors of one entry: parsers compare each with all
MAX_REFERENCES = 400_000
MAX_STRAYS = 20_000  # "<" that begins nothing
NAME, NAMES, RUN = 1_000, 512 * 1024, 100  # characters of one name or date, of all, and of those without a break
PROLOGUE = 256 * 1024

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.+-]{2,40})", re.IGNORECASE)
_ENCODING = re.compile(r"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.+-]{2,40})[\"']", re.IGNORECASE)
_BEGINNING = re.compile(r"<[A-Za-z_:]")
_MARK = re.compile(r"<(?:(!--)|(!\[CDATA\[)|([?!])|(/?)([A-Za-z_][^\s/<>]*+))")
_TAG_END = re.compile(r"""(?>(?:[^<>"']++|"[^<"]*+"|'[^<']*+')*)>""")
_RUN = re.compile(rf"[A-Za-z0-9_.+-]{{{RUN + 1}}}")
_PREFIX = re.compile(r"\bxmlns:([\w.-]+)")
_DOCTYPE_PIECE = re.compile(r"""[^\[\]<>"']++|"[^"]*+"|'[^']*+'|<!--|.""", re.DOTALL)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SNIFFED = {  # "<?xm" without a byte order mark; source: XML 1.0, appendix F
    b"\x4c\x6f\xa7\x94": "cp037",
    b"\x00\x3c\x00\x3f": "utf-16-be",
    b"\x3c\x00\x3f\x00": "utf-16-le",
    b"\x00\x00\x00\x3c": "utf-32-be",
    b"\x3c\x00\x00\x00": "utf-32-le",
}
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "euc_kr": "cp949", "shift_jis": "cp932"}
_NAMES = frozenset((
    "author", "creator", "managingeditor", "webmaster", "publisher", "owner", "contributor", "name", "email",
    "keywords", "tags", "point", "line", "polygon", "box", "pos", "poslist", "coordinates",
    "pubdate", "published", "issued", "updated", "modified", "lastbuilddate", "date", "created", "expirationdate",
))  # fmt: skip
_PIECES = 1_000  # of a prologue
_LABELS = frozenset({"category", "subject", "keywords", "tags", "contributor", "author", "creator"})
_OUTER = 2  # elements around what a feed consists of: <rss><channel>
_NEVER = frozenset({"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "mbcs", "oem"})


@dataclass(frozen=True)
class Document:
    """XML that is fit for a parser: it begins with its root element, in `text`, and is within every cap.

    `root` is the root's name without prefix, in lower case; `faults` say what was cut or mended.
    """

    root: str
    text: str
    faults: tuple[str, ...] = ()


def document(content: bytes, content_type: str | None, entries: Container[str], most: int) -> Document | None:
    """The XML in `content`; None where there is no element at all.

    `content_type` is the header that it came with. `entries` are the names, without prefix and in lower case, of the
    elements that repeat ("item"): no more than `most` of them stay.
    """
    if len(content) > LIMIT:
        return None
    text = body(content, content_type)
    if text is None:
        return None
    if not root(text):
        return None
    walk = _Walk(entries, most)
    walk.over(text)
    faults = [walk.fault] if walk.fault else []
    if walk.dropped:
        faults.append(f"{len(walk.dropped):,} names, dates or categories were too long or too many")
    return Document(root(text), _kept(text, walk), tuple(faults))


def _kept(text: str, walk: _Walk) -> str:
    """The text without what was dropped, and closed where it was cut."""
    end = walk.cut if walk.fault else len(text)
    if end == 0:
        return f"<{root(text)}/>"
    pieces, at = [], 0
    for start, stop in walk.dropped:
        if stop <= end:
            pieces.append(text[at:start])
            at = stop
    pieces.append(text[at:end])
    if walk.fault:
        pieces.extend(f"</{name}>" for name in reversed(walk.stack_at_cut))
    return "".join(pieces)


def body(content: bytes, content_type: str | None = None) -> str | None:
    """From the first element on, with no character that XML does not know; None where there is no element."""
    text = _without_prologue(decoded(content, content_type))
    return None if text is None else _NOT_XML.sub("", text)


def root(text: str) -> str:
    """The name of the element that a body begins with, without prefix and in lower case."""
    found = _MARK.match(text)
    return local(found[5]) if found and found[5] else ""


def decoded(content: bytes, content_type: str | None = None) -> str:
    """The characters: by a byte order mark, as UTF-8 where it is valid and says more than ASCII, by the header, by the
    XML declaration, and last by what the bytes look like. What no codec can read becomes U+FFFD.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    if sniffed := _SNIFFED.get(content[:4]):
        return _by(content, [_inner(content, sniffed), sniffed])
    header = _CHARSET.search(content_type or "")
    said = _ENCODING.search(content[:1024].decode("latin-1"))
    labels = [match[1] for match in (header, said) if match]
    return _by(content, labels if content.isascii() else ["utf-8", *labels])


def local(name: str) -> str:
    """The name of an element without its prefix, in lower case."""
    return name.rpartition(":")[2].lower()


def _by(content: bytes, labels: list[str]) -> str:
    for label in labels:
        codec = named(label)
        if codec is None:
            continue
        try:
            return content.decode(codec)
        except (UnicodeError, LookupError):
            continue
    return content.decode(decode.codec(content) or "utf-8", "replace")


def _inner(content: bytes, sniffed: str) -> str:
    """The encoding that a declaration names, which is itself in one that was told by its first four bytes."""
    said = _ENCODING.search(content[:1024].decode(sniffed, "replace"))
    return said[1] if said and not said[1].lower().startswith(("utf", "ucs", "iso-10646", "u16", "u32")) else sniffed


def named(label: str) -> str | None:
    """The codec that a label names, for characters only: others that Python knows unpack, or are no encoding."""
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    if not getattr(found, "_is_text_encoding", True) or found.name in _NEVER:
        return None
    return _WIDER.get(found.name, found.name)


def _without_prologue(text: str) -> str | None:
    """From the root element on: no declaration, no comment, no DTD before it."""
    at = 0
    for _ in range(_PIECES):
        at = text.find("<", at)
        if at < 0:
            return None
        if _BEGINNING.match(text, at):
            return text[at:]
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            at = len(text) if end < 0 else end + 3
        elif text.startswith(("<!DOCTYPE", "<!doctype"), at):
            at = _end_of_doctype(text, at)
        else:
            at += 1
    return None


def _end_of_doctype(text: str, at: int) -> int:
    depth, inside = 0, False
    limit = at + PROLOGUE
    while at < min(len(text), limit):
        piece = _DOCTYPE_PIECE.match(text, at)
        if piece is None:
            break
        at = piece.end()
        match piece[0]:
            case "<!--":
                at = _after(text, "-->", at)
            case "<":
                depth += 1
            case ">":
                depth -= 1
                if depth <= 0 and not inside:
                    return at
            case "[":
                inside = True
            case "]":
                inside = False
    return len(text)


class _Held(NamedTuple):
    """A name, a date or a label that is open: how deep, where it begins, and whether there are too many of it."""

    depth: int
    start: int
    surplus: bool


class _Walk:
    """One walk over the tags, until a cap is met: then the cut is behind the last part that is whole."""

    stack_at_cut: tuple[str, ...]

    def __init__(self, entries: Container[str], most: int) -> None:
        self.cut, self.stack_at_cut = 0, ()
        self.fault = ""
        self.dropped: list[tuple[int, int]] = []
        self._entries, self._most = entries, most
        self._open: list[str] = []
        self._tags = self._count = self._references = self._strays = self._labels = 0
        self._prefixes: set[str] = set()
        self._entry: int | None = None  # how deep the entry is that is open
        self._held: _Held | None = None
        self._left = NAMES

    def over(self, text: str) -> None:
        """Go on until the end or the first cap."""
        at = 0
        while not self.fault and (mark := _MARK.search(text, at)):
            self._passed(text, at, mark.start())
            before = at
            at = self._tag(text, mark) if mark[5] else _after_other(text, mark)
            self._references += 0 if mark[5] else text.count("&", before, at)
            self.fault = self.fault or self._met()
        if not self.fault:
            self._passed(text, at, len(text))
            self.fault = self._met()
        if self._held:
            self._judge(text, self._held, len(text))

    def _passed(self, text: str, start: int, end: int) -> None:
        self._references += text.count("&", start, end)
        self._strays += text.count("<", start, end)

    def _tag(self, text: str, mark: re.Match[str]) -> int:
        limit = text.find("<", mark.end())
        limit = len(text) if limit < 0 else limit
        end = _TAG_END.match(text, mark.end(), limit)
        at = end.end() if end else limit
        self._tags += 1
        if at - mark.start() > LONGEST_TAG:
            self.fault = f"a tag longer than {LONGEST_TAG:,} characters: cut there"
            return at
        if text.find("xmlns:", mark.end(), at) >= 0:
            self._prefixes.update(_PREFIX.findall(text, mark.end(), at))
        if mark[4]:
            self._closed(text, mark, at)
        else:
            self._begun(mark, at, closed=text.startswith("/>", at - 2))
        if self._count <= self._most and len(self._open) <= _OUTER and (self._entry is None or self._tags == 1):
            self.cut, self.stack_at_cut = at, tuple(self._open)
        return at

    def _begun(self, mark: re.Match[str], at: int, *, closed: bool) -> None:
        name = local(mark[5])
        if name in self._entries:
            self._count += 1
            self._labels = 0
        self._labels += name in _LABELS
        too_many = name in _LABELS and self._labels > MAX_LABELS
        if closed:
            if too_many and self._held is None:
                self.dropped.append((mark.start(), at))
            return
        self._open.append(mark[5])
        if name in self._entries:
            self._entry = self._entry or len(self._open)
        elif self._held is None and (too_many or name in _NAMES):
            self._held = _Held(len(self._open), mark.start() if too_many else at, too_many)

    def _closed(self, text: str, mark: re.Match[str], at: int) -> None:
        """Close the innermost element of that name; a stray end tag closes nothing."""
        written = mark[5]
        if self._open and self._open[-1] == written:
            self._open.pop()
        elif written in self._open:
            while self._open.pop() != written:
                pass
        if self._held and len(self._open) < self._held.depth:
            self._judge(text, self._held, at if self._held.surplus else mark.start())
        if self._entry and len(self._open) < self._entry:
            self._entry = None

    def _judge(self, text: str, held: _Held, end: int) -> None:
        """Drop a label too many, and a name of thousands of characters: an attack on the patterns that parsers look
        for in names.
        """
        self._held = None
        length = end - held.start
        self._left -= 0 if held.surplus else length
        if held.surplus or length > NAME or self._left < 0 or _RUN.search(text, held.start, end):
            self.dropped.append((held.start, end))

    def _met(self) -> str:
        if len(self._open) > MAX_DEPTH:
            return f"nested deeper than {MAX_DEPTH} elements: cut there"
        if self._tags > MAX_TAGS:
            return f"more than {MAX_TAGS:,} tags: cut there"
        if self._references > MAX_REFERENCES or self._strays > MAX_STRAYS:
            return "too many signs of markup that is none: cut there"
        if len(self._prefixes) > MAX_PREFIXES:
            return f"more than {MAX_PREFIXES} namespaces: cut there"
        return f"more than {self._most:,} entries: the first are read" if self._count > self._most else ""


def _after_other(text: str, mark: re.Match[str]) -> int:
    """Behind a comment, a CDATA section or an instruction; what is never closed is passed over to the end."""
    if mark[1]:
        return _after(text, "-->", mark.end())
    return _after(text, "]]>", mark.end()) if mark[2] else _after(text, ">", mark.end())


def _after(text: str, sign: str, start: int) -> int:
    found = text.find(sign, start)
    return len(text) if found < 0 else found + len(sign)
