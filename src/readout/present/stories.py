"""Stories → screens: what the front page, a story's page and the log of judgements show, worded and bounded. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from readout.models import (
    Article,
    ArticleId,
    Assignment,
    Copy,
    CopyGroup,
    Coverage,
    DayCount,
    Dispute,
    Judged,
    OutletCount,
    Reason,
    StoryId,
    Totals,
    Verdict,
    outlet_id,
)
from readout.present import lands, pictures, sheaves, views, when
from readout.present.accounts import SIGNS
from readout.present.harmless import harmless
from readout.present.screens import Because, Belonging, Disputed, Item, Paging, Row, Under
from readout.present.setting import clipped
from readout.present.sheaves import Sheaf
from readout.present.when import When

LIST_LENGTH = 30  # stories on one screen
LOG_LENGTH = 50
MOST = 400  # articles of a story on its page
_LATEST = 7  # articles beside the stories
_NAMES = 5
_LEAD, _FIRST_LEAD = 200, 320
_TITLE, _NAME = 400, 120
_EPISODES = 30
_SPEAKERS = 12
_COUNTRIES = 6


@dataclass(frozen=True)
class FrontScreen:
    """The front page: the first story of its first screen leads; `latest` are the newest articles."""

    lead: Row | None
    rows: tuple[Row, ...]
    latest: tuple[Item, ...]
    totals: Totals
    outlets: tuple[OutletCount, ...]
    paging: Paging
    stories: int
    muted: int = 0


@dataclass(frozen=True)
class Glance:
    """What a list tells of its stories beyond what they are: their days, what is disputed in them, how many articles
    the last day brought, and the countries of outlets by name.
    """

    days: Mapping[StoryId, Sequence[DayCount]] = field(default_factory=dict)
    disputes: Mapping[StoryId, Dispute] = field(default_factory=dict)
    now: Mapping[StoryId, int] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)


_NOTHING = Glance()


@dataclass(frozen=True)
class Told:
    """An article of a story that has a text of its own, with its copies."""

    item: Item
    copies: tuple[Under, ...]
    summary: str
    basis: str


@dataclass(frozen=True)
class Said:
    """A judgement in the log."""

    id: str
    text: str
    by: str
    why: str
    at: When | None
    undone: When | None
    undone_by: str


@dataclass(frozen=True)
class StoryScreen:
    """A story, or a storyline, which has episodes and no articles of its own."""

    row: Row
    articles: int
    headline: str
    told: tuple[Told, ...]
    left_out: int
    line: Row | None
    episodes: tuple[Row, ...]
    outlets: tuple[tuple[str, str], ...]
    reprinting: tuple[tuple[str, str], ...]
    log: tuple[Said, ...]
    speakers: tuple[tuple[str, str, int], ...] = ()  # name, id of the name, articles
    sources: str = ""  # how many tell it, and how many copies there are, in words
    source: str = ""  # the article whose headline and first words it has
    after: Row | None = None  # the story that had this address before, where it goes on


def row(story: Coverage, article: Article | None = None, *, lead: int = _LEAD) -> Row:
    """A story as a list shows it; `article` is the one whose headline it has."""
    item = views.item(article, lead=lead) if article else None
    names = [clipped(harmless(one), _NAME) for one in (*story.outlets, *story.reprinting)]
    return Row(
        id=story.id,
        title=_title(story),
        language=item.language if item else "",
        lead=item.lead if item else "",
        by=item.outlet if item else "",
        counts=sheaves.counts(story),
        outlets=tuple(names[:_NAMES]),
        others=max(0, len(names) - _NAMES),
        days=sheaves.days(story),
        machine=story.last.date().isoformat() if story.last else "",
        alone=story.founder if story.articles == 1 else "",
        storyline=story.storyline or "",
    )


def glanced(shown: Row, story: Coverage, glance: Glance) -> Row:
    """The row with what a list tells of its story at a glance."""
    found = glance.disputes.get(story.id)
    disputed = None
    if found and found.relation and (found.articles, found.copies) == (story.articles, story.copies):
        heading = clipped(harmless(found.heading), _NAME)
        disputed = Disputed(str(found.relation), SIGNS[found.relation], heading, found.point or "")
    countries = dict.fromkeys(glance.countries[name] for name in story.outlets if name in glance.countries)
    return replace(
        shown,
        coverage=pictures.spark(glance.days.get(story.id, ())),
        countries=tuple(clipped(harmless(lands.name(one)), _NAME) for one in countries)[:_COUNTRIES],
        disputed=disputed,
        now=glance.now.get(story.id, 0),
    )


class Around(NamedTuple):
    """What stands around the stories of a front page: the newest articles, and how much there is."""

    latest: Sequence[Article]
    totals: Totals
    outlets: Sequence[OutletCount]
    stories: int


def front(
    stories: Sequence[Coverage],
    articles: Iterable[Article],
    around: Around,
    number: int,
    glance: Glance = _NOTHING,
) -> FrontScreen:
    """The front page, screen `number`. `articles` are those whose headlines the stories have."""
    latest, totals, outlets, count = around
    by_id = {one.id: one for one in articles}
    rows = [
        glanced(row(one, _headed(one, by_id), lead=_FIRST_LEAD if place == 0 and number == 1 else _LEAD), one, glance)
        for place, one in enumerate(stories)
    ]
    first = rows[0] if rows and number == 1 else None
    return FrontScreen(
        lead=first,
        rows=tuple(rows[1:] if first else rows),
        latest=tuple(views.item(one) for one in latest[:_LATEST]),
        totals=totals,
        outlets=tuple(outlets[:12]),
        paging=views.paging(number, count, LIST_LENGTH),
        stories=count,
    )


def listed(stories: Sequence[Coverage], articles: Iterable[Article], glance: Glance = _NOTHING) -> tuple[Row, ...]:
    """Stories in a list of their own order; `articles` are those whose headlines they have."""
    by_id = {one.id: one for one in articles}
    return tuple(glanced(row(one, _headed(one, by_id)), one, glance) for one in stories)


def story(
    one: Coverage,
    found: Sequence[Sheaf],
    line: tuple[Coverage, Sequence[Coverage]] | None,
    log: Sequence[Said],
    speakers: Sequence[tuple[str, str, int]] = (),
) -> StoryScreen:
    """A story's page. `line` is its storyline with all its episodes."""
    shown = sum(len(sheaf.copies) + 1 for sheaf in found)
    headed = next((sheaf.origin for sheaf in found if one.headline and sheaf.origin.id == one.headline.article), None)
    return StoryScreen(
        row=row(one, headed),
        articles=one.articles,
        headline=_because_headline(one, headed),
        told=tuple(_told(sheaf) for sheaf in found),
        left_out=max(0, one.articles - shown) if found else 0,
        line=row(line[0]) if line else None,
        episodes=tuple(row(other) for other in line[1][:_EPISODES]) if line else (),
        outlets=_outlets(one.outlets),
        reprinting=_outlets(one.reprinting),
        log=tuple(log),
        speakers=tuple((clipped(harmless(name), _NAME), id_, count) for name, id_, count in speakers[:_SPEAKERS]),
        sources=_sources(one),
        source=headed.id if headed else "",
    )


def belonging(one: Coverage, seat: Assignment, nearest: Article | None, reasons: Sequence[Reason]) -> Belonging:
    """Where an article belongs; `nearest` is the article most like it, `reasons` how."""
    return Belonging(
        row=row(one),
        articles=one.articles,
        unsure=seat.verdict is Verdict.UNSURE,
        nearest=views.item(nearest) if nearest else None,
        reasons=tuple(map(because, reasons)),
    )


def copied(article: Article, copies: Iterable[Copy], group: CopyGroup | None, origin: Article | None) -> Under | None:
    """Of which text the article is a copy, if it is one."""
    if group is None or origin is None or group.origin == article.id:
        return None
    known = {frozenset((one.copy, one.original)): one for one in copies}
    copy = known.get(frozenset((article.id, origin.id)))
    leaf = sheaves.leaf(article, copy)
    found = Under(views.item(origin), leaf.kind, leaf.share, "; ".join((*leaf.why, group.basis)))
    if copy is None or copy.original != origin.id:
        return found
    left_out, added = sheaves.passages(copy, origin, article)
    return replace(found, left_out=tuple(map(harmless, left_out)), added=tuple(map(harmless, added)))


def because(reason: Reason) -> Because:
    """A reason as a row."""
    return Because(sheaves.fact(reason), f"{reason.weight:+.1f}", reason.evidence[:_TITLE], reason.weight < 0)


def said(judged: Sequence[Judged], titles: Mapping[ArticleId, str]) -> tuple[Said, ...]:
    """Judgements as the log shows them; `titles` are those of the articles they name first."""
    short = {id_: clipped(harmless(title), _NAME) for id_, title in titles.items()}
    return tuple(
        Said(
            one.judgement.id,
            sheaves.judged(one, short),
            clipped(harmless(one.judgement.by), _NAME),
            clipped(harmless(one.judgement.why), _TITLE),
            when.captured(one.judgement.at),
            when.captured(one.undone),
            clipped(harmless(one.undone_by), _NAME),
        )
        for one in judged
    )


def named(judged: Iterable[Judged]) -> list[ArticleId]:
    """The articles whose titles the log needs."""
    return [id_ for one in judged for id_ in (one.judgement.articles[0], one.judgement.others[0])]


def _headed(one: Coverage, by_id: Mapping[ArticleId, Article]) -> Article | None:
    return by_id.get(one.headline.article) if one.headline else None


def _title(one: Coverage) -> str:
    text = one.headline.text if one.headline else ""
    return clipped(" ".join(harmless(text[: 2 * _TITLE]).split()), _TITLE) or "No title"


def _sources(one: Coverage) -> str:
    sources = f"{one.independent:,} independent sources" if one.independent > 1 else "one source"
    copies = "1 copy" if one.copies == 1 else f"{one.copies:,} copies"
    return f"{sources}, {copies}" if one.copies else sources


def _because_headline(one: Coverage, article: Article | None) -> str:
    if one.headline is None:
        return ""
    outlet = clipped(harmless(article.outlet or ""), _NAME) if article else ""
    why = sheaves.because(one.headline.reasons) or "no other has a title"
    return f"The headline is {outlet + '’s' if outlet else 'one of theirs'}: {why}."


def _told(sheaf: Sheaf) -> Told:
    copies = tuple(Under(views.item(one.article), one.kind, one.share, "; ".join(one.why)) for one in sheaf.copies)
    names = list(dict.fromkeys(one.item.outlet or "outlet not shown" for one in copies))
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    count = "1 copy" if len(copies) == 1 else f"{len(copies):,} copies"
    return Told(
        views.item(sheaf.origin), copies, f"{count}: {', '.join(names[:_NAMES])}{more}" if copies else "", sheaf.basis
    )


def _outlets(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((clipped(harmless(name), _NAME), outlet_id(name)) for name in list(names)[:40])
