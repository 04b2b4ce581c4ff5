"""Photo credits: the words that say whose picture it is, and so that a caption stands before them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from readout.text import occurrences
from readout.text.occurrences import Occurrences

_NAME = r"[A-ZÀ-Þ][\w.&'’-]{0,30}+"
_FULL_NAME = rf"{_NAME}(?: {_NAME}){{0,3}}"
_OWNER = rf"{_NAME}(?:(?: ?/ ?|, | | [–—-] ){_NAME}){{0,6}}"
_WORD = r"(?i:photos?|pictures?|pics?|images?|photograph|illustration|foto|video|graphic|screengrab|screenshot)"
_LABELLED = (
    rf"(?:(?i:file |handout )?{_WORD}(?i: credit| by| courtesy(?: of)?| from| via)?"
    r"|(?i:credits?|photo credits?|image credits?|image copyright|image source,?))(?i:s)?"
)
_BRACKETED = (
    rf"[(\[](?:(?:{_LABELLED} ?[:/|]? ?)?{_OWNER} (?i:file )?{_WORD}(?: ?[/:] ?{_OWNER})?|{_LABELLED} ?[:/|]? ?{_OWNER}"
    rf"|(?i:file|handout) {_WORD})[)\]]"
)
_DASHED = rf"[—–-] ?{_OWNER} (?i:file )?{_WORD}"
_AGENCIES = (
    r"(?i:AFP|AP|Reuters|EPA(?:-EFE)?|Getty(?: Images)?|Xinhua|Kyodo|TASS|DPA|ANSA|Anadolu|Bernama|Yonhap|PTI"
    r"|PA(?: Media| Wire)?|NurPhoto|Handout|Pool|Shutterstock|iStock|Bloomberg|File)"
)
_OWNERS = rf"{_AGENCIES}(?: ?/ ?{_OWNER})?|{_FULL_NAME} ?/ ?(?:{_FULL_NAME} ?/ ?){{0,2}}(?:{_AGENCIES}|{_FULL_NAME})"

# A line that ends so is a photo credit, or a caption with one.
_END = re.compile(
    rf"(?:\A|\W)(?:{_BRACKETED}|{_DASHED}|(?i:file|handout) {_WORD}|© ?+(?!(?i:provided)){_OWNER}"
    rf"|(?:(?=[A-Z])|(?<=[.!?…)”’] )){_LABELLED} ?[:/|] ?\S.{{1,60}})[.\s]*\Z"
    rf"|\[(?:(?i:file) ?: ?)?(?:{_FULL_NAME} ?[/,] ?){{0,3}}(?:{_AGENCIES}|{_FULL_NAME} ?/ ?{_FULL_NAME})\][.\s]*\Z"
    rf"|\({_NAME} {_FULL_NAME} ?/ ?(?:{_AGENCIES}|{_FULL_NAME})\)[.\s]*\Z"
    rf"|(?<=[.!?…\"”’)]) (?:{_OWNERS}|REUTERS/{_OWNER})[.\s]*\Z"
)
_OWNER_LINE = re.compile(
    rf"(?:© ?)?(?:{_OWNERS}|{_LABELLED} ?[:/|] ?\S.{{1,60}}|REUTERS/{_OWNER}"
    r"|©\s*+(?!\d{4}|(?i:provided))[^.]{2,60})[.\s]*"
)
_START = re.compile(
    r"(?:media playback is unsupported on your device )?(?:image|media|picture|photo) (?:copyright|caption|source)\b"
    r"|(?:file(?: photo| picture)?|archive) ?[:–—-] "
    r"|(?:enlarge this image )?(?:toggle|hide) caption\b|\d{1,2} of \d{1,3} ?[|:.–—-] ?\S",
    re.IGNORECASE,
)

# Inside running text the owner's name must end somewhere: at an agency's name, at a bracket, or after one word. Each
# pattern opens with one set of characters, which is what makes it fast to look for.
_IN_BRACKETS = re.compile(_BRACKETED)
_AFTER_DASH = re.compile(rf"[—–-] ?{_OWNER} (?i:file )?{_WORD}\b(?= [A-ZÀ-Þ\"“‘'])")
_STARTS = r"(?:The|A|An|In|On|At|It|He|She|They|But|As|When|After|For|This|That|With|[A-ZÀ-Þ]{3,})\b"
_PERSON = rf"{_NAME}(?: (?!{_STARTS}){_NAME}(?= ?/| [A-ZÀ-Þ]))?"  # a second name only where a third capital follows
_AFTER_MARK = re.compile(
    rf"[:/|] ?(?:(?:{_PERSON} ?/ ?){{0,3}}{_AGENCIES}(?: ?/ ?{_AGENCIES}){{0,3}}\b"
    rf"|{_PERSON}(?: ?/ ?(?!{_STARTS}){_PERSON}){{0,3}})"
)
_LABEL = re.compile(rf"(?:\A|\W)(?P<label>{_LABELLED}) ?\Z")
_LONGEST_LABEL = 30
HINTS = (
    "hoto", "HOTO", "icture", "ICTURE", "pic)", " pic ", "PIC", "mage", "IMAGE", "llustration", "Foto", "ideo", "redit",
    "REDIT", "raphic", "creeng", "creens",
    "andout", "etty", "AFP", "AP", "Reuters", "REUTERS", "EPA", "Pool", "File", "FILE", "©", "]",
)  # fmt: skip
_LONGEST_LINE = 600
_WITHIN = 300  # characters of a hint inside running text
_TAIL = 120  # how far from its end a line is looked at
_HEAD = 30


def ends_in_credit(line: str) -> bool:
    """Whether a line is a photo credit, or a caption that ends in one: "… in Geneva. Photo: Reuters"."""
    if len(line) > _LONGEST_LINE:
        return False
    return _END.search(line, max(0, len(line) - _TAIL)) is not None or is_owner(line)


def starts_caption(line: str) -> bool:
    """Whether a line begins as only captions do: "Image caption", "FILE - "."""
    return len(line) <= _LONGEST_LINE and _START.match(line) is not None


def is_owner(line: str) -> bool:
    """Whether a line only says whose picture it is: "Getty Images", "Photo: Ana Poe"."""
    return len(line) <= _TAIL and _OWNER_LINE.fullmatch(line) is not None


def inline(text: str, near: Iterable[int]) -> list[tuple[int, int]]:
    """The ranges of the photo credits inside running text, in order; `near` are the offsets of its `hints`."""
    found = []
    for start, end in _stretches(near):
        found += [
            match.span() for pattern in (_IN_BRACKETS, _AFTER_DASH) for match in pattern.finditer(text, start, end)
        ]
        for match in _AFTER_MARK.finditer(text, start, end):
            label = _LABEL.search(text, max(0, match.start() - _LONGEST_LABEL), match.start())
            if label and not label["label"].lower().startswith("file"):  # its caption comes after it
                found.append((label.start("label"), match.end()))
    return sorted(found)


def _stretches(near: Iterable[int]) -> list[tuple[int, int]]:
    """What lies within reach of those offsets, in stretches that do not overlap."""
    found: list[tuple[int, int]] = []
    for at in near:
        start = max(0, at - _WITHIN)
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, at + _WITHIN))
    return found


def hints(text: str) -> Occurrences:
    """Where a text holds a word of photo credits: what holds none need not be asked, and asking is slow."""
    return occurrences.of(HINTS, text)
