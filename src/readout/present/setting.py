"""Setting text for the eye: long paragraphs in readable ones, titles and leads that fit. Never changes a character.

What is cut is cut at the end and marked with an ellipsis; what is split gives the text again when put together.
"""

from __future__ import annotations

from collections.abc import Iterator

from readout.text import sentences

_LONG = 720  # characters: a paragraph up to this length stays whole
_SENTENCES = 3  # that many sentences make a paragraph, if they are _FULL characters or more
_FULL = 320
_PATIENCE = 1_200  # an open quotation keeps its paragraph together no longer than this
_ORPHAN = 160  # a last paragraph shorter than this joins the one before


def readable(text: str) -> tuple[str, ...]:
    """The text in pieces of about three or four sentences, split where a sentence ends; joined they are the text.

    A text of fewer than 720 characters is one piece. No split falls inside quotation marks, unless they stay open for
    more than 1,200 characters.
    """
    if len(text) <= _LONG:
        return (text,)
    cuts = list(_cuts(text))
    if cuts and len(text) - cuts[-1] < _ORPHAN:
        cuts.pop()
    return tuple(text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True))


def clipped(text: str, limit: int) -> str:
    """The text, or as many whole words of it as fit in `limit` characters, then an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    cut = head.rfind(" ", limit // 2)
    return head[: cut if cut > 0 else limit].rstrip(" .,;:–—-") + "…"


def _cuts(text: str) -> Iterator[int]:
    start, held = 0, 0
    for end in sentences.ends(text)[:-1]:
        held += 1
        size = end - start
        if held >= _SENTENCES and size >= _FULL and (size > _PATIENCE or not _quoting(text, start, end)):
            start, held = _past_space(text, end), 0
            yield start


def _quoting(text: str, start: int, end: int) -> bool:
    return text.count("“", start, end) > text.count("”", start, end) or text.count('"', start, end) % 2 == 1


def _past_space(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at
