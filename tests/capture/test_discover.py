"""What a home page leads to: its feeds, its sitemaps, its articles and no navigation; and whose page it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.capture import discover, outlets
from readout.capture.discover import Place, Surety
from readout.capture.homepage import homepage
from readout.models import FeedKind, Listing

HOME = "https://www.harbourpost.example/"
LINKED_DATA = '{"@type": "NewsMediaOrganization", "name": "Radio Sol"}'
PAGE = """<!doctype html><html lang="en-GB"><head><title>Latest news | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post"><meta name="description" content="News of the coast">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="alternate" type="application/rss+xml" title="All news" href="/rss/all.xml">
<link rel="alternate" type="application/json+oembed" href="/oembed"><link rel="alternate" hreflang="de" href="/de">
<link rel="sitemap" href="/news.xml"></head><body>
<nav><ul><li><a href="/world">World</a></li><li>
<a href="/2025/06/01/the-best-of-our-week-in-pictures">Best of the week</a></li></ul></nav>
<main><article><h2>
<a href="/2025/06/05/talks-resume-in-harbour?utm_source=home">Talks resume in the harbour town</a></h2>
<a href="/2025/06/05/talks-resume-in-harbour"><img src="a.jpg"></a><p>Both sides met.</p></article>
<a href="/news/minister-visits-flooded-villages-7462819">Minister visits flooded villages, promises help</a>
<a href="/news/minister-visits-flooded-villages-7462819">Read more</a>
<a href="/politics/budget-passes-after-a-long-night.html"><h3>Budget passes after a long night of votes</h3></a>
<a href="/politics/budget-passes-after-a-long-night.html">Read more</a>
<a href="/tag/elections-and-everything-about-them">All about the elections and their results</a>
<a href="/sport">Sport</a><a href="/about-us">About us</a><a href="https://other.example/2025/06/05/story-of-others">
A story of others that is elsewhere</a><a href="mailto:a@b.example">Write to us about the news of the day</a>
<a href="/2025/06/05/photo-of-the-day.jpg">The photo of the day, taken at noon</a></main>
<footer><a href="/feeds/">RSS</a><a href="/sitemap.xml">Site map</a>
<a href="/privacy">Privacy</a></footer></body></html>"""


def articles(source: str, address: str = HOME) -> list[str]:
    """The addresses that are taken for articles."""
    found = discover.listing(source.encode(), address)
    assert found
    return [one.address or "" for one in found.entries]


def places(content: bytes, address: str = HOME) -> tuple[Place, ...]:
    """The places that a page leads to."""
    page = homepage(content, address)
    return discover.places(page) if page else ()


def test_feeds_and_sitemaps_are_told_apart_by_how_sure_they_are() -> None:
    found = places(PAGE.encode())
    sure = [(one.address.removeprefix(HOME), one.kind.value, one.surety.value) for one in found][:5]
    assert sure == [
        ("rss/all.xml", "feed", "declared"),
        ("comments/feed", "feed", "declared"),
        ("news.xml", "sitemap", "declared"),
        ("feeds/", "feed", "linked"),
        ("sitemap.xml", "sitemap", "linked"),
    ]
    assert {one.surety for one in found[5:]} == {Surety.GUESSED}
    assert (found[0].title, found[0].reason) == ("All news", "the page declares it as application/rss+xml")


def test_what_is_guessed_is_of_the_page_s_own_site() -> None:
    found = places(b"<html><p>Nothing", "https://a.example/blog/")
    assert all(one.address.startswith("https://a.example/") for one in found)
    assert "https://a.example/blog/feed" in [one.address for one in found]
    assert {one.kind for one in found} == {FeedKind.FEED, FeedKind.SITEMAP}


def test_links_to_articles_and_no_navigation() -> None:
    assert articles(PAGE) == [
        "https://www.harbourpost.example/2025/06/05/talks-resume-in-harbour?utm_source=home",
        "https://www.harbourpost.example/news/minister-visits-flooded-villages-7462819",
        "https://www.harbourpost.example/politics/budget-passes-after-a-long-night.html",
    ]


def test_their_titles_are_those_of_the_links() -> None:
    found = discover.listing(PAGE.encode(), HOME)
    assert found
    assert [one.title for one in found.entries][1:] == [
        "Minister visits flooded villages, promises help",
        "Budget passes after a long night of votes",
    ]
    assert (found.kind, found.title, found.language) == (FeedKind.PAGE, "Latest news | The Harbour Post", "en-GB")


def test_a_base_counts() -> None:
    source = '<html><base href="/paper/"><a href="2025/06/05/talks-resume-again">Talks resume in the harbour</a>'
    assert articles(source) == ["https://www.harbourpost.example/paper/2025/06/05/talks-resume-again"]


def test_titles_in_scripts_that_part_no_words() -> None:
    source = '<html><a href="/article/20250605/k1001">首相が会談を再開、港町で二日間</a><a href="/kiji">記事</a>'
    assert articles(source) == ["https://www.harbourpost.example/article/20250605/k1001"]


def test_navigation_in_navigation() -> None:
    link = '<a href="/2025/06/05/a-story-of-some-length">A story of some length here</a>'
    assert articles(f"<html><nav><nav></nav>{link}</nav>") == []
    assert articles(f"<html><div role=navigation><div></div>{link}</div>") == []
    assert len(articles(f"<html><nav></nav>{link}")) == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"<?xml version='1.0'?><rss/>", b"\x89PNG\r\n", b"just words"])
def test_what_is_no_page(content: bytes) -> None:
    assert homepage(content, HOME) is None
    assert discover.listing(content, HOME) is None


def test_the_outlet_with_reasons() -> None:
    found = outlets.guess(HOME, homepage(PAGE.encode(), HOME))
    outlet = found.outlet
    assert (outlet.name, outlet.domain, outlet.language) == ("The Harbour Post", "harbourpost.example", "en")
    assert (outlet.country, outlet.kind) == ("GB", "newspaper")
    assert found.reasons == (
        "name: the page's og:site_name",
        "domain: the address",
        "country: the page's lang",
        "language: the page's lang",
        'kind: "Post" in its name',
    )


@pytest.mark.parametrize(
    ("head", "address", "name", "reason"),
    [
        ("<title>News – Der Hafenkurier</title>", "https://hafenkurier.de/", "Der Hafenkurier", "title that is like"),
        (f"<script type=application/ld+json>{LINKED_DATA}</script>", HOME, "Radio Sol", "JSON-LD"),
        ("<title>Home</title>", "https://north-star.example/", "North Star", "domain"),
        ("<title>Front page | Estrella</title>", "https://xyz.example/", "Estrella", "end of the page's title"),
    ],
)  # fmt: skip
def test_the_name(head: str, address: str, name: str, reason: str) -> None:
    found = outlets.guess(address, homepage(f"<html><head>{head}</head><p>x".encode(), address))
    assert found.outlet.name == name
    assert reason in found.reasons[0]


@pytest.mark.parametrize(
    ("address", "country"),
    [("https://a.co.uk/", "GB"), ("https://a.de/", "DE"), ("https://a.tv/", None), ("https://a.com/", None)],
)
def test_the_country_by_the_domain(address: str, country: str | None) -> None:
    assert outlets.guess(address).outlet.country == country


def test_a_feed_alone_tells_something() -> None:
    listing = Listing(FeedKind.FEED, "The Harbour Post: World", "https://harbourpost.example/", language="pt-BR")
    outlet = outlets.guess("https://feeds.example/hp", None, listing).outlet
    assert (outlet.name, outlet.domain, outlet.language) == ("The Harbour Post", "harbourpost.example", "pt")


@pytest.mark.parametrize(
    "hostile",
    [
        "<html>" + "<a href='/2025/06/05/x'>" * 200_000,
        "<html>" + "<div>" * 300_000 + "<a href=/x>",
        "<html>" + "<nav>" * 300_000,
        "<html>" + "<a " * 300_000,
        "<html>" + "<h2><a href='/a'>" * 100_000 + "words " * 100_000,
        "<html><script type='application/ld+json'>" + "[" * 400_000 + "</script>",
        "<html><script type='application/ld+json'>" + '{"a":' * 50_000 + "1" + "}" * 50_000 + "</script>",
        "<html><title>" + " - " * 300_000 + "</title>",
        "<html>" + "<link rel=alternate type=application/rss+xml href=/a>" * 50_000,
        "<html><a href='/" + "a-" * 4_000 + "'>x</a>" * 1_000,
        "<html><meta property=og:site_name content='" + "| " * 300_000 + "'>",
    ],
    ids=range(11),
)
def test_hostile_pages_cost_little(hostile: str) -> None:
    start = time.process_time()
    page = homepage(hostile.encode(), HOME)
    assert page
    discover.places(page)
    discover.listed(page)
    outlets.guess(HOME, page)
    assert time.process_time() - start < 4  # twice the promise: machines that test are busy


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_no_mutation_raises(data: st.DataObject) -> None:
    content = PAGE.encode()
    at = data.draw(st.integers(0, len(content)))
    piece = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"<", b"</a>", b'"', b"<!--", b"\x00", b"<nav>", b"href="])
    )
    content = content[:at] + piece + content[at + data.draw(st.integers(0, 60)) :]
    found = discover.listing(content, HOME)
    assert found is None or all((one.address or "").startswith("http") for one in found.entries)
    assert all(one.address.startswith("http") for one in places(content))
    assert outlets.guess(HOME, homepage(content, HOME)).outlet.name
