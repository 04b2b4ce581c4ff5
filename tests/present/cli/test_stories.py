"""Stories on the command line: what is told, whose text is whose, why, and what people say of it."""

from __future__ import annotations

import pytest

from readout.present.cli.outcome import Outcome
from tests.present.cli.desk import CAPTURE, Desk

REPRINT = CAPTURE.replace("Harbour Post", "Coast Radio").replace(
    "Ferry line reopens after the storm", "Storm is over, boats sail"
)
OTHER = """logo
Bakery closes after a century

Bakery closes after a century

Tradewind2 hours ago
The Perrin family will close its bakery in Mossgate on Friday, after the oven broke for the fourth time this winter.
"Nobody builds such ovens any more," Ada Perrin told Tradewind. The house goes to a museum of bread and of flour.
Customers queued around the corner for the last loaves; some of them had bought their bread there for fifty years.
"""


@pytest.fixture
def press(desk: Desk) -> Desk:
    """A desk with one text of two outlets, and another story."""
    names = {"ferry.txt": CAPTURE, "radio.txt": REPRINT, "bakery.txt": OTHER}
    desk.readout("import", *(desk.file(name, text) for name, text in names.items()), "--captured", "2031-03-20")
    return desk


def ids(desk: Desk) -> dict[str, str]:
    """The stories by their first outlet."""
    return {one["outlets"][0]: one["id"] for one in desk.readout("stories", "--json").json}


def article(desk: Desk, outlet: str) -> str:
    (row,) = desk.readout("articles", "--outlet", outlet, "--json").json
    return str(row["id"])


def test_an_import_groups_what_it_brings(press: Desk) -> None:
    assert press.readout("group").out == "Everything is grouped.\n"
    assert press.readout("group", "--json").json == {"articles": 0, "stories": 0, "copies": 0}


def test_an_import_says_what_was_grouped(desk: Desk) -> None:
    said = desk.readout("import", desk.file("a.txt"), desk.file("b.txt", REPRINT), "--captured", "2031-03-20")
    assert said.out.splitlines()[-1] == "Grouped: 2 articles, 1 copy among them; 1 story in all."


def test_stories_are_listed_with_their_sources(press: Desk) -> None:
    said = press.readout("stories")
    assert said.out.count("one source") == 2
    assert "1 copy" in said.out
    assert len(press.readout("stories", "--limit", "1", "--json").json) == 1


def test_no_stories_yet_is_said(desk: Desk) -> None:
    assert "There are no articles yet" in desk.readout("stories").err


def test_a_story_shows_copies_under_their_origin(press: Desk) -> None:
    (shared,) = [one for one in press.readout("stories", "--json").json if one["copies"]]
    said = press.readout("story", shared["id"][:8])
    assert f"story {shared['id']}\n" in said.out
    assert "the headline is " in said.out
    assert "reprint, word for word: " in said.out
    found = press.readout("story", shared["id"], "--json").json
    assert [len(one["copies"]) for one in found["sheaves"]] == [1]
    assert press.readout("story", "snonesuch").code == Outcome.NOT_FOUND


def test_copies_of_an_article_say_how_that_is_known(press: Desk) -> None:
    said = press.readout("copies", article(press, "Coast Radio"))
    assert "one text in 2 articles" in said.out or "the origin of one text in 2 articles" in said.out
    assert "word for word" in said.out
    assert len(press.readout("copies", article(press, "Coast Radio"), "--json").json["copies"]) == 1
    assert "shares no text" in press.readout("copies", article(press, "Tradewind")).err


def test_what_a_reprint_left_out_is_printed(desk: Desk) -> None:
    said = "Customers queued around the corner for the last loaves"
    cut = OTHER.partition(said)[0].replace("Tradewind2", "Coast Radio2").replace("Bakery closes after", "Oven ends")
    desk.readout("import", desk.file("a.txt", OTHER), desk.file("b.txt", cut), "--captured", "2031-03-20")
    assert f"  left out: {said}" in desk.readout("copies", article(desk, "Coast Radio")).out


def test_why_is_a_table_of_reasons(press: Desk) -> None:
    story = ids(press)
    shared = story.get("Harbour Post") or story["Coast Radio"]
    said = press.readout("why", article(press, "Coast Radio"), shared)
    assert "\nis in: " in said.out
    assert "  the same words " in said.out
    assert "\nis not in: " in press.readout("why", article(press, "Coast Radio"), story["Tradewind"]).out
    assert press.readout("why", article(press, "Coast Radio"), shared, "--json").json["reasons"]
    alone = press.readout("why", article(press, "Tradewind"), story["Tradewind"])
    assert (alone.code, alone.out) == (Outcome.NOT_FOUND, "")


def test_merge_split_move_and_undo(press: Desk) -> None:
    before = press.readout("stories", "--json").json
    one, other = (row["id"] for row in before)
    said = press.readout("merge", one, other, "--because", "the same quay")
    assert said.out.startswith("They are one story: ")
    assert len(press.readout("stories", "--json").json) == 1
    assert press.readout("story", one).out == press.readout("story", other).out
    assert press.readout("split", one, article(press, "Tradewind")).out.startswith(
        "They are a story of their own: Bakery"
    )
    assert press.readout("undo").out.startswith("Undone: “Bakery closes after a century” split off from ")
    assert press.readout("undo").out.startswith("Undone: ")
    assert press.readout("stories", "--json").json == before
    log = press.readout("judgements")
    assert log.out.count("undone ") == 2
    assert "because the same quay" in log.out
    assert len(press.readout("judgements", "--json").json) == 2
    assert (
        press.readout("move", article(press, "Coast Radio"), other if "Tradewind" in str(before[1]) else one).code == 0
    )


def test_what_is_said_of_stories_can_be_said_by_programs(press: Desk) -> None:
    before = press.readout("stories", "--json").json
    one, other = (row["id"] for row in before)
    merged = press.readout("merge", one, other, "--json").json
    assert (merged["id"], merged["articles"]) == (press.readout("story", other, "--json").json["id"], 3)
    assert press.readout("split", one, article(press, "Tradewind"), "--json").json["articles"] == 1
    kinds = [press.readout("undo", "--json").json["judgement"]["kind"] for _ in range(2)]
    assert kinds == ["split", "merge"]
    assert press.readout("stories", "--json").json == before


def test_what_makes_no_sense_is_refused(press: Desk) -> None:
    story = next(iter(ids(press).values()))
    again = press.readout("merge", story, story)
    assert (again.err, again.code) == (f"readout: {story}: that is one story already\n", Outcome.PARTLY)
    assert press.readout("undo").err == "readout: there is no judgement to undo\n"
    assert press.readout("split", story, "anonesuch").code == Outcome.NOT_FOUND
    assert press.readout("judgements").err == "Nothing was said of any story yet.\n"
