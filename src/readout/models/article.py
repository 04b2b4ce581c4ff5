"""An article: one outlet's text of one report, rebuilt from a page, every paragraph with its place on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from readout.models.ids import ArticleId, EditionId, PageId, stable_id
from readout.models.page import Span

_PAGE_OF_SITE = re.compile(r"https?://[^/]+/.")  # its front page holds another article every hour


class Role(StrEnum):
    """What an article is on the page that holds it."""

    MAIN = "main"
    RELATED = "related"  # a whole article among the page's related ones
    LISTED = "listed"  # an item of a page that is a list (a hashtag page, a front page)


class ArticleKind(StrEnum):
    """How much of a report was captured."""

    ARTICLE = "article"
    HEADLINE = "headline"  # only the headline was captured, no body
    TEASER_LIST = "teaser-list"  # a list of other titles where a body should be


class ParagraphKind(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    SUBHEAD = "subhead"
    STANDFIRST = "standfirst"  # the line or two between the title and the body
    CAPTION = "caption"
    PHOTO_CREDIT = "photo credit"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    TABLE_ROW = "table row"


IN_BODY = frozenset(
    {
        ParagraphKind.BODY,
        ParagraphKind.SUBHEAD,
        ParagraphKind.LIST_ITEM,
        ParagraphKind.QUOTE,
        ParagraphKind.TABLE_ROW,
    }
)


class Precision(StrEnum):
    """The finest unit in which a moment is known."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Basis(StrEnum):
    """How a moment is known."""

    STATED = "stated"  # the page or its metadata gives the date
    RELATIVE = "relative"  # an age such as "13 hours ago", counted back from the capture
    INFERRED = "inferred"  # worked out from dates that the text mentions


@dataclass(frozen=True)
class Moment:
    """An instant with what is known about it.

    `at` is in UTC and is the start of the unit given by `precision`; `clue` is the wording it rests on; `zone` is the
    offset from UTC in minutes where the page states one.
    """

    at: datetime
    precision: Precision
    basis: Basis
    clue: str
    zone: int | None = None


@dataclass(frozen=True)
class Credit:
    """The agency or outlet a text is credited to, with the characters that say so."""

    name: str
    span: Span | None = None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its text, and the spans of the page that hold it.

    More than one span where furniture stood in the middle. For a text capture the text is the spans' characters,
    joined by one space; for HTML it is what a browser would show of them, white space collapsed. In the row of a table
    each cell has a span, and a tab stands between cells.
    """

    text: str
    spans: tuple[Span, ...]
    kind: ParagraphKind = ParagraphKind.BODY


@dataclass(frozen=True)
class Article:
    """One outlet's text of one report, as one page holds it.

    `position` counts the articles of the page from 0; `age` is the relative time or date the page shows, verbatim;
    `furniture` are spans inside the article that do not belong to it; `address` is the canonical address where known;
    `extractor` names the code and version that rebuilt it, and `reasons` says what it decided and why. `known_as` is
    the article that a store found this to be one with, where that has another id.
    """

    page: PageId
    position: int
    role: Role
    kind: ArticleKind
    title: str
    title_span: Span | None
    paragraphs: tuple[Paragraph, ...]
    extractor: str
    outlet: str | None = None
    age: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    authors: tuple[str, ...] = ()
    dateline: str | None = None
    credits: tuple[Credit, ...] = ()
    tags: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None
    address: str | None = None
    furniture: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()
    known_as: ArticleId | None = None

    @property
    def id(self) -> ArticleId:
        """The id of the article: that by which a store knows it, or else its own."""
        return self.known_as or self.own

    @cached_property
    def own(self) -> ArticleId:
        """What this text alone makes its id: its address, or else its outlet, its title and how its body begins."""
        if self.address and _PAGE_OF_SITE.match(self.address):
            return ArticleId(stable_id("article", "address", self.address))
        return ArticleId(stable_id("article", "text", folded(self.outlet or ""), folded(self.title), self.lead))

    @cached_property
    def edition(self) -> EditionId:
        """The id of this text: the same article, outlet, title and paragraphs give the same edition."""
        rest = (p.text for p in self.paragraphs if p.kind not in IN_BODY)
        return EditionId(stable_id("edition", self.own, self.outlet or "", self.title, self.body, *rest))

    @cached_property
    def wording(self) -> str:
        """What the words of title and body alone make: the same on every page, however its lines are broken."""
        flat = f"{self.title}\n{self.body}".replace("\n", " ")
        return stable_id("wording", " ".join(flat.split()) if "  " in flat or "\t" in flat else flat.strip())

    @cached_property
    def body(self) -> str:
        """The body's paragraphs, one a line: no title, standfirst, caption or credit line."""
        return "\n".join(p.text for p in self.paragraphs if p.kind in IN_BODY)

    @cached_property
    def body_span(self) -> Span | None:
        """From the first to the last character of the body on the page, furniture between them included."""
        spans = [span for p in self.paragraphs if p.kind in IN_BODY for span in p.spans]
        return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None

    @cached_property
    def lead(self) -> str:
        """How the body begins, folded: 80 characters at most."""
        return folded(self.body[:200])[:80]


def folded(text: str) -> str:
    """The letters and digits of a name or title, lower case: "Le Monde" and "LeMonde" are one."""
    return "".join(filter(str.isalnum, text.casefold()))
