"""What is a card and what only looks like one."""

from __future__ import annotations

import pytest

from readout.extract.cards import cards
from readout.text.blocks import outline
from readout.text.html import text_of, visible

ADDRESS = "https://www.post.example/news/ferry"
LONG = "The line will run twice a day with a boat that was bought in March for four million crowns. " * 5


def found(source: str) -> list[str]:
    page = visible(source)
    return [
        text_of(page.markup.source, *page.span(block.start, block.end))
        for block in cards(outline(page).blocks, ADDRESS)
    ]


def repeated(card: str, times: int = 3) -> str:
    return f"<div>{''.join(card.replace('#', str(n)) for n in range(times))}</div>"


@pytest.mark.parametrize(
    "card",
    [
        "<li><a href=/news/#>What happened on day #</a><p>The boat sank again.</p></li>",
        "<div><h3><a href=https://sea.post.example/#>What happened on day #</a></h3><p>Sank again.</p></div>",
        "<article><a href=//post.example/#><h4>What happened on day #</h4></a><time>2 June</time></article>",
        "<p><a href='../#'>What happened on day #</a></p>",
    ],
)
def test_three_that_stand_side_by_side_are_cards(card: str) -> None:
    assert [text for text in found(repeated(card)) if "happened" in text] == [
        f"What happened on day {n}" for n in range(3)
    ]
    assert found(repeated(card, 2)) == []


@pytest.mark.parametrize(
    "other",
    [
        f"<div><h3><a href=/news/#>What happened on day #</a></h3><p>{LONG}</p></div>",
        "<div><h3><a href=https://shop.example/#>A very good kettle #</a></h3><p>It boils.</p></div>",
        f"<h3><a href=/news/#>What happened on day #</a></h3><p>{LONG}</p>",
        "<li><a href='mailto:desk@post.example'>Write to the sea desk</a></li>",
        "<p>It sank, as <a href=/news/#>we reported on day #</a>, and was raised.</p>",
        "<li><a href=/#>Sea</a></li>",
    ],
)
def test_what_is_none(other: str) -> None:
    assert found(repeated(other)) == []


def test_headings_that_are_links_within_one_text_are_none() -> None:
    body = "".join(f"<h3><a href=/news/{n}>What happened on day {n}</a></h3><p>It sank. {LONG}</p>" for n in range(4))
    assert found(f"<article>{body}</article>") == []
