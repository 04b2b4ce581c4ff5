"""Which page of an article a page is: by its own address and those it links to, never by rel=next alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.extract import html
from readout.extract.pagination import Paged, paged
from readout.text.html import cut
from tests.extract.articles import page, source

OWN = "https://post.example/sea/ferry-line"


def told(markup: str, own: str = OWN, canonical: str | None = None) -> Paged:
    return paged(cut(markup), own, canonical)


@pytest.mark.parametrize(
    "href",
    [
        "/sea/ferry-line/2",
        "ferry-line?page=2",
        f"{OWN}/page/2/",
        "/sea/ferry-line/2/#top",
        f"{OWN}?p=2",
        f"{OWN}-page-2",
    ],
)
def test_an_article_goes_on_where_its_own_address_has_a_number(href: str) -> None:
    found = told(f'<p>One</p><a href="{href}">2</a>')
    assert (found.number, found.after.partition("2")[0].startswith(OWN)) == (1, True)
    assert found.reason.startswith("pagination: page 1, goes on at ")


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="next" href="/sea/another-line">',
        '<a rel="next" href="/sea/another-line-2">next</a>',
        '<a href="/sea/ferry-line-2">Ferry line: the second part</a>',
        '<a href="/sea/ferry-line?page=2#comments">more comments</a>',
        '<a href="/sea/ferry-line/comment-page-2">more comments</a>',
        '<a href="/sea?page=2">more</a>',
        '<a href="/2025/06/19">yesterday</a>',
        "",
    ],
)
def test_an_article_on_one_page(markup: str) -> None:
    assert told(markup).reason == ""


@pytest.mark.parametrize(
    ("own", "canonical", "reason"),
    [
        (f"{OWN}/2", OWN, f"pagination: page 2 of {OWN}, goes on at {OWN}/3"),
        (f"{OWN}?page=3", OWN, f"pagination: page 3 of {OWN}"),
        (f"{OWN}/2", f"{OWN}/2", f"pagination: page 2 of {OWN}, goes on at {OWN}/3"),
        ("https://post.example/2025/06/19", None, ""),
        ("https://post.example/2025/06/19", "https://post.example/2025/06", ""),
    ],
)
def test_a_later_page(own: str, canonical: str | None, reason: str) -> None:
    assert told(f'<a href="{OWN}/1">1</a><a href="{OWN}/3">3</a><a href="20">', own, canonical).reason == reason


def test_a_later_page_keeps_an_address_of_its_own() -> None:
    own = "https://post.example/news/ferry-line/2"
    (article,), _ = html.articles(page(source(), address=own))
    assert article.address == own
    assert "pagination: page 2 of https://post.example/news/ferry-line" in article.reasons


@given(st.text(), st.text(alphabet="/?=&#2page.-:[]x"))
def test_anything_may_be_an_address(markup: str, address: str) -> None:
    for own in (f"https://post.example/{address}", f"https://{address}"):
        assert told(f'{markup}<a href="{address}2">', own, address).number >= 1
