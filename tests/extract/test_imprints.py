"""Imprints: outlet, age and author out of one line, and sentences left alone that end in the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.extract.imprints import Imprint, imprint


@pytest.mark.parametrize(
    ("line", "outlet", "age"),
    [
        ("RTHK13 hours ago", "RTHK", "13 hours ago"),
        ("News2419-07-2025", "News24", "19-07-2025"),
        ("News2413 hours ago", "News24", "13 hours ago"),
        ("Inland Gazettea few seconds ago", "Inland Gazette", "a few seconds ago"),
        ("New Harbour Times - News6 days ago", "New Harbour Times - News", "6 days ago"),
        ("Kanal 7yesterday", "Kanal 7", "yesterday"),
    ],
)
def test_an_outlet_glued_to_its_age_comes_apart(line: str, outlet: str, age: str) -> None:
    assert imprint(line) == Imprint(age, outlet)


@pytest.mark.parametrize(
    "line",
    [
        "Harbour Post · 3h ago",
        "Harbour Post | 3h ago",
        "Harbour Post - 3h ago",
        "3h ago • Harbour Post",
        "Harbour Post · World · 3h ago",
        "Harbour Post · 3h ago · 4 min read",
        "Harbour Post 3h ago",
        "Harbour Post, 3h ago",
        "Harbour Post\t3h ago",
    ],
)
def test_the_parts_may_stand_in_any_order_and_be_parted_in_many_ways(line: str) -> None:
    assert imprint(line) == Imprint("3h ago", "Harbour Post")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("By Ana Poe, Harbour Post, 5 June 2025", Imprint("5 June 2025", "Harbour Post", ("Ana Poe",))),
        ("By Ana Poe, Harbour Post, 05-06-2025", Imprint("05-06-2025", "Harbour Post", ("Ana Poe",))),
        ("Story by Jo Roe • 3h • 4 min read", Imprint("3h", None, ("Jo Roe",))),
        ("By ANA POE | June 5, 2025", Imprint("June 5, 2025", None, ("ANA POE",))),
        ("Meridian Wire by Brent Aune / 3h", Imprint("3h", "Meridian Wire", ("Brent Aune",))),
        ("May 12, 2025 / 6:12 PM EDT / Kanal 7", Imprint("May 12, 2025", "Kanal 7")),
        ("Source: OSTA Editor: wl 2025-06-16 14:30:00", Imprint("2025-06-16 14:30:00", "OSTA")),
        ("Tue, June 10, 2025 at 5:31 PM GMT 3 min read", Imprint("Tue, June 10, 2025 at 5:31 PM GMT")),
        ("3 hours ago", Imprint("3 hours ago")),
        ("港口邮报 3小时前", Imprint("3小时前", "港口邮报")),
    ],
)
def test_authors_and_reading_times_are_told_from_outlets(line: str, told: Imprint) -> None:
    assert imprint(line) == told


@pytest.mark.parametrize(
    "line",
    [
        "The talks ended yesterday",
        "Minister resigns 3 days ago",
        "Ferry sinks, 5 June 2025",
        "What we know on June 5, 2025",
        "— Ilse Varga (@ilsevarga) June 4, 2025",
        "Who won? 3 hours ago",
        "Published",
        "Orange background",
        "",
        "He said on Friday that it had all begun a long time ago, when nobody was looking, on 5 June 2025",
    ],
)
def test_sentences_and_titles_that_end_in_a_date_are_no_imprints(line: str) -> None:
    assert imprint(line) is None


@given(st.text(max_size=200))
def test_what_an_imprint_says_stands_in_the_line(line: str) -> None:
    told = imprint(line)
    if told:
        assert told.age in line
        assert (told.outlet or "") in " ".join(line.split()) or (told.outlet or "") in line
