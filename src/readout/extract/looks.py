"""What the lines of a text capture look like, each on its own and beside its neighbours. Facts only; no judgement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readout.extract import ages, furniture, photos
from readout.text.occurrences import Occurrences

_SENTENCE_END = re.compile(r"""[.!?…。！？؟।]["'”’»)\]]*\Z|[;,]\Z|["”’»]\Z""")
_END_CREDIT = re.compile(r"\s*(?:\([^()]{2,40}\)|[—–-]{1,2} ?[A-ZÀ-Þ][\w./& -]{1,40})\Z")
_BULLET = re.compile(r"(?:[•·‣▪*–—-]|\d{1,2}[.)])\s+(?=\S)")
_BYLINE = re.compile(
    r"(?:by|from|von|par|por)\s+[A-ZÀ-Þ][\w.'’-]+(?:\s+(?:and\s+)?[A-ZÀ-Þ][\w.'’-]*,?){0,7}", re.IGNORECASE
)
_TAGS = re.compile(r"#\w+(?:[\s,]+#\w+)*|latest\b.{0,30}#\w+", re.IGNORECASE)
_LONGEST_BYLINE = 100
_LONGEST_PROMOTION = 60  # words; what is longer is an article
_FLATTENED = 120  # words that no single paragraph has
_RUNNING = 12  # words from which a line is running text
_PHOTO_CREDIT = 90  # characters at the end of a line
_TAG_LINE = 300
_TITLE = 400
_NAME = 8  # words of an outlet's name
_CHARACTERS_A_WORD = 8  # scripts without spaces: long text still counts as many words


class Line(NamedTuple):
    """A line that is not blank: `text` is `page.text[start:end]`, without the white space around it."""

    start: int
    end: int
    text: str
    after_blank: bool = False


class Look(NamedTuple):
    """What a line looks like, and what stands beside it."""

    words: int
    stop: bool  # ends as sentences end
    colon: bool  # ends in a colon
    interface: bool
    promotion: bool
    age: bool
    glued: bool
    bullet: bool
    byline: bool
    tags: bool
    photo: bool  # ends in a photo credit
    copy: bool  # the same words stood on an earlier line
    twin: bool  # the line before or after says the same
    names_item: bool  # the next line is an age, or a bullet that repeats this line
    leads_to_item: bool  # the next line names an item
    before_text: bool  # the next line is running text
    before_interface: bool  # the next line is words of an interface
    apart: bool  # a blank line stands before it, on a page that sets its paragraphs without
    joined: bool  # on such a page, it stands right below running text, or below a line that does
    flattened: bool  # on a page that sets whole bodies in one line


_LINE = re.compile(r"[^\S\r\n]*(\S(?:[^\r\n]*\S)?)")


def lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, in order."""
    found = []
    end = 0
    for match in _LINE.finditer(text):
        blank = text.count("\n", end, match.start(1)) > 1 or text.count("\r", end, match.start(1)) > 1
        found.append(Line(match.start(1), match.end(1), match[1], blank))
        end = match.end(1)
    return found


@dataclass(frozen=True)
class Marks:
    """Where on a page something is worth a closer look."""

    promotions: Occurrences
    pointers: Occurrences
    pictures: Occurrences


def marks(text: str) -> Marks:
    """The marks of a whole page's text."""
    return Marks(furniture.promoting(text), furniture.pointing(text), photos.hints(text))


def looks(page: Sequence[Line], marked: Marks) -> list[Look]:
    """What each line of a page looks like."""
    seen: set[str] = set()
    alone = [_alone(line.text) for line in page]
    texts = [line.text for line in page]
    names = [_names_item(texts, alone, i) for i in range(len(page))]
    words = [_words(text) for text in texts]
    solid = _is_solid(page, words)
    flattened = _is_flattened(alone, words)
    interface = [furniture.interface(text) for text in texts]
    result = []
    joined = False
    for i, line in enumerate(page):
        text = line.text
        below_text = i > 0 and (joined or words[i - 1] >= _RUNNING)
        joined = solid and below_text and not line.after_blank and not interface[i]
        following = texts[i + 1] if i + 1 < len(texts) else ""
        result.append(
            Look(
                words=words[i],
                stop=_stops(text),
                colon=text.endswith(":"),
                interface=interface[i],
                promotion=words[i] <= _LONGEST_PROMOTION and marked.promotions.within(line.start, line.end),
                age=alone[i],
                glued=not alone[i] and ages.glued(text) is not None,
                bullet=_BULLET.match(text) is not None,
                byline=is_byline(text),
                tags=len(text) < _TAG_LINE and _TAGS.fullmatch(text) is not None,
                photo=marked.pictures.within(line.end - _PHOTO_CREDIT, line.end) and photos.ends_in_credit(text),
                copy=text.casefold() in seen,
                twin=text == following or (i > 0 and texts[i - 1] == text),
                names_item=names[i],
                leads_to_item=i + 1 < len(names) and names[i + 1],
                before_text=i + 1 < len(words) and words[i + 1] >= _RUNNING,
                before_interface=i + 1 < len(interface) and interface[i + 1],
                apart=solid and line.after_blank,
                joined=joined,
                flattened=flattened,
            )
        )
        if len(text) < _TITLE:
            seen.add(text.casefold())
    return result


def is_byline(text: str) -> bool:
    """Whether a line only names who wrote it: "By Ana Poe and Jo Roe"."""
    return len(text) < _LONGEST_BYLINE and _BYLINE.fullmatch(text) is not None


def byline_name(text: str) -> str:
    """The name in a byline, without "By"."""
    return text.split(" ", 1)[1].strip(" ,") if " " in text else text


def bullet(text: str) -> str:
    """The line without its bullet."""
    match = _BULLET.match(text)
    return text[match.end() :] if match else text


def _stops(text: str) -> bool:
    """Whether a line ends as a sentence does, an agency's credit after it or not."""
    tail = text[-60:]
    credit = _END_CREDIT.search(tail)
    return any(_SENTENCE_END.search(end) is not None for end in (tail, tail[: credit.start()] if credit else tail))


def _alone(text: str) -> bool:
    return ages.alone(text) is not None


def _is_solid(page: Sequence[Line], words: Sequence[int]) -> bool:
    """Whether the page sets its paragraphs without blank lines between them."""
    pairs = [page[i].after_blank for i in range(1, len(page)) if words[i] >= _RUNNING and words[i - 1] >= _RUNNING]
    return bool(pairs) and sum(pairs) * 4 <= len(pairs)


def _is_flattened(alone: Sequence[bool], words: Sequence[int]) -> bool:
    """Whether an item's whole body stands in one line: a very long line close below a line with an age."""
    return any(max(words[i + 1 : i + 6], default=0) >= _FLATTENED for i, aged in enumerate(alone) if aged)


def _names_item(texts: Sequence[str], alone: Sequence[bool], i: int) -> bool:
    if i + 1 >= len(texts) or alone[i] or _words(texts[i]) > _NAME:
        return False
    return alone[i + 1] or (_BULLET.match(texts[i + 1]) is not None and bullet(texts[i + 1]) == texts[i])


def _words(text: str) -> int:
    return max(text.count(" ") + 1, len(text) // _CHARACTERS_A_WORD)
