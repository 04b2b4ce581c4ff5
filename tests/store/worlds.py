"""Worlds for property tests: harvests in which the same few articles, outlets and times meet again and again, and
articles with any text at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from readout.models import (
    Article,
    ArticleKind,
    Basis,
    Credit,
    Harvest,
    LossCount,
    Moment,
    OutletCount,
    Page,
    PageId,
    Paragraph,
    ParagraphKind,
    Precision,
    Rejection,
    Role,
    Sighting,
    Span,
    Stage,
    Totals,
)
from readout.store.base import Store
from tests.builders import NOON, article, harvest, published, rejection

T = TypeVar("T")

_EVERYTHING = 10_000

HALVES = st.characters(categories=["Cs"])  # lone surrogates
CLEAN = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.just("NUL \0 and \U0001f4f0")
BROKEN = st.text(st.one_of(st.characters(), HALVES), max_size=20)

_TIMES = st.none() | st.integers(0, 3).map(lambda hours: NOON + timedelta(hours=hours))
_MOMENTS = st.none() | st.builds(published, _TIMES.filter(bool), st.sampled_from(Basis))
_LONG = [" ".join(f"Word {n} of {n * n} was kept." for n in range(start, start + 12)) for start in (0, 1, 5, 40)]
_PLACES = ("harbour.example/talks", "m.harbour.example/talks?utm_id=1", "harbour.example/calls", "echo.example/talks")
_MET = st.builds(
    article,
    st.sampled_from(["Talks resume", "Ferry sails", "Steel falls on word of a tariff"]),
    st.sampled_from(["", "The two sides met.", "The two sides met. They will again.", *_LONG]),
    outlet=st.sampled_from([None, "", "The Harbour Post", "harbour post", "Harbour Post", "Mirev Echo"]),
    published=_MOMENTS,
    role=st.sampled_from(Role),
    kind=st.sampled_from(ArticleKind),
    address=st.sampled_from([None, None, None, *(f"https://{one}" for one in _PLACES)]),
)
_DROPPED = st.lists(st.builds(rejection, st.sampled_from("ab"), st.sampled_from(["too short", "no title"])), max_size=2)

HARVESTS = st.lists(
    st.builds(
        lambda articles, captured, dropped: harvest(*articles, captured=captured, rejections=dropped),
        st.lists(_MET, max_size=4),
        _TIMES,
        _DROPPED,
    )
    | _DROPPED.map(lambda dropped: Harvest(None, (), tuple(dropped))),
    max_size=8,
    unique_by=lambda one: one.page.id if one.page else id(one),
)


def articles_of(text: st.SearchStrategy[str]) -> st.SearchStrategy[Article]:
    """Articles in which every field varies, with texts of that kind."""
    spans = st.builds(Span, st.integers(0, 10**9), st.integers(0, 10**9))
    moments = st.builds(
        Moment,
        st.datetimes(timezones=st.just(UTC)),
        st.sampled_from(Precision),
        st.sampled_from(Basis),
        text,
        st.none() | st.integers(-1_440, 1_440),
    )
    paragraphs = st.builds(Paragraph, text, _some(spans), st.sampled_from(ParagraphKind))
    return st.builds(
        Article,
        page=st.just(PageId("0" * 64)),
        position=st.integers(0, 10**6),
        role=st.sampled_from(Role),
        kind=st.sampled_from(ArticleKind),
        title=text,
        title_span=st.none() | spans,
        paragraphs=_some(paragraphs),
        extractor=text,
        outlet=st.none() | text,
        age=st.none() | text,
        published=st.none() | moments,
        modified=st.none() | moments,
        authors=_some(text),
        dateline=st.none() | text,
        credits=_some(st.builds(Credit, text, st.none() | spans)),
        tags=_some(text),
        section=st.none() | text,
        language=st.none() | text,
        address=st.none() | text,
        furniture=_some(spans),
        reasons=_some(text),
    )


def rejections_of(text: st.SearchStrategy[str]) -> st.SearchStrategy[Rejection]:
    """Rejections with texts of that kind."""
    pages = st.none() | st.just(PageId("0" * 64))
    return st.builds(Rejection, st.sampled_from(Stage), text, text, text, pages)


def pages_of(text: st.SearchStrategy[str]) -> st.SearchStrategy[Page]:
    """Pages with any bytes, and texts of that kind."""
    times = st.none() | st.datetimes(timezones=st.just(UTC))
    return st.builds(Page, st.binary(max_size=200), name=text, address=st.none() | text, captured=times)


@dataclass(frozen=True)
class Answers:
    """Everything a store answers that the order of arrival must not change."""

    listed: tuple[Article, ...]
    shown: tuple[Article, ...]
    sightings: tuple[tuple[Sighting, ...], ...]
    outlets: tuple[OutletCount, ...]
    by_outlet: tuple[tuple[Article, ...], ...]
    losses: tuple[LossCount, ...]
    totals: Totals


def answers(store: Store) -> Answers:
    """What that store answers."""
    listed = tuple(store.articles(limit=_EVERYTHING))
    outlets = tuple(store.outlets())
    return Answers(
        listed,
        tuple(store.article(one.id) for one in listed),
        tuple(tuple(store.sightings(one.id)) for one in listed),
        outlets,
        tuple(tuple(store.articles(outlet=one.outlet.id, limit=_EVERYTHING)) for one in outlets),
        tuple(store.losses()),
        store.totals(),
    )


def _some(values: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(values, max_size=3).map(tuple)
