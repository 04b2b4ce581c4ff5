"""What robots.txt says to us: Google's published cases, real files, and what follows when there is no file to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.capture import robots
from readout.capture.answers import Failure, Reason, Response
from readout.capture.robots import Verdict
from tests import shared

PAGE = "https://paper.example/news/1"

_LITERAL = r'"(?:[^"\\]|\\.)*"'
_TEXT = rf"(?:{_LITERAL}\s*)+"
_ARGUMENT = rf"({_TEXT}|\w+)\s*"
_STEP = re.compile(
    rf"(?:string_view|std::string|char)\s+(?P<name>\w+)\s*=\s*(?P<text>{_TEXT});"
    rf"|EXPECT_(?P<expected>TRUE|FALSE)\(\s*IsUserAgentAllowed\(\s*(?P<arguments>{_ARGUMENT},\s*{_ARGUMENT},\s*{_ARGUMENT})\)",
)
_ESCAPES = {r"\n": "\n", r"\r": "\r", r"\"": '"', "\\\\": "\\"}


@dataclass(frozen=True)
class Case:
    """One expectation of Google's tests."""

    content: str
    agent: str
    address: str
    allowed: bool


def _google() -> Iterator[Case]:
    """Every EXPECT of robots_test.cc about an agent, an address and a file; strings that code builds are left out."""
    source = shared.data("robustness", "google_robotstxt", "robots_test.cc").read_text("utf-8")
    for block in re.split(r"^TEST\(", re.sub(r"^\s*//.*$", "", source, flags=re.MULTILINE), flags=re.MULTILINE)[1:]:
        names: dict[str, str] = {}
        for step in _STEP.finditer(block):
            if step["name"]:
                names[step["name"]] = _text(step["text"])
            elif "LineTooLong" not in block:
                content, agent, address = (_value(one, names) for one in re.findall(_ARGUMENT, step["arguments"]))
                yield Case(content, agent, address, step["expected"] == "TRUE")


def _value(written: str, names: dict[str, str]) -> str:
    return _text(written) if written.startswith('"') else names[written.strip()]


def _text(written: str) -> str:
    inner = "".join(one[1:-1] for one in re.findall(_LITERAL, written))
    return re.sub(r"\\.", lambda one: _ESCAPES[one[0]], inner)


def test_googles_cases_agree() -> None:
    cases = list(_google())
    wrong = [one for one in cases if _allowed(one) != one.allowed]
    assert wrong == []
    assert len(cases) > 100


def _allowed(case: Case) -> bool:
    return robots.read(case.content.encode(), case.agent).verdict(case.address) is Verdict.ALLOWED


def test_a_line_counts_as_far_as_googles_parser_reads_it() -> None:
    cut = robots.LONGEST_LINE - len("disallow: ") + 1 - len("/x/")
    path = "/x/" + "a" * cut
    case = Case(f"user-agent: FooBot\ndisallow: {path}/qux\n", "FooBot", "http://foo.bar/fux", allowed=True)
    assert _allowed(case)
    assert not _allowed(Case(case.content, "FooBot", f"http://foo.bar{path}/fux", allowed=False))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Response(PAGE, PAGE, 200, b"User-agent: *\nDisallow: /news/"), Verdict.DISALLOWED),
        (Response(PAGE, PAGE, 200, b"User-agent: *\nDisallow: /news/\nAllow: /news/1"), Verdict.ALLOWED),
        (Response(PAGE, PAGE, 200, b"User-agent: readout\nDisallow: /\n\nUser-agent: *\nAllow: /"), Verdict.DISALLOWED),
        (Response(PAGE, PAGE, 200, b"User-agent: Read\nDisallow: /"), Verdict.ALLOWED),
        (Response(PAGE, PAGE, 200, b"User-agent: Readout-News\nDisallow: /"), Verdict.ALLOWED),
        (Response(PAGE, PAGE, 200, b"<html>no such page</html>"), Verdict.ALLOWED),
        (Response(PAGE, PAGE, 200, b""), Verdict.ALLOWED),
        (Failure(PAGE, PAGE, Reason.STATUS, status=404), Verdict.ALLOWED),
        (Failure(PAGE, PAGE, Reason.STATUS, status=403), Verdict.ALLOWED),
        (Failure(PAGE, PAGE, Reason.STATUS, status=429), Verdict.NOT_NOW),
        (Failure(PAGE, PAGE, Reason.STATUS, status=503), Verdict.NOT_NOW),
        (Failure(PAGE, PAGE, Reason.NO_ANSWER), Verdict.NOT_NOW),
        (Failure(PAGE, PAGE, Reason.NO_SUCH_NAME), Verdict.NOT_NOW),
    ],
)
def test_what_came_back_decides(answer: Response | Failure, expected: Verdict) -> None:
    assert robots.rules(answer).verdict(PAGE) is expected


def test_escapes_are_read_both_ways_and_both_have_to_allow() -> None:
    rules = robots.read(b"User-agent: *\nDisallow: /%7Eold/\nDisallow: /caf\xc3\xa9/")
    assert rules.verdict("https://paper.example/~old/1") is Verdict.DISALLOWED
    assert rules.verdict("https://paper.example/%7eold/1") is Verdict.DISALLOWED
    assert rules.verdict("https://paper.example/caf%C3%A9/1") is Verdict.DISALLOWED
    assert rules.verdict("https://paper.example/new/1") is Verdict.ALLOWED


def test_the_delay_and_the_sitemaps() -> None:
    rules = robots.read(
        b"Sitemap: https://paper.example/a.xml\nUser-agent: *\nCrawl-delay: 2.5\nSitemap: https://paper.example/b.xml\n"
        b"Sitemap: https://paper.example/a.xml"
    )
    assert rules.delay == 2.5
    assert rules.sitemaps == ("https://paper.example/a.xml", "https://paper.example/b.xml")
    assert robots.read(b"User-agent: *\nCrawl-delay: 99999999999").delay == 24 * 3600
    assert robots.read(b"User-agent: *\nCrawl-delay: nan").delay is None
    assert robots.read(b"User-agent: *\nCrawl-delay: -1").delay is None


def test_where_it_is() -> None:
    assert robots.address("https://paper.example:8443/news/1?x#y") == "https://paper.example:8443/robots.txt"
    assert robots.address("mailto:desk@paper.example") is None


@given(st.binary(max_size=2000))
def test_any_bytes_make_rules(content: bytes) -> None:
    assert robots.read(content).verdict(PAGE) in Verdict


@given(
    st.lists(st.sampled_from([b"User-agent: *\n", b"Disallow: /", b"%", b"*", b"$", b"\n", b"Allow:", b"\xff", b"#"]))
)
def test_any_pieces_of_rules_make_rules(pieces: list[bytes]) -> None:
    assert robots.read(b"".join(pieces)).verdict(PAGE) in Verdict
