"""Which characters of HTML source each character of the text it shows comes from. Knows no page and no parser.

The source is read once from the left: tags and comments are passed over, an entity is the characters it stands for,
white space on either side is any white space. Linear in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from readout.models import Span

_STEP = re.compile(
    r"<!--.*?(?:-->|\Z)|<[/!?a-zA-Z][^>]*(?:>|\Z)|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,32});?|.", re.DOTALL
)


def places(source: str, text: str) -> list[Span] | None:
    """For each character of the text its span in the source; None where the source does not show that text, in that
    order, with nothing left out of the text.
    """
    found: list[Span] = []
    wanted = iter(range(len(text)))
    at = next(wanted, None)
    for span, shown in _shown(source):
        for character in shown:
            while at is not None and text[at].isspace() and not character.isspace():
                found.append(Span(span.start, span.start))  # a space that a tag stands for
                at = next(wanted, None)
            if at is None:
                return found
            if _alike(character, text[at]):
                found.append(span)
                at = next(wanted, None)
    return found if at is None else None


def _shown(source: str) -> Iterator[tuple[Span, str]]:
    for step in _STEP.finditer(source):
        piece = step[0]
        if len(piece) == 1:
            yield Span(*step.span()), piece
        elif piece[0] == "&":
            yield Span(*step.span()), unescape(piece)


def _alike(one: str, other: str) -> bool:
    return one == other or (one.isspace() and other.isspace())
