"""Addresses that somebody else filled in."""

from __future__ import annotations

import pytest

from readout.capture.fields import resolved

HERE = "http://127.0.0.1:8000/news/"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (" /a ", "http://127.0.0.1:8000/a"),
        ("b?c=1", "http://127.0.0.1:8000/news/b?c=1"),
        ("//News.example/a", "http://news.example/a"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::1]/", "http://[2606:4700::1]/"),
        ("https://host7/", "https://host7/"),
        ("mailto:a@b.example", None),
        ("http://010.0.0.1/", None),
        ("http://0x08000001/", None),
        ("//134217729/", None),
        ("http://８.0.0.1/", None),
        ("", None),
        (None, None),
        ("http://a.example/" + "a" * 9000, None),
    ],
)
def test_an_address_is_what_a_browser_would_ask_unless_it_is_disguised(value: object, found: str | None) -> None:
    assert resolved(value, HERE) == found
