"""Photo credits: the words that say whose picture it is, and so that a caption stands before them."""

from __future__ import annotations

import re

_NAME = r"[A-ZÀ-Þ][\w.&'’-]*"
_OWNER = rf"{_NAME}(?:(?: ?/ ?|, | | [–—-] |-){_NAME}){{0,6}}"
_WORD = r"(?:photos?|pictures?|pics?|images?|photograph|illustration|foto|video)"
_LABELLED = rf"(?:(?:file )?{_WORD}(?: credit| by| courtesy(?: of)?| from)?|credit|photo credit|image credit)s?"
_BRACKETED = (
    rf"[(\[](?:(?:{_LABELLED} ?[:/|]? ?)?{_OWNER}(?: (?:file )?{_WORD})|{_LABELLED} ?[:/|]? ?{_OWNER}|file {_WORD})[)\]]"
)
_DASHED = rf"[—–-] ?{_OWNER} (?:file )?{_WORD}"
_COLON = rf"\b{_LABELLED} ?[:/|] ?"
_AGENCIES = (
    r"(?:AFP|AP|Reuters|EPA(?:-EFE)?|Getty(?: Images)?|Xinhua|Kyodo|TASS|DPA|ANSA|Anadolu|Bernama|Yonhap|PTI|PA|NurPhoto"
    r"|Handout|Pool|Shutterstock|Bloomberg|File)"
)

_LINE = re.compile(
    rf"(?:.*\W)?(?:{_BRACKETED}|{_DASHED}|{_COLON}.{{2,60}}|(?:file|handout) {_WORD})[.\s]*\Z|{_AGENCIES}(?: ?/ ?{_OWNER})?",
    re.IGNORECASE,
)
# Inside running text the owner's name must end somewhere: at an agency's name, at a bracket, or after two words at most.
_INLINE = re.compile(
    rf"(?i:{_BRACKETED})|[—–-] ?{_OWNER} (?i:(?:file )?{_WORD})\b(?= [A-ZÀ-Þ\"“‘'])"
    rf"|(?i:{_COLON})(?:(?:{_NAME} ?/ ?)*{_AGENCIES}(?: ?/ ?{_AGENCIES})*\b|{_NAME}(?: ?/ ?{_NAME})*)"
)
_HINT = re.compile(rf"{_WORD}|credit|handout|{_AGENCIES}", re.IGNORECASE)
_LONGEST_LINE = 600


def ends_in_credit(line: str) -> bool:
    """Whether a line is a photo credit, or a caption that ends in one: "… in Geneva. Photo: Reuters"."""
    if len(line) > _LONGEST_LINE or not _HINT.search(line, max(0, len(line) - 90)):
        return False
    return _LINE.fullmatch(line) is not None


def credit(line: str) -> tuple[int, int] | None:
    """Where the photo credit stands in a line that ends in one: its range, or None."""
    found = [match.span() for match in _INLINE.finditer(line)]
    return (found[-1][0], len(line)) if found else None


def inline(text: str) -> list[tuple[int, int]]:
    """The ranges of the photo credits inside running text."""
    return [match.span() for match in _INLINE.finditer(text)] if _HINT.search(text) else []
