"""Captures of real pages as a reader imports them: declared times, no dates of main articles, names from annotation."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest

from quality.figures import Absent, shared
from readout import pipeline
from readout.models import Article, ArticleKind, CaptureBasis, Media, Page
from readout.run import annotating, grouping
from readout.run.base import silent
from readout.store.memory import MemoryStore

CAPTURED = {"000": (6, 6), "001": (8, 9), "002": (6, 15), "003": (7, 4), "004": (5, 20)}  # as their readers know
CALLS = ("004", "002", "003", "001")
ALSO = {("000", 0), ("003", 3)}  # of the same storyline


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    """The captures by the number that their names begin with."""
    try:
        files = sorted(shared("captures").glob("[0-9]*.txt"))
    except Absent as why:
        pytest.skip(str(why))
    found = {}
    for file in files:
        at = datetime(2025, *CAPTURED[file.name[:3]], 8, tzinfo=UTC)
        declared = CaptureBasis.DECLARED
        found[file.name[:3]] = Page(file.read_bytes(), Media.TEXT, file.name, captured=at, captured_basis=declared)
    return found


def test_undated_calls_are_four_episodes_of_one_storyline_and_nothing_else_is(pages: dict[str, Page]) -> None:
    for order in list(permutations(pages))[::40]:
        store, held = MemoryStore(), dict[tuple[str, int], Article]()
        for name in order:
            one = pipeline.harvest(pages[name])
            held |= {(name, article.position): article for article in one.articles}
            store.keep([one])
            annotating.annotate(store, silent)
            grouping.group(store, silent)
        lines = {one.id: one.storyline for one in store.stories(limit=100)}
        seats = {one.article: one.story for one in store.assignments()}
        calls = [seats[held[name, 0].id] for name in CALLS]
        assert len(set(calls)) == len(CALLS)
        assert {lines[one] for one in calls} == {lines[calls[0]]} != {None}
        known = ALSO | {(name, 0) for name in CALLS}
        apart = [seats[one.id] for at, one in held.items() if at not in known and one.kind is ArticleKind.ARTICLE]
        assert len({*apart} - {*calls}) == len(apart)
        assert {lines[one] for one in apart} == {None}
