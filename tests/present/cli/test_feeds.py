"""The commands about feeds, as far as they need no network."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.present.cli.desk import Desk

OPML = (
    '<opml version="2.0"><body><outline text="Harbour Post: news" xmlUrl="https://harbourpost.example/feed"/>'
    '<outline text="Coast Radio" xmlUrl="https://radio.coast.de/rss" language="de"/>'
    '<outline text="bad" xmlUrl="gopher://x"/></body></opml>'
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with two feeds of a list."""
    desk = Desk(tmp_path)
    added = desk.readout("add", desk.file("feeds.opml", OPML))
    assert (added.code, "gopher" in added.err) == (1, True)
    assert "Followed from now on: https://radio.coast.de/rss" in added.out
    return desk


def test_a_list_of_feeds_comes_in_and_goes_out(desk: Desk) -> None:
    again = desk.readout("add", desk.file("out.opml", desk.readout("feeds", "--opml").out), "--json")
    assert again.code == 0
    assert [found["new"] for found in again.json[0]["found"]] == [False, False]


def test_feeds_that_wait_are_listed(desk: Desk) -> None:
    found = desk.readout("feeds", "--json").json
    assert [(one["outlet"]["name"], one["outlet"]["country"], one["status"]) for one in found] == [
        ("Harbour Post", None, "not looked at yet"),
        ("Coast Radio", "DE", "not looked at yet"),
    ]
    assert desk.readout("feeds").out.count("not looked at yet") == 2


def test_corrections(desk: Desk) -> None:
    feed_id = desk.readout("feeds", "--json").json[1]["id"]
    said = desk.readout(
        "correct", feed_id, "--name", "Radio  Coast", "--country", "at", "--language", "", "--json"
    ).json
    assert (said["outlet"]["name"], said["outlet"]["country"], said["outlet"]["language"]) == (
        "Radio Coast",
        "AT",
        None,
    )
    assert said["corrected"] == ["country", "language", "name"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--name", ""),
        ("--country", "Austria"),
        ("--language", "german!"),
        ("--domain", "no domain"),
        ("--kind", "x" * 99),
    ],
)
def test_what_cannot_be_right_is_refused(desk: Desk, option: str, value: str) -> None:
    feed_id = desk.readout("feeds", "--json").json[0]["id"]
    said = desk.readout("correct", feed_id, option, value)
    assert (said.code, option.removeprefix("--") in said.err) == (1, True)


def test_a_correction_of_nothing_is_a_wrong_command(desk: Desk) -> None:
    assert desk.readout("correct", "f000").code == 2
    assert desk.readout("correct", "f000", "--name", "x").code == 3


def test_a_feed_can_be_removed_once(desk: Desk) -> None:
    feed_id = desk.readout("feeds", "--json").json[0]["id"]
    assert desk.readout("remove", feed_id).out.startswith("No longer followed: Harbour Post")
    assert desk.readout("remove", feed_id).code == 3


@pytest.mark.parametrize("asked", ["127.0.0.1:1", "http://10.0.0.1/feed", "http://localhost/", "file:///etc/passwd"])
def test_what_is_inside_is_not_asked(tmp_path: Path, asked: str) -> None:
    said = Desk(tmp_path).readout("add", asked)
    assert (said.code, "not an address we talk to" in said.err) == (1, True)


def test_an_empty_folder_and_a_desk_without_feeds(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "empty").mkdir()
    assert "there is nothing in it" in desk.readout("add", str(tmp_path / "empty")).err
    assert "No feed is followed yet" in desk.readout("feeds").err
    assert desk.readout("update").out == "No feed is due.\n"
    assert desk.readout("update", "f0000").code == 3
