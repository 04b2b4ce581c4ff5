"""Markup cut into tags and text: what a browser would show, and where it came from. Laws on any markup, and time."""

from __future__ import annotations

import time
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.text.html import attributes, cut, end_of, plain, squeeze, text_of, visible

PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<br>",
            "<div class='a>b'>",
            "<a href=x=y>",
            "<b",
            ">",
            "<",
            "</",
            "<!--",
            "-->",
            "<!x>",
            "<![CDATA[",
        ),
        *(
            "<script>",
            "</script>",
            "<SCRIPT >x<p></SCRIPT>",
            "<style>",
            "</style>",
            "<title/>",
            "<title>",
            "</title>",
            "<td>",
        ),
        *(
            "&amp;",
            "&amp",
            "&",
            "&#8217;",
            "&#x2014;",
            "&nbsp;",
            "&notit;",
            "&#0;",
            "&bogus;",
            "\u00ad",
            "\u200b",
            "\u00a0",
        ),
        *("word", "two words", " ", "\n", "\t", "é", "漢字", "🗞", "\ufffd", '"', "'", "=", "/"),
    ]
)
MARKUP = st.lists(PIECES, max_size=40).map("".join)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("a<b>b</b>c", "abc"),
        ("one<br>two", "one two"),
        ("  white \n\t space&nbsp;&nbsp;here ", "white space here"),
        ("AT&amp;T &lt;b&gt; &#8217;&#x2019; &copy", "AT&T <b> ’’ ©"),
        ("a<!-- b <p> -->c", "ac"),
        ("a<!-->b", "ab"),
        ("a<script>if (1 < 2) '</p>'</script>b", "ab"),
        ("a<SCRIPT>x</ScRiPt >b", "ab"),
        ("<style>p{}</style><noscript>on</noscript><template><p>t</p></template><iframe>i</iframe>b", "b"),
        ("<title>T</title>b", "b"),
        ("<svg><title/></svg>b", "b"),
        ('<a title="x > y">b</a>', "b"),
        ("<a title='x > y'>b</a>", "b"),
        ('<a href="x"">b</a>', "b"),
        ("<a href=x>b", "b"),
        ("b<a href='unclosed>c</a>", "b"),
        ("a < b", "a < b"),
        ("a <3 b", "a <3 b"),
        ("co\u00adoperate zero\u200bwidth", "cooperate zerowidth"),
        ("a</ b>c", "ac"),
        ("a<?php x ?>c", "ac"),
        ("<section>a</section><span>b</span>", "a b"),
        ("", ""),
    ],
)
def test_plain_is_what_a_browser_shows(source: str, text: str) -> None:
    assert plain(source)[0] == text


@given(MARKUP)
def test_texts_and_tags_in_turn_are_the_source(source: str) -> None:
    markup = cut(source)
    assert "".join(text + tag for text, tag in zip_longest(markup.texts, markup.tags, fillvalue="")) == source
    assert all(source.startswith(text, start) for text, start in zip(markup.texts, markup.starts, strict=True))


@given(MARKUP)
def test_every_character_has_a_place_and_places_ascend(source: str) -> None:
    text, offsets = plain(source)
    assert len(offsets) == len(text)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= offset < len(source) for offset in offsets)
    same = [(character, source[offset]) for character, offset in zip(text, offsets, strict=True)]
    assert all(shown == there for shown, there in same if shown != " " and there != "&")


@given(MARKUP)
def test_the_quick_way_gives_the_same_text(source: str) -> None:
    assert text_of(source) == plain(source)[0]


@given(MARKUP, st.data())
def test_a_range_of_visible_characters_has_a_span_that_shows_them(source: str, data: st.DataObject) -> None:
    page = visible(source)
    assert page.text == squeeze(plain(source)[0])
    if page.text:
        start = data.draw(st.integers(0, len(page.text) - 1))
        end = data.draw(st.integers(start + 1, len(page.text)))
        shown = squeeze(plain(source, *page.span(start, end))[0])
        assert page.text[start:end] in shown  # longer only where one reference stands for several characters


@given(MARKUP, MARKUP)
def test_what_stands_before_a_span_does_not_change_it(before: str, source: str) -> None:
    whole = f"<p>{before}</p>"
    if plain(f"{whole}x")[0].endswith("x") and plain(f"{whole}<p>x")[0].endswith("x"):
        assert plain(whole + source, len(whole))[0] == plain(source)[0]


def test_a_reference_ends_where_it_is_written_to_end() -> None:
    assert end_of("a&amp;b", 1) == 6
    assert end_of("a&b", 1) == 2
    assert end_of("ab", 1) == 2


def test_attributes_are_read_as_written() -> None:
    tag = """<p class="a b" ID='x' data-n=3 hidden title="&quot;q&quot; > z" class=second>"""
    assert attributes(tag) == {
        "p": "",
        "class": "a b",
        "id": "x",
        "data-n": "3",
        "hidden": "",
        "title": '"q" > z',
    }


ENDLESS = (
    *("<a ", "<a href='", "<!--", "<script", "<script>", "</script", "&", "<", "<a b=c", "<title><style>", "&amp"),
    *("<![CDATA[", "<!", "<p>", "<a = = =", "<!-", "<template", " ", "\u00ad", "<b>x</b> ", "=\"'"),
)


@pytest.mark.parametrize("piece", ENDLESS)
def test_time_is_linear(piece: str) -> None:
    source = piece * (400_000 // len(piece))
    start = time.process_time()
    visible(source)
    plain(source)
    assert time.process_time() - start < 5
