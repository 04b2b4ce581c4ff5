"""Languages and countries by their names."""

from __future__ import annotations

import pytest

from readout.present import lands, tongues


@pytest.mark.parametrize(("code", "told"), [("uk", "Ukrainian"), ("pt-BR", "Portuguese"), ("xx", "xx"), ("", "")])
def test_a_language_goes_by_its_name_where_there_is_one(code: str, told: str) -> None:
    assert tongues.name(code) == told


@pytest.mark.parametrize(
    ("code", "told"), [("GB", "United Kingdom"), ("fr", "France"), ("Caldria", "Caldria"), ("", "")]
)
def test_a_country_goes_by_its_name_where_there_is_one(code: str, told: str) -> None:
    assert lands.name(code) == told
