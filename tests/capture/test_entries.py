"""Entries to pages: what was fetched as it came, and what a feed carries as a page that says where it is from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readout import pipeline
from readout.capture import entries
from readout.capture.answers import Failure, Reason, Response
from readout.extract.told import told
from readout.models import CaptureBasis, Entry, Feed, FeedKind, Media, Outlet, Page, Rejection
from tests.builders import NOON, article, harvest, published

ADDRESS = "https://harbourpost.example/a1"
WORDS = "".join(
    f"<p>The two sides met on day {number} in the town, and spoke of the ferry line.</p>" for number in range(9)
)
ENTRY = Entry(ADDRESS, "1", "Talks <resume> & go on", published(), published(), ("Ana Moreau",), content=WORDS)
FEED = Feed("https://harbourpost.example/feed", FeedKind.FEED, Outlet("The Harbour Post"))


def answered(content: bytes, media: str = "text/html") -> Page | Rejection:
    """What becomes of an answer."""
    answer = Response(ADDRESS, f"{ADDRESS}/", 200, content, (("content-type", media),))
    return entries.fetched(answer, NOON)


def test_a_page_is_kept_as_it_came() -> None:
    content = "<!doctype html><p>Ágreement".encode("latin-1")
    page = answered(content)
    assert isinstance(page, Page)
    assert (page.content, page.address, page.captured) == (content, f"{ADDRESS}/", NOON)
    assert (page.media, page.captured_basis) == (Media.HTML, CaptureBasis.FETCHED)
    assert "Ágreement" in page.text


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"{}", b"<rss/>", b"just words", b"\x89PNG\r\n\x1a\n\0\0"])
def test_what_is_no_page_is_dropped_with_what_it_was(content: bytes) -> None:
    found = answered(content, "image/png")
    assert isinstance(found, Rejection)
    assert (found.reason, "image/png" in found.detail) == ("not a page of HTML", True)


def test_a_failure_is_dropped_with_its_reason() -> None:
    found = entries.missed(Failure(ADDRESS, ADDRESS, Reason.STATUS, "403 Forbidden", 403))
    assert (found.subject, found.detail) == (ADDRESS, "declined by the server: 403 Forbidden")


def test_what_an_entry_carries_becomes_an_article_with_what_the_feed_says() -> None:
    page = entries.carried(ENTRY, FEED.address, NOON)
    (found,) = told(pipeline.harvest(page), ENTRY, FEED).articles
    assert (found.title, found.address, found.authors) == ("Talks <resume> & go on", ADDRESS, ("Ana Moreau",))
    assert found.published
    assert found.published.at == NOON
    assert found.body.count("\n") == 8
    assert WORDS in page.text


def test_words_without_tags_are_words() -> None:
    page = entries.carried(replace(ENTRY, address=None, content="1 < 2\n\nand on"), FEED.address, NOON)
    assert "<p>1 &lt; 2</p>\n<p>and on</p>" in page.text
    assert page.name == f"{FEED.address}#1"


def test_the_page_goes_before_the_feed_and_a_person_before_both() -> None:
    met = harvest(article(outlet="Post", published=published()), article("Other", outlet=None))
    own, other = told(met, ENTRY, FEED).articles
    assert (own.outlet, other.outlet) == ("Post", "The Harbour Post")
    assert (own.published, other.published) == (published(), ENTRY.published)
    assert other.reasons == ("outlet: that of the feed", "published: by the feed", "authors: by the feed")
    own, _ = told(met, ENTRY, replace(FEED, corrected=("name",))).articles
    assert (own.outlet, own.reasons[0]) == ("The Harbour Post", "outlet: set by a person for the feed")
