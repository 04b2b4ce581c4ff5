"""What feeds tell of outlets."""

from __future__ import annotations

from dataclasses import replace

from readout.capture.decide import begun
from readout.models import Feed, FeedKind, Outlet, OutletCount
from readout.run.outlets import described
from tests.builders import NOON

HERE = "https://a.example/feed"
GUESSED = Feed(HERE, FeedKind.FEED, Outlet("The Harbour Post", "a.example", "GB", "en", "newspaper"))
SET = replace(GUESSED, address="https://a.example/b", outlet=Outlet("Harbour Post", None, "FR"), corrected=("country",))


def test_an_outlet_is_what_its_feeds_say_under_the_name_its_articles_give() -> None:
    counts = [OutletCount(Outlet("Harbour Post"), 3), OutletCount(Outlet("Coast Radio"), 2)]
    found = described(counts, [begun(GUESSED, NOON)])
    assert found[0] == OutletCount(replace(GUESSED.outlet, name="Harbour Post"), 3)
    assert found[1] == counts[1]


def test_what_a_person_said_goes_before_guesses() -> None:
    feeds = [begun(GUESSED, NOON), begun(SET, NOON)]
    for order in (feeds, feeds[::-1]):
        (found,) = described([OutletCount(Outlet("Harbour Post"), 3)], order)
        assert (found.outlet.country, found.outlet.language) == ("FR", None)
