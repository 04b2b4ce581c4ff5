"""Credits at the end, datelines in front, republication lines and biographies."""

from __future__ import annotations

import pytest

from readout.extract import credits as crediting


@pytest.mark.parametrize(
    ("text", "body", "names"),
    [
        ("It ended there. (Meridian)", "It ended there.", ["Meridian"]),
        ("It ended there. (AFP/Meridian)", "It ended there.", ["AFP", "Meridian"]),
        ("It ended there. — Meridian", "It ended there.", ["Meridian"]),
        ("It ended there.” Meridian", "It ended there.”", ["Meridian"]),
        ("It ended there. (With inputs from Meridian)", "It ended there.", ["Meridian"]),
        ("It ended there. (Reporting by Ana Poe; Editing by Jo Roe)", "It ended there.", []),
        ("Source: Kanal 7 and news agencies", "", ["Kanal 7"]),
        ("Meridian writer Pell Arden in Halmar contributed to this report.", "", []),
        ("It ended there. (he said)", "It ended there. (he said)", []),
        ("He lives in Lenn (Ostrand)", "He lives in Lenn (Ostrand)", []),
    ],
)
def test_what_stands_after_the_last_word(text: str, body: str, names: list[str]) -> None:
    found = crediting.ending(text)
    assert text[: found.start] == body
    assert [credit.name for credit in found.credits] == names
    assert all(credit.span and text[slice(*credit.span)] == credit.name for credit in found.credits)


def test_a_republished_article_credits_its_source_and_names_its_author() -> None:
    text = (
        "The level falls again. Edda Moll is a professor of hydrology at the University of Halmar. "
        "This article is republished from The Colloquy under a Creative Commons licence. Read the original article."
    )
    found = crediting.ending(text)
    assert text[: found.start] == "The level falls again."
    assert [credit.name for credit in found.credits] == ["The Colloquy"]
    assert found.author == "Edda Moll"


@pytest.mark.parametrize(
    ("text", "place", "names"),
    [
        ("TOKYO (Kyodo) -- The minister", "TOKYO", ["Kyodo"]),
        ("PORT ANSEL, March 4 — Tamsin Okell", "PORT ANSEL", []),
        ("HALMAR : The minister", "HALMAR", []),
        ("ESKBY, Ostrand (MW) — The minister", "ESKBY", ["MW"]),
        ("ESKBY/HALMAR - Both sides", "ESKBY/HALMAR", []),
        ("(Meridian) - The minister", None, ["Meridian"]),
    ],
)
def test_datelines_name_the_place_and_the_agency(text: str, place: str | None, names: list[str]) -> None:
    found = crediting.opening(text)
    assert found is not None
    assert found.place == place
    assert [credit.name for credit in found.credits] == names


@pytest.mark.parametrize("text", ["The minister said: no.", "NATO said on Monday", "A - B", ""])
def test_sentences_are_no_datelines(text: str) -> None:
    assert crediting.opening(text) is None
