"""Cards: the titles and first words of other articles that a page sets side by side, inside its article or below it.

A card is an element of its own beside others of its kind; it has a line that is all link, into the same site, and
hardly any text besides. Lists of things with links to elsewhere, and headings within one text, are no cards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import NamedTuple

from readout.extract.addresses import host, site
from readout.text.blocks import Block, Element
from readout.text.html import attributes

_FEWEST = 3
_LEAST_TITLE = 12  # characters without white space
_MOST_TEXT = 320
_RUNNING = 80
_HIGHEST = 7  # elements between a title and the card it stands in
_DEEPEST = 20  # elements between words and the card they are in
_LINKED = 0.9


class _Card(NamedTuple):
    """An element and the blocks in it."""

    element: Element
    blocks: list[Block]


def cards(blocks: Sequence[Block], address: str | None) -> list[Block]:
    """The blocks that are in cards, three at least side by side; `address` is that of the page."""
    titles = [block for block in blocks if _is_title(block, address)]
    if len(titles) < _FEWEST:
        return []
    found: dict[int, Block] = {}
    starts = {block.start for block in titles}
    for group in _groups(titles, blocks):
        fit = [one for one in group if _is_card(one, starts)]
        held = [block for one in fit for block in one.blocks]
        if len(fit) >= _FEWEST and not _is_parted(held, blocks):
            found.update((block.start, block) for block in held)
    return [found[start] for start in sorted(found)]


def _is_parted(held: Sequence[Block], blocks: Sequence[Block]) -> bool:
    """Whether running text stands between cards: then they are headings of its parts."""
    own = {block.start for block in held}
    first, last = (bisect_left(blocks, one.start, key=lambda block: block.start) for one in (held[0], held[-1]))
    return any(block.end - block.start >= _RUNNING for block in blocks[first:last] if block.start not in own)


def _groups(titles: Sequence[Block], blocks: Sequence[Block]) -> Iterator[list[_Card]]:
    """The children of each element in which several children hold a title, with their blocks."""
    children: defaultdict[int, dict[int, Element]] = defaultdict(dict)
    for block in titles:
        for outer, inner in _pairs(block):
            children[id(outer)][id(inner)] = inner
    several = {key: inner for key, inner in children.items() if len(inner) >= _FEWEST}
    held: defaultdict[int, list[Block]] = defaultdict(list)
    wanted = {key for elements in several.values() for key in elements}
    for block in blocks:
        for element in islice(block.element.around(), _DEEPEST) if block.element else ():
            if id(element) in wanted:
                held[id(element)].append(block)
    for elements in several.values():
        yield [_Card(element, held[key]) for key, element in elements.items()]


def _pairs(block: Block) -> Iterator[tuple[Element, Element]]:
    """The elements around a block up to some height, each with the one inside it that holds the block too."""
    around = list(islice(block.element.around(), _HIGHEST + 1)) if block.element else []
    return zip(around[1:], around, strict=False)


def _is_card(card: _Card, titles: AbstractSet[int]) -> bool:
    """Whether there is one title, known by where it begins, and little else."""
    own = [block for block in card.blocks if block.start in titles]
    size = sum(block.end - block.start for block in card.blocks)
    return len(own) in (1, 2) and size - sum(block.end - block.start for block in own) <= _MOST_TEXT


def _is_title(block: Block, address: str | None) -> bool:
    """Whether a block is all link, into the same site."""
    size = block.end - block.start
    if size < _LEAST_TITLE or block.linked < _LINKED * size or block.element is None:
        return False
    link = next((one for one in islice(block.element.around(), _HIGHEST) if one.name == "a"), None)
    return link is not None and _leads_home(attributes(link.tag).get("href", ""), address)


def _leads_home(href: str, address: str | None) -> bool:
    there = host(href if "://" in href else f"https:{href}" if href.startswith("//") else None)
    if there is None:
        return not href.startswith(("http:", "https:", "//", "#", "mailto:", "javascript:")) and href != ""
    return site(there) == site(host(address) or there)
