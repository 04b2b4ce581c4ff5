"""The blocks of visible text on a page, each with the elements around it: a page's shape without a tree builder.

One pass over the tags with a stack. Optional end tags are put in, and a stray end tag closes nothing beyond the block
or the table cell it stands in, as in the tree construction of the WHATWG HTML standard (2024) and in libxml2. The walk
stops where nesting gets deeper than `MAX_DEPTH`: tree builders cut such pages short or take quadratic time over them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from readout.text.html import BREAKS, Visible

MAX_DEPTH = 256

_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"
))  # fmt: skip
_NOTHING = _VOID - {"br", "hr"}  # neither holds nor parts text
_INLINE = frozenset((
    "a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "ins", "label", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u",
))  # fmt: skip
_LISTS = frozenset({"ul", "ol", "menu"})
_CELLS = frozenset({"td", "th", "caption"})
_TABLE = frozenset({"table", "template"})
_BOLD = frozenset({"b", "strong"})
_OPTIONAL = {  # an opening tag closes the nearest of the first, unless one of the second stands between
    "li": (frozenset({"li"}), _LISTS | _CELLS | _TABLE),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"}) | _CELLS | _TABLE),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"}) | _CELLS | _TABLE),
    "tr": (frozenset({"tr"}), _TABLE),
    "td": (_CELLS, frozenset({"tr"}) | _TABLE),
    "th": (_CELLS, frozenset({"tr"}) | _TABLE),
    "tbody": (frozenset({"thead", "tbody", "tfoot"}), _TABLE),
    "tfoot": (frozenset({"thead", "tbody", "tfoot"}), _TABLE),
    "option": (frozenset({"option"}), frozenset({"select", "datalist"}) | BREAKS - {"option"}),
}
_PARAGRAPH = frozenset({"p"})
_BLOCKS = BREAKS - _PARAGRAPH - {"br", "hr"}


class Element(NamedTuple):
    """An element that is open at some place of a page: its name, its opening tag as written, what it stands in."""

    name: str
    tag: str
    parent: Element | None

    def around(self) -> Iterator[Element]:
        """The element itself and what it stands in, outwards."""
        at: Element | None = self
        while at is not None:
            yield at
            at = at.parent


class Block(NamedTuple):
    """Text that nothing breaks: `visible.text[start:end]`, in what element it begins, how many of its characters are
    in links and how many in bold.
    """

    start: int
    end: int
    element: Element | None
    linked: int
    bold: int


class Outline(NamedTuple):
    """The blocks of a page in order, and how deep its elements are nested; more than MAX_DEPTH ends the walk."""

    blocks: tuple[Block, ...]
    depth: int


def outline(page: Visible) -> Outline:
    """The blocks of a page. Linear in its tags, times MAX_DEPTH at the very worst."""
    walk = _Walk()
    markup, edges = page.markup, page.edges
    for i, name in enumerate(markup.names):
        if edges[i] < edges[i + 1]:
            walk.text(edges[i], edges[i + 1])
        if name and name not in _NOTHING and not walk.tag(name, markup.tags[i], edges[i + 1]):
            return Outline((), walk.deepest)
    if edges[-2] < edges[-1]:
        walk.text(edges[-2], edges[-1])
    walk.flush(edges[-1])
    return Outline(tuple(walk.blocks), walk.deepest)


class _Walk:
    """Where the walk stands: the open elements, the block it is in, what it has found."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.deepest = 0
        self._top: Element | None = None
        self._depth = 0
        self._open: defaultdict[str, int] = defaultdict(int)
        self._start: int | None = None
        self._inside: Element | None = None
        self._linked = self._bold = 0
        self._line_breaks = 0

    def text(self, start: int, end: int) -> None:
        if self._start is None:
            self._start, self._inside = start, self._top
            self._linked = self._bold = 0
        self._line_breaks = 0
        if self._open["a"]:
            self._linked += end - start
        if self._open["b"] or self._open["strong"]:
            self._bold += end - start

    def tag(self, name: str, tag: str, at: int) -> bool:
        """Take one tag; False where it nests too deep."""
        if name[0] == "/":
            self._close(name[1:], at)
            return True
        if name in BREAKS:
            self._break(name, at)
            if name in _OPTIONAL or self._open["p"]:
                self._imply_ends(name)
        if name in _VOID or (tag.endswith("/>") and name not in BREAKS and name not in _INLINE):
            return True
        self._top = Element(name, tag, self._top)
        self._open[name] += 1
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)
        return self._depth <= MAX_DEPTH

    def flush(self, at: int) -> None:
        if self._start is not None:
            self.blocks.append(Block(self._start, at, self._inside, self._linked, self._bold))
            self._start = None

    def _break(self, name: str, at: int) -> None:
        """One <br> is a line within a paragraph, two end it, and so does one after nothing but bold words."""
        if name == "br":
            self._line_breaks += 1
            if self._line_breaks == 1 and (self._start is None or self._bold < at - self._start):
                return
        if self._start is not None:
            self.flush(at)

    def _imply_ends(self, name: str) -> None:
        targets, stops = _OPTIONAL.get(name, (_PARAGRAPH, _BLOCKS))
        if not any(self._open[target] for target in targets):
            return
        for element in self._top.around() if self._top else ():
            if element.name in targets:
                self._pop_to(element)
                return
            if element.name in stops:
                return

    def _close(self, name: str, at: int) -> None:
        if name in BREAKS:
            self._break(name, at)
        top = self._top
        if top is None or not self._open[name]:
            return
        if top.name == name:  # nearly always
            self._top = top.parent
            self._open[name] -= 1
            self._depth -= 1
            return
        rank = _rank(name)
        for element in top.around():
            if element.name == name:
                self._pop_to(element)
                return
            if _rank(element.name) > rank:
                return

    def _pop_to(self, target: Element) -> None:
        while self._top is not None:
            popped = self._top
            self._top = popped.parent
            self._open[popped.name] -= 1
            self._depth -= 1
            if popped is target:
                return


def _rank(name: str) -> int:
    """An end tag reaches out of what ranks as high as itself, no further."""
    if name in _BLOCKS:
        return 3 if name in _TABLE else 2 if name in _CELLS else 1
    return 0
