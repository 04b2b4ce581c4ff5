"""What the lines of a text capture look like, each on its own and beside its neighbours. Facts only; no judgement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from readout.extract import beside, furniture, imprints, photos, writers
from readout.extract import credits as crediting
from readout.extract.lines import Line, count_words
from readout.text.occurrences import Finder, Occurrences

MANY = (25, 36, 40, 61)  # words: what is longer counts as the largest of these that it reaches, so that looks repeat
_SHORT = 160  # characters; what is longer is no name, imprint or byline
_LONGEST_PROMOTION = 60  # words; what is longer is an article
_PHOTO_CREDIT = 120  # characters at the end of a line
_TAG_LINE = 300
_SENTENCE_END = re.compile(r"""[.!?…。！？؟।]["'”’»)\]」』]*+\Z|[;,]\Z|["”’»」』]\Z""")
_END_CREDIT = re.compile(r"\s*+(?:\([^()]{2,40}\)|[—–-]{1,2} ?[A-ZÀ-Þ][\w./& -]{1,40})\Z")
_ENDS = '.!?…。！？؟।;,"”’»」』'  # characters after which nothing more need be asked
_DASHES = "—–-"
_AFTER_STOPS = "')]"
_CLOSING = "\"'”’»)"
_QUESTION = ("?", "？", "؟")
_TAIL = 60
_CREDITS = (
    "(",
    "[",
    "—",
    "–",
    "-",
    "Source",
    "With ",
    "Reporting",
    "Additional",
    "Writing",
    "Editing",
    "This ",
    "The ",
)
_LONGEST_CREDIT = 240
_TAG_OPENS = "#lL"
_TAGS = re.compile(r"#\w+(?:[\s,]+#\w+)*|latest\b.{0,30}#\w+", re.IGNORECASE)


class Look(NamedTuple):
    """What a line looks like, and what stands beside it."""

    words: int  # exact where a line is short; see `MANY`
    stop: bool  # ends as sentences end
    question: bool  # ends in a question mark
    colon: bool  # ends in a colon
    lower: bool  # begins with a small letter
    dash: bool  # begins with a dash
    bullet: bool
    cells: bool  # has tabs, as rows of tables do
    interface: bool
    section: bool  # the name of a section that most news pages have
    related: bool  # a heading above other articles
    promotion: bool
    tags: bool
    byline: bool
    post: bool  # somebody's post: "Political editor"
    writers: bool  # names of people, above a date or a post
    age: bool  # an age or a date alone
    imprint: bool  # an age with an outlet or an author
    photo: bool  # ends in a photo credit, or begins as captions do
    credit: bool  # only says to whom the text is credited
    owner: bool  # only says whose picture it is
    by_owner: bool  # the line before or after says whose picture it is
    above_owner: bool  # the line after does
    copy: bool  # the same words stood on an earlier line
    twin: bool  # the line before or after says the same
    pulled: bool  # its words stand in a longer line close by
    echo: int  # how much of it comes back in the text below, 0 to 3
    names_item: bool  # the next line is an age, or a bullet that repeats this line
    leads_to_item: bool  # the next line names an item
    heads_text: bool  # running text follows, directly or below another heading
    above_list: bool  # the next line begins with a bullet
    above_interface: bool
    amid_interface: bool  # between two lines of it
    apart: bool  # a blank line stands before it, on a page that sets its paragraphs without
    joined: bool  # on such a page, it stands right below running text, or below a line that does
    titles_above: int  # 1 where the page sets titles above outlets and ages, -1 where below, 0 where it does not tell
    flattened: bool  # on a page that sets whole bodies in one line
    trailing: bool  # no running text follows before the next item or the end
    commented: bool  # stands among what readers wrote


@dataclass(frozen=True)
class Marks:
    """Where on a page something is worth a closer look."""

    promotions: Occurrences
    pointers: Occurrences
    pictures: Occurrences


def marks(text: str) -> Marks:
    """The marks of a whole page's text."""
    promoting = len(furniture.promoting_words())
    hinting = promoting + len(furniture.pointers_to())
    places = _finder().places(text)
    return Marks(
        furniture.promoting(text, [place for place in places if place[0] < promoting]),
        Occurrences(tuple(sorted({start for number, start, _ in places if promoting <= number < hinting}))),
        Occurrences(tuple(sorted({start for number, start, _ in places if number >= hinting}))),
    )


@cache
def _finder() -> Finder:
    return Finder((*furniture.promoting_words(), *furniture.pointers_to(), *photos.HINTS))


class Own(NamedTuple):
    """What a line looks like on its own."""

    words: int
    stop: bool
    question: bool
    colon: bool
    lower: bool
    dash: bool
    bullet: bool
    cells: bool
    interface: bool
    section: bool
    related: bool
    tags: bool
    byline: bool
    post: bool
    credit: bool
    imprint: imprints.Imprint | None


def own(text: str) -> Own:
    """What a line looks like on its own. Short lines recur from capture to capture, and are remembered."""
    return _recurring(text) if len(text) <= _SHORT else _own(text)


def _own(text: str) -> Own:
    interface = furniture.interface(text)
    return Own(
        words=count_words(text),
        stop=_stops(text),
        question=text.rstrip(_CLOSING).endswith(_QUESTION),
        colon=text.endswith((":", "：")),
        lower=_begins_lower(text),
        dash=text[0] in "—–-",
        bullet=beside.has_bullet(text),
        cells="\t" in text,
        interface=interface,
        section=furniture.is_section(text),
        related=interface and furniture.heads_related(text),
        tags=len(text) < _TAG_LINE and text[0] in _TAG_OPENS and _TAGS.fullmatch(text) is not None,
        byline=writers.is_byline(text),
        post=writers.is_post(text),
        credit=text.startswith(_CREDITS) and len(text) <= _LONGEST_CREDIT and crediting.ending(text).start == 0,
        imprint=imprints.imprint(text) if len(text) <= _SHORT else None,
    )


_recurring = lru_cache(maxsize=16_384)(_own)


def forget() -> None:
    """Forget what recurring lines look like."""
    _recurring.cache_clear()


def looks(page: Sequence[Line], marked: Marks) -> list[Look]:
    """What each line of a page looks like."""
    if not page:
        return []
    alone = [own(line.text) for line in page]
    known = beside.Known(
        lines=page,
        texts=[line.text for line in page],
        words=[one.words for one in alone],
        stops=[one.stop for one in alone],
        interface=[one.interface for one in alone],
        related=[one.related for one in alone],
        imprints=[one.imprint for one in alone],
    )
    promoted = [_is_promotion(line, one.words, marked) for line, one in zip(page, alone, strict=True)]
    columns = (*_alone(alone, known, marked, promoted), *_beside(alone, known, promoted))
    return list(map(Look._make, zip(*columns, strict=True)))


def _alone(
    alone: Sequence[Own], known: beside.Known, marked: Marks, promoted: Sequence[bool]
) -> tuple[list[int] | list[bool], ...]:
    """The columns from `words` to `credit`."""
    ages = [known.is_age(i) for i in range(len(alone))]
    return (
        [_few_or_many(one.words) for one in alone],
        [one.stop for one in alone],
        [one.question for one in alone],
        [one.colon for one in alone],
        [one.lower for one in alone],
        [one.dash for one in alone],
        [one.bullet for one in alone],
        [one.cells for one in alone],
        [one.interface for one in alone],
        [one.section for one in alone],
        [one.related for one in alone],
        list(promoted),
        [one.tags for one in alone],
        [one.byline for one in alone],
        [one.post for one in alone],
        _writers(alone, known.texts),
        ages,
        [one.imprint is not None and not age for one, age in zip(alone, ages, strict=True)],
        [_is_photo(line, marked.pictures) for line in known.lines],
        [one.credit for one in alone],
    )


def _beside(alone: Sequence[Own], known: beside.Known, promoted: Sequence[bool]) -> tuple[list[int] | list[bool], ...]:
    """The columns from `owner` to `commented`."""
    furnished = [a or b for a, b in zip(known.interface, promoted, strict=True)]
    above = [*furnished[1:], True]
    below = [True, *furnished[:-1]]
    return (
        *beside.owners(known),
        *beside.repeats(known),
        beside.pulled(known),
        beside.echoes(known),
        *beside.items(known),
        beside.heads_text(known),
        [*(one.bullet for one in alone[1:]), False],
        above,
        [a and b for a, b in zip(above, below, strict=True)],
        *beside.blanks(known),
        [beside.titles_above(known)] * len(known.texts),
        [beside.is_flattened(known)] * len(known.texts),
        beside.trailing(known),
        beside.commented(known),
    )


def _writers(alone: Sequence[Own], texts: Sequence[str]) -> list[bool]:
    """Whether a line names the authors, right above a date or a post."""
    dated = [one.post or one.imprint is not None for one in alone]
    above = zip(texts, [*dated[1:], False], strict=True)
    return [below and bool(writers.bare(text)) for text, below in above]


def _stops(text: str) -> bool:
    """Whether a line ends as a sentence does, an agency's credit after it or not."""
    if text[-1] in _ENDS:
        return True
    tail = text[-_TAIL:]
    if text[-1] in _AFTER_STOPS and _SENTENCE_END.search(tail):
        return True
    if text[-1] != ")" and not any(dash in tail for dash in _DASHES):
        return False
    credit = _END_CREDIT.search(tail)
    return credit is not None and _SENTENCE_END.search(tail[: credit.start()]) is not None


def _few_or_many(words: int) -> int:
    return words if words <= MANY[0] else next((many for many in reversed(MANY) if words >= many), MANY[0])


def _begins_lower(text: str) -> bool:
    letter = text[0] if text[0].isalpha() else text.lstrip("\"'“”‘’«»„([…. ")[:1]
    return letter.islower()


def _is_promotion(line: Line, words: int, marked: Marks) -> bool:
    return words <= _LONGEST_PROMOTION and marked.promotions.within(line.start, line.end)


def _is_photo(line: Line, pictures: Occurrences) -> bool:
    if photos.starts_caption(line.text):
        return True
    hinted = pictures.within(line.end - _PHOTO_CREDIT, line.end) or (line.text[-1] == ")" and "/" in line.text[-_TAIL:])
    return hinted and photos.ends_in_credit(line.text)
