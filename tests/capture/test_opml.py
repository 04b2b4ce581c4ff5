"""Subscription lists: what is read of good ones, broken ones and hostile ones, and that writing is reading back."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.capture import opml
from readout.capture.opml import Subscription, Subscriptions

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>My news &amp; more</title></head><body>
<outline text="Papers"><outline text="Abroad">
  <outline text="The Harbour Post" title="x" type="rss" xmlUrl="https://post.example/rss" htmlUrl="https://post.example/"/>
</outline></outline>
<outline title='Kurier' XMLURL='feed://kurier.example/a?b=1&amp;c=2' language="de"></outline>
<outline text="A note without a feed"/>
<!-- <outline text="Gone" xmlUrl="https://gone.example/rss"/> -->
</body></opml>"""


def read(content: str | bytes) -> Subscriptions:
    """The list in a text that is one."""
    found = opml.read(content.encode() if isinstance(content, str) else content)
    assert found
    return found


def outline(attributes: str) -> str:
    """A list of one outline."""
    return f"<opml><body><outline {attributes}/></body></opml>"


def test_a_list_is_read_with_its_folders() -> None:
    found = read(LIST)
    assert found.title == "My news & more"
    assert found.feeds == (
        Subscription(
            "https://post.example/rss", "The Harbour Post", "https://post.example/", folders=("Papers", "Abroad")
        ),
        Subscription("http://kurier.example/a?b=1&c=2", "Kurier", None, "de"),
    )
    assert found.faults == ()


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding(codec: str) -> None:
    source = outline('text="Zürich: Morgenblätter für alle Bürger" xmlUrl="https://z.example/"')
    assert read(source.encode(codec)).feeds[0].title == "Zürich: Morgenblätter für alle Bürger"


def test_an_encoding_that_is_wrongly_declared() -> None:
    source = '<?xml version="1.0" encoding="utf-16"?>' + outline('text="Zürich" xmlUrl="https://z.example/"')
    assert read(source).feeds[0].title == "Zürich"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "http://", "not an address", "/a"]
)
def test_what_nobody_could_ask_is_a_fault_and_costs_only_itself(address: str) -> None:
    found = read(LIST.replace("https://post.example/rss", address))
    assert len(found.feeds) == 1
    assert found.faults == (f"no address that can be asked: {address}",)


def test_each_address_once() -> None:
    assert len(read(LIST.replace("</body>", '<outline xmlUrl="https://post.example/rss"/></body>')).feeds) == 2


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    assert len(read(LIST.replace("My news &amp; more", "My news & <b>more")).feeds) == 2
    assert len(read(LIST.replace("</outline></outline>", "")).feeds) == 2
    assert len(read(LIST[: LIST.index("<outline title=")]).feeds) == 1


@pytest.mark.parametrize("content", [b"", b"<html>", b"{}", b"<rss/>", b"\xff\xfe", b"opml"])
def test_what_is_no_list(content: bytes) -> None:
    assert opml.read(content) is None


@pytest.mark.parametrize(
    "hostile",
    [
        '<!DOCTYPE opml [<!ENTITY a "b"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        + outline('text="&a;&f;" xmlUrl="http://a.example/"'),
        "<opml>" + "<outline text='a'>" * 300_000,
        "<opml>" + "<outline " * 500_000,
        "<opml><outline " + "a='b' " * 500_000 + ">",
        "<opml>" + '<outline text="' * 300_000,
        "<opml>" + "<!--" * 500_000,
        "<opml>" + "<title>" * 500_000,
        "<opml><outline text='" + "&amp;" * 500_000 + "' xmlUrl='http://a.example/'/>",
        "<opml>" + "<outline xmlUrl='http://a.example/{}'>" * 200_000,
    ],
    ids=range(9),
)
def test_hostile_lists_cost_little(hostile: str) -> None:
    start = time.process_time()
    found = read(hostile)
    assert time.process_time() - start < 4
    assert all("root:" not in (one.title or "") for one in found.feeds)


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20
)
names = texts.map(str.strip).filter(bool)
addresses = st.integers(0, 10**6).map("https://a.example/feed?a=1&b={}".format)
subscriptions = st.lists(
    st.builds(
        Subscription,
        addresses,
        names,
        st.none() | addresses,
        st.none() | st.sampled_from(["en", "pt-BR"]),
        st.lists(names, max_size=3).map(tuple),
    ),
    max_size=8,
    unique_by=lambda one: one.address,
)


@given(subscriptions, names)
@settings(deadline=None)
def test_what_is_written_is_read_back_and_is_xml(feeds: list[Subscription], title: str) -> None:
    written = opml.write(feeds, title)
    ET.fromstring(written)  # noqa: S314 - our own
    found = read(written)
    assert (found.title, found.feeds, found.faults) == (title, tuple(feeds), ())


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_mutation_raises(data: st.DataObject) -> None:
    content = LIST.encode()
    at = data.draw(st.integers(0, len(content)))
    piece = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"<", b"</outline>", b"<![CDATA[", b'"', b"<!--", b"\x00"])
    )
    found = opml.read(content[:at] + piece + content[at + data.draw(st.integers(0, 40)) :])
    assert found is None or all(one.address.startswith("http") for one in found.feeds)
