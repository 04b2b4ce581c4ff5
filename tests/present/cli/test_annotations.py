"""Who said what, in an article and in the archive, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout.present.cli.outcome import Outcome
from readout.run import annotating
from tests.present.cli.desk import CAPTURE, Desk

SPOKEN = "We have checked every plank twice"
OTHER = """logo
Harbour line wants a second boat

Harbour line wants a second boat

Coast Radio2 hours ago
The ferry line's director, Ana Moreau, told Coast Radio on Friday that a second boat would cost nine million crowns.
"There is no money for it this year," Moreau said. The council's chairman, Petar Lind, denied that money was short.
A hearing is planned for April 2, 2031, in Veld. Lind said that the council would decide in the summer at the latest.
"""


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with two articles about one person. To be read only."""
    desk = Desk(tmp_path_factory.mktemp("press"))
    desk.readout("import", desk.file("ferry.txt"), desk.file("boat.txt", OTHER), "--captured", "2031-03-20")
    return desk


def article_of(desk: Desk, outlet: str) -> str:
    """The id of that outlet's article."""
    (row,) = desk.readout("articles", "--outlet", outlet, "--json").json
    return str(row["id"])


def test_an_import_annotates_what_it_brings(press: Desk) -> None:
    assert press.readout("annotate").out == "Everything is annotated.\n"
    assert press.readout("annotate", "--json").json == {"articles": 0, "statements": 0, "events": 0, "failed": 0}
    assert press.readout("annotate", "--stale", "--jobs", "2", "--json").json["failed"] == 0


def test_an_import_says_what_was_understood(desk: Desk) -> None:
    found = desk.readout("import", desk.file("ferry.txt"), "--json").json["annotated"]
    assert (found["articles"], found["failed"]) == (1, 0)
    assert found["statements"] >= 1


def test_statements_of_an_article_come_in_its_order(press: Desk) -> None:
    said = press.readout("statements", article_of(press, "Harbour Post"))
    assert said.out.startswith("Ferry line reopens after the storm\n\n")
    assert f"  “{SPOKEN}”\n" in said.out
    assert "  [“told”" in said.out
    rows = press.readout("statements", article_of(press, "Harbour Post"), "--json").json
    assert [row["content"] for row in rows] == sorted(row["content"] for row in rows)
    assert all(CAPTURE[start:end] for row in rows for start, end in row["on_page"])


def test_who_is_named_with_forms_and_roles(press: Desk) -> None:
    said = press.readout("who", article_of(press, "Coast Radio"))
    (line,) = [line for line in said.out.splitlines() if line.startswith("  Ana Moreau:")]
    assert "also Moreau" in line
    assert said.out.index("Persons") < said.out.index("Ana Moreau") < said.out.index("Bodies")
    rows = press.readout("who", article_of(press, "Coast Radio"), "--json").json
    assert {"name", "kind", "aliases", "roles", "mentions", "statements"} <= rows[0].keys()


def test_what_somebody_said_over_the_archive(press: Desk) -> None:
    said = press.readout("said", "Moreau")
    assert said.out.startswith("Ana Moreau: ")
    assert "named in 2 articles" in said.out
    assert f"“{SPOKEN}”" in said.out
    assert "“There is no money for it this year”" in said.out
    assert "Harbour Post, " in said.out
    found = press.readout("said", "Ana Moreau", "--json").json
    assert found["who"]["name"] == "Ana Moreau"
    assert len(found["said"]) >= 2


def test_what_somebody_said_about_something(press: Desk) -> None:
    rows = press.readout("said", "Moreau", "--about", "money YEAR", "--json").json["said"]
    assert [row["words"] for row in rows] == [['"There is no money for it this year,"']]
    said = press.readout("said", "Moreau", "--about", "submarines")
    assert "Nothing that they said is kept, or nothing of that." in said.err
    assert said.code == Outcome.DONE


def test_what_somebody_said_since_and_until(press: Desk) -> None:
    every = press.readout("said", "Moreau", "--json").json["said"]
    assert press.readout("said", "Moreau", "--since", "2032-01-01", "--json").json["said"] == []
    assert press.readout("said", "Moreau", "--until", "2032-01-01", "--json").json["said"] == every
    assert len(press.readout("said", "Moreau", "--limit", "1", "--json").json["said"]) == 1
    assert press.readout("said", "Moreau", "--since", "yesterday").code == Outcome.USAGE


def test_nobody_has_that_name(press: Desk) -> None:
    said = press.readout("said", "Ostrova")
    assert (said.out, said.code) == ("", Outcome.NOT_FOUND)
    assert said.err.startswith("readout: nobody of the name Ostrova ")


def test_a_name_that_can_mean_several_names_them(desk: Desk) -> None:
    desk.readout("import", desk.file("a.txt"), desk.file("b.txt", OTHER.replace("Ana Moreau", "Bastien Moreau")))
    said = desk.readout("said", "Moreau")
    assert (said.out, said.code) == ("", Outcome.NOT_FOUND)
    assert "Moreau can mean several" in said.err
    assert "  Ana Moreau" in said.err
    assert "  Bastien Moreau" in said.err
    assert desk.readout("said", "Bastien Moreau").code == Outcome.DONE


def test_a_person_can_say_who_is_who(desk: Desk) -> None:
    desk.readout("import", desk.file("a.txt"), desk.file("b.txt", OTHER.replace("Ana Moreau", "Bastien Moreau")))
    assert desk.readout("same", "Bastien Moreau", "Ana Moreau").out == "Bastien Moreau is Ana Moreau, from now on.\n"
    said = desk.readout("said", "Bastien Moreau")
    assert said.out.startswith("Ana Moreau: ")
    assert "named in 2 articles" in said.out
    assert desk.readout("apart", "Ana Moreau", "Bastien Moreau").out.startswith("Ana Moreau is not Bastien")
    assert desk.readout("said", "Bastien Moreau").out.startswith("Bastien Moreau: ")


def test_events_come_by_their_days(press: Desk) -> None:
    rows = press.readout("events", "--since", "2031-04-01", "--until", "2031-04-03", "--json").json
    assert [row["time_words"] for row in rows] == ["April 2, 2031"]
    assert press.readout("events", "--since", "2031-04-01").out.startswith("2031-04-02 ")
    within = ("--since", "2031-04-01", "--until", "2031-04-03")
    assert press.readout("events", article_of(press, "Coast Radio"), *within, "--json").json == rows
    assert press.readout("events", "--place", "nowhere", "--json").json == []
    assert "Nothing dated is known" in press.readout("events", "--since", "2099-01-01").err


@pytest.mark.parametrize("command", ["statements", "who", "events"])
def test_an_article_that_is_not_there(press: Desk, command: str) -> None:
    said = press.readout(command, "aaaaaaaa")
    assert (said.out, said.code) == ("", Outcome.NOT_FOUND)


def test_what_would_move_a_cursor_reaches_no_terminal(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.readout("import", desk.file("a.txt", OTHER.replace("no money", "no \x1b[2Jmoney\u202e")))
    (row,) = desk.readout("articles", "--json").json
    for said in (desk.readout("statements", row["id"]), desk.readout("said", "Moreau")):
        assert not {"\x1b", "\u202e"} & set(said.out)


def test_what_an_interrupted_import_left_is_taken_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(annotating, "annotate", interrupted)
        said = desk.readout("import", desk.file("ferry.txt"))
    assert said.code == Outcome.INTERRUPTED
    assert said.out.startswith("1 page, 1 article, 0 dropped\n")
    assert desk.readout("annotate").out.startswith("Annotated: 1 edition with ")
    assert desk.readout("annotate").out == "Everything is annotated.\n"
