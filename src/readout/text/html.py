"""A page's markup cut into tags and the text between them, every character with its place in the source.

One regular expression cuts, left to right, at the speed of C and in linear time; no tree is built. What it takes for a
tag, a comment or hidden text follows the tokenizer of the WHATWG HTML standard (2024) as far as a reader can see the
difference; what is left open at the end of the source swallows the rest, as it does in a browser. Knows no article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import accumulate
from operator import add
from typing import NamedTuple

_HIDDEN = ("script", "style", "noscript", "template", "iframe", "textarea", "noembed", "noframes", "xmp", "title")
# No group is possessive here or elsewhere: Python before 3.11.5 and 3.12 matches those wrongly (gh-106052). Atomic ones
# do the same.
_ATTRIBUTES = r"""(?>(?:[^>=]*+=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+))*)[^>=]*+(?:>|.*+\Z)"""
_HIDING = "|".join(
    rf"(?i:{name})\b(?!\s*/>)[^<]*+(?>(?:<(?!/(?i:{name})[\s/>])[^<]*+)*)(?:</[^>]*+(?:>|\Z)|\Z)" for name in _HIDDEN
)
_CUT = re.compile(
    rf"(<(?:(?=[iInNsStTxX](?i:[cefhimot]))(?:{_HIDING})|(/?[a-zA-Z][^\s/>]*+){_ATTRIBUTES}"
    r"|!--(?:-?>|.*?(?:--!?>|\Z))|[!?/][^>]*+(?:>|\Z)))",
    re.DOTALL,
)
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
_WORD = re.compile(r"\S+")
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)\s*+(?:=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']*+)))?""")
_LONGEST_TAG = 4000
_UNSEEN = "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark: nothing is shown
_SEEN = re.compile(f"[^{_UNSEEN}]+")
_DROP_UNSEEN = dict.fromkeys(map(ord, _UNSEEN))

BREAKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup",
    "option", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
))  # fmt: skip


class Markup(NamedTuple):
    """A source cut up. `texts[i]` starts at `starts[i]` and is followed by `tags[i]`; `names[i]` is the tag's name in
    lower case, with a slash in front where it closes ("/p"), or "" for what has none (comments, scripts and their
    like). There is one text more than there are tags.
    """

    source: str
    texts: Sequence[str]
    starts: Sequence[int]
    tags: Sequence[str]
    names: Sequence[str]


def cut(source: str) -> Markup:
    """The source as texts and tags: `"".join` of them in turn gives it back."""
    pieces = _CUT.split(source)
    texts, tags, names = pieces[0::3], pieces[1::3], pieces[2::3]
    lengths = map(add, map(len, texts), map(len, tags))
    lower = {name: name.lower() if name else "" for name in set(names)}
    return Markup(source, texts, list(accumulate(lengths, initial=0)), tags, [lower[name] for name in names])


def attributes(tag: str) -> dict[str, str]:
    """The attributes of an opening tag as written, names in lower case, references resolved; the first of a name counts
    and those beyond 4,000 characters are left out.
    """
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(tag[1:_LONGEST_TAG]):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def plain(source: str, start: int = 0, end: int | None = None) -> tuple[str, Sequence[int]]:
    """What a browser shows of `source[start:end]`, white space collapsed, with the offset in `source` that each
    character came from. A break between blocks counts as a space; the span must not begin or end inside a tag.
    """
    part = source[start:end]
    markup = cut(part) if "<" in part else Markup(part, [part], [0], [], [])
    shown: list[str] = []
    offsets: list[int] = []
    gap = False
    for text, at, name in zip(markup.texts, markup.starts, ["", *markup.names], strict=True):
        gap = gap or name.lstrip("/") in BREAKS
        decoded, places = _decoded(text, at + start)
        last = 0
        for word in _WORD.finditer(decoded):
            if (gap or word.start() > last) and shown:
                shown.append(" ")
                offsets.append(places[word.start()])
            gap = False
            last = word.end()
            shown.append(word[0])
            offsets.extend(places[word.start() : last])
        gap = gap or last < len(decoded)
    return "".join(shown), offsets


def text_of(source: str, start: int = 0, end: int | None = None) -> str:
    """The text that `plain` gives, without the offsets: several times as fast."""
    part = source[start:end]
    if "<" in part:
        markup = cut(part)
        pieces = (
            f" {text}" if name.lstrip("/") in BREAKS else text
            for text, name in zip(map(_resolved, markup.texts), ["", *markup.names], strict=True)
        )
        part = "".join(pieces)
    else:
        part = _resolved(part)
    return " ".join((part if part.isascii() else part.translate(_DROP_UNSEEN)).split())


def _resolved(text: str) -> str:
    return unescape(text) if "&" in text else text


def end_of(source: str, offset: int) -> int:
    """Where the character of the source ends that `plain` says came from `offset`: a reference is longer than one."""
    reference = _REFERENCE.match(source, offset)
    return reference.end() if reference and unescape(reference[0]) != reference[0] else offset + 1


def _decoded(text: str, start: int) -> tuple[str, Sequence[int]]:
    """The text with its references resolved and nothing in it that cannot be seen, and where each character was."""
    if "&" not in text and not _has_unseen(text):
        return text, range(start, start + len(text))
    shown: list[str] = []
    places: list[int] = []
    for piece, at, is_reference in _referenced(text):
        for run in _SEEN.finditer(piece):
            shown.append(run[0])
            first = start + at
            places.extend([first] * len(run[0]) if is_reference else range(first + run.start(), first + run.end()))
    return "".join(shown), places


def _referenced(text: str) -> Iterator[tuple[str, int, bool]]:
    """The text in pieces: as they are shown, where they start, whether a reference stood there."""
    last = 0
    for match in _REFERENCE.finditer(text):
        character = unescape(match[0])
        if character != match[0]:
            yield text[last : match.start()], last, False
            yield character, match.start(), True
            last = match.end()
    yield text[last:], last, False


class Visible(NamedTuple):
    """Everything that can be seen of a page, without any white space, so that words can be found whatever stands
    between them. `text` is those characters; `edges[i]` is how many of them come before `markup.texts[i]`.
    """

    markup: Markup
    text: str
    edges: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source from the first to the last of the characters `text[start:end]`; not empty."""
        return self._offset(start), end_of(self.markup.source, self._offset(end - 1))

    def _offset(self, at: int) -> int:
        piece = bisect_right(self.edges, at) - 1
        text, start = self.markup.texts[piece], self.markup.starts[piece]
        if "&" not in text and not _has_unseen(text):  # nearly always: the first or the last character of the piece
            if at == self.edges[piece]:
                return start + len(text) - len(text.lstrip())
            if at == self.edges[piece + 1] - 1:
                return start + len(text.rstrip()) - 1
        return _places(text, start)[at - self.edges[piece]]


def visible(source: str | Markup) -> Visible:
    """Everything that can be seen of a page, to find words in."""
    markup = cut(source) if isinstance(source, str) else source
    squeezed = [squeeze(unescape(text) if "&" in text else text) if text else "" for text in markup.texts]
    return Visible(markup, "".join(squeezed), list(accumulate(map(len, squeezed), initial=0)))


def squeeze(text: str) -> str:
    """The characters of a text that can be seen, without white space."""
    words = "".join(text.split())
    return words if words.isascii() else words.translate(_DROP_UNSEEN)


def _places(text: str, start: int) -> list[int]:
    """Where each character of a text that is no white space came from."""
    decoded, places = _decoded(text, start)
    return [place for character, place in zip(decoded, places, strict=True) if not character.isspace()]


def _has_unseen(text: str) -> bool:
    return not text.isascii() and any(sign in text for sign in _UNSEEN)
