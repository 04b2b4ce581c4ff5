"""A small archive that shows everything the web site can show: for its tests only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from readout.models import (
    Article,
    ArticleKind,
    Basis,
    CaptureBasis,
    Credit,
    Harvest,
    Media,
    Moment,
    Page,
    Paragraph,
    ParagraphKind,
    Precision,
    Role,
    Span,
)
from readout.run import grouping
from readout.run.base import silent
from readout.store.memory import MemoryStore
from tests import builders

EVENING = datetime(2031, 3, 5, 20, 1, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> \u202egnol\u202c \U000e0041\u200b & \"quoted\" 'so'"

_PARAGRAPHS = (
    (ParagraphKind.STANDFIRST, "After eleven hours of debate, a majority of two."),
    (ParagraphKind.CAPTION, "Deputies leave the chamber."),
    (ParagraphKind.PHOTO_CREDIT, "Photo: M. Ostrova"),
    (ParagraphKind.BODY, "VELD — The chamber passed the harbour bill by 61 votes to 59."),
    (ParagraphKind.SUBHEAD, "What changes"),
    (ParagraphKind.LIST_ITEM, "Fees are set by the council."),
    (ParagraphKind.LIST_ITEM, "The old quay stays open."),
    (ParagraphKind.TABLE_ROW, "Who | Jobs"),
    (ParagraphKind.TABLE_ROW, "Ministry | 1,200"),
    (ParagraphKind.QUOTE, "We were promised a study."),
    (ParagraphKind.BODY, "The next session is on Monday."),
)


def html_harvest() -> Harvest:
    """A page in HTML with one article of every kind of paragraph, credited, dated, changed and tagged."""
    title = "Parliament votes on the harbour bill"
    source = "".join(f"<p>{text}</p>\n" for text in [title, *(text for _, text in _PARAGRAPHS)])
    content = f"<html><body>\n{source}<aside>Subscribe</aside>\n<p>(AFP)</p></body></html>"
    page = Page(
        content.encode(),
        Media.HTML,
        "https://harbour-post.example/bill",
        address="https://harbour-post.example/bill?from=mail",
        captured=EVENING,
        captured_basis=CaptureBasis.FETCHED,
    )
    stated = Moment(EVENING - timedelta(hours=2), Precision.MINUTE, Basis.STATED, "2031-03-05T20:01+02:00", 120)
    article = Article(
        page=page.id,
        position=0,
        role=Role.MAIN,
        kind=ArticleKind.ARTICLE,
        title=title,
        title_span=span(page, title),
        paragraphs=tuple(Paragraph(text, (span(page, text),), kind) for kind, text in _PARAGRAPHS),
        extractor="html/1",
        outlet="The Harbour Post",
        published=stated,
        modified=replace(stated, at=EVENING, clue="21:01"),
        authors=("Ilse Marr", "Teodor Vance"),
        dateline="VELD",
        credits=(Credit("AFP", span(page, "(AFP)")),),
        tags=("harbour", "parliament"),
        section="Politics",
        language="en",
        address="https://harbour-post.example/bill",
        furniture=(span(page, "<aside>Subscribe</aside>"),),
        reasons=("JSON-LD gives the title",),
    )
    return Harvest(page, (article,))


def capture_harvest(*, hours: int = 0, ending: str = "He left.") -> Harvest:
    """A text capture with a long main article, a related headline and a teaser list, and something dropped.

    Captured that many hours before noon; another `ending` gives another edition of its main article.
    """
    captured = builders.NOON - timedelta(hours=hours)
    long = "The envoy spoke for an hour to a full room. He named no date, and he gave no names. " * 12
    age = Moment(captured - timedelta(hours=2), Precision.HOUR, Basis.RELATIVE, "2 hours ago")
    main = replace(builders.article("Envoy speaks", long, ending, published=age), age="2 hours ago", language="en")
    bare = builders.article("Ferry delayed", "–", outlet="Coast Radio", role=Role.RELATED, kind=ArticleKind.HEADLINE)
    list_ = builders.article("In pictures", "One. Two.", outlet=None, role=Role.RELATED, kind=ArticleKind.TEASER_LIST)
    return builders.harvest(
        main,
        replace(bare, paragraphs=(), age="yesterday"),
        replace(list_, published=Moment(captured, Precision.DAY, Basis.INFERRED, "on Saturday")),
        captured=captured,
        rejections=[builders.rejection("Watch: five things", "too short")],
    )


def hostile_harvest() -> Harvest:
    """An article whose every word is out to harm: markup, reordering, addresses that run programs."""
    article = builders.article(f"{HOSTILE} title", f"{HOSTILE} body", outlet=f"{HOSTILE} outlet")
    made = builders.harvest(article, rejections=[builders.rejection(f"{HOSTILE} subject", f"{HOSTILE} reason")])
    assert made.page
    page = replace(made.page, name=f"{HOSTILE} name", address="javascript:alert(1)", captured=None)
    harmful = replace(
        made.articles[0],
        authors=(HOSTILE,),
        dateline=HOSTILE,
        section=HOSTILE,
        tags=(HOSTILE,),
        credits=(Credit(HOSTILE),),
        address="javascript:alert(2)",
        language='en" onload="alert(3)',
        age=HOSTILE,
        reasons=(HOSTILE,),
        published=Moment(EVENING.replace(year=2024), Precision.YEAR, Basis.STATED, HOSTILE),
    )
    return Harvest(page, (harmful,), made.rejections)


def arabic_harvest() -> Harvest:
    """A text that runs from right to left."""
    article = builders.article("المحادثات تستأنف", "قال الرئيس إن المحادثات ستستأنف.", outlet="الميناء")
    return builders.harvest(replace(article, language="ar"))


def archive(*more: Harvest) -> MemoryStore:
    """All of it, one article met twice with another ending, and whatever else is given; grouped."""
    store = MemoryStore()
    store.keep(
        [
            html_harvest(),
            capture_harvest(),
            capture_harvest(hours=5, ending="He stayed."),
            hostile_harvest(),
            arabic_harvest(),
            *more,
        ]
    )
    grouping.group(store, silent)
    return store


def many(count: int, outlet: str = "Coast Radio") -> Sequence[Harvest]:
    """That many articles of one outlet, a minute apart, each on a page of its own."""
    return [
        builders.harvest(
            builders.article(
                f"Report {number}",
                f"The text of report {number}.",
                outlet=outlet,
                published=builders.published(builders.NOON - timedelta(minutes=number)),
            )
        )
        for number in range(count)
    ]


def span(page: Page, words: str) -> Span:
    """Where those words stand on the page for the first time."""
    start = page.text.index(words)
    return Span(start, start + len(words))
