"""Spellings of one name have one key; other names mostly have another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.text import sounds


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ostrovsky", "Ostrowski", "Островский", "OSTROVSKIY"),
        ("Müller", "Muller", "Mueller"),
        ("Petrov-Vodkin", "Petrov Vodkin"),
        ("Qadhafi", "Kadafi", "Gaddafi"),
        ("O'Neil", "ONeill"),
    ],
)
def test_spellings_of_one_name_are_one(spellings: tuple[str, ...]) -> None:
    assert len({tuple(sounds.keys(one)) for one in spellings}) == 1


def test_other_names_are_others() -> None:
    names = ("Marr", "Vance", "Ostrova", "Lind", "Hartog", "Ilse")
    assert len({tuple(sounds.keys(one)) for one in names}) == len(names)


@given(st.text(max_size=300))
def test_any_text_has_keys_that_are_words(text: str) -> None:
    assert all(key and not key.isspace() for key in sounds.keys(text))
