"""Articles of a small made-up world: some matters, told by several outlets in words of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from readout.models import Article
from tests.builders import article, published

START = datetime(2031, 3, 1, 9, tzinfo=UTC)

MATTERS = {
    "ferry": (
        "The ferry Sula Maid capsized off Gannet Head with 83 people aboard, and divers searched for the missing.",
        "Divers found more bodies below the ferry Sula Maid near Gannet Head, the coast guard said.",
        "The coast guard ended its search for the Sula Maid; the ferry had taken 83 people from Sulehaven.",
    ),
    "bakery": (
        "The Mossgate Bakery closes after a century: its oven can no longer be repaired, the Perrin family said.",
        "Customers queued at Mossgate Bakery to buy the last loaves from the Perrin family's broken oven.",
        "The Perrin family will sell the oven of Mossgate Bakery to a museum of bread, Ada Perrin told customers.",
    ),
    "steel": (
        "Castellan Group bid 4.2 billion crowns for Ironvale Steel, whose board met shareholders in Tarn.",
        "Ironvale Steel's board refused the bid of Castellan Group as too low for its shareholders.",
        "Castellan raised its bid for Ironvale Steel to 4.7 billion crowns after the board's refusal.",
    ),
}


def told(matter: str, number: int, *, days: float = 0, dated: bool = True) -> Article:
    """One of a matter's articles, so many days after the start."""
    sentence = MATTERS[matter][number % 3]
    rest = MATTERS[matter][(number + 1) % 3]
    at = published(START + timedelta(days=days)) if dated else None
    words = sentence.split()
    return article(" ".join(words[:9]), f"{sentence} {rest}", outlet=f"Outlet {number}", published=at)


def world() -> list[Article]:
    """Three matters of three articles each, on three days."""
    return [told(matter, number, days=number) for matter in MATTERS for number in range(3)]
