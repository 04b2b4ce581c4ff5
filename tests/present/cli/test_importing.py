"""`readout import`: what it says, and how it ends."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from readout.present.cli.outcome import Outcome
from tests.present.cli.desk import CAPTURE, Desk


def test_an_import_says_what_it_found_and_where_it_is(desk: Desk) -> None:
    said = desk.readout("import", desk.file("ferry.txt"))
    *lines, annotated, grouped = said.out.splitlines()
    assert lines == [
        "1 page, 1 article, 0 dropped",
        f"New: 1 page and 1 article. Kept in {desk.home}; read with `readout articles` or `readout serve`.",
    ]
    assert annotated.startswith("Annotated: 1 edition with ")
    assert grouped == "Grouped: 1 article; 1 story in all."
    assert (said.err, said.code) == ("", Outcome.DONE)


def test_the_same_again_is_nothing_new(desk: Desk) -> None:
    path = desk.file("ferry.txt")
    desk.readout("import", path)
    said = desk.readout("import", path, path, "--json")
    assert said.json["kept"] == {
        "pages_new": 0,
        "pages_known": 2,
        "articles_new": 0,
        "articles_known": 1,
        "editions_new": 0,
        "rejections_new": 0,
        "articles_joined": 0,
    }
    assert desk.readout("check", "--json").json["totals"]["pages"] == 1


def test_one_bad_file_is_named_and_the_rest_is_imported(desk: Desk) -> None:
    desk.file("in/a.txt")
    desk.file("in/b.txt", b"\x00\x01" * 500)
    desk.file("in/c.txt", CAPTURE + "And more.\n")
    said = desk.readout("import", str(desk.folder / "in"))
    assert said.out.startswith("2 pages, 2 articles, 1 dropped")
    assert said.err == f"readout: {desk.folder}/in/b.txt: not text (binary content)\n"
    assert said.code == Outcome.PARTLY


def test_a_path_that_does_not_exist_is_told_after_all_others_are_in(desk: Desk) -> None:
    said = desk.readout("import", str(desk.folder / "gone.txt"), desk.file("ferry.txt"))
    assert said.out.startswith("1 page, 1 article, 0 dropped")
    assert said.err == f"readout: {desk.folder}/gone.txt: no such file or folder\n"
    assert said.code == Outcome.PARTLY
    assert desk.readout("losses").out == "Nothing was dropped.\n"


def test_other_files_in_a_folder_are_counted_and_cost_nothing(desk: Desk) -> None:
    desk.file("in/a.txt")
    desk.file("in/style.css", "p {}")
    said = desk.readout("import", str(desk.folder / "in"))
    assert said.out.startswith("1 page, 1 article, 1 dropped")
    assert said.code == Outcome.DONE


def test_a_capture_with_no_article_is_kept_and_told(desk: Desk) -> None:
    said = desk.readout("import", desk.file("bare.txt", "logo\nDOWNLOAD THE APP\n"), "--json")
    assert (said.json["pages"], said.json["articles"], said.json["lost"]) == (1, 0, 1)
    assert said.code == Outcome.PARTLY


def test_many_rejections_are_not_all_named(desk: Desk) -> None:
    said = desk.readout("import", desk.file("rows.jsonl", "not json\n" * 50))
    assert said.err.count("not JSON") == 20
    assert said.err.endswith("readout: and 30 more; `readout losses` lists them\n")


def test_standard_input(desk: Desk) -> None:
    said = desk.readout("import", "-", fed=CAPTURE.encode())
    assert said.out.startswith("1 page, 1 article, 0 dropped")


def test_rows_are_pages(desk: Desk) -> None:
    row = {"id": "f1", "text": CAPTURE, "captured": "2031-03-20T18:00:00Z", "url": "https://post.example/ferry"}
    desk.readout("import", desk.file("rows.jsonl", json.dumps(row) + "\n"))
    (article,) = desk.readout("articles", "--json").json
    page = desk.readout("page", article["page"][:12], "--json").json
    assert page["name"].endswith("rows.jsonl#f1")
    assert (page["address"], page["captured"]) == ("https://post.example/ferry", "2031-03-20T18:00:00+00:00")
    assert page["captured_basis"] == "declared"


def test_whoever_imports_may_say_when_it_was_captured(desk: Desk) -> None:
    desk.readout("import", desk.file("ferry.txt"), "--captured", "2031-03-20T18:00+01:00")
    (article,) = desk.readout("articles", "--json").json
    assert article["published"]["at"].startswith("2031-03-20T04:00")
    assert article["published"]["basis"] == "relative"


@pytest.mark.parametrize("moment", ["soon", "2031-02-30", ""])
def test_a_time_that_is_none_is_a_usage_error(desk: Desk, moment: str) -> None:
    said = desk.readout("import", desk.file("ferry.txt"), "--captured", moment)
    assert said.code == Outcome.USAGE
    assert "--captured" in said.err


def test_two_processes_give_what_one_gives(desk: Desk) -> None:
    for number in range(12):
        desk.file(f"in/{number:02}.txt", CAPTURE.replace("forty", f"{number}"))
    desk.readout("import", str(desk.folder / "in"), "--jobs", "2")
    together = desk.readout("export", "articles").out
    alone = Desk(desk.folder / "alone")
    alone.readout("import", str(desk.folder / "in"))
    assert alone.readout("export", "articles").out == together
    assert together.count("\n") == 12


def test_a_home_that_cannot_be_is_a_store_error(desk: Desk) -> None:
    desk.file("home", "a file where the folder should be")
    said = desk.readout("import", desk.file("ferry.txt"))
    assert said.code == Outcome.STORE
    assert str(desk.home) in said.err


def test_a_file_without_permission(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, who is refused nothing: the refusal is the system's own error, given by a stand-in."""
    path = desk.file("in/secret.txt")
    real = os.stat

    def refusing(asked: str, **more: bool) -> os.stat_result:
        if str(asked) == path:
            raise PermissionError(13, "Permission denied", path)
        return real(asked, **more)

    desk.file("in/other.txt")
    monkeypatch.setattr(os, "stat", refusing)
    said = desk.readout("import", str(Path(path).parent))
    assert said.err == f"readout: {path}: no permission to read it\n"
    assert said.out.startswith("1 page, 1 article, 1 dropped")
    assert said.code == Outcome.PARTLY


def test_a_file_of_many_pages_is_read_once_unless_asked_for(desk: Desk) -> None:
    path = desk.file("rows.jsonl", json.dumps({"story": CAPTURE}) + "\n")
    assert desk.readout("import", path, "--map", "text=story").out.startswith("1 page, 1 article")
    said = desk.readout("import", path, "--map", "text=story")
    assert said.out.splitlines()[1] == "1 file was imported before; --again reads it anyway."
    assert said.code == Outcome.DONE
    assert desk.readout("import", path, "--map", "text=story", "--again", "--json").json["kept"]["pages_known"] == 1
    assert desk.readout("import", path, path, "--map", "text=story", "--json").json["passed"] == 2


def test_a_mapping_that_cannot_be_understood_is_a_usage_error(desk: Desk) -> None:
    said = desk.readout("import", desk.file("ferry.txt"), "--map", "headline=title")
    assert (said.code, "write text=FIELD" in said.err) == (Outcome.USAGE, True)
