"""That a slimmer source holds the same words, and what it is slimmer by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.extract.slimming import slim
from readout.text.html import cut, visible


@pytest.mark.parametrize(
    ("source", "slimmer"),
    [
        ("<p>One <b>two</b></p>", "<p>One <b>two</b></p>"),
        ("<div><div> <img src=a> </div></div><p>One</p>", " <p>One</p>"),
        ("<div><a href=/><img></a>One</div>", "<div> One</div>"),
        ("<ul><li></li><li>One</li></ul>", "<ul> <li>One</li></ul>"),
        ("One<nav><p>two</p><nav>three</nav></nav>four", "Onefour"),
        ("One<nav>two", "One<nav>two"),
        ("<head><meta charset=utf-8><script>x()</script></head>", "<head></head>"),
        ('<script type="application/ld+json">{}</script>One', '<script type="application/ld+json">{}</script>One'),
        ("<div><script>x()</script></div>One", " One"),
        ("<div></p></div>One", "<div></p></div>One"),
        ("<div><br></div>One", "<div><br></div>One"),
    ],
)
def test_what_is_left_out(source: str, slimmer: str) -> None:
    assert slim(cut(source)) == slimmer


PIECES = (
    "<div>",
    "</div>",
    "<p class=a>",
    "</p>",
    "<span>",
    "</span>",
    "<img>",
    "<br>",
    " ",
    "\n",
    "one",
    "two",
    "<a>",
    "</a>",
)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_word_is_lost_and_slim_stays_slim(source: str) -> None:
    slimmer = slim(cut(source))
    assert visible(slimmer).text == visible(source).text
    assert slim(cut(slimmer)) == slimmer


@given(st.text(alphabet="<>/ =\"'divpnavsrcimgli&;!-\n"))
def test_anything_can_be_slimmed(source: str) -> None:
    assert len(slim(cut(source))) <= len(source) + 1
