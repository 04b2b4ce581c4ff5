"""What was found on a screen: pieces that are the text, excerpts around what was looked for, queries to go on with."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from readout.models import Findings, Page, Query, Result, Share, Shelf, Sorting
from readout.present import found
from readout.run.searching import Looked
from readout.store.search.marking import Marks
from readout.text import query
from tests.builders import article

TODAY = date(2026, 6, 15)
ASKED = found.empty("ferry", Shelf.ARTICLES, Sorting.BEST, 1)


def marks(text: str) -> Marks:
    """What marks a query's words."""
    return Marks(query.parse(text, TODAY), Shelf.ARTICLES)


def no_page(_: str) -> Page:
    """Articles need no page."""
    raise AssertionError


def screen(text: str, *results: Result, **findings: object) -> found.SearchScreen:
    """The screen of these answers."""
    asked: Query = query.parse(text, TODAY)
    held = Findings(total=len(results), **findings)  # type: ignore[arg-type]
    return found.screen(ASKED, Looked(asked, held, results, marks(text)), no_page)


@given(st.text(max_size=80), st.text(max_size=20))
def test_pieces_are_the_text(text: str, asked: str) -> None:
    held = found.pieces(text, marks(asked))
    assert "".join(one.text for one in held) == text
    assert all(one.text for one in held)


def test_an_excerpt_is_of_the_paragraph_with_most_of_it() -> None:
    padding = "Nothing happens here for a good while, and then some more of it. " * 6
    one = article("Title", "The ferry.", f"{padding}The ferry leaves the quay. {padding}", "The quay.")
    text = found.excerpt(one, marks("ferry quay"))
    assert text.startswith("…")
    assert "The ferry leaves the quay" in text
    assert len(text) <= 300
    assert found.excerpt(one, marks("zebra")) == ""


def test_what_divides_can_be_narrowed_by() -> None:
    shares = {
        "outlet": (Share('The "Post"', 2), Share("Echo", 1)),
        "kind": (Share("article", 3),),
        "when": (Share("2026-06", 2), Share("2026-05", 1)),
    }
    narrow = {one.heading: one.choices for one in screen("ferry", shares=shares).narrow}
    assert narrow.keys() == {"Outlet", "When"}
    assert [one.query for one in narrow["Outlet"]] == ['ferry outlet:"The  Post"', "ferry outlet:Echo"]
    assert [one.name for one in narrow["When"]] == ["June 2026", "May 2026"]
    assert narrow["When"][0].query == "ferry after:2026-06-01 before:2026-07-01"


def test_operators_can_be_left_out_one_by_one() -> None:
    held = screen("ferry outlet:Echo -act:denial")
    assert [(one.name, one.query) for one in held.asked] == [
        ("outlet: Echo", "ferry -act:denial"),
        ("not act: denial", "ferry outlet:Echo"),
    ]


def test_hostile_text_is_text() -> None:
    one = article("<b>ferry</b>", "The <script>ferry</script>.")
    (row,) = screen("ferry", Result(one)).rows
    assert [(piece.text, piece.on) for piece in row.title] == [("<b>", False), ("ferry", True), ("</b>", False)]
    assert row.others == 0
    assert row.story == ("", "")
