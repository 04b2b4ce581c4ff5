"""Makes text from outside harmless to look at: the one place that decides which characters reach a screen.

Escaping markup is the template engine's work. This is about characters that escape nobody's markup and still deceive
the eye: controls, direction overrides, tags, invisible spaces, piles of accents. Joiners stay where a script or an
emoji needs them. Nothing here knows about articles or pages.
"""

from __future__ import annotations

import re

STAND_IN = "\N{REPLACEMENT CHARACTER}"
_MARKS_KEPT = 4  # no living script stacks more accents than this on one letter

_BROKEN = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
_UNSEEN = (
    "\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SELECTORS = "\ufe00-\ufe0f"
_ACCENTS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"

# Arabic, Syriac, N'Ko, the scripts of India, South-East Asia and Tibet, Mongolian: they spell with joiners.
_JOINING = "\u0600-\u061b\u061d-\u109f\u1780-\u17b3\u17b6-\u180a\u1810-\u18af\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
_PICTURES = "\u203c-\u2bff\u3030\u303d\ufe0f\U0001f000-\U0001faff"

_SUSPECT = re.compile(f"[{_BROKEN}{_CONTROLS}{_UNSEEN}{_SELECTORS}\u200c\u200d]|[{_ACCENTS}]{{{_MARKS_KEPT + 1}}}")
_REPLACED = re.compile(f"[{_BROKEN}]")
_SPACED = re.compile(f"[{_CONTROLS}]")
_DROPPED = re.compile(
    f"[{_UNSEEN}]"
    f"|(?<=[{_SELECTORS}])[{_SELECTORS}]"
    f"|(?<![{_JOINING}])\u200c"
    f"|(?<![{_JOINING}{_PICTURES}])\u200d"
    f"|(?<=[{_PICTURES}])\u200d(?![{_PICTURES}])"
    f"|(?<=[{_ACCENTS}]{{{_MARKS_KEPT}}})[{_ACCENTS}]+"
)


def harmless(text: str, stand_in: str = "") -> str:
    """The text without characters that hide, reorder or bury others; the same again when applied again.

    What is invisible becomes `stand_in`, a control character becomes it too or else a space, and what is no character
    at all becomes U+FFFD. Line ends and tabs stay.
    """
    if not _SUSPECT.search(text):
        return text
    text = _SPACED.sub(stand_in or " ", _REPLACED.sub(STAND_IN, text))
    while (cleaned := _DROPPED.sub(stand_in, text)) != text:  # taking one away can bare another
        text = cleaned
    return text
