"""Articles out of text captures: the text of a page as a person would copy it, furniture and all.

A capture holds a main article and often whole articles of other outlets below it. `layout` says what each line is;
this module gathers the lines into articles, `body` cleans their text, `dates` works out when they were published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from readout.extract import ages, body, dates, gate, looks, photos, teasers
from readout.extract.layout import Label, labels
from readout.extract.looks import Line
from readout.models import Article, ArticleKind, Page, Paragraph, ParagraphKind, Rejection, Role, Span, Stage
from readout.text import language, sentences

EXTRACTOR = "transcript/1"
_FEWEST_PARAGRAPHS = 4
_LONGEST_STANDFIRST = 22  # words
_REPORTS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|said|told|announced|reported|according to|killed"
    r"|[A-Z][a-z]+ [A-Z][a-z]+)\b|\d|--|—|[\"“”]"
)
_NEW_ITEM = frozenset({Label.PRE, Label.OUTLET, Label.AGE})
_HEADER = _NEW_ITEM | {Label.TOPIC}
_KINDS = {
    Label.BODY: ParagraphKind.BODY,
    Label.SUBHEAD: ParagraphKind.SUBHEAD,
    Label.CAPTION: ParagraphKind.CAPTION,
    Label.TEXT: ParagraphKind.BODY,
}


@dataclass
class _Draft:
    """The lines of one article as they are gathered."""

    role: Role
    title: Line | None = None
    outlet: str | None = None
    age: str | None = None
    topics: list[str] = field(default_factory=list)
    byline: Line | None = None
    lines: list[tuple[ParagraphKind, Line]] = field(default_factory=list)
    asides: list[Line] = field(default_factory=list)


def articles(page: Page) -> tuple[tuple[Article, ...], tuple[Rejection, ...]]:
    """The articles of a text capture in the order of the page, and what was dropped with its reason."""
    lines = looks.lines(page.text)
    marks = looks.marks(page.text)
    drafts = _gather(lines, labels(looks.looks(lines, marks)))
    outlets = {draft.outlet for draft in drafts}
    if drafts:
        _mark_standfirst(drafts[0])
    for draft in drafts:  # an item without an outlet may still carry its name among its topics
        draft.outlet = draft.outlet or next((topic for topic in draft.topics if topic in outlets), None)
    context = body.Context(marks, titles=[draft.title.text for draft in drafts if draft.title])
    made: list[Article] = []
    dropped = []
    for draft in drafts:
        article = _article(page, draft, context, len(made))
        fault = gate.fault(article)
        if fault is None:
            made.append(article)
        else:
            dropped.append(Rejection(Stage.EXTRACT, article.title or page.name, fault, page.name, page.id))
    return tuple(made), tuple(dropped)


def _mark_standfirst(draft: _Draft) -> None:
    """The line under a title that sums the article up rather than begins it: one short sentence that names no day, no
    figure and nobody who speaks, before a first paragraph that starts afresh and is longer.
    """
    if len(draft.lines) < _FEWEST_PARAGRAPHS or draft.title is None:
        return
    (kind, line), (following, paragraph) = draft.lines[:2]
    if kind is not ParagraphKind.BODY or following is not ParagraphKind.BODY:
        return
    words = line.text.count(" ") + 1
    short = words <= _LONGEST_STANDFIRST and words * 1.5 < paragraph.text.count(" ") + 1
    if short and len(sentences.ends(line.text)) == 1 and not _REPORTS.search(line.text):
        draft.lines[0] = (ParagraphKind.STANDFIRST, line)


def _gather(lines: Sequence[Line], marks: Sequence[Label]) -> list[_Draft]:
    main = _Draft(Role.MAIN)
    items: list[_Draft] = []
    before: Label | None = None
    for line, label in zip(lines, marks, strict=True):
        if label < Label.BACK:
            _add_to_main(main, line, label)
        elif Label.BACK < label < Label.END:
            if label in _NEW_ITEM and before not in _HEADER:
                items.append(_Draft(Role.RELATED))
            _add_to_item(items[-1], line, label)
        before = label
    if main.title or main.lines:
        return [main, *items]
    for item in items:
        item.role = Role.LISTED
    return items


def _add_to_main(draft: _Draft, line: Line, label: Label) -> None:
    if label is Label.TITLE:
        draft.title = line
    elif label is Label.META:
        draft.outlet, draft.age = ages.glued(line.text) or (None, None)
    elif label is Label.OUTLET_OF_MAIN:
        draft.outlet = line.text
    elif label is Label.AGE_OF_MAIN:
        draft.age = ages.alone(line.text)
    elif label is Label.ASIDE:
        _add_aside(draft, line)
    elif label in _KINDS:
        draft.lines.append((_KINDS[label], line))


def _add_to_item(draft: _Draft, line: Line, label: Label) -> None:
    if label in {Label.PRE, Label.HEAD}:
        draft.title = line if label is Label.HEAD or draft.title is None else draft.title
    elif label is Label.OUTLET:
        draft.outlet = line.text
    elif label is Label.AGE:
        draft.age = ages.alone(line.text)
    elif label is Label.TOPIC:
        draft.topics.append(looks.bullet(line.text))
    elif label is Label.TEXT:
        draft.lines.append((ParagraphKind.BODY, line))
    else:
        _add_aside(draft, line)


def _add_aside(draft: _Draft, line: Line) -> None:
    if looks.is_byline(line.text) and draft.byline is None:
        draft.byline = line
    elif photos.ends_in_credit(line.text):
        draft.lines.append((ParagraphKind.PHOTO_CREDIT, line))
    draft.asides.append(line)


def _article(page: Page, draft: _Draft, context: body.Context, position: int) -> Article:
    title = draft.title
    outlet = draft.outlet
    read = body.read(draft.lines, replace(context, title=title.text if title else "", outlet=outlet))
    text = "\n".join(p.text for p in read.paragraphs if p.kind is ParagraphKind.BODY)
    authors = tuple(filter(None, (looks.byline_name(draft.byline.text) if draft.byline else read.author,)))
    return Article(
        page=page.id,
        position=position,
        role=draft.role,
        kind=_kind(read.paragraphs, text),
        title=title.text if title else "",
        title_span=Span(title.start, title.end) if title else None,
        paragraphs=read.paragraphs,
        extractor=EXTRACTOR,
        outlet=outlet,
        age=draft.age,
        published=dates.published(draft.age, text, page.captured, page.captured_basis),
        authors=authors,
        dateline=read.dateline,
        credits=read.credits,
        section=next((topic for topic in draft.topics if topic != outlet), None),
        language=language.language(text or (title.text if title else "")),
        furniture=tuple(sorted({*read.furniture, *(Span(line.start, line.end) for line in draft.asides)})),
    )


def _kind(paragraphs: Sequence[Paragraph], text: str) -> ArticleKind:
    if not any(p.kind is ParagraphKind.BODY for p in paragraphs):
        return ArticleKind.HEADLINE
    return ArticleKind.TEASER_LIST if teasers.is_list(text) else ArticleKind.ARTICLE
