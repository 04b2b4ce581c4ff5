"""Photo credits: the words that say whose picture it is, and so that a caption stands before them."""

from __future__ import annotations

import re

from readout.text import occurrences
from readout.text.occurrences import Occurrences

_NAME = r"[A-ZÀ-Þ][\w.&'’-]*"
_OWNER = rf"{_NAME}(?:(?: ?/ ?|, | | [–—-] |-){_NAME}){{0,6}}"
_WORD = r"(?:photos?|pictures?|pics?|images?|photograph|illustration|foto|video)"
_LABELLED = rf"(?:(?:file )?{_WORD}(?: credit| by| courtesy(?: of)?| from)?|credit|photo credit|image credit)s?"
_BRACKETED = (
    rf"[(\[](?:(?:{_LABELLED} ?[:/|]? ?)?{_OWNER}(?: (?:file )?{_WORD})"
    rf"|{_LABELLED} ?[:/|]? ?{_OWNER}|file {_WORD})[)\]]"
)
_DASHED = rf"[—–-] ?{_OWNER} (?:file )?{_WORD}"
_COLON = rf"\b{_LABELLED} ?[:/|] ?"
_AGENCIES = (
    r"(?:AFP|AP|Reuters|EPA(?:-EFE)?|Getty(?: Images)?|Xinhua|Kyodo|TASS|DPA|ANSA|Anadolu|Bernama|Yonhap|PTI|PA"
    r"|NurPhoto|Handout|Pool|Shutterstock|Bloomberg|File)"
)

_LINE = re.compile(
    rf"(?:.*\W)?(?:{_BRACKETED}|{_DASHED}|{_COLON}.{{2,60}}|(?:file|handout) {_WORD})[.\s]*\Z"
    rf"|{_AGENCIES}(?: ?/ ?{_OWNER})?",
    re.IGNORECASE,
)
# Inside running text the owner's name must end somewhere: at an agency's name, at a bracket, or after one word. Each
# pattern opens with one set of characters, which is what makes it fast to look for.
_IN_BRACKETS = re.compile(rf"[(\[](?i:{_BRACKETED[5:]})")
_AFTER_DASH = re.compile(rf"[—–-] ?{_OWNER} (?i:(?:file )?{_WORD})\b(?= [A-ZÀ-Þ\"“‘'])")
_STARTS = r"(?:The|A|An|In|On|At|It|He|She|They|But|As|When|After|For|This|That|With|[A-ZÀ-Þ]{3,})\b"
_PERSON = rf"{_NAME}(?: (?!{_STARTS}){_NAME}(?= ?/| [A-ZÀ-Þ]))?"  # a second name only where a third capital follows
_AFTER_MARK = re.compile(
    rf"[:/|] ?(?:(?:{_PERSON} ?/ ?)*{_AGENCIES}(?: ?/ ?{_AGENCIES})*\b|{_PERSON}(?: ?/ ?(?!{_STARTS}){_NAME})*)"
)
_LABEL = re.compile(rf"(?:\A|\W)(?P<label>{_LABELLED}) ?\Z", re.IGNORECASE)
_LONGEST_LABEL = 30
_HINTS = (
    "hoto",
    "HOTO",
    "icture",
    "ICTURE",
    "pic)",
    " pic ",
    "PIC",
    "mage",
    "IMAGE",
    "llustration",
    "Foto",
    "ideo",
    "redit",
    "REDIT",
    "andout",
    "etty",
    "AFP",
    "AP",
    "Reuters",
    "EPA",
    "Pool",
    "File",
)
_LONGEST_LINE = 600


def ends_in_credit(line: str) -> bool:
    """Whether a line is a photo credit, or a caption that ends in one: "… in Geneva. Photo: Reuters"."""
    return len(line) <= _LONGEST_LINE and _LINE.fullmatch(line) is not None


def inline(text: str) -> list[tuple[int, int]]:
    """The ranges of the photo credits inside running text, in order."""
    found = [match.span() for pattern in (_IN_BRACKETS, _AFTER_DASH) for match in pattern.finditer(text)]
    for match in _AFTER_MARK.finditer(text):
        label = _LABEL.search(text, max(0, match.start() - _LONGEST_LABEL), match.start())
        if label:
            found.append((label.start("label"), match.end()))
    return sorted(found)


def hints(text: str) -> Occurrences:
    """Where a text holds a word of photo credits: what holds none need not be asked, and asking is slow."""
    return occurrences.of(_HINTS, text)
