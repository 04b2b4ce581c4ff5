"""A page's source without what trafilatura makes nothing of, so that it has half as many elements to look at.

Most of its time goes into testing the class and id of every element against long expressions. Words are never touched,
but for those in elements that it deletes unread. Knows nothing of articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from readout.text.html import Markup

_UNREAD = frozenset((  # deleted with all that is in them
    "aside", "audio", "button", "canvas", "dialog", "footer", "map", "menu", "nav", "object", "picture", "select",
    "svg", "video",
))  # fmt: skip
_GONE = frozenset((  # stripped, and never closed
    "area", "base", "col", "embed", "img", "input", "link", "meta", "param", "source", "track", "wbr"
))  # fmt: skip
_HOLLOW = (  # left out where nothing is in them: what held only pictures, places for advertising
    "a", "article", "b", "center", "dd", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5",
    "header", "i", "label", "li", "ol", "p", "section", "span", "strong", "table", "tbody", "td", "time", "tr", "ul",
)  # fmt: skip
_CLOSING = {name: f"/{name}" for name in _HOLLOW}
_SCRIPT_START = 300  # characters in which a script says of what type it is


def slim(markup: Markup) -> str:
    """The source of a page in fewer tags. Of scripts the article's own are kept."""
    kept: list[str] = []
    opened: list[tuple[str, int]] = []  # elements with nothing in them yet: how they close, where in `kept` they begin
    for text, tag, name in _read(markup):
        if text:
            kept.append(text)
            if opened and not text.isspace():
                opened.clear()
        if not name:
            if "ld+json" in tag[:_SCRIPT_START]:
                kept.append(tag)
        elif opened and opened[-1][0] == name:
            del kept[opened.pop()[1] :]
            kept.append(" ")
        elif name not in _GONE:
            if name in _CLOSING:
                opened.append((_CLOSING[name], len(kept)))
            else:
                opened.clear()
            kept.append(tag)
    return "".join(kept)


def _read(markup: Markup) -> Iterator[tuple[str, str, str]]:
    """Each text with the tag behind it and its name, without what stands in elements that nobody reads."""
    counts = Counter(markup.names)
    unread = {name for name in _UNREAD if counts[name] == counts[f"/{name}"]}
    inside, depth = "", 0
    for text, tag, name in zip(markup.texts, [*markup.tags, ""], [*markup.names, ""], strict=True):
        if not inside:
            if name in unread:
                inside, depth = name, 1
                yield text, "", ""
            else:
                yield text, tag, name
        elif name in (inside, f"/{inside}"):
            depth += 1 if name == inside else -1
            inside = inside if depth else ""
