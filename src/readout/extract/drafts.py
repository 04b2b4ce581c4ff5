"""The labelled lines of a text capture gathered into articles to be: who wrote what, when, in which lines.

Decides nothing about single words: `body` cleans the lines of a draft afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from readout.extract import ages, beside, furniture, imprints, photos, writers
from readout.extract import credits as crediting
from readout.extract.layout import Label
from readout.extract.lines import Line, count_words
from readout.extract.looks import own
from readout.models import ParagraphKind, Role
from readout.text import sentences

_FEWEST_PARAGRAPHS = 4
_LONGEST_STANDFIRST = 22  # words
_LONGEST_BIOGRAPHY = 60
_LONGEST_LIST_ITEM = 60
_LONGEST_CAPTION = 60
_REPORTS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|said|told|announced|reported|according to|killed"
    r"|[A-Z][a-z]+ [A-Z][a-z]+)\b|\d|--|—|[\"“”]|\A(?:Editor|Correction|Note|Update)\b"
)
_SPEAKER = re.compile(r"[^\W\d_a-zà-ÿ]+(?: [^\W\d_a-zà-ÿ]+)?: ")
_LIST_ITEM = re.compile(r"(?:[•·‣▪*-]|\d{1,2}[.)])\s+(?=\S)")
_PROVIDER = re.compile(r"(?:© ?)?Provided by (\S.{1,60})\Z")
_NEW_ITEM = frozenset({Label.PRE, Label.OUTLET, Label.AGE, Label.IMPRINT})
_CONTINUES = frozenset({Label.PRE, Label.OUTLET})
_TITLES = frozenset({Label.TITLE, Label.PRE, Label.HEAD})
_IMPRINTS = frozenset(
    {Label.IMPRINT_ABOVE, Label.IMPRINT_OF_MAIN, Label.IMPRINT, Label.AGE, Label.IMPRINT_BELOW, Label.AGE_BELOW}
)
_OUTLETS = frozenset({Label.MAST, Label.OUTLET_OF_MAIN, Label.OUTLET, Label.OUTLET_BELOW})
_TOPICS = frozenset({Label.TOPIC, Label.TOPIC_BELOW})
_HEADER = frozenset({Label.NOTE, Label.STANDFIRST, Label.OUTLET_OF_MAIN})
_ASIDES = frozenset({Label.NOTE, Label.ASIDE, Label.GAP})
_KINDS = {
    Label.BODY: ParagraphKind.BODY,
    Label.SUBHEAD: ParagraphKind.SUBHEAD,
    Label.PICTURE: ParagraphKind.CAPTION,
    Label.CAPTION: ParagraphKind.CAPTION,
    Label.STANDFIRST: ParagraphKind.STANDFIRST,
    Label.TEXT: ParagraphKind.BODY,
    Label.HEADING: ParagraphKind.SUBHEAD,
}


@dataclass
class Draft:
    """The lines of one article as they are gathered; `house` is the outlet that its byline names."""

    role: Role
    title: Line | None = None
    outlet: str | None = None
    above: Line | None = None  # the line that its outlet's name was
    age: str | None = None
    house: str | None = None
    authors: tuple[str, ...] = ()
    topics: list[str] = field(default_factory=list)
    lines: list[tuple[ParagraphKind, Line]] = field(default_factory=list)
    asides: list[Line] = field(default_factory=list)


def drafts(lines: Sequence[Line], labels: Sequence[Label]) -> list[Draft]:
    """The articles to be of a page, in its order: the main one first, where there is one."""
    main = Draft(Role.MAIN)
    items: list[Draft] = []
    before: Label | None = None
    for i, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label < Label.BACK:
            _add(main, line, label)
            if label in _HEADER and i + 1 < len(lines):
                _add_authors(main, line, lines[i + 1], labels[i + 1])
        elif Label.BACK < label < Label.END:
            if label in _NEW_ITEM and before not in _CONTINUES:
                items.append(Draft(Role.RELATED))
            _add(items[-1], line, label)
        before = label
    gathered = [main, *items] if main.title or main.lines else _listed(items, lines)
    outlets = {draft.outlet for draft in gathered if draft.outlet}
    for draft in gathered:
        _finish(draft, outlets)
    return gathered


def _listed(items: list[Draft], lines: Sequence[Line]) -> list[Draft]:
    """The items of a page without a main article; where the first stands alone, or alone above a heading for others, it
    is that.
    """
    first, second = (item.title.start if item.title else 0 for item in [*items, *items][:2]) if items else (0, 0)
    between = (line.text for line in lines if first < line.start < second)
    alone = len(items) == 1 or any(map(furniture.heads_related, between))
    for draft in items:
        draft.role = Role.RELATED if alone else Role.LISTED
    if alone and items:
        items[0].role = Role.MAIN
    return items


def _add(draft: Draft, line: Line, label: Label) -> None:
    if label in _TITLES:
        _add_title(draft, line)
    elif label in _OUTLETS:
        _add_outlet(draft, line)
    elif label in _IMPRINTS:
        _add_imprint(draft, line)
    elif label in _TOPICS:
        draft.topics.append(beside.bullet(line.text))
    elif label in _ASIDES:
        _add_aside(draft, line)
    elif label in _KINDS:
        draft.lines.append((_kind(_KINDS[label], line.text), line))


def _add_title(draft: Draft, line: Line) -> None:
    if draft.title is None:
        draft.title = line
    elif line.text != draft.title.text:
        draft.lines.append((ParagraphKind.STANDFIRST, line))


def _add_outlet(draft: Draft, line: Line) -> None:
    if draft.outlet is None:
        draft.outlet, draft.above = line.text, line


def _add_authors(draft: Draft, line: Line, below: Line, what: Label) -> None:
    """Names without a "by" between the title and the body are the authors' where a post, an outlet or a date stands
    below them; above a date, so are names that would else be an outlet's, but not above an age counted from now.
    """
    named = writers.bare(line.text)
    imprint = imprints.imprint(below.text)
    if not named or draft.authors or not (imprint or what is Label.OUTLET_OF_MAIN or writers.is_post(below.text)):
        return
    if draft.above is line and imprint:
        if not any(map(str.isdigit, imprint.age)) or not ages.is_date(imprint.age):
            return
        draft.outlet = draft.above = None
    draft.authors = named


def _add_imprint(draft: Draft, line: Line) -> None:
    imprint = own(line.text).imprint
    if imprint:
        draft.age = draft.age or imprint.age
        draft.outlet = draft.outlet or imprint.outlet
        draft.authors = draft.authors or imprint.authors


def _add_aside(draft: Draft, line: Line) -> None:
    authors, house = writers.read(line.text)
    provider = _PROVIDER.match(line.text)
    house = provider[1] if provider else house
    draft.authors = draft.authors or authors
    draft.house = draft.house or house
    if photos.ends_in_credit(line.text):
        draft.lines.append((ParagraphKind.PHOTO_CREDIT, line))
    draft.asides.append(line)


def _kind(kind: ParagraphKind, text: str) -> ParagraphKind:
    if kind is ParagraphKind.CAPTION and photos.is_owner(text):
        return ParagraphKind.PHOTO_CREDIT
    if kind is not ParagraphKind.BODY:
        return kind
    if text.count(" ") >= _LONGEST_LIST_ITEM or count_words(text) > _LONGEST_LIST_ITEM:
        return kind
    if "\t" in text:
        return ParagraphKind.TABLE_ROW
    return ParagraphKind.LIST_ITEM if _LIST_ITEM.match(text) else kind


def _finish(draft: Draft, outlets: set[str]) -> None:
    """What only the whole draft tells: a biography at its end, a standfirst, an outlet named elsewhere."""
    if draft.title is None and not draft.lines and draft.above is not None:  # a title above its age, and nothing else
        draft.title, draft.outlet = draft.above, None
    _set_captions_apart(draft)
    _set_biography_aside(draft)
    _mark_standfirst(draft)
    known = (topic for topic in draft.topics if topic in outlets)
    draft.outlet = draft.outlet or next(known, None) or draft.house


def _set_captions_apart(draft: Draft) -> None:
    """Lines of an item that are captions; an item that stands in one line is text, whatever it begins with."""
    if draft.role is Role.MAIN or len(draft.lines) < 2:  # noqa: PLR2004 - nothing would be left
        return
    for i, (kind, line) in enumerate(draft.lines):
        if kind is ParagraphKind.BODY and count_words(line.text) <= _LONGEST_CAPTION:
            if photos.is_owner(line.text):
                draft.lines[i] = (ParagraphKind.PHOTO_CREDIT, line)
            elif photos.ends_in_credit(line.text) or photos.starts_caption(line.text):
                draft.lines[i] = (ParagraphKind.CAPTION, line)


def _set_biography_aside(draft: Draft) -> None:
    """A last paragraph that begins with the author's name tells about the author; so it does where a name and a date
    below the title looked like an outlet's.
    """
    if len(draft.lines) <= 2 or draft.lines[-1][0] is not ParagraphKind.BODY:  # noqa: PLR2004 - nothing would be left
        return
    last = draft.lines[-1][1]
    names = list(draft.authors)
    if draft.outlet and draft.role is Role.MAIN and writers.is_person(draft.outlet):
        names.append(draft.outlet)
    name = next((name for name in names if last.text.startswith(f"{name} ")), None)
    if name is None or count_words(last.text) > _LONGEST_BIOGRAPHY or len(sentences.ends(last.text)) > 2:  # noqa: PLR2004
        return
    if name == draft.outlet:
        draft.outlet, draft.authors = None, (name,)
    draft.lines.pop()
    draft.asides.append(last)


def _mark_standfirst(draft: Draft) -> None:
    """The line under a main title that sums the article up rather than begins it: one short sentence that names no day,
    no figure and nobody who speaks, before a first paragraph that starts afresh and is longer; or what stands before a
    dateline.
    """
    if draft.role is not Role.MAIN or len(draft.lines) < _FEWEST_PARAGRAPHS or draft.title is None:
        return
    (kind, line), (following, paragraph) = draft.lines[:2]
    if kind is not ParagraphKind.BODY or following is not ParagraphKind.BODY:
        return
    words = line.text.count(" ") + 1
    short = words <= _LONGEST_STANDFIRST and words * 1.5 < paragraph.text.count(" ") + 1
    filed = words <= 2 * _LONGEST_STANDFIRST and _is_filed(paragraph.text)
    sums_up = short and len(sentences.ends(line.text)) == 1 and not _REPORTS.search(line.text)
    if sums_up or (filed and not _is_filed(line.text)):
        draft.lines[0] = (ParagraphKind.STANDFIRST, line)


def _is_filed(text: str) -> bool:
    """Whether a paragraph opens with a dateline, and not with the name of somebody who speaks in a transcript."""
    return crediting.opening(text) is not None and not _SPEAKER.match(text)
