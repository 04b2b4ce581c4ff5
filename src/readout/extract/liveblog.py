"""Live blogs: pages of many short posts, each with its time, that extractors take for lists or cut after the first.

A page is looked at only where it says of itself that it is one. Its posts are the elements that stand side by side and
hold a time and running text each. Nothing is left out here; `sifting` does that.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from readout.extract import ages
from readout.extract.passages import Range
from readout.text.blocks import Block, Element
from readout.text.html import Visible, text_of

_FEWEST = 4  # posts
_RUNNING = 60  # characters without white space from which a block is a post's text
_LONGEST_TIME = 60
_DEEPEST = 4  # elements between a time's characters and <time>
_HIGHEST = 40  # elements between a post's words and what holds all posts
_TYPE = "LiveBlogPosting"
_LIVE_PATH = re.compile(
    r"(?<![^\W_])(?:live-?blog|live-?updates?|live-?ticker|newsticker|minute-by-minute|as-it-happened|en-direct|en-vivo"
    r"|minuto-a-minuto|in-diretta|ao-vivo)(?![^\W_])|/live(?=/|\Z)",
    re.IGNORECASE,
)

_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\s?[:.h]\s?[0-5]\d(?:\s?[ap]\.?m\.?)?(?:\s?(?:uhr|[A-Z]{2,5}))?", re.IGNORECASE)


class Live(NamedTuple):
    """The posts of a live blog: how many, where their words are, and the blocks that are their times."""

    number: int
    ranges: tuple[Range, ...]
    times: tuple[Block, ...]


def says_live(node: Mapping[str, object], *addresses: str | None) -> bool:
    """Whether a page calls itself a live blog: in its JSON-LD node, or in the path of one of its addresses."""
    kind = node.get("@type")
    return _TYPE in (kind if isinstance(kind, list) else [kind]) or any(_in_path(one) for one in addresses if one)


def _in_path(address: str) -> bool:
    try:
        return _LIVE_PATH.search(urlsplit(address).path) is not None
    except ValueError:
        return False


def posts(blocks: Sequence[Block], page: Visible) -> Live | None:
    """The posts of a live blog, or None where the page has fewer than four."""
    times = [block for block in blocks if _is_time(block, page)]
    running = [block for block in blocks if 2 * block.linked < block.end - block.start >= _RUNNING]
    timed, told = _children(times), _children(running)
    sizes: Counter[int] = Counter()
    for block in running:
        for outer, inner in _pairs(block):
            if id(inner) in timed.get(id(outer), ()):
                sizes[id(outer)] += block.end - block.start
    several = [key for key in sizes if len(timed[key] & told[key]) >= _FEWEST]
    if not several:
        return None
    best = max(several, key=lambda key: (sizes[key], len(timed[key] & told[key])))
    chosen = timed[best] & told[best]
    held = [block for block in blocks if any(id(outer) == best and id(one) in chosen for outer, one in _pairs(block))]
    marks = {block.start for block in times}
    return Live(
        len(chosen),
        tuple((block.start, block.end) for block in held),
        tuple(block for block in held if block.start in marks),
    )


def _pairs(block: Block) -> list[tuple[Element, Element]]:
    """Each element around a block with the one inside it that holds the block too."""
    around = list(islice(block.element.around(), _HIGHEST)) if block.element else []
    return list(zip(around[1:], around, strict=False))


def _children(blocks: Sequence[Block]) -> dict[int, set[int]]:
    """For each element around those blocks, by its identity, those of its children that hold one."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for block in blocks:
        for outer, inner in _pairs(block):
            found[id(outer)].add(id(inner))
    return found


def _is_time(block: Block, page: Visible) -> bool:
    """Whether a block is nothing but a time, by its element or by its words."""
    if block.end - block.start > _LONGEST_TIME or block.element is None:
        return False
    if any(element.name == "time" for element in islice(block.element.around(), _DEEPEST)):
        return True
    text = text_of(page.markup.source, *page.span(block.start, block.end))
    return _CLOCK.fullmatch(text) is not None or ages.alone(text) is not None
