"""Commands that read: what they print for people and for programs, and how they end when there is nothing."""

from __future__ import annotations

import pytest

from readout.models import digest
from readout.present.cli.outcome import Outcome
from tests.present.cli.desk import CAPTURE, Desk

TITLE = "Ferry line reopens after the storm"


def test_articles_are_listed(library: Desk) -> None:
    said = library.readout("articles")
    (line,) = said.out.splitlines()
    assert line.split(maxsplit=1)[1] == f"2031-03-19  Harbour Post          {TITLE}"


def test_a_listed_id_opens_the_article(library: Desk) -> None:
    short = library.readout("articles").out.split()[0]
    said = library.readout("article", short)
    assert said.out.startswith(f"{TITLE}\nHarbour Post · 19 March 2031")
    assert "credit: Meridian" in said.out
    assert said.out.count("\n\n") == 4
    whole = library.readout("article", short, "--json").json
    assert whole["id"].startswith(short)
    assert whole["body"].startswith("The ferry between Veld and Harrow")
    assert all(CAPTURE[start:end] for one in whole["paragraphs"] for start, end in one["spans"])


def test_what_changed_in_an_article_that_did_not_change_is_nothing(library: Desk) -> None:
    short = library.readout("articles").out.split()[0]
    said = library.readout("article", short, "--diff")
    assert said.out.splitlines()[0] == TITLE
    assert said.out.endswith(", 1 edition\n")
    told = library.readout("article", short, "--diff", "--json").json
    assert ([one["number"] for one in told["editions"]], told["changes"]) == ([1], [])


def test_what_changed_is_told_word_by_word(desk: Desk) -> None:
    desk.readout("import", desk.file("one.txt"), "--captured", "2031-03-20")
    desk.readout("import", desk.file("two.txt", CAPTURE.replace("forty", "fifty")), "--captured", "2031-03-21")
    (listed,) = desk.readout("articles", "--json").json
    said = desk.readout("article", listed["id"], "--diff").out
    assert "edition 2, captured 21 March 2031, 00:00 UTC: 1 word gone, 1 new" in said
    assert "(3 paragraphs as before)\n  The first boat left at six with [-forty-]{+fifty+} passengers, most" in said


@pytest.mark.parametrize("outlet", ["Harbour Post", "harbourpost", "The Harbour Post"])
def test_articles_of_an_outlet_by_its_name(library: Desk, outlet: str) -> None:
    assert len(library.readout("articles", "--outlet", outlet, "--json").json) == 1


def test_articles_of_an_outlet_by_its_id(library: Desk) -> None:
    (outlet,) = library.readout("outlets", "--json").json
    assert (outlet["name"], outlet["articles"]) == ("Harbour Post", 1)
    assert len(library.readout("articles", "--outlet", outlet["id"][:6], "--json").json) == 1


def test_a_page_tells_what_became_of_it(library: Desk) -> None:
    said = library.readout("page", digest(CAPTURE.encode())[:10])
    assert f"page      {digest(CAPTURE.encode())}" in said.out
    assert "captured  20 March 2031, 00:00 UTC (as told by whoever captured it)" in said.out
    assert TITLE in said.out


def test_a_page_comes_back_byte_for_byte(library: Desk) -> None:
    assert library.readout("page", digest(CAPTURE.encode()), "--raw").out == CAPTURE


def test_losses_are_counted_and_listed(library: Desk) -> None:
    said = library.readout("losses")
    assert said.out.splitlines()[0].split(maxsplit=2) == ["1", "capture", "not text"]
    assert "noise.txt: not text (binary content)" in said.out
    losses = library.readout("losses", "--json").json
    assert losses["counts"] == [{"stage": "capture", "reason": "not text", "count": 1}]
    assert library.readout("losses", "--limit", "0").out.count("\n") == 1


def test_a_good_archive_has_no_faults(library: Desk) -> None:
    said = library.readout("check")
    assert (said.out, said.code) == ("No faults: 1 page, 1 article, 1 outlet, 1 rejection.\n", Outcome.DONE)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("article", "azzzz"), Outcome.NOT_FOUND),
        (("article", "a"), Outcome.NOT_FOUND),
        (("article", "../etc"), Outcome.NOT_FOUND),
        (("page", "ffff"), Outcome.NOT_FOUND),
        (("articles", "--outlet", "Nobody's Herald"), Outcome.NOT_FOUND),
        (("articles", "--limit", "0"), Outcome.USAGE),
        (("articles", "--bogus"), Outcome.USAGE),
        (("bogus",), Outcome.USAGE),
        (("import",), Outcome.USAGE),
        (("export", "articles", "--as", "xml"), Outcome.USAGE),
    ],
)
def test_what_cannot_be_found_or_understood_ends_so(library: Desk, arguments: tuple[str, ...], code: Outcome) -> None:
    said = library.readout(*arguments)
    assert said.code == code
    assert said.out == ""
    assert said.err


@pytest.mark.parametrize("command", ["articles", "outlets"])
def test_an_empty_archive_says_so_and_is_no_error(desk: Desk, command: str) -> None:
    said = desk.readout(command)
    assert (said.out, said.code) == ("", Outcome.DONE)
    assert said.err
    assert desk.readout(command, "--json").json == []


HOSTILE = CAPTURE.replace("Ferry line reopens", "Ferry \r\x1b[2J\x1b]0;owned\x07\u202e line \x00 reopens")


def test_what_would_command_a_terminal_is_taken_out(desk: Desk) -> None:
    desk.readout("import", desk.file("hostile.txt", HOSTILE))
    short = desk.readout("articles").out.split()[0]
    for said in (desk.readout("articles"), desk.readout("article", short), desk.readout("losses")):
        assert not set(said.out) & set("\r\x1b\x07\x00\u202e")


def test_a_title_without_end_is_cut_in_the_list_and_whole_in_json(desk: Desk) -> None:
    title = "Ferry line reopens " + "after the storm " * 6_000
    desk.readout("import", desk.file("long.txt", CAPTURE.replace(TITLE, title.strip())))
    assert all(len(line) < 500 for line in desk.readout("articles").out.splitlines())
    listed = desk.readout("articles", "--json").json
    assert max((len(one["title"]) for one in listed), default=0) in {0, len(title.strip())}
