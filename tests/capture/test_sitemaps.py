"""Sitemaps: what is fresh in them, their parts, and that none of them hurts."""

from __future__ import annotations

import gzip
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.capture import sitemaps
from readout.models import FeedKind, Listing

HOME = "https://paper.example/sitemap.xml"
OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?><!-- made by hand -->\n<urlset '
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)


def news(path: str, day: int, title: str = "Talks resume") -> str:
    """One <url> of a news sitemap, published on that day of June 2025."""
    return (
        f"<url><loc>https://paper.example{path}</loc><news:news><news:publication><news:name>The Harbour Post"
        "</news:name><news:language>en</news:language></news:publication>"
        f"<news:publication_date>2025-06-{day:02}T10:00:00+02:00</news:publication_date>"
        f"<news:title>{title}</news:title><news:keywords>talks, harbour</news:keywords></news:news>"
        "<image:image><image:loc>/photo.jpg</image:loc></image:image></url>"
    )


NEWS = (OPEN + news("/new", 5) + news("/older", 4) + news("/old", 1) + "</urlset>").encode()


def read(content: bytes) -> Listing:
    """The listing of a sitemap that is one."""
    found = sitemaps.listing(content, HOME)
    assert found
    return found


def test_a_news_sitemap_tells_what_is_fresh() -> None:
    found = read(NEWS)
    entry = found.entries[0]
    assert (found.kind, found.title, found.language) == (FeedKind.SITEMAP, "The Harbour Post", "en")
    assert [one.address for one in found.entries] == ["https://paper.example/new", "https://paper.example/older"]
    assert (entry.title, entry.categories) == ("Talks resume", ("talks", "harbour"))
    assert entry.images == ("https://paper.example/photo.jpg",)
    assert entry.published
    assert (entry.published.at.hour, entry.published.zone) == (8, 120)
    assert found.faults == ("1 older than 3 days before the newest, or beyond 5,000, are left out",)


def test_where_some_pages_have_news_tags_only_they_are_news() -> None:
    about = "<url><loc>https://paper.example/about</loc></url>"
    assert len(read((OPEN + about + news("/new", 5) + "</urlset>").encode()).entries) == 1


def test_of_a_plain_sitemap_what_changed_last_comes_first() -> None:
    pages = "".join(f"<url><loc>/{day}</loc><lastmod>2025-06-{day:02}</lastmod></url>" for day in (3, 9, 6))
    found = read(f"{OPEN}{pages}<url><loc>/undated</loc></url></urlset>".encode())
    assert [(one.address or "")[-2:] for one in found.entries] == ["/9", "/6", "/3", "ed"]


def test_the_parts_of_an_index_are_further_pages_news_first() -> None:
    names = (("2024", "2024-12-31"), ("2025", "2025-06-05"), ("news", "2025-01-01"))
    parts = "".join(f"<sitemap><loc>/{name}.xml</loc><lastmod>{at}</lastmod></sitemap>" for name, at in names)
    found = read(f"<sitemapindex>{parts}</sitemapindex>".encode())
    assert found.entries == ()
    assert [one.rsplit("/")[-1] for one in found.next_pages] == ["news.xml", "2025.xml", "2024.xml"]


def test_gzip() -> None:
    assert read(gzip.compress(NEWS)) == read(NEWS)


def test_a_gzip_bomb_stops_at_the_cap() -> None:
    bomb = gzip.compress(OPEN.encode() + b" " * (sitemaps.LIMIT + 1))
    assert sitemaps.listing(bomb, HOME) is None
    assert sitemaps.listing(gzip.compress(NEWS)[:40], HOME) is None
    assert sitemaps.listing(b"\x1f\x8b" + zlib.compress(NEWS), HOME) is None


def test_a_broken_sitemap_is_read_up_to_the_break() -> None:
    assert [one.title for one in read(NEWS[:-300]).entries][:2] == ["Talks resume"] * 2
    assert len(read(NEWS.replace(b"Talks resume", b"Talks & more <b>")).entries) >= 1


@pytest.mark.parametrize("content", [b"", b"<html><p>Not found", b"{}", b"<rss/>", b"\x1f\x8b", b"\xff\xfe<"])
def test_what_is_no_sitemap(content: bytes) -> None:
    assert sitemaps.listing(content, HOME) is None


def test_addresses_of_other_kinds_are_left_out() -> None:
    addresses = ("javascript:alert(1)", "ftp://a.example/", "file:///etc/passwd", "", "mailto:a@b.example")
    pages = "".join(f"<url><loc>{one}</loc></url>" for one in addresses)
    assert read(f"<urlset>{pages}</urlset>".encode()).entries == ()


def test_entities_are_not_expanded() -> None:
    dtd = '<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    found = read(f"{dtd}<urlset><url><loc>/x&a;&f;</loc></url><url><loc>/y</loc></url></urlset>".encode())
    assert all("root:" not in (one.address or "") and "aaaa" not in (one.address or "") for one in found.entries)


def test_a_full_sitemap_takes_no_longer_than_it_may() -> None:
    page = (
        "<url><loc>https://paper.example/2025/06/05/a-title-of-some-words-{}</loc><lastmod>2025-06-05</lastmod></url>"
    )
    whole = (OPEN + "".join(page.format(number) for number in range(50_000)) + "</urlset>").encode()
    start = time.process_time()
    assert len(read(whole).entries) == sitemaps.ENTRIES
    assert time.process_time() - start < 4  # twice the promise: machines that test are busy


def test_depth_is_bounded() -> None:
    deep = b"<urlset>" + b"<url>" * 200_000
    assert read(deep).entries == ()


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_mutation_raises(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(NEWS)))
    piece = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"<", b"</url>", b"<![CDATA[", b"&a;", b"<!--", b"\x00"])
    )
    content = NEWS[:at] + piece + NEWS[at + data.draw(st.integers(0, 40)) :]
    found = sitemaps.listing(content, HOME)
    assert found is None or all(one.address and one.address.startswith("http") for one in found.entries)
