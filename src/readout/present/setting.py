"""Setting text for the eye: long paragraphs in readable ones, titles and leads that fit. Never changes a character.

What is cut is cut at the end and marked with an ellipsis; what is split gives the text again when put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONG = 720  # characters: a paragraph up to this length stays whole
_SENTENCES = 3  # that many sentences make a paragraph, if they are _FULL characters or more
_FULL = 320
_PATIENCE = 1_200  # an open quotation keeps its paragraph together no longer than this
_ORPHAN = 160  # a last paragraph shorter than this joins the one before

_END = re.compile(
    r"""(?<=[.!?…])["'”’»)\]]*\s+(?=["'“‘«(\[¿¡]*[^\W_])"""  # scripts that put a space between sentences
    r"""|(?<=[。！？।؟۔])["'”’」』»)\]]*\s*""",
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:[^\W\d_]|Mrs?|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Maj|Cmdr|Adm|Sen|Rep|Gov|Pres|Hon|Rev|St|Mt|No|Nos|vs|Jr|Sr"
    r"|Inc|Corp|Co|Ltd|Bros|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx|dept|est|al|art|cf|e\.g|i\.e))\.$"
)
_LOOKBACK = 16


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
    return head[: cut if cut > 0 else limit].rstrip(" ,;:–—-") + "…"


def _cuts(text: str) -> Iterator[int]:
    start, sentences = 0, 0
    for found in _END.finditer(text):
        end = found.end()
        if end >= len(text) or not _ends_a_sentence(text, found.start(), end):
            continue
        sentences += 1
        size = end - start
        if sentences >= _SENTENCES and size >= _FULL and (size > _PATIENCE or not _quoting(text, start, end)):
            yield end
            start, sentences = end, 0


def _quoting(text: str, start: int, end: int) -> bool:
    return text.count("“", start, end) > text.count("”", start, end) or text.count('"', start, end) % 2 == 1


def _ends_a_sentence(text: str, start: int, end: int) -> bool:
    following = next((character for character in text[end : end + _LOOKBACK] if character.isalnum()), "")
    return not following.islower() and not _ABBREVIATED.search(text[max(0, start - _LOOKBACK) : start])
