"""The map: every step that news goes through, in order, on one page. Steps are named here and done elsewhere.

    outside → capture → Page → extract → Article → annotate → Annotation → group → Story → compare → Comparison
              archive          transcript (text captures), html (article pages)
                                                   annotator           copies, place      comparison

What leaves the first half is a Harvest, the page with everything that it gave, to be kept whole or not at all. The
second half begins with what is kept, one edition of an article at a time, and can be done again at any time; grouping
needs what is known of all articles at hand, and so is put together in `run.placing`. Nothing here knows a store, a
setting or a clock, and nothing is caught: given the same page the same comes out, and a bug comes out as what it is.
Who carries the steps out decides what one page's bug may cost the others; see `run`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from readout.models import (
    Annotated,
    Annotation,
    Arrival,
    Article,
    ArticleId,
    Compared,
    CopyGroup,
    Excerpt,
    Harvest,
    Media,
    Page,
    Rejection,
    Shard,
    Stage,
    StatementId,
    Turn,
)

if TYPE_CHECKING:
    from readout.compare.told import Report

NO_ARTICLE = "no article"

_Sorted = tuple[tuple[Article, ...], tuple[Rejection, ...]]


def harvest(arrival: Arrival, languages: Collection[str] = ()) -> Harvest:
    """Everything that one page gives. What capture dropped or finished passes through, and a page that gives nothing
    says so.

    `languages` are the ISO 639 codes of those to keep, where not all are wanted.
    """
    if isinstance(arrival, Rejection):
        return Harvest(None, rejections=(arrival,))
    if isinstance(arrival, Shard):
        return Harvest(None, finished=arrival)
    found, dropped = _extracted(arrival)
    articles, foreign = _understood(arrival, found, languages) if languages else (found, ())
    if not found and not dropped:
        dropped = (Rejection(Stage.EXTRACT, arrival.name, NO_ARTICLE, page=arrival.id),)
    return Harvest(arrival, articles, tuple(_placed(rejection, arrival) for rejection in (*dropped, *foreign)))


def annotation(article: Article) -> Annotation:
    """What is understood of one edition of an article."""
    from readout.annotate import annotator

    return annotator.annotation(article)


def compared(
    told: Sequence[Annotated],
    groups: Mapping[ArticleId, CopyGroup],
    background: Sequence[Annotated] = (),
    countries: Mapping[str, str] | None = None,
    *,
    now: datetime,
) -> Compared:
    """The accounts of a story's articles side by side, and all that follows from them. `groups` are those of copies
    that the articles are in, `background` articles of other stories, which may say who somebody is; `countries` are
    those of outlets, by name, and changes are told until `now`.
    """
    from readout.compare import changes, corroborate, encounters, figures, life, lives
    from readout.compare.comparison import comparison
    from readout.compare.retold import retold
    from readout.compare.told import originals
    from readout.compare.told import told as statements
    from readout.group import timeline

    reports = _reports(told, {one: group.origin for one, group in groups.items()})
    found = comparison(reports, _reports(background, {}))
    series = figures.series(reports)
    known = {one.id for each in told for one in each.annotation.statements}
    everything = [one for report in originals(reports) for one in statements(report) if one.statement.core]
    copied = retold(everything)
    said = [one for one in everything if one.statement.id not in copied]
    turns = tuple(one for one in life.turns(_reports(background, {}), said) if one.after in known)
    before = {one.before for one in turns} - known
    tellings = [timeline.telling(one.article, one.annotation, groups.get(one.article.id)) for one in told]
    days = timeline.timeline(tellings, count=timeline.OF_EPISODE)
    return Compared(
        found,
        tuple(told),
        series,
        encounters.encounters(reports, found),
        turns,
        lives.lives(reports, found, said),
        corroborate.backings(reports, found, countries, copied),
        changes.feed(found, changes.Besides(series, turns, (*days.past, *days.ahead)), told, now=now),
        tuple(one for one in background if any(each.id in before for each in one.annotation.statements)),
    )


def excerpt(whole: Compared) -> Excerpt:
    """The beginning of a comparison, as much as a page shows."""
    from readout.compare import excerpt as cutting

    return cutting.excerpt(whole)


def points(whole: Compared, first: int, most: int) -> tuple[Compared, Sequence[ArticleId]]:
    """So many points of a comparison from the first on, and the articles that they cite."""
    from readout.compare import excerpt as cutting

    part = cutting.points(whole, first, most)
    return part, cutting.carriers(part)


def turns(told: Sequence[Annotated], groups: Mapping[ArticleId, CopyGroup]) -> tuple[Turn, ...]:
    """Where speakers of those articles say something else than before, the latest first."""
    from readout.compare import life

    return life.turns(_reports(told, {one: group.origin for one, group in groups.items()}))


def alone(one: Annotated, name: str, statements: Collection[StatementId]) -> Annotated:
    """An article with those of its statements alone, all said by one of that name."""
    kept = [each for each in one.annotation.statements if each.id in statements]
    named = tuple(replace(each, speaker=replace(each.speaker, name=name)) for each in kept)
    return Annotated(one.article, replace(one.annotation, statements=named))


def _reports(told: Sequence[Annotated], origins: Mapping[ArticleId, ArticleId]) -> list[Report]:
    from readout.compare.told import Report

    return [Report(one.article, one.annotation, origins.get(one.article.id, one.article.id)) for one in told]


def annotator() -> str:
    """The name and version of what annotates now."""
    from readout.annotate.annotator import VERSION

    return VERSION


def comparer() -> str:
    """The name and version of what compares now."""
    from readout.compare.comparison import COMPARER

    return COMPARER


def _extracted(page: Page) -> _Sorted:
    """Each extractor is loaded when a page first needs it: the one for HTML takes most of a second."""
    if page.media is Media.HTML:
        from readout.extract import html

        return html.articles(page)
    from readout.extract import transcript

    return transcript.articles(page)


def _placed(rejection: Rejection, page: Page) -> Rejection:
    """A part of a page goes by its title; whoever looks for it wants to know the page too."""
    if page.name in rejection.subject or page.name in rejection.detail:
        return rejection
    return replace(rejection, detail=": ".join(filter(None, (page.name, rejection.detail))))


def _understood(page: Page, articles: Collection[Article], languages: Collection[str]) -> _Sorted:
    from readout.extract import gate

    faults = [(article, gate.fault(article, languages)) for article in articles]
    foreign = (
        Rejection(Stage.EXTRACT, article.title or page.name, fault, article.language or "", page.id)
        for article, fault in faults
        if fault
    )
    return tuple(article for article, fault in faults if not fault), tuple(foreign)
