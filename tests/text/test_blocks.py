"""The blocks of a page and how deep it is nested."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from readout.text.blocks import MAX_DEPTH, Outline, outline
from readout.text.html import visible
from tests.text.test_html import MARKUP


def blocks(source: str) -> list[str]:
    page = visible(source)
    return [page.text[block.start : block.end] for block in outline(page).blocks]


def shape(source: str) -> Outline:
    return outline(visible(source))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>One <b>two</b></p><p>three", ["Onetwo", "three"]),
        ("<div>a<p>b</div>c", ["a", "b", "c"]),
        ("<p>line<br>line</p>", ["lineline"]),
        ("<p>one<br><br>two<br> <br>three</p>", ["one", "two", "three"]),
        ("<b>A title</b><br><i>By Ann</i><br><br>Text", ["Atitle", "ByAnn", "Text"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", ["a", "b", "c"]),
        ("a<span>b</span>c<script>x</script>d", ["abcd"]),
        ("", []),
    ],
)
def test_blocks_are_parted_by_what_parts_them_on_a_screen(source: str, found: list[str]) -> None:
    assert blocks(source) == found


def test_a_block_knows_its_elements_links_and_bold() -> None:
    (block,) = shape("<main><ul><li><b>Two</b> <a href=x>links</a> here").blocks
    assert block.element is not None
    assert [one.name for one in block.element.around()] == ["b", "li", "ul", "main"]
    assert (block.linked, block.bold) == (5, 3)


@pytest.mark.parametrize(
    ("source", "depth"),
    [
        ("<p>" * 500, 1),
        ("<ul>" + "<li>x" * 500, 2),
        ("<table>" + "<tr><td>x" * 500, 3),
        ("<p>x<div>y" * 3, 3),
        ("<br>" * 500 + "<img>" * 500, 0),
        ("<div><span></div></span>" * 300, 2),
        ("<svg><path/><path/></svg>", 1),
    ],
)
def test_optional_end_tags_are_put_in(source: str, depth: int) -> None:
    assert shape(source).depth == depth


@pytest.mark.parametrize("piece", ["<div>", "<a><div></a>", "<b>", "<table><tr><td>", "<div><p></span>", "<ul><li>"])
def test_deep_nesting_is_told_without_walking_it(piece: str) -> None:
    start = time.process_time()
    assert shape(piece * 10_000).depth == MAX_DEPTH + 1
    assert time.process_time() - start < 3


@given(MARKUP)
def test_blocks_hold_every_visible_character_once(source: str) -> None:
    assert "".join(blocks(source)) == visible(source).text
