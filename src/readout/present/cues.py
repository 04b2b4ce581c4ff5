"""How a text tells what it tells next: "has demanded", "also denied", "did not say". Pure; the text's own words.

The content of a statement alone can read as its opposite ("Moscow's earlier claims that …") or as nothing at all ("to
fast-track approval"). Where the text's words of telling stand right before the content and say more than "said that",
they are shown with it, apart from it.
"""

from __future__ import annotations

import re

from readout.models import Statement

_FARTHEST = 80  # characters from the beginning of the cue to the content: an addressee and a day fit in
_ENDS = re.compile(r"[.!?…;:\n\"“”„«»|]")
_PLAIN = re.compile(
    r"(?:(?:has|have|had|also|only|later|then|again|further|repeatedly|earlier|previously|recently|would|is|are|was|were)\s+)*"
    r"(?:sa(?:ys?|id|ying)|tell(?:s|ing)?|told|add(?:s|ed|ing)?|wr(?:ites?|ote|itten|iting)|stat(?:e[sd]?|ing)"
    r"|speak(?:s|ing)?|spoke|quoted|according|reports?|reported|reporting|citing)\b",
    re.IGNORECASE,
)


def before(statement: Statement, text: str) -> str:
    """The words of telling right before the content of a statement; "" where they say nothing more than "said".

    `text` is the reading text of the article that holds the statement.
    """
    cue, start = statement.cue, statement.content[0].start
    if cue is None or not cue.end <= start <= cue.start + _FARTHEST:
        return ""
    between = text[cue.end : start].rstrip("\"“„«‘' ")
    words = (text[cue.start : cue.end] + between).rstrip(" ,(")
    if _ENDS.search(words) or not words[:1].islower() or _PLAIN.match(words):
        return ""
    return " ".join(words.split())
