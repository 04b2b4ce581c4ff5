"""The captions of an article's pictures and, apart from them, to whom the pictures are credited."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from readout.extract import photos
from readout.extract.passages import Passage, passage
from readout.extract.sifting import is_caption, is_credit
from readout.models import ParagraphKind
from readout.text.blocks import Block
from readout.text.html import Visible, squeeze

_DEEPEST = 4  # elements between a caption's words and the element that says what they are
_MOST = 60
_LONGEST = 1_500
_LONGEST_CREDIT = 80


def captions(blocks: Iterable[Block], page: Visible) -> Iterator[tuple[Passage, ParagraphKind]]:
    """The captions and credits among those blocks, in order; no more than 60 blocks of them."""
    known: dict[int, bool] = {}
    found = (block for block in blocks if block.end - block.start <= _LONGEST and _in_caption(block, known))
    for block in islice(found, _MOST):
        credit = _credit(block, page)
        if credit > block.start:
            yield passage(block, ((block.start, credit),), page), ParagraphKind.CAPTION
        if credit < block.end:
            yield passage(block, ((credit, block.end),), page), ParagraphKind.PHOTO_CREDIT


def _in_caption(block: Block, known: dict[int, bool]) -> bool:
    """Whether a block stands in a caption; `known` remembers what was found of the elements, by their identity."""
    for element in islice(block.element.around() if block.element else (), _DEEPEST):
        if id(element) not in known:
            known[id(element)] = is_caption(element)
        if known[id(element)]:
            return True
    return False


def _credit(block: Block, page: Visible) -> int:
    """Where in a caption the credit begins, by the markup or else by its wording; its end where there is none."""
    markup = page.markup
    first = bisect_left(page.edges, block.start)
    for i in range(max(0, first - 1), len(markup.tags)):
        at = page.edges[i + 1]
        if at >= block.end:
            break
        if markup.names[i] in ("span", "cite", "small", "em", "i", "p", "div") and is_credit(markup.tags[i]):
            return max(at, block.start)
    text = passage(block, ((block.start, block.end),), page).text
    if (
        len(text) <= _LONGEST_CREDIT
        and photos.ends_in_credit(text)
        and not photos.inline(text, photos.hints(text).offsets)
    ):
        return block.start
    last = max(photos.inline(text, photos.hints(text).offsets), default=None)
    if last is None or text[last[1] :].strip(" .)]"):
        return block.end
    return block.start + len(squeeze(text[: last[0]].rstrip(" ([")))
