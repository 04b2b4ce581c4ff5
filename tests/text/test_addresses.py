"""Web addresses: as browsers read them, by the cases of web-platform-tests, and as names of pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.text import addresses
from tests import shared

Reduce = Callable[[str, str | None], str | None]


def _cases(name: str) -> list[dict[str, Any]]:
    path = shared.data("robustness", "url_wpt", "tests", "wpt", name)
    return [case for case in json.loads(path.read_text("utf-8")) if isinstance(case, dict)]


def _parsed() -> list[dict[str, Any]]:
    names = ("urltestdata", "ada_extra_urltestdata", "ada_long_urltestdata", "urltestdata-javascript-only")
    return [case for name in names for case in _cases(f"{name}.json")]


def test_every_case_of_the_standard_is_accepted_or_refused_as_it_says_with_the_host_it_says() -> None:
    cases = _parsed()
    assert [case for case in cases if _said(case) != _expected(case)] == []
    assert len(cases) > 900


def _said(case: dict[str, Any]) -> tuple[object, ...] | None:
    found = addresses.parse(case["input"], case.get("base"))
    return (found.href, found.host, found.port, found.path, found.query, found.credentials) if found else None


def _expected(case: dict[str, Any]) -> tuple[object, ...] | None:
    if case.get("failure"):
        return None
    port = int(case["port"]) if case["port"] else None
    named = bool(case["username"] or case["password"])
    return case["href"], case["hostname"], port, case["pathname"], case["search"].removeprefix("?"), named


@pytest.mark.parametrize("name", ["toascii.json", "IdnaTestV2.json"])
def test_every_international_name_comes_out_as_the_standard_says(name: str) -> None:
    cases = [case for case in _cases(name) if case.get("input")]  # no address has an empty host
    assert [case for case in cases if _host(case["input"]) != case["output"]] == []
    assert len(cases) > 80


def _host(name: str) -> str | None:
    found = addresses.parse(f"https://{name}/x")
    return found.host if found else None


@pytest.mark.parametrize("reduce", [addresses.clean, addresses.canonical])
def test_reducing_the_standards_cases_twice_changes_nothing_more(reduce: Reduce) -> None:
    inputs = [(case["input"], case.get("base")) for case in _parsed()]
    inputs += [(f"https://{case['input']}/x", None) for case in _cases("IdnaTestV2.json")]
    once = [found for one in inputs if (found := reduce(*one))]
    assert [one for one in once if reduce(one, None) != one] == []
    assert len(once) > 1000


PARTS = (
    "amp www. m. / // .amp .html index.html ? & utm_source=x ref=rss a=1 b=%7e # %2e .. . paper.example co.uk :80 :8080"
    " /amp/s/ /c/s/ -x.cdn.ampproject.org é % @"
)


@given(st.builds(lambda parts: "http://" + "".join(parts), st.lists(st.sampled_from(PARTS.split()), max_size=12)))
def test_reducing_twice_changes_nothing_more(text: str) -> None:
    for reduce in (addresses.clean, addresses.canonical):
        once = reduce(text)
        assert once is None or reduce(once) == once


@given(st.text(max_size=200))
def test_any_text_is_an_address_or_none(text: str) -> None:
    found = addresses.parse(text, "https://paper.example/a/b")
    assert found is None or addresses.parse(found.href) == found
    assert (addresses.clean(text) is None) == (addresses.canonical(text) is None)


SAME = "https://paper.example/news/1?id=7&page=2"


@pytest.mark.parametrize(
    "text",
    [
        "http://paper.example/news/1?id=7&page=2",
        "https://www.paper.example/news/1?id=7&page=2",
        "HTTPS://Paper.Example:443/news/1/?page=2&id=7#comments",
        "https://paper.example./news/1?id=7&page=2",
        "https://paper.example/news//1?id=7&page=2&",
        "https://paper.example/news/1?utm_source=a&utm_medium=b&id=7&page=2&fbclid=c",
        "https://paper.example/news/1?id=7&page=2&ref=rss",
        "https://paper.example/news/1?id=7&page=2&source=Twitter",
        "https://m.paper.example/news/1?id=7&page=2",
        "https://amp.paper.example/news/1?id=7&page=2",
        "https://paper.example/news/1/amp/?id=7&page=2",
        "https://paper.example/amp/news/1?id=7&page=2",
        "https://paper.example/news/amp/1?id=7&page=2",
        "https://paper.example/news/1.amp?id=7&page=2",
        "https://paper.example/news/1?id=7&page=2&amp=1",
        "https://paper.example/news/1?id=7&page=2&outputType=amp",
        "https://paper-example.cdn.ampproject.org/c/s/www.paper.example/news/1/amp?id=7&page=2",
        "https://viewer.example/amp/s/paper.example/news/1?id=7&page=2",
        "https://paper.example/news/%31?id=%37&page=2",
        "https://paper.example/news/x/../1?id=7&page=2",
        "https://reader:secret@paper.example/news/1?id=7&page=2",
    ],
)
def test_variants_of_one_page_have_one_name(text: str) -> None:
    assert addresses.canonical(text) == SAME


@pytest.mark.parametrize(
    "text",
    [
        "https://paper.example/news/2?id=7&page=2",
        "https://paper.example/news/1?id=8&page=2",
        "https://paper.example/news/1?id=7&page=3",
        "https://paper.example/news/1?id=7&page=2&q=word",
        "https://paper.example/news/1?id=7&page=2&source=8",
        "https://paper.example/News/1?id=7&page=2",
        "https://paper.example:8443/news/1?id=7&page=2",
        "https://live.paper.example/news/1?id=7&page=2",
        "https://paper.example/news%2F1?id=7&page=2",
    ],
)
def test_other_pages_have_other_names(text: str) -> None:
    assert addresses.canonical(text) not in {SAME, None}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://m.co.uk/a", "https://m.co.uk/a"),  # a publisher called m
        ("https://amp.example/a", "https://amp.example/a"),
        ("https://www.paper.co.uk/", "https://paper.co.uk/"),
        ("https://en.m.paper.example/a", "https://en.paper.example/a"),
        ("https://paper.example/amp", "https://paper.example/amp"),
        ("https://paper.example/index.html", "https://paper.example/"),
        ("https://[2001:DB8::1]:443/a/", "https://[2001:db8::1]/a"),
        ("http://0x7f.1../a", "https://127.0.0.1/a"),
    ],
)
def test_names_of_pages(text: str, name: str) -> None:
    assert addresses.canonical(text) == name


def test_a_clean_address_still_leads_there() -> None:
    text = "http://u:p@www.Paper.example:80/a/?q=word&utm_source=x&B=1&a=2&gallery=3&fbclid=y#top"
    assert addresses.clean(text) == "http://www.paper.example/a/?q=word&B=1&a=2&gallery=3"
    assert addresses.clean("../b?x=1#y", "https://paper.example/a/c/") == "https://paper.example/a/b?x=1"


@pytest.mark.parametrize(
    "text", ["", "mailto:desk@paper.example", "javascript:alert(1)", "/a", "http://", "http://a b/"]
)
def test_what_is_no_address_of_the_web_has_no_name(text: str) -> None:
    assert addresses.clean(text) is None
    assert addresses.canonical(text) is None


def test_what_is_too_long_is_nobodys_page() -> None:
    assert addresses.canonical("https://paper.example/" + "a" * addresses.LIMIT) is None
    assert addresses.canonical("https://paper.example/" + "é" * (addresses.LIMIT // 4)) is None


def test_the_parts() -> None:
    found = addresses.parse("https://u@Paper.example:8443/a b?c d#e")
    assert found
    assert (found.scheme, found.host, found.port, found.target) == ("https", "paper.example", 8443, "/a%20b?c%20d")
    assert found.credentials
    assert found.endpoint == "paper.example:8443"
    assert found.origin == ("https", "paper.example", 8443)
    half = addresses.parse("https://paper.example/\ud800")
    assert half
    assert half.path == "/%EF%BF%BD"
