"""Bylines of text captures: who wrote, and what only sounds like a byline."""

from __future__ import annotations

import pytest

from readout.extract import writers


@pytest.mark.parametrize(
    ("line", "authors", "outlet"),
    [
        ("By Ana Poe", ("Ana Poe",), None),
        ("By ANA POE and JO ROE", ("ANA POE", "JO ROE"), None),
        ("By Ana Poe, Jo Roe and Kim Doe in Lenn", ("Ana Poe", "Jo Roe", "Kim Doe"), None),
        ("By Ana Poe, Kanal 7", ("Ana Poe",), "Kanal 7"),
        ("By Ana Poe, political editor, and Jo Roe", ("Ana Poe", "Jo Roe"), None),
        ("By Ana Poe, Halmar Bureau Chief", ("Ana Poe",), None),
        ("By Kanal 7 Staff", ("Kanal 7 Staff",), None),
        ("Von Hanne Lind", ("Hanne Lind",), None),
        ("Par Anne Poulain", ("Anne Poulain",), None),
        ("Author: Jo Roe", ("Jo Roe",), None),
        ("Story by Jo Roe", ("Jo Roe",), None),
    ],
)
def test_a_byline_names_its_authors_and_their_outlet(line: str, authors: tuple[str, ...], outlet: str | None) -> None:
    assert writers.read(line) == (authors, outlet)


@pytest.mark.parametrize(
    "line",
    [
        "By train to the coast",
        "Von der Leyen gewinnt die Wahl",
        "By the time it ended, nobody cared",
        "Ana Poe",
        "By",
        "",
    ],
)
def test_what_only_begins_like_a_byline_is_none(line: str) -> None:
    assert not writers.is_byline(line)


def test_names_without_a_by_are_read_where_their_place_tells_that_they_are_authors() -> None:
    assert writers.bare("Edda Moll in Halmar and Jory Pike in Vessa") == ("Edda Moll", "Jory Pike")
    assert writers.bare("Harbour Post") == ()
    assert writers.bare("The sluice") == ()


@pytest.mark.parametrize(
    ("line", "post"), [("Lake correspondent", True), ("Reporting from Vessa", True), ("Vessa", False)]
)
def test_posts_are_told_from_places(line: str, *, post: bool) -> None:
    assert writers.is_post(line) == post
