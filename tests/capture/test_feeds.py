"""What feeds say, in every format; and that nothing anybody puts in one hurts."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.capture import feeds, markup
from readout.models import Entry, Listing, Precision
from tests.shared import data

HOME = "https://paper.example/feeds/news.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Harbour Post</title><link>/</link><description>News of the coast</description>
<language>en-gb</language><copyright>The Post Ltd</copyright>
<image><url>/logo.png</url></image><atom:link rel="next" href="?page=2"/>
<item><title>Talks resume</title><link>/2025/06/05/talks</link><guid isPermaLink="false">17</guid>
<dc:creator>Ana Sol</dc:creator><pubDate>Thu, 05 Jun 2025 14:30:00 +0200</pubDate>
<description>Both sides met.</description>
<content:encoded><![CDATA[<p>Both sides <a href="/a">met</a> again.</p>]]></content:encoded>
<category>World</category><category>Talks</category><enclosure url="/talk.mp3" type="audio/mpeg" length="1"/>
<media:content url="https://img.example/1.jpg" medium="image"/></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafenkurier</title><id>tag:h,1</id>
<updated>2025-06-05T12:00:00Z</updated><link rel="self" href="/self"/><link rel="alternate" href="https://h.example/"/>
<entry><id>tag:h,2</id><title>Gespräche</title><link rel="enclosure" href="/a.mp3"/><link href="/1"/>
<updated>2025-06-05T12:30:00-05:00</updated><author><name>Ina</name></author><author><name>Jan</name></author>
<rights>CC BY</rights><link rel="license" href="https://cc.example/by"/>
<content type="text">Mehr</content></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/c"><title>T</title><link>https://t.example/</link></channel>
<item rdf:about="https://t.example/1"><title>One</title><link>https://t.example/1</link><dc:date>2025-06</dc:date></item>
</rdf:RDF>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Harbour Post",
    "home_page_url": "/",
    "next_url": "/feed/2",
    "language": "en",
    "authors": [{"name": "Ana Sol"}],
    "items": [
        {
            "id": 17,
            "url": "/1",
            "title": "Talks",
            "content_text": "2 < 3 & more",
            "date_published": "2025-06-05T14:30:00+02:00",
            "tags": ["World", 3, None],
            "image": "/a.jpg",
            "attachments": [{"url": "/a.mp3", "mime_type": "audio/mpeg"}, "no object"],
        },
        "no object",
        {"id": "https://t.example/2", "external_url": "https://else.example/", "author": {"name": "Jan"}},
    ],
}


def read(content: str | bytes, content_type: str | None = None) -> Listing:
    """The listing of a feed that is one."""
    found = feeds.listing(content.encode() if isinstance(content, str) else content, HOME, content_type)
    assert found
    return found


def item(inside: str, around: str = "") -> Entry:
    """The one entry of an RSS feed with that item."""
    names = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    return read(f'<rss version="2.0" {names}><channel>{around}<item>{inside}</item></channel></rss>').entries[0]


def test_rss() -> None:
    found = read(RSS)
    (entry,) = found.entries
    assert (found.title, found.address, found.summary) == (
        "The Harbour Post",
        "https://paper.example/",
        "News of the coast",
    )
    assert (found.language, found.licence, found.image) == ("en-gb", "The Post Ltd", "https://paper.example/logo.png")
    assert found.next_pages == ("https://paper.example/feeds/news.xml?page=2",)
    assert found.faults == ()
    assert (entry.title, entry.address) == ("Talks resume", "https://paper.example/2025/06/05/talks")
    assert (entry.identifier, entry.authors, entry.summary) == ("17", ("Ana Sol",), "Both sides met.")
    assert entry.content == '<p>Both sides <a href="https://paper.example/a">met</a> again.</p>'
    assert (entry.categories, entry.enclosures) == (("World", "Talks"), ("https://paper.example/talk.mp3",))
    assert entry.images == ("https://img.example/1.jpg",)
    assert entry.published
    assert (entry.published.at.isoformat(), entry.published.zone) == ("2025-06-05T12:30:00+00:00", 120)
    assert (entry.published.clue, entry.published.precision) == ("Thu, 05 Jun 2025 14:30:00 +0200", Precision.SECOND)


def test_atom() -> None:
    found = read(ATOM)
    (entry,) = found.entries
    assert (found.title, found.identifier, found.address) == ("Hafenkurier", "tag:h,1", "https://h.example/")
    assert found.language == "de"
    assert (entry.address, entry.authors) == ("https://paper.example/1", ("Ina", "Jan"))
    assert (entry.licence, entry.content) == ("https://cc.example/by", "Mehr")
    assert entry.enclosures == ("https://paper.example/a.mp3",)
    assert entry.published is None
    assert entry.updated
    assert (entry.updated.at.hour, entry.updated.zone) == (17, -300)


def test_rdf() -> None:
    (entry,) = read(RDF).entries
    assert (entry.title, entry.address) == ("One", "https://t.example/1")
    assert entry.published
    assert (entry.published.at.isoformat(), entry.published.precision) == ("2025-06-01T00:00:00+00:00", Precision.MONTH)


def test_json_feed() -> None:
    found = read(json.dumps(JSON_FEED))
    first, second = found.entries
    assert (found.title, found.address) == ("The Harbour Post", "https://paper.example/")
    assert (found.authors, found.language) == (("Ana Sol",), "en")
    assert found.next_pages == ("https://paper.example/feed/2",)
    assert (first.identifier, first.address, first.content) == ("17", "https://paper.example/1", "2 &lt; 3 &amp; more")
    assert (first.categories, first.images) == (("World",), ("https://paper.example/a.jpg",))
    assert first.enclosures == ("https://paper.example/a.mp3",)
    assert first.published
    assert first.published.zone == 120
    assert (second.address, second.authors) == ("https://else.example/", ("Jan",))


def test_the_address_behind_a_counter_is_the_articles() -> None:
    link = "<link>https://feeds.example/~r/1</link>"
    assert (
        item(f"{link}<feedburner:origLink>https://t.example/1</feedburner:origLink>").address == "https://t.example/1"
    )


def test_a_permanent_identifier_is_an_address_and_another_is_none() -> None:
    assert item("<guid>https://t.example/1</guid>").address == "https://t.example/1"
    assert item('<guid isPermaLink="false">https://t.example/1</guid>').address is None


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://"])
def test_addresses_that_are_none_of_the_web_are_left_out(address: str) -> None:
    found = item(f'<link>{address}</link><enclosure url="{address}"/>', f"<link>{address}</link>")
    assert (found.address, found.enclosures) == (None, ())


@pytest.mark.parametrize(
    ("codec", "declared", "content_type"),
    [
        ("utf-8", "", None),
        ("cp1251", ' encoding="windows-1251"', None),
        ("cp1251", "", "application/rss+xml; charset=windows-1251"),
        ("utf-8", ' encoding="windows-1251"', None),  # declared wrongly, as happens
        ("utf-8", "", "text/xml; charset=iso-8859-1"),
        ("utf-16", ' encoding="utf-16"', None),
        ("utf-16-le", "", None),
        ("koi8-r", ' encoding="nonsense"', "text/xml; charset=koi8-r"),
    ],
)
def test_encodings(codec: str, declared: str, content_type: str | None) -> None:
    words = "Переговоры возобновились в портовом городе"
    source = f'<?xml version="1.0"{declared}?><rss version="2.0"><channel><title>{words}</title></channel></rss>'
    assert read(source.encode(codec), content_type).title == words


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"\x00",
        b"{}",
        b"[]",
        b'{"items": 1}',
        b"{" * 100_000,
        b"<html><p>Not found",
        b"<urlset/>",
        b"\xff\xfe<",
    ],
)
def test_what_is_no_feed(content: bytes) -> None:
    assert feeds.listing(content, HOME) is None


def test_what_is_broken_is_mended_and_said() -> None:
    found = read(RSS.replace("Talks resume", "Talks & more <b>").replace("</channel></rss>", ""))
    assert found.entries[0].address == "https://paper.example/2025/06/05/talks"
    assert found.faults[0].startswith("not well-formed")


def test_no_entity_is_expanded_and_no_dtd_read() -> None:
    dtd = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd"><!-- ]> -->]>'
    title = read(f"{dtd}<rss version='2.0'><channel><title>x&a;&f;y</title></channel></rss>").title or ""
    assert "aaaa" not in title
    assert "root:" not in title


def test_of_a_feed_without_end_the_first_entries_are_read() -> None:
    many = "<item><title>T</title></item>" * (feeds.ENTRIES + 5)
    found = read(f"<rss version='2.0'><channel><title>Post</title>{many}</channel></rss>")
    assert (len(found.entries), found.title) == (feeds.ENTRIES, "Post")
    assert found.faults == ("more than 1,000 entries: the first are read",)


def test_what_is_too_deep_costs_nothing_before_it() -> None:
    found = read(RSS.replace("</channel>", "<item>" + "<b>" * 10_000))
    assert [one.title for one in found.entries] == ["Talks resume"]
    assert found.faults[0].startswith("nested deeper")


def test_names_and_categories_beyond_measure_are_dropped_alone() -> None:
    many = "".join(f"<category>{number}</category>" for number in range(1000))
    found = item(f"<title>T</title><author>{'a' * 5_000}</author>{many}<description>D</description>")
    assert (found.title, found.summary, found.authors) == ("T", "D", ())
    assert found.categories == tuple(map(str, range(50)))


def test_texts_are_cut_to_a_length() -> None:
    found = item(f"<title>{'word ' * 10_000}</title><guid>{'x' * 10_000}</guid>")
    assert (len(found.title or ""), len(found.identifier or "")) == (2_000, 2_000)


SIZE = 4_000_000
RSS_OPEN = '<rss version="2.0"><channel>'
DESCRIBED = f"{RSS_OPEN}<item><description><![CDATA["
HOSTILE: dict[str, Callable[[], str]] = {
    "items": lambda: RSS_OPEN + "<item/>" * (SIZE // 7),
    "deep": lambda: RSS_OPEN + "<a>" * (SIZE // 3),
    "a name": lambda: f"{RSS_OPEN}<item><author><b/>{'a' * SIZE}</author></item>",
    "names": lambda: RSS_OPEN + "<item>" + f"<author>{'a.' * 490}@</author>" * (SIZE // 1000),
    "references": lambda: f"{RSS_OPEN}<item><description>{'&lt;' * (SIZE // 4)}",
    "tags in a text": lambda: DESCRIBED + "<b>" * 300_000,
    "comments in a text": lambda: DESCRIBED + "<!--" * 250_000,
    "ends in a text": lambda: DESCRIBED + "</" * 500_000,
    "attributes in a text": lambda: f"{DESCRIBED}<a {'a=b ' * 250_000}>]]></description></item>",
    "attributes": lambda: RSS_OPEN + "<item " + " ".join(f'a{n}="x"' for n in range(300_000)) + "/>",
    "namespaces": lambda: RSS_OPEN + "".join(f'<a xmlns:p{n}="u{n}"/>' for n in range(100_000)),
    "lines": lambda: "\n" * SIZE + "<rss/>",
    "entities": lambda: "<!DOCTYPE a [" + '<!ENTITY a "b">' * (SIZE // 15) + "]><rss/>",
    "a doctype": lambda: "<!DOCTYPE " + "<" * SIZE + "<rss/>",
    "signs": lambda: f"{RSS_OPEN}<item><title>" + "<" * SIZE,
    "categories": lambda: RSS_OPEN + "<item>" + "".join(f"<category>{n}</category>" for n in range(150_000)),
    "keywords": lambda: f"{RSS_OPEN}<item><media:keywords>{','.join(map(str, range(500_000)))}</media:keywords></item>",
    "a shape": lambda: f"{RSS_OPEN}<item><georss:polygon>{'1 1 ' * (SIZE // 4)}</georss:polygon></item>",
    "objects": lambda: '{"title": "a", "items": [' + "{}," * (SIZE // 3),
    "brackets": lambda: "[" * SIZE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_feeds_cost_little(name: str) -> None:
    content = HOSTILE[name]().encode()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    feeds.listing(content, HOME)
    assert time.process_time() - start < 4  # twice the promise: machines that test are busy
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 256 * 1024


def test_xml_bombs() -> None:
    for path in sorted(data("robustness", "xml_bombs", "xmltestdata").iterdir()):
        start = time.process_time()
        assert feeds.listing(path.read_bytes(), HOME) is None
        wrapped = (
            path.read_bytes()
            .replace(b"<bomb>", b"<rss><channel><title>")
            .replace(b"</bomb>", b"</title></channel></rss>")
        )
        found = feeds.listing(wrapped, HOME)
        assert found is None or {*(found.title or "")} <= {*"&abc; 123"}
        assert time.process_time() - start < 4


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_mutation_raises(data: st.DataObject) -> None:
    content = data.draw(st.sampled_from([RSS, ATOM, RDF, json.dumps(JSON_FEED)])).encode()
    at = data.draw(st.integers(0, len(content)))
    piece = data.draw(
        st.binary(max_size=12)
        | st.sampled_from(
            [b"<", b"</item>", b"<![CDATA[", b"&a;", b"<!--", b"\x00", b'"', b"null", b"<item>", b"&#x0;"]
        )
    )
    content = content[:at] + piece + content[at + data.draw(st.integers(0, 60)) :]
    found = feeds.listing(content, HOME)
    for entry in found.entries if found else ():
        for address in (entry.address, *entry.enclosures, *entry.images):
            assert address is None or address.startswith(("http://", "https://"))


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_decoded(content: bytes) -> None:
    markup.decoded(content).encode("utf-8", "surrogatepass")
    markup.document(content, "text/xml; charset=utf-7", {"item"}, 3)
